//! Regions (regio's): municipalities that share policies and count each effort once together.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::frame::auth::Caller;
use crate::http::frame::body::Json;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_base::ids::MunicipalityId;
use trede_model::frame::region::{Region, RegionId};
use trede_service::frame::regions;

/// A region, or something of it.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub struct RegionParams {
    /// The region (regio) by its code
    #[param(value_type = String, pattern = "^[a-z][a-z0-9-]{0,59}$", example = "midden-utrecht")]
    pub region_id: RegionId,
}

/// A region (regio) to register.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"id": "midden-utrecht", "name": "Arbeidsmarktregio Midden-Utrecht", "municipalities": ["gm0344"]}))]
pub struct NewRegionRequest {
    /// Its code, as it stands in paths.
    #[schema(value_type = String, pattern = "^[a-z][a-z0-9-]{0,59}$")]
    id: RegionId,
    /// Name (naam).
    #[schema(min_length = 1, max_length = 500)]
    name: String,
    /// The municipalities that take part (deelnemende gemeenten).
    #[schema(schema_with = schema::municipalities)]
    municipalities: Vec<MunicipalityId>,
}

/// A region (regio) as it is to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"name": "Arbeidsmarktregio Midden-Utrecht", "municipalities": ["gm0344", "gm0310"]}))]
pub struct RegionRequest {
    /// Name (naam).
    #[schema(min_length = 1, max_length = 500)]
    name: String,
    /// The municipalities that take part (deelnemende gemeenten).
    #[schema(schema_with = schema::municipalities)]
    municipalities: Vec<MunicipalityId>,
}

/// A region (regio).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "midden-utrecht",
    "name": "Arbeidsmarktregio Midden-Utrecht",
    "municipalities": ["gm0344"],
    "createdAt": "2026-03-01T09:00:00Z",
    "updatedAt": "2026-03-01T09:00:00Z"
}))]
pub struct RegionResponse {
    /// Its code.
    id: String,
    /// Name (naam).
    name: String,
    /// The municipalities that take part (deelnemende gemeenten).
    #[schema(schema_with = schema::municipalities)]
    municipalities: Vec<MunicipalityId>,
    /// When it was registered here.
    created_at: DateTime<Utc>,
    /// When it last changed.
    updated_at: DateTime<Utc>,
}

impl From<Region> for RegionResponse {
    fn from(region: Region) -> Self {
        Self {
            id: region.id.to_string(),
            name: region.name,
            municipalities: region.members,
            created_at: region.record.created_at,
            updated_at: region.record.updated_at,
        }
    }
}

list_of! {
    /// Regions, by code.
    RegionList of RegionResponse
}

/// Lists the regions
///
/// Regions (regio's) by code, each with its municipalities.
#[utoipa::path(
    get,
    path = "/regions",
    tag = "regions",
    params(PageQuery),
    responses((status = 200, description = "A page of regions", body = RegionList))
)]
pub async fn list_regions(
    state: Data<AppState>,
    caller: Caller,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state.run(move |services| regions::list(services, &caller.0, &request)).await?;
    Ok(query.answer(page, |region| region.id.clone(), RegionList::of))
}

/// Registers a region
///
/// Municipalities that share policies, and over whose contracts the same hours and invoices count once
/// (regio). A municipality takes part in one region at the most.
#[utoipa::path(
    post,
    path = "/regions",
    tag = "regions",
    request_body = NewRegionRequest,
    responses(
        (status = 201, description = "The region is registered", body = RegionResponse),
        (status = 409, description = "It is registered already, or a municipality is not or is in another")
    )
)]
pub async fn register_region(
    state: Data<AppState>,
    caller: Caller,
    body: Json<NewRegionRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let NewRegionRequest { id, name, municipalities } = body.0;
    let region =
        state.run(move |services| regions::register(services, &caller.0, id, name, municipalities)).await?;
    let version = region.record.version;
    Ok(resource::created(&request, region.id.clone(), version, &RegionResponse::from(region)))
}

/// Shows a region
///
/// The region (regio) with its municipalities.
#[utoipa::path(
    get,
    path = "/regions/{regionId}",
    tag = "regions",
    params(RegionParams),
    responses((status = 200, description = "The region", body = RegionResponse))
)]
pub async fn get_region(
    state: Data<AppState>,
    caller: Caller,
    path: Path<RegionParams>,
) -> Result<HttpResponse, Problem> {
    let region = state.run(move |services| regions::get(services, &caller.0, &path.region_id)).await?;
    Ok(resource::found(region.record.version, &RegionResponse::from(region)))
}

/// Changes a region
///
/// Gives the region (regio) another name or other municipalities. Contracts keep the policy that they have.
#[utoipa::path(
    put,
    path = "/regions/{regionId}",
    tag = "regions",
    params(RegionParams, IfMatch),
    request_body = RegionRequest,
    responses(
        (status = 200, description = "The region is changed", body = RegionResponse),
        (status = 409, description = "A municipality is not registered or is in another region")
    )
)]
pub async fn update_region(
    state: Data<AppState>,
    caller: Caller,
    path: Path<RegionParams>,
    seen: IfMatch,
    body: Json<RegionRequest>,
) -> Result<HttpResponse, Problem> {
    let RegionRequest { name, municipalities } = body.0;
    let region = state
        .run(move |services| {
            regions::update(services, &caller.0, &path.region_id, seen.0, &name, municipalities)
        })
        .await?;
    Ok(resource::found(region.record.version, &RegionResponse::from(region)))
}
