//! Examples of the types that file, command line and API share; those types stand where no OpenAPI
//! document is made.

use serde_json::{Value, json};

use crate::exchange::score_file::ScoreFile;
use crate::exchange::score_result::{ResultOptions, score};

/// The examples, by the name of the schema.
pub(super) fn of_shared_types() -> [(&'static str, Value); 6] {
    [
        ("AwardModelInput", award_model()),
        ("OfferInput", json!({"bidderName": "Groen & Zo B.V.", "price": "398000.00"})),
        (
            "AuditAnchor",
            json!({
                "scope": "gm0344",
                "sequence": 17,
                "hash": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
                "takenAt": "2026-03-02T09:00:00Z"
            }),
        ),
        ("ScoreFile", score_file()),
        ("ScoreResult", score_result()),
        ("EvaluationResponse", evaluation()),
    ]
}

fn award_model() -> Value {
    json!({
        "method": {
            "code": "absolute-linear",
            "corridor": {
                "fullPointsAt": "350000",
                "zeroPointsAt": "500000",
                "below": "clip",
                "above": "reject"
            }
        },
        "weightUnit": "percent",
        "criteria": [
            {"id": "price", "title": "Prijs", "kind": "price", "weight": "60"},
            {
                "id": "plan",
                "title": "Plan van aanpak",
                "kind": "assessed-quality",
                "weight": "40",
                "scale": {"highest": "10"}
            }
        ]
    })
}

fn score_file() -> Value {
    json!({
        "tender": {"title": "Groenonderhoud 2026-2030", "buyer": "Gemeente Utrecht"},
        "lots": [{
            "id": "LOT-0001",
            "title": "Wijk Noord",
            "awardModel": award_model(),
            "bids": [
                {"id": "A", "price": "398000.00", "scores": {"plan": "8"}},
                {"id": "B", "price": "371000.00", "scores": {"plan": "6"}}
            ]
        }]
    })
}

/// What the engine makes of the example file; null when it could not score it, which a test excludes.
fn score_result() -> Value {
    serde_json::from_value::<ScoreFile>(score_file())
        .ok()
        .and_then(|file| score(&file, ResultOptions::default()).ok())
        .and_then(|result| serde_json::to_value(result).ok())
        .unwrap_or_default()
}

fn evaluation() -> Value {
    let result = score_result();
    json!({
        "id": "0190a5c8-0000-7000-8000-000000000005",
        "lotId": "0190a5c8-0000-7000-8000-000000000002",
        "sequence": 1,
        "fingerprint": result.get("fingerprint"),
        "engineVersion": result.get("engineVersion"),
        "createdAt": "2026-05-01T09:00:00Z",
        "createdBy": "inkoper-1",
        "input": score_file(),
        "result": result
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_can_be_scored() {
        assert_eq!(score_result()["lots"][0]["ranking"][0]["id"], "B");
    }
}
