//! Following what was promised: contracts, what they owe, entries with evidence, the ledger, changes, settlement.
//!
//! Facts as they are kept of this room.

pub mod candidate;
pub mod change;
pub mod claim;
pub mod contract;
pub mod entry;
pub mod evidence;
pub mod ledger;
pub mod obligation_state;
pub mod plan;
pub mod progress;
pub mod search;
pub mod settlement;
pub mod table_import;
