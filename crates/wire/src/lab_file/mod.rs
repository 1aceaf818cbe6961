//! The laboratory file: award models and a market to try them on before publication, as `trede lab` and the API take it.

mod market;

pub use market::{
    BidderKindInput, CorrelationInput, DrawInput, LevelChanceInput, MarketInput, PastBidInput, ShapeInput,
    SharedInput,
};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::number::Number;
use crate::score_file::AwardModelInput;

/// A study in the laboratory (laboratorium): one market, and the award models that are tried on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LabFile {
    /// Title (titel).
    pub title: String,
    /// What the market rests on (uitgangspunten), in sentences: they stand above every outcome.
    #[schema(min_items = 1, max_items = 50)]
    pub assumptions: Vec<String>,
    /// The seed of chance (toevalsgetal): the same file with the same seed gives the same result.
    #[schema(format = Int64)]
    pub seed: u32,
    /// How many tenders are imagined (nagebootste aanbestedingen).
    #[schema(minimum = 1000, maximum = 100000)]
    pub tenders: u32,
    /// Whether the value is above the European threshold (boven de Europese drempel).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above_threshold: Option<bool>,
    /// What counts as one point of one assessor. Left out: how often that decides is not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessor_point: Option<AssessorPointInput>,
    /// The award models that are compared (gunningsmodellen), on the same draws.
    #[schema(min_items = 1, max_items = 10)]
    pub models: Vec<LabModelInput>,
    /// Who bids, and what (markt).
    pub market: MarketInput,
}

/// A point of an assessor (beoordelaarspunt): the score of the team is the mean of its assessors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssessorPointInput {
    /// By how much one assessor scores higher or lower, on the scale of the criterion.
    pub points: Number,
    /// How many assessors there are: the score changes by `points` divided by this.
    #[schema(minimum = 1, maximum = 100)]
    pub assessors: u32,
}

/// An award model under study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LabModelInput {
    /// Identifier; unique in the study.
    #[schema(min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    pub id: String,
    /// Title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The model, as it would be published.
    pub award_model: AwardModelInput,
}
