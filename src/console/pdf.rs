//! Documents as PDF: what the API sends, under the address of the page that they are of.

use actix_web::body::to_bytes;
use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderName, HeaderValue};
use actix_web::web::{self, ServiceConfig, resource};
use actix_web::{HttpRequest, HttpResponse};

use super::document::document;
use super::inner::Ask;
use super::place::text_at;
use super::read::{Unread, with_parameters};
use super::visit::Visit;

/// A document: where it is, and the operation that sends it.
struct Pdf {
    path: &'static str,
    operation: &'static str,
    /// Whether the API asks in which language: it is that of the pages.
    in_language: bool,
}

const PDFS: &[Pdf] = &[
    Pdf {
        path: "/{municipality}/tenders/{tenderId}/lots/{lotId}/letters/{letterId}/pdf",
        operation: "get_award_letter_pdf",
        in_language: true,
    },
    Pdf {
        path: "/{municipality}/tenders/{tenderId}/lots/{lotId}/report/pdf",
        operation: "get_evaluation_report_pdf",
        in_language: false,
    },
    Pdf {
        path: "/{municipality}/contracts/{contractId}/settlements/{settlementId}/pdf",
        operation: "get_settlement_pdf",
        in_language: false,
    },
    Pdf { path: "/{municipality}/years/{year}/pdf", operation: "get_annual_report_pdf", in_language: true },
];

/// Adds them to the pages.
pub(super) fn routes(config: &mut ServiceConfig) {
    for pdf in PDFS {
        config.service(resource(pdf.path).app_data(pdf).route(web::get().to(show)));
    }
}

async fn show(request: HttpRequest) -> HttpResponse {
    let Some(pdf) = request.app_data::<&'static Pdf>().copied() else {
        return HttpResponse::NotFound().finish();
    };
    let visit = match Visit::of(&request).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    let known = visit.known(&request);
    let operation = document().operation(pdf.operation);
    let path = operation.and_then(|it| with_parameters(&it.path, |name| text_at(&known, name)));
    let Some(path) = path else { return visit.unread(&known, Unread::broken("there is no such operation")) };
    let query = if pdf.in_language { format!("?language={}", visit.language.code()) } else { String::new() };
    let ask = Ask { method: Method::GET, path: format!("/v1{path}{query}"), body: None, seen: None };
    let answer = match visit.inner.fetch(&visit.asker, ask).await {
        Ok(answer) => answer,
        Err(error) => return visit.unread(&known, Unread::broken(&error)),
    };
    let status = answer.status();
    let header = |name: HeaderName| answer.headers().get(name).cloned();
    let (media_type, name) = (header(CONTENT_TYPE), header(CONTENT_DISPOSITION));
    if !status.is_success() {
        let told = to_bytes(answer.into_body()).await.unwrap_or_default();
        let problem = serde_json::from_slice(&told).unwrap_or_default();
        return visit.unread(&known, Unread { status, problem });
    }
    let as_file =
        |header: Option<HeaderValue>, otherwise| header.unwrap_or(HeaderValue::from_static(otherwise));
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, as_file(media_type, "application/pdf")))
        .insert_header((CONTENT_DISPOSITION, as_file(name, "attachment")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(answer.into_body())
}
