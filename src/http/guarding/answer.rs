//! What every answer gets, whoever made it: a problem's shape, and the headers of the house.

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    ACCEPT, ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
    STRICT_TRANSPORT_SECURITY, VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, ResponseError, web};

use crate::http::frame::context::{RequestContext, is_sealed};
use crate::http::frame::language::accepted;
use crate::http::frame::problem::Problem;
use crate::http::guarding::rate_limits::Standing;
use crate::http::state::AppState;

/// The version of the API, equal to `info.version` of its document.
pub const API_VERSION: &str = env!("CARGO_PKG_VERSION");

const API_VERSION_HEADER: HeaderName = HeaderName::from_static("api-version");
const NOTHING_BUT_DATA: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
/// The documentation pages load their own scripts and styles, and ask the API; nothing inline, nothing from elsewhere.
const OWN_PAGES: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
     font-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
);
const A_YEAR_OF_TLS: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// Adds the headers that every answer carries.
pub async fn add_headers<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let page = request.path().starts_with("/docs");
    let tls = request.app_data::<web::Data<AppState>>().is_some_and(|state| state.behind_tls);
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    headers.insert(API_VERSION_HEADER, HeaderValue::from_static(API_VERSION));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // A page of the console and what belongs to it say themselves what they load, how long they keep, and whether one
    // of our own pages may show them inside.
    if !headers.contains_key(X_FRAME_OPTIONS) {
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        headers.insert(CONTENT_SECURITY_POLICY, if page { OWN_PAGES } else { NOTHING_BUT_DATA });
    }
    if tls {
        headers.insert(STRICT_TRANSPORT_SECURITY, A_YEAR_OF_TLS);
    }
    let standing = response.request().extensions().get::<Standing>().copied();
    if let Some(standing) = standing {
        standing.write(response.headers_mut());
    }
    Ok(response)
}

/// Gives every error the shape of a problem and the trace it belongs to.
///
/// Most errors are problems already; what the framework answers by itself (no such path, no such
/// method) comes here without a body.
pub async fn shape_problems<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let response = next.call(request).await?;
    let status = response.status();
    let wanting = status.is_client_error() || status.is_server_error();
    // A page that tells what went wrong is shaped already.
    let is_page =
        response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !wanting || is_page {
        return Ok(response.map_into_left_body());
    }
    let context = response.request().extensions().get::<RequestContext>().copied();
    let instance = context.map(|context| context.instance());
    let problem = response
        .response()
        .error()
        .and_then(Error::as_error::<Problem>)
        .cloned()
        .unwrap_or_else(|| Problem::of_status(status))
        .told_in(accepted(response.request()))
        .traced(instance);
    let (request, original) = response.into_parts();
    let mut shaped = problem.error_response();
    *shaped.status_mut() = status;
    keep_allow(original.headers(), shaped.headers_mut());
    keep_cors(original.headers(), shaped.headers_mut());
    // A refused bid leaves no line either: before the opening, lines could be counted.
    let sealed = is_sealed(request.method(), request.match_pattern().as_deref(), request.path());
    if let Some(error) = original.error().filter(|_| !sealed) {
        tracing::debug!(%error, "answered with a problem");
    }
    Ok(ServiceResponse::new(request, shaped).map_into_right_body())
}

/// The framework knows which methods a resource has; HEAD goes with GET.
fn keep_allow(original: &HeaderMap, shaped: &mut HeaderMap) {
    let Some(allow) = original.get(ALLOW).and_then(|value| value.to_str().ok()) else {
        return;
    };
    let with_head = if allow.split(", ").any(|method| method == "GET") {
        format!("{allow}, HEAD")
    } else {
        allow.to_owned()
    };
    if let Ok(value) = HeaderValue::from_str(&with_head) {
        shaped.insert(ALLOW, value);
    }
}

/// A page of another site that is let in may read what went wrong.
fn keep_cors(original: &HeaderMap, shaped: &mut HeaderMap) {
    for (name, value) in original {
        if *name == VARY || name.as_str().starts_with("access-control-") {
            shaped.append(name.clone(), value.clone());
        }
    }
}

/// Answers HEAD as GET; the connection leaves the body out by itself.
pub async fn answer_head<B: MessageBody>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    next.call(request).await
}

/// Refuses a request for a representation that the API does not have (406).
pub async fn negotiate<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    if request.path().starts_with("/v1/") && !sends_a_file(request.path()) && !accepts_json(request.headers())
    {
        let problem = Problem::new(
            StatusCode::NOT_ACCEPTABLE,
            "not-acceptable",
            "Not acceptable",
            "this API answers with application/json and application/problem+json",
        );
        return Ok(request.error_response(problem).map_into_right_body());
    }
    next.call(request).await.map(ServiceResponse::map_into_left_body)
}

/// Whether what is asked for is a file of a kind that is known by its name, whatever the client accepts, or a
/// report that comes in several forms and chooses itself.
fn sends_a_file(path: &str) -> bool {
    path.ends_with("/content") || path.ends_with("/evaluation-report")
}

fn accepts_json(headers: &HeaderMap) -> bool {
    let mut ranges = headers
        .get_all(ACCEPT)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .peekable();
    ranges.peek().is_none() || ranges.any(wants_json)
}

/// Whether one media range of an `Accept` header covers JSON and is not excluded by `q=0`.
fn wants_json(range: &str) -> bool {
    let mut parts = range.split(';').map(str::trim);
    let media = parts.next().unwrap_or_default().to_ascii_lowercase();
    let covered =
        matches!(media.as_str(), "*/*" | "application/*" | "application/json" | "application/problem+json");
    let excluded = parts.any(|parameter| {
        parameter
            .strip_prefix("q=")
            .and_then(|quality| quality.parse::<f32>().ok())
            .is_some_and(|quality| quality <= 0.0)
    });
    covered && !excluded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_wanted_unless_it_is_left_out() {
        for yes in ["*/*", "application/json;charset=utf-8", "text/html, */*;q=0.1"] {
            assert!(yes.split(',').any(wants_json), "{yes}");
        }
        for no in ["text/html", "application/json;q=0", "application/xml, text/*"] {
            assert!(!no.split(',').any(wants_json), "{no}");
        }
    }
}
