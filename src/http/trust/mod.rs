//! Trust: the audit chain and the states it keeps, personal data and its removal, tokens taken back.
//!
//! Requests and answers of this room.

pub mod audit_records;
pub mod personal_data;
pub mod token_revocations;
