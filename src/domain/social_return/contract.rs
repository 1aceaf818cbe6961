//! What must be known of a contract to say what is owed.

use crate::domain::exact::Exact;
use crate::domain::share::Share;

/// The kind of a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractKind {
    /// Services (diensten).
    Services,
    /// Works (werken).
    Works,
    /// Supplies (leveringen).
    Supplies,
}

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
    /// The PSO level of the contractor.
    pub pso_level: Option<String>,
    /// Why nothing is owed (ontheffing).
    pub exemption: Option<String>,
    /// What is owed instead of what the policy says (maatwerk).
    pub deviation: Option<Deviation>,
}

/// Another obligation than the policy says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// In euros.
    pub euros: Exact,
    /// Why.
    pub reason: String,
}
