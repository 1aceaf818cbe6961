//! Awarding: evaluations that can be replayed, drawings, decisions with their standstill, letters, reports.
//!
//! Use cases of this room.

pub mod award_letter_pdfs;
pub mod award_letters;
pub mod awards;
pub mod call_offs;
mod compared;
pub mod drawings;
pub mod evaluation_records;
pub mod evaluation_report_pdfs;
pub mod evaluation_reports;
pub mod evaluations;
pub mod letter_templates;
pub mod seats;
pub mod simulations;
pub mod standstill;
