//! A social return policy on the wire: the templates in `examples/policies`, and what an authority enters.

mod block;
mod bonus;
mod obligation;
mod to_block;
mod to_bonus;
mod to_measure;
mod to_obligation;
mod to_policy;

pub use block::{
    AmountStepInput, BenefitWindowInput, BlockInput, BonusProrationInput, ConditionsInput, InvoiceInput,
    InvoiceRecognitionInput, InvoiceShareInput, MeasureInput, OverInput, ProrationInput, ProrationKindInput,
    ShareLimitInput, UnitInput,
};
pub use bonus::{BonusInput, BonusMeasureInput, LimitInput, LimitOfInput, TargetGroupInput};
pub use obligation::{
    BaseInput, BaseKindInput, ContinuityInput, ContractKindInput, ExemptionsInput, LabelReductionInput,
    LowLabourInput, ObligationInput, PartOfRegionInput, PsoReductionInput, PsoReductionLevelInput,
    ThresholdInput, TierInput,
};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::number::Number;

/// One version of a social return policy (beleid social return).
///
/// What is left out was not published: what needs it is then told as missing, and nothing is assumed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SocialReturnPolicyInput)]
pub struct PolicyInput {
    /// Code of the policy, the same over its versions.
    pub code: String,
    /// Name (naam).
    pub name: String,
    /// Version (versie).
    pub version: String,
    /// The authorities that share it (aanbestedende diensten).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorities: Vec<String>,
    /// Where it was published (bron).
    pub source: SourceInput,
    /// For which contracts this version holds (geldigheid).
    pub validity: ValidityInput,
    /// What a contractor owes (opgave).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obligation: Option<ObligationInput>,
    /// Rules of their own for parts of the region (deelregio's).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartOfRegionInput>,
    /// The target groups (doelgroepen), which the blocks name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target_groups: Vec<TargetGroupInput>,
    /// What full time is (voltijd).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_time: Option<FullTimeInput>,
    /// How a part of a year counts (tijdsevenredigheid).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proration: Option<ProrationInput>,
    /// Whether more hours than full time count as more than full time (meer dan voltijd).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub more_than_full_time: bool,
    /// How many months before the contract a candidate may have started (terugkijkperiode).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Int64)]
    pub look_back_months: Option<u32>,
    /// Whether time counts from the assignment of the contract, where that was before its first day (vanaf gunning).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub counts_from_assignment: bool,
    /// Whether a block goes on counting while wage-cost subsidy runs (loonkostensubsidie, LKS).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub counts_during_wage_cost_subsidy: bool,
    /// How a bonus counts (opslag).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bonus_proration: Option<BonusProrationInput>,
    /// Whether several bonuses add up (stapelen); if not, the highest counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bonuses_cumulate: Option<bool>,
    /// The building blocks (bouwblokken).
    pub blocks: Vec<BlockInput>,
    /// The bonuses (opslagen).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bonuses: Vec<BonusInput>,
    /// How much of an invoice counts by the register or PSO level of the supplier (inkoop).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invoice_shares: Vec<InvoiceShareInput>,
    /// Over which contracts the same hours of one candidate count once (dubbeltelling).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub double_use: Option<DoubleUseInput>,
    /// Whether a purchase may count beside the PSO reduction that rests on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purchase_beside_pso: Option<bool>,
    /// What several blocks count for together at the most (maximaal aandeel).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub share_limits: Vec<ShareLimitInput>,
    /// The most that entries count for together, in any scope (maxima).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<LimitInput>,
    /// Whether entries say of a candidate whether it is a woman or a man, so that reports tell it (geslacht).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub collects_gender: bool,
    /// Whether two coordinators must agree with an entry (vier ogen).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub four_eyes: bool,
    /// What a shortfall costs (sanctie).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sanction: Option<SanctionInput>,
    /// Within how many days after award the contractor makes contact (kennismaking).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Int64)]
    pub contact_days: Option<u32>,
    /// How many days before a deadline a reminder goes out (herinnering).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<i64>)]
    pub reminder_days: Vec<u32>,
    /// How many months after the contract closes the data of candidates are kept (bewaartermijn).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Int64)]
    pub retention_months: Option<u32>,
    /// What a reader of the table must know (opmerkingen).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Where a policy was published (bron).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SocialReturnSourceInput)]
pub struct SourceInput {
    /// The publication, with its address (publicatie).
    pub publication: String,
    /// The day of the publication; left out where the table bears none (datum).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_on: Option<NaiveDate>,
}

/// For which contracts a version holds (geldigheid).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SocialReturnValidityInput)]
pub struct ValidityInput {
    /// Which date decides (peildatum); left out where it was not published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<ReferenceDateInput>,
    /// The first day; left out where it was not published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

/// The date that decides which version holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = SocialReturnReferenceDateInput)]
pub enum ReferenceDateInput {
    /// The publication of the tender (publicatiedatum).
    Publication,
    /// The assignment of the contract (opdrachtdatum).
    Assignment,
}

/// What full time is (voltijd).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FullTimeInput {
    /// On what it rests.
    pub basis: FullTimeBasisInput,
    /// `weekly-hours`: hours a week, such as 36 or 40.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekly_hours: Option<Number>,
}

/// On what full time rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FullTimeBasisInput {
    /// So many hours a week.
    WeeklyHours,
    /// The contractor's own hours of a full-time year (eigen jaaruren).
    ContractorYear,
}

/// Over which contracts the same hours count once (dubbeltelling).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DoubleUseInput {
    /// Over the contracts of one contractor (opdrachtnemer).
    Contractor,
    /// Over the contracts of one authority (aanbestedende dienst).
    Authority,
    /// Over the contracts of all participating authorities (regio).
    Region,
}

/// What a shortfall costs (sanctie).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SanctionInput {
    /// Times the shortfall (factor).
    pub factor: Number,
    /// Within how many days the contractor may still make up for it (hersteltermijn).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Int64)]
    pub cure_days: Option<u32>,
    /// Whether a contractor that proves it is not at fault pays nothing (verontschuldiging).
    pub excusable: bool,
    /// Whether what was done beyond the obligation may count for another contract (overheveling).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub carry_over: bool,
}
