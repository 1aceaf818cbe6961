//! The console, in process: its forms do a buyer's work without a script, and nothing of another site does.

// A test may panic: that is how it fails.
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod access;
mod browser;
mod forms;
mod markup;
mod story;
#[path = "../support/mod.rs"]
mod support;
