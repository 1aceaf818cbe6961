//! The result of scoring a file: rankings, explanation, award factors and analyses, as data.

mod analysis;
mod build;
mod explanation;
mod fans;
mod lot_awards;
mod step;
mod without;

pub use analysis::{
    AnalysisResult, CommitmentMargin, DropOutResult, IntervalResult, LevelWorthResult, MarginResult,
    ScoreMarginResult, StabilityResult, VariedKind,
};
pub use build::{Failure, ResultOptions, score, score_whatever_size};
pub use fans::{
    FanChangeResult, FanLineResult, FanResult, LotFansResult, WeightFansResult, score_weight_fans,
};
pub(super) use step::fraction;
pub use step::{LanguageCode, StepResult, TermResult};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::score_file::TenderInput;

/// The result of scoring a tender.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScoreResult {
    /// The version of the engine that scored.
    pub engine_version: String,
    /// SHA-256 of the canonical input (RFC 8785, decimals normalised, lots and bids by identifier).
    // Not `inputFingerprint`: the API Design Rules' linter takes a key with `put` in it for a method.
    #[serde(rename = "fingerprint")]
    pub input_fingerprint: String,
    /// The facts of the tender, as they were given.
    pub tender: TenderInput,
    /// The result of each lot, by identifier.
    pub lots: Vec<LotResult>,
    /// Which bid gets each lot under the limit on lots for one bidder, in the order of the file; left out where there
    /// is no limit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lot_awards: Vec<LotAwardResult>,
}

/// What becomes of a lot under the limit on lots for one bidder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LotAwardResult {
    /// Identifier of the lot.
    pub lot: String,
    /// The bid that gets it; left out where nobody is left, or lots must be drawn first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bid: Option<String>,
    /// Better bids whose bidder keeps its most lots elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed_over: Vec<String>,
    /// `true`: equal bids wait for a drawing of lots, which can change what becomes of the other lots.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waits_for_drawing: bool,
}

/// The result of one lot (perceel).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LotResult {
    /// Identifier.
    pub id: String,
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The award method.
    pub method: String,
    /// Whether the highest or the lowest total wins.
    pub best_total: BestTotal,
    /// What the ranking says.
    pub status: LotStatus,
    /// The bids on the first place: one, or those that wait for a drawing of lots.
    pub first: Vec<String>,
    /// Who wins and who stands by, where the award model says how many; left out where one bid wins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub winners: Option<WinnersResult>,
    /// The ranked bids, best first; equal ranks are 1, 1, 3.
    pub ranking: Vec<BidResult>,
    /// The bids that are not ranked, with the reason.
    pub excluded: Vec<ExcludedResult>,
    /// Bids with equal totals, and what decided between them.
    pub ties: Vec<TieResult>,
    /// Flags on abnormally low bids: ask the bidder first, never reject on the flag.
    pub abnormally_low: Vec<AbnormallyLowResult>,
    /// How the bounds for low bids came about that are drawn from all bids, when asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub low_bid_steps: Vec<StepResult>,
    /// What the makers and readers of this result must know.
    pub warnings: Vec<FindingResult>,
    /// The lowest ratio inside the corridor, for the extended ratio.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corridor_from: Option<String>,
    /// How firmly the ranking stands, when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub analysis: Option<AnalysisResult>,
}

/// Who wins a lot that several can win, and who stands by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WinnersResult {
    /// The most bids that can win.
    pub maximum: usize,
    /// The bids that win, best first.
    pub bids: Vec<String>,
    /// The bids that stand by, best first (wachtlijst).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reserves: Vec<String>,
    /// Equal bids of which it matters who comes first: they wait for a drawing of lots.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<String>,
}

/// Which total wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BestTotal {
    /// The highest.
    Highest,
    /// The lowest.
    Lowest,
}

/// What the ranking of a lot says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LotStatus {
    /// One bid is first; where several win, it is known which.
    Decided,
    /// Bids on the first place wait for a drawing of lots (loting); where several win, bids whose order matters.
    TieOpen,
    /// No bid is left to rank.
    NoBidLeft,
}

/// A ranked bid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BidResult {
    /// Identifier.
    pub id: String,
    /// Name of the bidder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bidder: Option<String>,
    /// Rank (rang): 1, 1, 3 …
    pub rank: usize,
    /// Which group of equal totals the bid is in, counted from 1; the groups stand in `ties`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tie_group: Option<usize>,
    /// The total.
    pub total: TotalResult,
    /// The PSO level that counts, where a criterion scores it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The price that is paid, in euros; the evaluated price may differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
    /// The price as it is scored, after a fictitious discount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discounted_price: Option<String>,
    /// The scores by criterion.
    pub criteria: Vec<CriterionResult>,
    /// The scores by group of criteria.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupResult>,
    /// The award factor (gunningsfactor), where the model scores a level or a commitment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub award_factor: Option<AwardFactorResult>,
    /// Every step of the calculation, when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Vec<StepResult>>,
}

/// A total: exact, and as it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TotalResult {
    /// Before rounding; where it has no finite decimal, to 28 significant digits.
    pub exact: String,
    /// The exact total as a fraction, where it has no finite decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fraction: Option<String>,
    /// After the declared rounding: what the ranking follows.
    pub declared: String,
}

/// The score of a bid on one criterion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CriterionResult {
    /// Identifier.
    pub id: String,
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What a full score earns: the weight, or the value in euros.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full: Option<String>,
    /// The answer that was scored.
    pub raw: String,
    /// The normalised score: the share of a full score.
    pub normalised: String,
    /// The weighted score before rounding.
    pub weighted: String,
    /// The weighted score as a fraction, where it has no finite decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fraction: Option<String>,
    /// The weighted score as it counts.
    pub declared: String,
}

/// The score of a bid on a group of criteria.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GroupResult {
    /// Identifier.
    pub id: String,
    /// What full scores earn.
    pub full: String,
    /// The sum of the criteria as they count.
    pub declared: String,
}

/// The award factor (gunningsfactor) of a bid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AwardFactorResult {
    /// From the PSO level.
    pub level: FactorResult,
    /// From the social return commitments.
    pub commitments: FactorResult,
    /// From both together.
    pub together: FactorResult,
}

/// What an advantage adds and what it is worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FactorResult {
    /// By how much the total is better than without it, in the unit of the total; left out where there is no total
    /// without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// The price reduction in euros that gives the same total without it, half up to the cent; left out where
    /// no reduction does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub euros: Option<String>,
    /// Why one of them is left out: `no-other-points` or `no-price`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<ReasonResult>,
}

/// A bid that is not ranked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExcludedResult {
    /// Identifier.
    pub id: String,
    /// Name of the bidder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bidder: Option<String>,
    /// Every reason.
    pub reasons: Vec<ReasonResult>,
    /// The scores by criterion that its own answers decide.
    pub criteria: Vec<CriterionResult>,
}

/// Why a bid is not ranked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReasonResult {
    /// Code, such as `knock-out` or `threshold`.
    pub code: String,
    /// In words.
    pub detail: String,
}

/// Bids with equal totals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TieResult {
    /// The bids, in ranking order.
    pub bids: Vec<String>,
    /// The declared step that told them apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// Bids that are still equal and wait for a drawing of lots.
    pub open: Vec<String>,
    /// What the record of that drawing must hold (ARW 2016 art. 2.63.3).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required_record: Vec<String>,
}

/// A flag on an abnormally low bid (abnormaal lage inschrijving).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AbnormallyLowResult {
    /// Identifier of the bid.
    pub id: String,
    /// The rule, as it is declared, such as `below-mean-of-others`.
    pub rule: String,
    /// The declared bound in percent, euros or standard deviations; of a threshold of discounts, what it came to.
    pub bound: String,
    /// The price of the bid.
    pub price: String,
    /// The mean, median, estimate, next price or amount that it was held against, or the price at the threshold.
    pub against: String,
    /// What must be done first: always `request-explanation` (Aw 2012 art. 2.116).
    pub required_step: String,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FindingResult {
    /// Code, such as `weights-do-not-sum`.
    pub code: String,
    /// `error` or `warning`.
    pub severity: String,
    /// JSON pointer in the file.
    pub pointer: String,
    /// What was found.
    pub detail: String,
    /// What would be right.
    pub remedy: String,
}
