//! Discounts on the price, and price sheets, on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::number::Number;

/// What a criterion takes off the price in the comparison (fictieve korting), instead of earning points: a share of a
/// full score takes off its share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DiscountInput {
    /// The unit.
    pub measure: DiscountMeasureInput,
    /// What a full score takes off.
    pub most: Number,
    /// A percentage takes off no more than so many euros (plafond).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Number>,
}

/// The unit of a discount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DiscountMeasureInput {
    /// Percent of the price.
    Percent,
    /// Euros.
    Amount,
}

/// From which price several discounts in percent are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DiscountsInput {
    /// Each from what the one before left, in the order of the criteria.
    OneAfterAnother,
    /// Each from the price that was bid, so that percentages add up.
    EachOnBid,
}

/// A price sheet (inschrijfstaat): the price is the sum of the bidder's unit prices times the buyer's quantities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PriceSheetInput {
    /// The lines; bids give the unit price of each in `prices`, by its identifier, with up to 6 decimals.
    #[schema(min_items = 1, max_items = 2000)]
    pub lines: Vec<SheetLineInput>,
    /// Each line is rounded half up to so many decimals before the sum. Left out: not rounded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 10)]
    pub line_decimals: Option<u32>,
}

/// A line of a price sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SheetLineInput {
    /// Identifier under which bids give the unit price; unique in the lot.
    #[schema(min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    pub id: String,
    /// What is priced, and in which unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How many units the buyer counts with.
    pub quantity: Number,
}
