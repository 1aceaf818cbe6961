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

/// What is understood as entity tags (RFC 9110 §8.8.3, §13.1.1). Those that no version has are answered with 412, as
/// any tag that is not that of the present version.
const ENTITY_TAG: &str = r#"^(W/)?"[!#-~]*"([ \t]*,[ \t]*(W/)?"[!#-~]*")*$"#;

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
        // The condition would hold, and overwrite what the caller has not read.
        return Err(Problem::new(
            StatusCode::PRECONDITION_REQUIRED,
            "if-match-needed",
            "If-Match needed",
            "`*` is not taken: send the ETag that you read in If-Match, so that nobody's change is overwritten",
        ));
    }
    let malformed = || {
        Problem::new(
            StatusCode::BAD_REQUEST,
            "malformed-if-match",
            "Bad request",
            "If-Match holds the ETag that you read, with its quotes",
        )
    };
    let tags = tags(text).ok_or_else(malformed)?;
    let mut versions: Vec<Version> = tags.iter().filter_map(version).collect();
    versions.dedup();
    match versions.as_slice() {
        [] => Ok(IfMatch(NO_VERSION)),
        [version] => Ok(IfMatch(*version)),
        // Only one of them can be what the caller read.
        _ => Err(malformed()),
    }
}

/// The tags of a list, between commas outside their quotes.
fn tags(text: &str) -> Option<Vec<EntityTag>> {
    let mut parts = vec![String::new()];
    let mut is_quoted = false;
    for character in text.chars() {
        is_quoted ^= character == '"';
        if character == ',' && !is_quoted {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(character);
        }
    }
    let parts = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty());
    let tags: Vec<EntityTag> = parts.map(|part| part.parse().ok()).collect::<Option<_>>()?;
    Some(tags).filter(|tags| !tags.is_empty())
}

/// The version of which a tag was given out; none for a weak tag (they are compared strongly), and for one that is
/// written in another way.
fn version(tag: &EntityTag) -> Option<Version> {
    let version = tag.tag().parse().ok().map(Version)?;
    (!tag.weak && version != NO_VERSION && etag(version) == *tag).then_some(version)
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

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn seen(value: &str) -> Result<i64, u16> {
        let request = TestRequest::default().insert_header((IF_MATCH, value)).to_http_request();
        read(&request)
            .map(|seen| seen.0.0)
            .map_err(|problem| actix_web::ResponseError::status_code(&problem).as_u16())
    }

    #[test]
    fn a_tag_is_that_of_one_version_in_one_way_of_writing() {
        assert_eq!(seen("\"7\""), Ok(7));
        for no_version in ["W/\"7\"", "\"07\"", "\"7-gzip\"", "\"+7\"", "\"\"", "\"a,b\""] {
            assert_eq!(seen(no_version), Ok(0), "{no_version}");
        }
        assert_eq!(seen("\"6\", \"7\""), Err(400), "two versions");
        assert_eq!(seen("\"0\", \"7\""), Ok(7));
        assert_eq!(seen("\"x\", W/\"6\" , \"7\""), Ok(7));
        assert_eq!(seen("*"), Err(428));
        assert_eq!(seen("7"), Err(400));
    }
}
