//! Free numbers: tables in points, lines between rows, and the range or the mean of the field.

use serde_json::{Value, json};

use crate::support::{errors, lot, one_lot, rounded};

fn model(numeric: Value) -> Value {
    json!({
        "method": { "code": "quality-only" },
        "weightUnit": "points",
        "criteria": [{ "id": "days", "kind": "numeric", "weight": "20", "numeric": numeric }],
        "dropOut": "recompute",
        "ties": [{ "by": "lot" }]
    })
}

fn bids(numbers: &[&str]) -> Value {
    let bid = |(index, number): (usize, &&str)| json!({ "id": format!("B{}", index + 1), "facts": { "days": number } });
    numbers.iter().enumerate().map(bid).collect()
}

/// The points of each bid, in the order of the bids.
fn points(numeric: Value, numbers: &[&str]) -> Vec<String> {
    let lot = lot(&one_lot(model(numeric), bids(numbers)));
    let mut told: Vec<(String, String)> =
        lot.ranking.iter().map(|bid| (bid.id.clone(), rounded(&bid.total.exact, 4))).collect();
    told.sort();
    told.into_iter().map(|(_, points)| points).collect()
}

#[test]
fn a_table_can_be_in_points() {
    let table = json!({ "scoring": "steps", "steps": [
        { "from": "0", "points": "20" }, { "from": "10", "points": "12.5" }, { "from": "30", "points": "0" }
    ] });
    assert_eq!(points(table, &["5", "10", "29.9", "30"]), ["20", "12.5", "12.5", "0"]);
}

#[test]
fn points_can_lie_on_the_line_between_rows() {
    let table = |outside: &str| {
        json!({ "scoring": "interpolated", "outside": outside, "steps": [
            { "from": "10", "points": "20" }, { "from": "20", "points": "10" }, { "from": "50", "points": "4" }
        ] })
    };
    let told = points(table("clip"), &["5", "10", "15", "20", "35", "50", "60"]);
    assert_eq!(told, ["20", "20", "15", "10", "7", "4", "4"]);
    let lot = lot(&one_lot(model(table("reject")), bids(&["5", "15"])));
    assert_eq!(lot.excluded[0].reasons[0].code, "outside-bounds");
    assert_eq!(lot.ranking[0].id, "B2");
}

#[test]
fn a_number_is_held_against_the_range_of_the_field() {
    let by = |scoring: &str| json!({ "scoring": scoring });
    assert_eq!(points(by("range-lowest"), &["10", "15", "30"]), ["20", "15", "0"]);
    assert_eq!(points(by("range-highest"), &["10", "15", "30"]), ["0", "5", "20"]);
    assert_eq!(points(by("range-highest"), &["7", "7"]), ["20", "20"]);
}

#[test]
fn a_number_is_held_against_the_mean_of_the_field() {
    let by = |scoring: &str, at_most: &str| json!({ "scoring": scoring, "atMost": at_most });
    assert_eq!(points(by("mean-over-number", "none"), &["8", "10", "12"]), ["25", "20", "16.6667"]);
    assert_eq!(points(by("mean-over-number", "full"), &["8", "10", "12"]), ["20", "20", "16.6667"]);
    assert_eq!(points(by("number-over-mean", "none"), &["8", "10", "12"]), ["16", "20", "24"]);
    assert_eq!(points(by("number-over-mean", "full"), &["8", "10", "12"]), ["16", "20", "20"]);
}

#[test]
fn commitments_can_earn_points_by_a_table() {
    let model = json!({
        "method": { "code": "quality-only" },
        "weightUnit": "points",
        "criteria": [{ "id": "sr", "kind": "social-return-commitment", "weight": "15", "commitment": {
            "measure": "percentage", "minimum": "2", "maximum": "5", "aboveMaximum": "clip", "steps": [
                { "from": "2", "points": "1" }, { "from": "3", "points": "7" }, { "from": "5", "points": "15" }
            ] } }],
        "ties": [{ "by": "lot" }]
    });
    let bids =
        json!([{ "id": "A", "commitments": { "sr": "4.9" } }, { "id": "B", "commitments": { "sr": "6" } }]);
    let lot = lot(&one_lot(model, bids));
    assert_eq!([&lot.ranking[0].total.exact, &lot.ranking[1].total.exact], ["15", "7"]);
}

#[test]
fn a_table_is_in_one_unit_and_earns_no_more_than_the_weight() {
    let told = |numeric: Value| errors(&one_lot(model(numeric), bids(&["1"])));
    let at = |code: &str, field: &str| vec![format!("{code} /lots/0/awardModel/criteria/0/numeric/{field}")];
    let both = json!({ "scoring": "steps", "steps": [{ "from": "0", "points": "1", "percent": "1" }] });
    assert_eq!(told(both), at("field-unused", "steps/0/percent"));
    let neither = json!({ "scoring": "steps", "steps": [{ "from": "0" }] });
    assert_eq!(told(neither), at("field-missing", "steps/0/percent"));
    let more = json!({ "scoring": "steps", "steps": [{ "from": "0", "points": "20.1" }] });
    assert_eq!(told(more), at("out-of-range", "steps/0"));
    let shares =
        json!({ "scoring": "interpolated", "outside": "clip", "steps": [{ "from": "0", "percent": "1" }] });
    assert_eq!(told(shares), at("field-missing", "steps/0/points"));
    let one =
        json!({ "scoring": "interpolated", "outside": "clip", "steps": [{ "from": "0", "points": "1" }] });
    assert_eq!(told(one), at("steps-unordered", "steps"));
    assert_eq!(told(json!({ "scoring": "mean-over-number" })), at("field-missing", "atMost"));
}
