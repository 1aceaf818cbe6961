//! What a contractor owes, by each base, and what a shortfall costs.

use serde_json::{Value, json};

use crate::social_return::support::*;

fn with_rules(obligation: Value) -> Value {
    policy(year_block("1", json!({})), json!({ "obligation": obligation }))
}

fn from_zero(base: Value, more: Value) -> Value {
    with_rules(with(json!({ "thresholds": [{ "from": "0" }], "base": base }), more))
}

fn owed(policy: &Value, contract: Value) -> Result<String, Vec<String>> {
    let contract = with(json!({ "kind": "services", "contractSum": "1000000" }), contract);
    let case = json!({ "policy": policy, "contract": contract });
    computed(&case).map(|result| result.obligation.unwrap().amount)
}

#[test]
fn two_percent_reaches_the_cap_at_a_contract_of_fifteen_million() {
    let policy = from_zero(json!({ "kind": "contract-sum", "percent": "2" }), json!({ "cap": "300000" }));
    for (sum, value) in [
        ("14999999.50", "299999.99"),
        ("15000000", "300000.00"),
        ("15000001", "300000.00"),
        ("40000000", "300000.00"),
    ] {
        assert_eq!(owed(&policy, json!({ "contractSum": sum })).unwrap(), value);
    }
}

#[test]
fn each_base_is_a_share_of_its_own() {
    for (base, facts, value) in [
        (json!({ "kind": "contract-sum", "percent": "5" }), json!({}), "50000.00"),
        (json!({ "kind": "wage-sum", "percent": "5" }), json!({ "wageSum": "300000" }), "15000.00"),
        (json!({ "kind": "assumed-wages", "wagePercent": "40", "percent": "5" }), json!({}), "20000.00"),
        (json!({ "kind": "fixed", "amount": "12500" }), json!({}), "12500.00"),
        (
            json!({ "kind": "offered", "minimumPercent": "2", "maximumPercent": "5" }),
            json!({ "offeredPercent": "3.5" }),
            "35000.00",
        ),
    ] {
        assert_eq!(owed(&from_zero(base, json!({})), facts).unwrap(), value);
    }
}

#[test]
fn a_base_needs_its_facts() {
    let wages = from_zero(json!({ "kind": "wage-sum", "percent": "5" }), json!({}));
    assert_eq!(owed(&wages, json!({})).unwrap_err(), ["fact-missing /contract/wageSum"]);
    let offered =
        from_zero(json!({ "kind": "offered", "minimumPercent": "2", "maximumPercent": "5" }), json!({}));
    assert_eq!(owed(&offered, json!({})).unwrap_err(), ["fact-missing /contract/offeredPercent"]);
    for outside in ["1.99", "5.01"] {
        let errors = owed(&offered, json!({ "offeredPercent": outside })).unwrap_err();
        assert_eq!(errors, ["offer-outside-bounds /contract/offeredPercent"]);
    }
}

#[test]
fn a_contract_with_little_labour_owes_the_lower_rate() {
    let low = json!({ "lowLabour": { "belowPercent": "30", "percent": "2" } });
    let policy = from_zero(json!({ "kind": "contract-sum", "percent": "5" }), low);
    assert_eq!(owed(&policy, json!({ "labourPercent": "29.99" })).unwrap(), "20000.00");
    assert_eq!(owed(&policy, json!({ "labourPercent": "30" })).unwrap(), "50000.00");
    assert_eq!(owed(&policy, json!({})).unwrap_err(), ["fact-missing /contract/labourPercent"]);
}

#[test]
fn thresholds_differ_by_kind_and_term() {
    let thresholds = json!([
        { "kind": "services", "from": "125000" }, { "kind": "works", "from": "225000", "fromMonths": 6 }
    ]);
    let policy =
        with_rules(json!({ "thresholds": thresholds, "base": { "kind": "contract-sum", "percent": "5" } }));
    let of = |kind: &str, sum: &str, term: u32| {
        owed(&policy, json!({ "kind": kind, "contractSum": sum, "termMonths": term })).unwrap()
    };
    assert_eq!(of("services", "125000", 1), "6250.00");
    assert_eq!(of("services", "124999.99", 1), "0.00");
    assert_eq!(of("works", "225000", 6), "11250.00");
    assert_eq!(of("works", "225000", 5), "0.00");
    assert_eq!(of("supplies", "9000000", 60), "0.00");
    let without_term = owed(&policy, json!({ "kind": "works" })).unwrap_err();
    assert_eq!(without_term, ["fact-missing /contract/termMonths"]);
}

#[test]
fn a_pso_level_takes_off_its_share_or_exempts() {
    let levels =
        json!([{ "level": "trede-1", "percent": "10" }, { "level": "trede-3-30+", "percent": "100" }]);
    let base = json!({ "kind": "contract-sum", "percent": "8" });
    let whole = from_zero(base.clone(), json!({ "pso": { "levels": levels } }));
    assert_eq!(owed(&whole, json!({ "psoLevel": "trede-1" })).unwrap(), "72000.00");
    assert_eq!(owed(&whole, json!({ "psoLevel": "trede-3-30+" })).unwrap(), "0.00");
    assert_eq!(owed(&whole, json!({})).unwrap(), "80000.00");
    assert_eq!(
        owed(&whole, json!({ "psoLevel": "trede-9" })).unwrap_err(),
        ["unknown-level /contract/psoLevel"]
    );
    let up_to_five = from_zero(base, json!({ "pso": { "levels": levels, "upToPercent": "5" } }));
    assert_eq!(owed(&up_to_five, json!({ "psoLevel": "trede-3-30+" })).unwrap(), "30000.00");
}

#[test]
fn exemption_and_deviation_need_a_reason() {
    let policy = from_zero(json!({ "kind": "contract-sum", "percent": "5" }), json!({}));
    assert_eq!(owed(&policy, json!({ "exemption": "no work in it" })).unwrap(), "0.00");
    assert_eq!(
        owed(&policy, json!({ "exemption": " " })).unwrap_err(),
        ["reason-missing /contract/exemption"]
    );
    let deviation = |reason: &str| json!({ "deviation": { "amount": "7500", "reason": reason } });
    assert_eq!(owed(&policy, deviation("a small market")).unwrap(), "7500.00");
    assert_eq!(owed(&policy, deviation("")).unwrap_err(), ["reason-missing /contract/deviation/reason"]);
}

#[test]
fn a_policy_without_obligation_rules_says_so() {
    let policy = policy(year_block("1", json!({})), json!({}));
    assert_eq!(owed(&policy, json!({})).unwrap_err(), ["policy-silent /contract"]);
}

fn settled(
    factor: &str,
    excusable: bool,
    realised: &str,
    more: Value,
) -> Result<(String, String), Vec<String>> {
    let rules = json!({
        "obligation": { "thresholds": [{ "from": "0" }], "base": { "kind": "fixed", "amount": "20000" } },
        "sanction": { "factor": factor, "excusable": excusable, "cureDays": 90 }
    });
    let block = json!({ "code": "b", "name": "B", "measure": "actual-cost" });
    let case = json!({
        "policy": policy(block, rules), "contract": { "kind": "works", "contractSum": "400000" },
        "entries": [{ "block": "b", "amount": realised }]
    });
    let settlement = computed(&with(case, more))?.settlement.unwrap();
    Ok((settlement.shortfall, settlement.sanction))
}

#[test]
fn a_shortfall_of_5500_costs_its_factor() {
    for (factor, sanction) in [("1.0", "5500.00"), ("1.25", "6875.00"), ("1.5", "8250.00")] {
        let found = settled(factor, true, "14500", json!({})).unwrap();
        assert_eq!(found, ("5500.00".to_owned(), sanction.to_owned()));
    }
}

#[test]
fn an_excused_shortfall_costs_nothing_where_the_policy_knows_excuses() {
    let excuse = json!({ "excuse": "the municipality found no candidate" });
    let found = settled("1.5", true, "14500", excuse.clone()).unwrap();
    assert_eq!(found, ("5500.00".to_owned(), "0.00".to_owned()));
    assert_eq!(settled("1.5", false, "14500", excuse).unwrap_err(), ["not-excusable /excuse"]);
    assert_eq!(
        settled("1.5", true, "14500", json!({ "excuse": "" })).unwrap_err(),
        ["reason-missing /excuse"]
    );
}

#[test]
fn more_than_was_owed_is_no_shortfall() {
    assert_eq!(settled("1.5", true, "20000.01", json!({})).unwrap(), ("0.00".to_owned(), "0.00".to_owned()));
}
