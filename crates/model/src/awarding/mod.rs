//! Awarding: evaluations that can be replayed, drawings, decisions with their standstill, letters, reports.
//!
//! Facts as they are kept of this room.

pub mod award_decision;
pub mod award_letter;
pub mod evaluation;
