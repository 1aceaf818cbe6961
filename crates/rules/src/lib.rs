//! The rules of the field: how a tender is scored, how PSO measures, what social return is worth, what it yields.
//!
//! Plain Rust without HTTP, database, clock or randomness. Each rule stands in the file that bears its name and tells
//! step by step how it came to its result.

pub mod award;
pub mod explaining;
pub mod pso;
pub mod social_return;
pub mod sroi;
