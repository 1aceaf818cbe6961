//! What holds for every entry: never negative, never above the maximum, and the same whole or split.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use trede_base::exact::Exact;
use trede_base::period::Period;
use trede_rules::social_return::{EntryFacts, Policy, value_of};
use trede_wire::json::parse;
use trede_wire::social_return_policy::PolicyInput;

use crate::social_return::support::*;

const AMOUNT: i32 = 40_000;

fn policy_of(proration: &str, counts_months: u32) -> Policy {
    let block = year_block(&AMOUNT.to_string(), serde_json::json!({ "countsMonths": counts_months }));
    let rules = serde_json::json!({
        "proration": { "by": proration }, "countsDuringWageCostSubsidy": true, "lookBackMonths": 12,
        "bonuses": [{ "code": "x", "name": "X", "amount": "10000" }], "bonusProration": "like-block"
    });
    let input: PolicyInput = parse(policy(block, rules).to_string().as_bytes()).unwrap();
    input.to_policy().unwrap()
}

fn facts(placed: NaiveDate, from: NaiveDate, until: NaiveDate, hours: u32, bonus: bool) -> EntryFacts {
    EntryFacts {
        block: "b".to_owned(),
        bonuses: if bonus { vec!["x".to_owned()] } else { Vec::new() },
        period: Some(Period { from, until }),
        placement_started_on: Some(placed),
        hours_per_week: Some(Exact::from(rust_decimal::Decimal::from(hours))),
        ..EntryFacts::default()
    }
}

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 1, 1).unwrap().checked_add_days(Days::new(offset)).unwrap()
}

fn proration() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("calendar-months"), Just("weeks")]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_split_period_counts_for_as_much_as_the_whole(
        by in proration(), start in 0u64..800, first in 1u64..900, second in 1u64..900,
        hours in 0u32..60, months in 1u32..40, subsidy in proptest::option::of(0u64..2600), bonus in any::<bool>()
    ) {
        let policy = policy_of(by, months);
        let (from, cut, until) = (day(start), day(start + first), day(start + first + second));
        let worth = |from, until| {
            let mut facts = facts(day(start), from, until, hours, bonus);
            facts.wage_cost_subsidy_until = subsidy.map(day);
            value_of(&policy, &facts).unwrap()
        };
        let whole = worth(from, until);
        let parts = [worth(from, cut.pred_opt().unwrap()), worth(cut, until)];
        prop_assert_eq!(parts[0].exact.plus(&parts[1].exact), whole.exact);
        prop_assert!((parts[0].cents + parts[1].cents - whole.cents).abs() <= 1);
    }

    #[test]
    fn a_value_is_never_negative_and_never_above_the_maximum(
        by in proration(), start in 0u64..800, length in 0u64..3000, hours in 0u32..100, months in 0u32..40
    ) {
        let facts = facts(day(start), day(start), day(start + length), hours, false);
        let value = value_of(&policy_of(by, months), &facts).unwrap();
        let maximum = i64::from(AMOUNT) * 100 * i64::from(months) / 12;
        prop_assert!(value.cents >= 0);
        prop_assert!(value.cents <= maximum + 1, "{} > {}", value.cents, maximum);
    }

    #[test]
    fn any_dates_and_numbers_give_a_value_or_a_reason(
        from in any::<i32>(), length in 0u64..4_000_000_000, hours in any::<u32>(), placed in any::<i32>(), by in proration()
    ) {
        let from = NaiveDate::from_num_days_from_ce_opt(from % 90_000_000).unwrap_or(NaiveDate::MIN);
        let until = from.checked_add_days(Days::new(length)).unwrap_or(NaiveDate::MAX);
        let placed = NaiveDate::from_num_days_from_ce_opt(placed % 90_000_000).unwrap_or(NaiveDate::MAX);
        let mut facts = facts(placed, from, until, hours, true);
        facts.contract_started_on = Some(day(0));
        match value_of(&policy_of(by, 24), &facts) {
            Ok(value) => prop_assert!(value.cents >= 0),
            Err(found) => prop_assert!(!found.is_empty()),
        }
    }
}
