//! What it costs and brings that the PSO level counts: the same draws, once with it and once without.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{MeanResult, ShareResult, SpreadResult};

/// The winner with the level, less the winner of the same bids without it (effect van de trede).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LevelEffectResult {
    /// In how many tenders another bid wins because the level counts.
    pub changes_winner: ShareResult,
    /// How many steps on the ladder the winner stands higher.
    pub levels: MeanResult,
    /// How much more the buyer pays, in euros; below zero: less.
    pub price: SpreadResult,
    /// How much more the winner commits to, in euros.
    pub commitment_euros: SpreadResult,
    /// How many places more the winner commits to; left out where no criterion asks for places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<SpreadResult>,
    /// What one step on the ladder costs in euros: the price over the steps, both in the mean. Left out where the winner
    /// stands no higher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_per_level: Option<String>,
    /// What one step on the ladder brings in commitments, in euros.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commitment_euros_per_level: Option<String>,
    /// The same by the number of steps that the winner stands higher.
    pub by_gain: Vec<GainedResult>,
}

/// The tenders in which the winner stands so many steps higher.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GainedResult {
    /// How many steps higher on the ladder; below zero: lower.
    pub levels: i32,
    /// In how many tenders.
    pub tenders: ShareResult,
    /// How much more the buyer pays in them, in euros.
    pub price: SpreadResult,
    /// How much more the winner commits to in them, in euros.
    pub commitment_euros: SpreadResult,
}
