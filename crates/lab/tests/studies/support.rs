//! Studies to try things on.

use std::num::NonZeroUsize;

use serde_json::{Value, json};
use trede_lab::{Study, StudyError, run_on};
use trede_rules::explaining::Language;
use trede_wire::lab_file::LabFile;
use trede_wire::lab_result::{LabModelResult, LabResult, ShareResult};

/// How many tenders most tests imagine: the sampling error of a share of a half is 0.98 percent then.
pub const TENDERS: u32 = 10_000;

pub fn file(models: Value, market: Value) -> Value {
    json!({
        "title": "Proef", "assumptions": ["Verzonnen."], "seed": 20_270_401, "tenders": TENDERS,
        "models": models, "market": market
    })
}

pub fn read(file: &Value) -> Result<Study, Vec<StudyError>> {
    let file: LabFile = serde_json::from_value(file.clone()).unwrap();
    Study::read(&file)
}

pub fn study(file: &Value) -> Study {
    read(file).unwrap_or_else(|errors| {
        let texts: Vec<_> = errors.iter().map(|error| error.result(Language::English)).collect();
        panic!("{texts:#?}")
    })
}

pub fn ran(file: &Value) -> LabResult {
    ran_on(file, 2, Language::Dutch)
}

pub fn ran_on(file: &Value, threads: usize, language: Language) -> LabResult {
    let study = study(file);
    run_on(&study, NonZeroUsize::new(threads).unwrap(), |_| {}).result(language)
}

/// The result of the only model.
pub fn only(file: &Value) -> LabModelResult {
    let mut models = ran(file).models;
    assert_eq!(models.len(), 1);
    models.remove(0)
}

pub fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

/// A share lies within its own sampling error of what it must be; the seed is fixed, so this does not come and go. One
/// figure in twenty lies outside 1.96 standard errors; of the many figures here one may lie outside 3.3 in a thousand.
pub fn assert_share(found: &ShareResult, percent: f64) {
    let (own, margin) = (number(&found.percent), number(&found.margin));
    assert!((own - percent).abs() <= margin * 3.3 / 1.96 + 0.01, "{own} ± {margin} is not {percent}");
    assert!(margin > 0.0 && margin <= 98.0 / (found.of as f64).sqrt() + 0.011, "{margin} of {}", found.of);
}

pub fn lowest_price() -> Value {
    json!([{ "id": "laagste", "awardModel": {
        "method": { "code": "lowest-price" }, "criteria": [ { "id": "prijs", "kind": "price" } ],
        "ties": [ { "by": "lot" } ], "motivation": "Standaardproduct."
    } }])
}

pub fn level_rows(values: [&str; 6]) -> Value {
    let codes = ["aspirant", "basistrede", "trede-1", "trede-2", "trede-3", "trede-3-30+"];
    let rows = codes.iter().zip(values).map(|(level, value)| json!({ "level": level, "value": value }));
    Value::Array(rows.collect())
}

/// A discount of `percent` for every level.
pub fn discount(percent: &str) -> Value {
    json!([{ "id": "korting", "awardModel": {
        "method": { "code": "fictitious-discount" },
        "criteria": [
            { "id": "prijs", "kind": "price" },
            { "id": "pso", "kind": "pso-level", "levels": { "measure": "discount-percent", "rows": level_rows([percent; 6]) } }
        ],
        "ties": [ { "by": "lot" } ], "pso": { "ladderVersion": "pso-2023" }
    } }])
}

pub fn uniform(from: &str, to: &str, decimals: u32) -> Value {
    json!({ "shape": "uniform", "from": from, "to": to, "decimals": decimals })
}

pub fn assessed(id: &str, weight: &str) -> Value {
    json!({ "id": id, "kind": "assessed-quality", "weight": weight, "scale": { "highest": "100" } })
}

/// Quality alone.
pub fn quality(criteria: Value) -> Value {
    json!([{ "id": "kwaliteit", "awardModel": {
        "method": { "code": "quality-only" }, "weightUnit": "percent", "criteria": criteria, "ties": [ { "by": "lot" } ]
    } }])
}

/// A model with everything: price, level, commitment and two qualities.
pub fn whole_model(id: &str, method: Value) -> Value {
    json!({ "id": id, "awardModel": {
        "method": method, "weightUnit": "percent", "dropOut": "recompute",
        "criteria": [
            { "id": "prijs", "kind": "price", "weight": "40" },
            { "id": "pso", "kind": "pso-level", "weight": "10",
              "levels": { "measure": "points", "rows": level_rows(["1", "2", "4", "6", "8", "10"]) } },
            { "id": "toezegging", "kind": "social-return-commitment", "weight": "10",
              "commitment": { "measure": "percentage", "minimum": "2", "maximum": "5", "aboveMaximum": "clip" } },
            assessed("plan", "25"), assessed("milieu", "15")
        ],
        "ties": [ { "by": "lot" } ], "pso": { "ladderVersion": "pso-2023" }
    } })
}

pub fn whole_market() -> Value {
    let score = json!({ "shape": "triangular", "from": "30", "mode": "70", "to": "100", "decimals": 0 });
    let kind = |id: &str, count: u32, levels: Value| {
        json!({
            "id": id, "count": count, "levels": levels,
            "price": { "shape": "normal", "mean": "100000", "deviation": "8000", "from": "70000", "to": "130000", "decimals": 2 },
            "scores": { "plan": score, "milieu": score },
            "commitments": { "toezegging": uniform("2", "6", 1) }
        })
    };
    json!({
        "bidders": [
            kind("gewoon", 3, json!([ { "level": "none", "percent": "70" }, { "level": "trede-1", "percent": "30" } ])),
            kind("sociaal", 2, json!([
                { "level": "trede-2", "percent": "50", "premiumPercent": "2" },
                { "level": "trede-3-30+", "percent": "50", "premiumPercent": "4" }
            ]))
        ],
        "correlations": [ { "between": ["price", "plan"], "coefficient": "0.3" } ],
        "shared": [ { "of": "plan", "coefficient": "0.2" } ]
    })
}

pub fn relative() -> Value {
    json!({ "code": "relative-lowest" })
}
