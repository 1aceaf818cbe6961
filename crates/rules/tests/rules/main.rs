//! The rules by their own words: published numbers, properties and boundaries, on builders that read like the
//! field. Nothing here reads a file: a published number stands in its test with its source.

// A test may panic: that is how it fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod award;
mod builders;
mod explaining;
mod pso;
mod social_return;
mod sroi;
