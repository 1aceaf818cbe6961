//! A market of bids from earlier tenders.

use serde_json::{Value, json};
use trede_base::money::Price;
use trede_lab::past_bids;
use trede_wire::lab_file::PastBidInput;
use trede_wire::score_file::ScoreFile;

use crate::support::{assert_share, file, lowest_price, number, only, ran, relative, whole_model};

fn earlier() -> Value {
    let bid = |id: &str, price: &str, level: Option<&str>| {
        let mut bid = json!({
            "id": id, "price": price, "scores": { "plan": "60", "milieu": "70" }, "commitments": { "toezegging": "3" }
        });
        if let Some(level) = level {
            bid["pso"] = json!({ "level": level });
        }
        bid
    };
    let mut out = bid("C", "999999", None);
    out["exclusion"] = json!({ "stage": "before-evaluation", "reason": "Niet ondertekend." });
    json!({ "lots": [ {
        "id": "L1", "awardModel": whole_model("m", relative())["awardModel"],
        "bids": [bid("A", "40000", Some("trede-2")), bid("B", "60000", None), out]
    } ] })
}

fn rows(expected: i64) -> Vec<PastBidInput> {
    let file: ScoreFile = serde_json::from_value(earlier()).unwrap();
    past_bids(&file.to_lots().unwrap(), Price::payable(expected.into()).unwrap()).unwrap()
}

#[test]
fn earlier_bids_are_brought_to_the_size_of_this_contract() {
    let rows = serde_json::to_value(rows(200_000)).unwrap();
    assert_eq!(
        rows,
        json!([
            { "price": "160000", "scores": { "milieu": "70", "plan": "60" }, "level": "trede-2", "commitments": { "toezegging": "3" } },
            { "price": "240000", "scores": { "milieu": "70", "plan": "60" }, "level": "none", "commitments": { "toezegging": "3" } }
        ])
    );
}

#[test]
fn a_market_of_earlier_bids_draws_them_whole_and_none_twice_in_a_tender() {
    let kinds = json!({ "bidders": [ { "id": "eerder", "count": 2, "past": rows(200_000) } ] });
    let found = only(&file(json!([whole_model("m", relative())]), kinds));
    // Both bid in every tender, so the cheaper with the level always wins.
    assert_eq!((found.price.expected.as_str(), found.levels[1].wins.percent.as_str()), ("160000", "100"));
    assert_eq!(found.drawn_by_lot.count, 0);
}

#[test]
fn one_of_many_earlier_bids_is_each_as_often() {
    let past: Vec<Value> = (1..=4).map(|n| json!({ "price": (n * 1_000).to_string() })).collect();
    let kinds = json!({ "bidders": [ { "id": "eerder", "count": 1, "past": past } ] });
    let found = only(&file(lowest_price(), kinds));
    assert!((number(&found.price.expected) - 2_500.0).abs() <= number(&found.price.margin) * 3.3 / 1.96);
    // Of two out of four the lowest is 1,000 in half of the cases, 2,000 in a third and 3,000 in a sixth.
    let kinds = json!({ "bidders": [ { "id": "eerder", "count": 2, "past": (1..=4).map(|n| json!({ "price": (n * 1_000).to_string() })).collect::<Vec<_>>() } ] });
    let found = ran(&file(lowest_price(), kinds)).models.remove(0);
    assert!((number(&found.price.expected) - 1_666.67).abs() <= number(&found.price.margin) * 3.3 / 1.96);
    assert_share(&found.awarded, 100.0);
}

#[test]
fn commitments_in_euros_do_not_grow_with_a_contract() {
    let mut earlier = earlier();
    earlier["lots"][0]["awardModel"]["criteria"][2]["commitment"]["measure"] = json!("amount");
    let file: ScoreFile = serde_json::from_value(earlier).unwrap();
    let found = past_bids(&file.to_lots().unwrap(), Price::payable(200_000.into()).unwrap()).unwrap_err();
    assert_eq!((found[0].code(), found[0].place()), ("not-comparable", "/lots/0/awardModel/criteria/2"));
}
