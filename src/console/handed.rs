//! Tables that a page hands over as files.

use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;

use super::document::document;
use super::inner::Ask;
use super::language::Language;
use super::place::text_at;
use super::read::{Unread, with_parameters};
use super::visit::Visit;

/// Where the export of a table is.
pub(super) const EXPORT: &str = "/{municipality}/exports/{table}/content";
/// Where the template of a table is.
pub(super) const TEMPLATE: &str = "/{municipality}/table-templates/{table}/content";

/// Hands over an export of what is looked for.
pub(super) async fn export(request: HttpRequest) -> HttpResponse {
    hand_over(request, "get_export").await
}

/// Hands over the template of a table.
pub(super) async fn template(request: HttpRequest) -> HttpResponse {
    hand_over(request, "get_table_template").await
}

/// Hands over a table, as people of that language open it.
async fn hand_over(request: HttpRequest, operation: &str) -> HttpResponse {
    let visit = match Visit::of(&request).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    let known = visit.known(&request);
    let operation = document().operation(operation);
    let path = operation.and_then(|it| with_parameters(&it.path, |name| text_at(&known, name)));
    let Some(path) = path else { return visit.unread(&known, Unread::broken("there is no such operation")) };
    let manner = match visit.language {
        Language::Dutch => "locale=nl&language=nl",
        Language::English => "locale=en&language=en",
    };
    let path = format!("/v1{path}?{manner}&{}", request.query_string());
    let ask = Ask { method: Method::GET, path, body: None, seen: None };
    let answer = match visit.inner.fetch(&visit.asker, ask).await {
        Ok(answer) => answer,
        Err(error) => return visit.unread(&known, Unread::broken(&error)),
    };
    if !answer.status().is_success() {
        return visit.unread(&known, Unread { status: answer.status(), problem: Value::Null });
    }
    let mut file = HttpResponse::Ok();
    for name in [CONTENT_TYPE, CONTENT_DISPOSITION] {
        if let Some(value) = answer.headers().get(&name) {
            file.insert_header((name, value.clone()));
        }
    }
    file.insert_header((CACHE_CONTROL, "no-store")).body(answer.into_body())
}
