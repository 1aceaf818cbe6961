//! Examples of the types of the SROI method.

use serde_json::{Value, json};

use trede_wire::score_result::LanguageCode;
use trede_wire::sroi_file::SroiFile;
use trede_wire::sroi_result::value_sroi;

/// The examples, by the name of the schema.
pub(super) fn of_sroi() -> [(&'static str, Value); 5] {
    let map = value_map();
    let result = result(&map);
    let request = json!({"scope": "project", "subject": "Groen dichtbij", "valueMap": map});
    let correction = json!({"reason": "Deadweight herzien na de evaluatie", "valueMap": map});
    let response = json!({
        "id": "0190a5c8-0000-7000-8000-000000000031",
        "scope": "project",
        "subject": "Groen dichtbij",
        "title": "Scholing",
        "version": 1,
        "createdAt": "2026-05-01T09:00:00Z",
        "updatedAt": "2026-05-01T09:00:00Z",
        "shown": {
            "number": 1,
            "title": "Scholing",
            "fingerprint": result.get("fingerprint"),
            "recordedAt": "2026-05-01T09:00:00Z",
            "recordedBy": "coordinator-1"
        },
        "valueMap": map,
        "result": result
    });
    [
        ("ValueMapRequest", request),
        ("ValueMapVersionRequest", correction),
        ("ValueMapResponse", response),
        ("SroiFile", map),
        ("SroiResult", result),
    ]
}

fn value_map() -> Value {
    let none = json!({"percent": "0", "explanation": "Niet van toepassing in dit voorbeeld"});
    json!({
        "title": "Scholing",
        "policyVersion": "voorbeeld",
        "priceYear": 2026,
        "discounting": {
            "ratePercent": "0",
            "source": "Voorbeeld zonder verdiscontering",
            "validFrom": "2026-01-01",
            "convention": "end-of-year"
        },
        "outcomes": [{
            "id": "inkomen",
            "stakeholder": "deelnemers",
            "quantity": "1",
            "proxy": {"amount": "107000.00", "source": "Voorbeeld", "priceYear": 2026},
            "deadweight": none,
            "displacement": none,
            "attribution": none,
            "dropOff": none,
            "durationYears": 5,
            "evidence": "Voorbeeld"
        }]
    })
}

/// What comes out of the example; null when it could not be valued, which a test excludes.
fn result(map: &Value) -> Value {
    serde_json::from_value::<SroiFile>(map.clone())
        .ok()
        .and_then(|file| value_sroi(&file, LanguageCode::default(), false).ok())
        .and_then(|result| serde_json::to_value(result).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_can_be_valued() {
        assert_eq!(result(&value_map())["totalPresentValue"]["rounded"], "535000");
    }
}
