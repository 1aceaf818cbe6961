//! The result of a study in the laboratory, as data: how award models behave on a market.

mod effect;
mod figures;

pub use effect::{GainedResult, LevelEffectResult};
pub use figures::{MeanResult, ShareResult, SpreadResult};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::score_result::FindingResult;

/// The result of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LabResult {
    /// The version of the engine that scored.
    pub engine_version: String,
    /// SHA-256 of the canonical study (RFC 8785), seed and number of tenders included.
    pub fingerprint: String,
    /// Title.
    pub title: String,
    /// What the market rests on, as it was given.
    pub assumptions: Vec<String>,
    /// The seed of chance.
    pub seed: u32,
    /// How many tenders were imagined.
    pub tenders: u32,
    /// One for each model, in the order of the file.
    pub models: Vec<LabModelResult>,
    /// Price against social value, the cheapest first.
    pub frontier: Vec<FrontierPoint>,
    /// How the figures are to be read.
    pub notes: Vec<String>,
}

/// How one model behaves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LabModelResult {
    /// Identifier.
    pub id: String,
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The award method.
    pub method: String,
    /// In how many tenders a bid was first.
    pub awarded: ShareResult,
    /// In how many a drawing of lots chose among equal bids.
    pub drawn_by_lot: ShareResult,
    /// In how many the method had no value for a price that was drawn.
    pub unscored: ShareResult,
    /// What the buyer pays the winner, in euros.
    pub price: SpreadResult,
    /// The PSO level of the winner, in steps on the ladder; left out where no bidder has a level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<MeanResult>,
    /// What the winner commits to in euros: percentages of its price and amounts together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commitment_euros: Option<SpreadResult>,
    /// What the winner commits to by criterion, in its measure.
    pub commitments: Vec<CommitmentResult>,
    /// How often each kind of bidder wins.
    pub winners: Vec<KindResult>,
    /// How often each PSO level wins.
    pub levels: Vec<LevelResult>,
    /// What it brings and costs that the level counts; left out where no criterion scores it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level_effect: Option<LevelEffectResult>,
    /// In how many tenders another bid would win if one that did not win dropped out and the scores were computed again.
    pub drop_out_turns: ShareResult,
    /// In how many one point of one assessor decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessor_point_decides: Option<ShareResult>,
    /// How often a corridor is hit; left out where the model has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corridor: Option<CorridorResult>,
    /// Why bids were not ranked.
    pub excluded: Vec<ExcludedShare>,
    /// What decides in fact, in the order of the model.
    pub criteria: Vec<DecisiveResult>,
    /// What the makers of this model must know.
    pub warnings: Vec<FindingResult>,
    /// What a buyer can put into the award guide (gunningsleidraad), by paragraph.
    pub guide: Vec<String>,
}

/// A kind of bidder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KindResult {
    /// Identifier.
    pub id: String,
    /// What such a bidder is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How many of them there are.
    pub count: u32,
    /// In how many tenders one of them wins.
    pub wins: ShareResult,
    /// How many of their bids were ranked.
    pub ranked: ShareResult,
    /// What they are paid when they win, in euros.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<MeanResult>,
}

/// A PSO level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LabLevelResult)]
pub struct LevelResult {
    /// The code of the level, or `none`.
    pub level: String,
    /// How many of the bids had it.
    pub bids: ShareResult,
    /// In how many tenders a bid with it wins.
    pub wins: ShareResult,
    /// How many of the bids with it win.
    pub chance: ShareResult,
}

/// A commitment of the winner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommitmentResult {
    /// Identifier of the criterion.
    pub id: String,
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// `percentage`, `amount` or `places`.
    pub measure: String,
    /// How much, in the measure.
    pub offer: SpreadResult,
}

/// How often prices meet the ends of a corridor, or ratios lie in one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CorridorResult {
    /// How many bids have a price below `fullPointsAt`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below: Option<ShareResult>,
    /// How many bids have a price above `zeroPointsAt`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub above: Option<ShareResult>,
    /// In how many tenders a price lies outside; with `extended-ratio`: in how many there are several bids inside, so
    /// that the second criterion decides.
    pub tenders: ShareResult,
}

/// How many bids were not ranked for one reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExcludedShare {
    /// The code of the reason, such as `knock-out`.
    pub code: String,
    /// How many of the bids.
    pub bids: ShareResult,
}

/// What a criterion decides in fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DecisiveResult {
    /// Identifier.
    pub id: String,
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its weight as a share of all weights, in percent; left out where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight_percent: Option<String>,
    /// Its share of the variance of the differences between totals, in percent; below zero where it works against the
    /// outcome. Left out where price and quality multiply, and where no two totals differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decides_percent: Option<String>,
    /// In how many tenders another bid would have the best total without it.
    pub turns: ShareResult,
}

/// A model as a point of price against social value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FrontierPoint {
    /// Identifier of the model.
    pub id: String,
    /// What the buyer pays in the mean, in euros.
    pub price: String,
    /// The level of the winner in the mean, in steps on the ladder.
    pub level: String,
    /// The commitments of the winner in the mean, in euros.
    pub commitment_euros: String,
    /// The places that the winner commits to, in the mean.
    pub places: String,
    /// Whether no other model costs as little or less and yields as much or more of everything, and differs.
    pub on_frontier: bool,
}
