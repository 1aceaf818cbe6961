//! Pages for anybody, and the fans of weights that a simulation shows too.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::award::outcome;
use super::{items, leaves, text};
use crate::console::format::thousandths;
use crate::console::language::Language;
use crate::console::read::put;

/// The lines that a picture can tell apart.
const MOST_LINES: usize = 5;

/// What a bid on the lot must say, and what the tried one came to.
pub(in crate::console) fn open_score(known: &mut Value, language: Language) {
    let wanted = text(known, "lotId").to_owned();
    let lot = items(known, "tender/lots").into_iter().find(|lot| text(lot, "id") == wanted);
    put(known, "lot", lot.unwrap_or_default());
    bid_fields(known, "lot/awardModel");
    put(known, "score_file_text", known.get("score_file").unwrap_or(&Value::Null).to_string().into());
    put(known, "start", json!({"bids": [{"id": "B1"}]}));
    let Some(scored) = known.pointer("/answer/lots/0").cloned() else { return };
    let own = |list: &str| items(&scored, list).into_iter().find(|bid| text(bid, "id") == "B1");
    put(known, "own", own("ranking").unwrap_or_default());
    put(known, "own_out", own("excluded").unwrap_or_default());
    put(known, "lowest", (text(&scored, "bestTotal") == "lowest").into());
    put(known, "worth", items(&scored, "analysis/levelWorth").into());
    outcome(known, scored, language);
}

/// The ranking that follows from a record.
pub(in crate::console) fn open_check(known: &mut Value, language: Language) {
    if let Some(scored) = known.pointer("/answer/result/lots/0").cloned() {
        outcome(known, scored, language);
    }
}

/// What the fields of a bid follow from: the criteria of the model at this place.
pub(super) fn bid_fields(known: &mut Value, model: &str) {
    let leaves = leaves(&items(known, &format!("{model}/criteria")));
    let prices: Vec<Value> = leaves.iter().filter(|leaf| text(leaf, "kind") == "price").cloned().collect();
    put(known, "prices", prices.into());
    put(known, "leaves", leaves.into());
    put(known, "knock_outs", items(known, &format!("{model}/knockOuts")).into());
}

/// The fans as lines in a frame, with the names of criteria and bidders.
pub(super) fn fans(known: &mut Value) {
    let fans = items(known, "weights/lots/0/fans");
    let shown: Vec<Value> =
        fans.iter().enumerate().filter_map(|(number, fan)| shown(known, fan, number + 1)).collect();
    put(known, "fans", shown.into());
}

fn shown(known: &Value, fan: &Value, number: usize) -> Option<Value> {
    let name = |id: &str| text(known, &format!("names/{id}")).to_owned();
    let lines: Vec<Value> = items(fan, "lines").into_iter().take(MOST_LINES).collect();
    let ends = lines.iter().flat_map(|line| [text(line, "atZero"), text(line, "atWhole")]);
    let ends: Vec<Decimal> = ends.filter_map(|end| end.parse().ok()).collect();
    let (low, high) = (ends.iter().min().copied()?, ends.iter().max().copied()?);
    let range = (high - low).to_string();
    let y = |total: &str| {
        let above = total.parse::<Decimal>().unwrap_or_default() - low;
        380 - thousandths(&above.to_string(), &range) * 350 / 1000
    };
    let x = |weight: &str| 60 + thousandths(weight, text(fan, "whole")) * 900 / 1000;
    let drawn = lines.iter().map(|line| {
        json!({
            "name": name(text(line, "id")), "y0": y(text(line, "atZero")), "y1": y(text(line, "atWhole")),
            "atZero": text(line, "atZero"), "atWhole": text(line, "atWhole"),
        })
    });
    let changes = items(fan, "changes").into_iter().map(|change| {
        json!({
            "at": text(&change, "at"), "x": x(text(&change, "at")), "y": y(text(&change, "total")),
            "from": name(text(&change, "from")), "to": name(text(&change, "to")),
        })
    });
    let criterion = text(fan, "criterion");
    Some(json!({
        "number": number, "title": title(&items(known, "model/criteria"), criterion).unwrap_or_else(|| criterion.to_owned()),
        "declared": text(fan, "declared"), "declared_x": x(text(fan, "declared")), "whole": text(fan, "whole"),
        "lines": drawn.collect::<Vec<_>>(), "changes": changes.collect::<Vec<_>>(),
        "low": low.to_string(), "high": high.to_string(), "leader": lines.first().map(|line| name(text(line, "id"))),
    }))
}

/// The title of the criterion or group, however deep it stands.
fn title(criteria: &[Value], id: &str) -> Option<String> {
    criteria.iter().find_map(|criterion| {
        let own = (text(criterion, "id") == id).then(|| text(criterion, "title").to_owned());
        own.filter(|title| !title.is_empty()).or_else(|| title(&items(criterion, "criteria"), id))
    })
}
