//! Extensions of the deadline (verlengingen van de inschrijftermijn).

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
use trede_model::tendering::tender::DeadlineExtension;
use trede_service::tendering::deadline_extensions;
use trede_wire::moment::moment;

/// A later deadline (verlenging van de inschrijftermijn).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "deadlineAt": "2026-04-15T12:00:00+02:00",
    "reason": "Na de rectificatie hebben inschrijvers meer tijd nodig."
}))]
pub struct DeadlineExtensionRequest {
    /// The new deadline; later than the present one.
    #[serde(deserialize_with = "moment")]
    deadline_at: DateTime<Utc>,
    /// Why.
    #[schema(min_length = 1, max_length = 20000)]
    reason: String,
}

/// A deadline that was moved (verlenging van de inschrijftermijn), as it was recorded.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000001",
    "previousDeadlineAt": "2026-04-01T10:00:00Z",
    "deadlineAt": "2026-04-15T10:00:00Z",
    "reason": "Na de rectificatie hebben inschrijvers meer tijd nodig.",
    "recordedAt": "2026-03-10T09:00:00Z",
    "recordedBy": "inkoper-1"
}))]
pub struct DeadlineExtensionResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The deadline before.
    previous_deadline_at: DateTime<Utc>,
    /// The deadline after.
    deadline_at: DateTime<Utc>,
    /// Why.
    reason: String,
    /// When it was moved.
    recorded_at: DateTime<Utc>,
    /// By whom.
    recorded_by: String,
}

impl From<DeadlineExtension> for DeadlineExtensionResponse {
    fn from(extension: DeadlineExtension) -> Self {
        Self {
            id: extension.id.to_string(),
            previous_deadline_at: extension.previous_deadline_at,
            deadline_at: extension.deadline_at,
            reason: extension.reason,
            recorded_at: extension.at,
            recorded_by: extension.actor,
        }
    }
}

list_of! {
    /// Extensions of the deadline, in the order in which they were made.
    DeadlineExtensionList of DeadlineExtensionResponse
}

/// Lists the extensions of the deadline
///
/// Every time that the deadline was moved (verlenging), with its reason.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/deadline-extensions",
    tag = "procedure",
    params(MunicipalityParams, TenderParams, PageQuery),
    responses((status = 200, description = "A page of extensions", body = DeadlineExtensionList))
)]
pub async fn list_deadline_extensions(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            deadline_extensions::list(services, actor, *municipality, path.tender_id, &request)
        })
        .await?;
    Ok(query.answer(page, |item| item.id, DeadlineExtensionList::of))
}

/// Extends the deadline
///
/// Moves the deadline of a published tender (verlenging van de inschrijftermijn) to a later
/// moment, before the present one has passed, with a reason.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/deadline-extensions",
    tag = "procedure",
    params(MunicipalityParams, TenderParams),
    request_body = DeadlineExtensionRequest,
    responses(
        (status = 201, description = "The deadline is moved", body = DeadlineExtensionResponse),
        (status = 409, description = "The tender receives no bids, or the deadline would not be later")
    )
)]
pub async fn create_deadline_extension(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    body: Json<DeadlineExtensionRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let DeadlineExtensionRequest { deadline_at, reason } = body.0;
    let extension = state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            deadline_extensions::create(services, actor, *municipality, path.tender_id, deadline_at, reason)
        })
        .await?;
    Ok(resource::recorded(&request, extension.id, &DeadlineExtensionResponse::from(extension)))
}
