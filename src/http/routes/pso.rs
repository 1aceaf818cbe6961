//! What PSO rests on, and what an organisation or a municipality keeps of it.

use actix_web::web::{ServiceConfig, get, post, put, resource};

use crate::http::pso::{
    pso_contribution_grants, pso_contribution_simulations, pso_contributions, pso_ladders, pso_norm_tables,
    pso_register_imports, pso_weight_tables, suppliers,
};

/// What PSO rests on: the register, national versions of ladders, norms and weights; and the calculation by
/// itself.
pub(super) fn national(config: &mut ServiceConfig) {
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
pub(super) fn own_tables(config: &mut ServiceConfig) {
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
pub(super) fn own_data(config: &mut ServiceConfig) {
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
