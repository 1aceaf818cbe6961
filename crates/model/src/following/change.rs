//! Changes of a contract: each leaves the obligation that followed from it.

use chrono::{DateTime, NaiveDate, Utc};

use super::contract::ContractId;
use crate::policies::policy::PolicyId;
use trede_base::words;

words! {
    /// Why the terms of a contract changed (soort wijziging).
    pub enum ChangeKind is "change kind" {
        /// The contract was registered (registratie).
        Registration = "registration",
        /// A policy was chosen for it (beleid).
        Policy = "policy",
        /// More or less work (waardewijziging).
        Value = "value",
        /// A longer term, with option years or without (verlenging).
        Extension = "extension",
        /// Prices were indexed (indexering).
        Indexation = "indexation",
        /// The contract ends before its time (beëindiging).
        Termination = "termination",
        /// Another contractor takes it over (contractovername).
        Takeover = "takeover",
        /// The consortium changes (combinatie).
        Consortium = "consortium",
        /// The PSO level of the contractor changes or ends (PSO-trede).
        PsoLevel = "pso-level",
        /// An exemption or a deviation, or the end of it (maatwerk).
        Relief = "relief",
        /// Another coordinator or reference, or what was entered wrongly (correctie).
        Correction = "correction",
    }
}

/// What a contract became, when and why. It never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractChange {
    /// The contract.
    pub contract: ContractId,
    /// Its place among the changes of the contract, from 1.
    pub sequence: i32,
    /// Why.
    pub kind: ChangeKind,
    /// From which day it holds.
    pub effective_on: NaiveDate,
    /// Why, in words.
    pub reason: String,
    /// The whole terms afterwards: a JSON document.
    pub terms: String,
    /// The policy afterwards.
    pub policy: Option<PolicyId>,
    /// What is owed afterwards, in cents.
    pub obligation_cents: Option<i64>,
    /// How that was computed, step by step: a JSON document.
    pub calculation: String,
    /// When it was entered.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
}
