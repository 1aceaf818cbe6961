//! Rectifications (rectificaties): corrections of what was published, made known to all.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::Tenant;
use crate::http::frame::body::Json;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{MunicipalityParams, TenderParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::state::AppState;
use trede_model::tendering::tender::Rectification;
use trede_service::tendering::rectifications;

/// A correction of what was published (rectificatie).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "text": "In bijlage 3 vervalt eis 12.",
    "reason": "De eis was strijdig met eis 4."
}))]
pub struct RectificationRequest {
    /// What is corrected.
    #[schema(min_length = 1, max_length = 20000)]
    text: String,
    /// Why.
    #[schema(min_length = 1, max_length = 20000)]
    reason: String,
}

/// A correction of what was published (rectificatie), as it was recorded.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000001",
    "text": "In bijlage 3 vervalt eis 12.",
    "reason": "De eis was strijdig met eis 4.",
    "recordedAt": "2026-03-10T09:00:00Z",
    "recordedBy": "inkoper-1"
}))]
pub struct RectificationResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// What is corrected.
    text: String,
    /// Why.
    reason: String,
    /// When.
    recorded_at: DateTime<Utc>,
    /// By whom.
    recorded_by: String,
}

impl From<Rectification> for RectificationResponse {
    fn from(rectification: Rectification) -> Self {
        Self {
            id: rectification.id.to_string(),
            text: rectification.text,
            reason: rectification.reason,
            recorded_at: rectification.at,
            recorded_by: rectification.actor,
        }
    }
}

list_of! {
    /// Rectifications, in the order in which they were made.
    RectificationList of RectificationResponse
}

/// Lists the rectifications of a tender
///
/// Every correction of what was published (rectificatie), in the order in which they were made.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/rectifications",
    tag = "procedure",
    params(MunicipalityParams, TenderParams, PageQuery),
    responses((status = 200, description = "A page of rectifications", body = RectificationList))
)]
pub async fn list_rectifications(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            rectifications::list(services, actor, *municipality, path.tender_id, &request)
        })
        .await?;
    Ok(query.answer(page, |item| item.id, RectificationList::of))
}

/// Rectifies a published tender
///
/// Records a correction of what was published (rectificatie), with its reason. It changes no
/// award model: criteria and weights stay as they were published.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/rectifications",
    tag = "procedure",
    params(MunicipalityParams, TenderParams),
    request_body = RectificationRequest,
    responses(
        (status = 201, description = "The rectification is recorded", body = RectificationResponse),
        (status = 409, description = "The tender takes no rectification in this state")
    )
)]
pub async fn create_rectification(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    body: Json<RectificationRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let RectificationRequest { text, reason } = body.0;
    let rectification = state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            rectifications::create(services, actor, *municipality, path.tender_id, text, reason)
        })
        .await?;
    Ok(resource::recorded(&request, rectification.id, &RectificationResponse::from(rectification)))
}
