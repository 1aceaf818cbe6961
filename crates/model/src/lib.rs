//! What Trede keeps: tenders, bids, decisions, contracts, entries and the record of who did what, as plain facts.
//!
//! It does not know the rules, nor they it: a changed rule leaves the store alone.

pub mod assessing;
pub mod awarding;
pub mod bidding;
pub mod following;
pub mod frame;
pub mod policies;
pub mod pso;
pub mod telling;
pub mod tendering;
pub mod trust;
