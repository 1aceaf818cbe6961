//! What waits for who is logged in: read from the states of tenders, lots and entries.

use serde_json::{Value, json};

use super::{has_role, items, own, text};
use crate::console::language::Language;
use crate::console::read::put;

/// What waits, most urgent first, and what there is in numbers.
pub(in crate::console) fn home(known: &mut Value, _: Language) {
    let mut tasks = Vec::new();
    let lots_of = items(known, "lotsOf");
    let openings_of = items(known, "openingsOf");
    for (index, tender) in items(known, "tenders/items").iter().enumerate() {
        let lots = lots_of.get(index).map(|lots| items(lots, "items")).unwrap_or_default();
        let openings = openings_of.get(index).map(|openings| items(openings, "items")).unwrap_or_default();
        of_tender(known, tender, &lots, &openings, &mut tasks);
    }
    if has_role(known, "coordinator") {
        to_decide(known, &mut tasks);
    }
    if has_role(known, "contractor") {
        own::obligations(known, &mut tasks);
    }
    put(known, "tasks", tasks.into());
}

fn of_tender(known: &Value, tender: &Value, lots: &[Value], openings: &[Value], tasks: &mut Vec<Value>) {
    let href = format!("/{}/tenders/{}", text(known, "municipality"), text(tender, "id"));
    let buyer = has_role(known, "buyer");
    let mut task = |kind: &str, href: &str, about: &str| {
        tasks.push(json!({"kind": kind, "href": href, "title": text(tender, "title"), "about": about,
            "deadline": tender.get("deadlineAt")}));
    };
    match text(tender, "state") {
        "draft" if buyer => task("publish", &href, ""),
        "closed" if has_role(known, "opener") => {
            let waiting = openings.iter().any(|opening| text(opening, "state") == "waiting");
            task(if waiting { "open-second" } else { "open" }, &format!("{href}/opening"), "");
        }
        "closed" if buyer => task("await-opening", &format!("{href}/opening"), ""),
        "published" if has_role(known, "bidder") => task("bid", &href, ""),
        _ => {}
    }
    for lot in lots {
        let lot_href = format!("{href}/lots/{}", text(lot, "id"));
        let is_fixed = lot.get("qualityFixedAt").is_some();
        let (kind, page) = match text(lot, "state") {
            "draft" if buyer && lot.get("hasAwardModel") == Some(&Value::Bool(false)) => {
                ("model", "/award-model")
            }
            "opened" if !is_fixed && has_role(known, "assessor") => ("score", "/my-scoring"),
            "opened" if !is_fixed && buyer => ("conclude", "/scoring"),
            "opened" if buyer => ("evaluate", "/evaluation"),
            "evaluated" if buyer => ("propose", "/decision"),
            "award-proposed" if buyer => ("award", "/decision"),
            _ => continue,
        };
        task(kind, &format!("{lot_href}{page}"), text(lot, "title"));
    }
}

/// A task for each contract of which entries wait, the one that waits longest first.
fn to_decide(known: &Value, tasks: &mut Vec<Value>) {
    let waiting = items(known, "waiting/items");
    let contracts = items(known, "portfolio/items");
    let mut seen: Vec<&str> = Vec::new();
    for entry in &waiting {
        let id = text(entry, "contractId");
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        let contract = contracts.iter().find(|it| text(it, "contractId") == id);
        let count = waiting.iter().filter(|it| text(it, "contractId") == id).count();
        tasks.push(json!({
            "kind": "decide", "href": format!("/{}/to-decide", text(known, "municipality")), "about": "",
            "title": contract.map(|it| text(it, "title")).unwrap_or_default(), "count": count,
        }));
    }
}
