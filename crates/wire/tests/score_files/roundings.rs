//! Rounding at several stages.

use serde_json::{Value, json};

use crate::support::{errors, lot, one_lot};

fn model(rounding: Value) -> Value {
    let mut model = json!({
        "method": { "code": "relative-lowest" }, "weightUnit": "points", "dropOut": "recompute",
        "criteria": [
            { "id": "price", "kind": "price", "weight": "70" },
            { "id": "plan", "kind": "assessed-quality", "weight": "30", "scale": { "highest": "7" } }
        ],
        "ties": [{ "by": "lot" }]
    });
    model.as_object_mut().unwrap().extend(rounding.as_object().unwrap().clone());
    model
}

fn bids() -> Value {
    json!([
        { "id": "A", "price": "100", "scores": { "plan": "5" } },
        { "id": "B", "price": "130", "scores": { "plan": "6" } }
    ])
}

/// B: 100/130 = 0.769230…, × 70 = 53.846…; 6/7 = 0.857142…, × 30 = 25.714….
fn total_of_b(rounding: Value) -> String {
    let lot = lot(&one_lot(model(rounding), bids()));
    lot.ranking.iter().find(|bid| bid.id == "B").unwrap().total.declared.clone()
}

#[test]
fn a_share_a_criterion_and_a_total_are_rounded_one_after_another() {
    let at = |stage: &str, decimals: u32| json!({ "stage": stage, "decimals": decimals });
    // 0.77 × 70 = 53.9; 0.86 × 30 = 25.8.
    assert_eq!(total_of_b(json!({ "roundingStages": [at("share", 2)] })), "79.7");
    assert_eq!(total_of_b(json!({ "rounding": at("share", 2) })), "79.7");
    // 0.769 × 70 = 53.83 → 53.8; 0.857 × 30 = 25.71 → 25.7.
    assert_eq!(total_of_b(json!({ "roundingStages": [at("share", 3), at("criterion", 1)] })), "79.5");
    assert_eq!(total_of_b(json!({ "roundingStages": [at("total", 0), at("criterion", 1)] })), "80");
    assert_eq!(total_of_b(json!({ "rounding": at("criterion", 2) })), "79.56");
    let both = json!({ "roundingStages": [at("share", 3), at("criterion", 1)] });
    let lot = lot(&one_lot(model(both), bids()));
    let b = lot.ranking.iter().find(|bid| bid.id == "B").unwrap();
    let told: Vec<String> = b
        .explanation
        .iter()
        .flatten()
        .map(|step| format!("{} {}", step.rule, step.result.chars().take(6).collect::<String>()))
        .collect();
    assert_eq!(told[..3], ["relative-lowest 53.846", "rounded-share 53.83", "rounded-score 53.8"]);
}

#[test]
fn a_price_is_rounded_after_its_discount() {
    let model = json!({
        "method": { "code": "fictitious-discount" },
        "criteria": [
            { "id": "price", "kind": "price" },
            { "id": "plan", "kind": "assessed-quality", "scale": { "highest": "3" },
              "discount": { "measure": "percent", "most": "10" } }
        ],
        "rounding": { "stage": "price", "decimals": 2 },
        "ties": [{ "by": "lot" }]
    });
    // 99.99 × (1 − 3.333… / 100) = 96.657.
    let lot = lot(&one_lot(model, json!([{ "id": "A", "price": "99.99", "scores": { "plan": "1" } }])));
    assert_eq!(lot.ranking[0].total.declared, "96.66");
    assert!(lot.ranking[0].explanation.iter().flatten().any(|step| step.rule == "rounded-price"));
}

#[test]
fn the_mean_of_assessors_is_rounded_before_it_is_weighed() {
    let model = json!({
        "method": { "code": "quality-only" }, "weightUnit": "points",
        "criteria": [{ "id": "plan", "kind": "assessed-quality", "weight": "100", "scale": { "highest": "10" } }],
        "assessment": { "combine": "mean", "decimals": 1 },
        "ties": [{ "by": "lot" }]
    });
    let scores: Vec<Value> = ["6", "7", "7"]
        .iter()
        .enumerate()
        .map(|(n, score)| json!({ "assessor": format!("b{n}"), "score": score }))
        .collect();
    let lot = lot(&one_lot(model, json!([{ "id": "A", "assessorScores": { "plan": scores } }])));
    assert_eq!(lot.ranking[0].total.declared, "67");
    let rules: Vec<&str> =
        lot.ranking[0].explanation.iter().flatten().map(|step| step.rule.as_str()).collect();
    assert_eq!(rules[..2], ["mean-of-assessors", "rounded-mark"]);
}

#[test]
fn a_stage_stands_once_and_in_one_place() {
    let told = |rounding: Value| errors(&one_lot(model(rounding), bids()));
    let at = |stage: &str| json!({ "stage": stage, "decimals": 2 });
    let place = "/lots/0/awardModel";
    assert_eq!(
        told(json!({ "roundingStages": [at("total"), at("total")] })),
        [format!("duplicate-id {place}/roundingStages/1/stage")]
    );
    assert_eq!(
        told(json!({ "rounding": at("total"), "roundingStages": [at("share")] })),
        [format!("parameter-unused {place}/roundingStages")]
    );
    assert_eq!(
        told(json!({ "roundingStages": [{ "stage": "share" }] })),
        [format!("parameter-missing {place}/roundingStages/0/decimals")]
    );
}
