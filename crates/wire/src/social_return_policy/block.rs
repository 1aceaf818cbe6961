//! Building blocks and bonuses on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::FullTimeInput;
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
    /// `hour`, `day`, `half-day`, `week` and `piece`: how many of them make a year, where a maximum counting or a
    /// bonus in proportion needs it (per jaar).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_year: Option<Number>,
    /// Other units in which an entry may give it; the entry says which (eenheden).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitInput>,
    /// `actual-cost`: the part of the cost that counts, in percent, also above 100; left out: 100 (factor).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Number>,
    /// `month` and `year`: whether part-time counts in proportion; a year does where it is left out (deeltijd).
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
    /// Where its maximum counting goes on; left out: within the contract (doortellen).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_over: Option<OverInput>,
    /// How a part of a year counts, where this block differs from the policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proration: Option<ProrationInput>,
    /// What full time is, where this block differs from the policy (voltijd).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_time: Option<FullTimeInput>,
    /// How many months before the contract a candidate may have started, where this block differs from the policy
    /// (terugkijkperiode).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Int64)]
    pub look_back_months: Option<u32>,
    /// Whether it goes on counting while wage-cost subsidy runs, where it differs from the policy (LKS).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_during_wage_cost_subsidy: Option<bool>,
    /// The least that one placement, invoice or activity counts for before bonuses, once it counts, in euros
    /// (minimum). Entries of one placement, and parts of one invoice, have it together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_amount: Option<Number>,
    /// A cost or invoice below this counts for nothing, in euros; of a part of an invoice the whole decides (vanaf).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_from_amount: Option<Number>,
    /// The most that one placement, invoice or activity counts for before bonuses, in euros (maximum). Entries of one
    /// placement, and parts of one invoice, have it together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_amount: Option<Number>,
    /// The most that all entries of this block count for, in percent of the obligation (maximaal aandeel).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_percent_of_obligation: Option<Number>,
    /// Fewer hours a week count for nothing (minimumuren).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_hours_per_week: Option<Number>,
    /// More hours a week count as these (maximumuren).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_hours_per_week: Option<Number>,
    /// How close to the end of the candidate's last benefit a placement must start (termijn na uitkering).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub benefit_window: Option<BenefitWindowInput>,
    /// Code of the target group (doelgroep), from `targetGroups`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_group: Option<String>,
    /// Whether an entry is about one person, where the measure does not say so by itself (persoonsgebonden).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub one_person: bool,
    /// What must be there before an entry counts (voorwaarden).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conditions: Option<ConditionsInput>,
}

/// Another unit in which an entry of a block may be given (eenheid).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = BlockUnitInput)]
pub struct UnitInput {
    /// By what it is measured (maatstaf).
    pub measure: MeasureInput,
    /// How many of it make a year, such as 1872 hours or 12 months; left out for what is no part of a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_year: Option<Number>,
    /// In euros; left out: the amount of the block over `perYear`, where the block is by year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Number>,
    /// Instead of `amount`: by how long the candidate had the benefit (uitkeringsduur).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amount_by_benefit_months: Vec<AmountStepInput>,
    /// `month`: whether part-time counts in proportion (deeltijd).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hours: Option<bool>,
    /// `actual-cost`: the part of the cost that counts, in percent, also above 100; left out: 100 (factor).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Number>,
    /// `invoice`: how much of it counts (factuur).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<InvoiceInput>,
}

/// Where a maximum goes on (doortellen).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = MaximumOverInput)]
pub enum OverInput {
    /// Within one contract (opdracht).
    Contract,
    /// Over the contracts of one contractor (opdrachtnemer).
    Contractor,
    /// Over all contracts under which the candidate works (kandidaat).
    Candidate,
}

/// How close to the end of the candidate's last benefit a placement must start (termijn na uitkering).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BenefitWindowInput {
    /// Within so many months of the last day of the benefit; left out: at any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Int64)]
    pub within_months: Option<u32>,
    /// Whether it must start after the benefit ended (aansluitend).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub after: bool,
}

/// What must be there before an entry counts (voorwaarden).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConditionsInput {
    /// That it was agreed before it began (vooraf afgestemd).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub agreed_beforehand: bool,
    /// Kinds of evidence that must be there before it is handed in (bewijs bij indiening).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence_to_submit: Vec<String>,
    /// Kinds of evidence that must be there before it is approved (bewijs bij goedkeuring).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence_to_approve: Vec<String>,
    /// After an internship of so many months (stage vooraf).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Int64)]
    pub after_internship_months: Option<u32>,
    /// That the placement lasts so many months, all its entries together (minimale duur).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Int64)]
    pub least_months: Option<u32>,
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
    /// Euros half a day (dagdeel).
    HalfDay,
    /// Euros a week (week).
    Week,
    /// Euros a piece (stuk, keer).
    Piece,
    /// Euros once for a placement, whatever its length (per plaatsing).
    Placement,
    /// Euros once for an internship, whatever its length (per stage).
    Internship,
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
    /// `share` and `wage-part`: in percent, also above 100; of a wage part 100 where it is left out.
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
    /// In percent of the invoice excluding VAT, also above 100.
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
    /// Hours worked over the contractor's own hours of a full-time year; a maximum counting is in such hours too.
    HoursWorked,
}
