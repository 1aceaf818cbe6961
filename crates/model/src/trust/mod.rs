//! Trust: the audit chain and the states it keeps, personal data and its removal, tokens taken back.
//!
//! Facts as they are kept of this room.

pub mod audit;
pub mod audit_chain;
pub mod audit_check;
pub mod audit_hash;
pub mod audit_object;
pub mod audit_rows;
pub mod audit_state;
pub mod person_seal;
pub mod personal_data;
pub mod token_revocation;
