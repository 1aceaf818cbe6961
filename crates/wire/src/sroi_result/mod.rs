//! The result of valuing an SROI file: ratio, payback, sensitivity and explanation, as data.

mod build;

pub use build::{value_map_of, value_sroi};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::score_result::{FindingResult, TermResult};
use crate::sroi_file::ConventionInput;

/// What a value map amounts to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SroiResult {
    /// SHA-256 of the canonical file (RFC 8785).
    pub fingerprint: String,
    /// Title (titel).
    pub title: String,
    /// The version of the policy by which outcomes are valued (beleidsversie).
    pub policy_version: String,
    /// The year whose prices are used (prijspeil).
    pub price_year: i32,
    /// The discount rate in percent a year (discontovoet).
    pub rate_percent: String,
    /// Since when the rate holds (geldig vanaf).
    pub rate_valid_from: NaiveDate,
    /// The convention of discounting (conventie).
    pub convention: ConventionInput,
    /// Total inputs I, in euros (investering).
    pub inputs: FigureResult,
    /// What each outcome amounts to (effecten).
    pub outcomes: Vec<OutcomeResult>,
    /// The impact of year 1 of all outcomes, V1, in euros.
    pub impact: FigureResult,
    /// Total present value TPV, in euros (totale contante waarde).
    pub total_present_value: FigureResult,
    /// Net present value NPV = TPV − I, in euros (netto contante waarde).
    pub net_present_value: FigureResult,
    /// The SROI ratio TPV / I; left out without inputs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sroi_ratio: Option<FigureResult>,
    /// The net SROI ratio NPV / I; left out without inputs. Tools publish one under the other's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub net_sroi_ratio: Option<FigureResult>,
    /// Payback in months, as if the impact of year 1 went on (terugverdientijd); left out if never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payback_months_simple: Option<FigureResult>,
    /// Payback in years, when the cumulated impact reaches the inputs; left out if never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payback_years_cumulative: Option<FigureResult>,
    /// How the ratio moves with each assumption (gevoeligheid); left out without inputs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sensitivity: Option<SensitivityResult>,
    /// What a reader should ask about.
    pub warnings: Vec<FindingResult>,
    /// How the ratio may not be used.
    pub notes: Vec<String>,
    /// Every step of the calculation, when asked for (berekening).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Vec<SroiStepResult>>,
}

/// A number as it is reported, and exactly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FigureResult {
    /// Rounded half up to two decimals.
    pub rounded: String,
    /// Before rounding; where it has no finite decimal, to 28 significant digits.
    pub exact: String,
}

/// What one outcome amounts to, in euros.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeResult {
    /// Identifier.
    pub id: String,
    /// Gross value G = q·p, a year (bruto waarde).
    pub gross: FigureResult,
    /// Impact in year 1, V1.
    pub impact: FigureResult,
    /// Its years.
    pub years: Vec<YearResult>,
    /// Present value over all years (contante waarde).
    pub present_value: FigureResult,
}

/// One year of an outcome, in euros.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct YearResult {
    /// The year since the start of the study, from 1; a later start is in it.
    pub year: u32,
    /// Impact V_t.
    pub impact: FigureResult,
    /// Present value.
    pub present_value: FigureResult,
}

/// How the ratio moves with the assumptions (gevoeligheid).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SensitivityResult {
    /// The lowest ratio over all variations; left out where nothing was varied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lowest_ratio: Option<FigureResult>,
    /// The highest ratio over all variations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highest_ratio: Option<FigureResult>,
    /// Each assumption, while all others stay.
    pub assumptions: Vec<AssumptionResult>,
}

/// What one assumption does to the ratio.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AssumptionResult {
    /// The outcome that it belongs to; left out for the discount rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// The assumption: `quantity`, `proxy`, `deadweight`, `displacement`, `attribution`, `drop-off`, `rate`.
    pub assumption: String,
    /// Its declared value: percent for a share, euros for a proxy.
    pub declared: String,
    /// The lower value that was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lower: Option<String>,
    /// The ratio there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio_at_lower: Option<FigureResult>,
    /// The higher value that was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub higher: Option<String>,
    /// The ratio there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio_at_higher: Option<FigureResult>,
    /// The value at which the ratio is 1 (omslagpunt); left out when no possible value does that. For the
    /// drop-off and the rate it is good to a millionth of a percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub break_even: Option<FigureResult>,
}

/// One step of the calculation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SroiStepResult {
    /// The outcome that the step belongs to, if it belongs to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Code of the rule, such as `sroi-impact`.
    pub rule: String,
    /// What the rule is, in words.
    pub name: String,
    /// The formula with its symbols.
    pub formula: String,
    /// The numbers in it, in the order of the formula.
    pub terms: Vec<TermResult>,
    /// The formula with the numbers filled in.
    pub calculation: String,
    /// What comes out; where it has no finite decimal, to 28 significant digits.
    pub result: String,
    /// Where the rule comes from.
    pub source: String,
}
