//! Assessing: interests, scores and motivations, consensus, quality that is concluded, exclusions, questions about low prices.
//!
//! Use cases of this room.

pub(crate) mod acting_for;
pub mod assessments;
pub mod claim_checks;
pub mod consensus_sessions;
pub mod disqualifications;
pub mod dossier;
pub mod interests;
pub mod low_price_inquiries;
pub mod quality;
pub(crate) mod score_input;
