//! Answers with a resource: its version as a strong entity tag, and where a new one is.

use actix_web::http::header::{ETAG, LOCATION};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::domain::record::Version;
use crate::http::etag::etag;

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
