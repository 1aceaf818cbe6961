//! Versions of norms (normen): those that come with Trede, those that the operator added, and a municipality's own.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::frame::auth::{Caller, Tenant};
use crate::http::frame::body::Json;
use crate::http::frame::page::list_of;
use crate::http::frame::path::{MunicipalityParams, VersionParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::state::AppState;
use trede_model::trust::audit::AuditScope;
use trede_service::pso::pso_tables::{self, Version};
use trede_wire::pso_file::NormsInput;

/// A version of norms (normen), and who keeps it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PsoNormTableResponse {
    /// Whose own it is: the code of a municipality, or `nl` for everybody's.
    #[schema(pattern = "^(nl|gm[0-9]{4}|pv[0-9]{2}|ws[0-9]{4}|oin[0-9]{20})$")]
    scope: String,
    /// When it was added; left out when it comes with Trede.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<DateTime<Utc>>,
    /// Who added it; left out when it comes with Trede.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<String>,
    /// The table itself.
    table: NormsInput,
}

impl From<Version<NormsInput>> for PsoNormTableResponse {
    fn from(version: Version<NormsInput>) -> Self {
        let (created_at, created_by) = version.added.unzip();
        Self { scope: version.scope.to_string(), created_at, created_by, table: version.table }
    }
}

list_of! {
    /// Versions of norms, oldest first.
    PsoNormTableList of PsoNormTableResponse
}

fn added(request: &HttpRequest, version: Version<NormsInput>) -> HttpResponse {
    let name = version.table.version.clone();
    resource::recorded(request, name, &PsoNormTableResponse::from(version))
}

/// Lists the versions of norms
///
/// The national versions (normen), those that come with Trede first. There are few: the list has one page.
#[utoipa::path(
    get,
    path = "/pso-norm-tables",
    tag = "pso",
    responses((status = 200, description = "The versions", body = PsoNormTableList))
)]
pub async fn list_pso_norm_tables(state: Data<AppState>, caller: Caller) -> Result<HttpResponse, Problem> {
    let found = state
        .run(move |services| pso_tables::list::<NormsInput>(services, &caller.0, AuditScope::National))
        .await?;
    Ok(HttpResponse::Ok().json(PsoNormTableList::of(found)))
}

/// Shows a version of norms
///
/// The national version (normen) of that name.
#[utoipa::path(
    get,
    path = "/pso-norm-tables/{version}",
    tag = "pso",
    params(VersionParams),
    responses((status = 200, description = "The version", body = PsoNormTableResponse))
)]
pub async fn get_pso_norm_table(
    state: Data<AppState>,
    caller: Caller,
    path: Path<VersionParams>,
) -> Result<HttpResponse, Problem> {
    let found = state
        .run(move |services| {
            pso_tables::get::<NormsInput>(services, &caller.0, AuditScope::National, &path.version)
        })
        .await?;
    Ok(HttpResponse::Ok().json(PsoNormTableResponse::from(found)))
}

/// Adds a version of norms
///
/// Adds a national version (normen). It is never changed: what was computed with it names it.
#[utoipa::path(
    post,
    path = "/pso-norm-tables",
    tag = "pso",
    request_body = NormsInput,
    responses(
        (status = 201, description = "The version is added", body = PsoNormTableResponse),
        (status = 409, description = "There is a version of this name already")
    )
)]
pub async fn create_pso_norm_table(
    state: Data<AppState>,
    caller: Caller,
    body: Json<NormsInput>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let version = state
        .run(move |services| pso_tables::create(services, &caller.0, AuditScope::National, body.0))
        .await?;
    Ok(added(&request, version))
}

/// Lists the versions of norms that hold in a municipality
///
/// The national versions (normen), and then those of the municipality's own. There are few: the list has one
/// page.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/pso-norm-tables",
    tag = "pso",
    params(MunicipalityParams),
    responses((status = 200, description = "The versions", body = PsoNormTableList))
)]
pub async fn list_own_pso_norm_tables(
    state: Data<AppState>,
    tenant: Tenant,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let scope = AuditScope::Municipality(municipality);
    let found = state.run(move |services| pso_tables::list::<NormsInput>(services, &actor, scope)).await?;
    Ok(HttpResponse::Ok().json(PsoNormTableList::of(found)))
}

/// Shows a version of norms that holds in a municipality
///
/// The version (normen) of that name: the municipality's own, or else the national one.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/pso-norm-tables/{version}",
    tag = "pso",
    params(MunicipalityParams, VersionParams),
    responses((status = 200, description = "The version", body = PsoNormTableResponse))
)]
pub async fn get_own_pso_norm_table(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<VersionParams>,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let scope = AuditScope::Municipality(municipality);
    let found = state
        .run(move |services| pso_tables::get::<NormsInput>(services, &actor, scope, &path.version))
        .await?;
    Ok(HttpResponse::Ok().json(PsoNormTableResponse::from(found)))
}

/// Adds a municipality's own version of norms
///
/// Adds a version (normen) that holds in this municipality only. It is never changed: what was computed with
/// it names it.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/pso-norm-tables",
    tag = "pso",
    params(MunicipalityParams),
    request_body = NormsInput,
    responses(
        (status = 201, description = "The version is added", body = PsoNormTableResponse),
        (status = 409, description = "There is a version of this name already")
    )
)]
pub async fn create_own_pso_norm_table(
    state: Data<AppState>,
    tenant: Tenant,
    body: Json<NormsInput>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let scope = AuditScope::Municipality(municipality);
    let version = state.run(move |services| pso_tables::create(services, &actor, scope, body.0)).await?;
    Ok(added(&request, version))
}
