//! Hands work that waits for the store to a thread that may wait.

use actix_web::http::StatusCode;
use actix_web::web;

use crate::http::problem::Problem;
use crate::service::error::ServiceError;

/// The outcome of a use case, run where waiting holds up no other request.
///
/// # Errors
/// The problem that the use case ended in; 503 when the service is stopping.
pub async fn blocking<T: Send + 'static>(
    use_case: impl FnOnce() -> Result<T, ServiceError> + Send + 'static,
) -> Result<T, Problem> {
    let span = tracing::Span::current();
    web::block(move || span.in_scope(use_case))
        .await
        .map_err(|_| Problem::of_status(StatusCode::SERVICE_UNAVAILABLE))?
        .map_err(Problem::from)
}
