//! The rules by which an obligation (opgave) is computed, as a policy declares them.

use super::pso_over_term::Continuity;
use trede_base::contract_kind::ContractKind;
use trede_base::exact::Exact;
use trede_base::share::Share;

/// The rules by which an obligation is computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObligationRules {
    /// From which contracts something is owed; a contract needs to meet one.
    pub thresholds: Vec<Threshold>,
    /// What is owed of what.
    pub base: Base,
    /// Other rates by the kind or the value of the contract; where none fits, that of the base holds.
    pub tiers: Vec<Tier>,
    /// Whether each rate holds for the part of the value in its tier only (schijven), else for the whole.
    pub tiers_in_slices: bool,
    /// Which contractors owe nothing.
    pub exemptions: Exemptions,
    /// Lower rates for contracts with little labour; of those that fit the one with the least labour holds.
    pub low_labour: Vec<LowLabour>,
    /// The most that is owed, in euros.
    pub cap: Option<Exact>,
    /// The least that is owed where anything is, in euros.
    pub least: Option<Exact>,
    /// What the PSO level of the contractor takes off.
    pub pso: Option<PsoReduction>,
    /// What other labels of the contractor take off.
    pub labels: Option<LabelReduction>,
    /// Why this rate: auditors criticise a standard rate without reasons.
    pub motivation: Option<String>,
}

/// Another rate, by the kind and the value of the contract (staffel).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// For this kind; none for every kind that has no tier of its own.
    pub kind: Option<ContractKind>,
    /// From this contract sum excluding VAT, in euros.
    pub from: Exact,
    /// What is owed there.
    pub owed: TierOwed,
}

/// What is owed in a tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TierOwed {
    /// Another rate of what is owed otherwise.
    Rate(Share),
    /// Something else altogether: an amount, or a share of something else.
    Base(Base),
}

/// Which contractors owe nothing (vrijstelling).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exemptions {
    /// Those that employ fewer people.
    pub employees_below: Option<u32>,
    /// Those of whose full-time jobs at least this share is held by people of the target groups.
    pub target_group_share: Option<Share>,
}

/// What labels other than PSO levels take off, such as the Code Sociale Ondernemingen or a sector agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelReduction {
    /// By label, with the same rules of continuity as PSO levels.
    pub reduction: PsoReduction,
    /// Whether reductions add up; else the highest counts, that of the PSO level among them.
    pub add_up: bool,
}

/// Rules of their own for a part of a region (deelregio).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartOfRegion {
    /// The authorities.
    pub authorities: Vec<String>,
    /// What a contractor owes them.
    pub rules: ObligationRules,
}

/// From which contracts something is owed (drempel). Equal to the threshold is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// For this kind; none for every kind.
    pub kind: Option<ContractKind>,
    /// The least contract sum excluding VAT, in euros.
    pub from: Exact,
    /// The least term, in months.
    pub from_months: Option<u32>,
}

/// What is owed of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// A share of the contract sum.
    ContractSum(Share),
    /// A share of the wage sum.
    WageSum(Share),
    /// A share of the wages that the contract is deemed to hold.
    AssumedWages {
        /// The share of the contract sum that is deemed wages.
        wage_share: Share,
        /// The share of those wages.
        rate: Share,
    },
    /// A fixed amount, in euros.
    Fixed(Exact),
    /// The share of the contract sum that the bidder offered.
    Offered {
        /// The least that may be offered.
        minimum: Share,
        /// The most that may be offered.
        maximum: Share,
    },
}

/// A lower rate for contracts with little labour (arbeidsextensief).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LowLabour {
    /// Below this share of labour.
    pub below: Share,
    /// The rate there.
    pub rate: Share,
}

/// What the PSO level of the contractor takes off the obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PsoReduction {
    /// By level; all of it is an exemption.
    pub levels: Vec<PsoReductionLevel>,
    /// The reduction reaches the part of the obligation up to this rate.
    pub up_to_rate: Option<Share>,
    /// What a level counts for that is not held during the whole term.
    pub continuity: Option<Continuity>,
    /// Two certificates with at most so many days between them count as one (continuïteit).
    pub grace_days: u32,
}

/// What one level takes off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PsoReductionLevel {
    /// Code of the level.
    pub level: String,
    /// The share that is taken off.
    pub share: Share,
}
