//! Short ways to write a score file and to read its result.

use serde_json::{Map, Value, json};
use trede_rules::explaining::Language;
use trede_wire::json::parse;
use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::{BidResult, LanguageCode, LotResult, ResultOptions, ScoreResult, score};

/// A published calculation, by its id; see `tests/data/README.md`.
pub fn worked_example(id: &str) -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/worked-examples.json");
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let examples: Vec<Value> = serde_json::from_str(&text).unwrap();
    let found = examples.into_iter().find(|example| example["id"] == id);
    found.unwrap_or_else(|| panic!("{path} has no example `{id}`"))
}

/// A file with one lot.
pub fn one_lot(model: Value, bids: Value) -> Value {
    json!({ "lots": [{ "id": "LOT-0001", "awardModel": model, "bids": bids }] })
}

/// The model with more members.
pub fn with(mut model: Value, more: Value) -> Value {
    let members: Map<String, Value> = more.as_object().unwrap().clone();
    model.as_object_mut().unwrap().extend(members);
    model
}

/// A relative model that declares what it must.
pub fn relative(code: &str, criteria: Value) -> Value {
    json!({ "method": { "code": code }, "weightUnit": "points", "dropOut": "recompute", "criteria": criteria })
}

/// A price criterion with a weight.
pub fn price(weight: &str) -> Value {
    json!({ "id": "price", "kind": "price", "weight": weight })
}

/// A price criterion without a weight.
pub fn bare_price() -> Value {
    json!({ "id": "price", "kind": "price" })
}

/// Assessed quality with a weight, on a scale up to `highest`.
pub fn quality(id: &str, weight: &str, highest: &str) -> Value {
    json!({ "id": id, "kind": "assessed-quality", "weight": weight, "scale": { "highest": highest } })
}

/// Scores a file; panics with the findings when it cannot be scored.
pub fn scored(file: &Value) -> ScoreResult {
    match outcome(file) {
        Ok(result) => result,
        Err(errors) => panic!("{errors:#?}"),
    }
}

/// Scores a file with explanation and analyses; the errors as `code pointer`.
pub fn outcome(file: &Value) -> Result<ScoreResult, Vec<String>> {
    let file: ScoreFile = parse(file.to_string().as_bytes()).map_err(|error| vec![error.to_string()])?;
    let options = ResultOptions { language: LanguageCode::En, explain: true, analyse: true };
    score(&file, options).map_err(|failure| {
        let findings = failure.findings(Language::English);
        findings.into_iter().map(|finding| format!("{} {}", finding.code, finding.pointer)).collect()
    })
}

/// The result of the only lot without explanation and analyses, for properties that ask many times.
pub fn ranked_lot(model: Value, bids: Value) -> LotResult {
    let file: ScoreFile = parse(one_lot(model, bids).to_string().as_bytes()).unwrap();
    score(&file, ResultOptions::default()).unwrap().lots.remove(0)
}

/// The result of the only lot.
pub fn scored_lot(model: Value, bids: Value) -> LotResult {
    scored(&one_lot(model, bids)).lots.remove(0)
}

/// The ranked bid with this identifier.
pub fn bid<'a>(lot: &'a LotResult, id: &str) -> &'a BidResult {
    lot.ranking.iter().find(|bid| bid.id == id).unwrap_or_else(|| panic!("{id} is not ranked"))
}

/// The declared total of a bid.
pub fn total(lot: &LotResult, id: &str) -> String {
    bid(lot, id).total.declared.clone()
}

/// The weighted score of a bid on a criterion, as it counts.
pub fn points(lot: &LotResult, id: &str, criterion: &str) -> String {
    let criteria = &bid(lot, id).criteria;
    criteria.iter().find(|score| score.id == criterion).unwrap().declared.clone()
}

/// The identifiers in ranking order.
pub fn order(lot: &LotResult) -> Vec<&str> {
    lot.ranking.iter().map(|bid| bid.id.as_str()).collect()
}

/// A number of a JSON document (written as a number or as a string) as the result writes it.
pub fn plain(number: &Value) -> String {
    let text = number.as_str().map_or_else(|| number.to_string(), str::to_owned);
    let decimal: rust_decimal::Decimal = text.parse().unwrap();
    decimal.normalize().to_string()
}

/// The strings of a JSON array.
pub fn strings(array: &Value) -> Vec<&str> {
    array.as_array().unwrap().iter().map(|item| item.as_str().unwrap()).collect()
}

/// A row for each level of the ladder before 2023, lowest first.
pub fn points_by_level(values: [&str; 5]) -> Value {
    rows(&["aspirant", "trede-1", "trede-2", "trede-3", "trede-3-30+"], &values)
}

/// A row for each level of the ladder of 2023, lowest first.
pub fn rows_2023(values: [&str; 6]) -> Value {
    rows(&["aspirant", "basistrede", "trede-1", "trede-2", "trede-3", "trede-3-30+"], &values)
}

fn rows(levels: &[&str], values: &[&str]) -> Value {
    let rows = levels.iter().zip(values);
    rows.map(|(level, value)| json!({ "level": level, "value": value })).collect()
}
