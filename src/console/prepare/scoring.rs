//! Scores for quality: those of one assessor, and those of a lot.

use serde_json::{Value, json};

use super::{items, leaves, text};
use crate::console::format::thousandths;
use crate::console::language::Language;
use crate::console::read::put;

/// The criteria that people score.
fn scored(known: &Value) -> Vec<Value> {
    let all = leaves(&items(known, "model/criteria"));
    all.into_iter().filter(|criterion| text(criterion, "kind") == "assessed-quality").collect()
}

/// Every bid with a place for each score, and what was scored already.
pub(in crate::console) fn my_scoring(known: &mut Value, _: Language) {
    let criteria = scored(known);
    let assessments = items(known, "assessments/items");
    let versions = items(known, "mine");
    let me = text(known, "me/subject").to_owned();
    let (mut submitted, mut drafts, mut total) = (0, 0, 0);
    let mut rows = Vec::new();
    for bid in items(known, "bids/items") {
        let mut cells = Vec::new();
        for criterion in &criteria {
            let own = assessments.iter().find(|it| {
                text(it, "bidId") == text(&bid, "id")
                    && text(it, "criterion") == text(criterion, "id")
                    && text(it, "assessor") == me
                    && text(it, "kind") == "individual"
            });
            let version = own.and_then(|own| {
                let read = versions.iter().find(|it| text(it, "id") == text(own, "id"))?;
                read.get("_version").cloned()
            });
            total += 1;
            match own {
                Some(own) if own.get("submittedAt").is_some() => submitted += 1,
                Some(_) => drafts += 1,
                None => {}
            }
            cells.push(json!({"criterion": criterion, "assessment": own, "version": version}));
        }
        rows.push(json!({"bid": bid, "cells": cells}));
    }
    put(known, "rows", rows.into());
    put(known, "submitted", submitted.into());
    put(known, "drafts", drafts.into());
    put(known, "total", total.into());
}

/// The grid: for each criterion and bid what every assessor scored, as dots on the scale.
pub(in crate::console) fn scoring(known: &mut Value, _: Language) {
    let criteria = scored(known);
    let bids = items(known, "bids/items");
    let assessments = items(known, "assessments/items");
    let mut agreed = Vec::new();
    let mut rows = Vec::new();
    for criterion in &criteria {
        let highest = text(criterion, "scale/highest");
        let mut cells = Vec::new();
        for bid in &bids {
            let here = assessments.iter().filter(|it| {
                text(it, "bidId") == text(bid, "id") && text(it, "criterion") == text(criterion, "id")
            });
            let (together, alone): (Vec<&Value>, Vec<&Value>) =
                here.partition(|it| text(it, "kind") == "consensus");
            let dots: Vec<Value> = alone
                .iter()
                .map(|it| json!({"x": thousandths(text(it, "score"), highest), "assessment": it}))
                .collect();
            agreed.push(json!({
                "bidId": text(bid, "id"), "criterion": text(criterion, "id"),
                "score": together.first().map(|it| text(it, "score")),
                "motivation": together.first().map(|it| text(it, "motivation")),
            }));
            cells.push(json!({"bid": bid, "dots": dots, "consensus": together.first()}));
        }
        rows.push(json!({"criterion": criterion, "cells": cells}));
    }
    let interests = items(known, "dossier/items");
    let interests = interests.into_iter().filter(|entry| text(entry, "fact/kind").starts_with("interest"));
    let interests: Vec<Value> = interests.collect();
    put(known, "interests", interests.into());
    put(
        known,
        "session",
        json!({"scores": agreed, "heldAt": known.get("now"), "attendees": [{"name": text(known, "me/subject")}]}),
    );
    put(known, "rows", rows.into());
}
