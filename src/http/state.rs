//! What every request can reach, and how it runs a use case.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::rt::time::timeout;
use actix_web::web;
use secrecy::SecretString;
use tokio::sync::oneshot;

use crate::http::frame::going_on::{let_go_on, waited};
use crate::http::frame::problem::Problem;
use crate::http::frame::served_document::ServedDocument;
use crate::http::guarding::metrics::Metrics;
use crate::http::guarding::protection::Protection;
use crate::http::guarding::turnstile::{Pass, Turnstile};
use crate::identity::verifier::TokenVerifier;
use trede_service::Services;
use trede_service::frame::error::ServiceError;

/// After how long it is asked whether the store still answers.
const STORE_PATIENCE: Duration = Duration::from_secs(3);
/// How long that may take.
const GLANCE: Duration = Duration::from_millis(500);

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
        let mut work = Box::pin(to_its_end(self.services.clone(), use_case));
        let mut patience = STORE_PATIENCE.saturating_sub(waited());
        loop {
            if let Ok(outcome) = timeout(patience, &mut work).await {
                return outcome;
            }
            patience = STORE_PATIENCE;
            // It may be a long calculation, or a store that was frozen: whoever asks is not let wait for that.
            if !self.store_answers().await {
                let_go_on(work);
                return Err(Problem::too_slow_a_store());
            }
        }
    }

    /// Whether the store answers a question at once. Asked on a thread of its own: all others may be waiting for the
    /// store.
    async fn store_answers(&self) -> bool {
        let (tell, told) = oneshot::channel();
        let services = self.services.clone();
        std::thread::spawn(move || tell.send(services.ready().is_ok()));
        matches!(timeout(GLANCE, told).await, Ok(Ok(true)))
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
        let inside = move |services: &Services| {
            let _inside = pass;
            use_case(services)
        };
        to_its_end(self.services.clone(), inside).await
    }
}

/// The outcome of a use case, however long it takes.
async fn to_its_end<T: Send + 'static>(
    services: Services,
    use_case: impl FnOnce(&Services) -> Result<T, ServiceError> + Send + 'static,
) -> Result<T, Problem> {
    let span = tracing::Span::current();
    web::block(move || span.in_scope(|| use_case(&services)))
        .await
        .map_err(|_| Problem::of_status(StatusCode::SERVICE_UNAVAILABLE))?
        .map_err(Problem::from)
}
