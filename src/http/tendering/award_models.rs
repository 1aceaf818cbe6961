//! The award model (gunningsmodel) of a lot: how it is awarded, frozen at publication.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_TYPE, ETAG};
use actix_web::web::Data;

use crate::http::frame::auth::InLot;
use crate::http::frame::body::Json;
use crate::http::frame::etag::{IfMatch, etag};
use crate::http::frame::path::{LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_base::record::Version;
use trede_service::tendering::award_models;
use trede_wire::score_file::AwardModelInput;

/// The document as it is stored, byte for byte: fingerprints and replays rest on it.
fn found(document: String, version: Version) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((ETAG, etag(version)))
        .body(document)
}

/// Shows the award model of a lot
///
/// How the lot is awarded (gunningsmodel): method, criteria, weights and every choice that is
/// declared before the opening. The version is that of the lot.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/award-model",
    tag = "lots",
    params(MunicipalityParams, LotParams),
    responses((status = 200, description = "The award model", body = AwardModelInput))
)]
pub async fn get_award_model(state: Data<AppState>, lot: InLot) -> Result<HttpResponse, Problem> {
    let (document, version) =
        state.run(move |services| award_models::get(services, &lot.actor, lot.at)).await?;
    Ok(found(document, version))
}

/// Declares the award model of a lot
///
/// Replaces how the lot is awarded (gunningsmodel) while it is a draft; publication freezes it.
/// Everything that is wrong is told together, defects of the method as warnings of a simulation.
#[utoipa::path(
    put,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/award-model",
    tag = "lots",
    params(MunicipalityParams, LotParams, IfMatch),
    request_body = AwardModelInput,
    responses(
        (status = 200, description = "The award model is declared", body = AwardModelInput),
        (status = 409, description = "The lot is published: its award model is frozen")
    )
)]
pub async fn replace_award_model(
    state: Data<AppState>,
    lot: InLot,
    seen: IfMatch,
    body: Json<AwardModelInput>,
) -> Result<HttpResponse, Problem> {
    let lot = state
        .run(move |services| award_models::replace(services, &lot.actor, lot.at, seen.0, &body.0))
        .await?;
    Ok(found(lot.award_model.unwrap_or_default(), lot.record.version))
}
