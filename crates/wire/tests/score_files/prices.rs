//! Price formulas of other countries: by the discount on a base price, and against the mean.

use serde_json::{Value, json};
use trede_wire::score_result::LotResult;

use crate::support::{errors, lot, one_lot, rounded};

fn model(method: Value) -> Value {
    json!({
        "method": method,
        "weightUnit": "points",
        "criteria": [{ "id": "price", "kind": "price", "weight": "60" }],
        "dropOut": "recompute",
        "ties": [{ "by": "lot" }]
    })
}

fn bids(prices: &[&str]) -> Value {
    let bid = |(index, price): (usize, &&str)| json!({ "id": format!("B{}", index + 1), "price": price });
    prices.iter().enumerate().map(bid).collect()
}

/// The points of each bid, in the order of the bids.
fn points(lot: &LotResult) -> Vec<String> {
    let mut told: Vec<(String, String)> =
        lot.ranking.iter().map(|bid| (bid.id.clone(), rounded(&bid.total.exact, 4))).collect();
    told.sort();
    told.into_iter().map(|(_, points)| points).collect()
}

fn scored(method: Value, prices: &[&str]) -> Vec<String> {
    points(&lot(&one_lot(model(method), bids(prices))))
}

/// Junta Consultiva de Aragón, report 6/2014: Vi = Bi / max(Bs, Bmax) × Vmax.
#[test]
fn a_discount_is_held_against_the_highest_or_the_significant_one() {
    let method = |significant: &str| {
        json!({ "code": "discount-on-base", "basePrice": "100000", "significantPercent": significant,
            "floor": "none" })
    };
    // Discounts of 10, 5 and 0 percent.
    assert_eq!(scored(method("5"), &["90000", "95000", "100000"]), ["60", "30", "0"]);
    // Nobody reaches 5 percent: 4 percent earns 48.
    assert_eq!(scored(method("5"), &["96000", "99000"]), ["48", "12"]);
    assert_eq!(scored(method("0"), &["96000", "99000"]), ["60", "15"]);
    assert_eq!(scored(method("5"), &["90000", "101000"]), ["60", "-6"]);
    let floored = json!({ "code": "discount-on-base", "basePrice": "100000", "floor": "zero" });
    assert_eq!(scored(floored.clone(), &["90000", "101000"]), ["60", "0"]);
    assert_eq!(scored(floored, &["100000", "100000"]), ["0", "0"]);
}

/// ANAC, Linee guida n. 2: discounts of 10, 20 and 30 percent have a mean of 20, which earns 80 percent of the weight.
#[test]
fn two_slopes_meet_at_the_mean_discount() {
    let method = json!({ "code": "two-slopes", "basePrice": "1000", "meanPercent": "80" });
    assert_eq!(scored(method.clone(), &["900", "800", "700"]), ["24", "48", "60"]);
    // Discounts of 10, 20, 30 and 40: 25 earns 48, 30 a third of the rest more.
    assert_eq!(scored(method.clone(), &["900", "800", "700", "600"]), ["19.2", "38.4", "52", "60"]);
    assert_eq!(scored(method, &["1000", "1000"]), ["0", "0"]);
}

#[test]
fn a_price_is_held_against_the_mean() {
    let method = |formula: &str, at_most: &str| json!({ "code": "relative-to-mean", "formula": formula, "atMost": at_most });
    assert_eq!(scored(method("ratio", "none"), &["80", "100", "120"]), ["75", "60", "50"]);
    assert_eq!(scored(method("ratio", "full"), &["80", "100", "120"]), ["60", "60", "50"]);
    let linear = |floor: &str, at_most: &str| json!({ "code": "relative-to-mean", "formula": "linear", "atMost": at_most, "floor": floor });
    assert_eq!(scored(linear("none", "none"), &["50", "60", "190"]), ["90", "84", "6"]);
    assert_eq!(scored(linear("none", "full"), &["10", "10", "10", "170"]), ["60", "60", "60", "-84"]);
    assert_eq!(scored(linear("zero", "full"), &["10", "10", "10", "170"]), ["60", "60", "60", "0"]);
}

#[test]
fn parameters_of_these_methods_are_checked() {
    let told = |method: Value| errors(&one_lot(model(method), bids(&["1"])));
    let at = |code: &str, field: &str| vec![format!("{code} /lots/0/awardModel/method/{field}")];
    assert_eq!(
        told(json!({ "code": "discount-on-base", "floor": "none" })),
        at("parameter-missing", "basePrice")
    );
    assert_eq!(
        told(json!({ "code": "two-slopes", "basePrice": "5", "meanPercent": "100" })),
        at("out-of-range", "meanPercent")
    );
    assert_eq!(
        told(json!({ "code": "relative-to-mean", "formula": "ratio", "atMost": "full", "floor": "zero" })),
        at("parameter-unused", "floor")
    );
    assert_eq!(
        told(json!({ "code": "relative-lowest", "basePrice": "5" })),
        at("parameter-unused", "basePrice")
    );
}
