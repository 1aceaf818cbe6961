//! Trust: the audit chain and the states it keeps, personal data and its removal, tokens taken back.
//!
//! Tables and queries of this room.

pub mod audit_records;
pub mod audit_rows;
pub mod audit_states;
pub mod backup;
pub mod console_sessions;
pub mod person_removals;
pub mod personal_data;
mod recording;
pub mod recording_many;
pub mod sealed_states;
pub mod token_revocations;
