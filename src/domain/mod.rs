//! The rules of the field, in plain Rust: no HTTP, no database, no clock.

pub mod assessment;
pub mod audit;
pub mod award;
pub mod award_decision;
pub mod bid;
pub mod cpv;
pub mod evaluation;
pub mod event;
pub mod exact;
pub mod ids;
pub mod lot;
pub mod money;
pub mod municipality;
pub mod organisation;
pub mod page;
pub mod procedure;
pub mod pso;
pub mod record;
pub mod role;
pub mod share;
pub mod social_return;
pub mod sroi;
pub mod tender;
pub mod words;
