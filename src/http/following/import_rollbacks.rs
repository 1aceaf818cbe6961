//! Imports that are rolled back (terugdraaien van een inlezing).

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::frame::auth::Tenant;
use crate::http::frame::path::{MunicipalityParams, TableImportParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_service::following::import_rollbacks;

/// What was rolled back.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(example = json!({"removed": 120}))]
pub struct RollbackResponse {
    /// How many contracts or entries were taken back.
    removed: usize,
}

/// Rolls an import of contracts back
///
/// Takes every contract (opdracht) that the import brought back, while nothing of it was decided: the obligation of
/// none is fixed, and nothing is accounted for. They stand in no list any more, and their references are free.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contract-imports/{importId}/rollbacks",
    tag = "tables",
    params(MunicipalityParams, TableImportParams),
    responses(
        (status = 200, description = "The import is rolled back", body = RollbackResponse),
        (status = 409, description = "Something of it was decided, or it was rolled back already")
    )
)]
pub async fn roll_back_contract_import(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TableImportParams>,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let removed = state
        .run(move |services| import_rollbacks::of_contracts(services, &actor, municipality, path.import_id))
        .await?;
    Ok(HttpResponse::Ok().json(RollbackResponse { removed }))
}

/// Rolls an import of entries back
///
/// Takes every entry (verantwoording) that the import brought away, also those that were handed in since, while none
/// was decided on. Their references are free, so that a corrected table can be imported.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/entry-imports/{importId}/rollbacks",
    tag = "tables",
    params(MunicipalityParams, TableImportParams),
    responses(
        (status = 200, description = "The import is rolled back", body = RollbackResponse),
        (status = 409, description = "Something of it was decided, or it was rolled back already")
    )
)]
pub async fn roll_back_entry_import(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TableImportParams>,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let removed = state
        .run(move |services| import_rollbacks::of_entries(services, &actor, municipality, path.import_id))
        .await?;
    Ok(HttpResponse::Ok().json(RollbackResponse { removed }))
}
