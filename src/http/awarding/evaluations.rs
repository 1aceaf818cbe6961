//! Evaluations (beoordelingen) of a lot: snapshots that never change.

use std::collections::BTreeMap;

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::InLot;
use crate::http::frame::body::Json;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{EvaluationParams, LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_model::awarding::evaluation::{Evaluation, EvaluationSummary};
use trede_model::bidding::bid::BidId;
use trede_service::awarding::evaluations::{self, NewEvaluation};
use trede_wire::score_file::{DrawingInput, ExclusionInput, ExclusionStageInput, ScoreFile};
use trede_wire::score_result::{LanguageCode, ScoreResult};

/// What is asked of an evaluation (beoordeling).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reason": "De score van inschrijver 2 op criterium plan is gecorrigeerd."}))]
pub struct EvaluationRequest {
    /// Why it is made; a correction must say what it corrects.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 20000)]
    reason: Option<String>,
    /// The language of its explanation.
    #[serde(default)]
    language: LanguageCode,
    /// Bids that do not take part, or dropped out, by their id, with the reason (uitsluitingen).
    /// Exclusions of the latest evaluation carry over, unless the bid is named here: with another
    /// exclusion, or with `null` to let it take part again.
    #[serde(default)]
    #[schema(schema_with = schema::exclusions)]
    exclusions: BTreeMap<BidId, Option<ExclusionRequest>>,
    /// The record of a drawing of lots that decided a tie (proces-verbaal van loting).
    #[serde(default)]
    drawing: Option<DrawingInput>,
}

/// Why a bid does not take part.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ExclusionRequest {
    /// What older clients say of the stage. It is not used: the service knows whether prices were known.
    #[serde(default, rename = "stage")]
    _stage: Option<ExclusionStageInput>,
    /// The reason, as it will stand in the report.
    reason: String,
}

impl From<ExclusionRequest> for ExclusionInput {
    fn from(request: ExclusionRequest) -> Self {
        // The use case puts the stage that the lot is at in its place.
        Self { stage: ExclusionStageInput::AfterRanking, reason: request.reason }
    }
}

impl From<EvaluationRequest> for NewEvaluation {
    fn from(request: EvaluationRequest) -> Self {
        let mut new = Self { reason: request.reason, language: request.language, ..Self::default() };
        new.additions.drawing = request.drawing;
        for (bid, exclusion) in request.exclusions {
            match exclusion {
                Some(exclusion) => {
                    new.additions.exclusions.insert(bid, exclusion.into());
                }
                None => {
                    new.readmitted.insert(bid);
                }
            }
        }
        new
    }
}

/// An evaluation (beoordeling) without its documents.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000005",
    "lotId": "0190a5c8-0000-7000-8000-000000000002",
    "sequence": 1,
    "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "engineVersion": "1.0.0",
    "createdAt": "2026-05-01T09:00:00Z",
    "createdBy": "inkoper-1"
}))]
pub struct EvaluationSummaryResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The lot that is evaluated.
    #[schema(value_type = String, format = Uuid)]
    lot_id: String,
    /// Its place among the evaluations of the lot, from 1.
    #[schema(minimum = 1)]
    sequence: i32,
    /// Why it was made; of a correction, what it corrects.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// SHA-256 of the canonical input, in hexadecimal: the same facts have the same fingerprint.
    fingerprint: String,
    /// The version of the engine.
    engine_version: String,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// By whom.
    created_by: String,
}

impl From<EvaluationSummary> for EvaluationSummaryResponse {
    fn from(summary: EvaluationSummary) -> Self {
        Self {
            id: summary.id.to_string(),
            lot_id: summary.lot.to_string(),
            sequence: summary.sequence,
            reason: summary.reason,
            fingerprint: summary.fingerprint,
            engine_version: summary.engine_version,
            created_at: summary.created_at,
            created_by: summary.created_by,
        }
    }
}

/// An evaluation (beoordeling): what came out, and from what.
///
/// A declaration for the document only: the two documents are sent as they are stored.
#[derive(ToSchema)]
#[schema(as = EvaluationResponse)]
#[expect(dead_code, reason = "read by the derive only")]
struct EvaluationDocument {
    /// What it is.
    #[schema(inline)]
    #[serde(flatten)]
    summary: EvaluationSummaryResponse,
    /// What went into the engine: award model, bids and scores.
    input: ScoreFile,
    /// What came out: scores, ranking, explanation.
    result: ScoreResult,
}

list_of! {
    /// Evaluations without their documents, the first first.
    EvaluationList of EvaluationSummaryResponse
}

fn with_documents(answer: HttpResponseBuilder, evaluation: Evaluation) -> Result<HttpResponse, Problem> {
    let Evaluation { summary, input, result } = evaluation;
    let documents = [("input", input.as_str()), ("result", result.as_str())];
    resource::with_documents(answer, &EvaluationSummaryResponse::from(summary), &documents)
}

/// Lists the evaluations of a lot
///
/// Every evaluation (beoordeling) of the lot, without its documents; the last one counts.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/evaluations",
    tag = "evaluation",
    params(MunicipalityParams, LotParams, PageQuery),
    responses(
        (status = 200, description = "A page of evaluations", body = EvaluationList),
        (status = 409, description = "The bids are not opened")
    )
)]
pub async fn list_evaluations(
    state: Data<AppState>,
    lot: InLot,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state.run(move |services| evaluations::list(services, &lot.actor, lot.at, &request)).await?;
    Ok(query.answer(page, |item| item.id, EvaluationList::of))
}

/// Shows an evaluation
///
/// The evaluation (beoordeling) with what went into the engine and what came out.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/evaluations/{evaluationId}",
    tag = "evaluation",
    params(MunicipalityParams, LotParams, EvaluationParams),
    responses(
        (status = 200, description = "The evaluation", body = EvaluationDocument),
        (status = 409, description = "The bids are not opened")
    )
)]
pub async fn get_evaluation(
    state: Data<AppState>,
    lot: InLot,
    path: Path<EvaluationParams>,
) -> Result<HttpResponse, Problem> {
    let evaluation =
        state.run(move |services| evaluations::get(services, &lot.actor, lot.at, path.evaluation_id)).await?;
    with_documents(HttpResponse::Ok(), evaluation)
}

/// Evaluates a lot
///
/// Scores the bids by what is stored now (beoordeling): award model, bids and assessments. The
/// snapshot never changes; a correction is another evaluation, which says what it corrects.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/evaluations",
    tag = "evaluation",
    params(MunicipalityParams, LotParams),
    request_body = EvaluationRequest,
    responses(
        (status = 201, description = "The lot is evaluated", body = EvaluationDocument),
        (status = 409, description = "The lot cannot be evaluated in this state, or scores are missing")
    )
)]
pub async fn create_evaluation(
    state: Data<AppState>,
    lot: InLot,
    body: Json<EvaluationRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let new = body.0.into();
    let evaluation =
        state.run(move |services| evaluations::create(services, &lot.actor, lot.at, new)).await?;
    let location = resource::location(&request, evaluation.summary.id);
    let mut answer = HttpResponse::Created();
    answer.insert_header((LOCATION, location));
    with_documents(answer, evaluation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exclusion_of_null_lets_the_bid_take_part_again() {
        let (excluded, readmitted) =
            ("0190a5c8-0000-7000-8000-000000000001", "0190a5c8-0000-7000-8000-000000000002");
        let body = serde_json::json!({ "exclusions": {
            (excluded): { "stage": "before-evaluation", "reason": "te laat" },
            (readmitted): null
        }});
        let new = NewEvaluation::from(serde_json::from_value::<EvaluationRequest>(body).unwrap());
        assert!(new.additions.exclusions.keys().eq([&excluded.parse().unwrap()]));
        assert!(new.readmitted.iter().eq([&readmitted.parse().unwrap()]));
    }
}
