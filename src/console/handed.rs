//! Tables that a page hands over as files.

use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;

use super::fetched::{fetched, handed_over};
use super::language::Language;

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
    let query = |language| {
        let manner = match language {
            Language::Dutch => "locale=nl&language=nl",
            Language::English => "locale=en&language=en",
        };
        format!("?{manner}&{}", request.query_string())
    };
    match fetched(&request, operation, query).await {
        Ok((visited, answer)) if !answer.status().is_success() => {
            visited.without(answer.status(), Value::Null)
        }
        Ok((_, answer)) => handed_over(answer),
        Err(page) => page,
    }
}
