//! The program as it is started: its commands, the demo, the recipes, and what survives when it is killed.

// A test may panic: that is how it fails.
#![allow(
    clippy::as_conversions,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod cli;
mod configuration;
mod demo;
mod opener;
mod private_files;
mod pso_command;
mod recipes;
mod social_return_command;
#[path = "../support/mod.rs"]
mod support;
mod survival;
#[cfg(feature = "time-stamps")]
mod time_stamps;
