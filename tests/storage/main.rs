//! The store on both databases.

// A helper that fails fails the test.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

mod audit_chain;
mod availability;
mod backup;
mod levels;
mod migrations;
mod row_states;
mod writes;
