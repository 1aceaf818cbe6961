//! Short ways to write a score file and to read its result.

use serde_json::{Value, json};
use trede_wire::json::parse;
use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::{LanguageCode, LotResult, ResultOptions, ScoreResult, score};

/// A file with one lot.
pub fn one_lot(model: Value, bids: Value) -> Value {
    json!({ "lots": [{ "id": "L1", "awardModel": model, "bids": bids }] })
}

/// The result with explanation and analyses, or the errors as `code pointer`.
pub fn outcome(file: &Value) -> Result<ScoreResult, Vec<String>> {
    let file: ScoreFile = parse(file.to_string().as_bytes()).map_err(|error| vec![error.to_string()])?;
    let options = ResultOptions { language: LanguageCode::En, explain: true, analyse: true };
    score(&file, options).map_err(|failure| {
        failure.0.iter().map(|found| format!("{} {}", found.code.code(), found.place)).collect()
    })
}

/// The first lot of a file that can be scored.
pub fn lot(file: &Value) -> LotResult {
    outcome(file).unwrap_or_else(|errors| panic!("{errors:#?}")).lots.remove(0)
}

/// The errors of a file that cannot.
pub fn errors(file: &Value) -> Vec<String> {
    outcome(file).map(|result| format!("{result:?}")).unwrap_err()
}

/// The ranking with its totals: `B 113043.08, A 114058.96`, each rounded half up to so many decimals.
pub fn ranking(lot: &LotResult, decimals: u32) -> String {
    let told: Vec<String> = lot
        .ranking
        .iter()
        .map(|bid| format!("{} {}", bid.id, rounded(&bid.total.declared, decimals)))
        .collect();
    told.join(", ")
}

/// A number as it was told, rounded half up.
pub fn rounded(number: &str, decimals: u32) -> String {
    let number: rust_decimal::Decimal = number.parse().unwrap();
    let half_up = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    number.round_dp_with_strategy(decimals, half_up).normalize().to_string()
}
