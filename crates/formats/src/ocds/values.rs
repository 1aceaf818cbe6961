//! Amounts, numbers and moments as OCDS writes them.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use rust_decimal::Decimal;
use serde_json::value::RawValue;

use super::release::{Exact, Value};

pub(super) fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

pub(super) fn start_of(day: NaiveDate) -> String {
    moment(day.and_time(NaiveTime::MIN).and_utc())
}

/// The standard asks for the end of the day.
pub(super) fn end_of(day: NaiveDate) -> String {
    format!("{day}T23:59:59Z")
}

pub(super) fn euros(cents: i64) -> Value {
    let amount = exact(Decimal::new(cents, 2)).unwrap_or_else(|| RawValue::NULL.to_owned());
    Value { amount, currency: "EUR" }
}

/// A decimal as a JSON number with its own digits.
pub(super) fn exact(value: Decimal) -> Option<Exact> {
    RawValue::from_string(value.normalize().to_string()).ok()
}
