//! All errors of a model stand in one answer.

use serde_json::json;

use crate::support::{errors, one_lot};

#[test]
fn what_cannot_be_read_and_what_breaks_a_rule_are_told_together() {
    let model = json!({
        "method": { "code": "relative-lowest" },
        "weightUnit": "percent",
        "criteria": [
            { "id": "price", "kind": "price", "weight": "60" },
            { "id": "plan", "kind": "assessed-quality", "weight": "30", "scale": { "highest": "10" } }
        ],
        "rounding": { "stage": "total", "decimals": 11 },
        "ties": [{ "by": "lot" }, { "by": "lowest-price" }]
    });
    let bids = json!([{ "id": "A", "price": "1", "scores": { "plan": "5" } }]);
    assert_eq!(
        errors(&one_lot(model.clone(), bids.clone())),
        [
            "out-of-range /lots/0/awardModel/rounding/decimals",
            "weights-do-not-sum /lots/0/awardModel/criteria",
            "drop-out-undeclared /lots/0/awardModel/dropOut",
            "lot-not-last /lots/0/awardModel/ties/0"
        ]
    );
    // A criterion that cannot be read would leave weights that do not sum: only it is told.
    let mut lost = model;
    lost["criteria"][1].as_object_mut().unwrap().remove("scale");
    assert_eq!(
        errors(&one_lot(lost, bids)),
        [
            "field-missing /lots/0/awardModel/criteria/1/scale",
            "out-of-range /lots/0/awardModel/rounding/decimals"
        ]
    );
}
