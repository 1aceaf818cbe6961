//! Short ways to write a case and to read what comes out.

use serde_json::{Value, json};
use trede_rules::social_return::Policy;
use trede_wire::json::parse;
use trede_wire::score_result::LanguageCode;
use trede_wire::social_return_case::SocialReturnCase;
use trede_wire::social_return_policy::PolicyInput;
use trede_wire::social_return_result::{SocialReturnResult, compute};

/// The object with more members.
pub fn with(mut object: Value, more: Value) -> Value {
    object.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    object
}

/// A policy of 36 hours and calendar months, with what is given.
pub fn policy(more: Value) -> Value {
    let plain = json!({
        "code": "own", "name": "Own policy", "version": "1", "source": {"publication": "the council"}, "validity": {},
        "fullTime": {"basis": "weekly-hours", "weeklyHours": "36"}, "proration": {"by": "calendar-months"},
        "lookBackMonths": 0, "bonusesCumulate": true, "blocks": []
    });
    with(plain, more)
}

/// The policy as the rules know it.
pub fn read(policy: &Value) -> Policy {
    let input: PolicyInput = serde_json::from_value(policy.clone()).unwrap();
    input.to_policy().unwrap_or_else(|found| panic!("{found:?}"))
}

/// The codes and places of what keeps a policy from being used.
pub fn wrong(policy: &Value) -> Vec<String> {
    let input: PolicyInput = serde_json::from_value(policy.clone()).unwrap();
    let found = input.to_policy().unwrap_err();
    found.iter().map(|one| format!("{} {}", one.code.code(), one.place)).collect()
}

fn computed(case: &Value) -> Result<SocialReturnResult, Vec<String>> {
    let case: SocialReturnCase = parse(case.to_string().as_bytes()).unwrap();
    compute(&case, LanguageCode::En, true)
        .map_err(|found| found.iter().map(|one| format!("{} {}", one.code, one.pointer)).collect())
}

/// What one entry counts for, in euros; or what is wrong.
pub fn worth(policy: &Value, entry: &Value) -> Result<String, Vec<String>> {
    computed(&json!({"policy": policy, "entries": [entry]})).map(|mut result| result.entries.remove(0).amount)
}

/// What is owed, in euros; or what is wrong.
pub fn owed(policy: &Value, contract: &Value) -> Result<String, Vec<String>> {
    let plain = json!({"kind": "services", "contractSum": "1000000"});
    let case = json!({"policy": policy, "contract": with(plain, contract.clone())});
    computed(&case).map(|result| result.obligation.unwrap().amount)
}

/// An entry of a whole year at 36 hours.
pub fn year(block: &str, more: Value) -> Value {
    let plain = json!({
        "block": block, "hoursPerWeek": "36", "period": {"from": "2026-01-01", "until": "2026-12-31"}
    });
    with(plain, more)
}

/// An entry of a period at 36 hours.
pub fn during(block: &str, from: &str, until: &str, more: Value) -> Value {
    let plain = json!({"block": block, "hoursPerWeek": "36", "period": {"from": from, "until": until}});
    with(plain, more)
}
