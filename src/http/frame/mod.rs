//! What every room stands on: the caller and what it may do, identifiers, pages, errors, the authorities themselves.
//!
//! Requests and answers of this room.

pub mod answer;
pub mod auth;
pub mod body;
pub mod context;
pub mod document;
pub mod etag;
pub mod health;
pub mod idempotency;
pub mod identify;
pub mod municipalities;
pub mod organisations;
pub mod page;
pub mod path;
pub mod problem;
pub mod regions;
pub mod resource;
pub mod server_span;
