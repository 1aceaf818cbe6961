//! Awarding: evaluations that can be replayed, drawings, decisions with their standstill, letters, reports.
//!
//! Requests and answers of this room.

pub mod award_letters;
pub mod award_simulations;
pub mod awards;
pub mod call_off_turns;
pub mod call_offs;
pub mod drawings;
pub mod evaluation_records;
pub mod evaluation_reports;
pub mod evaluations;
pub mod letter_templates;
pub mod pdfs;
pub mod record_keys;
pub mod standstill;
pub mod winner_withdrawals;
