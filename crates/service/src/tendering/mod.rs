//! Tenders and their lots: from the draft over publication to the closing of a lot: award models, deadlines, rectifications, notices.
//!
//! Use cases of this room.

pub mod award_models;
pub mod deadline_extensions;
pub(crate) mod declared_models;
pub mod duties;
pub(crate) mod intake;
pub mod lots;
pub mod notice_imports;
pub(crate) mod notice_merge;
pub mod notice_source;
pub mod purchasing_policies;
pub mod rectifications;
pub(crate) mod steps;
pub mod tender_steps;
pub mod tenders;
