//! The document of the API, as the pages use it: which path an operation has, and what its body looks like.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use actix_web::http::Method;
use serde_json::Value;

use crate::http::openapi;

/// An operation of the API.
#[derive(Clone, Debug)]
pub(super) struct OperationOf {
    /// How it is asked.
    pub(super) method: Method,
    /// Its path below `/v1`, with the names of its parameters between braces.
    pub(super) path: String,
    /// The schema of its JSON body, where it has one.
    pub(super) body: Option<Value>,
    /// Whether it asks which version was seen.
    pub(super) by_version: bool,
}

/// The document, read once.
pub(super) struct Document {
    operations: BTreeMap<String, OperationOf>,
    schemas: Value,
}

/// The document of this very build.
pub(super) fn document() -> &'static Document {
    static DOCUMENT: OnceLock<Document> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let whole = serde_json::to_value(openapi::document("/v1")).unwrap_or_default();
        let schemas = whole.pointer("/components/schemas").cloned().unwrap_or_default();
        Document { operations: operations(&whole), schemas }
    })
}

impl Document {
    /// The operation of that name.
    pub(super) fn operation(&self, id: &str) -> Option<&OperationOf> {
        self.operations.get(id)
    }

    /// The schema that a reference names.
    pub(super) fn schema(&self, reference: &str) -> Option<&Value> {
        self.schemas.get(reference.rsplit('/').next()?)
    }
}

fn operations(whole: &Value) -> BTreeMap<String, OperationOf> {
    let mut found = BTreeMap::new();
    let paths = whole.get("paths").and_then(Value::as_object);
    for (path, methods) in paths.into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let id = operation.get("operationId").and_then(Value::as_str);
            let method = Method::from_bytes(method.to_ascii_uppercase().as_bytes());
            if let (Some(id), Ok(method)) = (id, method) {
                found.insert(id.to_owned(), operation_of(method, path, operation));
            }
        }
    }
    found
}

fn operation_of(method: Method, path: &str, operation: &Value) -> OperationOf {
    let body = operation.pointer("/requestBody/content/application~1json/schema").cloned();
    let parameters = operation.get("parameters").and_then(Value::as_array);
    let by_version = parameters.into_iter().flatten().any(|parameter| {
        parameter
            .get("name")
            .and_then(Value::as_str)
            .is_some_and(|name| name.eq_ignore_ascii_case("if-match"))
    });
    OperationOf { method, path: path.to_owned(), body, by_version }
}
