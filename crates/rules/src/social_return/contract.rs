//! What must be known of a contract to say what is owed.

use trede_base::contract_kind::ContractKind;
use trede_base::exact::Exact;
use trede_base::period::Period;
use trede_base::share::Share;

/// The facts of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractFacts {
    /// The kind.
    pub kind: ContractKind,
    /// The contract sum excluding VAT (opdrachtsom), in euros.
    pub contract_sum: Exact,
    /// The wage sum in it (loonsom), in euros.
    pub wage_sum: Option<Exact>,
    /// The share of labour in the contract (arbeidsaandeel).
    pub labour_share: Option<Share>,
    /// The term (looptijd), in months.
    pub term_months: Option<u32>,
    /// The share that was offered in the bid (aanbod).
    pub offered: Option<Share>,
    /// The PSO levels of the contractor during the term.
    pub pso_levels: Vec<LevelHeld>,
    /// The labels of the contractor during the term, other than PSO levels (keurmerken).
    pub labels: Vec<LevelHeld>,
    /// Whose contract it is, where a part of a region has rules of its own.
    pub authority: Option<String>,
    /// How many people the contractor employs (werknemers).
    pub employees: Option<u32>,
    /// Which share of the contractor's full-time jobs people of the target groups have (5 %-norm).
    pub target_group_share: Option<Share>,
    /// The term from day to day, where a level is held during a part of it.
    pub term: Option<Period>,
    /// Why nothing is owed (ontheffing).
    pub exemption: Option<String>,
    /// What is owed instead of what the policy says (maatwerk).
    pub deviation: Option<Deviation>,
}

/// A PSO level that the contractor holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelHeld {
    /// Code of the level.
    pub level: String,
    /// During which time; none for the whole term.
    pub during: Option<Period>,
}

/// Another obligation than the policy says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// In euros.
    pub euros: Exact,
    /// Why.
    pub reason: String,
}
