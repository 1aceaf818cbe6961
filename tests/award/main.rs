//! The award engine against published numbers, and against properties that hold for any input.

// A test may panic: that is how it fails.
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod analyses;
mod bad_input;
mod examples;
mod properties;
mod published;
mod redone;
mod support;
mod what_if;
mod workings;
