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

use crate::http::frame::problem::Problem;
use trede_base::record::Version;

/// What is understood as an entity tag (RFC 9110 §8.8.3). Those that no version has, and `*`, are answered with
/// 412 as any tag that is not that of the present version.
const ENTITY_TAG: &str = r#"^(\*|(W/)?"[!#-~]*")$"#;

/// What a tag stands for that is that of no version: whatever else is wrong with the request is told first, as with
/// a version that has passed.
const NO_VERSION: Version = Version(0);

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

/// The version that the caller read, where there was one to read: what is not there yet has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionalIfMatch(pub Option<Version>);

impl FromRequest for OptionalIfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        if !request.headers().contains_key(IF_MATCH) {
            return ready(Ok(Self(None)));
        }
        ready(read(request).map(|seen| Self(Some(seen.0))))
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
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        // It would overwrite what the caller has not read.
        return Ok(IfMatch(NO_VERSION));
    }
    let tag: EntityTag = text.parse().map_err(|_| {
        Problem::new(
            StatusCode::BAD_REQUEST,
            "malformed-if-match",
            "Bad request",
            "If-Match holds one ETag, with its quotes",
        )
    })?;
    // A weak tag, or one that was never given out here, cannot be the version that was read.
    let version = Some(tag.tag())
        .filter(|text| !tag.weak && text.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|text| text.parse().ok());
    Ok(IfMatch(version.map_or(NO_VERSION, Version)))
}

/// Not `required` in the document: a request without it is answered with 428, which is more than
/// a malformed request.
impl IntoParams for IfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let parameter = ParameterBuilder::new()
            .name("If-Match")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(
                "The ETag of the version that the change starts from. 428 without it, 412 when the \
                 resource has changed since",
            ))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String).pattern(Some(ENTITY_TAG))))
            .build();
        vec![parameter]
    }
}
