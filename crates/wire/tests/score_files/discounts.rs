//! Fictitious discounts for a level, a score, an offer or a number, with a cap; several prices; price sheets.

use serde_json::{Value, json};
use trede_wire::score_result::{BidResult, LotResult};

use crate::support::{errors, lot, one_lot, ranking};

fn with(mut model: Value, more: Value) -> Value {
    model.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    model
}

fn fictitious(criteria: Value) -> Value {
    json!({ "method": { "code": "fictitious-discount" }, "criteria": criteria, "ties": [{ "by": "lot" }] })
}

fn bid_of<'a>(lot: &'a LotResult, id: &str) -> &'a BidResult {
    lot.ranking.iter().find(|bid| bid.id == id).unwrap()
}

fn rules_of(bid: &BidResult) -> Vec<&str> {
    bid.explanation.iter().flatten().map(|step| step.rule.as_str()).collect()
}

/// CO2-Prestatieladder: level 3 is worth 4 percent (deduurzameadviseurs.nl; ProRail 1/2/4/7/10).
fn co2() -> Value {
    let marks: Vec<Value> = [
        ("trede-0", "0"),
        ("trede-1", "1"),
        ("trede-2", "2"),
        ("trede-3", "4"),
        ("trede-4", "7"),
        ("trede-5", "10"),
    ]
    .map(|(mark, score)| json!({ "mark": mark, "score": score }))
    .to_vec();
    json!({ "id": "co2", "kind": "assessed-quality", "scale": { "highest": "10", "marks": marks },
        "discount": { "measure": "percent", "most": "10" } })
}

#[test]
fn the_co2_ladder_is_a_discount_by_marks() {
    let model = fictitious(json!([{ "id": "price", "kind": "price" }, co2()]));
    let bids = json!([
        { "id": "A", "price": "30000000", "scores": { "co2": "trede-3" } },
        { "id": "X", "price": "29000000", "scores": { "co2": "trede-0" } }
    ]);
    let lot = lot(&one_lot(model, bids));
    assert_eq!(ranking(&lot, 2), "A 28800000, X 29000000");
    let a = bid_of(&lot, "A");
    assert_eq!((a.price.as_deref(), a.discounted_price.as_deref()), (Some("30000000"), Some("28800000")));
    assert_eq!(rules_of(a)[..2], ["assessed-score", "fictitious-discount-percent"]);
}

#[test]
fn a_percentage_has_a_cap_in_euros_and_several_add_up_where_that_is_declared() {
    let capped = with(co2(), json!({ "discount": { "measure": "percent", "most": "10", "cap": "5000" } }));
    let plan = json!({ "id": "plan", "kind": "assessed-quality", "scale": { "highest": "10" },
        "discount": { "measure": "percent", "most": "20" } });
    let bids = json!([{ "id": "A", "price": "100000", "scores": { "co2": "trede-5", "plan": "5" } }]);
    let criteria = json!([{ "id": "price", "kind": "price" }, capped, plan.clone()]);
    // 100,000 − min(10,000; 5,000) = 95,000, less 10 percent of that or of the price that was bid.
    let one = lot(&one_lot(fictitious(criteria.clone()), bids.clone()));
    assert_eq!(ranking(&one, 2), "A 85500");
    let each = with(fictitious(criteria), json!({ "discounts": "each-on-bid" }));
    let each = lot(&one_lot(each, bids.clone()));
    assert_eq!(ranking(&each, 2), "A 85000");
    assert_eq!(
        rules_of(bid_of(&each, "A"))[2..4],
        ["fictitious-discount-capped", "fictitious-discount-of-bid"]
    );
    let both = json!([{ "id": "price", "kind": "price" }, co2(), plan]);
    let both = with(fictitious(both), json!({ "discounts": "each-on-bid" }));
    assert_eq!(ranking(&lot(&one_lot(both, bids)), 2), "A 80000");
}

#[test]
fn the_discount_of_a_level_has_a_cap() {
    let codes = ["trede-1", "trede-2", "trede-3", "trede-4", "trede-5", "trede-5-30+"];
    let rows = codes.map(|level| json!({ "level": level, "value": "5" })).to_vec();
    let named = codes.map(|code| json!({ "code": code })).to_vec();
    let ladder = json!({ "version": "own", "levels": named });
    let levels = json!({ "measure": "discount-percent", "rows": rows, "cap": "2500" });
    let model = with(
        fictitious(
            json!([{ "id": "price", "kind": "price" }, { "id": "pso", "kind": "pso-level", "levels": levels }]),
        ),
        json!({ "pso": { "ladder": ladder } }),
    );
    let bids = json!([
        { "id": "A", "price": "40000", "pso": { "level": "trede-1" } },
        { "id": "B", "price": "60000", "pso": { "level": "trede-1" } },
        { "id": "C", "price": "58000" }
    ]);
    let lot = lot(&one_lot(model, bids));
    assert_eq!(ranking(&lot, 2), "A 38000, B 57500, C 58000");
    assert_eq!(bid_of(&lot, "B").award_factor.as_ref().unwrap().level.euros.as_deref(), Some("2500.00"));
}

#[test]
fn an_offer_and_a_number_lower_the_price_beside_a_weighted_method() {
    let model = json!({
        "method": { "code": "relative-lowest" }, "weightUnit": "points", "dropOut": "recompute",
        "criteria": [
            { "id": "price", "kind": "price", "weight": "100" },
            { "id": "sr", "kind": "social-return-commitment", "discount": { "measure": "amount", "most": "3000" },
              "commitment": { "measure": "percentage", "minimum": "0", "maximum": "5", "aboveMaximum": "clip" } },
            { "id": "days", "kind": "numeric", "discount": { "measure": "percent", "most": "10" },
              "numeric": { "scoring": "between", "worst": "30", "best": "10", "outside": "clip" } }
        ],
        "ties": [{ "by": "lot" }]
    });
    // A: 53,000 − 3,000 = 50,000, less 5 percent: 47,500. B: 38,000.
    let bids = json!([
        { "id": "A", "price": "53000", "commitments": { "sr": "5" }, "facts": { "days": "20" } },
        { "id": "B", "price": "38000", "facts": { "days": "30" } }
    ]);
    let lot = lot(&one_lot(model, bids));
    assert_eq!(ranking(&lot, 2), "B 100, A 80");
    assert_eq!(
        bid_of(&lot, "A").award_factor.as_ref().unwrap().commitments.euros.as_deref(),
        Some("3000.00")
    );
}

#[test]
fn several_prices_are_added_up_for_award_on_value_and_each_discounted_where_each_earns_points() {
    let value = json!({
        "method": { "code": "award-on-value" },
        "criteria": [
            { "id": "build", "kind": "price" },
            { "id": "upkeep", "kind": "price" },
            { "id": "plan", "kind": "assessed-quality", "value": "20000", "scale": { "highest": "10" } },
            co2()
        ],
        "ties": [{ "by": "lot" }]
    });
    let bid = json!({ "id": "A", "prices": { "build": "70000", "upkeep": "30000" },
        "scores": { "plan": "5", "co2": "trede-5" } });
    let lot_of_value = lot(&one_lot(value, json!([bid])));
    assert_eq!(ranking(&lot_of_value, 2), "A 80000");
    assert_eq!(bid_of(&lot_of_value, "A").price.as_deref(), Some("100000"));
    let points = json!({
        "method": { "code": "relative-lowest" }, "weightUnit": "points", "dropOut": "recompute",
        "criteria": [
            { "id": "build", "kind": "price", "weight": "60" },
            { "id": "upkeep", "kind": "price", "weight": "40" },
            co2()
        ],
        "ties": [{ "by": "lot" }]
    });
    let bids = json!([
        { "id": "A", "prices": { "build": "100", "upkeep": "50" }, "scores": { "co2": "trede-5" } },
        { "id": "B", "prices": { "build": "90", "upkeep": "36" }, "scores": { "co2": "trede-0" } }
    ]);
    // A counts as 90 and 45: 60 and 40 × 36 / 45 = 32.
    assert_eq!(ranking(&lot(&one_lot(points, bids)), 2), "B 100, A 92");
}

fn sheet(lines: Value) -> Value {
    json!({ "method": { "code": "lowest-price" }, "motivation": "one product",
        "criteria": [{ "id": "price", "kind": "price", "sheet": lines }], "ties": [{ "by": "lot" }] })
}

#[test]
fn a_price_sheet_multiplies_unit_prices_by_the_buyers_quantities() {
    let lines = json!([
        { "id": "senior", "title": "hour", "quantity": "1200" },
        { "id": "bolt", "quantity": "12345.5" }
    ]);
    let bids = json!([{ "id": "A", "prices": { "senior": "95.5", "bolt": "0.012345" } }]);
    let exact = lot(&one_lot(sheet(json!({ "lines": lines.clone() })), bids.clone()));
    assert_eq!(exact.ranking[0].total.declared, "114752.4051975");
    let cents = lot(&one_lot(sheet(json!({ "lines": lines, "lineDecimals": 2 })), bids));
    assert_eq!(cents.ranking[0].total.declared, "114752.41");
    let told = rules_of(&cents.ranking[0]);
    assert_eq!(
        told[..5],
        [
            "price-sheet-line",
            "price-sheet-line-rounded",
            "price-sheet-line",
            "price-sheet-line-rounded",
            "price-sheet-sum"
        ]
    );
}

#[test]
fn what_is_wrong_in_a_sheet_or_a_discount_is_told_at_its_place() {
    let lines = json!({ "lines": [{ "id": "a", "quantity": "1" }] });
    let told = |model: Value, bid: Value| errors(&one_lot(model, json!([bid])));
    assert_eq!(
        told(sheet(lines.clone()), json!({ "id": "A", "prices": { "b": "1" } })),
        ["unknown-criterion /lots/0/bids/0/prices/b", "answer-missing /lots/0/bids/0/prices/a"]
    );
    assert_eq!(
        told(sheet(lines), json!({ "id": "A", "price": "1" })),
        ["ambiguous-price /lots/0/bids/0/price", "answer-missing /lots/0/bids/0/prices/a"]
    );
    let twice = json!({ "lines": [{ "id": "price", "quantity": "0" }] });
    assert_eq!(
        told(sheet(twice), json!({ "id": "A", "prices": { "price": "1" } })),
        [
            "duplicate-id /lots/0/awardModel/criteria/0/sheet/lines/0/id",
            "weight-not-positive /lots/0/awardModel/criteria/0/sheet/lines/0/quantity"
        ]
    );
    let discounting = |terms: Value| {
        let days = json!({ "id": "days", "kind": "numeric", "numeric": { "scoring": "relative-lowest" },
            "discount": terms });
        let model = with(
            fictitious(json!([{ "id": "price", "kind": "price" }, days])),
            json!({ "dropOut": "recompute" }),
        );
        told(model, json!({ "id": "A", "price": "1", "facts": { "days": "1" } }))
    };
    let at = "/lots/0/awardModel/criteria/1/discount";
    assert_eq!(
        discounting(json!({ "measure": "percent", "most": "100" })),
        [format!("out-of-range {at}/most"), format!("price-in-relative-group {at}")]
    );
    assert_eq!(
        discounting(json!({ "measure": "amount", "most": "1", "cap": "1" })),
        [format!("parameter-unused {at}/cap")]
    );
}
