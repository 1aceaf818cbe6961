//! The award model on the wire: method, criteria and every choice that is declared before the opening.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::criterion::{CriterionInput, OutsideInput};
use super::discount::DiscountsInput;
use super::low_bid::AbnormallyLowInput;
use super::winners::WinnersInput;
use crate::number::Number;

/// How a lot is awarded (gunningsmodel).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AwardModelInput {
    /// The award method (gunningsmethodiek) and its parameters.
    pub method: MethodInput,
    /// Whether weights are percentages, which sum to exactly 100, or points. Methods without weights leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_unit: Option<WeightUnitInput>,
    /// What the weights of sub-criteria are. Left out: parts of the total, which sum to the weight of their group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_weights: Option<SubWeightsInput>,
    /// The award criteria (gunningscriteria) as a tree; weights of sub-criteria sum to that of their group.
    #[schema(min_items = 1, max_items = 200)]
    pub criteria: Vec<CriterionInput>,
    /// Requirements outside the criteria that exclude a bid (knock-outeisen).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub knock_outs: Vec<KnockOutInput>,
    /// A minimum for the total score; equal to the minimum passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_threshold: Option<TotalThresholdInput>,
    /// Where and how scores are rounded (afronding). Left out: nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<RoundingInput>,
    /// Rounding at several stages instead of one (afronding in stappen), each stage once: price, share, criterion,
    /// total, whatever the order in which they stand here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 4)]
    pub rounding_stages: Vec<RoundingInput>,
    /// From which price several fictitious discounts in percent are taken. Left out: one after another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discounts: Option<DiscountsInput>,
    /// What happens to the scores when a ranked bidder drops out. A relative method must declare it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drop_out: Option<DropOutInput>,
    /// How equal totals are decided, in this order. Left out: the tie stays open until lots are drawn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<TieStepInput>,
    /// How many bids win, and how many stand by. Left out: one bid wins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub winners: Option<WinnersInput>,
    /// What a price of zero does in a formula that divides by a price. Left out: refuse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zero_price: Option<ZeroPriceInput>,
    /// Rules that flag an abnormally low bid (abnormaal lage inschrijving). They never reject (Aw 2012 art. 2.116).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub abnormally_low: Vec<AbnormallyLowInput>,
    /// How scores of assessors (beoordelaars) become one score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment: Option<AssessmentInput>,
    /// The rules around the PSO level, needed when a criterion has the kind `pso-level`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pso: Option<PsoRulesInput>,
    /// Why the award is made on lowest price or cost alone (Aw 2012 art. 2.114 asks for a motivation).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motivation: Option<String>,
}

/// An award method (gunningsmethodiek) and the parameters that it takes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MethodInput {
    /// One of: `absolute-linear` (gewogen factor), `relative-lowest`, `linear-on-lowest`, `lowest-to-highest`,
    /// `logarithmic`, `level-points`, `quality-only`, `lowest-price`, `lowest-cost`, `fictitious-discount`
    /// (fictieve korting), `award-on-value` (gunnen op waarde), `quality-mark-up`, `price-quality-ratio`,
    /// `extended-ratio`, `price-per-point`, `utility-index`, `features`, `relative-quality`, `discount-on-base`
    /// (max(Bs; Bmax)), `two-slopes` (formula bilineare), `relative-to-mean`.
    #[schema(example = "absolute-linear")]
    pub code: String,
    /// `absolute-linear`: the prices at which the price earns all its points and none. With several price
    /// criteria each has a corridor of its own instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corridor: Option<CorridorInput>,
    /// `linear-on-lowest`, `level-points`, `discount-on-base` and the linear `relative-to-mean`: whether price points
    /// stop at zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<FloorInput>,
    /// `logarithmic`: the base A, such as 1.5, 2 or 3; a price A times the lowest earns no points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Number>,
    /// `price-quality-ratio`: the constant by which L/P is multiplied for reading. Left out: 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constant: Option<Number>,
    /// `extended-ratio`: the width c of the corridor below the best ratio, in percent (1 to 10 is usual).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corridor_percent: Option<Number>,
    /// `extended-ratio`: what decides among the bids inside the corridor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionInput>,
    /// `discount-on-base` and `two-slopes`: the published price in euros from which discounts are counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_price: Option<Number>,
    /// `discount-on-base`: the discount in percent of the base price below which nobody earns all points. Left out: 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub significant_percent: Option<Number>,
    /// `two-slopes`: what the mean discount earns in percent of the weight, such as 80, 85 or 90.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean_percent: Option<Number>,
    /// `relative-to-mean`: how a price is held against the mean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<MeanFormulaInput>,
    /// `relative-to-mean`: whether a price below the mean earns more than the weight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<AtMostInput>,
}

/// How a price is held against the mean of all prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MeanFormulaInput {
    /// W × Pmean / P.
    Ratio,
    /// W × (2 − P / Pmean).
    Linear,
}

/// Whether something better than the mean earns more than the weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AtMostInput {
    /// At most the full weight.
    Full,
    /// There is no limit.
    None,
}

/// The price corridor (bandbreedte) of the weighted factor method, in euros, fixed by the buyer beforehand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CorridorInput {
    /// The price (Psetmin) that earns all price points.
    pub full_points_at: Number,
    /// The price (Psetmax) that earns no price points.
    pub zero_points_at: Number,
    /// What a price below `fullPointsAt` does.
    pub below: OutsideInput,
    /// What a price above `zeroPointsAt` does.
    pub above: OutsideInput,
}

/// Whether linear price points stop at zero (ondergrens).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FloorInput {
    /// A price of more than twice the lowest earns zero points.
    Zero,
    /// Points may become negative.
    None,
}

/// What decides inside the corridor of the extended ratio method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionInput {
    /// The bid with the most performance points.
    MostPoints,
    /// The bid with the lowest price.
    LowestPrice,
}

/// The unit of the weights (wegingen).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WeightUnitInput {
    /// Percentages; those of the whole lot sum to exactly 100.
    Percent,
    /// Points; any sum.
    Points,
}

/// What the weights of sub-criteria are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SubWeightsInput {
    /// Parts of the total, in its unit: those of a group sum to its weight.
    OfTotal,
    /// Percentages of the weight of their group: those of a group sum to exactly 100.
    OfParent,
}

/// A requirement that excludes a bid which does not meet it (knock-outeis). Give one of the three bounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KnockOutInput {
    /// Identifier under which bids give the fact.
    #[schema(min_length = 1, max_length = 64)]
    pub id: String,
    /// What is required, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The fact is at least this; equal passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Number>,
    /// The fact is at most this; equal passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Number>,
    /// The fact is `true`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub must_be_met: Option<bool>,
}

/// A minimum for the total score (minimumscore); equal passes (C-546/16 Montte).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TotalThresholdInput {
    /// The least total, in the unit of the method's total, that stays in the ranking.
    pub minimum_points: Number,
}

/// Where and how scores are rounded (afronding).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoundingInput {
    /// At which stage.
    pub stage: RoundingStageInput,
    /// Decimals that stay, 0 to 10. Left out when the stage is `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 10)]
    pub decimals: Option<u32>,
    /// How a half is rounded. Left out: half up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<RoundingModeInput>,
}

/// The stage at which scores are rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RoundingStageInput {
    /// The weighted score of each criterion, before the sum.
    Criterion,
    /// The total, after the exact sum.
    Total,
    /// The share of its weight that a criterion earns, before it is multiplied with the weight.
    Share,
    /// The price as it counts, after discounts or over the life cycle.
    Price,
    /// Nowhere.
    None,
}

/// How a half is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RoundingModeInput {
    /// Away from zero (DIN 1333, commercial rounding): 0.125 becomes 0.13.
    HalfUp,
    /// To the even neighbour (banker's rounding): 0.125 becomes 0.12.
    HalfEven,
}

/// What happens to the scores of the others when a ranked bidder drops out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DropOutInput {
    /// The scores stay as they are; the next in rank moves up.
    KeepRanking,
    /// The scores are computed again without the bidder.
    Recompute,
}

/// One step in the decision of equal totals (gelijke scores).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TieStepInput {
    /// What decides.
    pub by: TieRuleInput,
    /// The criterion whose score decides, when `by` is `criterion`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<String>,
}

/// What decides a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TieRuleInput {
    /// The better score on one criterion or group.
    Criterion,
    /// The lower real price.
    LowestPrice,
    /// The earlier moment of receipt.
    EarliestBid,
    /// A drawing of lots in attendance (loting, ARW 2016 art. 2.63.3); always the last step.
    Lot,
}

/// What a price of zero does in a formula that divides by a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ZeroPriceInput {
    /// The evaluation stops with an error.
    Refuse,
    /// The bid of zero takes all price points, the others get none.
    TakesAll,
}

/// How individual scores of assessors become one score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssessmentInput {
    /// The consensus score of the session, or what is calculated from the individual scores.
    pub combine: ScoreCombinationInput,
    /// Flags a criterion where highest and lowest individual score differ by more than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flag_spread_above: Option<Number>,
    /// A score that is calculated is rounded to so many decimals before it is weighed. Left out: not rounded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 10)]
    pub decimals: Option<u32>,
    /// How a half is rounded there. Left out: half up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<RoundingModeInput>,
}

/// How individual scores become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ScoreCombinationInput {
    /// The score that the assessors agreed on; individual scores are shown beside it.
    Consensus,
    /// The mean of the individual scores.
    Mean,
    /// The median of the individual scores; of an even number, the mean of the middle two.
    Median,
    /// The mean without the highest and the lowest individual score; needs three assessors.
    TrimmedMean,
}

impl ScoreCombinationInput {
    /// Whether the score follows from the individual ones, so that none is agreed on.
    #[must_use]
    pub fn is_calculated(self) -> bool {
        self != ScoreCombinationInput::Consensus
    }
}

/// The rules around the PSO level (Prestatieladder Socialer Ondernemen).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PsoRulesInput {
    /// A ladder that comes with Trede: `pso-2023` (five levels and 30+) or `pso-before-2023` (four levels).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ladder_version: Option<String>,
    /// A ladder of one's own, instead of `ladderVersion`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ladder: Option<LadderInput>,
    /// How levels of other ladder versions count on this ladder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mappings: Vec<LevelMappingInput>,
    /// The date on which a level counts (peildatum).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level_counts_on: Option<LevelDateInput>,
    /// Which level a consortium (combinatie) has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consortium_rule: Option<ConsortiumRuleInput>,
    /// How an equivalent proof is assessed (gelijkwaardigheid; dir. 2014/24 art. 43, C-368/10). Without this
    /// text a bid cannot claim equivalence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equivalence: Option<String>,
    /// The link of the level to the subject matter (verband met het voorwerp; Aw 2012 art. 2.115).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motivation: Option<String>,
}

/// A ladder version (ladderversie): its levels from lowest to highest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LadderInput {
    /// Name of the version.
    pub version: String,
    /// The levels, lowest first. No level at all comes before the first and needs no row.
    #[schema(min_items = 1, max_items = 50)]
    pub levels: Vec<LadderLevelInput>,
}

/// A level (trede) of a ladder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LadderLevelInput {
    /// Code, such as `trede-2`.
    pub code: String,
    /// Dutch name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// How a level of another ladder version counts on the tender's ladder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LevelMappingInput {
    /// The other ladder version.
    pub from_version: String,
    /// The level there.
    pub from_level: String,
    /// The level here.
    pub to_level: String,
}

/// The date on which a level counts (peildatum).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LevelDateInput {
    /// The closing date of the bids.
    Bid,
    /// The date of the award decision.
    Award,
}

/// Which level a consortium (combinatie) has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConsortiumRuleInput {
    /// That of the lead member (penvoerder).
    Lead,
    /// The lowest of the members.
    Lowest,
    /// The highest of the members.
    Highest,
    /// The scores of the members' levels, weighted by their share in the contract.
    Weighted,
}
