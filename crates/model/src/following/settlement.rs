//! The settlement (afrekening) of a contract, step by step.

use chrono::{DateTime, NaiveDate, Utc};

use super::contract::ContractId;
use super::obligation_state::ObligationStep;
use trede_base::ids::Id;

/// The id of a settlement.
pub type SettlementId = Id<SettlementRecord>;

/// One decision on what was owed and what was realised. It never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettlementRecord {
    /// The contract.
    pub contract: ContractId,
    /// Its id.
    pub id: SettlementId,
    /// What was decided.
    pub step: ObligationStep,
    /// What was owed, in cents.
    pub owed_cents: i64,
    /// What was realised by the ledger, after the maximum of each block, in cents.
    pub realised_cents: i64,
    /// What was short, in cents.
    pub shortfall_cents: i64,
    /// What the contractor pays, in cents.
    pub sanction_cents: i64,
    /// What was done beyond the obligation and may count for another contract, in cents.
    pub carried_over_cents: i64,
    /// Until when the contractor may make up for it.
    pub cure_until: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// How it was computed, step by step: a JSON document.
    pub calculation: String,
    /// The statement (eindafrekening) as Markdown.
    pub statement: String,
    /// When it was decided.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
}
