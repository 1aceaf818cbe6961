//! The answers of the console: pages with their headers, and ways on.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, LOCATION};
use serde_json::Value;

use super::Console;
use super::language::Language;

/// What a page may load: what is ours. `data:` is for the icons in the style of the components.
const OWN_ONLY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The page on which the engine runs in the browser: WebAssembly is compiled on it and nowhere else.
const RUNS_ENGINE: &str = "open_score";

fn policy_of(console: &Console, template: &str) -> String {
    if template == RUNS_ENGINE && console.shared().assets.has_engine() {
        return OWN_ONLY.replacen("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", 1);
    }
    OWN_ONLY.to_owned()
}

/// The page of that template.
pub(super) fn page_of(
    console: &Console,
    language: Language,
    template: &str,
    known: &Value,
    status: StatusCode,
) -> HttpResponse {
    match console.shared().renderer.page(template, language, known) {
        Ok(html) => html_of(html, status, policy_of(console, template)),
        Err(error) => {
            tracing::error!(template, %error, "a page is not shown");
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            html_of(plain_failure(language), status, OWN_ONLY.to_owned())
        }
    }
}

fn html_of(html: String, status: StatusCode, policy: String) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_SECURITY_POLICY, policy))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(("referrer-policy", "same-origin"))
        .body(html)
}

/// What is said when not even the page for faults can be shown.
fn plain_failure(language: Language) -> String {
    let (title, text) = match language {
        Language::Dutch => {
            ("Er ging iets mis", "De pagina kan nu niet worden getoond. Probeer het later opnieuw.")
        }
        Language::English => ("Something went wrong", "The page cannot be shown now. Try again later."),
    };
    let code = language.code();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\"><head><meta charset=\"utf-8\"/><title>{title}</title></head>\
         <body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
    )
}

/// On to that path of ours (303: what follows is a page to look at).
pub(super) fn redirect(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, to)).insert_header((CACHE_CONTROL, "no-store")).finish()
}
