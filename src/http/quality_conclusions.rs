//! The moment at which the scores for quality are fixed (vaststelling van de kwaliteit).

use actix_web::HttpResponse;
use actix_web::web::Data;

use crate::http::AppState;
use crate::http::auth::InLot;
use crate::http::lots::{LotResponse, found};
use crate::http::path::{LotParams, MunicipalityParams};
use crate::http::problem::Problem;
use crate::service::quality;

/// Fixes the scores for quality
///
/// Concludes the assessment of a lot (vaststelling van de kwaliteit): all scores that are due are in, and from
/// now on none of them changes. Prices are looked at, and bids evaluated, only after it.
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
