//! Award simulations (gunningssimulaties): the engine alone, nothing is stored.

use actix_web::HttpResponse;
use actix_web::web::{Data, Query};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::frame::auth::Caller;
use crate::http::frame::body::{Json, LARGE};
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_service::awarding::simulations;
use trede_wire::lab_file::LabFile;
use trede_wire::lab_result::LabResult;
use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::{LanguageCode, ResultOptions, ScoreResult, WeightFansResult};

/// So many bids are scored faster than another thread is woken to do it.
const FEW_BIDS: usize = 20;

/// What the result holds besides the ranking.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SimulationQuery {
    /// The language of the texts.
    #[serde(default)]
    #[param(schema_with = schema::language)]
    language: LanguageCode,
    /// Whether it holds every step of the calculation.
    #[serde(default)]
    #[param(default = false)]
    explain: bool,
    /// Whether it holds how firmly the ranking stands.
    #[serde(default)]
    #[param(default = false)]
    analyse: bool,
}

/// Simulates an award
///
/// Scores a tender that is given whole (gunningssimulatie): the same file that `trede score` takes.
/// Nothing is stored. Everything that is wrong with the file is told together. Large calculations run a few
/// at a time; when there are more, the answer is 503 and the same request can be sent again.
#[utoipa::path(
    post,
    path = "/award-simulations",
    tag = "evaluation",
    params(SimulationQuery),
    request_body = ScoreFile,
    responses((status = 200, description = "The scores and the ranking", body = ScoreResult))
)]
pub async fn simulate_award(
    state: Data<AppState>,
    caller: Caller,
    query: Query<SimulationQuery>,
    body: Json<ScoreFile, LARGE>,
) -> Result<HttpResponse, Problem> {
    let SimulationQuery { language, explain, analyse } = query.into_inner();
    let options = ResultOptions { language, explain, analyse };
    let bids: usize = body.0.lots.iter().map(|lot| lot.bids.len()).sum();
    let result = if bids <= FEW_BIDS && !analyse {
        simulations::simulate(&caller.0, &body.0, options)?
    } else {
        state.run_large(move |_| simulations::simulate(&caller.0, &body.0, options)).await?
    };
    Ok(HttpResponse::Ok().json(result))
}

/// In which language the texts are.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WeightSimulationQuery {
    /// The language of the texts.
    #[serde(default)]
    #[param(schema_with = schema::language)]
    language: LanguageCode,
}

/// Simulates other weights
///
/// What the total of every bid becomes while one weight goes from nothing to all there is and the others are rescaled in
/// proportion (wegingenwaaier), before rounding: a straight line for each bid, and where the lead changes hands. The
/// same file that `trede score` takes; nothing is stored. Empty for methods that make of weights and prices something
/// else than a sum.
#[utoipa::path(
    post,
    path = "/award-weight-simulations",
    tag = "evaluation",
    params(WeightSimulationQuery),
    request_body = ScoreFile,
    responses((status = 200, description = "The fans", body = WeightFansResult))
)]
pub async fn simulate_weights(
    state: Data<AppState>,
    caller: Caller,
    query: Query<WeightSimulationQuery>,
    body: Json<ScoreFile, LARGE>,
) -> Result<HttpResponse, Problem> {
    let language = query.language;
    let result =
        state.run_large(move |_| simulations::simulate_weights(&caller.0, &body.0, language)).await?;
    Ok(HttpResponse::Ok().json(result))
}

/// Tries award models on a market
///
/// How award models behave on a market before publication (laboratorium): who wins how often, what an extra PSO level
/// costs and brings, which criterion decides in fact, side by side on the same draws. The same file that `trede lab`
/// takes, and the same result; nothing is stored. Three million scores on criteria are the most of one request.
#[utoipa::path(
    post,
    path = "/award-model-simulations",
    tag = "evaluation",
    params(WeightSimulationQuery),
    request_body = LabFile,
    responses((status = 200, description = "What the study found", body = LabResult))
)]
pub async fn simulate_award_models(
    state: Data<AppState>,
    caller: Caller,
    query: Query<WeightSimulationQuery>,
    body: Json<LabFile, LARGE>,
) -> Result<HttpResponse, Problem> {
    let language = query.language;
    let result = state.run_large(move |_| simulations::study(&caller.0, &body.0, language)).await?;
    Ok(HttpResponse::Ok().json(result))
}
