//! Examples of what file, command line and API share about PSO.

use serde_json::{Value, json};

use trede_wire::pso_file::PsoFile;
use trede_wire::pso_result::{PsoResultOptions, measure_file};

/// The examples, by the name of the schema.
pub(super) fn of_shared_types() -> Vec<(&'static str, Value)> {
    vec![
        ("PsoFile", file()),
        ("PsoResult", result()),
        ("PsoContributionResponse", contribution()),
        ("LadderVersionInput", ladder()),
        ("NormsInput", norms()),
        ("WeightsInput", weights()),
        ("PsoLadderResponse", kept(ladder())),
        ("PsoNormTableResponse", kept(norms())),
        ("PsoWeightTableResponse", kept(weights())),
    ]
}

/// The worked example of PSO-Nederland: 3.186 %, trede 1.
fn file() -> Value {
    json!({
        "organisation": {"name": "Groen & Zo B.V.", "kvkNumber": "69599068", "totalFte": "50"},
        "workers": [{
            "reference": "W-1",
            "position": "participatiewet",
            "contract": "regular",
            "hoursPerWeek": "40"
        }],
        "suppliers": [{
            "id": "S-1",
            "kind": "pso-certified",
            "turnover": "1000000.00",
            "fte": "20",
            "directSharePercent": "30"
        }],
        "purchases": [{"order": "O-1", "supplier": "S-1", "value": "100000.00"}]
    })
}

/// What the calculation makes of the example file; null when it could not measure it, which a test excludes.
fn result() -> Value {
    serde_json::from_value::<PsoFile>(file())
        .ok()
        .and_then(|file| measure_file(&file, PsoResultOptions::default()).ok())
        .and_then(|result| serde_json::to_value(result).ok())
        .unwrap_or_default()
}

fn contribution() -> Value {
    json!({
        "id": "0190a5c8-0000-7000-8000-00000000000b",
        "createdAt": "2026-03-02T09:00:00Z",
        "createdBy": "contractor-1",
        "input": file(),
        "result": result()
    })
}

fn kept(table: Value) -> Value {
    json!({
        "scope": "nl",
        "createdAt": "2026-03-02T09:00:00Z",
        "createdBy": "beheerder",
        "table": table
    })
}

fn ladder() -> Value {
    json!({
        "version": "pso-2028-voorbeeld",
        "source": "Made up, to show the form",
        "inForceFrom": "2028-01-01",
        "levels": [
            {"code": "aspirant", "name": "Aspirant-status"},
            {"code": "trede-1", "name": "Trede 1"},
            {"code": "trede-2", "name": "Trede 2"}
        ]
    })
}

fn norms() -> Value {
    json!({
        "version": "normen-voorbeeld",
        "source": "Made up, to show the form",
        "ladderVersion": "pso-2023",
        "levels": ["trede-1", "trede-2"],
        "rows": [
            {"fte": "10", "percents": ["7", "10"]},
            {"fte": "100", "percents": ["2", "3"]}
        ]
    })
}

fn weights() -> Value {
    json!({
        "version": "wegingen-voorbeeld",
        "source": "Made up, to show the form",
        "basedOn": "pso-manual-1.9",
        "positions": [{"code": "bbl-bol-2", "weight": "0.4", "countsWhileItLasts": true}]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_measured_as_published() {
        assert_eq!(result()["total"]["rounded"], "3.186");
        assert_eq!(result()["level"]["code"], "trede-1");
    }
}
