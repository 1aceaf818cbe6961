//! Value maps (waardenkaarten): what social return yields, kept with every version.

use actix_web::http::header::{ETAG, LOCATION};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::Tenant;
use crate::http::frame::body::Json;
use crate::http::frame::etag::{IfMatch, etag};
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{MunicipalityParams, ValueMapParams, ValueMapVersionParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_base::record::Version;
use trede_model::policies::value_map::{
    KeptValueMap, ValueMapScope, ValueMapVersion, ValueMapVersionSummary,
};
use trede_service::policies::value_maps::{self, NewVersion, Subject, ValuedMap};
use trede_wire::score_result::LanguageCode;
use trede_wire::sroi_file::SroiFile;
use trede_wire::sroi_result::SroiResult;

/// A value map (waardenkaart) that is to be kept.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ValueMapRequest {
    /// Of what it tells the value.
    #[schema(schema_with = schema::value_map_scope)]
    scope: ValueMapScope,
    /// Which one: the id of the contract, or the name of the project or portfolio (onderwerp).
    #[schema(min_length = 1, max_length = 500)]
    subject: String,
    /// The language of its explanation.
    #[serde(default)]
    language: LanguageCode,
    /// The map itself.
    value_map: SroiFile,
}

/// A changed value map (waardenkaart), which becomes the next version.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ValueMapVersionRequest {
    /// What it corrects (reden).
    #[schema(min_length = 1, max_length = 20000)]
    reason: String,
    /// The language of its explanation.
    #[serde(default)]
    language: LanguageCode,
    /// The map itself.
    value_map: SroiFile,
}

/// A value map (waardenkaart) without its documents.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000031",
    "scope": "project",
    "subject": "Groen dichtbij",
    "title": "Groen dichtbij 2026",
    "version": 1,
    "createdAt": "2026-05-01T09:00:00Z",
    "updatedAt": "2026-05-01T09:00:00Z"
}))]
pub struct ValueMapSummaryResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// Of what it tells the value.
    #[schema(schema_with = schema::value_map_scope)]
    scope: ValueMapScope,
    /// Which contract, project or portfolio (onderwerp).
    subject: String,
    /// The title of its latest version.
    title: String,
    /// The number of its latest version.
    #[schema(minimum = 1)]
    version: i64,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When its latest version was made.
    updated_at: DateTime<Utc>,
}

impl From<KeptValueMap> for ValueMapSummaryResponse {
    fn from(map: KeptValueMap) -> Self {
        Self {
            id: map.id.to_string(),
            scope: map.scope,
            subject: map.subject,
            title: map.title,
            version: map.record.version.0,
            created_at: map.record.created_at,
            updated_at: map.record.updated_at,
        }
    }
}

/// A version of a value map (waardenkaart) without its documents.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "number": 2,
    "title": "Groen dichtbij 2026",
    "reason": "Deadweight herzien na de evaluatie",
    "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "recordedAt": "2026-05-01T09:00:00Z",
    "recordedBy": "coordinator-1"
}))]
pub struct ValueMapVersionSummaryResponse {
    /// Its number, from 1.
    #[schema(minimum = 1)]
    number: i64,
    /// Its title.
    title: String,
    /// What it corrects.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// SHA-256 of the canonical value map, in hexadecimal: the same map has the same fingerprint.
    fingerprint: String,
    /// When it was made.
    recorded_at: DateTime<Utc>,
    /// By whom.
    recorded_by: String,
}

impl From<ValueMapVersionSummary> for ValueMapVersionSummaryResponse {
    fn from(version: ValueMapVersionSummary) -> Self {
        Self {
            number: version.number.0,
            title: version.title,
            reason: version.reason,
            fingerprint: version.fingerprint,
            recorded_at: version.created_at,
            recorded_by: version.created_by,
        }
    }
}

/// A version of a value map, as part of the answer that shows its documents.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct VersionedValueMap {
    #[serde(flatten)]
    map: ValueMapSummaryResponse,
    /// The version that is shown.
    shown: ValueMapVersionSummaryResponse,
}

/// A value map (waardenkaart) with one of its versions: what went in, and what came out.
///
/// A declaration for the document only: the two documents are sent as they are stored.
#[derive(ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ValueMapResponse)]
#[expect(dead_code, reason = "read by the derive only")]
struct ValueMapDocument {
    /// What it is.
    #[schema(inline)]
    #[serde(flatten)]
    map: ValueMapSummaryResponse,
    /// The version that is shown.
    shown: ValueMapVersionSummaryResponse,
    /// The map itself, as `trede sroi` takes it.
    value_map: SroiFile,
    /// What came out: ratios, sensitivity, every step.
    result: SroiResult,
}

list_of! {
    /// Value maps without their documents, in the order in which they were made.
    ValueMapList of ValueMapSummaryResponse
}

list_of! {
    /// Versions of a value map without their documents, the first first.
    ValueMapVersionList of ValueMapVersionSummaryResponse
}

fn shown(mut answer: HttpResponseBuilder, valued: ValuedMap) -> Result<HttpResponse, Problem> {
    let ValuedMap { map, version: ValueMapVersion { summary, content, result } } = valued;
    answer.insert_header((ETAG, etag(map.record.version)));
    let resource = VersionedValueMap { map: map.into(), shown: summary.into() };
    resource::with_documents(answer, &resource, &[("valueMap", &content), ("result", &result)])
}

/// Lists the value maps
///
/// The value maps (waardenkaarten) of the municipality, in the order in which they were made.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/value-maps",
    tag = "social-value",
    params(MunicipalityParams, PageQuery),
    responses((status = 200, description = "A page of value maps", body = ValueMapList))
)]
pub async fn list_value_maps(
    state: Data<AppState>,
    tenant: Tenant,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let Tenant { actor, municipality } = tenant;
    let page = state.run(move |services| value_maps::list(services, &actor, municipality, &request)).await?;
    Ok(query.answer(page, |item| item.id, ValueMapList::of))
}

/// Keeps a value map
///
/// Values a value map (waardenkaart) of a contract, a project or a portfolio, and keeps it with what came
/// out. Everything that is wrong with it is told together.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/value-maps",
    tag = "social-value",
    params(MunicipalityParams),
    request_body = ValueMapRequest,
    responses((status = 201, description = "The map is valued and kept", body = ValueMapDocument))
)]
pub async fn create_value_map(
    state: Data<AppState>,
    tenant: Tenant,
    body: Json<ValueMapRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let ValueMapRequest { scope, subject, language, value_map } = body.0;
    let new = NewVersion { file: value_map, reason: None, language };
    let subject = Subject { scope, subject };
    let valued =
        state.run(move |services| value_maps::create(services, &actor, municipality, subject, &new)).await?;
    let mut answer = HttpResponse::Created();
    answer.insert_header((LOCATION, resource::location(&request, valued.map.id)));
    shown(answer, valued)
}

/// Shows a value map
///
/// The value map (waardenkaart) with its latest version: what went in, and what came out.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/value-maps/{valueMapId}",
    tag = "social-value",
    params(MunicipalityParams, ValueMapParams),
    responses((status = 200, description = "The value map", body = ValueMapDocument))
)]
pub async fn get_value_map(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<ValueMapParams>,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let valued =
        state.run(move |services| value_maps::get(services, &actor, municipality, path.value_map_id)).await?;
    shown(HttpResponse::Ok(), valued)
}

/// Changes a value map
///
/// Values the changed map (waardenkaart) and keeps it as the next version, with what it corrects. Earlier
/// versions stay as they are.
#[utoipa::path(
    put,
    path = "/municipalities/{municipality}/value-maps/{valueMapId}",
    tag = "social-value",
    params(MunicipalityParams, ValueMapParams, IfMatch),
    request_body = ValueMapVersionRequest,
    responses((status = 200, description = "The next version is kept", body = ValueMapDocument))
)]
pub async fn update_value_map(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<ValueMapParams>,
    seen: IfMatch,
    body: Json<ValueMapVersionRequest>,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let ValueMapVersionRequest { reason, language, value_map } = body.0;
    let new = NewVersion { file: value_map, reason: Some(reason), language };
    let valued = state
        .run(move |services| {
            value_maps::update(services, &actor, municipality, path.value_map_id, seen.0, &new)
        })
        .await?;
    shown(HttpResponse::Ok(), valued)
}

/// Lists the versions of a value map
///
/// Every version of the value map (waardenkaart) without its documents, the first first.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/value-maps/{valueMapId}/versions",
    tag = "social-value",
    params(MunicipalityParams, ValueMapParams, PageQuery),
    responses((status = 200, description = "A page of versions", body = ValueMapVersionList))
)]
pub async fn list_value_map_versions(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<ValueMapParams>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let Tenant { actor, municipality } = tenant;
    let page = state
        .run(move |services| {
            value_maps::list_versions(services, &actor, municipality, path.value_map_id, &request)
        })
        .await?;
    Ok(query.answer(page, |item| item.number.0, ValueMapVersionList::of))
}

/// Shows a version of a value map
///
/// One version of the value map (waardenkaart), with its documents, as it was when it was made.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/value-maps/{valueMapId}/versions/{number}",
    tag = "social-value",
    params(MunicipalityParams, ValueMapVersionParams),
    responses((status = 200, description = "The version", body = ValueMapDocument))
)]
pub async fn get_value_map_version(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<ValueMapVersionParams>,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let ValueMapVersionParams { value_map_id, number } = path.into_inner();
    let number = Version(number);
    let valued = state
        .run(move |services| value_maps::get_version(services, &actor, municipality, value_map_id, number))
        .await?;
    shown(HttpResponse::Ok(), valued)
}
