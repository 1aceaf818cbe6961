//! Entries: which fields a building block asks for, so that a form has no more than those.

use serde_json::{Value, json};

use super::{items, text};
use crate::console::language::Language;
use crate::console::read::put;

/// The block that was chosen, with the fields that follow from how it is measured.
pub(in crate::console) fn entry_fields(known: &mut Value, _: Language) {
    let chosen = match text(known, "query/block") {
        "" => text(known, "entry/facts/block").to_owned(),
        chosen => chosen.to_owned(),
    };
    let blocks = items(known, "policy/policy/blocks");
    let block = blocks.iter().find(|block| text(block, "code") == chosen).cloned().unwrap_or_default();
    let measure = text(&block, "measure").to_owned();
    let has = |name: &str| !text(&block, name).is_empty() || block.get(name).is_some();
    put(known, "asked", asked(&measure, has("amountByBenefitMonths"), text(&block, "invoice/recognised")));
    put(known, "kinds", json!(kinds(&measure)));
    put(known, "own_bonuses", items(known, "policy/policy/bonuses").into());
    put(known, "blocks", blocks.into());
    put(known, "block", block);
}

/// What a measure asks for. What of it is lacking, the service says.
fn asked(measure: &str, by_benefit: bool, recognised: &str) -> Value {
    let is = |list: &[&str]| list.contains(&measure);
    // Of a block that is not known every field is shown.
    let any = measure.is_empty();
    let of_person = is(&["year", "month", "learning-year", "placement", "internship", "week"]);
    json!({
        "person": any || of_person,
        "period": any || !is(&["invoice"]),
        "hours_per_week": any || is(&["year", "month", "placement"]),
        "benefit": by_benefit,
        "quantity": any || is(&["learning-year", "hour", "day", "half-day", "week", "piece", "day-at-most"]),
        "amount": any || is(&["invoice", "actual-cost", "agreed", "day-at-most"]),
        "invoice": any || is(&["invoice"]),
        "register": recognised == "by-register",
    })
}

/// What can be done under a block of the measure, the usual first.
fn kinds(measure: &str) -> &'static [&'static str] {
    match measure {
        "year" | "month" | "placement" => &["placement", "internship"],
        "learning-year" | "internship" => &["internship", "placement"],
        "invoice" => &["purchase"],
        "hour" | "day" | "half-day" | "week" | "piece" | "day-at-most" => {
            &["activity", "placement", "internship", "project"]
        }
        "actual-cost" => &["actual-cost", "activity", "project"],
        _ => &[
            "project",
            "activity",
            "actual-cost",
            "placement",
            "internship",
            "purchase",
            "pso-certificate",
            "cash",
        ],
    }
}

/// The block of the entry by its name, and its worth only while it is not handed in.
pub(in crate::console) fn entry(known: &mut Value, _: Language) {
    let code = text(known, "entry/facts/block").to_owned();
    let blocks = items(known, "policy/policy/blocks");
    let block = blocks.into_iter().find(|block| text(block, "code") == code);
    put(known, "block", block.unwrap_or_default());
    if !["draft", "returned"].contains(&text(known, "entry/state")) {
        put(known, "effects", Value::Null);
    }
}
