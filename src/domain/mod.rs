//! The rules of the field, in plain Rust: no HTTP, no database, no clock.

pub mod audit;
pub mod award;
pub mod exact;
pub mod ids;
pub mod money;
pub mod municipality;
pub mod organisation;
pub mod page;
pub mod pso;
pub mod record;
pub mod role;
pub mod words;
