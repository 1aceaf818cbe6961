//! Organisations (organisaties): national reference data, by KvK number.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::Caller;
use crate::http::frame::body::Json;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::OrganisationParams;
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::state::AppState;
use trede_base::ids::KvkNumber;
use trede_model::frame::organisation::Organisation;
use trede_service::frame::organisations;

/// What is said about an organisation (organisatie).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"name": "Groen & Zo B.V."}))]
pub struct OrganisationRequest {
    /// The name (statutaire naam).
    #[schema(min_length = 1, max_length = 500)]
    name: String,
}

/// An organisation (organisatie) to register.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"kvkNumber": "69599068", "name": "Groen & Zo B.V."}))]
pub struct NewOrganisationRequest {
    /// The number in the trade register (KvK-nummer).
    #[schema(value_type = String, pattern = "^[0-9]{8}$")]
    kvk_number: KvkNumber,
    /// The name (statutaire naam).
    #[schema(min_length = 1, max_length = 500)]
    name: String,
}

/// An organisation (organisatie).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "kvkNumber": "69599068",
    "name": "Groen & Zo B.V.",
    "createdAt": "2026-03-02T09:00:00Z",
    "updatedAt": "2026-03-02T09:00:00Z"
}))]
pub struct OrganisationResponse {
    /// The number in the trade register (KvK-nummer); scheme `NL-KVK` in OCDS.
    kvk_number: String,
    /// The name (statutaire naam).
    name: String,
    /// When it was registered here.
    created_at: DateTime<Utc>,
    /// When it last changed.
    updated_at: DateTime<Utc>,
}

impl From<Organisation> for OrganisationResponse {
    fn from(organisation: Organisation) -> Self {
        Self {
            kvk_number: organisation.kvk.to_string(),
            name: organisation.name,
            created_at: organisation.record.created_at,
            updated_at: organisation.record.updated_at,
        }
    }
}

list_of! {
    /// Organisations, by KvK number.
    OrganisationList of OrganisationResponse
}

/// Lists the organisations
///
/// The organisations (organisaties) that are registered here, by KvK number.
#[utoipa::path(
    get,
    path = "/organisations",
    tag = "organisations",
    params(PageQuery),
    responses((status = 200, description = "A page of organisations", body = OrganisationList))
)]
pub async fn list_organisations(
    state: Data<AppState>,
    caller: Caller,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state.run(move |services| organisations::list(services, &caller.0, &request)).await?;
    Ok(query.answer(page, |item| item.kvk, OrganisationList::of))
}

/// Shows an organisation
///
/// The organisation (organisatie) with this KvK number.
#[utoipa::path(
    get,
    path = "/organisations/{kvkNumber}",
    tag = "organisations",
    params(OrganisationParams),
    responses((status = 200, description = "The organisation", body = OrganisationResponse))
)]
pub async fn get_organisation(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
) -> Result<HttpResponse, Problem> {
    let organisation =
        state.run(move |services| organisations::get(services, &caller.0, path.kvk_number)).await?;
    Ok(resource::found(organisation.record.version, &OrganisationResponse::from(organisation)))
}

/// Registers an organisation
///
/// Registers the organisation (organisatie) under its KvK number.
#[utoipa::path(
    post,
    path = "/organisations",
    tag = "organisations",
    request_body = NewOrganisationRequest,
    responses(
        (status = 201, description = "The organisation is registered", body = OrganisationResponse),
        (status = 409, description = "The organisation was registered already")
    )
)]
pub async fn register_organisation(
    state: Data<AppState>,
    caller: Caller,
    body: Json<NewOrganisationRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let NewOrganisationRequest { kvk_number, name } = body.0;
    let organisation =
        state.run(move |services| organisations::register(services, &caller.0, kvk_number, name)).await?;
    let version = organisation.record.version;
    Ok(resource::created(&request, organisation.kvk, version, &OrganisationResponse::from(organisation)))
}

/// Changes an organisation
///
/// Gives the organisation (organisatie) another name.
#[utoipa::path(
    put,
    path = "/organisations/{kvkNumber}",
    tag = "organisations",
    params(OrganisationParams, IfMatch),
    request_body = OrganisationRequest,
    responses((status = 200, description = "The organisation is changed", body = OrganisationResponse))
)]
pub async fn update_organisation(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
    seen: IfMatch,
    body: Json<OrganisationRequest>,
) -> Result<HttpResponse, Problem> {
    let organisation = state
        .run(move |services| {
            organisations::rename(services, &caller.0, path.kvk_number, seen.0, &body.0.name)
        })
        .await?;
    Ok(resource::found(organisation.record.version, &OrganisationResponse::from(organisation)))
}
