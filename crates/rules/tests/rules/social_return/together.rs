//! Entries that share a maximum, in the order of their time and not of their coming; and conditions of a block.

use proptest::prelude::*;
use trede_rules::social_return::{
    Amount, BenefitWindow, Block, Conditions, InSet, Limit, Measure, Most, Over,
    SocialReturnFindingCode as Code, Unit, reach_of, value_together, worth_together,
};

use crate::builders::contract::{Entry, an_entry, full_time};
use crate::builders::policy::{Written, a_block, a_policy, by_year, by_year_for, percent};
use crate::builders::{day, x};

/// An entry of a candidate under one contract of one contractor.
fn of<'a>(
    policy: &'a Written,
    entry: Entry,
    candidate: Option<&str>,
    contract: &str,
    tie: &str,
) -> InSet<'a> {
    InSet {
        policy: &policy.0,
        facts: entry.0,
        contract: contract.to_owned(),
        contractor: "the contractor".to_owned(),
        candidate: candidate.map(str::to_owned),
        owed: Some(x(10_000)),
        invoice: None,
        fixed_cents: None,
        tie: tie.to_owned(),
    }
}

fn cents(entries: &[InSet<'_>]) -> Vec<i64> {
    value_together(entries).into_iter().map(|value| value.unwrap().cents).collect()
}

fn limited(most: Most, each_candidate: bool, over: Over) -> Written {
    let blocks = vec!["p".to_owned()];
    a_policy()
        .block(by_year("p", 12_000))
        .with(|policy| policy.limits = vec![Limit { blocks, most, each_candidate, over }])
}

fn quarter(from: &str, until: &str) -> Entry {
    full_time("p", from, until)
}

fn two_quarters<'a>(policy: &'a Written, candidates: [&str; 2], contracts: [&str; 2]) -> [InSet<'a>; 2] {
    [
        of(policy, quarter("2025-01-01", "2025-03-31"), Some(candidates[0]), contracts[0], "a"),
        of(policy, quarter("2025-04-01", "2025-06-30"), Some(candidates[1]), contracts[1], "b"),
    ]
}

#[test]
fn a_limit_in_euros_is_taken_by_the_earliest_first() {
    let policy = limited(Most::Euros(x(4000)), false, Over::Contract);
    let both = two_quarters(&policy, ["c", "d"], ["k", "k"]);
    assert_eq!(cents(&both), [300_000, 100_000]);
    let back = [both[1].clone(), both[0].clone()];
    assert_eq!(cents(&back), [100_000, 300_000]);
    assert_eq!(worth_together(&both), 400_000);
}

#[test]
fn a_limit_holds_for_each_candidate_or_for_all_and_within_its_reach() {
    let worth = |each, over, candidates, contracts| {
        let policy = limited(Most::Euros(x(4000)), each, over);
        worth_together(&two_quarters(&policy, candidates, contracts)) / 100
    };
    assert_eq!(worth(true, Over::Contract, ["c", "d"], ["k", "k"]), 6000);
    assert_eq!(worth(true, Over::Contract, ["c", "c"], ["k", "k"]), 4000);
    assert_eq!(worth(false, Over::Contract, ["c", "d"], ["k", "l"]), 6000);
    assert_eq!(worth(false, Over::Contractor, ["c", "d"], ["k", "l"]), 4000);
    assert_eq!(worth(true, Over::Candidate, ["c", "c"], ["k", "l"]), 4000);
    assert_eq!(worth(true, Over::Candidate, ["c", "d"], ["k", "l"]), 6000);
}

#[test]
fn a_limit_can_be_a_share_of_what_is_owed_or_months() {
    let share = limited(Most::ShareOfObligation(percent(50)), false, Over::Contract);
    assert_eq!(worth_together(&two_quarters(&share, ["c", "d"], ["k", "k"])), 500_000);
    let months = limited(Most::Months(x(4)), false, Over::Contract);
    assert_eq!(cents(&two_quarters(&months, ["c", "d"], ["k", "k"])), [300_000, 100_000]);
    let just = limited(Most::Months(x(6)), false, Over::Contract);
    assert_eq!(cents(&two_quarters(&just, ["c", "d"], ["k", "k"])), [300_000, 300_000]);
}

#[test]
fn what_was_fixed_stays_and_is_taken_first() {
    let policy = limited(Most::Euros(x(4000)), false, Over::Contract);
    let [first, second] = two_quarters(&policy, ["c", "d"], ["k", "k"]);
    let fixed = InSet { fixed_cents: Some(350_000), ..second };
    assert_eq!(cents(&[first, fixed]), [50_000, 350_000]);
}

#[test]
fn a_flat_bonus_counts_once_for_a_candidate_under_a_contract() {
    let policy = a_policy().block(by_year("p", 12_000)).bonus("50+", 1000);
    let with = |candidates, contracts| {
        let mut both = two_quarters(&policy, candidates, contracts);
        both.iter_mut().for_each(|entry| entry.facts.bonuses = vec!["50+".to_owned()]);
        cents(&both)
    };
    assert_eq!(with(["c", "c"], ["k", "k"]), [400_000, 300_000]);
    assert_eq!(with(["c", "d"], ["k", "k"]), [400_000, 400_000]);
    assert_eq!(with(["c", "c"], ["k", "l"]), [400_000, 400_000]);
}

#[test]
fn the_maximum_counting_goes_on_over_contracts_where_the_block_says_so() {
    let worth = |counts_over| {
        let policy = a_policy().block(Block { counts_over, ..by_year_for("p", 12_000, 4) });
        cents(&two_quarters(&policy, ["c", "c"], ["k", "l"]))
    };
    assert_eq!(worth(Over::Contract), [300_000, 300_000]);
    assert_eq!(worth(Over::Contractor), [300_000, 100_000]);
    assert_eq!(worth(Over::Candidate), [300_000, 100_000]);
}

#[test]
fn the_reach_of_a_policy_is_that_of_its_widest_maximum() {
    assert_eq!(reach_of(&a_policy().0).over, Over::Contract);
    assert!(!reach_of(&a_policy().0).all_candidates);
    let all = reach_of(&limited(Most::Euros(x(1)), false, Over::Contractor).0);
    assert_eq!((all.over, all.all_candidates), (Over::Contractor, true));
    let each = reach_of(&limited(Most::Euros(x(1)), true, Over::Candidate).0);
    assert_eq!((each.over, each.all_candidates), (Over::Candidate, false));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_order_in_which_entries_come_changes_nothing(months in prop::collection::vec(1_u32..12, 1..5), most in 1_i64..9) {
        let policy = limited(Most::Euros(x(most * 1000)), false, Over::Contract);
        let entry = |(index, month): (usize, &u32)| {
            let from = format!("2025-{month:02}-01");
            let until = (day(&from) + chrono::Months::new(1) - chrono::Days::new(1)).to_string();
            of(&policy, quarter(&from, &until), Some("c"), "k", &index.to_string())
        };
        let forth: Vec<InSet<'_>> = months.iter().enumerate().map(entry).collect();
        let back: Vec<InSet<'_>> = forth.iter().rev().cloned().collect();
        let mut values = cents(&back);
        values.reverse();
        prop_assert_eq!(cents(&forth), values);
        prop_assert!(worth_together(&forth) <= most * 100_000);
    }
}

fn unmet(block: Block, entry: &Entry) -> Vec<Code> {
    let policy = a_policy().block(block);
    let value = entry.valued(&policy);
    assert_eq!(value.cents == 0, !value.notes.is_empty());
    value.notes.into_iter().map(|note| note.code).collect()
}

fn month() -> Entry {
    full_time("p", "2025-04-01", "2025-04-30")
}

const MET: [Code; 0] = [];

#[test]
fn a_placement_starts_within_the_window_after_a_benefit_its_last_day_included() {
    let block = |after| Block {
        window: Some(BenefitWindow { within_months: Some(3), after }),
        ..by_year("p", 12_000)
    };
    let ended = |on: &str| {
        let on = day(on);
        month().with(move |facts| facts.benefit_ended_on = Some(on))
    };
    assert_eq!(unmet(block(false), &ended("2025-01-01")), MET);
    assert_eq!(unmet(block(false), &ended("2024-12-31")), [Code::OutsideBenefitWindow]);
    assert_eq!(unmet(block(false), &ended("2025-04-01")), MET);
    assert_eq!(unmet(block(true), &ended("2025-04-01")), [Code::OutsideBenefitWindow]);
    assert_eq!(unmet(block(true), &ended("2025-03-31")), MET);
    let policy = a_policy().block(block(true));
    assert_eq!(month().errors(&policy), [(Code::FactMissing, "/benefitEndedOn".to_owned())]);
}

#[test]
fn what_is_agreed_on_the_first_day_is_agreed_beforehand() {
    let conditions = Conditions { agreed_beforehand: true, ..Conditions::default() };
    let block = Block { conditions, ..by_year("p", 12_000) };
    let agreed = |on: &str| {
        let on = day(on);
        month().with(move |facts| facts.agreed_on = Some(on))
    };
    assert_eq!(unmet(block.clone(), &agreed("2025-04-01")), MET);
    assert_eq!(unmet(block, &agreed("2025-04-02")), [Code::AgreedAfterwards]);
}

#[test]
fn an_internship_and_hours_that_are_just_enough_are_enough() {
    let conditions = Conditions { after_internship_months: Some(6), ..Conditions::default() };
    let block = Block { conditions, ..by_year("p", 12_000) };
    let after = |months: &str| {
        let months = x(months);
        month().with(move |facts| facts.internship_months = Some(months))
    };
    assert_eq!(unmet(block.clone(), &after("6")), MET);
    assert_eq!(unmet(block, &after("5.9")), [Code::InternshipTooShort]);
    let hours = Block { least_hours: Some(x(12)), most_hours: Some(x(24)), ..by_year("p", 12_000) };
    assert_eq!(unmet(hours.clone(), &month().hours(12)), MET);
    assert_eq!(unmet(hours.clone(), &month().hours("11.9")), [Code::TooFewHours]);
    let policy = a_policy().block(hours);
    assert_eq!(
        month().hours(36).exact(&policy),
        month().hours(24).exact(&policy),
        "more hours count as the most"
    );
}

#[test]
fn an_entry_can_be_given_in_another_unit_of_its_block() {
    let unit = Unit { measure: Measure::Hour(Amount::flat(x(7))), per_year: Some(x(1872)) };
    let policy = a_policy().block(Block { units: vec![unit], ..by_year("p", 12_000) });
    let hours = an_entry("p").quantity(10).with(|facts| facts.unit = Some("hour".to_owned()));
    assert_eq!(hours.cents(&policy), 7000);
    let own = month().with(|facts| facts.unit = Some("year".to_owned()));
    assert_eq!(own.cents(&policy), 100_000);
    let unknown = month().with(|facts| facts.unit = Some("week".to_owned()));
    assert_eq!(unknown.errors(&policy), [(Code::UnknownUnit, "/unit".to_owned())]);
}

#[test]
fn a_cost_counts_from_its_least_amount_and_for_its_least_value() {
    let block = Block {
        counts_from: Some(x(500)),
        minimum: Some(x(1000)),
        ..a_block("p", Measure::ActualCost(x(1)))
    };
    let policy = a_policy().block(block);
    let spent = |euros: &str| an_entry("p").spent(euros).cents(&policy);
    assert_eq!([spent("499.99"), spent("500"), spent("1000.01")], [0, 100_000, 100_001]);
}

#[test]
fn only_days_within_the_time_that_counts_do_count() {
    let policy = a_policy().block(by_year("p", 12_000)).block(a_block("cost", Measure::ActualCost(x(1))));
    let within = |entry: Entry, until: &str| {
        let within = crate::builders::period("2025-01-01", until);
        entry.with(move |facts| facts.counts_within = Some(within))
    };
    assert_eq!(within(month(), "2025-04-30").exact(&policy), x(1000));
    assert_eq!(within(month(), "2025-04-15").exact(&policy), x(500));
    assert_eq!(within(month(), "2025-04-15").notes(&policy), [Code::OutsideContract]);
    let cost = || an_entry("cost").spent(900).over("2025-04-01", "2025-04-30");
    assert_eq!(within(cost(), "2025-04-10").exact(&policy), x(300));
}
