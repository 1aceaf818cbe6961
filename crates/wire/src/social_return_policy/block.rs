//! Building blocks and bonuses on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::number::Number;

/// A building block (bouwblok). The measure says which of the other fields belong to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BlockInput {
    /// Code, unique in the policy.
    pub code: String,
    /// Name (naam).
    pub name: String,
    /// By what it is measured (maatstaf).
    pub measure: MeasureInput,
    /// In euros by the measure (waarde).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Number>,
    /// Instead of `amount`: by how long the candidate had the benefit (uitkeringsduur).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amount_by_benefit_months: Vec<AmountStepInput>,
    /// `month`: whether part-time counts in proportion (deeltijd).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hours: Option<bool>,
    /// `invoice`: how much of it counts (factuur).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<InvoiceInput>,
    /// `year`, `month` and `learning-year`: counts for so many months (maximale duur).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Int64)]
    pub counts_months: Option<u32>,
    /// Instead of `countsMonths`: counts as long as the contract runs (altijd).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub counts_always: bool,
    /// How a part of a year counts, where this block differs from the policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proration: Option<ProrationInput>,
    /// The most that one entry counts for before bonuses, in euros (maximum).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_amount: Option<Number>,
    /// The most that all entries of this block count for, in percent of the obligation (maximaal aandeel).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_percent_of_obligation: Option<Number>,
}

/// By what a block is measured (maatstaf).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = BlockMeasureInput)]
pub enum MeasureInput {
    /// Euros a full-time year (jaar).
    Year,
    /// Euros a month (maand).
    Month,
    /// Euros a learning year (leerjaar).
    LearningYear,
    /// Euros an hour (uur).
    Hour,
    /// Euros a day (dag).
    Day,
    /// What was spent, at most so many euros a day (hoogstens per dag).
    DayAtMost,
    /// A part of an invoice excluding VAT (factuur).
    Invoice,
    /// What was spent (werkelijke kosten).
    ActualCost,
    /// What was agreed beforehand (in overleg).
    Agreed,
}

/// The amount from a duration of the benefit up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AmountStepInput {
    /// From this duration, in months; the first is from 0.
    #[schema(format = Int64)]
    pub from_months: u32,
    /// In euros.
    pub amount: Number,
}

/// How much of an invoice counts (factuur).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InvoiceInput {
    /// What decides.
    pub recognised: InvoiceRecognitionInput,
    /// `share`: from 0 to 100 percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Number>,
}

/// What decides how much of an invoice counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InvoiceRecognitionInput {
    /// One share for all.
    Share,
    /// The register or PSO level of the supplier, by `invoiceShares`.
    ByRegister,
    /// The wages in it (loondeel).
    WagePart,
}

/// How much of an invoice counts by the register or PSO level of the supplier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InvoiceShareInput {
    /// The register, or the code of a PSO level.
    pub register: String,
    /// From 0 to 100 percent of the invoice excluding VAT.
    pub percent: Number,
}

/// What several blocks count for together at the most (maximaal aandeel).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShareLimitInput {
    /// Codes of the blocks (bouwblokken).
    pub blocks: Vec<String>,
    /// From 0 to 100 percent of the obligation.
    pub percent_of_obligation: Number,
}

/// A bonus on a block (opslag).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BonusInput {
    /// Code, unique in the policy.
    pub code: String,
    /// Name (naam).
    pub name: String,
    /// In euros (bedrag).
    pub amount: Number,
    /// How it counts, where it differs from the policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proration: Option<BonusProrationInput>,
}

/// How a bonus counts (opslag).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BonusProrationInput {
    /// Once, whatever the hours and the time (vast).
    Flat,
    /// By hours and time, like its block (naar rato).
    LikeBlock,
}

/// How a part of a year counts (tijdsevenredigheid).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProrationInput {
    /// By what.
    pub by: ProrationKindInput,
    /// `days-worked`: the working days of a full year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_days: Option<Number>,
    /// `days-worked`: whether the hours a week count as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hours: Option<bool>,
}

/// By what a part of a year is reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProrationKindInput {
    /// Calendar months, and days over the days in the month.
    CalendarMonths,
    /// Weeks over 52, at most 1 a year.
    Weeks,
    /// Days worked over the working days of a full year.
    DaysWorked,
}
