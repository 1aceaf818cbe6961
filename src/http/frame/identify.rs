//! Finds out who asks, once for each request; the extractors of `auth` take it from here.

use std::time::{Duration, Instant};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, web};

use crate::http::frame::context::{RequestContext, is_sealed};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use crate::identity::error::TokenError;
use crate::identity::verifier::Bearer;
use trede_model::frame::role::Role;
use trede_service::frame::actor::{Actor, RequestOrigin};

/// How long a request waits for keys that are fetched anew.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often it looks whether they have come.
const GLANCE: Duration = Duration::from_millis(20);

/// Who asks, or why nobody is believed to.
#[derive(Clone, Debug)]
struct Identity(Result<Actor, Problem>);

/// Who asks.
///
/// # Errors
/// Status 401 without a token that is accepted; 503 when nobody can tell.
pub fn caller(request: &HttpRequest) -> Result<Actor, Problem> {
    let known = request.extensions().get::<Identity>().cloned();
    known.map_or_else(|| Err(Problem::no_token()), |identity| identity.0)
}

/// Checks the token of a request, where there is one, and counts the request of its bearer. A request without a
/// good token goes on: whether it needs one, its handler knows.
pub async fn identify<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let identity = match request.app_data::<web::Data<AppState>>() {
        Some(state) => identity(&request, state).await,
        None => Err(Problem::no_token()),
    };
    if let (Ok(actor), Some(state)) = (&identity, request.app_data::<web::Data<AppState>>()) {
        if !is_sealed(request.method(), request.match_pattern().as_deref(), request.path()) {
            tracing::Span::current().record("actor", actor.subject.as_str());
        }
        match state.protection.limits.count_caller(&actor.subject) {
            Ok(None) => {}
            Ok(Some(standing)) => {
                request.extensions_mut().insert(standing);
            }
            Err(problem) => return Ok(request.error_response(problem)),
        }
    }
    request.extensions_mut().insert(Identity(identity));
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

async fn identity(request: &ServiceRequest, state: &AppState) -> Result<Actor, Problem> {
    let token = bearer_token(request.headers())?;
    let bearer = verified(state, token).await?;
    if state.services.revoked().names(
        bearer.token_id.as_deref(),
        &bearer.subject,
        bearer.client.as_deref(),
        state.services.now(),
    ) {
        return Err(TokenError::Revoked.into());
    }
    let context = request.extensions().get::<RequestContext>().copied().ok_or_else(Problem::no_token)?;
    let RequestContext { request_id, trace, address } = context;
    Ok(actor(bearer, RequestOrigin { request_id, trace, address }))
}

/// The token in the `Authorization` header; nowhere else is looked (RFC 6750 §2.1). Two headers are none: each
/// reader could take another.
fn bearer_token(headers: &HeaderMap) -> Result<&str, Problem> {
    let mut values = headers.get_all(AUTHORIZATION);
    values
        .next()
        .filter(|_| values.next().is_none())
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .filter(|token| !token.is_empty())
        .ok_or_else(Problem::no_token)
}

/// The bearer of the token. When a key is lacking that its issuer may have made since, it is asked for.
async fn verified(state: &AppState, token: &str) -> Result<Bearer, TokenError> {
    let now = state.services.now();
    let verdict = state.verifier.verify(token, now);
    if !matches!(verdict, Err(TokenError::UnknownKey | TokenError::NoKeysYet)) {
        return verdict;
    }
    if let Some(ring) = state.verifier.ring_for(token).filter(|ring| ring.ask()) {
        let begun = Instant::now();
        while ring.is_awaited() && begun.elapsed() < PATIENCE {
            actix_web::rt::time::sleep(GLANCE).await;
        }
    }
    // Also when nothing was asked: the keys may have come since they were found lacking.
    state.verifier.verify(token, now)
}

/// Names in a token that this service does not know give no rights, and do no harm: issuers serve
/// other services too.
fn actor(bearer: Bearer, origin: RequestOrigin) -> Actor {
    Actor {
        roles: bearer.roles.iter().filter_map(|name| name.parse::<Role>().ok()).collect(),
        municipalities: bearer.municipalities.iter().filter_map(|code| code.parse().ok()).collect(),
        kvk: bearer.kvk.as_deref().and_then(|number| number.parse().ok()),
        client: bearer.client,
        subject: bearer.subject,
        origin,
    }
}
