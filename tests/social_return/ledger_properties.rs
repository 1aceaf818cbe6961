//! What must hold of values and obligations whatever the numbers.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use trede_base::contract_kind::ContractKind;
use trede_base::exact::Exact;
use trede_base::period::Period;
use trede_rules::social_return::{
    ContractFacts, EntryFacts, LevelHeld, Policy, counted_together, obligation, value_of,
};
use trede_wire::social_return_policy::PolicyInput;

fn policy(counts_months: u32, limit: u32) -> Policy {
    let input: PolicyInput = serde_json::from_value(serde_json::json!({
        "code": "p", "name": "P", "version": "1", "source": {"publication": "P"}, "validity": {},
        "obligation": {
            "thresholds": [{"from": "0"}], "base": {"kind": "contract-sum", "percent": "5"},
            "pso": {"levels": [{"level": "trede-2", "percent": "20"}, {"level": "trede-3", "percent": "50"}]}
        },
        "fullTime": {"basis": "weekly-hours", "weeklyHours": "36"},
        "proration": {"by": "calendar-months"},
        "blocks": [
            {"code": "jaar", "name": "Jaar", "measure": "year", "amount": "40000", "countsMonths": counts_months},
            {"code": "inkoop", "name": "Inkoop", "measure": "actual-cost", "maximumPercentOfObligation": "50"},
            {"code": "activiteit", "name": "Activiteit", "measure": "actual-cost"}
        ],
        "shareLimits": [{"blocks": ["inkoop", "activiteit"], "percentOfObligation": limit.to_string()}]
    }))
    .unwrap();
    input.to_policy().unwrap()
}

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().checked_add_days(Days::new(offset)).unwrap()
}

fn placement(from: u64, until: u64, hours: i32) -> EntryFacts {
    EntryFacts {
        block: "jaar".to_owned(),
        period: Some(Period { from: day(from), until: day(until) }),
        placement_started_on: Some(day(0)),
        hours_per_week: Some(Exact::from(hours)),
        ..EntryFacts::default()
    }
}

fn contract(cents: i64, held: Vec<LevelHeld>) -> ContractFacts {
    ContractFacts {
        kind: ContractKind::Services,
        contract_sum: Exact::from(rust_decimal::Decimal::new(cents, 2)),
        wage_sum: None,
        labour_share: None,
        term_months: None,
        offered: None,
        pso_levels: held,
        labels: Vec::new(),
        authority: None,
        employees: None,
        target_group_share: None,
        term: Some(Period { from: day(0), until: day(999) }),
        exemption: None,
        deviation: None,
    }
}

proptest! {
    #[test]
    fn a_split_period_counts_for_the_whole_before_rounding_and_within_half_a_cent_a_part_after(
        mut cuts in prop::collection::btree_set(1_u64..900, 1..6),
        hours in 0_i32..60,
        months in 0_u32..40,
    ) {
        let policy = policy(months, 100);
        let whole = value_of(&policy, &placement(0, 900, hours)).unwrap();
        cuts.insert(901);
        let mut from = 0;
        let (mut exact, mut cents) = (Exact::ZERO, 0_i64);
        let parts = i64::try_from(cuts.len()).unwrap();
        for cut in cuts {
            let part = value_of(&policy, &placement(from, cut - 1, hours)).unwrap();
            prop_assert!(part.cents >= 0);
            exact = exact.plus(&part.exact);
            cents += part.cents;
            from = cut;
        }
        prop_assert_eq!(exact, whole.exact);
        prop_assert!((cents - whole.cents).abs() * 2 <= parts + 1);
        prop_assert!(whole.cents <= 4_000_000 * i64::from(months) / 12 + 1, "never more than the maximum");
    }

    #[test]
    fn what_counts_together_is_never_negative_nor_above_the_limits(
        purchases in 0_i64..10_000_000, activities in 0_i64..10_000_000, owed in 0_i64..10_000_000,
        limit in 0_u32..=100,
    ) {
        let policy = policy(12, limit);
        let counted =
            counted_together(&policy, owed, &[("inkoop", purchases), ("activiteit", activities), ("jaar", 5)]);
        let most = owed * i64::from(limit) / 100 + 1;
        prop_assert!(counted >= 5 && counted - 5 <= most);
        prop_assert!(counted <= purchases + activities + 5);
    }

    #[test]
    fn a_level_never_makes_more_owed_and_days_of_it_never_less_reduction(
        cents in 0_i64..1_000_000_000, from in 0_u64..1000, days in 0_u64..1000, more in 0_u64..200,
    ) {
        let policy = policy(12, 100);
        let held = |until: u64| LevelHeld {
            level: "trede-2".to_owned(),
            during: Some(Period { from: day(from), until: day(until) }),
        };
        let owed = |held: Vec<LevelHeld>| obligation(&policy, &contract(cents, held)).unwrap().cents;
        let without = owed(Vec::new());
        let some = owed(vec![held(from + days)]);
        let longer = owed(vec![held(from + days + more)]);
        prop_assert!(longer <= some && some <= without);
        let whole = owed(vec![LevelHeld { level: "trede-2".to_owned(), during: None }]);
        prop_assert!(whole <= longer);
    }
}
