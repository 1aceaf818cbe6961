//! Documents as PDF: what the API sends, under the address of the page that they are of.

use actix_web::body::to_bytes;
use actix_web::web::{self, ServiceConfig, resource};
use actix_web::{HttpRequest, HttpResponse};

use super::fetched::{fetched, handed_over};
use super::language::Language;

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
    let query = |language: Language| {
        if pdf.in_language { format!("?language={}", language.code()) } else { String::new() }
    };
    let (visited, answer) = match fetched(&request, pdf.operation, query).await {
        Ok(found) => found,
        Err(page) => return page,
    };
    let status = answer.status();
    if status.is_success() {
        return handed_over(answer);
    }
    let told = to_bytes(answer.into_body()).await.unwrap_or_default();
    visited.without(status, serde_json::from_slice(&told).unwrap_or_default())
}
