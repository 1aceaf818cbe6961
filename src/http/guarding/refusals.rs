//! What was refused leaves a record in the audit trail, so that attempts can be seen: who, what, why. A few in a
//! minute for each caller; nobody fills the trail with them.

use std::num::NonZeroU32;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, ResponseError, web};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::http::frame::context::is_sealed;
use crate::http::frame::identify::caller;
use crate::http::frame::problem::Problem;
use crate::http::guarding::operations::Operations;
use crate::http::state::AppState;
use trede_base::ids::MunicipalityId;
use trede_service::Services;
use trede_service::frame::access::Operation;
use trede_service::frame::actor::Actor;
use trede_service::frame::error::ServiceError;
use trede_service::trust::refusals;

/// So many are recorded of one caller in a minute.
const IN_A_MINUTE: NonZeroU32 = NonZeroU32::new(10).unwrap();
/// When so many callers are known, those that were quiet for a while are forgotten.
const CALLERS: usize = 1_000;

/// Of whom how many refusals were recorded lately.
#[derive(Debug)]
pub struct Refusals(DefaultKeyedRateLimiter<String>);

impl Default for Refusals {
    fn default() -> Self {
        Self(RateLimiter::keyed(Quota::per_minute(IN_A_MINUTE)))
    }
}

impl Refusals {
    fn has_room_for(&self, subject: &str) -> bool {
        if self.0.len() > CALLERS {
            self.0.retain_recent();
        }
        self.0.check_key(&subject.to_owned()).is_ok()
    }
}

/// The code of the problem that a use case ended in; noted before an answer is kept for its key.
struct Refused(String);

/// Notes why a request was refused. An answer that is given again for its key was refused before.
pub async fn note<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let response = next.call(request).await?;
    if let Some(code) = refused(response.response().error()) {
        response.request().extensions_mut().insert(Refused(code));
    }
    Ok(response)
}

fn refused(error: Option<&Error>) -> Option<String> {
    let problem = error?.as_error::<Problem>()?;
    let is_refused = matches!(problem.status_code(), StatusCode::FORBIDDEN | StatusCode::CONFLICT);
    is_refused.then(|| problem.code().to_owned())
}

/// An attempt that was refused.
struct Attempt {
    actor: Actor,
    municipality: MunicipalityId,
    operation: Operation,
    object: String,
    code: String,
}

/// Records acts that were refused in a municipality that the token names. Of what would tell of bids nothing is
/// recorded.
pub async fn record<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let code = response.request().extensions_mut().remove::<Refused>().map(|refused| refused.0);
    let code = code.or_else(|| refused(response.response().error()));
    if let Some(state) = response.request().app_data::<web::Data<AppState>>().cloned()
        && let Some(attempt) = code.and_then(|code| attempt(response.request(), code))
        && state.protection.refusals.has_room_for(&attempt.actor.subject)
    {
        let recorded = state.run(move |services| attempt.record(services)).await;
        if let Err(problem) = recorded {
            tracing::warn!(%problem, "a refusal was not recorded");
        }
    }
    Ok(response)
}

fn attempt(request: &HttpRequest, code: String) -> Option<Attempt> {
    let operation = request.app_data::<web::Data<Operations>>()?.asked(request)?;
    if is_sealed(request.method(), request.match_pattern().as_deref(), request.path()) {
        return None;
    }
    let actor = caller(request).ok()?;
    let mut path = request.path().splitn(5, '/').skip(3);
    let municipality = path.next()?.parse().ok().filter(|named| actor.municipalities.contains(named))?;
    let object = path.next().unwrap_or_default().to_owned();
    Some(Attempt { actor, municipality, operation, object, code })
}

impl Attempt {
    fn record(&self, services: &Services) -> Result<(), ServiceError> {
        refusals::record(services, &self.actor, self.municipality, self.operation, &self.object, &self.code)
    }
}
