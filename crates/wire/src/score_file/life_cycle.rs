//! Life-cycle cost on the wire: what the buyer declares of the periods, and what a bid costs in them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::date::optional_day;
use crate::json::unique_keys;
use crate::number::Number;

/// The periods and the rate of a life-cycle cost: P0 + Σ C_t/(1+r)^t − residual/(1+r)^n, t = 1…n, at the end of each
/// period. Give exactly one of `years`, `periodDays` and `periodMonths`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LifeCycleTermsInput {
    /// The number of whole years n.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 100)]
    pub years: Option<u32>,
    /// The length of each period in days of a year of 365, such as a first part of a year, whole years and a rest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 200, value_type = Vec<i64>)]
    pub period_days: Vec<u32>,
    /// The length of each period in months.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 200, value_type = Vec<i64>)]
    pub period_months: Vec<u32>,
    /// The discount rate r in percent a year (discontovoet).
    pub rate_percent: Number,
    /// How interest is counted over a part of a year. Left out: compound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discounting: Option<DiscountingInput>,
    /// The day from which dates of payments count.
    #[serde(default, deserialize_with = "optional_day", skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<NaiveDate>,
    /// `true`: an amount may be below zero, which is a saving (besparing).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub savings: bool,
    /// What bidders answer with how much it uses, such as litres per kilometre.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub usage: Vec<UsageInput>,
}

/// How interest is counted over a part of a year (rente).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = LifeCycleInterestInput)]
pub enum DiscountingInput {
    /// (1 + r)^(d/365) or (1 + r)^(m/12), to 20 decimals.
    Compound,
    /// 1 + r × d/365 in each period; whole years after a date or number of months are compound.
    Simple,
}

/// A use that costs: use per unit × quantity × cost of one use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UsageInput {
    /// Identifier under which bids answer in `usage`.
    #[schema(min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    pub id: String,
    /// What is used, and in which unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How many units the buyer needs, such as kilometres.
    pub quantity: Number,
    /// What one use costs in euros, with up to 10 decimals.
    pub unit_cost: Number,
    /// Whether it returns. Left out: each year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<UsageTimingInput>,
}

/// Whether a use returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UsageTimingInput {
    /// The quantity is that of a year; a shorter period bears its part.
    EachYear,
    /// The quantity is that of the whole life, and is not discounted.
    Once,
}

/// The costs of one bid over the life cycle, in euros.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LifeCycleInput {
    /// The purchase, P0.
    pub purchase: Number,
    /// The same cost each year; a period that is no year bears its part. Or use `yearly`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annual: Option<Number>,
    /// The cost of period 1, 2, … n.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub yearly: Vec<Number>,
    /// The residual value at the end (restwaarde). Left out: 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residual: Option<Number>,
    /// Costs and savings at one moment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 200)]
    pub payments: Vec<PaymentInput>,
    /// The use by line of the model.
    #[serde(default, deserialize_with = "unique_keys", skip_serializing_if = "BTreeMap::is_empty")]
    pub usage: BTreeMap<String, Number>,
}

/// A cost, or a saving below zero, at one moment: give exactly one of `on`, `afterDays`, `afterMonths` and `inPeriod`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PaymentInput {
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The amount in euros, with up to 10 decimals; below zero where the model counts savings.
    pub amount: Number,
    /// How many times the amount, such as pieces at a cost per piece. Left out: once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Number>,
    /// The amount is that of a year, and this many days of 365 count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 36500)]
    pub days: Option<u32>,
    /// The amount is that of a year, and this many months count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 1200)]
    pub months: Option<u32>,
    /// The day on which it falls; counts from `startsOn`.
    #[serde(default, deserialize_with = "optional_day", skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// It falls so many days after the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 36500)]
    pub after_days: Option<u32>,
    /// It falls so many months after the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 1200)]
    pub after_months: Option<u32>,
    /// It falls at the end of this period, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 200)]
    pub in_period: Option<u32>,
}
