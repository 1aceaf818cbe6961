//! The distance to the next levels: what it says is enough, and anything less is not.

use serde_json::{Value, json};
use trede_wire::pso_result::{DistanceResult, PsoResult};

use crate::pso::support::*;

fn worked_example(bought: &str) -> Value {
    let suppliers = json!([supplier("S1", "1000000.00", "20", "30")]);
    fifty(suppliers, json!([purchase("O", "S1", bought)]))
}

fn distance<'a>(result: &'a PsoResult, code: &str) -> &'a DistanceResult {
    let norm = result.norms.levels.iter().find(|norm| norm.code == code).unwrap();
    norm.distance.as_ref().unwrap()
}

#[test]
fn buying_as_much_more_as_the_distance_says_reaches_the_level_and_a_cent_less_does_not() {
    let result = measured(&worked_example("100000.00"));
    let route = &distance(&result, "trede-2").purchasing;
    assert!(route.possible);
    assert_eq!(route.suppliers[0].supplier, "S1");
    let euros: rust_decimal::Decimal = route.suppliers[0].euros.as_ref().unwrap().parse().unwrap();
    let bought = |cents_less: i64| {
        let value = rust_decimal::Decimal::from(100_000) + euros - rust_decimal::Decimal::new(cents_less, 2);
        measured(&worked_example(&value.to_string()))
    };
    assert_eq!(level(&bought(0)), "trede-2");
    assert_eq!(level(&bought(1)), "trede-1");
}

#[test]
fn so_many_more_weighted_fte_reach_the_level_exactly() {
    let suppliers = json!([supplier("S", "1000.00", "10", "50")]);
    let file = |workers: Value| organisation("50", workers, suppliers.clone(), json!([]));
    let before = measured(&file(json!([worker("W-1", "40")])));
    // Trede 3 asks 6.8 % of 50 fte = 3.4 fte, of which 1 is there.
    assert_eq!(distance(&before, "trede-3").direct.weighted_fte.exact, "2.4");
    let more = |last: &str| {
        file(json!([worker("W-1", "40"), worker("W-2", "40"), worker("W-3", "40"), worker("W-4", last)]))
    };
    assert_eq!(level(&measured(&more("16"))), "trede-3");
    assert_eq!(level(&measured(&more("15.999999"))), "trede-2");
}

#[test]
fn where_purchases_are_cut_off_the_distance_in_fte_counts_what_comes_back() {
    // Direct 0.4 %, indirect 9.09 % of which 1.6 % counts: total 2 %. With direct 0.6 % the total is 5 × 0.6 = 3 %.
    let suppliers = json!([supplier("S", "1000.00", "10", "50")]);
    let purchases = json!([purchase("O", "S", "1000.00")]);
    let file =
        |hours: &str| organisation("50", json!([worker("W-1", hours)]), suppliers.clone(), purchases.clone());
    let before = measured(&file("8"));
    assert_eq!(before.total.exact, "2");
    assert_eq!(distance(&before, "trede-1").direct.weighted_fte.exact, "0.1");
    assert_eq!(level(&measured(&file("12"))), "trede-1");
    assert_eq!(level(&measured(&file("11.999999"))), "unknown");
}

#[test]
fn purchases_alone_cannot_reach_more_than_five_times_the_direct_contribution() {
    let suppliers = json!([supplier("S", "1000.00", "10", "50")]);
    // Direct 1.36 %: trede 3 asks 6.8 %, which is just five times that.
    let file = |hours: &str| organisation("50", json!([worker("W-1", hours)]), suppliers.clone(), json!([]));
    assert!(distance(&measured(&file("27.2")), "trede-3").purchasing.possible);
    let below = measured(&file("27.19"));
    let route = &distance(&below, "trede-3").purchasing;
    assert!(!route.possible && route.suppliers.is_empty());
}

#[test]
fn the_supplier_assumed_is_the_one_with_most_fte_for_a_euro_unless_others_are_named() {
    let suppliers = json!([
        supplier("dear", "1000000.00", "20", "30"),
        supplier("cheap", "1000000.00", "20", "60"),
        { "id": "silent", "kind": "pso-certified" }
    ]);
    let file = fifty(suppliers, json!([]));
    let names = |file: &Value| -> Vec<String> {
        let result = measured(file);
        distance(&result, "trede-1").purchasing.suppliers.iter().map(|route| route.supplier.clone()).collect()
    };
    assert_eq!(names(&file), ["cheap"]);
    assert_eq!(names(&with(file, "assumedSuppliers", json!(["dear", "cheap", "silent"]))), ["dear", "cheap"]);
}

#[test]
fn more_than_the_turnover_of_the_supplier_leaves_is_told() {
    let small = json!([supplier("S", "1000.00", "1", "30")]);
    let result = measured(&fifty(small, json!([])));
    assert!(distance(&result, "trede-3").purchasing.suppliers[0].above_turnover);
    let large = measured(&worked_example("100000.00"));
    assert!(!distance(&large, "trede-2").purchasing.suppliers[0].above_turnover);
}

#[test]
fn a_level_that_is_reached_has_no_distance() {
    let result = measured(&worked_example("100000.00"));
    let reached: Vec<bool> = result.norms.levels.iter().map(|norm| norm.reached).collect();
    assert_eq!(reached, [true, false, false]);
    assert!(result.norms.levels[0].distance.is_none());
}
