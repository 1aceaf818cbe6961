//! Which operation a request asks for, known before anything of its body is read.

use std::collections::HashMap;

use actix_web::HttpRequest;
use actix_web::http::Method;
use utoipa::openapi::OpenApi;
use utoipa::openapi::path::Operation as Described;

use trede_service::frame::access::Operation;

/// The operations that change something, by method and route.
#[derive(Clone, Debug, Default)]
pub struct Operations(HashMap<(Method, String), Operation>);

impl Operations {
    /// Those that the document describes.
    #[must_use]
    pub fn described_in(document: &OpenApi) -> Self {
        let of_id = |described: &Described| {
            let id = described.operation_id.as_deref()?;
            Operation::ALL.iter().find(|operation| operation.id() == id).copied()
        };
        let mut known = HashMap::new();
        for (path, item) in &document.paths.paths {
            for (method, described) in [
                (Method::POST, &item.post),
                (Method::PUT, &item.put),
                (Method::DELETE, &item.delete),
                (Method::PATCH, &item.patch),
            ] {
                if let Some(operation) = described.as_ref().and_then(of_id) {
                    known.insert((method, format!("/v1{path}")), operation);
                }
            }
        }
        Self(known)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = Operation> {
        self.0.values().copied()
    }

    /// The operation that a request asks for; none where nothing is at its path, or not with its method.
    pub(super) fn asked(&self, request: &HttpRequest) -> Option<Operation> {
        let pattern = request.match_pattern()?;
        self.0.get(&(request.method().clone(), pattern)).copied()
    }
}
