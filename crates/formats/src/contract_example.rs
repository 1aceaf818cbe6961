//! An example of a contract that is followed, with what its contractor accounts for.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::contract_terms::ContractTermsInput;
use crate::entry_record::EntryRecord;
use trede_wire::moment::moment;

/// A contract and what is accounted for under it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContractExample {
    /// When all of it is recorded.
    #[serde(deserialize_with = "moment")]
    pub recorded_at: DateTime<Utc>,
    /// The terms of the contract.
    pub terms: ContractTermsInput,
    /// What is accounted for, in this order.
    pub entries: Vec<EntryExample>,
}

/// An entry that is handed in.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EntryExample {
    /// The entry.
    pub record: EntryRecord,
    /// Whether the coordinator approves it; else it waits for a decision.
    pub is_approved: bool,
}
