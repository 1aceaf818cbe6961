//! What every room stands on: the caller and what it may do, identifiers, pages, errors, the authorities themselves.
//!
//! Requests and answers of this room.

pub mod address;
pub mod auth;
pub mod body;
pub mod caller;
pub mod context;
pub mod counted;
pub mod document;
pub mod document_field;
pub mod etag;
pub mod going_on;
pub mod idempotency;
pub mod identify;
pub mod language;
pub mod listed;
pub mod municipalities;
pub mod organisations;
pub mod page;
pub mod path;
pub mod pdf;
pub mod problem;
mod problem_dutch;
pub mod regions;
pub mod resource;
pub mod schema;
pub mod served_document;
pub mod server_span;
