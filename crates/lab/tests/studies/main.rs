//! What the laboratory finds, held against what follows by hand.

// A test may panic: that is how it fails.
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod support;

mod closed_forms;
mod errors;
mod figures;
mod past;
mod same;
