//! What every room stands on: the caller and what it may do, identifiers, pages, errors, the authorities themselves.
//!
//! Tables and queries of this room.

pub(crate) mod append_only;
pub mod columns;
mod common_commit;
pub mod connection;
pub mod error;
pub(crate) mod forms;
pub(crate) mod heads;
pub mod idempotency_keys;
pub mod jobs;
pub mod migrations;
pub mod municipalities;
pub mod organisations;
pub(crate) mod page;
pub(crate) mod patterns;
pub(crate) mod pool;
mod probe;
pub mod regions;
pub(crate) mod row_text;
pub(crate) mod statement;
pub(crate) mod transport;
mod turns;
pub(crate) mod watching;
