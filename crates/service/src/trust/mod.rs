//! Trust: the audit chain and the states it keeps, personal data and its removal, tokens taken back.
//!
//! Use cases of this room.

pub mod audit;
pub mod console_sessions;
pub mod object_states;
pub mod operator_keys;
pub mod personal_data;
pub mod refusals;
pub mod token_revocations;
