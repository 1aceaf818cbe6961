//! The API's document: written at the handlers, completed by rules, served and committed.

mod comparison_examples;
mod complete;
mod decision_examples;
mod examples;
mod examples_pso;
mod lab_examples;
mod merge;
mod sroi_examples;

use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use serde_json::Value;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi as Document, RefOr, Schema, Server};

use crate::http::assessing::assessments;
use crate::http::assessing::{
    assessment_steps, consensus_sessions, disqualifications, dossier_entries, interests, low_price_inquiries,
    quality_conclusions,
};
use crate::http::awarding::{
    award_letters, evaluation_records, evaluation_reports, letter_templates, pdfs, record_keys, standstill,
    winner_withdrawals,
};
use crate::http::awarding::{award_simulations, awards, evaluations};
use crate::http::awarding::{call_off_turns, call_offs, drawings};
use crate::http::bidding::bids;
use crate::http::bidding::{
    bid_delegations, bid_withdrawals, hand_overs, key_shares, openings, receipt_keys,
};
use crate::http::bidding::{bid_imports, tender_packages};
use crate::http::following::{
    contract_changes, contracts, entries, entry_effects, entry_steps, plans, settlements,
};
use crate::http::following::{evidence_files, import_rollbacks, table_imports};
use crate::http::frame::problem::{Problem, ProblemBody, ProblemPlace};
use crate::http::frame::regions;
use crate::http::frame::{caller, municipalities, organisations};
use crate::http::guarding::answer::API_VERSION;
use crate::http::overseeing::completeness_report;
use crate::http::overseeing::{annual_report_pdfs, annual_reports, monitoring, table_exports};
use crate::http::overseeing::{bulk_acts, contract_lists, entry_lists};
use crate::http::policies::{policy_comparisons, region_policy_proposals, sroi_simulations, value_maps};
use crate::http::policies::{social_return_policies, social_return_simulations};
use crate::http::pso::{
    certificates, pso_contribution_simulations, pso_ladders, pso_levels, pso_norm_tables, pso_weight_tables,
};
use crate::http::pso::{
    pso_contribution_grants, pso_contributions, pso_register_imports, pso_verdicts, suppliers,
};
use crate::http::state::AppState;
use crate::http::telling::{changes, webhook_deliveries, webhook_subscriptions};
use crate::http::telling::{open_data, open_records, open_scoring, open_years};
use crate::http::tendering::notice_imports;
use crate::http::tendering::{
    award_models, deadline_extensions, duty_separations, lot_steps, lots, purchasing_policies,
    rectifications, tender_steps, tenders,
};
use crate::http::trust::audit_records;
use crate::http::trust::{personal_data, token_revocations};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Trede",
        description = "Scores tender bids on price, quality and social value, and follows the \
                       social return that was promised.\n\nNames are those of the English \
                       glossaries of OCDS and eForms; the Dutch term stands in each description.",
        contact(
            name = "Trede",
            url = "https://trede.example.nl",
            email = "beheer@trede.example.nl"
        ),
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    paths(
        caller::get_caller,
        municipalities::list_municipalities,
        municipalities::register_municipality,
        municipalities::get_municipality,
        personal_data::create_person_overview,
        personal_data::create_person_correction,
        personal_data::list_person_removals,
        personal_data::create_person_removal,
        token_revocations::list_token_revocations,
        token_revocations::create_token_revocation,
        token_revocations::get_token_revocation,
        token_revocations::delete_token_revocation,
        audit_records::list_audit_records,
        audit_records::list_audit_anchors,
        audit_records::get_audit_state,
        audit_records::list_tender_audit_records,
        organisations::list_organisations,
        organisations::register_organisation,
        organisations::get_organisation,
        organisations::update_organisation,
        certificates::list_certificates,
        certificates::create_certificate,
        certificates::get_certificate,
        certificates::create_certificate_revision,
        certificates::verify_certificate,
        pso_levels::get_pso_level,
        pso_levels::list_pso_levels,
        pso_contribution_simulations::simulate_pso_contribution,
        suppliers::list_certified_suppliers,
        suppliers::get_supplier_profile,
        suppliers::replace_supplier_profile,
        pso_contributions::create_pso_contribution,
        pso_contributions::list_pso_contributions,
        pso_contributions::get_pso_contribution,
        pso_contributions::get_pso_standing,
        pso_contribution_grants::create_pso_contribution_grant,
        pso_contribution_grants::withdraw_pso_contribution_grant,
        pso_contribution_grants::list_pso_contribution_grants,
        pso_contribution_grants::create_pso_requirement_check,
        pso_contribution_grants::list_pso_requirement_checks,
        pso_verdicts::list_pso_verdicts,
        pso_verdicts::create_pso_verification,
        pso_verdicts::accept_pso_equivalence,
        pso_register_imports::create_pso_register_import,
        pso_register_imports::list_pso_register_imports,
        pso_register_imports::get_pso_register_import,
        pso_register_imports::list_pso_register_import_faults,
        pso_register_imports::upload_pso_register_list,
        pso_ladders::list_pso_ladders,
        pso_ladders::create_pso_ladder,
        pso_ladders::get_pso_ladder,
        pso_norm_tables::list_pso_norm_tables,
        pso_norm_tables::create_pso_norm_table,
        pso_norm_tables::get_pso_norm_table,
        pso_norm_tables::list_own_pso_norm_tables,
        pso_norm_tables::create_own_pso_norm_table,
        pso_norm_tables::get_own_pso_norm_table,
        pso_weight_tables::list_pso_weight_tables,
        pso_weight_tables::create_pso_weight_table,
        pso_weight_tables::get_pso_weight_table,
        pso_weight_tables::list_own_pso_weight_tables,
        pso_weight_tables::create_own_pso_weight_table,
        pso_weight_tables::get_own_pso_weight_table,
        tenders::list_tenders,
        tenders::create_tender,
        tenders::get_tender,
        tenders::update_tender,
        tenders::delete_tender,
        open_data::get_open_data_settings,
        open_data::update_open_data_settings,
        open_data::get_release_package,
        open_data::get_record_package,
        open_data::get_tender_record,
        open_years::get_open_year_settings,
        open_years::update_open_year_settings,
        open_years::list_open_years,
        open_years::get_open_year,
        open_years::get_open_year_table,
        open_scoring::list_open_tenders,
        open_scoring::get_open_tender,
        open_scoring::get_open_score_file,
        open_scoring::simulate_bid,
        open_records::compare_evaluation_record,
        notice_imports::list_notice_imports,
        notice_imports::create_notice_import,
        notice_imports::get_notice_import,
        tender_steps::publish_tender,
        openings::open_tender,
        openings::list_openings,
        openings::get_opening,
        hand_overs::complete_hand_over,
        hand_overs::list_hand_over_completions,
        key_shares::list_opener_keys,
        key_shares::register_opener_key,
        key_shares::get_key_split,
        key_shares::replace_key_split,
        key_shares::hand_out_key_share,
        receipt_keys::get_receipt_keys,
        record_keys::get_record_keys,
        tender_steps::cancel_tender,
        purchasing_policies::get_purchasing_policy,
        purchasing_policies::replace_purchasing_policy,
        purchasing_policies::get_purchasing_policy_check,
        purchasing_policies::create_purchasing_policy_exception,
        rectifications::list_rectifications,
        rectifications::create_rectification,
        deadline_extensions::list_deadline_extensions,
        deadline_extensions::create_deadline_extension,
        lots::list_lots,
        lots::create_lot,
        lots::get_lot,
        lots::update_lot,
        lots::delete_lot,
        lot_steps::list_lot_steps,
        award_models::get_award_model,
        award_models::replace_award_model,
        bids::list_bids,
        bids::create_bid,
        bid_withdrawals::withdraw_bid,
        bid_delegations::create_bid_delegation,
        bid_delegations::withdraw_bid_delegation,
        bids::get_bid,
        assessments::list_assessments,
        assessments::create_assessment,
        assessments::get_assessment,
        assessments::update_assessment,
        assessment_steps::submit_assessment,
        assessment_steps::reopen_assessment,
        interests::declare_interests,
        interests::take_interest_measure,
        consensus_sessions::record_consensus_session,
        quality_conclusions::conclude_quality,
        quality_conclusions::reopen_quality,
        disqualifications::disqualify_bid,
        disqualifications::revoke_disqualification,
        low_price_inquiries::list_low_price_inquiries,
        low_price_inquiries::create_low_price_inquiry,
        low_price_inquiries::answer_low_price_inquiry,
        low_price_inquiries::decide_low_price_inquiry,
        drawings::announce_drawing,
        drawings::draw_lots,
        dossier_entries::list_dossier_entries,
        dossier_entries::get_dossier_entry,
        evaluations::list_evaluations,
        evaluations::create_evaluation,
        evaluations::get_evaluation,
        award_simulations::simulate_award,
        award_simulations::simulate_weights,
        award_simulations::simulate_award_models,
        awards::get_award_decision,
        awards::propose_award,
        awards::withdraw_award_proposal,
        awards::award_lot,
        winner_withdrawals::withdraw_winner,
        call_offs::create_call_off,
        call_offs::list_call_offs,
        call_off_turns::get_call_off_turns,
        evaluation_records::get_evaluation_record,
        evaluation_reports::get_evaluation_report,
        pdfs::get_evaluation_report_pdf,
        evaluation_reports::supplement_report,
        award_letters::list_award_letters,
        award_letters::get_award_letter,
        pdfs::get_award_letter_pdf,
        standstill::extend_standstill,
        standstill::lodge_objection,
        standstill::resolve_objection,
        duty_separations::get_duty_separation,
        duty_separations::replace_duty_separation,
        letter_templates::list_letter_templates,
        letter_templates::get_letter_template,
        letter_templates::replace_letter_template,
        letter_templates::preview_letter_template,
        awards::declare_lot_unsuccessful,
        awards::cancel_lot,
        evidence_files::list_evidence_files,
        evidence_files::create_evidence_file,
        evidence_files::get_evidence_file,
        evidence_files::get_evidence_content,
        table_imports::create_contract_import,
        import_rollbacks::roll_back_contract_import,
        import_rollbacks::roll_back_entry_import,
        table_imports::create_entry_import,
        table_exports::get_table_template,
        table_exports::get_export,
        monitoring::get_portfolio,
        monitoring::get_contract_progress,
        annual_reports::get_annual_report,
        annual_report_pdfs::get_annual_report_pdf,
        policy_comparisons::compare_social_return_policies,
        policy_comparisons::compare_stored_social_return_policies,
        sroi_simulations::simulate_sroi,
        value_maps::list_value_maps,
        value_maps::create_value_map,
        value_maps::get_value_map,
        value_maps::update_value_map,
        value_maps::list_value_map_versions,
        value_maps::get_value_map_version,
        regions::list_regions,
        regions::register_region,
        regions::get_region,
        regions::update_region,
        social_return_policies::create_region_social_return_policy,
        region_policy_proposals::list_region_policy_proposals,
        region_policy_proposals::create_region_policy_proposal,
        region_policy_proposals::get_region_policy_proposal,
        region_policy_proposals::agree_region_policy_proposal,
        social_return_policies::list_social_return_policies,
        social_return_policies::create_social_return_policy,
        social_return_policies::get_social_return_policy,
        social_return_policies::delete_social_return_policy,
        social_return_simulations::simulate_social_return,
        social_return_simulations::simulate_social_return_under_policy,
        completeness_report::get_completeness_report,
        contract_lists::list_contracts,
        contract_lists::list_own_contracts,
        bulk_acts::determine_obligations,
        bulk_acts::assign_contracts,
        bulk_acts::settle_contracts,
        contracts::create_contract,
        contracts::get_contract,
        contracts::determine_obligation,
        contracts::get_contract_balance,
        contract_changes::list_contract_changes,
        contract_changes::create_contract_change,
        plans::list_plans,
        plans::get_plan,
        plans::submit_plan,
        plans::decide_plan,
        plans::list_milestones,
        plans::complete_milestone,
        entries::list_entries,
        entry_lists::list_all_entries,
        entry_lists::list_own_entries,
        bulk_acts::submit_entries,
        bulk_acts::withdraw_entries,
        bulk_acts::approve_entries,
        bulk_acts::return_entries,
        bulk_acts::reject_entries,
        entries::create_entry,
        entries::get_entry,
        entries::update_entry,
        entries::delete_entry,
        entry_effects::get_entry_effects,
        entry_steps::list_entry_steps,
        entry_steps::submit_entry,
        entry_steps::withdraw_entry,
        entry_steps::approve_entry,
        entry_steps::return_entry,
        entry_steps::reject_entry,
        entry_steps::reverse_entry,
        settlements::list_settlements,
        settlements::settle_contract,
        settlements::get_settlement,
        settlements::get_settlement_pdf,
        settlements::create_carry_over,
        tender_packages::get_tender_package,
        tender_packages::replace_tender_package,
        bid_imports::create_bid_import,
        changes::list_changes,
        changes::list_national_changes,
        webhook_subscriptions::list_webhook_subscriptions,
        webhook_subscriptions::create_webhook_subscription,
        webhook_subscriptions::get_webhook_subscription,
        webhook_subscriptions::update_webhook_subscription,
        webhook_subscriptions::delete_webhook_subscription,
        webhook_subscriptions::create_webhook_secret,
        webhook_deliveries::list_webhook_deliveries,
        webhook_deliveries::create_webhook_replay,
    ),
    components(schemas(ProblemBody, ProblemPlace, bid_imports::BidLine)),
    tags(
        (name = "municipalities", description = "Municipalities (gemeenten) that keep tenders here"),
        (name = "organisations", description = "Organisations (organisaties) and their PSO certificates"),
        (name = "pso", description = "PSO: ladders, norms and weights, verification and contributions (Prestatieladder Socialer Ondernemen)"),
        (name = "tenders", description = "Tenders (aanbestedingen)"),
        (name = "notices", description = "Notices (aankondigingen) of the European gazette"),
        (name = "open-data", description = "Open data: published tenders in OCDS"),
        (name = "lots", description = "Lots (percelen) and their award models (gunningsmodellen)"),
        (name = "procedure", description = "From publication to opening (procedure)"),
        (name = "bids", description = "Bids (inschrijvingen), sealed until the opening"),
        (name = "evaluation", description = "Scores and rankings (beoordeling)"),
        (name = "social-return-policies", description = "What is asked of contractors, and what counts (beleid social return)"),
        (name = "tables", description = "Contracts and entries in and out as tables (tabellen)"),
        (name = "monitoring", description = "Where contracts stand, and what a year came to (voortgang)"),
        (name = "social-value", description = "What social return yields (SROI): value maps (waardenkaarten)"),
        (name = "privacy", description = "What is held about people who work with this service (privacy)"),
        (name = "access", description = "Who is let in (toegang)"),
        (name = "audit", description = "Who did what, when (controlespoor)"),
        (name = "regions", description = "Regions (regio's) of municipalities"),
        (name = "contracts", description = "Contracts (opdrachten), obligations, plans and milestones"),
        (name = "entries", description = "Entries (verantwoordingen) and the ledger"),
        (name = "settlements", description = "Settlements (afrekeningen)"),
        (name = "events", description = "What happened: the feed of changes, and webhooks (gebeurtenissen)"),
        (name = "award", description = "Proposals and awards (gunning), and lots that end without one")
    )
)]
struct ApiDocument;

/// The document, for a server that is reached at `server` (a URL that ends in `/v1`).
#[must_use]
pub fn document(server: &str) -> Document {
    let mut document = ApiDocument::openapi();
    document.info.version = API_VERSION.to_owned();
    document.servers = Some(vec![Server::new(server)]);
    let components = document.components.get_or_insert_default();
    components.add_security_scheme(
        "bearer",
        SecurityScheme::Http(
            HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .bearer_format("JWT")
                .description(Some(
                    "A JWT of a configured issuer, signed with RS256, PS256, ES256 or EdDSA. Unless the \
                     issuer's claims are mapped otherwise, `roles` and `municipalities` say what the caller \
                     is and for whom; bidders and contractors carry their `kvk` number.",
                ))
                .build(),
        ),
    );
    merge::merge_parts(&mut document);
    complete::complete(&mut document);
    for (name, example) in examples::of_shared_types()
        .into_iter()
        .chain(sroi_examples::of_sroi())
        .chain(decision_examples::of_decisions())
        .chain(comparison_examples::of_comparisons())
        .chain(examples_pso::of_shared_types())
        .chain(lab_examples::of_the_laboratory())
    {
        exemplify(&mut document, name, example);
    }
    document
}

/// Gives a schema an example, when the document has it.
fn exemplify(document: &mut Document, name: &str, example: Value) {
    let schemas = document.components.as_mut().map(|components| &mut components.schemas);
    match schemas.and_then(|schemas| schemas.get_mut(name)) {
        Some(RefOr::T(Schema::Object(object))) => object.example = Some(example),
        Some(RefOr::T(Schema::AllOf(all))) => all.example = Some(example),
        _ => {}
    }
}

/// Serves the document to anybody, pages of other sites included.
///
/// # Errors
/// A problem with status 500 when it cannot be written.
pub async fn get_document(state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .body(state.document.text_or(|server| serde_json::to_vec(&document(server)))?))
}
