//! Trust: the audit chain and the states it keeps, personal data and its removal, tokens taken back.
//!
//! Tables and queries of this room.

pub(crate) mod append_only;
pub mod audit_records;
pub mod audit_rows;
pub mod audit_states;
pub mod backup;
pub(crate) mod forms;
pub(crate) mod heads;
pub mod person_removals;
pub mod personal_data;
pub(crate) mod row_text;
pub mod sealed_states;
pub mod token_revocations;
pub(crate) mod watching;
