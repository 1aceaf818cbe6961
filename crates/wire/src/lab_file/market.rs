//! The market of a study on the wire: kinds of bidders, what they draw, and what goes together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::json::unique_keys;
use crate::number::Number;
use crate::score_file::FactInput;

/// The market (markt): who bids, and what goes together with what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MarketInput {
    /// The kinds of bidders (soorten inschrijvers).
    #[schema(min_items = 1, max_items = 20)]
    pub bidders: Vec<BidderKindInput>,
    /// What goes together within one bid (samenhang), such as quality and price. Left out: nothing does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub correlations: Vec<CorrelationInput>,
    /// What all bids of one tender share (gedeeld), such as strict assessors. Left out: nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<SharedInput>,
}

/// A kind of bidder (soort inschrijver): what such a bidder draws on each criterion.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BidderKindInput {
    /// Identifier; unique in the market.
    #[schema(min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    pub id: String,
    /// What such a bidder is called, in the singular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How many of them there are.
    #[schema(minimum = 1, maximum = 50)]
    pub count: u32,
    /// The chance that each of them bids, in percent. Left out: they all do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takes_part_percent: Option<Number>,
    /// The price in euros, where a model has one price criterion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<DrawInput>,
    /// The prices by criterion, where a model has several.
    #[serde(default, deserialize_with = "unique_keys", skip_serializing_if = "BTreeMap::is_empty")]
    pub prices: BTreeMap<String, DrawInput>,
    /// The score by assessed criterion, on its scale.
    #[serde(default, deserialize_with = "unique_keys", skip_serializing_if = "BTreeMap::is_empty")]
    pub scores: BTreeMap<String, DrawInput>,
    /// The chance of each PSO level; together 100 percent. Left out: no level.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<LevelChanceInput>,
    /// The offer by commitment criterion, in its measure. Left out: no commitment.
    #[serde(default, deserialize_with = "unique_keys", skip_serializing_if = "BTreeMap::is_empty")]
    pub commitments: BTreeMap<String, DrawInput>,
    /// The number by numeric criterion and by knock-out with a bound.
    #[serde(default, deserialize_with = "unique_keys", skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, DrawInput>,
    /// The chance that a knock-out is met, in percent. Left out: it always is.
    #[serde(default, deserialize_with = "unique_keys", skip_serializing_if = "BTreeMap::is_empty")]
    pub requirements: BTreeMap<String, Number>,
    /// Bids of earlier tenders (eerdere inschrijvingen): each bidder of this kind is one of them, drawn whole, so that
    /// what went together in them still does. In the place of all draws above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    pub past: Vec<PastBidInput>,
}

/// The chance of a PSO level (kans op een trede).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LevelChanceInput {
    /// The code of the level on the ladder, or `none`.
    pub level: String,
    /// How many of a hundred such bidders have it.
    pub percent: Number,
    /// By how many percent the price of a bidder with this level is higher (opslag); below zero: lower. Left out: it
    /// is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub premium_percent: Option<Number>,
}

/// A bid of an earlier tender (eerdere inschrijving), as it would come in on this one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PastBidInput {
    /// The price in euros, brought to the size of this contract.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Number>,
    /// The prices by criterion, where a model has several.
    #[serde(default, deserialize_with = "unique_keys", skip_serializing_if = "BTreeMap::is_empty")]
    pub prices: BTreeMap<String, Number>,
    /// The score by assessed criterion.
    #[serde(default, deserialize_with = "unique_keys", skip_serializing_if = "BTreeMap::is_empty")]
    pub scores: BTreeMap<String, Number>,
    /// The PSO level that counted. Left out: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The offer by commitment criterion.
    #[serde(default, deserialize_with = "unique_keys", skip_serializing_if = "BTreeMap::is_empty")]
    pub commitments: BTreeMap<String, Number>,
    /// The facts by numeric criterion and knock-out.
    #[serde(default, deserialize_with = "unique_keys", skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, FactInput>,
}

/// What a number is drawn from (verdeling). The shape says which of the other fields belong to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DrawInput {
    /// The shape.
    pub shape: ShapeInput,
    /// `uniform`, `triangular`, `normal`: the least that is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Number>,
    /// `uniform`, `triangular`, `normal`: the most that is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Number>,
    /// `triangular`: what is drawn most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Number>,
    /// `normal`: the mean, before what lies outside `from` and `to` is brought to the nearer of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean: Option<Number>,
    /// `normal`: the standard deviation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<Number>,
    /// `values`: the numbers that are drawn, each as often.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    pub values: Vec<Number>,
    /// Decimals to which a draw is rounded before it enters the calculation, 0 to 6. Left out with `values`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 6)]
    pub decimals: Option<u32>,
}

/// The shape of a draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ShapeInput {
    /// Every number between two bounds as often (uniform).
    Uniform,
    /// Most around one number, less towards both bounds (driehoek).
    Triangular,
    /// A bell around a mean (normaal), cut off at two bounds.
    Normal,
    /// One of a list of numbers; one number alone is fixed.
    Values,
}

/// What goes together within one bid (samenhang).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CorrelationInput {
    /// Two of: `price`, `level`, and the identifiers of criteria.
    #[schema(value_type = Vec<String>, min_items = 2, max_items = 2)]
    pub between: [String; 2],
    /// From -1 to 1: the correlation of the normal scores of both (Gaussian copula).
    pub coefficient: Number,
}

/// What the bids of one tender share (gedeeld).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SharedInput {
    /// `price`, `level`, or the identifier of a criterion.
    pub of: String,
    /// From 0 to 1: the correlation between any two bids of one tender.
    pub coefficient: Number,
}
