//! The steps (stappen) that a lot took: who, when, why.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::frame::auth::InLot;
use crate::http::frame::page::list_of;
use crate::http::frame::path::{LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_model::tendering::lot::LotStep;
use trede_model::tendering::procedure::Step;
use trede_service::tendering::lots;

/// A step (stap in de procedure) that a lot took.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "step": "open",
    "takenAt": "2026-04-01T10:10:00Z",
    "takenBy": "kluisopener-1"
}))]
pub struct LotStepResponse {
    /// Which step.
    #[schema(schema_with = schema::step)]
    step: Step,
    /// When.
    taken_at: DateTime<Utc>,
    /// By whom.
    taken_by: String,
    /// Why, where a reason is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The moment of opening that a platform attests.
    #[serde(skip_serializing_if = "Option::is_none")]
    attested_at: Option<DateTime<Utc>>,
    /// What the platform gives as evidence of its opening: a reference or a hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<String>,
}

impl From<LotStep> for LotStepResponse {
    fn from(taken: LotStep) -> Self {
        Self {
            step: taken.step,
            taken_at: taken.at,
            taken_by: taken.actor,
            reason: taken.grounds.reason,
            attested_at: taken.grounds.attested_at,
            evidence: taken.grounds.evidence,
        }
    }
}

list_of! {
    /// Steps, in the order in which they were taken.
    LotStepList of LotStepResponse
}

/// Lists the steps that a lot took
///
/// Every step (stap in de procedure) with its moment, its author and its reason, in order.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/steps",
    tag = "lots",
    params(MunicipalityParams, LotParams),
    responses((status = 200, description = "The steps", body = LotStepList))
)]
pub async fn list_lot_steps(state: Data<AppState>, lot: InLot) -> Result<HttpResponse, Problem> {
    let steps = state.run(move |services| lots::list_steps(services, &lot.actor, lot.at)).await?;
    Ok(HttpResponse::Ok().json(LotStepList::of(steps)))
}
