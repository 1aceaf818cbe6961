//! Pages of contracts and what was done under them.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{items, text};
use crate::console::format::thousandths;
use crate::console::language::Language;
use crate::console::place::escaped;
use crate::console::read::put;

/// Contracts at risk first, each with its bar.
pub(in crate::console) fn portfolio(known: &mut Value, _: Language) {
    let rows: Vec<Value> = items(known, "portfolio/items").iter().map(standing).collect();
    put(known, "rows", rows.into());
    let mut names = vec!["text", "state", "risk", "contractor", "coordinator", "externalReference"];
    let is_own = text(known, "query/own") == "true";
    if is_own {
        names.retain(|name| *name != "coordinator");
    }
    let mut asked = asked(known, &names);
    if is_own {
        asked.push_str(&format!("&coordinator={}", escaped(text(known, "me/subject"))));
    }
    put(known, "asked", asked.into());
}

/// What a list is looked through by, as it goes on in links.
fn asked(known: &Value, names: &[&str]) -> String {
    let pair = |name: &&str| match text(known, &format!("query/{name}")) {
        "" => None,
        value => Some(format!("&{name}={}", escaped(value))),
    };
    names.iter().filter_map(pair).collect()
}

/// A contract with the lengths of its bar: realised, waiting, and the mark where it should be now.
pub(super) fn standing(it: &Value) -> Value {
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

pub(super) fn decimal(text: &str) -> Decimal {
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

/// Entries that wait for a decision, oldest first, with the titles of their contracts.
pub(in crate::console) fn to_decide(known: &mut Value, _: Language) {
    let contracts = items(known, "portfolio/items");
    let title = |entry: &Value| {
        let contract = contracts.iter().find(|it| text(it, "contractId") == text(entry, "contractId"));
        contract.map(|it| text(it, "title").to_owned()).unwrap_or_default()
    };
    let entries = items(known, "waiting/items");
    let rows: Vec<Value> =
        entries.into_iter().map(|entry| json!({"contract": title(&entry), "entry": entry})).collect();
    put(known, "rows", rows.into());
    let names = ["text", "block", "contractor", "coordinator", "externalReference"];
    let asked = asked(known, &names);
    put(known, "asked", asked.into());
}

/// What an act on many does or did, and what it leaves out.
pub(in crate::console) fn many(known: &mut Value, _: Language) {
    let (left_out, taken): (Vec<Value>, Vec<Value>) =
        items(known, "answer/items").into_iter().partition(|item| item.get("problem").is_some());
    let ids: Vec<Value> = taken.iter().filter_map(|item| item.get("id").cloned()).collect();
    put(known, "ids", ids.into());
    put(known, "taken", taken.into());
    put(known, "left_out", left_out.into());
    let did = text(known, "did");
    let act = did.strip_prefix("try_").unwrap_or(did).to_owned();
    put(known, "act_on_many", act.into());
}
