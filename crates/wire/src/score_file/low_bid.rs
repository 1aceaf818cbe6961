//! Rules that flag abnormally low bids, on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::number::Number;

/// A rule that flags a bid as abnormally low (abnormaal laag); inclusive at the bound, unless it says `strictly`.
///
/// The rule says which of the other fields belong to it; a field of another rule is an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AbnormallyLowInput {
    /// What the price is held against.
    pub rule: AbnormallyLowRuleInput,
    /// The share in percent by which the price lies below the mean, median, estimate or next price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Number>,
    /// The buyer's own bound in euros, when the rule is `below-amount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Number>,
    /// Which prices of the other bids are compared with; `initial` needs `initialPrice` on the bids.
    /// Left out: final.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compared_with: Option<AmountListInput>,
    /// The rule holds from so many ranked bids on, as rules by the number of bids do. Left out: any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 20000)]
    pub from_bids: Option<u32>,
    /// The rule holds up to so many ranked bids. Left out: any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 20000)]
    pub to_bids: Option<u32>,
    /// `true`: a price at the bound is not flagged, only one below it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub strictly: bool,
    /// The buyer's estimate or base price in euros: of `below-estimate` and `above-discount-threshold`; with
    /// `below-mean` it counts in the mean as one price more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Number>,
    /// `below-mean` and `above-discount-threshold`: so many percent of the bids, rounded up, leave the mean at each
    /// end (taglio delle ali).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trim_percent: Option<Number>,
    /// `below-mean`: bids so many percent above the first mean leave it, and a second mean is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leave_out_above_percent: Option<Number>,
    /// `below-mean` with `leaveOutAbovePercent`: where fewer than so many stay, the second mean is over so many
    /// lowest. Left out: 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 20000)]
    pub at_least_bids: Option<u32>,
    /// `below-deviations`: so many standard deviations below the mean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviations: Option<Number>,
    /// `below-deviations`: `true` divides by n − 1 instead of n.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sample: bool,
    /// `above-discount-threshold`: the threshold is lowered by the mean excess times the product of the first two
    /// decimals of the sum of discounts, in percent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decrement: bool,
    /// `above-discount-threshold`: where the mean excess is at most so many percent of the mean, the threshold is
    /// the mean and `addPercent` of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub small_spread_percent: Option<Number>,
    /// `above-discount-threshold`, with `smallSpreadPercent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add_percent: Option<Number>,
    /// `above-discount-threshold`: each mean is rounded half up to so many decimals. Left out: not rounded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 10)]
    pub mean_decimals: Option<u32>,
}

/// What a price is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AbnormallyLowRuleInput {
    /// 1 − P / mean(prices of the others) ≥ percent.
    BelowMeanOfOthers,
    /// 1 − P / mean(all prices, the bid's own included) ≥ percent.
    BelowMean,
    /// 1 − P / next higher price ≥ percent.
    BelowNext,
    /// P ≤ amount.
    BelowAmount,
    /// 1 − P / median(all prices) ≥ percent.
    BelowMedian,
    /// 1 − P / estimate ≥ percent.
    BelowEstimate,
    /// P ≤ mean − deviations × standard deviation.
    BelowDeviations,
    /// The discount on the base price is at or above the mean of the discounts and their mean excess (soglia di
    /// anomalia).
    AboveDiscountThreshold,
}

/// A list of prices of the bids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AmountListInput {
    /// The prices as first offered, before an auction or negotiation.
    Initial,
    /// The prices that are scored.
    Final,
}
