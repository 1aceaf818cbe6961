//! The record of an evaluation (evaluatiedossier), to be replayed elsewhere.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use crate::http::frame::auth::InLot;
use crate::http::frame::path::{EvaluationParams, LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_formats::evaluation_record::EvaluationRecord;
use trede_service::awarding::evaluation_records;

/// Exports an evaluation
///
/// The record (evaluatiedossier) with what went in, the scores and facts that it rests on, and what came out.
/// `trede replay FILE` shows on any machine that the result follows from it.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/evaluations/{evaluationId}/record",
    tag = "evaluation",
    params(MunicipalityParams, LotParams, EvaluationParams),
    responses((status = 200, description = "The record", body = EvaluationRecord))
)]
pub async fn get_evaluation_record(
    state: Data<AppState>,
    lot: InLot,
    path: Path<EvaluationParams>,
) -> Result<HttpResponse, Problem> {
    let record = state
        .run(move |services| evaluation_records::get(services, &lot.actor, lot.at, path.evaluation_id))
        .await?;
    Ok(HttpResponse::Ok().json(record))
}
