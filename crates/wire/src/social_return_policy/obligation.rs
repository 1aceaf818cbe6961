//! The rules of an obligation on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::number::Number;

/// The rules by which an obligation (opgave) is computed: threshold, base, cap, then the PSO reduction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ObligationInput {
    /// From which contracts something is owed (drempels); a contract needs to meet one.
    #[schema(min_items = 1)]
    pub thresholds: Vec<ThresholdInput>,
    /// What is owed of what (grondslag).
    pub base: BaseInput,
    /// Other rates by the kind or the value of the contract (staffel).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<TierInput>,
    /// Whether each rate of `tiers` holds for the part of the contract sum in its tier only (schijven); else the
    /// highest tier that is reached holds for the whole.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tiers_in_slices: bool,
    /// Which contractors owe nothing (vrijstelling).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exemptions: Option<ExemptionsInput>,
    /// A lower rate for contracts with little labour (arbeidsextensief).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low_labour: Option<LowLabourInput>,
    /// Instead of `lowLabour`: several of them; of those that fit the one with the least labour holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labour_tiers: Vec<LowLabourInput>,
    /// The most that is owed, in euros (maximum).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Number>,
    /// The least that is owed where anything is, in euros, before reductions (minimum).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<Number>,
    /// What the PSO level of the contractor takes off (korting).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pso: Option<PsoReductionInput>,
    /// What other labels of the contractor take off (keurmerken).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<LabelReductionInput>,
    /// Why this rate (motivering).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motivation: Option<String>,
}

/// Another rate, by the kind and the value of the contract (staffel).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ObligationTierInput)]
pub struct TierInput {
    /// For this kind; left out for every kind that has no tier of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ContractKindInput>,
    /// From this contract sum excluding VAT, in euros.
    pub from: Number,
    /// The rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Number>,
    /// Instead of `percent`: what is owed of what, such as a fixed amount (grondslag).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<BaseInput>,
}

/// Which contractors owe nothing (vrijstelling).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ObligationExemptionsInput)]
pub struct ExemptionsInput {
    /// Those that employ fewer people (omvang).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Int64)]
    pub employees_below: Option<u32>,
    /// Those of whose full-time jobs at least this percentage is held by people of the target groups (5 %-norm).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_group_percent: Option<Number>,
}

/// What labels other than PSO levels take off, such as the Code Sociale Ondernemingen (keurmerken).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LabelReductionInput {
    /// By label; 100 percent is an exemption.
    pub levels: Vec<PsoReductionLevelInput>,
    /// The reduction reaches the part of the obligation up to this rate, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to_percent: Option<Number>,
    /// What a label counts for that is not held during the whole term; left out: `pro-rata`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continuity: Option<ContinuityInput>,
    /// Two periods with at most so many days between them count as one (continuïteit).
    #[serde(default, skip_serializing_if = "is_zero")]
    #[schema(format = Int64)]
    pub grace_days: u32,
    /// Whether reductions add up; else the highest counts, that of the PSO level among them (stapelen).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub add_up: bool,
}

/// Rules of their own for a part of a region (deelregio).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PartOfRegionInput {
    /// The authorities, by their code in the path, such as `gm0344`.
    pub authorities: Vec<String>,
    /// What a contractor owes them (opgave).
    pub obligation: ObligationInput,
}

/// From which contracts something is owed (drempel). Equal to the threshold is enough.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ObligationThresholdInput)]
pub struct ThresholdInput {
    /// For this kind of contract; left out for every kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ContractKindInput>,
    /// The least contract sum excluding VAT, in euros.
    pub from: Number,
    /// The least term, in months (looptijd).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Int64)]
    pub from_months: Option<u32>,
}

/// The kind of a contract (soort opdracht).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ContractKindInput {
    /// Services (diensten).
    Services,
    /// Works (werken).
    Works,
    /// Supplies (leveringen).
    Supplies,
}

/// What is owed of what (grondslag). The kind says which of the other fields belong to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ObligationBaseInput)]
pub struct BaseInput {
    /// The kind.
    pub kind: BaseKindInput,
    /// `contract-sum`, `wage-sum` and `assumed-wages`: the rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Number>,
    /// `assumed-wages`: the share of the contract sum that is deemed wages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wage_percent: Option<Number>,
    /// `fixed`: in euros.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Number>,
    /// `offered`: the least that may be offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_percent: Option<Number>,
    /// `offered`: the most that may be offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_percent: Option<Number>,
}

/// What an obligation is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = ObligationBaseKindInput)]
pub enum BaseKindInput {
    /// A share of the contract sum excluding VAT (opdrachtsom).
    ContractSum,
    /// A share of the wage sum (loonsom).
    WageSum,
    /// A share of the wages that the contract is deemed to hold (veronderstelde loonsom).
    AssumedWages,
    /// A fixed amount (vast bedrag).
    Fixed,
    /// The share of the contract sum that the bidder offered (aanbod).
    Offered,
}

/// A lower rate for contracts with little labour (arbeidsextensief).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LowLabourInput {
    /// Below this share of labour, in percent (arbeidsaandeel).
    pub below_percent: Number,
    /// The rate there.
    pub percent: Number,
}

/// What the PSO level of the contractor takes off the obligation (korting).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PsoReductionInput {
    /// By level; 100 percent is an exemption.
    pub levels: Vec<PsoReductionLevelInput>,
    /// The reduction reaches the part of the obligation up to this rate, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to_percent: Option<Number>,
    /// What a level counts for that is not held during the whole term; left out: `pro-rata`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continuity: Option<ContinuityInput>,
    /// Two certificates with at most so many days between them count as one (continuïteit).
    #[serde(default, skip_serializing_if = "is_zero")]
    #[schema(format = Int64)]
    pub grace_days: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(days: &u32) -> bool {
    *days == 0
}

/// What a level counts for that is not held during the whole term (continuïteit).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = PsoContinuityInput)]
pub enum ContinuityInput {
    /// For the days on which it is held, over the days of the term (naar rato).
    ProRata,
    /// For the whole term when it is held on its first day (bij aanvang).
    AtStart,
    /// For nothing, unless a level is held on each day of the term (onafgebroken).
    Uninterrupted,
}

/// What one PSO level takes off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PsoReductionLevelInput {
    /// Code of the level.
    pub level: String,
    /// What it takes off, from 0 to 100 percent.
    pub percent: Number,
}
