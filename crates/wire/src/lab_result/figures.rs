//! Figures of a study: shares, means and spreads, each with its sampling error.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How often something happens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ShareResult {
    /// How many times.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// In percent, with 2 decimals.
    pub percent: String,
    /// The sampling error in percentage points: with another seed the figure lies within it 19 times out of 20.
    pub margin: String,
}

/// What something is in the mean (gemiddeld).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeanResult {
    /// The mean.
    pub expected: String,
    /// The sampling error of the mean: with another seed it lies within it 19 times out of 20.
    pub margin: String,
}

/// How something is spread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SpreadResult {
    /// The mean.
    pub expected: String,
    /// The sampling error of the mean: with another seed it lies within it 19 times out of 20.
    pub margin: String,
    /// In one of ten tenders it is this or less; good to a thousandth of itself.
    pub p10: String,
    /// In nine of ten tenders it is this or less; good to a thousandth of itself.
    pub p90: String,
}
