//! Assessing: interests, scores and motivations, consensus, quality that is concluded, exclusions, questions about low prices.
//!
//! Facts as they are kept of this room.

pub mod assessment;
pub mod dossier;
