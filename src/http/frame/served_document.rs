//! The API's document as it is served.

use std::sync::OnceLock;

use actix_web::web::Bytes;
use trede_service::frame::error::ServiceError;

use crate::http::frame::problem::Problem;

/// The text of the document, made when it is first asked for: making it takes more memory than the service
/// needs otherwise, and most instances are never asked.
#[derive(Debug)]
pub struct ServedDocument {
    server: String,
    text: OnceLock<Bytes>,
}

impl ServedDocument {
    /// The document for a server that is reached at `server` (a URL that ends in `/v1`).
    #[must_use]
    pub fn of(server: &str) -> Self {
        Self { server: server.to_owned(), text: OnceLock::new() }
    }

    /// The text, made for this server where nobody asked for it before.
    pub(crate) fn text_or(
        &self,
        make: impl FnOnce(&str) -> Result<Vec<u8>, serde_json::Error>,
    ) -> Result<Bytes, Problem> {
        if let Some(text) = self.text.get() {
            return Ok(text.clone());
        }
        let text = make(&self.server).map_err(|error| Problem::from(ServiceError::Internal(error.into())))?;
        Ok(self.text.get_or_init(|| text.into()).clone())
    }
}
