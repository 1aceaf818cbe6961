//! The moment at which the scores for quality are fixed (vaststelling van de kwaliteit), and its reversal.

use actix_web::HttpResponse;
use actix_web::web::Data;

use crate::http::frame::auth::InLot;
use crate::http::frame::body::Json;
use crate::http::frame::path::{LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use crate::http::tendering::lots::{LotResponse, found};
use crate::http::tendering::tender_steps::ReasonRequest;
use trede_service::assessing::quality;

/// Fixes the scores for quality
///
/// Concludes the assessment of a lot (vaststelling van de kwaliteit): all scores that are due are in, and none of
/// them changes afterwards, unless the quality is reopened before the price envelopes are. Prices are looked at,
/// and bids evaluated, only after it.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/quality-conclusions",
    tag = "evaluation",
    params(MunicipalityParams, LotParams),
    responses(
        (status = 200, description = "The quality is fixed", body = LotResponse),
        (status = 409, description = "Assessments are due, the bids are not opened, or it was fixed already")
    )
)]
pub async fn conclude_quality(state: Data<AppState>, lot: InLot) -> Result<HttpResponse, Problem> {
    let fixed = state.run(move |services| quality::conclude(services, &lot.actor, lot.at)).await?;
    Ok(found(fixed))
}

/// Lets scores for quality change again
///
/// Takes back, with a reason, that the quality was fixed (heropening van de kwaliteit), where it was by mistake.
/// Possible only while the prices are in envelopes of their own that nobody opened.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/quality-reopenings",
    tag = "evaluation",
    params(MunicipalityParams, LotParams),
    request_body = ReasonRequest,
    responses(
        (status = 200, description = "Scores can change", body = LotResponse),
        (status = 409, description = "The quality is not fixed, or prices may be known")
    )
)]
pub async fn reopen_quality(
    state: Data<AppState>,
    lot: InLot,
    body: Json<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reopened =
        state.run(move |services| quality::reopen(services, &lot.actor, lot.at, body.0.reason)).await?;
    Ok(found(reopened))
}
