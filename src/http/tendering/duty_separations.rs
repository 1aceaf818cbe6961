//! Which duties an authority keeps apart (functiescheiding).

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::Tenant;
use crate::http::frame::body::Json;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::path::MunicipalityParams;
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_model::tendering::duty::{Apart, DutySeparation};
use trede_service::tendering::duties;

/// Which duties are to be kept apart (functiescheiding).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"apart": ["buyer-assessor", "assessor-opener"]}))]
pub struct DutySeparationRequest {
    /// Pairs of duties that nobody has together on one lot; empty: none.
    #[schema(schema_with = schema::duties_apart)]
    apart: Vec<Apart>,
}

/// Which duties are kept apart (functiescheiding).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "version": 2,
    "apart": ["buyer-assessor", "assessor-opener"],
    "writtenAt": "2026-05-01T09:00:00Z",
    "writtenBy": "beheerder-1"
}))]
pub struct DutySeparationResponse {
    /// Its version; 1 keeps none apart.
    #[schema(minimum = 1)]
    version: i64,
    /// Pairs of duties that nobody has together on one lot.
    #[schema(schema_with = schema::duties_apart)]
    apart: Vec<Apart>,
    /// When it was written; left out while nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    written_at: Option<DateTime<Utc>>,
    /// By whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    written_by: Option<String>,
}

impl From<DutySeparation> for DutySeparationResponse {
    fn from(separation: DutySeparation) -> Self {
        let (written_at, written_by) = separation.written.unzip();
        Self { version: separation.version.0, apart: separation.apart, written_at, written_by }
    }
}

/// Shows which duties are kept apart
///
/// Which duties (functiescheiding) one person may not have together on one lot here.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/duty-separation",
    tag = "procedure",
    params(MunicipalityParams),
    responses((status = 200, description = "What is kept apart", body = DutySeparationResponse))
)]
pub async fn get_duty_separation(state: Data<AppState>, tenant: Tenant) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let separation = state.run(move |services| duties::get(services, &actor, municipality)).await?;
    Ok(resource::found(separation.version, &DutySeparationResponse::from(separation)))
}

/// Says which duties are kept apart
///
/// From now on nobody takes up a duty on a lot (functiescheiding) who did there what is kept apart from it: the act is
/// refused with `duties-apart`. What was done before counts.
#[utoipa::path(
    put,
    path = "/municipalities/{municipality}/duty-separation",
    tag = "procedure",
    params(MunicipalityParams, IfMatch),
    request_body = DutySeparationRequest,
    responses((status = 200, description = "The new version", body = DutySeparationResponse))
)]
pub async fn replace_duty_separation(
    state: Data<AppState>,
    tenant: Tenant,
    seen: IfMatch,
    body: Json<DutySeparationRequest>,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let separation = state
        .run(move |services| duties::replace(services, &actor, municipality, (seen.0, body.0.apart)))
        .await?;
    Ok(resource::found(separation.version, &DutySeparationResponse::from(separation)))
}
