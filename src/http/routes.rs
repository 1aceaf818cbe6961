//! Every path of the service and what answers it.
//!
//! Scopes stand inside each other as paths do, so that a request is held against the few patterns
//! of its own level and not against all of them: with one flat list, finding the route of a lot
//! cost more than reading an evaluation from the store. A scope stands before the others of its level: of a
//! request that goes deep, no pattern beside its way is tried.

mod decisions;
mod following;
mod platforms;

use actix_web::Scope;
use actix_web::web::{self, ServiceConfig, delete, get, post, put, resource, scope};
use utoipa_swagger_ui::{Config as PagesConfig, SwaggerUi};

use crate::http::assessing::assessments;
use crate::http::awarding::{award_simulations, awards, evaluations, record_keys};
use crate::http::bidding::bid_imports;
use crate::http::bidding::bids;
use crate::http::bidding::{bid_withdrawals, openings, receipt_keys};
use crate::http::following::contracts;
use crate::http::following::table_imports;
use crate::http::frame::regions;
use crate::http::frame::{municipalities, organisations};
use crate::http::guarding::health;
use crate::http::guarding::metrics;
use crate::http::guarding::security_txt;
use crate::http::openapi;
use crate::http::overseeing::completeness_report;
use crate::http::overseeing::{annual_reports, monitoring, table_exports};
use crate::http::policies::{policy_comparisons, sroi_simulations, value_maps};
use crate::http::policies::{social_return_policies, social_return_simulations};
use crate::http::pso::{
    certificates, pso_contribution_simulations, pso_ladders, pso_levels, pso_norm_tables, pso_weight_tables,
};
use crate::http::pso::{
    pso_contribution_grants, pso_contributions, pso_register_imports, pso_verdicts, suppliers,
};
use crate::http::telling::changes;
use crate::http::telling::open_data;
use crate::http::tendering::notice_imports;
use crate::http::tendering::{
    award_models, deadline_extensions, lot_steps, lots, rectifications, tender_steps, tenders,
};
use crate::http::trust::audit_records;
use crate::http::trust::{personal_data, token_revocations};

/// All of them.
pub fn all(config: &mut ServiceConfig) {
    config
        .service(resource("/health/live").route(get().to(health::live)))
        .service(resource("/health/ready").route(get().to(health::ready)))
        .service(resource("/metrics").route(get().to(metrics::get_metrics)))
        .service(resource("/.well-known/security.txt").route(get().to(security_txt::get)))
        .service(web::redirect("/docs", "/docs/"))
        .service(SwaggerUi::new("/docs/{_:.*}").config(PagesConfig::from("/v1/openapi.json")))
        .service(
            scope("/v1")
                .service(municipality())
                .service(resource("/ocds-extension/extension.json").route(get().to(open_data::get_extension)))
                .service(
                    resource("/ocds-extension/release-schema.json")
                        .route(get().to(open_data::get_extension_schema)),
                )
                .service(resource("/openapi.json").route(get().to(openapi::get_document)))
                .service(resource("/award-simulations").route(post().to(award_simulations::simulate_award)))
                .service(
                    resource("/social-return-policy-comparisons")
                        .route(post().to(policy_comparisons::compare_social_return_policies)),
                )
                .service(
                    resource("/table-templates/{table}/content")
                        .route(get().to(table_exports::get_table_template)),
                )
                .service(resource("/sroi-simulations").route(post().to(sroi_simulations::simulate_sroi)))
                .service(
                    resource("/municipalities")
                        .route(get().to(municipalities::list_municipalities))
                        .route(post().to(municipalities::register_municipality)),
                )
                .service(
                    resource("/organisations")
                        .route(get().to(organisations::list_organisations))
                        .route(post().to(organisations::register_organisation)),
                )
                .service(
                    resource("/regions")
                        .route(get().to(regions::list_regions))
                        .route(post().to(regions::register_region)),
                )
                .service(
                    resource("/regions/{regionId}")
                        .route(get().to(regions::get_region))
                        .route(put().to(regions::update_region)),
                )
                .service(
                    resource("/regions/{regionId}/social-return-policies")
                        .route(post().to(social_return_policies::create_region_social_return_policy)),
                )
                .service(
                    resource("/social-return-simulations")
                        .route(post().to(social_return_simulations::simulate_social_return)),
                )
                .service(
                    resource("/token-revocations")
                        .route(get().to(token_revocations::list_token_revocations))
                        .route(post().to(token_revocations::create_token_revocation)),
                )
                .service(
                    resource("/token-revocations/{revocationId}")
                        .route(get().to(token_revocations::get_token_revocation))
                        .route(delete().to(token_revocations::delete_token_revocation)),
                )
                .configure(pso_tables)
                .service(resource("/changes").route(get().to(changes::list_national_changes)))
                .service(organisation()),
        );
}

/// What PSO rests on: the register, national versions of ladders, norms and weights; and the calculation by
/// itself.
fn pso_tables(config: &mut ServiceConfig) {
    config
        .service(resource("/certified-suppliers").route(get().to(suppliers::list_certified_suppliers)))
        .service(
            resource("/pso-register-imports")
                .route(get().to(pso_register_imports::list_pso_register_imports))
                .route(post().to(pso_register_imports::create_pso_register_import)),
        )
        .service(
            resource("/pso-register-imports/{importId}")
                .route(get().to(pso_register_imports::get_pso_register_import)),
        )
        .service(
            resource("/pso-register-imports/{importId}/faults")
                .route(get().to(pso_register_imports::list_pso_register_import_faults)),
        )
        .service(
            resource("/pso-register-lists").route(post().to(pso_register_imports::upload_pso_register_list)),
        )
        .service(
            resource("/pso-contribution-simulations")
                .route(post().to(pso_contribution_simulations::simulate_pso_contribution)),
        )
        .service(
            resource("/pso-ladders")
                .route(get().to(pso_ladders::list_pso_ladders))
                .route(post().to(pso_ladders::create_pso_ladder)),
        )
        .service(resource("/pso-ladders/{version}").route(get().to(pso_ladders::get_pso_ladder)))
        .service(
            resource("/pso-norm-tables")
                .route(get().to(pso_norm_tables::list_pso_norm_tables))
                .route(post().to(pso_norm_tables::create_pso_norm_table)),
        )
        .service(resource("/pso-norm-tables/{version}").route(get().to(pso_norm_tables::get_pso_norm_table)))
        .service(
            resource("/pso-weight-tables")
                .route(get().to(pso_weight_tables::list_pso_weight_tables))
                .route(post().to(pso_weight_tables::create_pso_weight_table)),
        )
        .service(
            resource("/pso-weight-tables/{version}").route(get().to(pso_weight_tables::get_pso_weight_table)),
        );
}

/// A municipality's own norms and weights.
fn own_pso_tables(config: &mut ServiceConfig) {
    config
        .service(
            resource("/pso-norm-tables")
                .route(get().to(pso_norm_tables::list_own_pso_norm_tables))
                .route(post().to(pso_norm_tables::create_own_pso_norm_table)),
        )
        .service(
            resource("/pso-norm-tables/{version}").route(get().to(pso_norm_tables::get_own_pso_norm_table)),
        )
        .service(
            resource("/pso-weight-tables")
                .route(get().to(pso_weight_tables::list_own_pso_weight_tables))
                .route(post().to(pso_weight_tables::create_own_pso_weight_table)),
        )
        .service(
            resource("/pso-weight-tables/{version}")
                .route(get().to(pso_weight_tables::get_own_pso_weight_table)),
        );
}

/// What an organisation keeps of itself.
fn own_pso_data(config: &mut ServiceConfig) {
    config
        .service(
            resource("/pso-contributions")
                .route(get().to(pso_contributions::list_pso_contributions))
                .route(post().to(pso_contributions::create_pso_contribution)),
        )
        .service(
            resource("/pso-contributions/{contributionId}")
                .route(get().to(pso_contributions::get_pso_contribution)),
        )
        .service(
            resource("/supplier-profile")
                .route(get().to(suppliers::get_supplier_profile))
                .route(put().to(suppliers::replace_supplier_profile)),
        )
        .service(resource("/pso-standing").route(get().to(pso_contributions::get_pso_standing)))
        .service(
            resource("/pso-contribution-grants")
                .route(get().to(pso_contribution_grants::list_pso_contribution_grants))
                .route(post().to(pso_contribution_grants::create_pso_contribution_grant)),
        )
        .service(
            resource("/pso-contribution-grant-withdrawals")
                .route(post().to(pso_contribution_grants::withdraw_pso_contribution_grant)),
        )
        .service(
            resource("/pso-requirement-checks")
                .route(get().to(pso_contribution_grants::list_pso_requirement_checks))
                .route(post().to(pso_contribution_grants::create_pso_requirement_check)),
        );
}

/// An organisation and its certificates.
fn organisation() -> Scope {
    scope("/organisations/{kvkNumber}")
        .service(
            resource("")
                .route(get().to(organisations::get_organisation))
                .route(put().to(organisations::update_organisation)),
        )
        .service(
            resource("/certificates")
                .route(get().to(certificates::list_certificates))
                .route(post().to(certificates::create_certificate)),
        )
        .service(resource("/certificates/{certificateId}").route(get().to(certificates::get_certificate)))
        .service(
            resource("/certificates/{certificateId}/revisions")
                .route(post().to(certificates::create_certificate_revision)),
        )
        .service(
            resource("/certificates/{certificateId}/verifications")
                .route(post().to(certificates::verify_certificate)),
        )
        .configure(own_pso_data)
        .service(resource("/pso-level").route(get().to(pso_levels::get_pso_level)))
        .service(resource("/pso-levels").route(get().to(pso_levels::list_pso_levels)))
}

/// A municipality and its tenders.
fn municipality() -> Scope {
    scope("/municipalities/{municipality}")
        .service(tender())
        .service(resource("").route(get().to(municipalities::get_municipality)))
        .service(resource("/person-overviews").route(post().to(personal_data::create_person_overview)))
        .service(resource("/person-corrections").route(post().to(personal_data::create_person_correction)))
        .service(
            resource("/person-removals")
                .route(get().to(personal_data::list_person_removals))
                .route(post().to(personal_data::create_person_removal)),
        )
        .service(resource("/audit-records").route(get().to(audit_records::list_audit_records)))
        .service(resource("/record-keys").route(get().to(record_keys::get_record_keys)))
        .service(resource("/audit-state").route(get().to(audit_records::get_audit_state)))
        .service(resource("/audit-anchors").route(get().to(audit_records::list_audit_anchors)))
        .configure(own_pso_tables)
        .configure(decisions::letter_template_routes)
        .service(
            resource("/tenders")
                .route(get().to(tenders::list_tenders))
                .route(post().to(tenders::create_tender)),
        )
        .service(
            resource("/open-data-settings")
                .route(get().to(open_data::get_open_data_settings))
                .route(put().to(open_data::update_open_data_settings)),
        )
        .service(resource("/open-data/releases").route(get().to(open_data::get_release_package)))
        .service(resource("/open-data/records").route(get().to(open_data::get_record_package)))
        .service(resource("/open-data/records/{tenderId}").route(get().to(open_data::get_tender_record)))
        .service(
            resource("/social-return-policies")
                .route(get().to(social_return_policies::list_social_return_policies))
                .route(post().to(social_return_policies::create_social_return_policy)),
        )
        .service(
            resource("/social-return-policies/{policyId}")
                .route(get().to(social_return_policies::get_social_return_policy)),
        )
        .service(
            resource("/social-return-policies/{policyId}/simulations")
                .route(post().to(social_return_simulations::simulate_social_return_under_policy)),
        )
        .service(
            resource("/social-return-policies/{policyId}/comparisons")
                .route(post().to(policy_comparisons::compare_stored_social_return_policies)),
        )
        .service(
            resource("/completeness-report").route(get().to(completeness_report::get_completeness_report)),
        )
        .service(
            resource("/contracts")
                .route(get().to(contracts::list_contracts))
                .route(post().to(contracts::create_contract)),
        )
        .service(following::contract())
        .service(
            resource("/notice-imports")
                .route(get().to(notice_imports::list_notice_imports))
                .route(post().to(notice_imports::create_notice_import)),
        )
        .service(
            resource("/notice-imports/{noticeImportId}").route(get().to(notice_imports::get_notice_import)),
        )
        .service(
            resource("/value-maps")
                .route(get().to(value_maps::list_value_maps))
                .route(post().to(value_maps::create_value_map)),
        )
        .service(value_map())
        .service(resource("/contract-imports").route(post().to(table_imports::create_contract_import)))
        .service(resource("/entry-imports").route(post().to(table_imports::create_entry_import)))
        .service(resource("/exports/{table}/content").route(get().to(table_exports::get_export)))
        .configure(platforms::events)
        .service(platforms::tender_package())
        .service(resource("/portfolio").route(get().to(monitoring::get_portfolio)))
        .service(resource("/annual-reports/{year}").route(get().to(annual_reports::get_annual_report)))
}

/// A value map and its versions.
fn value_map() -> Scope {
    scope("/value-maps/{valueMapId}")
        .service(
            resource("")
                .route(get().to(value_maps::get_value_map))
                .route(put().to(value_maps::update_value_map)),
        )
        .service(resource("/versions").route(get().to(value_maps::list_value_map_versions)))
        .service(resource("/versions/{number}").route(get().to(value_maps::get_value_map_version)))
}

/// A tender: as it is prepared, and the steps of it as a whole.
fn tender() -> Scope {
    scope("/tenders/{tenderId}")
        .service(lot())
        .service(
            resource("")
                .route(get().to(tenders::get_tender))
                .route(put().to(tenders::update_tender))
                .route(delete().to(tenders::delete_tender)),
        )
        .service(resource("/publications").route(post().to(tender_steps::publish_tender)))
        .service(resource("/bid-imports").route(post().to(bid_imports::create_bid_import)))
        .service(
            resource("/openings")
                .route(get().to(openings::list_openings))
                .route(post().to(openings::open_tender)),
        )
        .service(resource("/openings/{openingId}").route(get().to(openings::get_opening)))
        .service(resource("/receipt-keys").route(get().to(receipt_keys::get_receipt_keys)))
        .service(resource("/audit-records").route(get().to(audit_records::list_tender_audit_records)))
        .service(resource("/cancellations").route(post().to(tender_steps::cancel_tender)))
        .service(
            resource("/rectifications")
                .route(get().to(rectifications::list_rectifications))
                .route(post().to(rectifications::create_rectification)),
        )
        .service(
            resource("/deadline-extensions")
                .route(get().to(deadline_extensions::list_deadline_extensions))
                .route(post().to(deadline_extensions::create_deadline_extension)),
        )
        .service(resource("/lots").route(get().to(lots::list_lots)).route(post().to(lots::create_lot)))
}

/// A lot: as it is prepared, and what happens to it.
fn lot() -> Scope {
    scope("/lots/{lotId}")
        .service(
            resource("")
                .route(get().to(lots::get_lot))
                .route(put().to(lots::update_lot))
                .route(delete().to(lots::delete_lot)),
        )
        .service(
            resource("/award-model")
                .route(get().to(award_models::get_award_model))
                .route(put().to(award_models::replace_award_model)),
        )
        .service(resource("/bids").route(get().to(bids::list_bids)).route(post().to(bids::create_bid)))
        .service(resource("/bid-withdrawals").route(post().to(bid_withdrawals::withdraw_bid)))
        .service(resource("/bids/{bidId}").route(get().to(bids::get_bid)))
        .service(resource("/bids/{bidId}/pso-verdicts").route(get().to(pso_verdicts::list_pso_verdicts)))
        .service(
            resource("/bids/{bidId}/pso-equivalences").route(post().to(pso_verdicts::accept_pso_equivalence)),
        )
        .service(resource("/pso-verifications").route(post().to(pso_verdicts::create_pso_verification)))
        .service(
            resource("/assessments")
                .route(get().to(assessments::list_assessments))
                .route(post().to(assessments::create_assessment)),
        )
        .service(
            resource("/assessments/{assessmentId}")
                .route(get().to(assessments::get_assessment))
                .route(put().to(assessments::update_assessment)),
        )
        .configure(decisions::assessing)
        .configure(decisions::deciding)
        .configure(decisions::after_proposal)
        .service(
            resource("/evaluations")
                .route(get().to(evaluations::list_evaluations))
                .route(post().to(evaluations::create_evaluation)),
        )
        .service(resource("/evaluations/{evaluationId}").route(get().to(evaluations::get_evaluation)))
        .service(resource("/award-decision").route(get().to(awards::get_award_decision)))
        .service(resource("/award-proposals").route(post().to(awards::propose_award)))
        .service(resource("/award-withdrawals").route(post().to(awards::withdraw_award_proposal)))
        .service(resource("/awards").route(post().to(awards::award_lot)))
        .service(resource("/unsuccessful-declarations").route(post().to(awards::declare_lot_unsuccessful)))
        .service(resource("/cancellations").route(post().to(awards::cancel_lot)))
        .service(resource("/steps").route(get().to(lot_steps::list_lot_steps)))
}
