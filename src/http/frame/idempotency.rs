//! `Idempotency-Key`: a request that is sent again with its key gets the answer that it was given.

use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::rt::time::timeout;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, rt, web};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use tracing::Instrument;

use crate::http::frame::body::{LARGE, ORDINARY, broken_off};
use crate::http::frame::context::RequestContext;
use crate::http::frame::going_on::{GoingOn, with_what_goes_on};
use crate::http::frame::identify::caller;
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_service::frame::error::ServiceError;
use trede_service::frame::idempotency::{self, Claim, Keyed, Verdict};

/// The header that carries the key.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that an answer was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// The most characters of a key.
const LONGEST_KEY: usize = 255;

/// The longest that a caller is let wait for an answer, however the store is.
const ANSWERED_WITHIN: Duration = Duration::from_secs(4);
/// How long is waited before an ending is noted again.
const PAUSE: Duration = Duration::from_secs(1);
/// How often that is tried; afterwards the claim has lapsed anyway.
const NOTED_WITHIN: u32 = 60;

/// An answer as it is kept; the body follows it after a line break.
#[derive(Debug, Serialize, Deserialize)]
struct KeptHead {
    status: u16,
    fields: Vec<(String, String)>,
}

/// Carries a keyed `POST` out once. Without a key, without a good token or with another method it goes on as it
/// is.
pub async fn answer_once<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let keyed = match keyed(request.request()) {
        Ok(keyed) => keyed,
        Err(problem) => return Ok(request.error_response(problem)),
    };
    let (Some(keyed), Some(state)) = (keyed, request.app_data::<web::Data<AppState>>().cloned()) else {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    };
    let payload = request.extract::<web::Payload>().await?;
    let body = match payload.to_bytes_limited(limit_of(&request)).await {
        Ok(Ok(body)) => body,
        Ok(Err(error)) => return Ok(request.error_response(broken_off(&error))),
        Err(_) => return Ok(request.error_response(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE))),
    };
    let begun = Instant::now();
    let claim = Arc::new(Claim::of(&keyed, &body));
    let verdict = state.run({
        let claim = Arc::clone(&claim);
        move |services| idempotency::claim(services, &claim)
    });
    let verdict = match with_what_goes_on(begun, verdict).await {
        (Ok(verdict), _) => verdict,
        (Err(problem), going_on) => {
            // The claim may have been stored before the store went away, or be stored yet.
            rt::spawn(end_after(going_on, state, claim));
            return Ok(request.error_response(problem));
        }
    };
    match told(verdict, request.request()) {
        Ok(Told::CarryOut) => {
            request.set_payload(Payload::Stream { payload: Box::pin(stream::once(async { Ok(body) })) });
            // In a task of its own: a client that breaks off takes the handler with it, and would leave a key
            // whose request was carried out, but never answered.
            let carried_out = rt::spawn(carry_out(state, claim, (request, begun), next).in_current_span());
            carried_out.await.map_err(|_| Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR))?
        }
        Ok(Told::Answer(answer)) => Ok(request.into_response(answer)),
        Err(problem) => Ok(request.error_response(problem)),
    }
}

/// The most bytes that the resource accepts: nothing is read of a body that it would refuse.
fn limit_of(request: &ServiceRequest) -> usize {
    // What stands at the end of the routes that take more than others.
    const LARGER: [&str; 10] = [
        "-lists",
        "-simulations",
        "/simulations",
        "-imports",
        "-comparisons",
        "/pso-contributions",
        "/pso-certificates",
        "/evidence-files",
        "/tender-packages",
        "/comparisons",
    ];
    let route = request.match_pattern().unwrap_or_default();
    if LARGER.iter().any(|end| route.ends_with(end)) { LARGE } else { ORDINARY }
}

/// What becomes of a request, in terms of HTTP.
enum Told {
    CarryOut,
    Answer(HttpResponse),
}

fn told(verdict: Verdict, request: &HttpRequest) -> Result<Told, Problem> {
    match verdict {
        Verdict::CarryOut => Ok(Told::CarryOut),
        Verdict::Answered(kept) => replayed(&kept).map(Told::Answer).ok_or_else(|| {
            ServiceError::Internal(format!("no answer of {} can be read", request.method()).into()).into()
        }),
        Verdict::UnderWay => Err(Problem::still_running()),
        Verdict::OtherBody => Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency-key-reused",
            "Key used before",
            "this Idempotency-Key came with another body before; a new request needs a new key",
        )),
        Verdict::AnswerLost { object } => Err(Problem::new(
            StatusCode::CONFLICT,
            "idempotency-answer-lost",
            "Carried out already",
            format!("the request was carried out, but its answer was lost; see what became of {object}"),
        )),
    }
}

/// The key of a request that has one; none for requests that need none.
fn keyed(request: &HttpRequest) -> Result<Option<Keyed>, Problem> {
    // Where no route is, nothing is carried out, so nothing need be read.
    if request.method() != Method::POST || request.match_pattern().is_none() {
        return Ok(None);
    }
    let Some(value) = request.headers().get(IDEMPOTENCY_KEY) else { return Ok(None) };
    // Whoever is not let in is told so by the handler.
    let Ok(caller) = caller(request) else { return Ok(None) };
    let key = value.to_str().ok().and_then(read_key).ok_or_else(|| {
        Problem::new(
            StatusCode::BAD_REQUEST,
            "malformed-idempotency-key",
            "Bad request",
            format!(
                "Idempotency-Key holds one string of 1 to {LONGEST_KEY} characters, such as \"8e03978e\""
            ),
        )
    })?;
    let route =
        format!("{} {}", request.method(), request.uri().path_and_query().map_or("", |it| it.as_str()));
    let context = request.extensions().get::<RequestContext>().copied().ok_or_else(Problem::no_token)?;
    Ok(Some(Keyed { key, caller: caller.subject, route, request_id: context.request_id }))
}

/// A string (RFC 9651 §3.3.3); its quotes may be left out.
fn read_key(text: &str) -> Option<String> {
    let text = text.trim();
    let key = match text.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"')?,
        None => text,
    };
    let is_plain = key.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\'));
    (is_plain && !key.is_empty() && key.len() <= LONGEST_KEY).then(|| key.to_owned())
}

async fn carry_out<B: MessageBody + 'static>(
    state: web::Data<AppState>,
    claim: Arc<Claim>,
    (request, begun): (ServiceRequest, Instant),
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let (answered, going_on) = with_what_goes_on(begun, next.call(request)).await;
    let response = match answered {
        Ok(response) if response.status().is_success() => response,
        refused => {
            // Until its work is over, nobody else may begin it.
            as_long_as_a_caller_waits(begun, end_after(going_on, state, claim)).await;
            return refused.map(ServiceResponse::map_into_boxed_body);
        }
    };
    let (request, response) = response.into_parts();
    let (response, body) = response.into_parts();
    let body = to_bytes(body).await.map_err(|error| ServiceError::Internal(error.into().to_string().into()));
    let body = body.map_err(Problem::from)?;
    let kept = kept(response.status(), response.headers(), &body);
    as_long_as_a_caller_waits(begun, end(state, claim, Some(kept))).await;
    Ok(ServiceResponse::new(request, response.set_body(body).map_into_boxed_body()))
}

/// Gives the key up as soon as all that was begun for it is over: what was done by then holds it.
async fn end_after(going_on: GoingOn, state: web::Data<AppState>, claim: Arc<Claim>) {
    going_on.over().await;
    end(state, claim, None).await;
}

/// Waits for the ending of a request that was begun then, but not longer than a caller is let wait: then it is noted
/// after the answer.
async fn as_long_as_a_caller_waits(begun: Instant, ending: impl Future<Output = ()> + 'static) {
    let noted = rt::spawn(ending);
    let _ = timeout(ANSWERED_WITHIN.saturating_sub(begun.elapsed()), noted).await;
}

/// Notes how a request ended: with an answer to be kept, or with a refusal; again, while the store is away.
async fn end(state: web::Data<AppState>, claim: Arc<Claim>, kept: Option<Vec<u8>>) {
    let kept = Arc::new(kept);
    for _ in 0..NOTED_WITHIN {
        let (claim, kept) = (Arc::clone(&claim), Arc::clone(&kept));
        let noting = state.run(move |services| match kept.as_ref() {
            Some(kept) => idempotency::keep(services, &claim, kept.clone()),
            None => idempotency::release(services, &claim),
        });
        if noting.await.is_ok() {
            return;
        }
        rt::time::sleep(PAUSE).await;
    }
}

fn kept(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Vec<u8> {
    let field = |(name, value): (&HeaderName, &HeaderValue)| {
        value.to_str().ok().map(|value| (name.to_string(), value.to_owned()))
    };
    let head = KeptHead { status: status.as_u16(), fields: headers.iter().filter_map(field).collect() };
    let mut kept = serde_json::to_vec(&head).unwrap_or_default();
    kept.push(b'\n');
    kept.extend_from_slice(body);
    kept
}

fn replayed(kept: &[u8]) -> Option<HttpResponse> {
    let end_of_head = kept.iter().position(|byte| *byte == b'\n')?;
    let (head, body) = kept.split_at_checked(end_of_head)?;
    let head: KeptHead = serde_json::from_slice(head).ok()?;
    let mut answer = HttpResponse::build(StatusCode::from_u16(head.status).ok()?);
    for (name, value) in &head.fields {
        answer.append_header((name.as_str(), value.as_str()));
    }
    answer.insert_header((REPLAYED, "true"));
    Some(answer.body(body.get(1..)?.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_string_with_or_without_its_quotes() {
        assert_eq!(read_key("\"8e03978e\"").as_deref(), Some("8e03978e"));
        assert_eq!(read_key(" 8e03978e ").as_deref(), Some("8e03978e"));
        for wrong in ["", "\"\"", "\"open", "a\"b", "a\\b", "\"a\u{e9}\"", &"x".repeat(256)] {
            assert_eq!(read_key(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_answer_is_given_again_as_it_was() {
        let mut headers = HeaderMap::new();
        headers.insert(HeaderName::from_static("etag"), HeaderValue::from_static("\"1\""));
        let again = replayed(&kept(StatusCode::CREATED, &headers, b"{\"a\":\n1}")).unwrap();
        assert_eq!(again.status(), StatusCode::CREATED);
        assert_eq!(again.headers().get("etag").unwrap(), "\"1\"");
    }
}
