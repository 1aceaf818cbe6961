//! Examples of the types that file, command line and API share; those types stand where no OpenAPI
//! document is made.

use serde_json::{Value, json};

use trede_formats::eforms;
use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::{LanguageCode, ResultOptions, score};
use trede_wire::social_return_case::SocialReturnCase;
use trede_wire::social_return_result::compute;

/// The examples, by the name of the schema.
pub(super) fn of_shared_types() -> [(&'static str, Value); 10] {
    [
        ("AwardModelInput", award_model()),
        ("OfferInput", json!({"bidderName": "Groen & Zo B.V.", "price": "398000.00"})),
        (
            "AuditAnchor",
            json!({
                "scope": "gm0344",
                "chain": 0,
                "sequence": 17,
                "hash": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
                "takenAt": "2026-03-02T09:00:00Z"
            }),
        ),
        ("ScoreFile", score_file()),
        ("ScoreResult", score_result()),
        ("EvaluationResponse", evaluation()),
        ("SocialReturnPolicyInput", policy()),
        ("SocialReturnCase", case()),
        ("SocialReturnResult", case_result()),
        ("NoticeImportResponse", notice_import()),
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

pub(super) fn score_file() -> Value {
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
pub(super) fn score_result() -> Value {
    serde_json::from_value::<ScoreFile>(score_file())
        .ok()
        .and_then(|file| score(&file, ResultOptions::default()).ok())
        .and_then(|result| serde_json::to_value(result).ok())
        .unwrap_or_default()
}

fn policy() -> Value {
    json!({
        "code": "voorbeeld",
        "name": "Bouwblokken",
        "version": "2026",
        "source": {"publication": "Beleidsregel social return 2026", "publishedOn": "2025-12-15"},
        "validity": {"decidedBy": "assignment", "from": "2026-01-01"},
        "obligation": {"thresholds": [{"from": "250000"}], "base": {"kind": "contract-sum", "percent": "5"}},
        "fullTime": {"basis": "weekly-hours", "weeklyHours": "36"},
        "proration": {"by": "calendar-months"},
        "blocks": [{
            "code": "participatiewet", "name": "Participatiewet", "measure": "year", "amount": "40000",
            "countsMonths": 24
        }],
        "doubleUse": "region"
    })
}

fn case() -> Value {
    json!({
        "policy": policy(),
        "contract": {"kind": "services", "contractSum": "1000000"},
        "entries": [{
            "block": "participatiewet", "period": {"from": "2026-01-01", "until": "2026-08-31"},
            "hoursPerWeek": "24"
        }]
    })
}

/// What the example case comes to; null when it cannot be computed, which a test excludes.
fn case_result() -> Value {
    serde_json::from_value::<SocialReturnCase>(case())
        .ok()
        .and_then(|case| compute(&case, LanguageCode::default(), false).ok())
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

/// A notice with one lot and one criterion.
const NOTICE: &str = r#"<ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2"
    xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
    xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:ID schemeName="notice-id">6c2f0d3c-0000-4000-8000-000000000001</cbc:ID>
  <cbc:ContractFolderID>6c2f0d3c-0000-4000-8000-000000000002</cbc:ContractFolderID>
  <cbc:VersionID>01</cbc:VersionID>
  <cbc:NoticeLanguageCode>NLD</cbc:NoticeLanguageCode>
  <cac:ProcurementProjectLot>
    <cbc:ID schemeName="Lot">LOT-0001</cbc:ID>
    <cac:TenderingTerms><cac:AwardingTerms><cac:AwardingCriterion><cac:SubordinateAwardingCriterion>
      <cbc:AwardingCriterionTypeCode listName="award-criterion-type">quality</cbc:AwardingCriterionTypeCode>
      <cbc:Name languageID="NLD">Plan van aanpak</cbc:Name>
    </cac:SubordinateAwardingCriterion></cac:AwardingCriterion></cac:AwardingTerms></cac:TenderingTerms>
    <cac:ProcurementProject><cbc:Name languageID="NLD">Wijk Noord</cbc:Name></cac:ProcurementProject>
  </cac:ProcurementProjectLot>
</ContractNotice>"#;

/// What comes of that notice; null when it could not be read, which a test excludes.
fn notice_import() -> Value {
    let report = eforms::read_text(NOTICE).ok();
    json!({
        "id": "0190a5c8-0000-7000-8000-000000000007",
        "noticeId": "6c2f0d3c-0000-4000-8000-000000000001",
        "noticeVersion": "01",
        "kind": "contract-notice",
        "procedureId": "6c2f0d3c-0000-4000-8000-000000000002",
        "tenderId": "0190a5c8-0000-7000-8000-000000000001",
        "outcome": "created",
        "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "openPoints": report.as_ref().map(|report| report.to_complete.len()),
        "leftOut": report.as_ref().map(|report| report.not_taken_over.len()),
        "importedAt": "2026-03-02T09:00:00Z",
        "importedBy": "inkoper-1",
        "report": report
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_case_can_be_computed() {
        assert_eq!(case_result()["obligation"]["amount"], "50000.00");
        assert_eq!(case_result()["entries"][0]["amount"], "17777.78");
    }

    #[test]
    fn the_example_notice_can_be_read() {
        assert_eq!(notice_import()["report"]["notice"]["lots"][0]["number"], 1);
    }

    #[test]
    fn the_example_can_be_scored() {
        assert_eq!(score_result()["lots"][0]["ranking"][0]["id"], "B");
    }
}
