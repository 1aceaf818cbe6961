//! Trust: the audit chain and the states it keeps, personal data and its removal, tokens taken back.
//!
//! Tables and queries of this room.

pub mod audit_records;
pub mod backup;
pub mod console_sessions;
pub(crate) mod heads;
pub(crate) mod object_states;
pub mod person_removals;
pub mod personal_data;
pub mod token_revocations;
