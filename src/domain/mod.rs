//! The rules of the field, in plain Rust: no HTTP, no database, no clock.

pub mod audit;
pub mod ids;
pub mod municipality;
pub mod organisation;
pub mod page;
pub mod record;
pub mod role;
pub mod words;
