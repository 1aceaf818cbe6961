//! Short ways to write files and to read results.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use trede_wire::json::parse;
use trede_wire::score_result::LanguageCode;
use trede_wire::social_return_case::SocialReturnCase;
use trede_wire::social_return_result::{SocialReturnResult, compute};
use trede_wire::sroi_file::SroiFile;
use trede_wire::sroi_result::{FigureResult, SroiResult, value_sroi};

/// A file of the folder with examples.
pub fn example(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The result with its steps, or the codes and places of the errors.
pub fn sroi(file: &Value) -> Result<SroiResult, Vec<String>> {
    let file: SroiFile = parse(file.to_string().as_bytes()).map_err(|error| vec![error.to_string()])?;
    value_sroi(&file, LanguageCode::En, true)
        .map_err(|found| found.iter().map(|f| format!("{} {}", f.code, f.pointer)).collect())
}

/// The rounded form of a figure that must be there.
pub fn rounded(figure: &Option<FigureResult>) -> &str {
    &figure.as_ref().unwrap().rounded
}

/// A reduction with an explanation.
pub fn reduction(percent: &str) -> Value {
    json!({ "percent": percent, "explanation": "as measured" })
}

/// An outcome of several years without any reduction.
pub fn outcome(id: &str, quantity: &str, proxy: &str, years: u32) -> Value {
    let mut outcome = json!({
        "id": id, "stakeholder": id, "quantity": quantity,
        "proxy": { "amount": proxy, "source": "a published study", "priceYear": 2026 },
        "deadweight": reduction("0"), "displacement": reduction("0"), "attribution": reduction("0"),
        "durationYears": years, "evidence": "a register"
    });
    if years > 1 {
        outcome["dropOff"] = reduction("0");
    }
    outcome
}

/// A file with these outcomes.
pub fn value_map(inputs: &str, rate: &str, convention: &str, outcomes: Value) -> Value {
    json!({
        "title": "A study", "policyVersion": "1", "priceYear": 2026,
        "discounting": { "ratePercent": rate, "source": "a ministry", "validFrom": "2021-01-01", "convention": convention },
        "inputs": [{ "id": "grant", "stakeholder": "municipality", "amount": inputs, "source": "the budget" }],
        "outcomes": outcomes
    })
}

/// The result of a case with its steps, or the codes and places of the errors.
pub fn computed(case: &Value) -> Result<SocialReturnResult, Vec<String>> {
    let case: SocialReturnCase =
        parse(case.to_string().as_bytes()).map_err(|error| vec![error.to_string()])?;
    compute(&case, LanguageCode::En, true)
        .map_err(|found| found.iter().map(|f| format!("{} {}", f.code, f.pointer)).collect())
}

/// The value of one entry under a policy, in euros.
pub fn worth(policy: &Value, entry: Value) -> Result<String, Vec<String>> {
    computed(&json!({ "policy": policy, "entries": [entry] }))
        .map(|mut result| result.entries.remove(0).amount)
}

/// A template with more members.
pub fn template(name: &str, more: Value) -> Value {
    with(example(&format!("policies/{name}.json")), more)
}

/// The object with more members.
pub fn with(mut object: Value, more: Value) -> Value {
    object.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    object
}

/// A policy with one block, by calendar months at 36 hours a week.
pub fn policy(block: Value, more: Value) -> Value {
    let plain = json!({
        "code": "own", "name": "Own policy", "version": "1", "source": { "publication": "the council" },
        "validity": { "decidedBy": "publication" }, "fullTime": { "basis": "weekly-hours", "weeklyHours": "36" },
        "proration": { "by": "calendar-months" }, "blocks": [block]
    });
    with(plain, more)
}

/// A block by year.
pub fn year_block(amount: &str, more: Value) -> Value {
    with(json!({ "code": "b", "name": "Block", "measure": "year", "amount": amount }), more)
}

/// An entry on the block of [`policy`].
pub fn entry(from: &str, until: &str, hours: &str, more: Value) -> Value {
    let plain = json!({ "block": "b", "period": { "from": from, "until": until }, "hoursPerWeek": hours });
    with(plain, more)
}
