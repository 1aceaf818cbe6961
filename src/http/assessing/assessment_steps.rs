//! Scores are handed in (ingediend) and, with a reason, reopened (heropend).

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use crate::http::assessing::assessments::AssessmentResponse;
use crate::http::assessing::dossier_entries::{DossierEntryResponse, added};
use crate::http::frame::auth::InLot;
use crate::http::frame::body::Json;
use crate::http::frame::path::{AssessmentParams, LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::state::AppState;
use crate::http::tendering::tender_steps::ReasonRequest;
use trede_service::assessing::assessments;

/// Hands a score in
///
/// Makes the own draft count (indienen van de beoordeling). From then on it is locked.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/assessments/{assessmentId}/submissions",
    tag = "evaluation",
    params(MunicipalityParams, LotParams, AssessmentParams),
    responses(
        (status = 200, description = "The score is handed in", body = AssessmentResponse),
        (status = 409, description = "It was handed in already, or the lot takes no scores in this state")
    )
)]
pub async fn submit_assessment(
    state: Data<AppState>,
    lot: InLot,
    path: Path<AssessmentParams>,
) -> Result<HttpResponse, Problem> {
    let assessment = state
        .run(move |services| assessments::submit(services, &lot.actor, lot.at, path.assessment_id))
        .await?;
    Ok(resource::found(assessment.record.version, &AssessmentResponse::from(assessment)))
}

/// Reopens a score
///
/// Makes a score that was handed in a draft again (heropening), with a reason. The dossier keeps what it was.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/assessments/{assessmentId}/reopenings",
    tag = "evaluation",
    params(MunicipalityParams, LotParams, AssessmentParams),
    request_body = ReasonRequest,
    responses(
        (status = 201, description = "Its author can change it", body = DossierEntryResponse),
        (status = 409, description = "It is a draft, the assessors agreed on it, or the quality is fixed")
    )
)]
pub async fn reopen_assessment(
    state: Data<AppState>,
    lot: InLot,
    path: Path<AssessmentParams>,
    body: Json<ReasonRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let told = state
        .run(move |services| {
            assessments::reopen(services, &lot.actor, lot.at, path.assessment_id, &body.0.reason)
        })
        .await?;
    Ok(added(&request, told))
}
