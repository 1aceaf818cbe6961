//! The REST API: what comes in over HTTP, and what goes out.

pub mod answer;
pub mod auth;
pub mod body;
pub mod context;
pub mod etag;
pub mod health;
pub mod openapi;
pub mod page;
pub mod path;
pub mod problem;
pub mod work;

use actix_web::body::{BoxBody, EitherBody};
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::{App, Error, web};
use utoipa_swagger_ui::{Config as PagesConfig, SwaggerUi};

use crate::identity::verifier::TokenVerifier;
use crate::service::Services;

/// What every request can reach.
pub struct AppState {
    /// Checks the callers' tokens.
    pub verifier: TokenVerifier,
    /// The use cases.
    pub services: Services,
    /// The text of the API's document.
    pub document: web::Bytes,
    /// Whether the world reaches this service over TLS.
    pub behind_tls: bool,
}

/// The body of an answer, after the layers that can replace it.
type AnswerBody = EitherBody<EitherBody<BoxBody>>;

/// The whole application, for the server and for tests alike.
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
    // The layer added last is the first to see a request and the last to see the answer.
    App::new()
        .app_data(state)
        .app_data(path::config())
        .app_data(page::config())
        .configure(routes)
        .wrap(from_fn(answer::answer_head))
        .wrap(from_fn(answer::negotiate))
        .wrap(from_fn(answer::shape_problems))
        .wrap(from_fn(answer::add_headers))
        .wrap(from_fn(context::observe))
}

fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/health/live").route(web::get().to(health::live)))
        .service(web::resource("/health/ready").route(web::get().to(health::ready)))
        .service(web::resource("/v1/openapi.json").route(web::get().to(openapi::get_document)))
        .service(web::redirect("/docs", "/docs/"))
        .service(SwaggerUi::new("/docs/{_:.*}").config(PagesConfig::from("/v1/openapi.json")));
}
