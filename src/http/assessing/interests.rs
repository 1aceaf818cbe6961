//! Declarations of interests (belangenverklaringen) of assessors, and what was decided about them.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::http::assessing::dossier_entries::{DossierEntryResponse, added};
use crate::http::frame::auth::InLot;
use crate::http::frame::body::Json;
use crate::http::frame::path::{LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_formats::dossier::{InterestDeclaration, InterestMeasure};
use trede_service::assessing::interests;

/// Declares the own interests
///
/// Says whether the assessor has an interest in who wins (belangenverklaring), before the first score on the
/// lot. With an interest the assessor scores only when that is decided. The last declaration counts.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/interest-declarations",
    tag = "evaluation",
    params(MunicipalityParams, LotParams),
    request_body = InterestDeclaration,
    responses(
        (status = 201, description = "The declaration is recorded", body = DossierEntryResponse),
        (status = 409, description = "The lot has ended")
    )
)]
pub async fn declare_interests(
    state: Data<AppState>,
    lot: InLot,
    body: Json<InterestDeclaration>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let told = state.run(move |services| interests::declare(services, &lot.actor, lot.at, body.0)).await?;
    Ok(added(&request, told))
}

/// Decides what part an assessor has
///
/// The measure (maatregel) after a declaration of interests, or when an assessor drops out: whether the
/// assessor scores, and why. The scores of who does not, do not count.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/interest-measures",
    tag = "evaluation",
    params(MunicipalityParams, LotParams),
    request_body = InterestMeasure,
    responses(
        (status = 201, description = "The measure is recorded", body = DossierEntryResponse),
        (status = 409, description = "The quality is fixed, or the lot has ended")
    )
)]
pub async fn take_interest_measure(
    state: Data<AppState>,
    lot: InLot,
    body: Json<InterestMeasure>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let told =
        state.run(move |services| interests::take_measure(services, &lot.actor, lot.at, body.0)).await?;
    Ok(added(&request, told))
}
