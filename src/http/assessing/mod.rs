//! Assessing: interests, scores and motivations, consensus, quality that is concluded, exclusions, questions about low prices.
//!
//! Requests and answers of this room.

pub mod assessment_steps;
pub mod assessments;
pub mod consensus_sessions;
pub mod disqualifications;
pub mod dossier_entries;
pub mod interests;
pub mod low_price_inquiries;
pub mod quality_conclusions;
