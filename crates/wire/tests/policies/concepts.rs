//! What tables of authorities ask beside an amount a year, concept by concept.

use serde_json::{Value, json};
use trede_base::exact::Exact;
use trede_base::period::Period;
use trede_rules::social_return::{EntryFacts, InSet, Policy, value_together};

use crate::support::{during, owed, policy, read, with, worth, wrong, year};

fn block(measure: &str, more: Value) -> Value {
    policy(json!({"blocks": [with(json!({"code": "b", "name": "B", "measure": measure}), more)]}))
}

fn ok(policy: &Value, entry: Value) -> String {
    worth(policy, &entry).unwrap()
}

#[test]
fn amounts_of_units_follow_those_of_a_year_also_by_the_duration_of_the_benefit() {
    let steps = json!([{"fromMonths": 0, "amount": "18720"}, {"fromMonths": 24, "amount": "37440"}]);
    let units = json!([
        {"measure": "hour", "perYear": "1872"}, {"measure": "month", "perYear": "12", "byHours": true},
        {"measure": "half-day", "perYear": "468"}
    ]);
    let policy = block("year", json!({"amountByBenefitMonths": steps, "units": units, "countsMonths": 12}));
    let given = |unit: &str, months: u32, more: Value| {
        year("b", with(json!({"unit": unit, "benefitMonths": months}), more))
    };
    assert_eq!(ok(&policy, given("hour", 12, json!({"quantity": "10"}))), "100.00");
    assert_eq!(ok(&policy, given("hour", 24, json!({"quantity": "10"}))), "200.00");
    assert_eq!(ok(&policy, given("half-day", 24, json!({"quantity": "3"}))), "240.00");
    assert_eq!(ok(&policy, given("month", 24, json!({"hoursPerWeek": "18"}))), "18720.00");
    assert_eq!(ok(&policy, given("hour", 24, json!({"quantity": "9999"}))), "37440.00", "at most 12 months");
}

#[test]
fn any_measure_is_a_unit_and_what_an_entry_is_about_follows_from_it() {
    use trede_rules::social_return::Effort;
    let units = json!([
        {"measure": "invoice", "invoice": {"recognised": "share", "percent": "50"}},
        {"measure": "actual-cost", "percent": "130"}, {"measure": "placement", "amount": "2500"}
    ]);
    let policy = block("hour", json!({"amount": "100", "units": units}));
    assert_eq!(ok(&policy, json!({"block": "b", "quantity": "1.5"})), "150.00");
    assert_eq!(ok(&policy, json!({"block": "b", "unit": "invoice", "amount": "99.99"})), "50.00");
    assert_eq!(ok(&policy, json!({"block": "b", "unit": "actual-cost", "amount": "100"})), "130.00");
    assert_eq!(ok(&policy, year("b", json!({"unit": "placement"}))), "2500.00");
    let read = read(&policy);
    let of = |unit| read.block("b").unwrap().effort(unit);
    assert_eq!(
        [of(None), of(Some("invoice")), of(Some("actual-cost")), of(Some("placement"))],
        [Effort::Any, Effort::Purchase, Effort::Any, Effort::Person]
    );
}

#[test]
fn a_block_can_differ_from_its_policy_in_full_time_hours_look_back_and_subsidy() {
    assert_eq!(
        ok(
            &block("year", json!({"amount": "10000", "byHours": false})),
            year("b", json!({"hoursPerWeek": "4"}))
        ),
        "10000.00"
    );
    let forty =
        block("year", json!({"amount": "10000", "fullTime": {"basis": "weekly-hours", "weeklyHours": "40"}}));
    assert_eq!(ok(&forty, year("b", json!({"hoursPerWeek": "20"}))), "5000.00");
    let before = json!({"placementStartedOn": "2025-07-01", "contractStartedOn": "2026-01-01"});
    let years = during("b", "2026-01-01", "2027-12-31", json!({"wageCostSubsidyUntil": "2027-06-30"}));
    for (more, look_back, subsidised) in [
        (json!({}), "0.00", "12000.00"),
        (json!({"lookBackMonths": 6, "countsDuringWageCostSubsidy": true}), "12000.00", "18000.00"),
    ] {
        let policy = block("year", with(json!({"amount": "12000", "countsMonths": 12}), more));
        assert_eq!(ok(&policy, year("b", before.clone())), look_back);
        assert_eq!(ok(&policy, years.clone()), subsidised);
    }
}

#[test]
fn wages_in_an_invoice_count_times_a_factor() {
    let policy = block("invoice", json!({"invoice": {"recognised": "wage-part", "percent": "130"}}));
    assert_eq!(ok(&policy, json!({"block": "b", "amount": "1000.01"})), "1300.01");
}

#[test]
fn the_whole_of_an_invoice_decides_from_when_a_part_of_it_counts() {
    let policy = block("actual-cost", json!({"countsFromAmount": "1000"}));
    assert_eq!(ok(&policy, json!({"block": "b", "amount": "400"})), "0.00");
    assert_eq!(ok(&policy, json!({"block": "b", "amount": "400", "invoiceTotal": "1000"})), "400.00");
}

#[test]
fn a_bonus_is_more_than_its_block_or_counts_for_some_months_or_on_conditions() {
    let with_bonus = |bonus: Value, more: Value| {
        let bonus = with(json!({"code": "x", "name": "X"}), bonus);
        let plain = json!({"blocks": [{"code": "b", "name": "B", "measure": "year", "amount": "12000"}], "bonuses": [bonus]});
        ok(&policy(plain), during("b", "2026-01-01", "2027-12-31", with(json!({"bonuses": ["x"]}), more)))
    };
    assert_eq!(with_bonus(json!({"measure": "percent-of-block", "percent": "150"}), json!({})), "60000.00");
    let a_year = json!({"amount": "1000", "proration": "like-block", "countsMonths": 12});
    assert_eq!(with_bonus(a_year, json!({})), "25000.00");
    let flat = |conditions: Value| json!({"amount": "1000", "proration": "flat", "conditions": conditions});
    let agreed = flat(json!({"agreedBeforehand": true}));
    assert_eq!(with_bonus(agreed.clone(), json!({"agreedOn": "2026-01-01"})), "25000.00");
    assert_eq!(with_bonus(agreed, json!({"agreedOn": "2026-01-02"})), "24000.00");
    let after = flat(json!({"afterInternshipMonths": 6}));
    assert_eq!(with_bonus(after.clone(), json!({"internshipMonths": "6"})), "25000.00");
    assert_eq!(with_bonus(after, json!({"internshipMonths": "2"})), "24000.00");
    assert_eq!(with_bonus(flat(json!({"leastMonths": 24})), json!({})), "25000.00");
    assert_eq!(with_bonus(flat(json!({"leastMonths": 25})), json!({})), "24000.00");
}

#[test]
fn of_the_bonuses_of_a_group_the_highest_counts_and_others_add_up() {
    let bonus = |code: &str, amount: &str, group: Option<&str>| json!({"code": code, "name": code, "amount": amount, "proration": "flat", "group": group});
    let policy = policy(json!({
        "blocks": [{"code": "b", "name": "B", "measure": "year", "amount": "12000"}],
        "bonuses": [bonus("50", "5000", Some("age")), bonus("55", "7500", Some("age")), bonus("vast", "100", None)]
    }));
    let claim = |codes: &[&str]| ok(&policy, year("b", json!({"bonuses": codes})));
    assert_eq!(claim(&["50", "vast"]), "17100.00");
    assert_eq!(claim(&["50", "55", "vast"]), "19600.00");
    assert_eq!(claim(&["55", "50"]), "19500.00");
}

/// Entries of one candidate or of one invoice under contracts, each for itself in a set.
struct Set {
    policy: Policy,
    entries: Vec<(EntryFacts, &'static str, Option<&'static str>, Option<&'static str>)>,
}

impl Set {
    fn cents(&self) -> Vec<i64> {
        let set: Vec<InSet> = self
            .entries
            .iter()
            .enumerate()
            .map(|(index, (facts, contract, candidate, invoice))| InSet {
                policy: &self.policy,
                facts: facts.clone(),
                contract: (*contract).to_owned(),
                contractor: "69599068".to_owned(),
                candidate: candidate.map(str::to_owned),
                invoice: invoice.map(str::to_owned),
                owed: Some(Exact::from(10_000)),
                fixed_cents: None,
                tie: index.to_string(),
            })
            .collect();
        value_together(&set).into_iter().map(|value| value.unwrap().cents).collect()
    }
}

fn worked(from: &str, until: &str, bonuses: &[&str]) -> EntryFacts {
    EntryFacts {
        block: "b".to_owned(),
        bonuses: bonuses.iter().map(|code| (*code).to_owned()).collect(),
        period: Some(Period { from: from.parse().unwrap(), until: until.parse().unwrap() }),
        hours_per_week: Some(Exact::from(36)),
        ..EntryFacts::default()
    }
}

fn spent(euros: i32) -> EntryFacts {
    EntryFacts { block: "b".to_owned(), euros: Some(Exact::from(euros)), ..EntryFacts::default() }
}

#[test]
fn the_least_and_the_most_are_those_of_a_placement_or_an_invoice_however_it_is_cut() {
    let cost = read(&block(
        "actual-cost",
        json!({"percent": "50", "maximumAmount": "2500", "minimumAmount": "300"}),
    ));
    let parts = |parts: &[i32], invoice: Option<&'static str>| Set {
        policy: cost.clone(),
        entries: parts.iter().map(|euros| (spent(*euros), "k", None, invoice)).collect(),
    };
    assert_eq!(parts(&[6000], Some("f")).cents(), [250_000]);
    assert_eq!(parts(&[4000, 2000, 9], Some("f")).cents(), [200_000, 50_000, 0]);
    assert_eq!(parts(&[100, 100], Some("f")).cents(), [30_000, 0], "the least is given once");
    assert_eq!(parts(&[4000, 2000], None).cents(), [200_000, 100_000], "two that are no parts of one");
    let thirds = read(&block("year", json!({"amount": "10000", "maximumAmount": "5000"})));
    let quarter = |from, until| (worked(from, until, &[]), "k", Some("c"), None);
    let placement = Set {
        policy: thirds,
        entries: vec![
            quarter("2026-01-01", "2026-02-28"),
            quarter("2026-03-01", "2026-04-30"),
            quarter("2026-05-01", "2026-12-31"),
        ],
    };
    assert_eq!(placement.cents(), [166_667, 166_666, 166_667], "5,000 to the cent");
}

#[test]
fn a_placement_that_must_last_counts_once_its_entries_reach_so_far() {
    let policy = read(&block("year", json!({"amount": "12000", "conditions": {"leastMonths": 6}})));
    let quarter = |from, until| (worked(from, until, &[]), "k", Some("c"), None);
    let mut set = Set { policy, entries: vec![quarter("2026-01-01", "2026-03-31")] };
    assert_eq!(set.cents(), [0]);
    set.entries.push(quarter("2026-04-01", "2026-06-30"));
    assert_eq!(set.cents(), [300_000, 300_000]);
    set.entries[1].2 = Some("d");
    assert_eq!(set.cents(), [0, 0], "of somebody else");
}

#[test]
fn a_flat_bonus_and_the_maximum_of_a_bonus_go_on_as_far_as_the_policy_says() {
    for (over, cents) in [("contract", 1_200_000), ("contractor", 1_100_000), ("candidate", 1_100_000)] {
        let policy = policy(json!({
            "blocks": [{"code": "b", "name": "B", "measure": "year", "amount": "10000"}],
            "bonuses": [{"code": "x", "name": "X", "amount": "1000", "proration": "flat", "countsOver": over}]
        }));
        let half = |contract, from, until| (worked(from, until, &["x"]), contract, Some("c"), None);
        let entries = vec![half("k", "2026-01-01", "2026-06-30"), half("l", "2026-07-01", "2026-12-31")];
        assert_eq!(Set { policy: read(&policy), entries }.cents().iter().sum::<i64>(), cents, "{over}");
    }
    let policy = policy(json!({
        "blocks": [{"code": "b", "name": "B", "measure": "year", "amount": "12000"}],
        "bonuses": [{"code": "x", "name": "X", "measure": "percent-of-block", "percent": "50", "maximumAmount": "4000"}]
    }));
    let half = |from, until| (worked(from, until, &["x"]), "k", Some("c"), None);
    let entries = vec![half("2026-01-01", "2026-06-30"), half("2026-07-01", "2026-12-31")];
    assert_eq!(Set { policy: read(&policy), entries }.cents(), [900_000, 700_000]);
}

#[test]
fn a_limit_of_weeks_is_a_part_of_a_year_of_52() {
    let policy = policy(json!({
        "proration": {"by": "weeks"},
        "blocks": [{"code": "b", "name": "B", "measure": "year", "amount": "5200"}],
        "limits": [{"blocks": ["b"], "of": "weeks", "maximum": "20", "eachCandidate": true}]
    }));
    let entries = vec![(worked("2026-01-01", "2026-12-31", &[]), "k", Some("c"), None)];
    assert_eq!(Set { policy: read(&policy), entries }.cents(), [200_000]);
}

#[test]
fn two_limits_of_the_same_both_hold() {
    let limit = |maximum: &str| json!({"of": "amount", "maximum": maximum});
    let policy = with(block("actual-cost", json!({})), json!({"limits": [limit("300"), limit("250")]}));
    let entries =
        vec![(spent(100), "k", None, None), (spent(100), "k", None, None), (spent(100), "k", None, None)];
    assert_eq!(Set { policy: read(&policy), entries }.cents(), [10_000, 10_000, 5_000]);
}

#[test]
fn what_does_not_fit_together_is_refused_where_it_stands() {
    let rules = |tier: Value, slices: bool| {
        let base = json!({"kind": "contract-sum", "percent": "5"});
        policy(
            json!({"obligation": {"thresholds": [{"from": "0"}], "base": base, "tiers": [tier], "tiersInSlices": slices}}),
        )
    };
    let fixed = json!({"kind": "fixed", "amount": "1"});
    assert_eq!(wrong(&rules(json!({"from": "0"}), false)), ["tier-rate /obligation/tiers/0"]);
    assert_eq!(
        wrong(&rules(json!({"from": "0", "percent": "1", "base": fixed}), false)),
        ["tier-rate /obligation/tiers/0"]
    );
    assert_eq!(wrong(&rules(json!({"from": "0", "base": fixed}), true)), ["tier-rate /obligation/tiers/0"]);
    assert_eq!(owed(&rules(json!({"from": "0", "base": fixed}), false), &json!({})).unwrap(), "1.00");
    let unit = |unit: Value| wrong(&block("hour", json!({"amount": "1", "units": [unit]})));
    assert_eq!(unit(json!({"measure": "invoice"})), ["field-missing /blocks/0/units/0/invoice"]);
    assert_eq!(unit(json!({"measure": "day"})), ["field-missing /blocks/0/units/0/amount"]);
    assert_eq!(
        unit(json!({"measure": "placement", "amount": "1", "perYear": "2"})),
        ["field-unused /blocks/0/units/0/perYear"]
    );
    assert_eq!(unit(json!({"measure": "hour", "amount": "1"})), ["duplicate-code /blocks/0/units/1"]);
    let bonus =
        |bonus: Value| wrong(&policy(json!({"bonuses": [with(json!({"code": "x", "name": "X"}), bonus)]})));
    assert_eq!(
        bonus(json!({"measure": "percent-of-cost", "percent": "-1"})),
        ["negative-number /bonuses/0/percent"]
    );
    assert_eq!(
        bonus(json!({"amount": "1", "proration": "flat", "countsMonths": 1})),
        ["field-unused /bonuses/0/countsMonths"]
    );
    assert_eq!(
        wrong(&block("hour", json!({"amount": "1", "fullTime": {"basis": "contractor-year"}}))),
        ["field-unused /blocks/0/fullTime"]
    );
}
