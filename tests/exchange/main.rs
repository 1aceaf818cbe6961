//! What crosses the border: notices of eForms in, open data out.

// A test may panic: that is how it fails.
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod eforms_examples;
mod eforms_hostile;
mod eforms_large;
mod eforms_rules;
mod eforms_variations;
mod json_hostile;
mod mutation;
mod ocds;
mod samples;
mod scan;
