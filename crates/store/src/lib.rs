//! The store: SQLite and PostgreSQL through one code, the only floor that knows diesel.
//!
//! What is a municipality's is found by the municipality's id before anything else; there is no
//! function that finds it without.

pub mod assessing;
pub mod awarding;
pub mod bidding;
pub mod following;
pub mod frame;
pub mod overseeing;
pub mod policies;
pub mod pso;
mod schema;
pub mod telling;
pub mod tendering;
pub mod trust;
