//! A file of evidence as a page shows it inside: from no origin, so that nothing in it can run or reach anything.

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_FRAME_OPTIONS,
};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;

use super::fetched::fetched;

/// Where a file of evidence is.
pub(super) const PATH: &str =
    "/{municipality}/contracts/{contractId}/entries/{entryId}/evidence/{evidenceFileId}";

/// A document of no origin, which loads and runs nothing; our own pages may show it inside.
const SANDBOX: &str = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; \
     frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/// What a browser shows by itself; everything else is handed over as a file.
const SHOWN: [&str; 4] = ["application/pdf", "image/png", "image/jpeg", "image/webp"];

/// Sends the content of a file to who may read it.
pub(super) async fn show(request: HttpRequest) -> HttpResponse {
    let (visited, answer) = match fetched(&request, "get_evidence_content", |_| String::new()).await {
        Ok(found) => found,
        Err(page) => return page,
    };
    if !answer.status().is_success() {
        return visited.without(answer.status(), Value::Null);
    }
    let media_type = answer.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type = media_type.unwrap_or("application/octet-stream").to_owned();
    let is_shown = SHOWN.contains(&media_type.as_str());
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media_type))
        .insert_header((CONTENT_DISPOSITION, if is_shown { "inline" } else { "attachment" }))
        .insert_header((CONTENT_SECURITY_POLICY, SANDBOX))
        .insert_header((X_FRAME_OPTIONS, "SAMEORIGIN"))
        .insert_header(("cross-origin-resource-policy", "same-origin"))
        .insert_header(("referrer-policy", "no-referrer"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(answer.into_body())
}
