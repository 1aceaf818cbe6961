//! The whole application: its routes and the layers around them.

use std::sync::{Arc, OnceLock};

use actix_web::body::{BoxBody, EitherBody};
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Condition, from_fn};
use actix_web::{App, Error, web};

use crate::http::frame::{context, idempotency, identify, page, path};
use crate::http::guarding::answer;
use crate::http::guarding::operations::Operations;
use crate::http::guarding::{heads, intake, metrics, protection, rate_limits, refusals};
use crate::http::openapi;
use crate::http::routes;
use crate::http::state::AppState;

/// The body of an answer, after the layers that can replace it.
type AnswerBody = EitherBody<EitherBody<EitherBody<BoxBody>, BoxBody>, BoxBody>;

/// The API, whole, for the server and for tests alike.
pub fn create_app(
    state: web::Data<AppState>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<AnswerBody>,
        Error = Error,
        InitError = (),
    >,
> {
    create_app_with(state, |_| {})
}

/// The API with more routes, behind the same layers.
pub fn create_app_with(
    state: web::Data<AppState>,
    more: impl FnOnce(&mut web::ServiceConfig),
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<AnswerBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let cors =
        Condition::new(!state.protection.origins.is_empty(), protection::cors(&state.protection.origins));
    // The layer added last is the first to see a request and the last to see the answer.
    App::new()
        .app_data(state)
        .app_data(operations())
        .app_data(path::config())
        .app_data(page::config())
        .configure(routes::all)
        .configure(more)
        .wrap(from_fn(answer::answer_head))
        .wrap(from_fn(answer::negotiate))
        .wrap(from_fn(refusals::note))
        .wrap(from_fn(idempotency::answer_once))
        .wrap(from_fn(intake::take_in))
        .wrap(from_fn(refusals::record))
        .wrap(from_fn(identify::identify))
        .wrap(from_fn(rate_limits::limit_addresses))
        .wrap(from_fn(heads::limit_heads))
        .wrap(cors)
        .wrap(from_fn(answer::shape_problems))
        .wrap(from_fn(answer::add_headers))
        .wrap(from_fn(metrics::measure))
        .wrap(from_fn(context::observe))
}

/// What can be asked, as the document describes it; made once for all workers.
fn operations() -> web::Data<Operations> {
    static KNOWN: OnceLock<Arc<Operations>> = OnceLock::new();
    let known =
        KNOWN.get_or_init(|| Arc::new(Operations::described_in(&openapi::document("https://localhost/v1"))));
    web::Data::from(Arc::clone(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use trede_service::frame::access::Operation;

    #[test]
    fn every_operation_that_changes_something_is_known_by_its_route() {
        let known = operations();
        // What is handed out is read, by one person alone.
        let reading = ["list_", "get_", "hand_out_"];
        let changing = Operation::ALL
            .iter()
            .filter(|operation| !reading.iter().any(|reading| operation.id().starts_with(reading)));
        for operation in changing {
            assert!(known.all().any(|known| known == *operation), "{}", operation.id());
        }
    }
}
