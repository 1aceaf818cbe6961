//! Sessions in which assessors agree on scores (consensusbijeenkomsten).

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::http::assessing::dossier_entries::{DossierEntryResponse, added};
use crate::http::frame::auth::InLot;
use crate::http::frame::body::Json;
use crate::http::frame::path::{LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_formats::dossier::ConsensusSession;
use trede_service::assessing::consensus_sessions;

/// Records a consensus session
///
/// When the assessors met, who was there, and on which scores with which motivations they agreed
/// (consensusbijeenkomst), after each scored alone. A later session replaces what it agrees on anew.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/consensus-sessions",
    tag = "evaluation",
    params(MunicipalityParams, LotParams),
    request_body = ConsensusSession,
    responses(
        (status = 201, description = "The session and its scores are recorded", body = DossierEntryResponse),
        (status = 409, description = "Own scores of assessors are awaited, the model takes the mean, or the quality is fixed")
    )
)]
pub async fn record_consensus_session(
    state: Data<AppState>,
    lot: InLot,
    body: Json<ConsensusSession>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let told =
        state.run(move |services| consensus_sessions::create(services, &lot.actor, lot.at, body.0)).await?;
    Ok(added(&request, told))
}
