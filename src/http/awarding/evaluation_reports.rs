//! The evaluation report (proces-verbaal) of a lot, as data and as a document.

use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, VARY};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use utoipa::ToSchema;

use crate::http::assessing::dossier_entries::{DossierEntryResponse, added};
use crate::http::frame::auth::InLot;
use crate::http::frame::body::Json;
use crate::http::frame::path::{LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_formats::dossier::ReportSupplement;
use trede_formats::evaluation_report::{EvaluationReport, markdown};
use trede_formats::markdown::html;
use trede_service::awarding::evaluation_reports;

/// The evaluation report as a document (proces-verbaal), in Dutch.
#[derive(ToSchema)]
#[schema(
    example = "# Proces-verbaal van beoordeling: Groenonderhoud 2026-2030\n\n## a. Aanbestedende dienst …"
)]
#[expect(dead_code, reason = "read by the derive only")]
struct ReportDocument(String);

/// In which form the report is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Json,
    Markdown,
    Html,
}

/// The first form that the client accepts; JSON when it does not say.
fn wanted(headers: &HeaderMap) -> Option<Form> {
    let accepted = headers.get_all(ACCEPT).filter_map(|value| value.to_str().ok());
    let mut ranges = accepted.flat_map(|value| value.split(',')).peekable();
    if ranges.peek().is_none() {
        return Some(Form::Json);
    }
    ranges.find_map(|range| {
        let mut parts = range.split(';').map(str::trim);
        let form = match parts.next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "*/*" | "application/*" | "application/json" => Form::Json,
            "text/markdown" => Form::Markdown,
            "text/html" | "text/*" => Form::Html,
            _ => return None,
        };
        let is_excluded = parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
        (!is_excluded).then_some(form)
    })
}

/// Shows the evaluation report of a lot
///
/// The report (proces-verbaal van de beoordeling) with items a to i of art. 84(1) of directive 2014/24, scores,
/// sessions, drawings, PSO evidence, sensitivity and the heads of the audit chains, made from the record: as
/// JSON, or with `Accept` as Markdown or as a page of HTML.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/evaluation-report",
    tag = "award",
    params(MunicipalityParams, LotParams),
    responses(
        (
            status = 200,
            description = "The report",
            content(
                (EvaluationReport = "application/json"),
                (ReportDocument = "text/markdown"),
                (ReportDocument = "text/html"),
            )
        ),
        (status = 409, description = "The bids are not opened")
    )
)]
pub async fn get_evaluation_report(
    state: Data<AppState>,
    lot: InLot,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = wanted(request.headers()).ok_or_else(|| {
        Problem::new(
            StatusCode::NOT_ACCEPTABLE,
            "not-acceptable",
            "Not acceptable",
            "the report is sent as application/json, text/markdown or text/html",
        )
    })?;
    let report = state.run(move |services| evaluation_reports::get(services, &lot.actor, lot.at)).await?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((VARY, "Accept"));
    Ok(match form {
        Form::Json => answer.json(report),
        Form::Markdown => {
            answer.insert_header((CONTENT_TYPE, "text/markdown; charset=utf-8")).body(markdown(&report))
        }
        Form::Html => {
            let title = format!("Proces-verbaal: {}", report.authority.subject);
            let page = html(&markdown(&report), &title);
            answer.insert_header((CONTENT_TYPE, "text/html; charset=utf-8")).body(page)
        }
    })
}

/// Supplements the evaluation report
///
/// Records what the report must tell and follows from nothing else (aanvulling op het proces-verbaal), such as
/// the share that is subcontracted.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/report-supplements",
    tag = "award",
    params(MunicipalityParams, LotParams),
    request_body = ReportSupplement,
    responses((status = 201, description = "It stands in the report", body = DossierEntryResponse))
)]
pub async fn supplement_report(
    state: Data<AppState>,
    lot: InLot,
    body: Json<ReportSupplement>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let told = state
        .run(move |services| evaluation_reports::supplement(services, &lot.actor, lot.at, body.0))
        .await?;
    Ok(added(&request, told))
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    #[test]
    fn the_report_comes_in_the_first_form_that_is_accepted() {
        let form = |accept: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
            wanted(&headers)
        };
        assert_eq!(wanted(&HeaderMap::new()), Some(Form::Json));
        assert_eq!(form("text/html,application/xhtml+xml,*/*;q=0.8"), Some(Form::Html));
        assert_eq!(form("application/json;q=0, text/markdown"), Some(Form::Markdown));
        assert_eq!(form("image/png"), None);
    }
}
