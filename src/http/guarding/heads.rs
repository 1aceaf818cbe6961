//! Refuses heads of requests that no honest client sends, before anything is done with them.
//!
//! The HTTP library takes up to 128 KiB and 96 fields, and answers more by itself, without a body.

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;

use crate::http::frame::problem::Problem;

/// The most bytes of a path with its query.
const LONGEST_TARGET: usize = 8 * 1024;
/// The most bytes of all header fields together; a token of the largest size fits in.
const LARGEST_FIELDS: usize = 32 * 1024;

/// Refuses a target or header fields that are too large.
pub async fn limit_heads<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let target = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    if target > LONGEST_TARGET {
        let detail = format!("a path and its query have {LONGEST_TARGET} bytes at the most");
        let problem = Problem::new(StatusCode::URI_TOO_LONG, "target-too-long", "Too long", detail);
        return Ok(request.error_response(problem));
    }
    let fields: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if fields > LARGEST_FIELDS {
        let detail = format!("the header fields have {LARGEST_FIELDS} bytes together at the most");
        let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
        let problem = Problem::new(status, "header-fields-too-large", "Too large", detail);
        return Ok(request.error_response(problem));
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}
