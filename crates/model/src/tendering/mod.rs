//! Tenders and their lots: from the draft over publication to the closing of a lot: award models, deadlines, rectifications, notices.
//!
//! Facts as they are kept of this room.

pub mod duty;
pub mod lot;
pub mod notice_import;
pub mod procedure;
pub mod purchasing_policy;
pub mod tender;
pub mod tender_package;
