//! What every room stands on: the caller and what it may do, identifiers, pages, errors, the authorities themselves.
//!
//! Use cases of this room.

pub mod access;
pub mod actor;
pub(crate) mod acts;
pub(crate) mod asked_jobs;
pub(crate) mod audit_heads;
pub(crate) mod documents;
pub mod dutch_time;
pub(crate) mod dutch_words;
pub mod error;
pub(crate) mod findings;
pub mod idempotency;
pub mod imports;
pub(crate) mod load;
pub mod municipalities;
pub(crate) mod opened;
pub mod organisations;
pub mod regions;
pub mod vital_signs;
