//! The use cases: authorise, load, let the domain decide, store, audit.

pub mod access;
pub mod actor;
pub mod error;
