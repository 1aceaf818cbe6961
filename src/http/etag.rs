//! Versions of resources over HTTP: strong entity tags and `If-Match`.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{EntityTag, IF_MATCH};
use actix_web::{FromRequest, HttpRequest};

use utoipa::IntoParams;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};

use crate::domain::record::Version;
use crate::http::problem::Problem;
use crate::service::error::ServiceError;

/// The entity tag of a version of a resource.
#[must_use]
pub fn etag(version: Version) -> EntityTag {
    EntityTag::new_strong(version.0.to_string())
}

/// The version that the caller read before asking for a change (`If-Match`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IfMatch(pub Version);

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request))
    }
}

fn read(request: &HttpRequest) -> Result<IfMatch, Problem> {
    let value = request.headers().get(IF_MATCH).ok_or_else(|| {
        Problem::new(
            StatusCode::PRECONDITION_REQUIRED,
            "if-match-needed",
            "If-Match needed",
            "send the ETag that you read in If-Match, so that nobody's change is overwritten",
        )
    })?;
    // A weak tag, a star or a tag of another form can never be the version that was read here.
    value
        .to_str()
        .ok()
        .and_then(|text| text.trim().parse::<EntityTag>().ok())
        .filter(|tag| !tag.weak)
        .and_then(|tag| tag.tag().parse().ok())
        .map(|version| IfMatch(Version(version)))
        .ok_or_else(|| ServiceError::VersionMismatch.into())
}

/// `If-Match` where a change of a resource that exists needs it and its creation does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionalIfMatch(pub Option<Version>);

impl FromRequest for OptionalIfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(if request.headers().contains_key(IF_MATCH) {
            read(request).map(|IfMatch(version)| Self(Some(version)))
        } else {
            Ok(Self(None))
        })
    }
}

impl IntoParams for IfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![parameter(
            Required::True,
            "The ETag of the version that the change starts from: 412 when it has changed since",
        )]
    }
}

impl IntoParams for OptionalIfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![parameter(
            Required::False,
            "The ETag of the version that a change starts from; left out to create",
        )]
    }
}

fn parameter(required: Required, description: &str) -> Parameter {
    ParameterBuilder::new()
        .name("If-Match")
        .parameter_in(ParameterIn::Header)
        .required(required)
        .description(Some(description))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).pattern(Some("^\"[0-9]+\"$"))))
        .build()
}
