//! Assessments (beoordelingen): what an assessor thinks of one criterion of one bid.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::InLot;
use crate::http::frame::body::Json;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{AssessmentParams, LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_model::assessing::assessment::{Assessment, AssessmentKind};
use trede_model::bidding::bid::BidId;
use trede_service::assessing::assessments::{self, NewAssessment};

/// A score with its motivation (beoordeling), for one criterion of one bid.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "bidId": "0190a5c8-0000-7000-8000-000000000003",
    "criterion": "plan-van-aanpak",
    "kind": "individual",
    "score": "8",
    "motivation": "Het plan noemt per wijk de werkwijze en de bezetting."
}))]
pub struct NewAssessmentRequest {
    /// The bid.
    #[schema(value_type = String, format = Uuid)]
    bid_id: BidId,
    /// The criterion, by its id in the award model.
    #[schema(min_length = 1, max_length = 64)]
    criterion: String,
    /// Whose score it is.
    #[schema(schema_with = schema::assessment_kind)]
    kind: AssessmentKind,
    /// A number on the criterion's scale, or the name of a mark (cijfer).
    #[schema(min_length = 1, max_length = 64)]
    score: String,
    /// Why this score (motivering).
    #[schema(min_length = 1, max_length = 20000)]
    motivation: String,
    /// Whether it is handed in at once (ingediend) and locked; `false` keeps a draft, which its author can
    /// change.
    #[serde(default = "at_once")]
    submitted: bool,
}

const fn at_once() -> bool {
    true
}

impl From<NewAssessmentRequest> for NewAssessment {
    fn from(request: NewAssessmentRequest) -> Self {
        Self {
            bid: request.bid_id,
            criterion: request.criterion,
            kind: request.kind,
            score: request.score,
            motivation: request.motivation,
            submitted: request.submitted,
        }
    }
}

/// Another score with its motivation (herziene beoordeling).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"score": "7", "motivation": "De bezetting in de zomer ontbreekt."}))]
pub struct AssessmentRequest {
    /// A number on the criterion's scale, or the name of a mark (cijfer).
    #[schema(min_length = 1, max_length = 64)]
    score: String,
    /// Why this score (motivering).
    #[schema(min_length = 1, max_length = 20000)]
    motivation: String,
}

/// A score with its motivation (beoordeling), as it was given.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000004",
    "bidId": "0190a5c8-0000-7000-8000-000000000003",
    "criterion": "plan-van-aanpak",
    "kind": "individual",
    "assessor": "beoordelaar-1",
    "score": "8",
    "motivation": "Het plan noemt per wijk de werkwijze en de bezetting.",
    "submittedAt": "2026-04-02T09:00:00Z",
    "createdAt": "2026-04-02T09:00:00Z",
    "updatedAt": "2026-04-02T09:00:00Z"
}))]
pub struct AssessmentResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The bid.
    #[schema(value_type = String, format = Uuid)]
    bid_id: String,
    /// The criterion, by its id in the award model.
    criterion: String,
    /// Whose score it is.
    #[schema(schema_with = schema::assessment_kind)]
    kind: AssessmentKind,
    /// Who scored, or wrote the consensus down.
    assessor: String,
    /// A number on the criterion's scale, or the name of a mark (cijfer).
    score: String,
    /// Why this score (motivering).
    motivation: String,
    /// When it was handed in (ingediend); left out while it is a draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    submitted_at: Option<DateTime<Utc>>,
    /// When it was given.
    created_at: DateTime<Utc>,
    /// When it last changed.
    updated_at: DateTime<Utc>,
}

impl From<Assessment> for AssessmentResponse {
    fn from(assessment: Assessment) -> Self {
        Self {
            id: assessment.id.to_string(),
            bid_id: assessment.bid.to_string(),
            criterion: assessment.criterion,
            kind: assessment.kind,
            assessor: assessment.assessor,
            score: assessment.score,
            motivation: assessment.motivation,
            submitted_at: assessment.submitted_at,
            created_at: assessment.record.created_at,
            updated_at: assessment.record.updated_at,
        }
    }
}

list_of! {
    /// Assessments, in the order in which they were given.
    AssessmentList of AssessmentResponse
}

/// Lists the assessments of a lot
///
/// The scores with their motivations (beoordelingen), in the order in which they were given. An
/// assessor sees the own scores and the consensus until the quality is fixed, the buyer sees all.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/assessments",
    tag = "evaluation",
    params(MunicipalityParams, LotParams, PageQuery),
    responses(
        (status = 200, description = "A page of assessments", body = AssessmentList),
        (status = 409, description = "The bids are not opened")
    )
)]
pub async fn list_assessments(
    state: Data<AppState>,
    lot: InLot,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state.run(move |services| assessments::list(services, &lot.actor, lot.at, &request)).await?;
    Ok(query.answer(page, |item| item.id, AssessmentList::of))
}

/// Shows an assessment
///
/// The score with its motivation (beoordeling).
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/assessments/{assessmentId}",
    tag = "evaluation",
    params(MunicipalityParams, LotParams, AssessmentParams),
    responses(
        (status = 200, description = "The assessment", body = AssessmentResponse),
        (status = 409, description = "The bids are not opened")
    )
)]
pub async fn get_assessment(
    state: Data<AppState>,
    lot: InLot,
    path: Path<AssessmentParams>,
) -> Result<HttpResponse, Problem> {
    let assessment =
        state.run(move |services| assessments::get(services, &lot.actor, lot.at, path.assessment_id)).await?;
    Ok(resource::found(assessment.record.version, &AssessmentResponse::from(assessment)))
}

/// Scores a criterion of a bid
///
/// Gives a score with its motivation (beoordeling): alone, or what the assessors agreed on in
/// their session (consensus). An assessor declares the own interests first, and scores a criterion of a bid
/// once. A score that is handed in counts and is locked.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/assessments",
    tag = "evaluation",
    params(MunicipalityParams, LotParams),
    request_body = NewAssessmentRequest,
    responses(
        (status = 201, description = "The score is given", body = AssessmentResponse),
        (status = 409, description = "The bids are not opened, the score was given already, or the award model does not combine it with others")
    )
)]
pub async fn create_assessment(
    state: Data<AppState>,
    lot: InLot,
    body: Json<NewAssessmentRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let new = body.0.into();
    let assessment =
        state.run(move |services| assessments::create(services, &lot.actor, lot.at, new)).await?;
    let version = assessment.record.version;
    Ok(resource::created(&request, assessment.id, version, &AssessmentResponse::from(assessment)))
}

/// Changes a score
///
/// Replaces the own score and motivation (herziening van de beoordeling) while it is a draft.
#[utoipa::path(
    put,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/assessments/{assessmentId}",
    tag = "evaluation",
    params(MunicipalityParams, LotParams, AssessmentParams, IfMatch),
    request_body = AssessmentRequest,
    responses(
        (status = 200, description = "The score is changed", body = AssessmentResponse),
        (status = 409, description = "The score was handed in, or the lot takes no scores in this state")
    )
)]
pub async fn update_assessment(
    state: Data<AppState>,
    lot: InLot,
    path: Path<AssessmentParams>,
    seen: IfMatch,
    body: Json<AssessmentRequest>,
) -> Result<HttpResponse, Problem> {
    let AssessmentRequest { score, motivation } = body.0;
    let assessment = state
        .run(move |services| {
            assessments::update(services, &lot.actor, lot.at, path.assessment_id, seen.0, &score, &motivation)
        })
        .await?;
    Ok(resource::found(assessment.record.version, &AssessmentResponse::from(assessment)))
}
