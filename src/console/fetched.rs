//! A file of the API under an address of the pages.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;

use super::document::document;
use super::inner::Ask;
use super::language::Language;
use super::place::text_at;
use super::read::{Unread, with_parameters};
use super::visit::Visit;

/// Who asked for a file, and where.
pub(super) struct Visited {
    visit: Visit,
    known: Value,
}

impl Visited {
    /// The page that says why there is no file.
    pub(super) fn without(&self, status: StatusCode, problem: Value) -> HttpResponse {
        self.visit.unread(&self.known, Unread { status, problem })
    }
}

/// Asks an operation with the parameters that stand in the address, and a query in the language of the pages; answers
/// what the API does, whatever it is.
///
/// # Errors
/// The page that says why nothing was asked.
pub(super) async fn fetched(
    request: &HttpRequest,
    operation: &str,
    query: impl FnOnce(Language) -> String,
) -> Result<(Visited, HttpResponse), HttpResponse> {
    let visit = Visit::of(request).await?;
    let known = visit.known(request);
    let operation = document().operation(operation);
    let path = operation.and_then(|it| with_parameters(&it.path, |name| text_at(&known, name)));
    let Some(path) = path else {
        return Err(visit.unread(&known, Unread::broken("there is no such operation")));
    };
    let path = format!("/v1{path}{}", query(visit.language));
    let ask = Ask { method: Method::GET, path, body: None, seen: None };
    match visit.inner.fetch(&visit.asker, ask).await {
        Ok(answer) => Ok((Visited { visit, known }, answer)),
        Err(error) => Err(visit.unread(&known, Unread::broken(&error))),
    }
}

/// The file as the API sends it, with its name; kept nowhere.
pub(super) fn handed_over(answer: HttpResponse) -> HttpResponse {
    let mut file = HttpResponse::Ok();
    for name in [CONTENT_TYPE, CONTENT_DISPOSITION] {
        if let Some(value) = answer.headers().get(&name) {
            file.insert_header((name, value.clone()));
        }
    }
    file.insert_header((CACHE_CONTROL, "no-store")).body(answer.into_body())
}
