//! Reads JSON bodies: the right media type, within the route's limit, and errors with a place.

use std::future::Future;
use std::io::ErrorKind;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, web};
use serde::de::DeserializeOwned;

use crate::http::frame::problem::Problem;
use trede_service::frame::error::Finding;
use trede_wire::canonical::sha256_hex;
use trede_wire::json::{self, JsonError};
use trede_wire::pso_file::{PsoFileError, parse_without_bsn};

/// The media type of most bodies.
pub(crate) const JSON: &str = "application/json";

const MEGABYTE: usize = 1024 * 1024;

/// What an ordinary resource accepts, in bytes.
pub const ORDINARY: usize = 2 * MEGABYTE;
/// What simulations and bulk resources accept, in bytes.
pub const LARGE: usize = 32 * MEGABYTE;

/// A JSON body of at most `LIMIT` bytes.
#[derive(Clone, Debug)]
pub struct Json<T, const LIMIT: usize = ORDINARY>(pub T);

impl<T: DeserializeOwned + 'static, const LIMIT: usize> FromRequest for Json<T, LIMIT> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = read(request, payload, LIMIT, &[JSON]);
        Box::pin(async move { parse(&bytes.await?).map(Self) })
    }
}

/// A JSON body of at most [`ORDINARY`] bytes with the SHA-256 of its bytes, in hexadecimal.
#[derive(Clone, Debug)]
pub struct Hashed<T> {
    /// What was sent.
    pub value: T,
    /// Of the bytes as they were sent.
    pub sha256: String,
}

impl<T: DeserializeOwned + 'static> FromRequest for Hashed<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = read(request, payload, ORDINARY, &[JSON]);
        Box::pin(async move {
            let bytes = bytes.await?;
            Ok(Self { value: parse(&bytes)?, sha256: sha256_hex(&bytes) })
        })
    }
}

/// A JSON body of at most `LIMIT` bytes about people: one that holds anything which passes the test for a BSN
/// is refused before anything else is done with it.
#[derive(Clone, Debug)]
pub struct AboutPeople<T, const LIMIT: usize = ORDINARY>(pub T);

impl<T: DeserializeOwned + 'static, const LIMIT: usize> FromRequest for AboutPeople<T, LIMIT> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = read(request, payload, LIMIT, &[JSON]);
        Box::pin(async move { parse_without_bsn(&bytes.await?).map(Self).map_err(refused) })
    }
}

fn refused(error: PsoFileError) -> Problem {
    match error {
        PsoFileError::HoldsBsn { ref pointer } => {
            let (pointer, detail) = (pointer.clone(), error.to_string());
            let detail = detail.strip_prefix(&format!("{pointer}: ")).unwrap_or(&detail);
            Problem::invalid(vec![Finding::new(pointer, "holds-bsn", detail)])
        }
        PsoFileError::Json(error) => misread(error),
    }
}

/// A list as CSV or JSON, of at most [`LARGE`] bytes, not read yet.
#[derive(Clone, Debug)]
pub struct RawList(pub web::Bytes);

impl FromRequest for RawList {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = read(request, payload, LARGE, &["text/csv", JSON]);
        let is_json = request.content_type().eq_ignore_ascii_case(JSON);
        Box::pin(async move {
            let bytes = bytes.await?;
            let begins_as_json = matches!(bytes.trim_ascii_start().first(), Some(b'[' | b'{'));
            if begins_as_json == is_json { Ok(Self(bytes)) } else { Err(of_another_type(is_json)) }
        })
    }
}

fn of_another_type(is_json: bool) -> Problem {
    let (said, begins) =
        if is_json { (JSON, "does not begin as JSON") } else { ("text/csv", "begins as JSON") };
    let detail = format!("the body is said to be {said}, and {begins}");
    Problem::new(StatusCode::BAD_REQUEST, "another-media-type", "Bad request", detail)
}

/// The bytes of a body of one of the media types, within the limit.
pub(crate) fn read(
    request: &HttpRequest,
    payload: &mut Payload,
    limit: usize,
    media_types: &[&str],
) -> impl Future<Output = Result<web::Bytes, Problem>> + use<> {
    let admitted = admit(request, limit, media_types);
    let payload = web::Payload::from_request(request, payload);
    async move {
        admitted?;
        let payload = payload.await.map_err(|_| unreadable())?;
        payload
            .to_bytes_limited(limit)
            .await
            .map_err(|_| Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE))?
            .map_err(|error| broken_off(&error))
    }
}

/// Refuses by the headers alone what need not be read.
fn admit(request: &HttpRequest, limit: usize, media_types: &[&str]) -> Result<(), Problem> {
    let encoded = request.headers().get(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity");
    let known = media_types.iter().any(|known| request.content_type().eq_ignore_ascii_case(known));
    if !known || encoded {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "Unsupported media type",
            format!("send the body as {}, without a content encoding", media_types.join(" or ")),
        ));
    }
    let announced = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE));
    }
    Ok(())
}

/// What is said of a body that did not come in whole.
pub(crate) fn broken_off(error: &Error) -> Problem {
    match error.as_error::<PayloadError>() {
        Some(PayloadError::Io(error)) if error.kind() == ErrorKind::TimedOut => {
            Problem::of_status(StatusCode::REQUEST_TIMEOUT)
        }
        Some(PayloadError::Io(error)) if error.kind() == ErrorKind::OutOfMemory => Problem::full(),
        _ => unreadable(),
    }
}

fn unreadable() -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "unreadable-body",
        "Bad request",
        "the body broke off or could not be read",
    )
}

/// Reads a JSON document, with the place of what is wrong.
pub(crate) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    json::parse(bytes).map_err(misread)
}

fn misread(error: JsonError) -> Problem {
    let (pointer, code, detail) = match error {
        JsonError::NotUtf8 { .. } => (String::new(), "not-utf8", error.to_string()),
        JsonError::Invalid { is_json: false, .. } => (String::new(), "malformed-json", error.to_string()),
        JsonError::Invalid { pointer, detail, .. } => (pointer, "wrong-shape", detail),
    };
    Problem::invalid(vec![Finding::new(pointer, code, detail)])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[serde(rename = "a/b")]
        _numbers: BTreeMap<String, Vec<u8>>,
    }

    fn place(body: &str) -> serde_json::Value {
        let problem = parse::<Sample>(body.as_bytes()).unwrap_err();
        serde_json::to_value(problem.body()).unwrap()["errors"][0].clone()
    }

    #[test]
    fn a_wrong_type_is_pointed_at_in_the_names_of_the_client() {
        let place = place(r#"{"a/b": {"x~y": [1, "two"]}}"#);
        assert_eq!(place["pointer"], "/a~1b/x~0y/1");
        assert_eq!(place["code"], "wrong-shape");
    }

    #[test]
    fn an_unknown_field_is_refused_by_name() {
        let place = place(r#"{"a/b": {}, "surprise": 1}"#);
        assert!(place["detail"].as_str().unwrap().contains("surprise"));
    }

    #[test]
    fn what_follows_the_document_is_malformed() {
        assert_eq!(place(r#"{"a/b": {}} {}"#)["code"], "malformed-json");
        assert_eq!(place("")["code"], "malformed-json");
    }
}
