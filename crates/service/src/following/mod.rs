//! Following what was promised: contracts, what they owe, entries with evidence, the ledger, changes, settlement.
//!
//! Use cases of this room.

pub mod carry_overs;
pub(crate) mod claims;
pub mod contract_changes;
mod contract_facts;
pub mod contract_imports;
pub(crate) mod contract_levels;
pub mod contracts;
pub mod entries;
mod entry_checks;
pub(crate) mod entry_follow_ups;
mod entry_import_rows;
pub mod entry_imports;
pub mod entry_removals;
pub(crate) mod entry_sets;
pub mod entry_steps;
pub(crate) mod entry_values;
pub mod evidence;
pub mod evidence_intake;
pub mod evidence_sweep;
pub mod import_rollbacks;
pub(crate) mod level_following;
pub mod milestones;
pub(crate) mod obligations;
pub(crate) mod pending_sets;
pub mod plans;
pub mod settlements;
pub mod statement;
pub mod statement_pdfs;
pub(crate) mod supplier_levels;
