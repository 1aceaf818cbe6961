//! The service in one process, on both databases: its API, its use cases, its store, and who may do what.

// A test may panic: that is how it fails.
#![allow(
    clippy::as_conversions,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod access;
mod api;
mod console;
mod document;
mod store;
#[path = "../support/mod.rs"]
mod support;
mod usecases;
