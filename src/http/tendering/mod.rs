//! Tenders and their lots: from the draft over publication to the closing of a lot: award models, deadlines, rectifications, notices.
//!
//! Requests and answers of this room.

pub mod award_models;
pub mod deadline_extensions;
pub mod duty_separations;
pub mod lot_steps;
pub mod lots;
pub mod notice_imports;
pub mod purchasing_policies;
pub mod rectifications;
pub mod tender_steps;
pub mod tenders;
