//! The rules of the field, in plain Rust: no HTTP, no database, no clock.

pub mod award;
pub mod exact;
pub mod money;
pub mod pso;
