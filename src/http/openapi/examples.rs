//! Examples of the types that file, command line and API share; those types stand where no OpenAPI
//! document is made.

use serde_json::{Value, json};

/// The examples, by the name of the schema.
pub(super) fn of_shared_types() -> [(&'static str, Value); 3] {
    [
        ("AwardModelInput", award_model()),
        ("OfferInput", json!({"bidderName": "Groen & Zo B.V.", "price": "398000.00"})),
        ("ScoreFile", score_file()),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::score_file::ScoreFile;

    #[test]
    fn the_example_can_be_scored() {
        let file: ScoreFile = serde_json::from_value(score_file()).unwrap();
        assert_eq!(file.to_lots().map(|lots| lots.len()), Ok(1));
    }
}
