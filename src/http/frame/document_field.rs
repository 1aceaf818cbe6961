//! Stored JSON documents as fields of an answer: sent as they are kept, never parsed and written anew.

use serde_json::value::RawValue;

use crate::http::frame::problem::Problem;
use trede_service::frame::error::ServiceError;

/// A stored document as a field.
///
/// # Errors
/// 500 when it is no JSON: it was written by this service.
pub fn document_field(document: String) -> Result<Box<RawValue>, Problem> {
    RawValue::from_string(document).map_err(|error| ServiceError::Internal(error.into()).into())
}
