//! Assessing: interests, scores and motivations, consensus, quality that is concluded, exclusions, questions about low prices.
//!
//! Tables and queries of this room.

pub mod assessments;
pub mod dossiers;
