//! Following what was promised: contracts, what they owe, entries with evidence, the ledger, changes, settlement.
//!
//! Tables and queries of this room.

pub mod candidate_data;
pub mod claims;
pub mod contract_awards;
pub mod contract_changes;
pub mod contract_lists;
pub mod contracts;
pub mod entries;
pub mod entry_lists;
pub mod evidence_files;
pub mod ledger;
pub mod milestones;
pub mod plans;
pub mod settlements;
pub mod table_imports;
