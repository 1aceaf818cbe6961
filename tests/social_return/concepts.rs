//! What tables of authorities ask beside an amount a year: units, factors, bounds, windows, bonuses, tiers, labels.

use serde_json::{Value, json};

use crate::support::*;

fn ok(policy: &Value, entry: Value) -> String {
    worth(policy, entry).unwrap()
}

fn block(measure: &str, more: Value) -> Value {
    with(json!({"code": "b", "name": "Block", "measure": measure}), more)
}

fn facts(more: Value) -> Value {
    with(json!({"block": "b"}), more)
}

#[test]
fn a_block_is_given_in_any_of_its_units_and_they_share_its_maximum() {
    let units = json!({"countsMonths": 12, "units": [
        {"measure": "month", "perYear": "12", "byHours": true}, {"measure": "hour", "perYear": "1872"}
    ]});
    let policy = policy(year_block("37440", units), json!({}));
    let year = |unit: Value| with(entry("2026-01-01", "2026-06-30", "18", json!({})), unit);
    assert_eq!(ok(&policy, year(json!({}))), "9360.00");
    assert_eq!(ok(&policy, year(json!({"unit": "month"}))), "9360.00");
    let hours = |hours: &str| facts(json!({"unit": "hour", "quantity": hours}));
    assert_eq!(ok(&policy, hours("100")), "2000.00");
    assert_eq!(ok(&policy, hours("2000")), "37440.00", "no more than a year");
    assert_eq!(
        worth(&policy, facts(json!({"unit": "day", "quantity": "1"}))).unwrap_err(),
        ["unknown-unit /entries/0/unit"]
    );
}

#[test]
fn an_activity_counts_by_hours_or_by_its_cost_as_the_entry_says() {
    let policy =
        policy(block("hour", json!({"amount": "100", "units": [{"measure": "actual-cost"}]})), json!({}));
    assert_eq!(ok(&policy, facts(json!({"quantity": "7.5"}))), "750.00");
    assert_eq!(ok(&policy, facts(json!({"unit": "actual-cost", "amount": "1234.56"}))), "1234.56");
}

#[test]
fn amounts_count_by_half_day_week_or_piece_and_once_for_a_placement_or_an_internship() {
    for (measure, quantity, worth) in
        [("half-day", "3", "375.00"), ("week", "2", "250.00"), ("piece", "4", "500.00")]
    {
        let policy = policy(block(measure, json!({"amount": "125"})), json!({}));
        assert_eq!(ok(&policy, facts(json!({"quantity": quantity}))), worth, "{measure}");
    }
    for measure in ["placement", "internship"] {
        let policy = policy(block(measure, json!({"amount": "2500"})), json!({}));
        assert_eq!(ok(&policy, entry("2026-01-01", "2026-01-31", "4", json!({}))), "2500.00", "{measure}");
    }
}

#[test]
fn a_cost_counts_times_a_factor_or_for_a_share_within_bounds() {
    let worth = |more: Value, amount: &str| {
        ok(&policy(block("actual-cost", more), json!({})), facts(json!({"amount": amount})))
    };
    assert_eq!(worth(json!({"percent": "130"}), "1000.01"), "1300.01");
    assert_eq!(worth(json!({"percent": "50", "maximumAmount": "2500"}), "6000"), "2500.00");
    assert_eq!(worth(json!({"minimumAmount": "500"}), "120"), "500.00");
    assert_eq!(worth(json!({"minimumAmount": "500"}), "0"), "0.00");
    assert_eq!(worth(json!({"countsFromAmount": "1000"}), "999.99"), "0.00");
    assert_eq!(worth(json!({"countsFromAmount": "1000"}), "1000"), "1000.00");
    let invoice = json!({"invoice": {"recognised": "share", "percent": "125"}});
    let policy = policy(block("invoice", invoice), json!({}));
    assert_eq!(ok(&policy, facts(json!({"amount": "200"}))), "250.00");
}

#[test]
fn hours_a_week_have_a_least_and_a_most() {
    let policy =
        policy(year_block("36000", json!({"leastHoursPerWeek": "12", "mostHoursPerWeek": "24"})), json!({}));
    let year = |hours: &str| ok(&policy, entry("2026-01-01", "2026-12-31", hours, json!({})));
    assert_eq!((year("11"), year("12"), year("36")), ("0.00".into(), "12000.00".into(), "24000.00".into()));
}

#[test]
fn a_placement_follows_the_end_of_the_benefit_within_the_window() {
    let policy = |window: Value| policy(year_block("12000", json!({"benefitWindow": window})), json!({}));
    let placed = |ended: &str| entry("2026-01-01", "2026-12-31", "36", json!({"benefitEndedOn": ended}));
    let within = policy(json!({"withinMonths": 6}));
    assert_eq!(ok(&within, placed("2025-07-01")), "12000.00");
    assert_eq!(ok(&within, placed("2025-06-30")), "0.00");
    assert_eq!(ok(&within, placed("2026-02-01")), "12000.00", "the benefit still runs");
    let after = policy(json!({"withinMonths": 6, "after": true}));
    assert_eq!(ok(&after, placed("2026-01-01")), "0.00");
    assert_eq!(ok(&after, placed("2025-12-31")), "12000.00");
    let missing = worth(&within, entry("2026-01-01", "2026-12-31", "36", json!({}))).unwrap_err();
    assert_eq!(missing, ["fact-missing /entries/0/benefitEndedOn"]);
}

#[test]
fn conditions_are_met_before_anything_counts() {
    let agreed =
        policy(block("hour", json!({"amount": "10", "conditions": {"agreedBeforehand": true}})), json!({}));
    let hours = |more: Value| {
        facts(with(json!({"quantity": "10", "period": {"from": "2026-03-01", "until": "2026-03-31"}}), more))
    };
    assert_eq!(worth(&agreed, hours(json!({}))).unwrap_err(), ["fact-missing /entries/0/agreedOn"]);
    assert_eq!(ok(&agreed, hours(json!({"agreedOn": "2026-03-01"}))), "100.00");
    assert_eq!(ok(&agreed, hours(json!({"agreedOn": "2026-03-02"}))), "0.00");
    let after = json!({"conditions": {"afterInternshipMonths": 6}});
    let after = policy(block("placement", with(json!({"amount": "25000"}), after)), json!({}));
    let placed = |months: &str| entry("2026-01-01", "2026-12-31", "36", json!({"internshipMonths": months}));
    assert_eq!((ok(&after, placed("6")), ok(&after, placed("5.5"))), ("25000.00".into(), "0.00".into()));
}

#[test]
fn a_bonus_is_for_some_blocks_or_groups_and_counts_by_its_own_measure() {
    let bonuses = json!([
        {"code": "flat", "name": "Vast", "amount": "1000", "proration": "flat"},
        {"code": "deel", "name": "Deel", "measure": "percent-of-block", "percent": "10", "maximumAmount": "1000"},
        {"code": "uur", "name": "Uur", "measure": "hour", "amount": "2.50"},
        {"code": "kosten", "name": "Kosten", "measure": "percent-of-cost", "percent": "50", "maximumAmount": "300"},
        {"code": "groep", "name": "Groep", "amount": "500", "proration": "flat", "targetGroups": ["p-wet"]},
        {"code": "blok", "name": "Blok", "amount": "500", "proration": "flat", "blocks": ["b"]}
    ]);
    let groups = json!([{"code": "p-wet", "name": "Participatiewet", "national": "participatiewet"}, {"code": "ww", "name": "WW", "national": "ww"}]);
    let rules = json!({"bonuses": bonuses, "targetGroups": groups, "bonusesCumulate": true});
    let policy = policy(year_block("12000", json!({"targetGroup": "ww"})), rules);
    let year = |bonus: &str, more: Value| {
        worth(&policy, with(entry("2026-01-01", "2026-12-31", "36", json!({"bonuses": [bonus]})), more))
    };
    assert_eq!(year("flat", json!({})).unwrap(), "13000.00");
    assert_eq!(year("deel", json!({})).unwrap(), "13000.00", "10 % is 1,200, at most 1,000");
    assert_eq!(year("uur", json!({"hours": "100"})).unwrap(), "12250.00");
    assert_eq!(year("kosten", json!({"amount": "500"})).unwrap(), "12250.00");
    assert_eq!(year("kosten", json!({"amount": "900"})).unwrap(), "12300.00");
    assert_eq!(year("blok", json!({})).unwrap(), "12500.00");
    assert_eq!(year("groep", json!({})).unwrap_err(), ["bonus-of-other-blocks /entries/0/bonuses/0"]);
}

fn owed(obligation: Value, contract: Value) -> String {
    let policy = policy(
        year_block("1", json!({})),
        json!({"obligation": with(json!({"thresholds": [{"from": "0"}]}), obligation)}),
    );
    let plain = json!({"kind": "services", "contractSum": "1000000"});
    let case = json!({"policy": policy, "contract": with(plain, contract)});
    computed(&case).unwrap().obligation.unwrap().amount
}

#[test]
fn a_rate_follows_the_kind_and_the_value_of_the_contract() {
    let base = json!({"base": {"kind": "contract-sum", "percent": "5"}});
    let tiers = json!({"tiers": [
        {"kind": "works", "from": "0", "percent": "2"}, {"from": "500000", "percent": "4"}, {"from": "750000", "percent": "3"}
    ]});
    let by_tier = with(base, tiers);
    assert_eq!(owed(by_tier.clone(), json!({})), "30000.00");
    assert_eq!(owed(by_tier.clone(), json!({"contractSum": "600000"})), "24000.00");
    assert_eq!(owed(by_tier.clone(), json!({"contractSum": "400000"})), "20000.00");
    assert_eq!(owed(by_tier.clone(), json!({"kind": "works"})), "20000.00");
    // 500,000 at 5 %, 250,000 at 4 % and 250,000 at 3 %.
    assert_eq!(owed(with(by_tier, json!({"tiersInSlices": true})), json!({})), "42500.00");
}

#[test]
fn a_small_contractor_or_one_that_employs_enough_people_of_the_groups_owes_nothing() {
    let rules = json!({
        "base": {"kind": "contract-sum", "percent": "5"},
        "exemptions": {"employeesBelow": 25, "targetGroupPercent": "5"}
    });
    assert_eq!(owed(rules.clone(), json!({"employees": 24})), "0.00");
    assert_eq!(owed(rules.clone(), json!({"employees": 25})), "50000.00");
    assert_eq!(owed(rules.clone(), json!({"employees": 25, "targetGroupPercent": "5"})), "0.00");
    assert_eq!(owed(rules, json!({"employees": 25, "targetGroupPercent": "4.99"})), "50000.00");
}

#[test]
fn labels_reduce_like_levels_beside_them_or_instead_of_them() {
    let rules = |add_up: bool| {
        json!({
            "base": {"kind": "contract-sum", "percent": "5"},
            "pso": {"levels": [{"level": "trede-2", "percent": "20"}]},
            "labels": {"levels": [{"level": "cso", "percent": "50"}, {"level": "sector", "percent": "10"}], "addUp": add_up}
        })
    };
    let term = json!({"term": {"from": "2026-01-01", "until": "2026-12-31"}, "psoLevel": "trede-2", "labels": [
        {"level": "cso", "from": "2026-01-01", "until": "2026-12-31"}, {"level": "sector", "from": "2026-01-01", "until": "2026-12-31"}
    ]});
    assert_eq!(owed(rules(false), term.clone()), "25000.00");
    assert_eq!(owed(rules(true), term), "10000.00");
}

#[test]
fn a_part_of_a_region_has_rules_of_its_own() {
    let own = json!({"parts": [{"authorities": ["gm0344"], "obligation": {
        "thresholds": [{"from": "0"}], "base": {"kind": "contract-sum", "percent": "2"}
    }}], "obligation": {"thresholds": [{"from": "0"}], "base": {"kind": "contract-sum", "percent": "5"}}});
    let policy = policy(year_block("1", json!({})), own);
    for (authority, owed) in [("gm0344", "20000.00"), ("gm0363", "50000.00")] {
        let case = json!({"policy": policy, "contract": {"kind": "services", "contractSum": "1000000", "authority": authority}});
        assert_eq!(computed(&case).unwrap().obligation.unwrap().amount, owed, "{authority}");
    }
}

#[test]
fn what_a_policy_names_must_be_there() {
    let rules = json!({
        "bonuses": [{"code": "x", "name": "X", "amount": "1", "blocks": ["c"], "targetGroups": ["g"]}],
        "limits": [{"of": "amount", "maximum": "1", "over": "candidate", "blocks": ["d"]}],
        "targetGroups": [{"code": "h", "name": "H", "national": "elders"}]
    });
    let policy = policy(year_block("1", json!({"targetGroup": "i"})), rules);
    assert_eq!(
        worth(&policy, entry("2026-01-01", "2026-12-31", "36", json!({}))).unwrap_err(),
        [
            "unknown-target-group /policy/targetGroups/0/national",
            "unknown-target-group /policy/blocks/0/targetGroup",
            "unknown-block /policy/bonuses/0/blocks/0",
            "unknown-target-group /policy/bonuses/0/targetGroups/0",
            "limit-without-candidate /policy/limits/0/eachCandidate",
            "unknown-block /policy/limits/0/blocks/0",
        ]
    );
}
