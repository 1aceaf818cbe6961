//! Versions of the ladder (ladderversie): those that come with Trede, those that the operator added.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::frame::auth::Caller;
use crate::http::frame::body::Json;
use crate::http::frame::page::list_of;
use crate::http::frame::path::VersionParams;
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::state::AppState;
use trede_model::trust::audit::AuditScope;
use trede_service::pso::pso_tables::{self, Version};
use trede_wire::pso_tables::LadderVersionInput;

/// A version of the ladder (ladderversie), and who keeps it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PsoLadderResponse {
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
    table: LadderVersionInput,
}

impl From<Version<LadderVersionInput>> for PsoLadderResponse {
    fn from(version: Version<LadderVersionInput>) -> Self {
        let (created_at, created_by) = version.added.unzip();
        Self { scope: version.scope.to_string(), created_at, created_by, table: version.table }
    }
}

list_of! {
    /// Versions of the ladder, oldest first.
    PsoLadderList of PsoLadderResponse
}

fn added(request: &HttpRequest, version: Version<LadderVersionInput>) -> HttpResponse {
    let name = version.table.version.clone();
    resource::recorded(request, name, &PsoLadderResponse::from(version))
}

/// Lists the versions of the ladder
///
/// The national versions (ladderversie), those that come with Trede first. There are few: the list has one page.
#[utoipa::path(
    get,
    path = "/pso-ladders",
    tag = "pso",
    responses((status = 200, description = "The versions", body = PsoLadderList))
)]
pub async fn list_pso_ladders(state: Data<AppState>, caller: Caller) -> Result<HttpResponse, Problem> {
    let found = state
        .run(move |services| {
            pso_tables::list::<LadderVersionInput>(services, &caller.0, AuditScope::National)
        })
        .await?;
    Ok(HttpResponse::Ok().json(PsoLadderList::of(found)))
}

/// Shows a version of the ladder
///
/// The national version (ladderversie) of that name.
#[utoipa::path(
    get,
    path = "/pso-ladders/{version}",
    tag = "pso",
    params(VersionParams),
    responses((status = 200, description = "The version", body = PsoLadderResponse))
)]
pub async fn get_pso_ladder(
    state: Data<AppState>,
    caller: Caller,
    path: Path<VersionParams>,
) -> Result<HttpResponse, Problem> {
    let found = state
        .run(move |services| {
            pso_tables::get::<LadderVersionInput>(services, &caller.0, AuditScope::National, &path.version)
        })
        .await?;
    Ok(HttpResponse::Ok().json(PsoLadderResponse::from(found)))
}

/// Adds a version of the ladder
///
/// Adds a national version (ladderversie). It is never changed: what was computed with it names it.
#[utoipa::path(
    post,
    path = "/pso-ladders",
    tag = "pso",
    request_body = LadderVersionInput,
    responses(
        (status = 201, description = "The version is added", body = PsoLadderResponse),
        (status = 409, description = "There is a version of this name already")
    )
)]
pub async fn create_pso_ladder(
    state: Data<AppState>,
    caller: Caller,
    body: Json<LadderVersionInput>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let version = state
        .run(move |services| pso_tables::create(services, &caller.0, AuditScope::National, body.0))
        .await?;
    Ok(added(&request, version))
}
