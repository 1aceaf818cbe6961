//! Check the outcome (controleer de uitslag): a record of an evaluation, replayed for anybody.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::frame::body::{Json, LARGE};
use crate::http::frame::path::MunicipalityParams;
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::state::AppState;
use crate::http::telling::open_scoring::AnswerLanguageQuery;
use trede_formats::evaluation_record::{Difference, EvaluationRecord};
use trede_service::telling::open_records::{Checked, Signature};
use trede_service::telling::{open_data, open_records};
use trede_wire::score_result::ScoreResult;

/// The most differences that are named.
const NAMED: usize = 100;

/// What came of a check of a record (uitkomst van de controle).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordComparison {
    /// Whether nothing was edited and the result follows from what went in.
    agrees: bool,
    /// Who made the record, by its signature.
    #[schema(schema_with = schema::record_signature)]
    signature: Signature,
    /// Where it was edited since it was signed; at most 100 places.
    edited: Vec<RecordDifference>,
    /// Where what is recorded does not follow from what went in; at most 100 places.
    differences: Vec<RecordDifference>,
    /// How many such places there are.
    difference_count: usize,
    /// The version of the engine that scored.
    scored_by: String,
    /// The version of the engine that replayed.
    replayed_by: String,
    /// The ranking, computed again from what went in.
    result: ScoreResult,
}

/// A place at which what is recorded is not what was signed or follows (verschil).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordDifference {
    /// The place, as a JSON pointer (RFC 6901) into the record.
    pointer: String,
    /// What the record says there.
    recorded: String,
    /// What was signed, or follows.
    follows: String,
}

impl From<Difference> for RecordDifference {
    fn from(of: Difference) -> Self {
        Self { pointer: of.pointer, recorded: of.recorded, follows: of.follows }
    }
}

impl From<Checked> for RecordComparison {
    fn from(checked: Checked) -> Self {
        let Checked { signature, edited, replay, result } = checked;
        let named = |all: Vec<Difference>| all.into_iter().take(NAMED).map(RecordDifference::from).collect();
        Self {
            agrees: edited.is_empty() && replay.differences.is_empty(),
            signature,
            difference_count: replay.differences.len(),
            edited: named(edited),
            differences: named(replay.differences),
            scored_by: replay.scored_by,
            replayed_by: replay.replayed_by.to_owned(),
            result,
        }
    }
}

/// Checks the record of an evaluation
///
/// Computes the ranking again from the record that came with a letter (evaluatiedossier), as `trede replay` does, tells
/// every place that does not follow or was edited, and whether this installation signed it. What is sent is neither
/// stored nor logged. 404 where the municipality did not open its data.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/open-data/record-comparisons",
    tag = "open-data",
    params(MunicipalityParams, AnswerLanguageQuery),
    request_body = EvaluationRecord,
    responses((status = 200, description = "What came of it", body = RecordComparison))
)]
pub async fn compare_evaluation_record(
    state: Data<AppState>,
    path: Path<MunicipalityParams>,
    query: Query<AnswerLanguageQuery>,
    body: Json<EvaluationRecord, LARGE>,
) -> Result<HttpResponse, Problem> {
    let (municipality, language, record) = (path.municipality, query.language, body.0);
    let checked = state
        .run_large(move |services| {
            let publisher = open_data::publisher(services, municipality)?;
            open_records::check(services, &publisher, &record, language)
        })
        .await?;
    Ok(HttpResponse::Ok().json(RecordComparison::from(checked)))
}
