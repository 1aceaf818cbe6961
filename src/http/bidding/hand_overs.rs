//! The hand-over (overdracht) of bids that a platform kept, said to be complete before any is read here.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::Tenant;
use crate::http::frame::body::Json;
use crate::http::frame::path::{MunicipalityParams, TenderParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_model::bidding::hand_over::HandOver;
use trede_service::bidding::hand_overs;

/// That all bids were handed over (overdracht voltooid).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"numberOfBids": 7}))]
pub struct HandOverRequest {
    /// How many bids (inschrijvingen) the platform handed over, on all lots together; 0 when nobody bid.
    #[schema(format = Int64)]
    pub(crate) number_of_bids: u32,
}

/// A hand-over that is complete (overdracht van de inschrijvingen).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "numberOfBids": 7, "completedAt": "2026-04-01T10:20:00Z", "completedBy": "platform-1"
}))]
pub struct HandOverResponse {
    /// How many bids (inschrijvingen) were handed over, on all lots together.
    number_of_bids: i64,
    /// When the platform said that all were here.
    completed_at: DateTime<Utc>,
    /// By whom, as the identity provider names them.
    completed_by: String,
}

impl From<HandOver> for HandOverResponse {
    fn from(hand_over: HandOver) -> Self {
        let HandOver { number_of_bids, at, actor, .. } = hand_over;
        Self { number_of_bids, completed_at: at, completed_by: actor }
    }
}

/// The hand-over of the bids of a tender (overdracht): one, or none as long as it is not complete.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HandOverList {
    /// The hand-over, when it is complete.
    items: Vec<HandOverResponse>,
}

/// Completes the hand-over of bids
///
/// The platform that kept the bids says that it handed all of them over (overdracht voltooid), after its opening. Until
/// then nobody reads a bid here, the platform included; from then on none comes in any more: a bid after it is late
/// (`bid-after-hand-over`). Said once; the same number again changes nothing.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/hand-over-completions",
    tag = "procedure",
    params(MunicipalityParams, TenderParams),
    request_body = HandOverRequest,
    responses(
        (status = 201, description = "All bids are here", body = HandOverResponse),
        (
            status = 409,
            description = "The platform did not attest its opening, another number of bids is here, or another number \
                           was said before"
        )
    )
)]
pub async fn complete_hand_over(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    body: Json<HandOverRequest>,
) -> Result<HttpResponse, Problem> {
    let hand_over = state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            hand_overs::complete(services, actor, *municipality, path.tender_id, body.0.number_of_bids)
        })
        .await?;
    Ok(HttpResponse::Created().json(HandOverResponse::from(hand_over)))
}

/// Shows whether the hand-over of bids is complete
///
/// Who said that all bids are here which a platform kept (overdracht voltooid), when, and how many there are.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/hand-over-completions",
    tag = "procedure",
    params(MunicipalityParams, TenderParams),
    responses((status = 200, description = "The hand-over, when it is complete", body = HandOverList))
)]
pub async fn list_hand_over_completions(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
) -> Result<HttpResponse, Problem> {
    let found = state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            hand_overs::get(services, actor, *municipality, path.tender_id)
        })
        .await?;
    Ok(HttpResponse::Ok().json(HandOverList { items: found.into_iter().map(Into::into).collect() }))
}
