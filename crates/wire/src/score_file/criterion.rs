//! Award criteria on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::discount::{DiscountInput, PriceSheetInput};
use super::life_cycle::LifeCycleTermsInput;
use super::model::{AtMostInput, CorridorInput};
use crate::number::Number;

/// An award criterion (gunningscriterium), a sub-criterion, or a group of them.
///
/// The kind says which of the other fields belong to it; a field of another kind is an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CriterionInput {
    /// Identifier under which bids answer; unique in the lot.
    #[schema(min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    pub id: String,
    /// Title (omschrijving).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What is scored.
    pub kind: CriterionKindInput,
    /// Weight (weging) in the model's unit: what a full score earns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Number>,
    /// `award-on-value`: what a full score is worth in euros (V).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Number>,
    /// Sub-criteria of a group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(no_recursion)]
    pub criteria: Vec<CriterionInput>,
    /// Minimum that a bid must reach here; equal passes. Also on groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<ThresholdInput>,
    /// `true`: the best bid gets the full weight and the others in proportion (relative-quality, K·Kmax/Khighest).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub relative_to_best: bool,
    /// `assessed-quality`, and `pso-level` measured in scores: the scale (beoordelingsschaal).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<ScaleInput>,
    /// `price` and `life-cycle-cost`: the price or purchase is a unit price with up to 6 decimals (eenheidsprijs).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unit_price: bool,
    /// `price` and `life-cycle-cost`: a bid above this is rejected (plafondprijs), in euros.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling: Option<Number>,
    /// `price` and `life-cycle-cost` with the method `absolute-linear`: the prices at which this price earns all
    /// its points and none. With one price criterion it may stand with the method instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corridor: Option<CorridorInput>,
    /// `fixed-price`: the price that the buyer pays whichever bid wins, in euros.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Number>,
    /// `life-cycle-cost`: the period and the discount rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub life_cycle: Option<LifeCycleTermsInput>,
    /// `pso-level`: what each level earns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub levels: Option<LevelTableInput>,
    /// `social-return-commitment`: what is offered and how it scores.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<CommitmentInput>,
    /// `numeric`: how the number scores.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numeric: Option<NumericInput>,
    /// `assessed-quality`, `social-return-commitment` and `numeric`: it lowers the price in the comparison instead of
    /// earning points, and has no weight. A CO2-Prestatieladder is a scale with marks and a discount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<DiscountInput>,
    /// `price`: unit prices times quantities instead of one price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<PriceSheetInput>,
}

/// The kind of a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CriterionKindInput {
    /// A group with sub-criteria (hoofdcriterium).
    Group,
    /// The price (prijs), in euros excluding VAT.
    Price,
    /// The cost over the life cycle (levenscycluskosten).
    LifeCycleCost,
    /// Quality that assessors score on a scale (kwaliteit).
    AssessedQuality,
    /// The level on the PSO ladder (PSO-trede).
    PsoLevel,
    /// What the bidder commits to on social return (toezegging social return).
    SocialReturnCommitment,
    /// A free number, such as a delivery time.
    Numeric,
    /// A price fixed by the buyer (vaste prijs), which is not scored.
    FixedPrice,
}

/// A minimum (minimumeis) on a criterion or group; give one or more of its fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ThresholdInput {
    /// The least score as the assessors give it, or the least number of a numeric criterion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_score: Option<Number>,
    /// The highest number of a numeric criterion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_score: Option<Number>,
    /// The least weighted points (or euros of value).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_points: Option<Number>,
    /// The least share of the full weight or value, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_percent: Option<Number>,
}

/// A scale of assessment (beoordelingsschaal).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScaleInput {
    /// The lowest score; may be negative. Left out: 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lowest: Option<Number>,
    /// The highest score, which earns the full weight.
    pub highest: Number,
    /// How a score becomes a share of the weight. Left out: share of the highest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub normalisation: Option<NormalisationInput>,
    /// The step between scores, from the lowest on, such as 0.5; a score between two steps is refused. Left out: any
    /// number on the scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Number>,
    /// The only scores that may be given, with their names. Left out: any number on the scale.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<MarkInput>,
}

/// How a score becomes a share of the weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NormalisationInput {
    /// score / highest: a 6 on a scale to 10 earns 60 %.
    ShareOfHighest,
    /// (score − lowest) / (highest − lowest): the lowest score earns nothing.
    BetweenBounds,
}

/// A named score (rapportmerk), such as `good` = 8.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MarkInput {
    /// The name that assessors give.
    pub mark: String,
    /// The score that it stands for.
    pub score: Number,
}

/// What each PSO level earns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LevelTableInput {
    /// The unit of the values.
    pub measure: LevelMeasureInput,
    /// One row for each level of the ladder; a level without a row is an error. A bidder without a level earns
    /// the row `none`, or nothing where that is left out.
    #[schema(min_items = 1, max_items = 51)]
    pub rows: Vec<LevelRowInput>,
    /// `discount-percent`: the discount is no more than so many euros (plafond).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Number>,
}

/// The unit in which a level earns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LevelMeasureInput {
    /// Points, added as they are; at most the weight.
    Points,
    /// A score on the criterion's scale, which the weight (or value) is multiplied with.
    Score,
    /// A fictitious discount on the price, in percent (fictieve korting).
    DiscountPercent,
    /// A fictitious discount on the price, in euros.
    DiscountAmount,
}

/// What one level earns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LevelRowInput {
    /// The level's code on the ladder, or `none` for a bidder without a level.
    pub level: String,
    /// What it earns, in the table's measure.
    pub value: Number,
}

/// A scored social return commitment (toezegging social return).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CommitmentInput {
    /// What is offered.
    pub measure: MeasureInput,
    /// The least that may be offered; less excludes the bid. Left out: 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Number>,
    /// The offer that earns the full weight.
    pub maximum: Number,
    /// What an offer above the maximum does.
    pub above_maximum: AboveMaximumInput,
    /// How an offer becomes a share of the weight. Left out: between the bounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub normalisation: Option<NormalisationInput>,
    /// A table instead of a straight line: an offer earns the share of the highest step that it reaches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<ShareStepInput>,
}

/// What a commitment is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MeasureInput {
    /// Percent of the contract sum.
    Percentage,
    /// Euros.
    Amount,
    /// Places (jobs or learning places).
    Places,
}

/// What an offer above the maximum does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AboveMaximumInput {
    /// It scores as the maximum and binds as offered.
    Clip,
    /// It excludes the bid.
    Refuse,
}

/// One step of a table: from this value on, this share of the weight, or so many points. A table is in one of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShareStepInput {
    /// From this value on.
    pub from: Number,
    /// The share of the weight in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Number>,
    /// Points as they are (or euros of value).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Number>,
}

/// How a free number scores. `between` needs `worst` and `best`; `steps` and `interpolated` need the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NumericInput {
    /// The unit, such as `days`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The formula.
    pub scoring: NumericScoringInput,
    /// The number that earns nothing. May be above or below `best`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worst: Option<Number>,
    /// The number that earns the full weight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<Number>,
    /// What a number outside `worst` and `best`, or outside an interpolated table, does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside: Option<OutsideInput>,
    /// The table for `steps`, rising; for `interpolated` in points.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<ShareStepInput>,
    /// `mean-over-number` and `number-over-mean`: whether a number better than the mean earns more than the weight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<AtMostInput>,
}

/// The formula of a free number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NumericScoringInput {
    /// A straight line from `worst` (nothing) to `best` (full weight).
    Between,
    /// The lowest number gets the full weight, the others lowest / number of it.
    RelativeLowest,
    /// The highest number gets the full weight, the others number / highest of it.
    RelativeHighest,
    /// (highest − number) / (highest − lowest) over the bids: the lowest gets the full weight, the highest nothing.
    RangeLowest,
    /// (number − lowest) / (highest − lowest) over the bids.
    RangeHighest,
    /// mean / number, over the bids.
    MeanOverNumber,
    /// number / mean, over the bids.
    NumberOverMean,
    /// A table.
    Steps,
    /// Points on the straight line between two rows of a table.
    Interpolated,
}

/// What a price or number outside the declared bounds does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutsideInput {
    /// It scores as the bound.
    Clip,
    /// The straight line goes on.
    Extrapolate,
    /// It excludes the bid.
    Reject,
}
