//! Several winners of one lot.

use serde_json::{Value, json};

use crate::support::{errors, lot, one_lot};

/// A lot with the lowest price and so many winners; a bid is its name and price.
fn file(winners: &Value, bids: &[(&str, &str)]) -> Value {
    let bids = bids.iter().map(|(name, price)| json!({ "id": name, "price": price }));
    one_lot(
        json!({
            "method": { "code": "lowest-price" }, "motivation": "one product", "winners": winners,
            "criteria": [{ "id": "price", "kind": "price" }], "ties": [{ "by": "lot" }]
        }),
        bids.collect(),
    )
}

const FIVE: &[(&str, &str)] = &[("A", "100"), ("B", "101"), ("C", "102"), ("D", "103"), ("E", "104")];
const TIED: &[(&str, &str)] = &[("A", "100"), ("B", "101"), ("C", "102"), ("D", "102"), ("E", "104")];

fn told(file: &Value) -> Value {
    let lot = lot(file);
    json!({ "status": lot.status, "winners": lot.winners })
}

#[test]
fn the_first_of_the_ranking_win_and_the_next_stand_by() {
    let winners =
        json!({ "maximum": 3, "reserves": 1, "frameworkAgreement": { "callOff": "mini-competition" } });
    assert_eq!(
        told(&file(&winners, FIVE)),
        json!({ "status": "decided", "winners": { "maximum": 3, "bids": ["A", "B", "C"], "reserves": ["D"] } })
    );
}

#[test]
fn a_tie_at_the_last_winning_place_is_drawn() {
    let winners = json!({ "maximum": 3 });
    let mut drawn = file(&winners, TIED);
    assert_eq!(
        told(&drawn),
        json!({ "status": "tie-open", "winners": { "maximum": 3, "bids": ["A", "B"], "waiting": ["C", "D"] } })
    );
    drawn["lots"][0]["drawing"] = json!({
        "place": "Utrecht", "heldAt": "2026-05-01T10:00:00Z", "performedBy": "notary", "invited": ["C", "D"],
        "order": ["D", "C"]
    });
    assert_eq!(
        told(&drawn),
        json!({ "status": "decided", "winners": { "maximum": 3, "bids": ["A", "B", "D"] } })
    );
}

#[test]
fn fewer_bids_than_winners_are_warned_of() {
    let fewer = |lot: trede_wire::score_result::LotResult| {
        lot.warnings.iter().filter(|found| found.code == "fewer-winners").count()
    };
    assert_eq!(fewer(lot(&file(&json!({ "maximum": 6 }), FIVE))), 1);
    assert_eq!(fewer(lot(&file(&json!({ "maximum": 5 }), FIVE))), 0);
}

#[test]
fn a_model_with_one_winner_is_written_as_it_was() {
    let mut plain = file(&Value::Null, FIVE);
    plain["lots"][0]["awardModel"].as_object_mut().unwrap().remove("winners");
    let result = serde_json::to_value(lot(&plain)).unwrap();
    assert!(result.get("winners").is_none(), "{result}");
    assert_eq!(result["first"], json!(["A"]));
}

#[test]
fn how_orders_go_to_several_operators_is_declared_and_to_one_is_not() {
    let place = "/lots/0/awardModel/winners/frameworkAgreement/callOff";
    let of = |winners: Value| errors(&file(&winners, FIVE));
    assert_eq!(
        of(json!({ "maximum": 3, "frameworkAgreement": {} })),
        [format!("call-off-undeclared {place}")]
    );
    assert_eq!(
        of(json!({ "maximum": 1, "frameworkAgreement": { "callOff": "rotation" } })),
        [format!("call-off-among-one {place}")]
    );
    assert_eq!(of(json!({ "maximum": 0 })), ["out-of-range /lots/0/awardModel/winners/maximum"]);
    assert!(lot(&file(&json!({ "maximum": 1, "frameworkAgreement": {} }), FIVE)).winners.is_some());
}

#[test]
fn a_limit_on_lots_for_one_bidder_goes_with_one_winner_only() {
    let mut limited = file(&json!({ "maximum": 2 }), FIVE);
    limited["tender"] = json!({ "lotLimit": { "maximum": 1, "keeps": "lot-order" } });
    assert_eq!(errors(&limited), ["winners-under-lot-limit /lots/0/awardModel/winners/maximum"]);
}
