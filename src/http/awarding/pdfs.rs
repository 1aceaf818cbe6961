//! Letters and reports of a lot as PDF.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};

use crate::http::frame::auth::InLot;
use crate::http::frame::path::{AwardLetterParams, LotParams, MunicipalityParams};
use crate::http::frame::pdf::{DocumentQuery, PdfDocument, sent};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_service::awarding::{award_letter_pdfs, evaluation_report_pdfs};

/// Sends a letter as PDF
///
/// The letter to one bidder (brief over de gunningsbeslissing) as tagged PDF that can be archived and read aloud
/// (PDF/A-3a, PDF/UA-1). The same letter gives the same bytes.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/award-letters/{letterId}/pdf",
    tag = "award",
    params(MunicipalityParams, LotParams, AwardLetterParams, DocumentQuery),
    responses(
        (status = 200, description = "The letter", body = PdfDocument, content_type = "application/pdf"),
        (status = 409, description = "The font of documents lacks a sign that stands in it")
    )
)]
pub async fn get_award_letter_pdf(
    state: Data<AppState>,
    lot: InLot,
    path: Path<AwardLetterParams>,
    query: Query<DocumentQuery>,
) -> Result<HttpResponse, Problem> {
    let (letter, language) = (path.letter_id, query.language());
    let file = state
        .run(move |services| award_letter_pdfs::get(services, &lot.actor, lot.at, letter, language))
        .await?;
    Ok(sent("gunningsbeslissing", file))
}

/// Sends the evaluation report as PDF
///
/// The report (proces-verbaal van de beoordeling) in Dutch, as tagged PDF that can be archived and read aloud (PDF/A-3a,
/// PDF/UA-1). The record of the last evaluation (evaluatiedossier) is a file in it. The same record gives the same bytes.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/evaluation-report/pdf",
    tag = "award",
    params(MunicipalityParams, LotParams),
    responses(
        (status = 200, description = "The report", body = PdfDocument, content_type = "application/pdf"),
        (status = 409, description = "The bids are not opened, or the font of documents lacks a sign that stands in it")
    )
)]
pub async fn get_evaluation_report_pdf(state: Data<AppState>, lot: InLot) -> Result<HttpResponse, Problem> {
    let file = state.run(move |services| evaluation_report_pdfs::get(services, &lot.actor, lot.at)).await?;
    Ok(sent("proces-verbaal", file))
}
