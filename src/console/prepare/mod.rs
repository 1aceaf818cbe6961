//! Puts what was read in the order in which a page shows it: lists flattened, pairs matched, lengths of bars. No
//! rule and no sum of the domain stands here: what a page says was computed by the service.

mod agreement;
mod award;
mod contract;
mod entry;
mod follow;
mod laboratory;
mod open;
mod own;
mod policy;
mod scoring;
mod study;
mod tasks;
mod tender;
mod year;

pub(super) use agreement::call_offs;
pub(super) use award::{decision, evaluation, report, why};
pub(super) use contract::contract;
pub(super) use entry::{entry, entry_fields};
pub(super) use follow::{contracts, many, portfolio, to_decide};
pub(super) use laboratory::laboratory;
pub(super) use open::{open_check, open_score};
pub(super) use policy::policy_new;
pub(super) use scoring::{my_scoring, scoring};
pub(super) use tasks::home;
pub(super) use tender::{award_model, my_bid, opening, simulation, tender, tenders};
pub(super) use year::{open_year, year};

use serde_json::{Value, json};

use super::format::thousandths;
use super::place::at;

/// The items of the list at that place; none when there is no list.
fn items(known: &Value, place: &str) -> Vec<Value> {
    at(known, place).and_then(Value::as_array).cloned().unwrap_or_default()
}

/// The text at that place; empty when there is none.
fn text<'a>(value: &'a Value, place: &str) -> &'a str {
    at(value, place).and_then(Value::as_str).unwrap_or_default()
}

/// The title, or else the id.
fn name_of(value: &Value) -> &str {
    match text(value, "title") {
        "" => text(value, "id"),
        title => title,
    }
}

/// A bar as long as the amount is of the whole, drawn as the series with this number.
fn bar(amount: &str, whole: &str, series: usize) -> Value {
    json!([{"x": 0, "width": thousandths(amount, whole), "series": series}])
}

/// The number that tells one of several apart in a picture: it has five.
fn series(index: usize) -> usize {
    index % 5 + 1
}

/// Criteria of a tree, without the groups that hold them.
fn leaves(criteria: &[Value]) -> Vec<Value> {
    criteria
        .iter()
        .flat_map(|criterion| match criterion.get("criteria").and_then(Value::as_array) {
            Some(below) if !below.is_empty() => leaves(below),
            _ => vec![criterion.clone()],
        })
        .collect()
}

/// Whether who is logged in has the role.
fn has_role(known: &Value, role: &str) -> bool {
    items(known, "me/roles").iter().any(|own| own == role)
}
