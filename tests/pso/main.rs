//! The social contribution against published numbers, and against properties that hold for any organisation.

// A helper that fails fails the test.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod bad_input;
mod command;
mod counting;
mod distances;
mod norms;
mod privacy;
mod properties;
mod purchasing;
mod support;
mod thirty_plus;
mod worked_example;
