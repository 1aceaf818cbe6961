//! Bad input is told by its place, and nothing of it is scored.

use serde_json::{Value, json};
use trede_wire::json::{JsonError, parse};
use trede_wire::score_file::ScoreFile;

use crate::support::*;

fn lowest_price(bids: Value) -> Value {
    one_lot(json!({ "method": { "code": "lowest-price" }, "criteria": [bare_price()] }), bids)
}

fn error_of(text: &str) -> JsonError {
    parse::<ScoreFile>(text.as_bytes()).unwrap_err()
}

#[test]
fn a_price_that_is_no_string_is_told_with_line_and_pointer() {
    let text = "{ \"lots\": [{ \"id\": \"L\",\n \"awardModel\": { \"method\": { \"code\": \"lowest-price\" }, \"criteria\": [] },\n \"bids\": [{ \"id\": \"A\", \"price\": 12.5 }] }] }";
    let JsonError::Invalid { line, pointer, detail, .. } = error_of(text) else { panic!() };
    assert_eq!((line, pointer.as_str()), (3, "/lots/0/bids/0/price"));
    assert!(detail.contains("decimal number in quotes"), "{detail}");
}

#[test]
fn unknown_fields_are_refused() {
    let file = lowest_price(json!([{ "id": "A", "prise": "1" }])).to_string();
    let JsonError::Invalid { pointer, detail, .. } = error_of(&file) else { panic!() };
    assert_eq!(pointer, "/lots/0/bids/0/prise");
    assert!(detail.contains("unknown field `prise`"), "{detail}");
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    let text = r#"{"lots":[{"id":"L","awardModel":{"method":{"code":"quality-only"},"criteria":[]},
        "bids":[{"id":"A","scores":{"q":"1","q":"9"}}]}]}"#;
    let JsonError::Invalid { detail, .. } = error_of(text) else { panic!() };
    assert!(detail.contains("`q` stands twice"), "{detail}");
}

#[test]
fn bytes_that_are_no_utf8_are_told_by_their_place() {
    let told = |bytes: &[u8]| parse::<ScoreFile>(bytes).unwrap_err();
    assert!(matches!(told(b"{\"lots\":\xff\x00\x01}"), JsonError::NotUtf8 { at: 8, seems: None }));
    // A name with an accent, as a Windows program writes it; and the same in two bytes a character.
    let windows = told(b"{\"tender\":{\"title\":\"Caf\xe9\"}}").to_string();
    assert!(windows.contains("byte 23") && windows.contains("Windows-1252"), "{windows}");
    let wide: Vec<u8> = "{\"tender\":{}}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(told(&wide).to_string().contains("UTF-16"), "{}", told(&wide));
    let marked: Vec<u8> = b"\xff\xfe".iter().copied().chain(wide).collect();
    assert!(told(&marked).to_string().contains("UTF-16"));
}

#[test]
fn numbers_that_are_no_prices_are_refused() {
    for (price, code) in
        [("-1.00", "invalid-price"), ("1.005", "invalid-price"), ("10000000000000.01", "invalid-price")]
    {
        let errors = outcome(&lowest_price(json!([{ "id": "A", "price": price }]))).unwrap_err();
        assert_eq!(errors, [format!("{code} /lots/0/bids/0/price")]);
    }
    for price in ["1e5", "1,00", "NaN", " 1", "+1", "01", "1.", ".5", "", "99999999999999999999", "١"] {
        assert!(
            outcome(&lowest_price(json!([{ "id": "A", "price": price }]))).unwrap_err()[0].contains("price")
        );
    }
    assert!(outcome(&lowest_price(json!([{ "id": "A", "price": "10000000000000.00" }]))).is_ok());
}

#[test]
fn an_answer_that_no_criterion_takes_is_refused() {
    let bids = json!([{ "id": "A", "price": "1", "scores": { "qualty": "5" }, "commitments": { "x": "1" }, "facts": { "y": true } }]);
    let errors = outcome(&lowest_price(bids)).unwrap_err();
    assert_eq!(
        errors,
        [
            "unknown-criterion /lots/0/bids/0/scores/qualty",
            "unknown-criterion /lots/0/bids/0/commitments/x",
            "unknown-criterion /lots/0/bids/0/facts/y"
        ]
    );
}

#[test]
fn missing_answers_of_all_bids_are_told_together() {
    let errors = outcome(&lowest_price(json!([{ "id": "A" }, { "id": "B" }]))).unwrap_err();
    assert_eq!(errors, ["answer-missing /lots/0/bids/0/price", "answer-missing /lots/0/bids/1/price"]);
}

#[test]
fn duplicate_bids_and_lots_and_empty_lots_are_refused() {
    let twice = lowest_price(json!([{ "id": "A", "price": "1" }, { "id": "A", "price": "2" }]));
    assert_eq!(outcome(&twice).unwrap_err(), ["duplicate-id /lots/0/bids/1/id"]);
    assert_eq!(outcome(&lowest_price(json!([]))).unwrap_err(), ["no-bids /lots/0/bids"]);
    assert_eq!(outcome(&json!({ "lots": [] })).unwrap_err(), ["no-lots /lots"]);
    let mut lots = lowest_price(json!([{ "id": "A", "price": "1" }]));
    let again = lots["lots"][0].clone();
    lots["lots"].as_array_mut().unwrap().push(again);
    assert_eq!(outcome(&lots).unwrap_err(), ["duplicate-id /lots/1/id"]);
}

#[test]
fn a_model_that_cannot_be_used_is_refused_with_each_error() {
    let falling = json!({ "measure": "points", "rows": rows_2023(["0", "0", "5", "4", "5", "5"]) });
    let level = json!({ "id": "pso", "kind": "pso-level", "weight": "10", "levels": falling });
    let model = json!({
        "method": { "code": "relative-lowest" }, "weightUnit": "percent",
        "criteria": [price("89"), level], "pso": { "ladderVersion": "pso-2023" }
    });
    let mut errors = outcome(&one_lot(model, json!([{ "id": "A", "price": "1" }]))).unwrap_err();
    errors.sort();
    assert_eq!(
        errors,
        [
            "drop-out-undeclared /lots/0/awardModel/dropOut",
            "pso-scores-fall /lots/0/awardModel/criteria/1/levels/rows",
            "weights-do-not-sum /lots/0/awardModel/criteria",
        ]
    );
}

#[test]
fn deep_nesting_is_refused_and_not_followed() {
    let mut criterion = quality("leaf", "1", "10");
    for depth in 0..40 {
        criterion =
            json!({ "id": format!("g{depth}"), "kind": "group", "weight": "1", "criteria": [criterion] });
    }
    let errors =
        outcome(&one_lot(relative("quality-only", json!([criterion])), json!([{ "id": "A" }]))).unwrap_err();
    assert!(errors[0].starts_with("nested-too-deep"), "{errors:?}");
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(error_of(&deep), JsonError::Invalid { .. }));
}

#[test]
fn a_consortium_or_dated_certificate_needs_the_rule_that_decides() {
    let rows = rows_2023(["0", "0", "5", "5", "5", "5"]);
    let level = json!({ "id": "pso", "kind": "pso-level", "weight": "5", "levels": { "measure": "points", "rows": rows } });
    let model = |pso: Value| {
        let pso = with(json!({ "ladderVersion": "pso-2023" }), pso);
        with(relative("relative-lowest", json!([price("95"), level])), json!({ "pso": pso }))
    };
    let consortium =
        json!([{ "id": "A", "price": "1", "consortium": [{ "name": "m", "pso": { "level": "trede-1" } }] }]);
    assert_eq!(
        outcome(&one_lot(model(json!({})), consortium)).unwrap_err(),
        ["level-unclear /lots/0/bids/0/consortium"]
    );
    let dated =
        json!([{ "id": "A", "price": "1", "pso": { "level": "trede-1", "validUntil": "2026-01-01" } }]);
    assert_eq!(
        outcome(&one_lot(model(json!({})), dated.clone())).unwrap_err(),
        ["level-unclear /lots/0/bids/0/pso"]
    );
    let mut file = one_lot(model(json!({ "levelCountsOn": "award" })), dated);
    file["tender"] = json!({ "awardedOn": "2026-01-02" });
    let lot = scored(&file).lots.remove(0);
    assert_eq!(points(&lot, "A", "pso"), "0");
    assert!(lot.warnings.iter().any(|warning| warning.code == "level-not-valid"));
    let equivalent =
        json!([{ "id": "A", "price": "1", "pso": { "level": "trede-1", "equivalenceReason": "audited" } }]);
    assert_eq!(
        outcome(&one_lot(model(json!({})), equivalent.clone())).unwrap_err(),
        ["level-unclear /lots/0/bids/0/pso"]
    );
    let lot = scored_lot(model(json!({ "equivalence": "an auditor's statement" })), equivalent);
    assert_eq!(points(&lot, "A", "pso"), "5");
}
