//! Examples of the laboratory: a study, and what comes of it.

use std::num::NonZeroUsize;

use serde_json::{Value, json};

use trede_lab::{Study, run_on};
use trede_rules::explaining::Language;

/// The examples by the names of their schemas.
pub(super) fn of_the_laboratory() -> [(&'static str, Value); 2] {
    [("LabFile", study()), ("LabResult", result())]
}

fn study() -> Value {
    let price = json!({"shape": "uniform", "from": "50000", "to": "90000", "decimals": 2});
    json!({
        "title": "Schoonmaak: wint de laagste prijs?",
        "assumptions": ["Twee inschrijvers vragen elk een prijs tussen 50.000 en 90.000 euro."],
        "seed": 1,
        "tenders": 1000,
        "models": [{
            "id": "laagste-prijs",
            "awardModel": {
                "method": {"code": "lowest-price"},
                "criteria": [{"id": "prijs", "kind": "price"}],
                "ties": [{"by": "lot"}],
                "motivation": "De dienst is gestandaardiseerd."
            }
        }],
        "market": {"bidders": [{"id": "inschrijver", "count": 2, "price": price}]}
    })
}

fn result() -> Value {
    let study = serde_json::from_value(study()).ok().and_then(|file| Study::read(&file).ok());
    let result = study.map(|study| run_on(&study, NonZeroUsize::MIN, |_| {}).result(Language::Dutch));
    serde_json::to_value(result).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_study_has_a_result() {
        assert_eq!(result()["models"][0]["winners"][0]["wins"]["count"], 1000);
    }
}
