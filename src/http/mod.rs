//! The REST API: what comes in over HTTP, and what goes out.

pub mod address;
pub mod annual_reports;
pub mod answer;
pub mod assessment_steps;
pub mod assessments;
pub mod audit_records;
pub mod auth;
pub mod award_letters;
pub mod award_models;
pub mod award_simulations;
pub mod awards;
pub mod bid_imports;
pub mod bid_withdrawals;
pub mod bids;
pub mod body;
pub mod certificates;
pub mod changes;
pub mod completeness_report;
pub mod consensus_sessions;
pub mod context;
pub mod contract_changes;
pub mod contracts;
pub mod deadline_extensions;
pub mod disqualifications;
pub mod document;
pub mod document_field;
pub mod dossier_entries;
pub mod drawings;
pub mod entries;
pub mod entry_steps;
pub mod etag;
pub mod evaluation_records;
pub mod evaluation_reports;
pub mod evaluations;
pub mod evidence_files;
pub mod heads;
pub mod health;
pub mod idempotency;
pub mod identify;
pub mod interests;
pub mod letter_templates;
pub mod lot_steps;
pub mod lots;
pub mod low_price_inquiries;
pub mod metrics;
pub mod monitoring;
pub mod municipalities;
pub mod notice_imports;
pub mod open_data;
pub mod openapi;
pub mod openings;
pub mod organisations;
pub mod page;
pub mod path;
pub mod personal_data;
pub mod plans;
pub mod policy_comparisons;
pub mod problem;
pub mod protection;
pub mod pso_contribution_grants;
pub mod pso_contribution_simulations;
pub mod pso_contributions;
pub mod pso_ladders;
pub mod pso_levels;
pub mod pso_norm_tables;
pub mod pso_register_imports;
pub mod pso_verdicts;
pub mod pso_weight_tables;
pub mod quality_conclusions;
pub mod rate_limits;
pub mod receipt_keys;
pub mod rectifications;
pub mod regions;
pub mod resource;
pub mod routes;
pub mod schema;
pub mod security_txt;
pub mod server_span;
pub mod settlements;
pub mod social_return_policies;
pub mod social_return_simulations;
pub mod sroi_simulations;
pub mod standstill;
pub mod suppliers;
pub mod table_exports;
pub mod table_imports;
pub mod tender_packages;
pub mod tender_steps;
pub mod tenders;
pub mod token_revocations;
pub mod turnstile;
pub mod value_maps;
pub mod webhook_deliveries;
pub mod webhook_subscriptions;

use actix_web::body::{BoxBody, EitherBody};
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::{Condition, from_fn};
use actix_web::{App, Error, web};
use secrecy::SecretString;

use crate::http::metrics::Metrics;
use crate::http::openapi::ServedDocument;
use crate::http::problem::Problem;
use crate::http::protection::Protection;
use crate::http::turnstile::{Pass, Turnstile};
use crate::identity::verifier::TokenVerifier;
use crate::service::Services;
use crate::service::error::ServiceError;

/// What every request can reach.
pub struct AppState {
    /// Checks the callers' tokens.
    pub verifier: TokenVerifier,
    /// The use cases.
    pub services: Services,
    /// The API's document.
    pub document: ServedDocument,
    /// Whether the world reaches this service over TLS.
    pub behind_tls: bool,
    /// What takes long enters here.
    pub turnstile: Turnstile,
    /// Figures for who watches over the service.
    pub metrics: Metrics,
    /// What who asks for the figures must know; none: they are not served here.
    pub metrics_token: Option<SecretString>,
    /// What protects the service.
    pub protection: Protection,
}

impl AppState {
    /// The outcome of a use case, run where waiting for the store holds up no other request.
    ///
    /// # Errors
    /// The problem that the use case ended in; 503 when the service is stopping.
    pub async fn run<T: Send + 'static>(
        &self,
        use_case: impl FnOnce(&Services) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, Problem> {
        let services = self.services.clone();
        let span = tracing::Span::current();
        web::block(move || span.in_scope(|| use_case(&services)))
            .await
            .map_err(|_| Problem::of_status(StatusCode::SERVICE_UNAVAILABLE))?
            .map_err(Problem::from)
    }

    /// As [`AppState::run`], for what takes long: a few at a time.
    ///
    /// # Errors
    /// As [`AppState::run`]; 503 when there are as many already.
    pub async fn run_large<T: Send + 'static>(
        &self,
        use_case: impl FnOnce(&Services) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, Problem> {
        self.run_inside(self.enter()?, use_case).await
    }

    /// A place among the large calculations, for who must have it before the work can begin.
    ///
    /// # Errors
    /// 503 when there are as many already.
    pub fn enter(&self) -> Result<Pass, Problem> {
        self.turnstile.enter().ok_or_else(Problem::crowded)
    }

    /// As [`AppState::run`], for who has a place among the large calculations; it is free when all is done.
    ///
    /// # Errors
    /// As [`AppState::run`].
    pub async fn run_inside<T: Send + 'static>(
        &self,
        pass: Pass,
        use_case: impl FnOnce(&Services) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, Problem> {
        self.run(move |services| {
            let _inside = pass;
            use_case(services)
        })
        .await
    }
}

/// The body of an answer, after the layers that can replace it.
type AnswerBody = EitherBody<EitherBody<EitherBody<BoxBody>, BoxBody>, BoxBody>;

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
    let cors =
        Condition::new(!state.protection.origins.is_empty(), protection::cors(&state.protection.origins));
    // The layer added last is the first to see a request and the last to see the answer.
    App::new()
        .app_data(state)
        .app_data(path::config())
        .app_data(page::config())
        .configure(routes::all)
        .wrap(from_fn(answer::answer_head))
        .wrap(from_fn(answer::negotiate))
        .wrap(from_fn(idempotency::answer_once))
        .wrap(from_fn(identify::identify))
        .wrap(from_fn(rate_limits::limit_addresses))
        .wrap(from_fn(heads::limit_heads))
        .wrap(cors)
        .wrap(from_fn(answer::shape_problems))
        .wrap(from_fn(answer::add_headers))
        .wrap(from_fn(metrics::measure))
        .wrap(from_fn(context::observe))
}
