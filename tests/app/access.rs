//! Who may do what: every operation by every role, in their own municipality and in another's.
//!
//! The table below is written by hand, apart from the one in the service, so that a slip in either
//! is seen. It must name every operation of the API's document.

use std::collections::BTreeMap;

use actix_web::http::Method;
use serde_json::Value;
use trede_model::frame::role::Role;

use crate::api::app::{Client, TestApp, UTRECHT};

/// A municipality that the clients do not serve.
const AMSTERDAM: &str = "gm0363";

const EVERYONE: &str = "operator administrator buyer assessor opener coordinator bidder contractor \
                        platform auditor privacy-officer";
const INSIDE: &str = "administrator buyer assessor opener coordinator platform auditor";
const READERS: &str = "administrator buyer assessor opener coordinator platform auditor bidder contractor";

const FOLLOWERS: &str = "administrator buyer coordinator auditor";
const PARTIES: &str = "administrator buyer coordinator auditor contractor";

/// Operations that ask for no token, and so for no role.
const PUBLIC: &str = "";
/// Asked without a token, and there from the beginning.
const ANYBODY: &str = "anybody";

/// An organisation itself, and those of a municipality that it gave access.
const OWN_READERS: &str = "administrator coordinator contractor auditor";

/// Which roles may do which operation.
const MATRIX: &[(&str, &str)] = &[
    ("get_caller", EVERYONE),
    ("list_municipalities", EVERYONE),
    ("register_municipality", "operator"),
    ("get_municipality", READERS),
    ("list_token_revocations", "operator auditor"),
    ("get_token_revocation", "operator auditor"),
    ("create_token_revocation", "operator"),
    ("delete_token_revocation", "operator"),
    ("create_person_overview", "privacy-officer"),
    ("create_person_correction", "privacy-officer"),
    ("create_person_removal", "privacy-officer"),
    ("list_person_removals", "privacy-officer auditor"),
    ("list_audit_records", "auditor"),
    ("list_audit_anchors", "auditor"),
    ("get_audit_state", "auditor"),
    ("list_organisations", EVERYONE),
    ("register_organisation", "operator"),
    ("get_organisation", EVERYONE),
    ("update_organisation", "operator"),
    ("list_certificates", EVERYONE),
    ("create_certificate", "operator"),
    ("get_certificate", EVERYONE),
    ("create_certificate_revision", "operator"),
    ("verify_certificate", "operator"),
    ("get_pso_level", EVERYONE),
    ("list_pso_levels", EVERYONE),
    ("simulate_pso_contribution", EVERYONE),
    ("create_pso_register_import", "operator"),
    ("list_certified_suppliers", EVERYONE),
    ("get_supplier_profile", EVERYONE),
    ("replace_supplier_profile", "contractor"),
    ("create_pso_contribution", "contractor"),
    ("list_pso_contributions", OWN_READERS),
    ("get_pso_contribution", OWN_READERS),
    ("get_pso_standing", OWN_READERS),
    ("create_pso_contribution_grant", "contractor"),
    ("withdraw_pso_contribution_grant", "contractor"),
    ("list_pso_contribution_grants", OWN_READERS),
    ("create_pso_requirement_check", "contractor"),
    ("list_pso_requirement_checks", OWN_READERS),
    ("upload_pso_register_list", "operator"),
    ("list_pso_register_imports", "operator auditor"),
    ("get_pso_register_import", "operator auditor"),
    ("list_pso_register_import_faults", "operator auditor"),
    ("list_pso_ladders", EVERYONE),
    ("get_pso_ladder", EVERYONE),
    ("create_pso_ladder", "operator"),
    ("list_pso_norm_tables", EVERYONE),
    ("get_pso_norm_table", EVERYONE),
    ("create_pso_norm_table", "operator"),
    ("list_pso_weight_tables", EVERYONE),
    ("get_pso_weight_table", EVERYONE),
    ("create_pso_weight_table", "operator"),
    ("list_own_pso_norm_tables", READERS),
    ("get_own_pso_norm_table", READERS),
    ("create_own_pso_norm_table", "administrator coordinator"),
    ("list_own_pso_weight_tables", READERS),
    ("get_own_pso_weight_table", READERS),
    ("create_own_pso_weight_table", "administrator coordinator"),
    ("list_tenders", READERS),
    ("create_tender", "buyer platform"),
    ("get_tender", READERS),
    ("update_tender", "buyer platform"),
    ("delete_tender", "buyer platform"),
    ("publish_tender", "buyer platform"),
    ("open_tender", "opener platform"),
    ("list_openings", INSIDE),
    ("get_opening", INSIDE),
    ("complete_hand_over", "platform"),
    ("list_hand_over_completions", INSIDE),
    ("get_receipt_keys", PUBLIC),
    ("get_record_keys", ANYBODY),
    ("list_tender_audit_records", "auditor"),
    ("cancel_tender", "buyer"),
    ("get_purchasing_policy", INSIDE),
    ("replace_purchasing_policy", "administrator"),
    ("get_purchasing_policy_check", INSIDE),
    ("create_purchasing_policy_exception", "buyer"),
    ("list_rectifications", READERS),
    ("create_rectification", "buyer platform"),
    ("list_deadline_extensions", READERS),
    ("create_deadline_extension", "buyer platform"),
    ("get_open_data_settings", INSIDE),
    ("update_open_data_settings", "administrator"),
    ("get_open_year_settings", INSIDE),
    ("update_open_year_settings", "administrator"),
    ("list_open_years", PUBLIC),
    ("get_open_year", PUBLIC),
    ("get_open_year_table", PUBLIC),
    ("get_release_package", PUBLIC),
    ("get_record_package", PUBLIC),
    ("get_tender_record", PUBLIC),
    ("list_open_tenders", PUBLIC),
    ("get_open_tender", PUBLIC),
    ("get_open_score_file", PUBLIC),
    ("simulate_bid", PUBLIC),
    ("compare_evaluation_record", PUBLIC),
    ("list_notice_imports", INSIDE),
    ("get_notice_import", INSIDE),
    ("create_notice_import", "buyer platform"),
    ("list_lots", READERS),
    ("create_lot", "buyer platform"),
    ("get_lot", READERS),
    ("update_lot", "buyer platform"),
    ("delete_lot", "buyer platform"),
    ("get_award_model", READERS),
    ("replace_award_model", "buyer platform"),
    ("list_bids", INSIDE),
    ("create_bid", "bidder platform"),
    ("withdraw_bid", "bidder platform"),
    ("create_bid_delegation", "bidder"),
    ("withdraw_bid_delegation", "bidder"),
    ("get_bid", INSIDE),
    ("list_pso_verdicts", INSIDE),
    ("create_pso_verification", "buyer"),
    ("accept_pso_equivalence", "buyer"),
    ("list_evaluations", INSIDE),
    ("create_evaluation", "buyer"),
    ("get_evaluation", INSIDE),
    ("simulate_award", EVERYONE),
    ("simulate_award_models", EVERYONE),
    ("simulate_weights", EVERYONE),
    ("list_lot_steps", INSIDE),
    ("list_assessments", "buyer assessor auditor"),
    ("create_assessment", "assessor"),
    ("get_assessment", "buyer assessor auditor"),
    ("update_assessment", "assessor"),
    ("submit_assessment", "assessor"),
    ("reopen_assessment", "buyer"),
    ("declare_interests", "assessor"),
    ("take_interest_measure", "buyer"),
    ("record_consensus_session", "buyer"),
    ("conclude_quality", "buyer"),
    ("reopen_quality", "buyer"),
    ("disqualify_bid", "buyer"),
    ("revoke_disqualification", "buyer"),
    ("list_low_price_inquiries", "administrator buyer auditor platform bidder"),
    ("create_low_price_inquiry", "buyer"),
    ("answer_low_price_inquiry", "buyer platform bidder"),
    ("decide_low_price_inquiry", "buyer"),
    ("announce_drawing", "buyer"),
    ("draw_lots", "buyer"),
    ("list_dossier_entries", "administrator buyer auditor"),
    ("get_dossier_entry", "administrator buyer auditor"),
    ("get_award_decision", INSIDE),
    ("propose_award", "buyer"),
    ("withdraw_award_proposal", "buyer"),
    ("award_lot", "buyer"),
    ("withdraw_winner", "buyer"),
    ("create_call_off", "buyer"),
    ("list_call_offs", "administrator buyer auditor"),
    ("get_call_off_turns", "administrator buyer auditor"),
    ("list_award_letters", "administrator buyer auditor platform bidder"),
    ("get_award_letter", "administrator buyer auditor platform bidder"),
    ("get_award_letter_pdf", "administrator buyer auditor platform bidder"),
    ("extend_standstill", "buyer"),
    ("lodge_objection", "buyer"),
    ("resolve_objection", "buyer"),
    ("get_evaluation_record", "administrator buyer auditor"),
    ("get_evaluation_report", "administrator buyer auditor"),
    ("get_evaluation_report_pdf", "administrator buyer auditor"),
    ("supplement_report", "buyer"),
    ("list_opener_keys", INSIDE),
    ("register_opener_key", "opener"),
    ("get_key_split", INSIDE),
    ("replace_key_split", "buyer"),
    ("hand_out_key_share", "opener"),
    ("get_duty_separation", INSIDE),
    ("replace_duty_separation", "administrator"),
    ("list_letter_templates", "administrator buyer auditor"),
    ("get_letter_template", "administrator buyer auditor"),
    ("replace_letter_template", "administrator buyer"),
    ("preview_letter_template", "administrator buyer"),
    ("declare_lot_unsuccessful", "buyer"),
    ("cancel_lot", "buyer"),
    ("list_evidence_files", PARTIES),
    ("create_evidence_file", "contractor coordinator"),
    ("get_evidence_file", PARTIES),
    ("get_evidence_content", PARTIES),
    ("create_entry_import", "contractor coordinator"),
    ("create_contract_import", "buyer coordinator"),
    ("get_table_template", EVERYONE),
    ("get_export", PARTIES),
    ("get_portfolio", PARTIES),
    ("get_contract_progress", PARTIES),
    ("get_annual_report", FOLLOWERS),
    ("get_annual_report_pdf", FOLLOWERS),
    ("list_regions", EVERYONE),
    ("get_region", EVERYONE),
    ("register_region", "operator"),
    ("update_region", "operator"),
    ("create_region_social_return_policy", "operator"),
    ("list_region_policy_proposals", INSIDE),
    ("create_region_policy_proposal", "coordinator"),
    ("get_region_policy_proposal", INSIDE),
    ("agree_region_policy_proposal", "coordinator"),
    ("list_social_return_policies", READERS),
    ("get_social_return_policy", READERS),
    ("create_social_return_policy", "administrator coordinator"),
    ("simulate_social_return", EVERYONE),
    ("simulate_social_return_under_policy", READERS),
    ("compare_stored_social_return_policies", READERS),
    ("list_contracts", PARTIES),
    ("get_contract", PARTIES),
    ("create_contract", "buyer coordinator"),
    ("list_contract_changes", PARTIES),
    ("create_contract_change", "buyer coordinator"),
    ("determine_obligation", "coordinator"),
    ("get_contract_balance", PARTIES),
    ("get_completeness_report", "administrator buyer coordinator auditor"),
    ("list_plans", PARTIES),
    ("get_plan", PARTIES),
    ("submit_plan", "coordinator contractor"),
    ("decide_plan", "coordinator"),
    ("list_milestones", PARTIES),
    ("complete_milestone", "coordinator contractor"),
    ("list_entries", PARTIES),
    ("get_entry", PARTIES),
    ("get_entry_effects", PARTIES),
    ("list_entry_steps", PARTIES),
    ("create_entry", "coordinator contractor"),
    ("update_entry", "coordinator contractor"),
    ("submit_entry", "coordinator contractor"),
    ("approve_entry", "coordinator"),
    ("return_entry", "coordinator"),
    ("reject_entry", "coordinator"),
    ("reverse_entry", "coordinator"),
    ("withdraw_entry", "coordinator contractor"),
    ("delete_entry", "coordinator contractor"),
    ("roll_back_entry_import", "coordinator contractor"),
    ("roll_back_contract_import", "buyer coordinator"),
    ("delete_social_return_policy", "administrator coordinator"),
    ("list_all_entries", PARTIES),
    ("list_own_contracts", PARTIES),
    ("list_own_entries", PARTIES),
    ("submit_entries", "coordinator contractor"),
    ("withdraw_entries", "coordinator contractor"),
    ("approve_entries", "coordinator"),
    ("return_entries", "coordinator"),
    ("reject_entries", "coordinator"),
    ("determine_obligations", "coordinator"),
    ("assign_contracts", "buyer coordinator"),
    ("settle_contracts", "coordinator"),
    ("list_settlements", PARTIES),
    ("get_settlement", PARTIES),
    ("get_settlement_pdf", PARTIES),
    ("settle_contract", "coordinator"),
    ("create_carry_over", "coordinator"),
    ("compare_social_return_policies", EVERYONE),
    ("simulate_sroi", EVERYONE),
    ("list_value_maps", FOLLOWERS),
    ("get_value_map", FOLLOWERS),
    ("create_value_map", "coordinator"),
    ("update_value_map", "coordinator"),
    ("list_value_map_versions", FOLLOWERS),
    ("get_value_map_version", FOLLOWERS),
    ("get_tender_package", INSIDE),
    ("replace_tender_package", "platform"),
    ("create_bid_import", "platform"),
    ("list_changes", INSIDE),
    ("list_national_changes", EVERYONE),
    ("list_webhook_subscriptions", "administrator platform auditor"),
    ("get_webhook_subscription", "administrator platform auditor"),
    ("create_webhook_subscription", "administrator platform"),
    ("update_webhook_subscription", "administrator platform"),
    ("delete_webhook_subscription", "administrator platform"),
    ("create_webhook_secret", "administrator platform"),
    ("list_webhook_deliveries", "administrator platform auditor"),
    ("create_webhook_replay", "administrator platform"),
];

/// One operation of the document, ready to be asked.
struct Asked {
    id: String,
    method: Method,
    path: String,
    body: Option<Value>,
    wants_version: bool,
}

fn asked(document: &Value) -> Vec<Asked> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            found.push(Asked {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase().parse().unwrap(),
                path: with_what_it_needs(path, &parameters),
                body: schema.as_str().map(|reference| {
                    document.pointer(reference.trim_start_matches('#')).unwrap()["example"].clone()
                }),
                wants_version: parameters.iter().any(|parameter| parameter["name"] == "If-Match"),
            });
        }
    }
    found
}

/// A path with what it must be asked with behind it, as the document's examples give it.
fn with_what_it_needs(path: &str, parameters: &[Value]) -> String {
    let needed = parameters.iter().filter(|one| one["in"] == "query" && one["required"] == true);
    let pairs: Vec<String> = needed
        .map(|one| format!("{}={}", one["name"].as_str().unwrap(), one["example"].as_str().unwrap()))
        .collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// A path with its parameters filled in: things that do not exist, in the municipality.
fn filled(path: &str, municipality: &str) -> String {
    let mut filled = format!("/v1{}", path.replace("{municipality}", municipality));
    filled = filled
        .replace("{kvkNumber}", "01234567")
        .replace("{number}", "1")
        .replace("{year}", "2026")
        .replace("{table}", "entries")
        .replace("{externalReference}", "P-2026-0042")
        .replace("{language}", "nl");
    filled = filled.replace("{regionId}", "midden-utrecht");
    while let (Some(start), Some(end)) = (filled.find('{'), filled.find('}')) {
        filled.replace_range(start..=end, "0190a5c8-0000-7000-8000-00000000dead");
    }
    filled
}

/// The answer's status, and the problem's code where it is one.
async fn answer(client: &Client, asked: &Asked, municipality: &str) -> (u16, String) {
    let path = filled(&asked.path, municipality);
    let answer = client
        .send(asked.method.clone(), &path, |mut request| {
            if asked.wants_version {
                request = request.insert_header(("If-Match", "\"1\""));
            }
            match &asked.body {
                Some(body) => request.set_json(body),
                None => request,
            }
        })
        .await;
    let status = answer.status.as_u16();
    let code = if status >= 400 { answer.problem(status).0 } else { String::new() };
    (status, code)
}

#[actix_web::test]
async fn every_operation_is_open_to_its_roles_and_closed_to_all_others() {
    for database in crate::support::databases() {
        let app = TestApp::on(database).await;
        let document = app.as_nobody().get("/v1/openapi.json").await.json();
        let matrix: BTreeMap<_, _> = MATRIX.iter().copied().collect();
        let operations = asked(&document);
        assert_eq!(operations.len(), matrix.len(), "the matrix names each operation of the document once");
        for asked in &operations {
            let allowed =
                matrix.get(asked.id.as_str()).unwrap_or_else(|| panic!("{} is not in it", asked.id));
            if *allowed == ANYBODY {
                assert_eq!(answer(&app.as_nobody(), asked, UTRECHT).await.0, 200, "{}", asked.id);
                continue;
            }
            if *allowed == PUBLIC {
                let (nobody, code) = answer(&app.as_nobody(), asked, UTRECHT).await;
                assert_eq!((nobody, code.as_str()), (404, "not-found"), "{}: closed until opened", asked.id);
                continue;
            }
            let municipal = asked.path.contains("{municipality}");
            for role in Role::ALL {
                let what = format!("{} as {role}", asked.id);
                let client = app.as_role(*role);
                let (own, code) = answer(&client, asked, UTRECHT).await;
                let may = allowed.split_whitespace().any(|name| name == role.code());
                assert!(own < 500, "{what}: {own}");
                assert_ne!(own, 400, "{what}: the example of the document is sound");
                assert_eq!(own == 403, !may, "{what}: {own} {code}");
                if municipal {
                    let foreign = answer(&client, asked, AMSTERDAM).await;
                    assert_eq!(foreign, (403, "foreign-municipality".to_owned()), "{what}");
                }
            }
            let (nobody, code) = answer(&app.as_nobody(), asked, UTRECHT).await;
            assert_eq!((nobody, code.as_str()), (401, "no-token"), "{} as nobody", asked.id);
        }
    }
}
