//! Answers with a resource: its version as a strong entity tag, and where a new one is.

use actix_web::http::header::{CONTENT_TYPE, ETAG, LOCATION};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::Serialize;

use crate::http::frame::etag::etag;
use crate::http::frame::problem::Problem;
use trede_base::record::Version;
use trede_service::frame::error::ServiceError;

/// A resource that can change, as it is now.
pub fn found(version: Version, resource: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok().insert_header((ETAG, etag(version))).json(resource)
}

/// A new resource that can change, in the collection that was asked to make it.
pub fn created(
    request: &HttpRequest,
    id: impl ToString,
    version: Version,
    resource: &impl Serialize,
) -> HttpResponse {
    HttpResponse::Created()
        .insert_header((LOCATION, location(request, id)))
        .insert_header((ETAG, etag(version)))
        .json(resource)
}

/// A new resource that never changes, in the collection that was asked to make it.
pub fn recorded(request: &HttpRequest, id: impl ToString, resource: &impl Serialize) -> HttpResponse {
    HttpResponse::Created().insert_header((LOCATION, location(request, id))).json(resource)
}

/// Where a new resource is, in the collection that was asked to make it.
pub fn location(request: &HttpRequest, id: impl ToString) -> String {
    format!("{}/{}", request.path(), id.to_string())
}

/// A resource with documents, byte for byte as they are stored, as its last members; parsing them only to
/// write them again would cost more than all the rest.
///
/// # Errors
/// Status 500 when the resource cannot be written as JSON.
pub fn with_documents(
    mut answer: HttpResponseBuilder,
    resource: &impl Serialize,
    documents: &[(&str, &str)],
) -> Result<HttpResponse, Problem> {
    let mut body = serde_json::to_string(resource).map_err(|error| ServiceError::Internal(error.into()))?;
    body.pop();
    for (name, document) in documents {
        body.push_str(&format!(",\"{name}\":"));
        body.push_str(document);
    }
    body.push('}');
    Ok(answer.insert_header((CONTENT_TYPE, "application/json")).body(body))
}
