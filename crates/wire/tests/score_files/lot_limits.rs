//! The most lots for one bidder.

use serde_json::{Value, json};

use crate::support::{errors, outcome};

/// Lots with the lowest price; a bid is bidder, price and its own preference.
fn file(limit: Value, lots: &[&[(&str, &str, u32)]]) -> Value {
    let lots: Vec<Value> = lots
        .iter()
        .enumerate()
        .map(|(index, bids)| {
            let bids: Vec<Value> = bids
                .iter()
                .map(|(bidder, price, preference)| {
                    let mut bid = json!({ "id": bidder, "bidder": { "name": bidder }, "price": price });
                    if *preference > 0 {
                        bid["lotPreference"] = json!(preference);
                    }
                    bid
                })
                .collect();
            json!({ "id": format!("L{}", index + 1), "bids": bids, "awardModel": {
                "method": { "code": "lowest-price" }, "motivation": "one product",
                "criteria": [{ "id": "price", "kind": "price" }], "ties": [{ "by": "lot" }] } })
        })
        .collect();
    json!({ "tender": { "lotLimit": limit }, "lots": lots })
}

/// Who gets each lot, with who was passed over: `A | B (A)`.
fn awarded(limit: Value, lots: &[&[(&str, &str, u32)]]) -> String {
    let result = outcome(&file(limit, lots)).unwrap();
    let told: Vec<String> = result
        .lot_awards
        .iter()
        .map(|award| {
            let bid = award.bid.as_deref().unwrap_or(if award.waits_for_drawing { "?" } else { "-" });
            match award.passed_over.join(" ").as_str() {
                "" => bid.to_owned(),
                passed => format!("{bid} ({passed})"),
            }
        })
        .collect();
    told.join(" | ")
}

const LOTS: &[&[(&str, &str, u32)]] = &[
    &[("A", "100", 3), ("B", "101", 1)],
    &[("A", "100", 1), ("B", "150", 2)],
    &[("A", "100", 2), ("B", "120", 3), ("C", "130", 1)],
];

#[test]
fn a_bidder_keeps_the_first_lots_those_it_prefers_or_those_where_it_leads_most() {
    let limit = |maximum: u32, keeps: &str| json!({ "maximum": maximum, "keeps": keeps });
    assert_eq!(awarded(limit(3, "lot-order"), LOTS), "A | A | A");
    assert_eq!(awarded(limit(2, "lot-order"), LOTS), "A | A | B (A)");
    assert_eq!(awarded(limit(1, "lot-order"), LOTS), "A | B (A) | C (A B)");
    assert_eq!(awarded(limit(2, "bidder-preference"), LOTS), "B (A) | A | A");
    assert_eq!(awarded(limit(1, "bidder-preference"), LOTS), "B (A) | A | C (A B)");
    assert_eq!(awarded(limit(2, "largest-lead"), LOTS), "B (A) | A | A");
    // Alone on the first lot, B is further ahead there than 10 of C on the third.
    assert_eq!(awarded(limit(1, "largest-lead"), LOTS), "B (A) | A | C (A B)");
}

#[test]
fn a_tie_waits_for_its_drawing_and_without_a_limit_nothing_is_told() {
    let limit = json!({ "maximum": 1, "keeps": "lot-order" });
    assert_eq!(awarded(limit, &[&[("A", "1", 0), ("B", "1", 0)], &[("C", "1", 0)]]), "? | C");
    let mut without = file(json!(null), LOTS);
    without.as_object_mut().unwrap().remove("tender");
    assert_eq!(outcome(&without).unwrap().lot_awards, []);
}

#[test]
fn a_limit_of_none_and_a_preference_that_is_missing_or_twice_are_told() {
    let limit = json!({ "maximum": 0, "keeps": "lot-order" });
    assert_eq!(errors(&file(limit, LOTS)), ["out-of-range /tender/lotLimit/maximum"]);
    let limit = json!({ "maximum": 1, "keeps": "bidder-preference" });
    let lots: &[&[(&str, &str, u32)]] =
        &[&[("A", "1", 1)], &[("A", "1", 1)], &[("A", "1", 0)], &[("B", "1", 0)]];
    assert_eq!(
        errors(&file(limit, lots)),
        [
            "lot-preference-missing /lots/1/bids/0/lotPreference",
            "lot-preference-missing /lots/2/bids/0/lotPreference"
        ]
    );
}
