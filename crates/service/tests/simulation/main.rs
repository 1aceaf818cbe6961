//! Random acts of random people, from seeds: what must never happen does not happen.
//!
//! Each seed lives one tender, or one contract, from its first act to its last: people with every role do what
//! they may and what they may not, some at the same moment, while the clock jumps to and fro. A small model beside
//! it knows what must hold. The seed that a failure names makes it again:
//!
//! ```text
//! SIMULATION_SEEDS=4711 cargo test -p trede-service --test simulation
//! SIMULATION_SEEDS=0..10000 cargo test --release -p trede-service --test simulation
//! ```
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used
)]

mod deeds;
mod following;
mod learning;
mod procedure;
mod seeds;
mod standing;

#[path = "../../../../tests/support/mod.rs"]
mod support;
mod usecases;
