//! The rules as files reach them, against published numbers and properties; notices in and open data out.

// A test may panic: that is how it fails.
#![allow(
    clippy::as_conversions,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod award;
mod formats;
mod pso;
#[path = "../support/score_examples.rs"]
mod score_examples;
mod social_return;
