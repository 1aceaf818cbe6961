//! What an entry counts for, by every measure and every rule that a policy may have.

use serde_json::{Value, json};

use crate::social_return::support::*;

fn ok(policy: &Value, entry: Value) -> String {
    worth(policy, entry).unwrap()
}

#[test]
fn haaglanden_participatiewet_of_24_hours_and_8_months_counts_for_17777_78() {
    let policy = template("haaglanden-zuid-holland-centraal-2023", json!({}));
    let facts = json!({ "block": "participatiewet" });
    let result = computed(&json!({
        "policy": policy, "entries": [with(entry("2024-03-01", "2024-10-31", "24", json!({})), facts)]
    }))
    .unwrap();
    assert_eq!(result.entries[0].amount, "17777.78");
    let steps = result.entries[0].explanation.as_ref().unwrap();
    let rules: Vec<&str> = steps.iter().map(|step| step.rule.as_str()).collect();
    assert_eq!(rules, ["hours-factor-capped", "months-counted", "block-by-year", "to-the-cent"]);
    assert_eq!(steps[2].calculation, "40,000 × (2/3) × 8 / 12");
}

#[test]
fn utrecht_bonuses_count_flat_or_in_proportion_as_the_policy_says() {
    for (proration, value) in [("flat", "47777.78"), ("like-block", "38888.89")] {
        let policy =
            template("utrecht-nieuwste", json!({ "bonusProration": proration, "bonusesCumulate": true }));
        let facts = json!({ "block": "banenafspraak", "bonuses": ["50-plus", "vast-contract"] });
        assert_eq!(ok(&policy, with(entry("2026-01-01", "2026-12-31", "20", json!({})), facts)), value);
    }
}

#[test]
fn what_a_policy_does_not_say_is_told_and_not_assumed() {
    let facts = |bonuses: Value| {
        with(
            entry("2026-01-01", "2026-12-31", "20", json!({})),
            json!({ "block": "banenafspraak", "bonuses": bonuses }),
        )
    };
    let silent = |policy: &Value, bonuses| {
        let case = json!({ "policy": policy, "entries": [facts(bonuses)] });
        computed(&case).unwrap_err()
    };
    let utrecht = template("utrecht-nieuwste", json!({}));
    assert_eq!(silent(&utrecht, json!(["50-plus"])), ["policy-silent /entries/0"]);
    assert_eq!(silent(&utrecht, json!(["50-plus", "vast-contract"])), ["policy-silent /entries/0"]);
    let mut without_hours = utrecht.clone();
    without_hours.as_object_mut().unwrap().remove("fullTime");
    assert_eq!(silent(&without_hours, json!([])), ["policy-silent /entries/0"]);
    assert!(
        computed(&json!({ "policy": utrecht })).unwrap().silent_on.contains(&"bonusProration".to_owned())
    );
}

#[test]
fn bonuses_that_do_not_add_up_leave_the_highest() {
    let bonuses = json!([{ "code": "x", "name": "X", "amount": "5000" }, { "code": "y", "name": "Y", "amount": "7000" }]);
    let rules = json!({ "bonuses": bonuses, "bonusProration": "flat", "bonusesCumulate": false });
    let policy = policy(year_block("12000", json!({})), rules);
    let facts = entry("2026-01-01", "2026-12-31", "36", json!({ "bonuses": ["x", "y"] }));
    assert_eq!(ok(&policy, facts), "19000.00");
}

#[test]
fn a_part_of_a_month_counts_by_its_days() {
    let policy = policy(year_block("12000", json!({})), json!({}));
    assert_eq!(ok(&policy, entry("2026-04-16", "2026-05-31", "36", json!({}))), "1500.00");
    assert_eq!(ok(&policy, entry("2024-02-01", "2024-02-29", "36", json!({}))), "1000.00");
    assert_eq!(ok(&policy, entry("2026-02-01", "2026-02-07", "36", json!({}))), "250.00");
}

#[test]
fn hours_above_full_time_count_as_full_time_unless_the_policy_says_otherwise() {
    let facts = || entry("2026-01-01", "2026-12-31", "45", json!({}));
    assert_eq!(ok(&policy(year_block("12000", json!({})), json!({})), facts()), "12000.00");
    let more = json!({ "moreThanFullTime": true });
    assert_eq!(ok(&policy(year_block("12000", json!({})), more), facts()), "15000.00");
    let forty = json!({ "fullTime": { "basis": "weekly-hours", "weeklyHours": "40" } });
    assert_eq!(
        ok(
            &policy(year_block("12000", json!({})), forty),
            entry("2026-01-01", "2026-12-31", "20", json!({}))
        ),
        "6000.00"
    );
}

#[test]
fn full_time_may_be_the_contractors_own_year() {
    let policy =
        policy(year_block("40000", json!({})), json!({ "fullTime": { "basis": "contractor-year" } }));
    let facts = json!({
        "block": "b", "period": { "from": "2026-01-01", "until": "2026-06-30" },
        "quantity": "450", "fullTimeYearHours": "1800"
    });
    assert_eq!(ok(&policy, facts.clone()), "10000.00");
    assert_eq!(ok(&policy, with(facts, json!({ "quantity": "1800" }))), "20000.00");
}

#[test]
fn a_block_counts_for_its_maximum_also_over_several_entries() {
    let policy = policy(year_block("12000", json!({ "countsMonths": 12 })), json!({}));
    assert_eq!(ok(&policy, entry("2025-01-01", "2026-12-31", "36", json!({}))), "12000.00");
    let later = json!({ "placementStartedOn": "2025-01-01" });
    assert_eq!(ok(&policy, entry("2025-07-01", "2026-06-30", "36", later.clone())), "6000.00");
    assert_eq!(ok(&policy, entry("2026-01-01", "2026-06-30", "36", later)), "0.00");
}

#[test]
fn a_block_may_count_always_or_while_wage_cost_subsidy_runs() {
    let always = policy(year_block("12000", json!({ "countsAlways": true })), json!({}));
    assert_eq!(ok(&always, entry("2024-01-01", "2026-12-31", "36", json!({}))), "36000.00");
    let subsidised = policy(
        year_block("12000", json!({ "countsMonths": 12 })),
        json!({ "countsDuringWageCostSubsidy": true }),
    );
    let until = |day: &str| entry("2024-01-01", "2026-12-31", "36", json!({ "wageCostSubsidyUntil": day }));
    assert_eq!(ok(&subsidised, until("2025-06-30")), "18000.00");
    assert_eq!(ok(&subsidised, until("2024-06-30")), "12000.00");
}

#[test]
fn a_candidate_who_started_before_the_contract_needs_the_look_back() {
    let facts = |placed: &str| {
        entry(
            "2026-01-01",
            "2026-12-31",
            "36",
            json!({ "placementStartedOn": placed, "contractStartedOn": "2026-01-01" }),
        )
    };
    let months = |look_back: Value| policy(year_block("12000", json!({ "countsMonths": 12 })), look_back);
    assert_eq!(worth(&months(json!({})), facts("2025-06-01")).unwrap_err(), ["policy-silent /entries/0"]);
    assert_eq!(ok(&months(json!({ "lookBackMonths": 12 })), facts("2025-01-01")), "12000.00");
    assert_eq!(ok(&months(json!({ "lookBackMonths": 12 })), facts("2024-12-31")), "0.00");
    assert_eq!(ok(&months(json!({ "lookBackMonths": 0 })), facts("2025-12-31")), "0.00");
}

#[test]
fn weeks_count_over_52_and_at_most_once_a_year() {
    let policy = policy(year_block("10400", json!({ "proration": { "by": "weeks" } })), json!({}));
    assert_eq!(ok(&policy, entry("2026-01-01", "2026-01-14", "36", json!({}))), "400.00");
    assert_eq!(ok(&policy, entry("2026-01-01", "2026-12-31", "36", json!({}))), "10400.00");
    assert_eq!(ok(&policy, entry("2026-01-01", "2027-12-31", "36", json!({}))), "20800.00");
}

#[test]
fn days_worked_count_over_the_working_days_of_a_year() {
    let by = |hours: bool| json!({ "by": "days-worked", "workingDays": "260", "byHours": hours });
    let block = |hours: bool| {
        policy(year_block("26000", json!({ "proration": by(hours), "countsMonths": 12 })), json!({}))
    };
    let facts = |days: &str, earlier: &str| json!({ "block": "b", "quantity": days, "earlierQuantity": earlier, "hoursPerWeek": "18" });
    assert_eq!(ok(&block(false), facts("130", "0")), "13000.00");
    assert_eq!(ok(&block(true), facts("130", "0")), "6500.00");
    assert_eq!(ok(&block(false), facts("130", "200")), "6000.00");
}

#[test]
fn a_block_by_month_counts_hours_only_where_it_says_so() {
    let block = |hours: bool| json!({ "code": "b", "name": "Trial placement", "measure": "month", "amount": "800", "byHours": hours, "countsMonths": 3 });
    let facts = || entry("2026-01-01", "2026-04-30", "18", json!({}));
    assert_eq!(ok(&policy(block(false), json!({})), facts()), "2400.00");
    assert_eq!(ok(&policy(block(true), json!({})), facts()), "1200.00");
}

#[test]
fn learning_years_hours_and_days_count_by_their_number() {
    let block = |measure: &str, amount: &str, more: Value| {
        policy(
            with(json!({ "code": "b", "name": "B", "measure": measure, "amount": amount }), more),
            json!({}),
        )
    };
    let facts = |quantity: &str| json!({ "block": "b", "quantity": quantity });
    assert_eq!(ok(&block("learning-year", "15000", json!({})), facts("2.5")), "37500.00");
    let at_most_two = block("learning-year", "15000", json!({ "countsMonths": 24 }));
    assert_eq!(ok(&at_most_two, with(facts("1.5"), json!({ "earlierQuantity": "1" }))), "15000.00");
    assert_eq!(ok(&block("hour", "100", json!({})), facts("7.25")), "725.00");
    assert_eq!(ok(&block("day", "250", json!({ "maximumAmount": "1000" })), facts("3")), "750.00");
    assert_eq!(ok(&block("day", "250", json!({ "maximumAmount": "1000" })), facts("5")), "1000.00");
    let spent = |amount: &str| with(facts("2"), json!({ "amount": amount }));
    assert_eq!(ok(&block("day-at-most", "1000", json!({})), spent("1500.50")), "1500.50");
    assert_eq!(ok(&block("day-at-most", "1000", json!({})), spent("2500")), "2000.00");
}

#[test]
fn an_invoice_counts_by_its_share_its_register_or_its_wages() {
    let block =
        |invoice: Value| json!({ "code": "b", "name": "Purchase", "measure": "invoice", "invoice": invoice });
    let shares = json!({ "invoiceShares": [
        { "register": "social-enterprises", "percent": "100" }, { "register": "other-register", "percent": "50" },
        { "register": "trede-1", "percent": "10" }
    ] });
    let facts = |register: &str| json!({ "block": "b", "amount": "999.99", "register": register });
    let by_register = policy(block(json!({ "recognised": "by-register" })), shares);
    assert_eq!(ok(&by_register, facts("social-enterprises")), "999.99");
    assert_eq!(ok(&by_register, facts("other-register")), "500.00");
    assert_eq!(ok(&by_register, facts("trede-1")), "100.00");
    assert_eq!(worth(&by_register, facts("nobody")).unwrap_err(), ["unknown-register /entries/0/register"]);
    let half = policy(block(json!({ "recognised": "share", "percent": "50" })), json!({}));
    assert_eq!(ok(&half, facts("")), "500.00");
    assert_eq!(ok(&policy(block(json!({ "recognised": "wage-part" })), json!({})), facts("")), "999.99");
}

#[test]
fn actual_cost_and_agreed_amounts_count_as_they_are() {
    for measure in ["actual-cost", "agreed"] {
        let policy = policy(json!({ "code": "b", "name": "B", "measure": measure }), json!({}));
        assert_eq!(ok(&policy, json!({ "block": "b", "amount": "1234.56" })), "1234.56");
        assert_eq!(worth(&policy, json!({ "block": "b" })).unwrap_err(), ["fact-missing /entries/0/amount"]);
    }
}

#[test]
fn the_duration_of_the_benefit_decides_where_the_policy_says_so() {
    let utrecht = template("utrecht-2015", json!({ "proration": { "by": "calendar-months" } }));
    let facts = |months: Value| {
        with(
            entry("2026-01-01", "2026-12-31", "36", json!({})),
            json!({ "block": "ww", "benefitMonths": months }),
        )
    };
    assert_eq!(ok(&utrecht, facts(json!(11))), "15000.00");
    assert_eq!(ok(&utrecht, facts(json!(13))), "20000.00");
    assert_eq!(worth(&utrecht, facts(Value::Null)).unwrap_err(), ["fact-missing /entries/0/benefitMonths"]);
}

#[test]
fn a_block_counts_for_at_most_its_share_of_the_obligation() {
    let block = json!({ "code": "b", "name": "Purchase", "measure": "actual-cost", "maximumPercentOfObligation": "50" });
    let obligation =
        json!({ "thresholds": [{ "from": "0" }], "base": { "kind": "fixed", "amount": "20000" } });
    let case = json!({
        "policy": policy(block, json!({ "obligation": obligation })),
        "contract": { "kind": "works", "contractSum": "1" },
        "entries": [{ "block": "b", "amount": "8000" }, { "block": "b", "amount": "7000" }]
    });
    assert_eq!(computed(&case).unwrap().realised, "10000.00");
}

#[test]
fn what_cannot_be_is_told_with_its_place() {
    let policy = policy(year_block("1", json!({})), json!({}));
    let errors = |more: Value| {
        worth(&policy, with(entry("2026-01-01", "2026-12-31", "36", json!({})), more)).unwrap_err()
    };
    assert_eq!(errors(json!({ "hoursPerWeek": "-1" })), ["negative-number /entries/0/hoursPerWeek"]);
    assert_eq!(errors(json!({ "block": "x" })), ["unknown-block /entries/0/block"]);
    assert_eq!(errors(json!({ "bonuses": ["x"] })), ["unknown-bonus /entries/0/bonuses/0"]);
    assert_eq!(errors(json!({ "bonuses": ["x", "x"] })), ["duplicate-code /entries/0/bonuses/1"]);
    let reversed = json!({ "period": { "from": "2026-02-01", "until": "2026-01-31" } });
    assert_eq!(errors(reversed), ["period-reversed /entries/0/period"]);
    assert_eq!(errors(json!({ "period": null })), ["fact-missing /entries/0/period"]);
    assert!(errors(json!({ "name": "somebody" }))[0].contains("unknown field `name`"));
}
