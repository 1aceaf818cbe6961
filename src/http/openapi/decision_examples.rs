//! Examples of the documents about a decision.

use serde_json::{Value, json};

use super::examples::{score_file, score_result};
use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::score_weight_fans;

/// The examples, by the name of the schema.
pub(super) fn of_decisions() -> [(&'static str, Value); 4] {
    [
        ("EvaluationRecord", record()),
        ("EvaluationReport", report()),
        ("RecordComparison", comparison()),
        ("WeightFansResult", weight_fans()),
    ]
}

fn record() -> Value {
    let result = score_result();
    let given = |bid: &str, score: &str| {
        json!({
            "bidId": bid,
            "criterion": "plan",
            "kind": "individual",
            "assessor": "beoordelaar-1",
            "score": score,
            "motivation": "Het plan noemt per wijk de werkwijze en de bezetting."
        })
    };
    json!({
        "format": "trede-evaluation-record-1",
        "municipality": "GM0344",
        "tenderId": "0190a5c8-0000-7000-8000-000000000001",
        "lotId": "0190a5c8-0000-7000-8000-000000000002",
        "evaluationId": "0190a5c8-0000-7000-8000-000000000005",
        "sequence": 1,
        "createdAt": "2026-05-01T09:00:00Z",
        "createdBy": "inkoper-1",
        "engineVersion": result.get("engineVersion"),
        "fingerprint": result.get("fingerprint"),
        "input": score_file(),
        "result": result,
        "assessments": [
            given("0190a5c8-0000-7000-8000-000000000003", "8"),
            given("0190a5c8-0000-7000-8000-000000000004", "6")
        ],
        "dossier": [{
            "id": "0190a5c8-0000-7000-8000-000000000021",
            "recordedAt": "2026-04-02T09:00:00Z",
            "recordedBy": "beoordelaar-1",
            "fact": {"kind": "interest-declared", "details": {"hasInterest": false}}
        }]
    })
}

fn comparison() -> Value {
    let result = score_result();
    json!({
        "agrees": true,
        "signature": "holds",
        "edited": [],
        "differences": [],
        "differenceCount": 0,
        "scoredBy": result.get("engineVersion"),
        "replayedBy": result.get("engineVersion"),
        "result": result
    })
}

fn weight_fans() -> Value {
    let file: Option<ScoreFile> = serde_json::from_value(score_file()).ok();
    let fans = file.and_then(|file| score_weight_fans(&file).ok());
    serde_json::to_value(fans).unwrap_or_default()
}

fn report() -> Value {
    json!({
        "authority": {
            "municipality": "GM0344",
            "name": "Gemeente Utrecht",
            "tenderId": "0190a5c8-0000-7000-8000-000000000001",
            "subject": "Groenonderhoud 2026-2030",
            "lotId": "0190a5c8-0000-7000-8000-000000000002",
            "lotNumber": 1,
            "lot": "Wijk Noord",
            "cpvCodes": ["77310000-6"],
            "estimatedValue": "420000",
            "aboveThreshold": true
        },
        "candidates": [{
            "bidId": "0190a5c8-0000-7000-8000-000000000003",
            "kvkNumber": "69599068",
            "name": "Groen & Zo B.V.",
            "receivedAt": "2026-03-30T14:00:00Z",
            "rank": 1,
            "total": "72.8",
            "rejectedFor": []
        }],
        "abnormallyLow": {"flags": [], "inquiries": []},
        "procedure": {"bidCustody": "trede", "bidEnvelopes": "one", "openings": [], "steps": []},
        "notAwarded": [],
        "nonElectronicMeans": [],
        "conflicts": [{
            "assessor": "beoordelaar-1",
            "declaredAt": "2026-04-02T09:00:00Z",
            "hasInterest": false
        }],
        "evaluations": [],
        "assessments": [],
        "psoEvidence": [],
        "psoUnchecked": [],
        "decisions": [],
        "dossier": [],
        "auditHeads": []
    })
}
