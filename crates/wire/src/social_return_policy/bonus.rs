//! Bonuses, limits and target groups on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::block::{BonusProrationInput, ConditionsInput, OverInput};
use crate::number::Number;

/// A bonus on a block (opslag). What it is measured by says which of `amount` and `percent` belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BonusInput {
    /// Code, unique in the policy.
    pub code: String,
    /// Name (naam).
    pub name: String,
    /// By what it is measured; left out: an amount (maatstaf).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<BonusMeasureInput>,
    /// `amount` and `hour`: in euros (bedrag).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Number>,
    /// `percent-of-block` and `percent-of-cost`: in percent, also above 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Number>,
    /// `amount`: how it counts, where it differs from the policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proration: Option<BonusProrationInput>,
    /// Codes of the blocks on which it can be claimed; left out: every block (bouwblokken).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<String>,
    /// Codes of the target groups for whose blocks it can be claimed; left out: every group (doelgroepen).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target_groups: Vec<String>,
    /// The most that it counts for, in euros: for one candidate as far as it goes on, or in one entry about nobody
    /// (maximum).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_amount: Option<Number>,
    /// Of the bonuses with the same name here the highest counts, such as 50+ and 55+ (groep).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What must be there before it counts; its block counts without it (voorwaarden).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conditions: Option<ConditionsInput>,
    /// `amount`, like its block: counts for so many months (maximale duur).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Int64)]
    pub counts_months: Option<u32>,
    /// Where it counts once when it is flat, and where its months and its maximum go on; left out: within the contract
    /// (doortellen).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_over: Option<OverInput>,
}

/// By what a bonus is measured (maatstaf).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BonusMeasureInput {
    /// An amount, once or in proportion (bedrag).
    Amount,
    /// Euros an hour (uur).
    Hour,
    /// A share of what the block counts for (deel van het bouwblok).
    PercentOfBlock,
    /// A share of the cost (deel van de kosten).
    PercentOfCost,
}

/// The most that entries count for together (maximum).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PolicyLimitInput)]
pub struct LimitInput {
    /// Codes of the blocks that count together; left out: all (bouwblokken).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<String>,
    /// Of what it is the maximum (eenheid).
    pub of: LimitOfInput,
    /// How much: euros, percent, months, weeks or a quantity.
    pub maximum: Number,
    /// Whether it holds for each candidate on its own (per kandidaat).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub each_candidate: bool,
    /// Where it goes on; left out: within the contract (doortellen).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<OverInput>,
}

/// Of what there is a maximum (eenheid).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = PolicyLimitOfInput)]
pub enum LimitOfInput {
    /// Euros, bonuses included (bedrag).
    Amount,
    /// Percent of the obligation, bonuses included (deel van de opgave).
    PercentOfObligation,
    /// Months that count (maanden).
    Months,
    /// Weeks that count, 52 to a year (weken).
    Weeks,
    /// Hours, days, pieces or the like, as the block measures them (aantal).
    Quantity,
}

/// A target group (doelgroep), with its place in the national list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TargetGroupInput {
    /// Code, unique in the policy.
    pub code: String,
    /// Name (naam).
    pub name: String,
    /// The group of the national list, by which reports add up: `participatiewet`, `ww`, `wia`, `wajong`,
    /// `banenafspraak`, `wsw`, `nug`, `pro-vso`, `bbl`, `bol`, `jongeren`, `statushouders`, `bbz`,
    /// `ex-gedetineerden` or `overig`.
    pub national: String,
}
