//! Bad input is told by its place, and nothing of it is measured.

use serde_json::{Value, json};

use crate::pso::support::*;

fn errors(file: &Value) -> Vec<String> {
    outcome(file).unwrap_err()
}

fn worker_with(field: &str, value: Value) -> Value {
    let mut worker = worker("W-1", "40");
    worker[field] = value;
    with_workers("10", json!([worker]))
}

#[test]
fn numbers_outside_their_range_are_refused() {
    for (field, value) in [
        ("hoursPerWeek", "-1"),
        ("hoursPerWeek", "168.1"),
        ("fullTimeHours", "0"),
        ("fullTimeHours", "60.5"),
        ("months", "-0.5"),
        ("months", "12.01"),
    ] {
        assert_eq!(errors(&worker_with(field, json!(value))), [format!("out-of-range /workers/0/{field}")]);
    }
    assert_eq!(errors(&worker_with("months", json!("1.001"))), ["too-many-decimals /workers/0/months"]);
    assert_eq!(errors(&with_workers("-3", json!([]))), ["out-of-range /organisation/totalFte"]);
    assert_eq!(errors(&with_workers("10000001", json!([]))), ["out-of-range /organisation/totalFte"]);
    for (field, value) in [("fte", "-1"), ("directSharePercent", "100.1"), ("turnover", "0.00")] {
        let mut bad = supplier("S", "10.00", "1", "1");
        bad[field] = json!(value);
        assert_eq!(errors(&fifty(json!([bad]), json!([]))), [format!("out-of-range /suppliers/0/{field}")]);
    }
}

#[test]
fn amounts_are_whole_cents_of_at_least_zero() {
    for value in ["-1.00", "1.005"] {
        let file = fifty(json!([supplier("S", "10.00", "1", "1")]), json!([purchase("O", "S", value)]));
        assert_eq!(errors(&file), ["invalid-amount /purchases/0/value"]);
    }
}

#[test]
fn positions_contract_types_suppliers_and_orders_must_be_known() {
    assert_eq!(errors(&worker_with("position", json!("ceo"))), ["unknown-position /workers/0/position"]);
    assert_eq!(errors(&worker_with("contract", json!("zzp"))), ["unknown-contract /workers/0/contract"]);
    let file = fifty(json!([]), json!([purchase("O", "S", "1.00")]));
    assert_eq!(errors(&file), ["unknown-supplier /purchases/0/supplier"]);
    let asked = with(fifty(json!([]), json!([])), "alternatives", json!([{ "order": "O", "supplier": "S" }]));
    assert_eq!(
        errors(&asked),
        ["unknown-order /alternatives/0/order", "unknown-supplier /alternatives/0/supplier"]
    );
    let assumed = with(fifty(json!([]), json!([])), "assumedSuppliers", json!(["S"]));
    assert_eq!(errors(&assumed), ["unknown-supplier /assumedSuppliers/0"]);
    let link = json!([{ "buyer": "X", "order": "O", "supplier": "Y", "value": "1.00" }]);
    assert_eq!(
        errors(&with(fifty(json!([]), json!([])), "supplierPurchases", link)),
        ["unknown-supplier /supplierPurchases/0/supplier", "unknown-supplier /supplierPurchases/0/buyer"]
    );
}

#[test]
fn identifiers_stand_once_and_have_their_shape() {
    let twice = with_workers("10", json!([worker("W-1", "4"), worker("W-1", "4")]));
    assert_eq!(errors(&twice), ["duplicate-id /workers/1/reference"]);
    let suppliers = json!([supplier("S", "10.00", "1", "1"), supplier("S", "10.00", "1", "1")]);
    assert_eq!(errors(&fifty(suppliers, json!([]))), ["duplicate-id /suppliers/1/id"]);
    assert_eq!(
        errors(&fifty(json!([supplier("a b", "10.00", "1", "1")]), json!([]))),
        ["invalid-id /suppliers/0/id"]
    );
    let mut wrong = supplier("S", "10.00", "1", "1");
    wrong["kvkNumber"] = json!("1234567");
    assert_eq!(errors(&fifty(json!([wrong]), json!([]))), ["invalid-kvk-number /suppliers/0/kvkNumber"]);
}

#[test]
fn the_target_group_is_part_of_the_whole() {
    let workers = json!([worker("W-1", "40"), worker("W-2", "40"), worker("W-3", "0.01")]);
    assert_eq!(errors(&with_workers("2", workers)), ["more-than-total /organisation/totalFte"]);
    assert!(outcome(&with_workers("2", json!([worker("W-1", "40"), worker("W-2", "40")]))).is_ok());
}

#[test]
fn months_of_counting_need_a_reference_year_and_the_right_order() {
    let mut file = worker_with("countsFrom", json!("2024-01"));
    file["organisation"].as_object_mut().unwrap().remove("referenceYearFrom");
    assert_eq!(errors(&file), ["reference-year-missing /workers/0"]);
    let mut file = worker_with("countsFrom", json!("2024-02"));
    file["workers"][0]["countsUntil"] = json!("2024-01");
    assert_eq!(errors(&file), ["period-reversed /workers/0/countsUntil"]);
}

#[test]
fn weights_that_cannot_be_are_refused() {
    let file = with_workers("10", json!([]));
    let given = |weights: Value| errors(&with(file.clone(), "weights", weights));
    let positions = |positions: Value| given(json!({ "version": "pso-manual-1.9", "positions": positions }));
    assert_eq!(given(json!({ "version": "pso-manual-2.0" })), ["unknown-weights /weights/version"]);
    assert_eq!(positions(json!([{ "code": "ww", "weight": "1.1" }])), ["invalid-weights /weights"]);
    assert_eq!(positions(json!([{ "code": "ww", "weight": "-0.1" }])), ["invalid-weights /weights"]);
    assert_eq!(positions(json!([{ "code": "ww" }, { "code": "ww" }])), ["invalid-weights /weights"]);
    assert_eq!(positions(json!([{ "code": "a b" }])), ["invalid-id /weights/positions/0/code"]);
    assert_eq!(
        positions(json!([{ "code": "ww", "countsForMonths": 0 }])),
        ["out-of-range /weights/positions/0/countsForMonths"]
    );
    assert_eq!(
        positions(json!([{ "code": "ww", "countsForMonths": 1, "countsWhileItLasts": true }])),
        ["two-counting-periods /weights/positions/0"]
    );
    let contracts = json!({ "version": "pso-manual-1.9", "contracts": [{ "code": "flex", "weight": "2" }] });
    assert_eq!(given(contracts), ["invalid-weights /weights"]);
}

#[test]
fn lists_that_are_too_long_are_refused() {
    let workers: Vec<Value> = (0..20_001).map(|index| worker(&format!("W-{index}"), "0")).collect();
    assert_eq!(errors(&with_workers("10", json!(workers))), ["too-many /workers"]);
    let positions: Vec<Value> = (0..101).map(|index| json!({ "code": format!("p{index}") })).collect();
    let weights = json!({ "version": "pso-manual-1.9", "positions": positions });
    assert_eq!(
        errors(&with(with_workers("10", json!([])), "weights", weights)),
        ["too-many /weights/positions"]
    );
    let rows = vec![json!({ "fte": "2", "percents": ["1"] }); 1_001];
    let norms = json!({ "version": "own", "source": "own", "ladderVersion": "pso-2023", "levels": ["trede-1"], "rows": rows });
    assert_eq!(errors(&with(with_workers("10", json!([])), "norms", norms)), ["too-many /norms/rows"]);
}

#[test]
fn all_errors_are_told_together() {
    let mut file = worker_with("months", json!("13"));
    file["workers"][0]["position"] = json!("ceo");
    file["purchases"] = json!([purchase("O", "S", "1.00")]);
    assert_eq!(
        errors(&file),
        [
            "unknown-position /workers/0/position",
            "out-of-range /workers/0/months",
            "unknown-supplier /purchases/0/supplier"
        ]
    );
}

#[test]
fn what_is_no_json_or_has_unknown_fields_is_told_with_its_place() {
    use trede_wire::pso_file::parse_pso_file;
    assert!(parse_pso_file(b"{").unwrap_err().to_string().starts_with("line 1"));
    let file = with(with_workers("10", json!([])), "worker", json!([]));
    assert!(errors(&file)[0].contains("unknown field `worker`"));
    let mut float = with_workers("10", json!([]));
    float["organisation"]["totalFte"] = json!(10.5);
    assert!(errors(&float)[0].contains("decimal number in quotes"));
}

#[test]
fn more_hours_than_full_time_are_counted_and_told() {
    let result = measured(&worker_with("hoursPerWeek", json!("44")));
    assert_eq!(result.weighted_fte.exact, "1.1");
    assert!(codes(&result).contains(&"above-full-time"));
}
