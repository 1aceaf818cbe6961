//! Published rules for abnormally low bids.

use serde_json::{Value, json};
use trede_wire::score_result::LotResult;

use crate::support::{errors, lot, one_lot};

fn lowest_price(rules: Value) -> Value {
    json!({
        "method": { "code": "lowest-price" },
        "motivation": "one product",
        "criteria": [{ "id": "price", "kind": "price", "unitPrice": true }],
        "abnormallyLow": rules,
        "ties": [{ "by": "lot" }]
    })
}

fn bids(prices: &[&str]) -> Value {
    let bid = |(index, price): (usize, &&str)| json!({ "id": format!("B{:02}", index + 1), "price": price });
    prices.iter().enumerate().map(bid).collect()
}

/// Which bids are flagged, and at which bound.
fn flagged(rules: Value, prices: &[&str]) -> (String, String) {
    let lot = lot(&one_lot(lowest_price(rules), bids(prices)));
    let ids: Vec<&str> = lot.abnormally_low.iter().map(|flag| flag.id.as_str()).collect();
    (ids.join(" "), lot.abnormally_low.first().map(|flag| flag.against.clone()).unwrap_or_default())
}

fn last_of<'a>(lot: &'a LotResult, rule: &str) -> &'a str {
    let step = lot.low_bid_steps.iter().rev().find(|step| step.rule == rule);
    step.map_or("", |step| step.result.as_str())
}

/// RD 1098/2001 art. 85, by the number of bids; a base budget of 100.
fn spanish_rules() -> Value {
    json!([
        { "rule": "below-estimate", "percent": "25", "estimate": "100", "toBids": 1, "strictly": true },
        { "rule": "below-mean-of-others", "percent": "20", "fromBids": 2, "toBids": 2, "strictly": true },
        { "rule": "below-mean", "percent": "10", "leaveOutAbovePercent": "10", "atLeastBids": 2,
          "fromBids": 3, "toBids": 3, "strictly": true },
        { "rule": "below-estimate", "percent": "25", "estimate": "100", "fromBids": 3, "toBids": 3,
          "strictly": true },
        { "rule": "below-mean", "percent": "10", "leaveOutAbovePercent": "10", "atLeastBids": 3,
          "fromBids": 4, "strictly": true }
    ])
}

#[test]
fn the_spanish_rule_goes_by_the_number_of_bids() {
    let ids = |prices: &[&str]| flagged(spanish_rules(), prices).0;
    assert_eq!([ids(&["75"]), ids(&["74.99"])], ["", "B01"]);
    assert_eq!([ids(&["80", "100"]), ids(&["79.99", "100"])], ["", "B01"]);
    // Three bids: 70, 80 and 100 have a mean of 83.33; without 100 it is 75, of which 67.5 is the bound. 70 lies more
    // than 25 units below the budget.
    assert_eq!(ids(&["70", "80", "100"]), "B01");
    assert_eq!(ids(&["76", "80", "100"]), "");
    // Four bids: the mean of 60, 80, 82 and 98 is 80; 98 leaves it, and 74 is the second mean.
    assert_eq!(flagged(spanish_rules(), &["60", "80", "82", "98"]), ("B01".into(), "74".into()));
    assert_eq!(ids(&["66.6", "77.7", "77.7", "98"]), "");
}

/// D.Lgs. 36/2023 annex II.2, method A, for 15 bids or more: discounts of 10 to 24.57 percent.
#[test]
fn the_italian_threshold_of_fifteen_bids_is_lowered_by_the_decimals_of_the_sum() {
    let rules = json!([{ "rule": "above-discount-threshold", "estimate": "100", "trimPercent": "10",
        "decrement": true, "fromBids": 15 }]);
    let prices =
        ["90", "89", "88", "87", "86", "85", "84", "83", "82", "81", "80", "79", "78.77", "76", "75.43"];
    let lot = lot(&one_lot(lowest_price(rules), bids(&prices)));
    // Two leave each end: 12 to 21.23 stay. Their sum is 186.23, their mean 16.93, and the mean excess of 17 to 21 and
    // 21.23 above it 2.44166….
    assert_eq!(last_of(&lot, "low-bid-sum"), "186.23");
    assert_eq!(last_of(&lot, "low-bid-mean-discount"), "16.93");
    assert_eq!(&last_of(&lot, "low-bid-mean-excess")[..7], "2.44166");
    // 16.93 + 2.44166… − 2.44166… × 2 × 3 / 100 = 19.22516…
    assert_eq!(&last_of(&lot, "low-bid-decrement")[..8], "19.22516");
    let ids: Vec<&str> = lot.abnormally_low.iter().map(|flag| flag.id.as_str()).collect();
    assert_eq!(ids, ["B11", "B12", "B13", "B14", "B15"]);
}

/// The same for fewer bids: a spread of at most 15 percent of the mean gives the mean and 20 percent of it.
#[test]
fn the_italian_threshold_of_few_bids_goes_by_their_spread() {
    let rules = |at_most: &str| {
        json!([{ "rule": "above-discount-threshold", "estimate": "100", "trimPercent": "10",
            "smallSpreadPercent": at_most, "addPercent": "20", "toBids": 14 }])
    };
    // 10 and 30 leave; 18, 20 and 22 stay: a mean of 20 and a mean excess of 2, ten percent of it.
    let prices = ["90", "82", "80", "78", "70"];
    assert_eq!(flagged(rules("15"), &prices), ("B05".into(), "76".into()));
    assert_eq!(flagged(rules("9.9"), &prices), ("B04 B05".into(), "78".into()));
}

#[test]
fn ends_that_are_equal_to_what_was_cut_are_cut_too_and_means_can_be_rounded() {
    let rules = json!([{ "rule": "above-discount-threshold", "estimate": "100", "trimPercent": "10",
        "meanDecimals": 2 }]);
    // Discounts 10, 10, 15, 16, 18, 30, 30: 15, 16 and 18 stay, with a mean of 16.33 and an excess of 1.67.
    let prices = ["90", "90", "85", "84", "82", "70", "70"];
    assert_eq!(flagged(rules, &prices), ("B05 B06 B07".into(), "82".into()));
}

#[test]
fn a_mean_can_leave_out_the_ends_or_count_the_estimate() {
    let trimmed = json!([{ "rule": "below-mean", "percent": "15", "trimPercent": "20" }]);
    assert_eq!(flagged(trimmed, &["10", "84", "100", "116", "500"]), ("B01 B02".into(), "100".into()));
    let counted = json!([{ "rule": "below-mean", "percent": "20", "estimate": "130" }]);
    assert_eq!(flagged(counted, &["80", "90"]), ("B01".into(), "100".into()));
    let median = json!([{ "rule": "below-median", "percent": "20" }]);
    assert_eq!(flagged(median, &["72", "80", "100", "1000"]), ("B01".into(), "90".into()));
}

#[test]
fn a_bid_can_lie_standard_deviations_below_the_mean() {
    // 2, 4, 4, 4, 5, 5, 7, 9: the mean is 5 and the deviation 2.
    let prices = ["2", "4", "4", "4", "5", "5", "7", "9"];
    let rules = |more: Value| {
        let mut rule = json!({ "rule": "below-deviations", "deviations": "1.5" });
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!([rule])
    };
    assert_eq!(flagged(rules(json!({})), &prices), ("B01".into(), "5".into()));
    assert_eq!(flagged(rules(json!({ "strictly": true })), &prices).0, "");
    assert_eq!(flagged(rules(json!({ "sample": true })), &prices).0, "");
}

#[test]
fn a_field_of_another_rule_and_a_field_that_is_missing_are_told() {
    let with = |rule: Value| errors(&one_lot(lowest_price(json!([rule])), bids(&["1"])));
    let at = |code: &str, field: &str| vec![format!("{code} /lots/0/awardModel/abnormallyLow/0/{field}")];
    assert_eq!(with(json!({ "rule": "below-median" })), at("parameter-missing", "percent"));
    assert_eq!(
        with(json!({ "rule": "below-next", "percent": "1", "trimPercent": "10" })),
        at("parameter-unused", "trimPercent")
    );
    assert_eq!(
        with(json!({ "rule": "above-discount-threshold", "estimate": "9", "addPercent": "2" })),
        at("parameter-missing", "smallSpreadPercent")
    );
    assert_eq!(
        with(json!({ "rule": "below-mean", "percent": "1", "trimPercent": "50" })),
        ["out-of-range /lots/0/awardModel/abnormallyLow/0"]
    );
    assert_eq!(
        with(json!({ "rule": "below-mean", "percent": "1", "fromBids": 3, "toBids": 2 })),
        at("bounds-empty", "toBids")
    );
}
