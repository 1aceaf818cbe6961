//! The laboratory before it is asked: a market for the model of the lot to begin with, or a study from the examples.

use serde_json::{Map, Value, json};

use super::{items, leaves, name_of, text};
use crate::console::language::Language;
use crate::console::read::put;
use crate::console::words;

/// Studies to begin with, by the name that the page gives them.
const EXAMPLES: [(&str, &str); 2] = [
    ("groenonderhoud", include_str!("../../../examples/laboratorium-groenonderhoud.json")),
    ("schoonmaak", include_str!("../../../examples/laboratorium-schoonmaak.json")),
];
const OWN: &str = "model";
const BESIDE_OTHER_WEIGHTS: &str = "weights";
/// The answer comes while somebody waits for it, also of a program that was built to be tested.
const TENDERS: u32 = 5_000;

/// The study that the form holds, and what came out of it.
pub(in crate::console) fn laboratory(known: &mut Value, language: Language) {
    let has_model = known.get("model").is_some_and(|model| !model.is_null());
    let mut beginnings = if has_model { vec![OWN, BESIDE_OTHER_WEIGHTS] } else { Vec::new() };
    beginnings.extend(EXAMPLES.iter().map(|(name, _)| *name));
    let wanted = text(known, "query/from");
    let chosen = beginnings.iter().find(|name| **name == wanted).or(beginnings.first()).copied();
    let chosen = chosen.unwrap_or_default();
    let example = EXAMPLES.iter().find(|(name, _)| *name == chosen);
    let source = match example {
        Some((_, file)) => from_file(file),
        None => own(known, chosen == BESIDE_OTHER_WEIGHTS, language),
    };
    put(known, "is_example", example.is_some().into());
    put(known, "beginnings", beginnings.into());
    put(known, "chosen", chosen.into());
    put(known, "source", source);
    let asked = asked(known, chosen == BESIDE_OTHER_WEIGHTS);
    put(known, "asked", asked);
    super::study::study(known, language);
}

fn from_file(file: &str) -> Value {
    let mut study = serde_json::from_str(file).unwrap_or_default();
    put(&mut study, "tenders", TENDERS.into());
    study
}

/// The model of the lot on a market of one kind of bidders; alone, or beside itself with weights to be filled in.
fn own(known: &Value, beside_itself: bool, language: Language) -> Value {
    let model = |id: &str| json!({"id": id, "awardModel": known.get("model")});
    let models =
        if beside_itself { vec![model("model"), model("other-weights")] } else { vec![model("model")] };
    json!({
        "title": text(known, "lot/title"), "aboveThreshold": known.pointer("/tender/aboveThreshold"),
        "assumptions": [words::of("lab_assumption", language)],
        "seed": 1, "tenders": TENDERS, "models": models,
        "market": {"bidders": [bidders(known, words::of("bidder", language))]},
    })
}

/// Bidders that draw from all that the model takes.
fn bidders(known: &Value, title: &str) -> Value {
    let leaves = leaves(&items(known, "model/criteria"));
    let of = |kind: &str, draw: &dyn Fn(&Value) -> Value| -> Map<String, Value> {
        let own = leaves.iter().filter(|leaf| text(leaf, "kind") == kind);
        own.map(|leaf| (text(leaf, "id").to_owned(), draw(leaf))).collect()
    };
    let mut bidders = json!({
        "id": "soort-1", "title": title, "count": 5,
        "scores": of("assessed-quality", &|leaf| uniform(text(leaf, "scale/lowest"), text(leaf, "scale/highest"))),
        "commitments": of("social-return-commitment", &|leaf| {
            uniform(text(leaf, "commitment/minimum"), text(leaf, "commitment/maximum"))
        }),
    });
    let full = text(known, "model/method/corridor/fullPointsAt");
    let zero = text(known, "model/method/corridor/zeroPointsAt");
    put(&mut bidders, "price", json!({"from": full, "to": zero}));
    let of_level = leaves.iter().find(|leaf| text(leaf, "kind") == "pso-level");
    let levels = of_level.map(|leaf| items(leaf, "levels/rows")).unwrap_or_default();
    if let Some(level) = levels.get(levels.len() / 2) {
        let half = |level: &str| json!({"level": level, "percent": "50"});
        put(&mut bidders, "levels", json!([half("none"), half(text(level, "level"))]));
    }
    bidders
}

fn uniform(from: &str, to: &str) -> Value {
    json!({"from": if from.is_empty() { "0" } else { from }, "to": to})
}

/// What of a bidder the model asks, as ranges with their place, and which weights can be other ones.
fn asked(known: &Value, other_weights: bool) -> Value {
    let leaves = leaves(&items(known, "model/criteria"));
    let prices = leaves.iter().filter(|leaf| text(leaf, "kind") == "price").count();
    let range = |leaf: &Value, place: &str, decimals: u8, kind: &str| json!({"place": place, "title": name_of(leaf), "decimals": decimals, "kind": kind});
    let mut ranges: Vec<Value> = Vec::new();
    for leaf in &leaves {
        let id = text(leaf, "id");
        match text(leaf, "kind") {
            "price" if prices == 1 => ranges.push(range(leaf, "price", 0, "money")),
            "price" => ranges.push(range(leaf, &format!("prices/{id}"), 0, "money")),
            "assessed-quality" => ranges.push(range(leaf, &format!("scores/{id}"), 1, "number")),
            "social-return-commitment" => {
                let is_counted = text(leaf, "commitment/measure") == "places";
                let decimals = if is_counted { 0 } else { 1 };
                ranges.push(range(leaf, &format!("commitments/{id}"), decimals, "number"));
            }
            "numeric" => ranges.push(range(leaf, &format!("facts/{id}"), 0, "number")),
            _ => {}
        }
    }
    for knock_out in items(known, "model/knockOuts") {
        if knock_out.get("mustBeMet").and_then(Value::as_bool) != Some(true) {
            ranges.push(range(&knock_out, &format!("facts/{}", text(&knock_out, "id")), 0, "number"));
        }
    }
    let level = leaves.iter().find(|leaf| text(leaf, "kind") == "pso-level");
    let levels: Vec<Value> = level
        .map(|leaf| items(leaf, "levels/rows"))
        .unwrap_or_default()
        .iter()
        .map(|row| text(row, "level").into())
        .filter(|code: &Value| code != "none")
        .collect();
    let mut weights = Vec::new();
    if other_weights {
        weighed(&items(known, "model/criteria"), "/models/1/awardModel/criteria", &mut weights);
    }
    json!({"ranges": ranges, "has_levels": level.is_some(), "levels": levels, "weights": weights})
}

/// Every criterion with a weight, groups before what they hold.
fn weighed(criteria: &[Value], place: &str, all: &mut Vec<Value>) {
    for (index, criterion) in criteria.iter().enumerate() {
        let place = format!("{place}/{index}");
        if !text(criterion, "weight").is_empty() {
            all.push(json!({"place": format!("{place}/weight"), "title": name_of(criterion)}));
        }
        weighed(&items(criterion, "criteria"), &format!("{place}/criteria"), all);
    }
}
