//! Awarding: evaluations that can be replayed, drawings, decisions with their standstill, letters, reports.
//!
//! Tables and queries of this room.

pub mod award_decisions;
pub mod award_letters;
pub mod evaluations;
pub mod letter_templates;
