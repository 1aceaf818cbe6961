//! The result of measuring a contribution, as data. It is an indicative self-check and never a certificate.

mod build;
mod level;
mod parts;

pub use build::{PsoFailure, PsoResultOptions, measure_file};
pub use level::{
    DirectRoute, DistanceResult, LevelResult, LevelStatus, NormResult, NormSourceCode, PurchaseRoute,
    SupplierRouteResult,
};
pub use parts::{
    AlternativeResult, ChainResult, ContributionStepResult, CountedPurchaseResult, CountedWorkerResult,
    LeftOutCode, NotCountedCode, NotCountedResult, SecondLinkResult, ThirtyPlusResult,
};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::pso_file::OrganisationInput;
use crate::score_result::FindingResult;
use trede_base::exact::{Exact, Half};

/// The version of the calculation: another version that measures the same file may differ.
pub const CONTRIBUTION_VERSION: &str = "1";

/// Decimals of a number that is rounded for reading, as PSO publishes its worked examples.
const READING_DECIMALS: u32 = 3;

/// The social contribution (sociale bijdrage) of an organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PsoResult {
    /// Always true: a computed level is an indicative self-check and never a certificate.
    pub indicative: bool,
    /// The same in words.
    pub notice: String,
    /// The version of the calculation.
    pub contribution_version: String,
    /// SHA-256 of the canonical input (RFC 8785, decimals normalised, lists by identifier).
    // Not `inputFingerprint`: the API Design Rules' linter takes a key with `put` in it for a method.
    #[serde(rename = "fingerprint")]
    pub input_fingerprint: String,
    /// The organisation, as it was given.
    pub organisation: OrganisationInput,
    /// Whether nothing was missing; if something was, `missing` says what, and what that left out.
    pub complete: bool,
    /// The level that the total reaches.
    pub level: LevelResult,
    /// Weighted fte of the target group at work in the organisation.
    pub weighted_fte: QuantityResult,
    /// Direct contribution, in percent of the fte.
    pub direct: QuantityResult,
    /// Purchased fte of the target group (F).
    pub purchased_fte: QuantityResult,
    /// Indirect contribution before the 80/20 rule, in percent.
    pub indirect: QuantityResult,
    /// Indirect contribution as it counts: up to four times the direct one.
    pub counted_indirect: QuantityResult,
    /// Total weighted social contribution, in percent.
    pub total: QuantityResult,
    /// Share of the total that is direct, in percent, which the 80/20 rule keeps at 20 or more. Left out when
    /// the total is zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direct_share: Option<QuantityResult>,
    /// Whether at least one person of the target group is really at work.
    pub somebody_at_work: bool,
    /// The norms for this size and how far each level is, lowest level first.
    pub norms: NormsResult,
    /// The weights that were used.
    pub weights: WeightsResult,
    /// PSO 30+, when the file says how it is measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thirty_plus: Option<ThirtyPlusResult>,
    /// The workers as counted.
    pub workers: Vec<CountedWorkerResult>,
    /// The purchases as counted.
    pub purchases: Vec<CountedPurchaseResult>,
    /// What other suppliers would do, for the orders that were asked about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<AlternativeResult>,
    /// The chain two links deep, when purchases of suppliers were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chain: Option<ChainResult>,
    /// What is not published or not given, and what that left out.
    pub missing: Vec<FindingResult>,
    /// What a reader must know.
    pub warnings: Vec<FindingResult>,
    /// Every step of the calculation, when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Vec<ContributionStepResult>>,
}

/// The norms (normen) that were used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NormsResult {
    /// Name of the version.
    pub version: String,
    /// Where it was published or who set it.
    pub source: String,
    /// Version of the ladder.
    pub ladder_version: String,
    /// The norm of each level for the size of the organisation, lowest level first.
    pub levels: Vec<NormResult>,
}

/// The weights (wegingen) that were used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WeightsResult {
    /// Name of the version.
    pub version: String,
    /// Where it was published.
    pub source: String,
    /// Codes of positions and contract types that the file gave itself, besides or instead of what was
    /// published.
    pub given: Vec<String>,
    /// The positions at inflow of the workers.
    pub positions: Vec<WeightResult>,
    /// The contract types of the workers.
    pub contracts: Vec<WeightResult>,
}

/// The weight (weging) of a position or contract type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WeightResult {
    /// Code, such as `participatiewet`.
    pub code: String,
    /// Dutch name.
    pub name: String,
    /// Weight from 0 to 1; left out when it was not published or given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
}

/// A number: exact, and rounded for reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuantityResult {
    /// Exact; where it has no finite decimal, to 28 significant digits.
    pub exact: String,
    /// The exact number as a fraction, where it has no finite decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fraction: Option<String>,
    /// Half up to 3 decimals, for reading; no level depends on it.
    pub rounded: String,
}

impl QuantityResult {
    /// A number as it is told.
    #[must_use]
    pub fn of(number: &Exact) -> Self {
        let rounded = number.rounded(READING_DECIMALS, Half::Up);
        QuantityResult {
            exact: number.shown(),
            fraction: crate::score_result::fraction(number),
            rounded: rounded.finite().map_or_else(|| rounded.shown(), |decimal| format!("{decimal:.3}")),
        }
    }
}
