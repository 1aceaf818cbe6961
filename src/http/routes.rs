//! Every path of the service and what answers it.
//!
//! Scopes stand inside each other as paths do, so that a request is held against the few patterns
//! of its own level and not against all of them: with one flat list, finding the route of a lot
//! cost more than reading an evaluation from the store. A scope stands before the others of its level: of a
//! request that goes deep, no pattern beside its way is tried.

mod decisions;
mod following;
mod platforms;
mod pso;
mod tendering;

use actix_web::Scope;
use actix_web::web::{self, ServiceConfig, delete, get, post, put, resource, scope};
use utoipa_swagger_ui::{Config as PagesConfig, SwaggerUi};

use crate::http::awarding::{award_simulations, record_keys};
use crate::http::bidding::key_shares;
use crate::http::following::{contracts, import_rollbacks, table_imports};
use crate::http::frame::{caller, municipalities, organisations, regions};
use crate::http::guarding::{health, metrics, security_txt};
use crate::http::openapi;
use crate::http::overseeing::{
    annual_report_pdfs, annual_reports, completeness_report, contract_lists, entry_lists, monitoring,
    table_exports,
};
use crate::http::policies::{
    policy_comparisons, region_policy_proposals, social_return_policies, social_return_simulations,
    sroi_simulations, value_maps,
};
use crate::http::pso::{certificates, pso_levels};
use crate::http::telling::{changes, open_data, open_records, open_scoring, open_years};
use crate::http::tendering::{notice_imports, tenders};
use crate::http::trust::{audit_records, personal_data, token_revocations};

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
                    resource("/award-model-simulations")
                        .route(post().to(award_simulations::simulate_award_models)),
                )
                .service(
                    resource("/award-weight-simulations")
                        .route(post().to(award_simulations::simulate_weights)),
                )
                .service(
                    resource("/social-return-policy-comparisons")
                        .route(post().to(policy_comparisons::compare_social_return_policies)),
                )
                .service(
                    resource("/table-templates/{table}/content")
                        .route(get().to(table_exports::get_table_template)),
                )
                .service(resource("/sroi-simulations").route(post().to(sroi_simulations::simulate_sroi)))
                .service(resource("/caller").route(get().to(caller::get_caller)))
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
                .configure(pso::national)
                .service(resource("/changes").route(get().to(changes::list_national_changes)))
                .service(resource("/contracts").route(get().to(contract_lists::list_own_contracts)))
                .service(resource("/entries").route(get().to(entry_lists::list_own_entries)))
                .service(organisation()),
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
        .configure(pso::own_data)
        .service(resource("/pso-level").route(get().to(pso_levels::get_pso_level)))
        .service(resource("/pso-levels").route(get().to(pso_levels::list_pso_levels)))
}

/// A municipality and its tenders.
fn municipality() -> Scope {
    scope("/municipalities/{municipality}")
        .service(tendering::tender())
        .service(resource("").route(get().to(municipalities::get_municipality)))
        .service(resource("/person-overviews").route(post().to(personal_data::create_person_overview)))
        .service(resource("/person-corrections").route(post().to(personal_data::create_person_correction)))
        .service(
            resource("/person-removals")
                .route(get().to(personal_data::list_person_removals))
                .route(post().to(personal_data::create_person_removal)),
        )
        .service(resource("/audit-records").route(get().to(audit_records::list_audit_records)))
        .service(
            resource("/opener-keys")
                .route(get().to(key_shares::list_opener_keys))
                .route(post().to(key_shares::register_opener_key)),
        )
        .service(resource("/record-keys").route(get().to(record_keys::get_record_keys)))
        .service(resource("/audit-state").route(get().to(audit_records::get_audit_state)))
        .service(resource("/audit-anchors").route(get().to(audit_records::list_audit_anchors)))
        .configure(pso::own_tables)
        .configure(decisions::standing_rules)
        .configure(decisions::letter_template_routes)
        .service(
            resource("/tenders")
                .route(get().to(tenders::list_tenders))
                .route(post().to(tenders::create_tender)),
        )
        .configure(open_data_routes)
        .configure(policy_routes)
        .service(
            resource("/completeness-report").route(get().to(completeness_report::get_completeness_report)),
        )
        .service(
            resource("/contracts")
                .route(get().to(contract_lists::list_contracts))
                .route(post().to(contracts::create_contract)),
        )
        .service(following::contract())
        .configure(following::in_bulk)
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
        .service(
            resource("/contract-imports/{importId}/rollbacks")
                .route(post().to(import_rollbacks::roll_back_contract_import)),
        )
        .service(
            resource("/entry-imports/{importId}/rollbacks")
                .route(post().to(import_rollbacks::roll_back_entry_import)),
        )
        .service(resource("/entry-imports").route(post().to(table_imports::create_entry_import)))
        .service(resource("/exports/{table}/content").route(get().to(table_exports::get_export)))
        .configure(platforms::events)
        .service(platforms::tender_package())
        .service(resource("/portfolio").route(get().to(monitoring::get_portfolio)))
        .service(resource("/annual-reports/{year}").route(get().to(annual_reports::get_annual_report)))
        .service(
            resource("/annual-reports/{year}/pdf").route(get().to(annual_report_pdfs::get_annual_report_pdf)),
        )
}

/// The policies for social return, and what coordinators propose as that of their region.
fn policy_routes(config: &mut ServiceConfig) {
    config
        .service(
            resource("/social-return-policies")
                .route(get().to(social_return_policies::list_social_return_policies))
                .route(post().to(social_return_policies::create_social_return_policy)),
        )
        .service(
            resource("/social-return-policies/{policyId}")
                .route(get().to(social_return_policies::get_social_return_policy))
                .route(delete().to(social_return_policies::delete_social_return_policy)),
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
            resource("/region-policy-proposals")
                .route(get().to(region_policy_proposals::list_region_policy_proposals))
                .route(post().to(region_policy_proposals::create_region_policy_proposal)),
        )
        .service(
            resource("/region-policy-proposals/{policyId}")
                .route(get().to(region_policy_proposals::get_region_policy_proposal)),
        )
        .service(
            resource("/region-policy-proposals/{policyId}/agreements")
                .route(post().to(region_policy_proposals::agree_region_policy_proposal)),
        );
}

/// What a municipality opens to anybody.
fn open_data_routes(config: &mut ServiceConfig) {
    config
        .service(
            resource("/open-data-settings")
                .route(get().to(open_data::get_open_data_settings))
                .route(put().to(open_data::update_open_data_settings)),
        )
        .service(
            resource("/open-year-settings")
                .route(get().to(open_years::get_open_year_settings))
                .route(put().to(open_years::update_open_year_settings)),
        )
        .service(resource("/open-data/years").route(get().to(open_years::list_open_years)))
        .service(resource("/open-data/years/{year}").route(get().to(open_years::get_open_year)))
        .service(resource("/open-data/years/{year}/content").route(get().to(open_years::get_open_year_table)))
        .service(open_scoring())
        .service(
            resource("/open-data/record-comparisons")
                .route(post().to(open_records::compare_evaluation_record)),
        )
        .service(resource("/open-data/releases").route(get().to(open_data::get_release_package)))
        .service(resource("/open-data/records").route(get().to(open_data::get_record_package)))
        .service(resource("/open-data/records/{tenderId}").route(get().to(open_data::get_tender_record)));
}

/// The published tenders on which anybody tries bids.
fn open_scoring() -> Scope {
    scope("/open-data/tenders")
        .service(resource("").route(get().to(open_scoring::list_open_tenders)))
        .service(resource("/{tenderId}").route(get().to(open_scoring::get_open_tender)))
        .service(
            resource("/{tenderId}/lots/{lotId}/score-file")
                .route(get().to(open_scoring::get_open_score_file)),
        )
        .service(
            resource("/{tenderId}/lots/{lotId}/bid-simulations").route(post().to(open_scoring::simulate_bid)),
        )
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
