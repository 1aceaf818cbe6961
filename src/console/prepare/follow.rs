//! Pages of contracts and what was done under them.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{items, text};
use crate::console::format::thousandths;
use crate::console::language::Language;
use crate::console::read::put;

/// Contracts at risk first, each with its bar.
pub(in crate::console) fn portfolio(known: &mut Value, _: Language) {
    let wanted = text(known, "query/status").to_owned();
    let words = text(known, "query/q").to_lowercase();
    let fits = |it: &Value| {
        (wanted.is_empty() || text(it, "status") == wanted)
            && (text(it, "title").to_lowercase().contains(&words)
                || text(it, "externalReference").to_lowercase().contains(&words))
    };
    let rows: Vec<Value> =
        items(known, "portfolio/items").into_iter().filter(fits).map(|it| standing(&it)).collect();
    put(known, "rows", rows.into());
}

/// A contract with the lengths of its bar: realised, waiting, and the mark where it should be now.
fn standing(it: &Value) -> Value {
    let most = ["owed", "realised", "forecast"].iter().map(|name| decimal(text(it, name))).max();
    let whole = most.unwrap_or_default().to_string();
    let length = |name: &str| thousandths(text(it, name), &whole);
    let realised = length("realised");
    json!({
        "it": it, "owed": length("owed"), "realised": realised,
        "submitted": length("submitted").min(1000 - realised), "expected": length("expectedByNow"),
        "forecast": length("forecast"),
    })
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_default()
}

/// The contracts of who is logged in.
pub(in crate::console) fn contracts(known: &mut Value, _: Language) {
    let progress = items(known, "progressOf");
    let rows = items(known, "contracts/items").into_iter().enumerate().map(|(index, contract)| {
        let standing = progress.get(index).and_then(|it| it.get("standing")).map(standing);
        json!({"contract": contract, "standing": standing})
    });
    let rows: Vec<Value> = rows.collect();
    put(known, "rows", rows.into());
}

/// Fulfilment over time: a step for each month, under the line of what is owed.
pub(in crate::console) fn contract(known: &mut Value, _: Language) {
    let months = items(known, "progress/months");
    let Some(it) = known.pointer("/progress/standing").cloned() else { return };
    let last = months.last().map(|month| decimal(text(month, "cumulated"))).unwrap_or_default();
    let whole = [last, decimal(text(&it, "owed")), decimal(text(&it, "forecast"))].into_iter().max();
    let whole = whole.unwrap_or_default().to_string();
    let height = |text: &str| 380 - thousandths(text, &whole) * 340 / 1000;
    let terms = (text(&it, "startsOn").to_owned(), text(&it, "endsOn").to_owned());
    let all = months_between(&terms.0, &terms.1).max(1);
    let x = |index: usize| 60 + u32::try_from(index).unwrap_or_default() * 900 / all;
    let mut way = String::new();
    for (index, month) in months.iter().enumerate() {
        let y = height(text(month, "cumulated"));
        let start = if index == 0 { format!("M {} {}", x(0), height("0")) } else { String::new() };
        way.push_str(&format!("{start} V {y} H {} ", x(index + 1)));
    }
    let chart = json!({
        "way": way.trim(), "owed": height(text(&it, "owed")), "zero": height("0"),
        "now": x(months.len()), "now_y": height(text(&it, "realised")),
        "forecast": height(text(&it, "forecast")), "expected_y": height(text(&it, "expectedByNow")),
    });
    put(known, "chart", chart);
    put(known, "standing", standing(&it));
}

/// The months that the contract runs, by their number; days do not matter for a picture.
fn months_between(from: &str, until: &str) -> u32 {
    let month = |day: &str| {
        let year = day.get(..4)?.parse::<u32>().ok()?;
        Some(year * 12 + day.get(5..7)?.parse::<u32>().ok()?)
    };
    month(until).zip(month(from)).map_or(1, |(until, from)| until.saturating_sub(from) + 1)
}

/// Entries of all contracts that wait for a decision, oldest first.
pub(in crate::console) fn to_decide(known: &mut Value, _: Language) {
    let entries_of = items(known, "entriesOf");
    let mut rows = Vec::new();
    for (index, contract) in items(known, "contracts/items").into_iter().enumerate() {
        let entries = entries_of.get(index).map(|entries| items(entries, "items")).unwrap_or_default();
        for entry in entries.into_iter().filter(|entry| text(entry, "state") == "submitted") {
            rows.push(json!({"entry": entry, "contract": contract}));
        }
    }
    rows.sort_by(|one, other| text(one, "entry/updatedAt").cmp(text(other, "entry/updatedAt")));
    put(known, "rows", rows.into());
}

/// The parts of a year with their bars.
pub(in crate::console) fn year(known: &mut Value, _: Language) {
    for (list, name, amount) in [
        ("groups", "done", "done"),
        ("blocks", "done", "done"),
        ("sectors", "owed", "realised"),
        ("contractors", "owed", "realised"),
        ("months", "approved", "approved"),
    ] {
        let rows = items(known, &format!("report/{list}"));
        let most = rows.iter().flat_map(|it| [decimal(text(it, name)), decimal(text(it, amount))]).max();
        let most = most.unwrap_or_default().to_string();
        let rows: Vec<Value> = rows
            .into_iter()
            .map(|it| {
                let length = |name: &str| thousandths(text(&it, name), &most);
                json!({"owed": length("owed"), "done": length(amount), "amount": text(&it, amount), "it": it})
            })
            .collect();
        put(known, list, rows.into());
    }
    let year = text(known, "year").parse::<i32>().unwrap_or_default();
    put(known, "before", (year - 1).to_string().into());
    put(known, "after", (year + 1).to_string().into());
}
