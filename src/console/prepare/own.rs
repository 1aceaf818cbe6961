//! What a contractor owes at all municipalities that its token names, what is due, and what was given back and why.

use serde_json::{Value, json};

use super::follow::standing;
use super::{items, text};
use crate::console::read::put;

/// Puts the obligations and what was given back in rows, and what waits among the tasks.
pub(super) fn obligations(known: &mut Value, tasks: &mut Vec<Value>) {
    let progress = items(known, "progressOf");
    let contracts = items(known, "ownContracts/items");
    let entries = items(known, "ownEntries/items");
    let steps = items(known, "stepsOf");
    let mut owed = Vec::new();
    for (place, own) in contracts.iter().enumerate() {
        let name = name(known, text(own, "municipality"));
        let href = href(own, "contract/id");
        let told = progress.get(place).and_then(|it| it.get("standing"));
        owed.push(json!({
            "contract": own.get("contract"), "municipality": name, "href": href, "standing": told.map(standing),
        }));
        for (kind, state) in [("returned", "returned"), ("finish-entry", "draft")] {
            let of_it = entries.iter().filter(|it| {
                text(it, "entry/contractId") == text(own, "contract/id") && text(it, "entry/state") == state
            });
            let count = of_it.count();
            if count > 0 {
                tasks.push(json!({
                    "kind": kind, "href": href, "title": text(own, "contract/terms/title"), "about": name,
                    "count": count,
                }));
            }
        }
    }
    let mut returned = Vec::new();
    for (place, own) in entries.iter().enumerate().filter(|(_, it)| text(it, "entry/state") == "returned") {
        let contract = contracts.iter().find(|it| text(it, "contract/id") == text(own, "entry/contractId"));
        let step = items(steps.get(place).unwrap_or(&Value::Null), "items");
        let step = step.into_iter().rfind(|step| text(step, "step") == "return").unwrap_or_default();
        returned.push(json!({
            "entry": own.get("entry"), "municipality": name(known, text(own, "municipality")), "step": step,
            "contract": contract.map(|it| text(it, "contract/terms/title")),
            "href": format!("{}/entries/{}", href(own, "entry/contractId"), text(own, "entry/id")),
        }));
    }
    put(known, "own_owed", owed.into());
    put(known, "own_returned", returned.into());
}

/// Where the contract is whose id stands at the place.
fn href(own: &Value, id: &str) -> String {
    format!("/{}/contracts/{}", text(own, "municipality"), text(own, id))
}

/// The name of the municipality, or its code.
fn name(known: &Value, id: &str) -> String {
    let all = items(known, "municipalities/items");
    let found = all.iter().find(|it| text(it, "id").eq_ignore_ascii_case(id)).map(|it| text(it, "name"));
    found.unwrap_or(id).to_owned()
}
