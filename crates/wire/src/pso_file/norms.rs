//! Norms and weights on the wire.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::number::Number;
use crate::score_file::LadderInput;

/// The norms (normen): the name of a version that comes with Trede, or a table of one's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NormsInput {
    /// Name of the version. `pso-normen-three-levels` comes with Trede and needs no rows.
    #[schema(example = "pso-normen-three-levels")]
    pub version: String,
    /// Where the table was published or who set it; a table of one's own needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The first day for which it is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_from: Option<NaiveDate>,
    /// The ladder of the levels: `pso-2023` or `pso-before-2023`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ladder_version: Option<String>,
    /// A ladder of one's own, instead of `ladderVersion`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ladder: Option<LadderInput>,
    /// Codes of the levels that have norms, lowest first, without a gap on the ladder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub levels: Vec<String>,
    /// The rows, with rising sizes. The last row holds for all larger sizes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    pub rows: Vec<NormRowInput>,
}

/// The norms at one size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NormRowInput {
    /// Size of the organisation in fte.
    pub fte: Number,
    /// The norm of each level, lowest level first, in percent of the fte.
    pub percents: Vec<Number>,
}

/// The weights (wegingen): a version that comes with Trede, and what is given besides or instead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WeightsInput {
    /// `pso-manual-1.7` or `pso-manual-1.9` (the handbook), or with `source` the name of a table of one's own.
    #[schema(example = "pso-manual-1.9")]
    pub version: String,
    /// Where a table of one's own was published, or who set it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The version that a table of one's own starts from; left out: it holds only what is given here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<String>,
    /// The first day for which it is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_from: Option<NaiveDate>,
    /// Positions whose weight or period was not published, or is another here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub positions: Vec<PositionInput>,
    /// Contract types whose weight is another here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub contracts: Vec<ContractInput>,
}

/// A position at inflow (positie bij instroom).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PositionInput {
    /// Code, such as `bbl-bol-2`.
    #[schema(min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    pub code: String,
    /// Dutch name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Weight from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Number>,
    /// Months that it counts from `countsFrom` of the worker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 600)]
    pub counts_for_months: Option<u32>,
    /// Whether it counts as long as it lasts, until `countsUntil` of the worker.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub counts_while_it_lasts: bool,
    /// Whether it counts for PSO 30+.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_for_thirty_plus: Option<bool>,
}

/// A contract type (contractvorm).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContractInput {
    /// Code, such as `secondment`.
    #[schema(min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    pub code: String,
    /// Dutch name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Weight from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Number>,
    /// Who employs, which PSO 30+ asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employment: Option<EmploymentInput>,
}

/// Who employs a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EmploymentInput {
    /// The organisation itself (eigen loonlijst).
    OwnPayroll,
    /// Another, that seconds (detachering).
    Secondment,
    /// Neither.
    Other,
}
