//! What stands before the body of a request: whether there is such an operation, and whether the caller may do it.
//! Only then is the body taken in, at a least rate and under a budget that all requests share.

use std::collections::HashMap;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::web::{self, Bytes};
use actix_web::{Error, HttpMessage, HttpRequest};
use futures_util::{Stream, StreamExt, stream};

use crate::http::frame::idempotency::IDEMPOTENCY_KEY;
use crate::http::frame::identify::caller;
use crate::http::frame::problem::Problem;
use crate::http::guarding::operations::Operations;
use crate::http::state::AppState;
use trede_base::ids::MunicipalityId;
use trede_service::frame::access::{Operation, Scope, authorise, authorise_national};
use trede_service::frame::error::ServiceError;

/// Bodies that go to a file or are worked off while they come in: they take no room in memory.
const STREAMED: [Operation; 4] = [
    Operation::CreateEvidenceFile,
    Operation::ImportEntries,
    Operation::ImportContracts,
    Operation::ImportBids,
];

/// Which bodies are taken in.
#[derive(Clone, Debug)]
pub struct Intake {
    /// How long is waited for a body at first, and on top of what its bytes may take.
    pub grace: Duration,
    /// The fewest bytes that a body brings in each second that is waited for it.
    pub least_rate: u32,
    /// The longest that is waited for one body.
    pub longest: Duration,
    /// The most bytes of large bodies that are held at once.
    pub budget: usize,
    /// The most of them that belong to one caller.
    pub per_caller: usize,
    /// What of each body takes no part in the budget: who sends little is never kept out by who sends much.
    pub free: usize,
    held: Arc<Mutex<HashMap<String, usize>>>,
}

impl Default for Intake {
    fn default() -> Self {
        const MEGABYTE: usize = 1024 * 1024;
        Self {
            grace: Duration::from_secs(10),
            least_rate: 16 * 1024,
            longest: Duration::from_secs(300),
            budget: 96 * MEGABYTE,
            per_caller: 40 * MEGABYTE,
            free: 64 * 1024,
            held: Arc::default(),
        }
    }
}

/// The bytes that one request holds; they are given back when it is done.
#[derive(Debug)]
struct Held {
    intake: Intake,
    caller: String,
    bytes: Mutex<usize>,
}

impl Held {
    /// Takes room for more; whether there is any.
    fn take(&self, more: usize) -> bool {
        let mut of_request = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let before = of_request.saturating_sub(self.intake.free);
        let after = of_request.saturating_add(more).saturating_sub(self.intake.free);
        let counted = after.saturating_sub(before);
        let mut held = self.intake.held.lock().unwrap_or_else(PoisonError::into_inner);
        let of_all: usize = held.values().sum();
        let of_caller = held.get(&self.caller).copied().unwrap_or_default();
        let is_room = of_all.saturating_add(counted) <= self.intake.budget
            && of_caller.saturating_add(counted) <= self.intake.per_caller;
        if counted > 0 && !is_room {
            return false;
        }
        if counted > 0 {
            held.insert(self.caller.clone(), of_caller.saturating_add(counted));
        }
        *of_request = of_request.saturating_add(more);
        true
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let of_request = *self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = of_request.saturating_sub(self.intake.free);
        let mut held = self.intake.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_caller) = held.get_mut(&self.caller) {
            *of_caller = of_caller.saturating_sub(counted);
            if *of_caller == 0 {
                held.remove(&self.caller);
            }
        }
    }
}

/// A body that comes in.
struct Incoming {
    from: Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>>,
    intake: Intake,
    /// None for what takes no room in memory.
    held: Option<Arc<Held>>,
    received: u64,
    /// How long was waited for the client; not for who works its bytes off.
    waited: Duration,
    is_over: bool,
}

impl Incoming {
    async fn next(mut self) -> Option<(Result<Bytes, PayloadError>, Self)> {
        if self.is_over {
            return None;
        }
        let begun = Instant::now();
        let chunk = actix_web::rt::time::timeout(self.patience(), self.from.next()).await;
        self.waited += begun.elapsed();
        let outcome = match chunk {
            Ok(None) => return None,
            Err(_) => Err(PayloadError::Io(io::ErrorKind::TimedOut.into())),
            Ok(Some(Ok(bytes))) => {
                self.received = self.received.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
                match &self.held {
                    Some(held) if !held.take(bytes.len()) => {
                        Err(PayloadError::Io(io::ErrorKind::OutOfMemory.into()))
                    }
                    _ => Ok(bytes),
                }
            }
            Ok(Some(Err(error))) => Err(error),
        };
        self.is_over = outcome.is_err();
        Some((outcome, self))
    }

    /// How much longer the client may let wait.
    fn patience(&self) -> Duration {
        let earned = self.received.checked_div(self.intake.least_rate.into()).unwrap_or_default();
        let allowed = self.intake.grace.saturating_add(Duration::from_secs(earned));
        allowed.min(self.intake.longest).saturating_sub(self.waited)
    }
}

/// Asks route, token and role before any of the body is read, and sees to it that the body comes in in time.
pub async fn take_in<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    }
    let known = request.app_data::<web::Data<Operations>>();
    let operation = known.and_then(|known| known.asked(request.request()));
    if let Some(operation) = operation
        && let Err(problem) = admit(request.request(), operation)
    {
        return Ok(request.error_response(problem));
    }
    let state = request.app_data::<web::Data<AppState>>().cloned();
    if let Some(state) = state {
        let intake = state.protection.intake.clone();
        // A path that fits no route as it was sent may fit one once it is decoded.
        let is_streamed = operation.is_some_and(|operation| STREAMED.contains(&operation))
            || is_form_with_file(request.request());
        let is_kept = !is_streamed || request.headers().contains_key(IDEMPOTENCY_KEY);
        let held = is_kept.then(|| {
            let caller = caller(request.request()).map(|actor| actor.subject).unwrap_or_default();
            Arc::new(Held { intake: intake.clone(), caller, bytes: Mutex::new(0) })
        });
        if let Some(held) = &held {
            // Until the request is done: its bytes are held as long.
            request.extensions_mut().insert(Arc::clone(held));
        }
        let from: Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>> = Box::pin(request.take_payload());
        let incoming = Incoming { from, intake, held, received: 0, waited: Duration::ZERO, is_over: false };
        // Who reads parts of a form asks again after the end.
        let payload = Box::pin(stream::unfold(incoming, Incoming::next).fuse());
        request.set_payload(Payload::Stream { payload });
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

/// Whether it is a form of a page, whose file goes on to an operation while it comes in.
fn is_form_with_file(request: &HttpRequest) -> bool {
    !request.path().starts_with("/v1/") && request.content_type() == "multipart/form-data"
}

/// Whether the caller may do what is asked, by the token alone; what else decides, its use case knows.
fn admit(request: &HttpRequest, operation: Operation) -> Result<(), Problem> {
    match operation.scope() {
        Scope::Public => Ok(()),
        Scope::National => Ok(authorise_national(&caller(request)?, operation)?),
        Scope::Municipal => {
            let actor = caller(request)?;
            let named = request.match_info().get("municipality");
            // The path was not matched yet where the layers begin, so its third part is looked at.
            let named = named.or_else(|| request.path().split('/').nth(3));
            let municipality: MunicipalityId = named
                .and_then(|text| text.parse().ok())
                .ok_or(ServiceError::NotFound { what: "municipality" })?;
            Ok(authorise(&actor, municipality, operation)?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(intake: &Intake, caller: &str) -> Held {
        Held { intake: intake.clone(), caller: caller.to_owned(), bytes: Mutex::new(0) }
    }

    #[test]
    fn who_sends_much_keeps_out_others_who_do_and_nobody_who_sends_little() {
        let intake = Intake { budget: 100, per_caller: 60, free: 10, ..Intake::default() };
        let first = held(&intake, "a");
        assert!(first.take(70), "ten bytes are free");
        assert!(!held(&intake, "a").take(11), "the caller has its share");
        assert!(held(&intake, "a").take(10));
        let second = held(&intake, "b");
        assert!(second.take(50));
        assert!(!held(&intake, "c").take(11), "all is taken");
        drop(first);
        assert!(held(&intake, "c").take(30));
        drop(second);
        assert!(intake.held.lock().unwrap().is_empty());
    }

    /// What becomes of a body of these chunks, of which no end comes.
    async fn taken(intake: &Intake, chunks: Vec<Bytes>) -> Vec<Result<Bytes, PayloadError>> {
        let from = stream::iter(chunks.into_iter().map(Ok)).chain(stream::pending());
        let held = Some(Arc::new(held(intake, "a")));
        let incoming = Incoming {
            from: Box::pin(from),
            intake: intake.clone(),
            held,
            received: 0,
            waited: Duration::ZERO,
            is_over: false,
        };
        stream::unfold(incoming, Incoming::next).collect().await
    }

    #[actix_web::test]
    async fn a_body_of_which_nothing_more_comes_is_given_up() {
        let intake = Intake { grace: Duration::from_millis(20), ..Intake::default() };
        let begun = Instant::now();
        let taken = taken(&intake, vec![Bytes::from_static(b"{")]).await;
        assert!(taken[0].is_ok());
        assert!(matches!(&taken[1], Err(PayloadError::Io(error)) if error.kind() == io::ErrorKind::TimedOut));
        assert_eq!(taken.len(), 2);
        assert!(begun.elapsed() < Duration::from_secs(1));
    }

    #[actix_web::test]
    async fn a_body_for_which_there_is_no_room_is_given_up() {
        let intake = Intake { budget: 10, free: 2, ..Intake::default() };
        let taken = taken(&intake, vec![Bytes::from_static(&[b' '; 12]), Bytes::from_static(b" ")]).await;
        assert!(taken[0].is_ok());
        assert!(
            matches!(&taken[1], Err(PayloadError::Io(error)) if error.kind() == io::ErrorKind::OutOfMemory)
        );
        assert!(intake.held.lock().unwrap().is_empty(), "it is given back");
    }
}
