//! How much time counts: months and weeks, full time, maxima, look-back, and periods that are split.

use proptest::prelude::*;
use trede_rules::social_return::{FullTime, Proration, SocialReturnFindingCode as Code};

use crate::builders::contract::{an_entry, full_time};
use crate::builders::policy::{Written, a_policy, by_year, by_year_for};
use crate::builders::{day, fraction, x};

fn one(code: Code, place: &str) -> Vec<(Code, String)> {
    vec![(code, place.to_owned())]
}

/// 12,000 euros a year: 1,000 a month.
fn always() -> Written {
    a_policy().block(by_year("p", 12_000))
}

fn for_months(months: u32) -> Written {
    a_policy().block(by_year_for("p", 12_000, months))
}

fn weeks(policy: Written) -> Written {
    policy.with(|policy| policy.proration = Some(Proration::Weeks))
}

#[test]
fn a_calendar_month_counts_one_and_a_day_over_the_days_of_its_month() {
    let euros = |from: &str, until: &str| full_time("p", from, until).exact(&always());
    assert_eq!(euros("2025-02-01", "2025-02-28"), x(1000));
    assert_eq!(euros("2025-02-01", "2025-02-07"), x(250));
    assert_eq!(euros("2024-02-29", "2024-02-29"), fraction(1000, 29));
    assert_eq!(euros("2025-01-01", "2025-12-31"), x(12_000));
    assert_eq!(euros("2024-12-01", "2025-01-31"), x(2000));
    assert_eq!(euros("2025-01-16", "2025-02-14"), fraction(16_000, 31).plus(&x(500)));
}

/// impactoost.nl/bouwblokken, block of Utrecht: 26 weeks at 36 hours, and 52 weeks at 18 hours.
#[test]
fn weeks_count_over_fifty_two_and_at_most_one_a_year() {
    let policy = weeks(a_policy().block(by_year("p", 40_000)));
    let euros = |from: &str, until: &str, hours: i64| full_time("p", from, until).hours(hours).exact(&policy);
    assert_eq!(euros("2025-01-01", "2025-07-01", 36), x(20_000), "182 days are 26 weeks");
    assert_eq!(euros("2025-01-01", "2025-12-30", 18), x(20_000), "364 days are 52 weeks");
    assert_eq!(euros("2025-01-01", "2025-12-31", 36), x(40_000), "a 365th day adds nothing");
    assert_eq!(euros("2025-01-01", "2026-01-01", 36), x(40_000).plus(&fraction(40_000, 364)));
}

#[test]
fn full_time_counts_once_and_more_hours_only_where_they_are_not_capped() {
    let month = |hours: i64| full_time("p", "2025-01-01", "2025-01-31").hours(hours);
    assert_eq!(
        [month(35), month(36), month(37)].map(|entry| entry.exact(&always())),
        [fraction(35_000, 36), x(1000), x(1000)]
    );
    let uncapped = always().with(|policy| policy.hours_capped = false);
    assert_eq!(month(72).exact(&uncapped), x(2000));
    assert_eq!(month(18).exact(&uncapped), x(500));
    let missing = full_time("p", "2025-01-01", "2025-01-31").with(|facts| facts.hours_per_week = None);
    assert_eq!(missing.errors(&always()), one(Code::FactMissing, "/hoursPerWeek"));
}

#[test]
fn hours_worked_count_over_the_contractors_own_year() {
    let policy = |capped| {
        always().with(move |policy| {
            policy.full_time = Some(FullTime::ContractorYear);
            policy.hours_capped = capped;
        })
    };
    let worked = |hours: i64| {
        an_entry("p")
            .over("2025-01-01", "2025-03-31")
            .quantity(hours)
            .with(|facts| facts.full_time_year_hours = Some(x(1600)))
    };
    // A quarter of 1,600 hours is 400.
    assert_eq!(
        [worked(200), worked(400), worked(500)].map(|entry| entry.exact(&policy(true))),
        [1500, 3000, 3000].map(x)
    );
    assert_eq!(worked(500).exact(&policy(false)), x(3750));
    let without = an_entry("p").over("2025-01-01", "2025-03-31").quantity(1);
    assert_eq!(without.errors(&policy(true)), one(Code::FactMissing, "/fullTimeYearHours"));
    let by_weeks = weeks(policy(true));
    let half = an_entry("p")
        .over("2025-01-01", "2025-07-01")
        .quantity(400)
        .with(|facts| facts.full_time_year_hours = Some(x(1600)));
    assert_eq!(half.exact(&by_weeks), x(3000), "half of the half year's 800 hours");
}

#[test]
fn days_worked_count_over_the_days_of_a_full_year() {
    let policy = |by_hours| {
        for_months(12).with(move |policy| {
            policy.proration = Some(Proration::DaysWorked { full_year: x(240), by_hours })
        })
    };
    let days = |days: i64| an_entry("p").quantity(days);
    assert_eq!([days(120).exact(&policy(false)), days(240).exact(&policy(false))], [x(6000), x(12_000)]);
    assert_eq!(days(241).exact(&policy(false)), x(12_000), "a block of 12 months holds 240 days");
    assert_eq!(days(120).hours(18).exact(&policy(true)), x(3000));
    assert_eq!(days(120).errors(&policy(true)), one(Code::FactMissing, "/hoursPerWeek"));
    let own = for_months(12).with(|policy| {
        policy.blocks[0].proration = Some(Proration::DaysWorked { full_year: x(120), by_hours: false });
    });
    assert_eq!(days(60).exact(&own), x(6000));
}

#[test]
fn a_block_counts_for_its_months_from_the_start_of_the_placement() {
    let euros =
        |from: &str, until: &str| full_time("p", from, until).placed("2024-01-01").exact(&for_months(24));
    assert_eq!(euros("2025-12-01", "2025-12-31"), x(1000));
    assert_eq!(euros("2025-12-01", "2026-01-31"), x(1000));
    assert_eq!(euros("2026-01-01", "2026-01-31"), x(0));
    assert_eq!(full_time("p", "2024-01-01", "2026-12-31").exact(&for_months(24)), x(24_000));
}

#[test]
fn a_placement_that_started_later_than_the_period_is_reckoned_from_the_period() {
    let entry = full_time("p", "2025-01-01", "2025-03-31").placed("2025-02-01");
    assert_eq!(entry.exact(&for_months(2)), x(2000));
}

#[test]
fn while_wage_cost_subsidy_runs_a_block_goes_on_counting() {
    let policy = for_months(12).with(|policy| policy.counts_during_wage_cost_subsidy = true);
    let entry = |until: &str| {
        let until = day(until);
        full_time("p", "2025-01-01", "2026-12-31")
            .with(move |facts| facts.wage_cost_subsidy_until = Some(until))
    };
    assert_eq!(entry("2026-06-30").exact(&policy), x(18_000));
    assert_eq!(entry("2025-06-30").exact(&policy), x(12_000));
    assert_eq!(entry("2027-06-30").exact(&policy), x(24_000));
    assert_eq!(entry("2026-06-30").exact(&for_months(12)), x(12_000));
    let open = always().with(|policy| policy.counts_during_wage_cost_subsidy = true);
    assert_eq!(entry("2026-06-30").exact(&open), x(24_000), "what always counts needs no subsidy");
}

#[test]
fn a_candidate_may_have_started_so_many_months_before_the_contract_and_no_day_earlier() {
    let policy = |months| always().with(move |policy| policy.look_back_months = months);
    let started =
        |on: &str| full_time("p", "2025-01-01", "2025-03-31").placed(on).contract_from("2025-01-01");
    assert_eq!(started("2024-01-01").exact(&policy(Some(12))), x(3000));
    let early = started("2023-12-31");
    assert_eq!(
        (early.exact(&policy(Some(12))), early.notes(&policy(Some(12)))),
        (x(0), vec![Code::StartedTooEarly])
    );
    assert_eq!(early.errors(&policy(None)), one(Code::PolicySilent, ""));
    assert_eq!(started("2025-01-01").exact(&policy(None)), x(3000), "nobody looks back");
    assert_eq!(started("2025-01-01").exact(&policy(Some(0))), x(3000));
    assert_eq!(started("2024-12-31").exact(&policy(Some(0))), x(0));
}

#[test]
fn time_before_the_contract_does_not_count_and_uses_up_no_maximum() {
    let policy = for_months(2).with(|policy| policy.look_back_months = Some(12));
    let entry = full_time("p", "2025-01-01", "2025-04-30").contract_from("2025-03-01");
    assert_eq!(entry.exact(&policy), x(2000));
    let before = full_time("p", "2025-01-01", "2025-02-28").contract_from("2025-03-01");
    assert_eq!(before.exact(&policy), x(0));
}

#[test]
fn a_policy_that_is_silent_on_time_says_so() {
    let entry = full_time("p", "2025-01-01", "2025-01-31");
    let silent = one(Code::PolicySilent, "");
    assert_eq!(entry.errors(&always().with(|policy| policy.proration = None)), silent);
    assert_eq!(entry.errors(&always().with(|policy| policy.full_time = None)), silent);
    assert_eq!(an_entry("p").hours(36).errors(&always()), one(Code::FactMissing, "/period"));
}

#[test]
fn a_period_at_the_end_of_all_time_is_out_of_bounds() {
    let entry = full_time("p", "2025-01-01", "2025-01-31").with(|facts| {
        facts.period =
            facts.period.map(|period| trede_base::period::Period { until: chrono::NaiveDate::MAX, ..period });
    });
    assert_eq!(entry.errors(&always()), one(Code::PeriodReversed, "/period"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn entries_that_together_are_a_placement_count_for_as_much_as_it_does_whole(
        start in 0_u64..800, first in 0_u64..500, second in 0_u64..500, months in 1_u32..30
    ) {
        for policy in [always(), for_months(months), weeks(always()), weeks(for_months(months))] {
            let at = |days: u64| (day("2024-01-01") + chrono::Days::new(days)).to_string();
            let placed = at(start);
            let entry = |from: u64, until: u64| full_time("p", &at(from), &at(until)).placed(&placed).exact(&policy);
            let turn = start + first;
            let end = turn + 1 + second;
            let apart = entry(start, turn).plus(&entry(turn + 1, end));
            prop_assert_eq!(apart, entry(start, end));
        }
    }

    #[test]
    fn two_halves_that_together_are_full_time_count_as_one(hours in 0_i64..37) {
        let month = |hours: i64| full_time("p", "2025-01-01", "2025-01-31").hours(hours).exact(&always());
        prop_assert_eq!(month(hours).plus(&month(36 - hours)), x(1000));
    }
}
