//! Municipalities (gemeenten) that keep their tenders here.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::{Caller, Tenant};
use crate::http::frame::body::Json;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::MunicipalityParams;
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::state::AppState;
use trede_base::ids::MunicipalityId;
use trede_model::frame::municipality::Municipality;
use trede_service::frame::municipalities::{self, NewMunicipality};

/// A municipality (gemeente) to register.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"id": "gm0344", "name": "Utrecht", "oin": "00000001002220647000"}))]
pub struct MunicipalityRequest {
    /// The CBS code as it stands in paths.
    #[schema(value_type = String, pattern = "^(gm[0-9]{4}|pv[0-9]{2}|ws[0-9]{4}|oin[0-9]{20})$")]
    id: MunicipalityId,
    /// The name (naam).
    #[schema(min_length = 1, max_length = 500)]
    name: String,
    /// The organisation identification number (OIN, organisatie-identificatienummer), 20 digits.
    #[serde(default)]
    #[schema(pattern = "^[0-9]{20}$")]
    oin: Option<String>,
}

/// A municipality (gemeente).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "gm0344",
    "cbsCode": "GM0344",
    "name": "Utrecht",
    "oin": "00000001002220647000",
    "createdAt": "2026-03-02T09:00:00Z",
    "updatedAt": "2026-03-02T09:00:00Z"
}))]
pub struct MunicipalityResponse {
    /// The code as it stands in paths.
    id: String,
    /// The code as Statistics Netherlands (CBS) writes it.
    cbs_code: String,
    /// The name (naam).
    name: String,
    /// The organisation identification number (OIN).
    #[serde(skip_serializing_if = "Option::is_none")]
    oin: Option<String>,
    /// When it was registered here.
    created_at: DateTime<Utc>,
    /// When it last changed.
    updated_at: DateTime<Utc>,
}

impl From<Municipality> for MunicipalityResponse {
    fn from(municipality: Municipality) -> Self {
        Self {
            id: municipality.id.to_string(),
            cbs_code: municipality.id.cbs_code(),
            name: municipality.name,
            oin: municipality.oin,
            created_at: municipality.record.created_at,
            updated_at: municipality.record.updated_at,
        }
    }
}

list_of! {
    /// Municipalities, by code.
    MunicipalityList of MunicipalityResponse
}

/// Lists the municipalities
///
/// The municipalities (gemeenten) that keep their tenders here, by code.
#[utoipa::path(
    get,
    path = "/municipalities",
    tag = "municipalities",
    params(PageQuery),
    responses((status = 200, description = "A page of municipalities", body = MunicipalityList))
)]
pub async fn list_municipalities(
    state: Data<AppState>,
    caller: Caller,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state.run(move |services| municipalities::list(services, &caller.0, &request)).await?;
    Ok(query.answer(page, |item| item.id, MunicipalityList::of))
}

/// Shows a municipality
///
/// The municipality (gemeente) as it is registered here.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}",
    tag = "municipalities",
    params(MunicipalityParams),
    responses((status = 200, description = "The municipality", body = MunicipalityResponse))
)]
pub async fn get_municipality(state: Data<AppState>, tenant: Tenant) -> Result<HttpResponse, Problem> {
    let municipality =
        state.run(move |services| municipalities::get(services, &tenant.actor, tenant.municipality)).await?;
    Ok(resource::found(municipality.record.version, &MunicipalityResponse::from(municipality)))
}

/// Registers a municipality
///
/// Registers the municipality (gemeente) under its CBS code; from now on it can keep tenders here.
#[utoipa::path(
    post,
    path = "/municipalities",
    tag = "municipalities",
    request_body = MunicipalityRequest,
    responses(
        (status = 201, description = "The municipality is registered", body = MunicipalityResponse),
        (status = 409, description = "The municipality was registered already")
    )
)]
pub async fn register_municipality(
    state: Data<AppState>,
    caller: Caller,
    body: Json<MunicipalityRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let new = NewMunicipality { id: body.0.id, name: body.0.name, oin: body.0.oin };
    let municipality = state.run(move |services| municipalities::register(services, &caller.0, new)).await?;
    let version = municipality.record.version;
    Ok(resource::created(&request, municipality.id, version, &MunicipalityResponse::from(municipality)))
}
