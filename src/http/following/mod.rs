//! Following what was promised: contracts, what they owe, entries with evidence, the ledger, changes, settlement.
//!
//! Requests and answers of this room.

pub mod contract_changes;
pub mod contracts;
pub mod entries;
pub mod entry_effects;
pub mod entry_steps;
pub mod evidence_files;
pub mod import_rollbacks;
pub mod plans;
pub mod settlements;
pub mod table_imports;
