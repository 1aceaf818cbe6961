//! Pages of tenders before the bids are opened.

use serde_json::{Value, json};

use super::{items, leaves, text};
use crate::console::language::Language;
use crate::console::read::put;

/// The stages of a lot, in their order.
const STAGES: [&str; 6] = ["draft", "published", "opened", "evaluated", "award-proposed", "awarded"];

/// Award models to start from, by the name of their file among the examples.
const EXAMPLES: [(&str, &str); 6] = [
    ("groenonderhoud", include_str!("../../../examples/groenonderhoud.json")),
    ("fictieve-korting-pso", include_str!("../../../examples/fictieve-korting-pso.json")),
    ("gewogen-factor", include_str!("../../../examples/gewogen-factor.json")),
    ("gunnen-op-waarde", include_str!("../../../examples/gunnen-op-waarde.json")),
    ("tredepunten-80-20", include_str!("../../../examples/tredepunten-80-20.json")),
    ("erweiterte-richtwert", include_str!("../../../examples/erweiterte-richtwert.json")),
];

/// Tenders that fit what was looked for, latest first.
pub(in crate::console) fn tenders(known: &mut Value, _: Language) {
    let words = text(known, "query/q").to_lowercase();
    let state = text(known, "query/state").to_owned();
    let lots = items(known, "lotsOf");
    let rows = items(known, "tenders/items").into_iter().enumerate().filter_map(|(index, tender)| {
        let reference = text(&tender, "externalReference").to_lowercase();
        let fits = text(&tender, "title").to_lowercase().contains(&words) || reference.contains(&words);
        let lots = lots.get(index).map(|lots| items(lots, "items").len());
        let in_state = state.is_empty() || text(&tender, "state") == state;
        (fits && in_state).then(|| json!({"tender": tender, "lots": lots}))
    });
    let mut rows: Vec<Value> = rows.collect();
    rows.reverse();
    put(known, "rows", rows.into());
}

/// The stages that each lot went through.
pub(in crate::console) fn tender(known: &mut Value, _: Language) {
    let steps_of = items(known, "stepsOf");
    let rows = items(known, "lots/items").into_iter().enumerate().map(|(index, lot)| {
        let steps = steps_of.get(index).map(|steps| items(steps, "items")).unwrap_or_default();
        let stages = stages(text(&lot, "state"));
        json!({"lot": lot, "steps": steps, "stages": stages})
    });
    let rows: Vec<Value> = rows.collect();
    put(known, "rows", rows.into());
}

fn stages(state: &str) -> Vec<Value> {
    // A lot that is closed waits for its opening, which is the stage after publication.
    let state = if state == "closed" { "published" } else { state };
    let now = STAGES.iter().position(|stage| *stage == state);
    let stage = |(index, name): (usize, &&str)| {
        let place = match now {
            Some(now) if index < now => "done",
            Some(now) if index == now => "now",
            _ => "later",
        };
        json!({"name": name, "place": place})
    };
    STAGES.iter().enumerate().map(stage).collect()
}

/// The model that is there, or the example to start from.
pub(in crate::console) fn award_model(known: &mut Value, _: Language) {
    let chosen = text(known, "query/from").to_owned();
    let example = EXAMPLES.iter().find(|(name, _)| *name == chosen).and_then(|(_, file)| {
        let file: Value = serde_json::from_str(file).ok()?;
        file.pointer("/lots/0/awardModel").cloned()
    });
    let has_none = known.get("model").is_none_or(Value::is_null);
    let source = example.or_else(|| known.get("model").cloned()).unwrap_or_default();
    let names: Vec<&str> = EXAMPLES.iter().map(|(name, _)| *name).collect();
    put(known, "source", source);
    put(known, "has_none", has_none.into());
    put(known, "examples", names.into());
}

/// The criteria on which imagined bids differ, and what came out.
pub(in crate::console) fn simulation(known: &mut Value, language: Language) {
    super::open::bid_fields(known, "model");
    put(known, "start", start_of(known));
    if let Some(lot) = known.pointer("/answer/lots/0").cloned() {
        put(known, "worth", items(&lot, "analysis/levelWorth").into());
        super::award::outcome(known, lot, language);
        super::open::fans(known);
    }
}

/// Three bids to begin with: at 100, 95 and 90 percent would be sums of our own, so they are left to who fills in.
fn start_of(known: &Value) -> Value {
    let bids: Vec<Value> = ["A", "B", "C"]
        .iter()
        .map(|name| json!({"id": name, "bidder": {"name": name}, "price": ""}))
        .collect();
    json!({"lots": [{"id": text(known, "lotId"), "title": text(known, "lot/title"), "bids": bids}]})
}

/// Who asked first, and what came of it; the latest first.
pub(in crate::console) fn opening(known: &mut Value, _: Language) {
    let mut openings = items(known, "openings/items");
    openings.reverse();
    let names: serde_json::Map<String, Value> = items(known, "lots/items")
        .iter()
        .map(|lot| (text(lot, "id").to_owned(), lot.get("title").cloned().unwrap_or_default()))
        .collect();
    put(known, "lot_names", names.into());
    let waiting = openings.iter().find(|opening| text(opening, "state") == "waiting").cloned();
    put(known, "waiting", waiting.unwrap_or_default());
    put(known, "rows", openings.into());
}

/// What the bid must say on each criterion.
pub(in crate::console) fn my_bid(known: &mut Value, _: Language) {
    put(known, "leaves", leaves(&items(known, "model/criteria")).into());
}
