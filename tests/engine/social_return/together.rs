//! Entries valued together: the value of a set does not hang on who came first, and no maximum is passed.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use serde_json::{Value, json};
use trede_base::exact::Exact;
use trede_base::period::Period;
use trede_rules::social_return::{EntryFacts, InSet, Policy, value_together, worth_together};
use trede_wire::social_return_policy::PolicyInput;

const MONTHS: i64 = 12;
const A_YEAR: i64 = 40_000;
const OF_CANDIDATE: i64 = 30_000;
const OF_CONTRACT: i64 = 60_000;
const OF_CONTRACTOR: i64 = 90_000;
const HOURS: i64 = 500;

fn policy(more: Value) -> Policy {
    let mut policy = json!({
        "code": "p", "name": "P", "version": "1", "source": {"publication": "P"}, "validity": {},
        "fullTime": {"basis": "weekly-hours", "weeklyHours": "36"},
        "proration": {"by": "calendar-months"}, "lookBackMonths": 12,
        "bonusProration": "flat", "bonusesCumulate": true,
        "blocks": [
            {"code": "jaar", "name": "Jaar", "measure": "year", "amount": A_YEAR.to_string(), "countsMonths": MONTHS},
            {"code": "uur", "name": "Uur", "measure": "hour", "amount": "25"},
            {"code": "kosten", "name": "Kosten", "measure": "actual-cost"},
            {"code": "eenmalig", "name": "Eenmalig", "measure": "placement", "amount": "2500"}
        ],
        "bonuses": [{"code": "55-plus", "name": "55+", "amount": "1000"}]
    });
    policy.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let input: PolicyInput = serde_json::from_value(policy).unwrap();
    input.to_policy().unwrap()
}

fn with_limits() -> Policy {
    policy(json!({"limits": [
        {"of": "amount", "maximum": OF_CANDIDATE.to_string(), "eachCandidate": true},
        {"of": "amount", "maximum": OF_CONTRACT.to_string()},
        {"of": "amount", "maximum": OF_CONTRACTOR.to_string(), "over": "contractor"},
        {"blocks": ["uur"], "of": "quantity", "maximum": HOURS.to_string()}
    ]}))
}

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().checked_add_days(Days::new(offset)).unwrap()
}

/// What one entry of a set is made of.
#[derive(Clone, Debug)]
struct Made {
    block: &'static str,
    contract: u8,
    candidate: u8,
    from: u64,
    length: u64,
    hours: u32,
    quantity: u32,
    bonus: bool,
}

impl Made {
    fn in_set<'a>(&self, policy: &'a Policy) -> InSet<'a> {
        let person = matches!(self.block, "jaar" | "eenmalig");
        let number = |number: u32| Some(Exact::from(rust_decimal::Decimal::from(number)));
        let facts = EntryFacts {
            block: self.block.to_owned(),
            bonuses: if self.bonus { vec!["55-plus".to_owned()] } else { Vec::new() },
            period: Some(Period { from: day(self.from), until: day(self.from + self.length) }),
            contract_started_on: Some(day(0)),
            counts_within: Some(Period { from: day(0), until: day(729) }),
            hours_per_week: number(self.hours),
            quantity: number(self.quantity),
            euros: number(self.quantity * 7),
            ..EntryFacts::default()
        };
        InSet {
            policy,
            tie: format!("{self:?}"),
            facts,
            contract: self.contract.to_string(),
            contractor: "69599068".to_owned(),
            candidate: person.then(|| self.candidate.to_string()),
            owed: Some(Exact::from(100_000)),
            invoice: None,
            fixed_cents: None,
        }
    }
}

fn made() -> impl Strategy<Value = Made> {
    let block = prop::sample::select(vec!["jaar", "uur", "kosten", "eenmalig"]);
    let (from, length) = (0_u64..800, 0_u64..400);
    (block, 0_u8..2, 0_u8..3, from, length, 1_u32..50, 0_u32..2000, any::<bool>()).prop_map(
        |(block, contract, candidate, from, length, hours, quantity, bonus)| Made {
            block,
            contract,
            candidate,
            from,
            length,
            hours,
            quantity,
            bonus,
        },
    )
}

fn values(policy: &Policy, set: &[Made]) -> Vec<(String, i64)> {
    let set: Vec<InSet> = set.iter().map(|made| made.in_set(policy)).collect();
    let mut values: Vec<(String, i64)> = set
        .iter()
        .zip(value_together(&set))
        .map(|(entry, value)| (entry.tie.clone(), value.unwrap().cents))
        .collect();
    values.sort();
    values
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_value_of_each_entry_does_not_hang_on_the_order_in_which_they_came(
        set in prop::collection::vec(made(), 1..14), seed in any::<u64>()
    ) {
        let policy = with_limits();
        let mut other = set.clone();
        // Any order: by a number that follows from the seed.
        other.sort_by_key(|made| format!("{made:?}").bytes().fold(seed, |hash, byte| hash.wrapping_mul(31) ^ u64::from(byte)));
        prop_assert_eq!(values(&policy, &set), values(&policy, &other));
        other.reverse();
        prop_assert_eq!(values(&policy, &set), values(&policy, &other));
    }

    #[test]
    fn no_maximum_is_ever_passed(set in prop::collection::vec(made(), 1..14)) {
        let policy = with_limits();
        let set: Vec<InSet> = set.iter().map(|made| made.in_set(&policy)).collect();
        let values: Vec<i64> = value_together(&set).into_iter().map(|value| value.unwrap().cents).collect();
        let sum = |of: &dyn Fn(&InSet) -> bool| -> i64 {
            set.iter().zip(&values).filter(|(entry, _)| of(entry)).map(|(_, cents)| *cents).sum()
        };
        prop_assert!(values.iter().all(|cents| *cents >= 0));
        prop_assert!(sum(&|_| true) <= OF_CONTRACTOR * 100);
        for contract in ["0", "1"] {
            prop_assert!(sum(&|entry| entry.contract == contract) <= OF_CONTRACT * 100);
            for candidate in ["0", "1", "2"] {
                let own = |entry: &InSet| entry.contract == contract && entry.candidate.as_deref() == Some(candidate);
                prop_assert!(sum(&own) <= OF_CANDIDATE * 100);
                let of_year = |entry: &InSet| own(entry) && entry.facts.block == "jaar";
                prop_assert!(sum(&of_year) <= A_YEAR * 100 * MONTHS / 12 + 100_000);
            }
            let hours = |entry: &InSet| entry.contract == contract && entry.facts.block == "uur";
            prop_assert!(sum(&hours) <= HOURS * 2500 + 100_000);
        }
        prop_assert_eq!(worth_together(&set), sum(&|_| true));
    }

    #[test]
    fn a_placement_of_any_parts_never_counts_for_more_than_its_maximum_to_the_cent(
        cuts in prop::collection::btree_set(1_u64..720, 0..12), hours in 36_u32..60
    ) {
        let policy = policy(json!({}));
        let bounds: Vec<u64> = [0].into_iter().chain(cuts).chain([721]).collect();
        let parts: Vec<Made> = bounds.iter().zip(bounds.iter().skip(1)).map(|(from, until)| Made {
            block: "jaar", contract: 0, candidate: 0, from: *from, length: until - from - 1, hours, quantity: 0, bonus: false,
        }).collect();
        let set: Vec<InSet> = parts.iter().map(|made| made.in_set(&policy)).collect();
        // Each part is a whole number of cents by itself, so a cent may be lost at each.
        let worth = worth_together(&set);
        prop_assert!(worth <= A_YEAR * 100 && worth + i64::try_from(parts.len()).unwrap() > A_YEAR * 100, "{worth}");
    }
}

fn a_year(contract: u8, from: u64, bonus: bool) -> Made {
    Made { block: "jaar", contract, candidate: 0, from, length: 364, hours: 36, quantity: 0, bonus }
}

#[test]
fn a_later_year_that_comes_first_leaves_the_maximum_to_the_earlier_one() {
    let policy = policy(json!({}));
    let (later, earlier) = (a_year(0, 365, false), a_year(0, 0, false));
    let set = [later.in_set(&policy), earlier.in_set(&policy)];
    let values: Vec<i64> = value_together(&set).into_iter().map(|value| value.unwrap().cents).collect();
    assert_eq!(values, [0, 4_000_000]);
}

#[test]
fn a_maximum_goes_on_over_the_contracts_of_a_contractor_only_where_the_policy_says_so() {
    for (over, worth) in [("contract", 8_000_000), ("contractor", 4_000_000), ("candidate", 4_000_000)] {
        let mut input = json!({"blocks": [
            {"code": "jaar", "name": "Jaar", "measure": "year", "amount": "40000", "countsMonths": 12, "countsOver": over}
        ], "bonuses": []});
        input["limits"] = json!([]);
        let policy = policy(input);
        let set = [a_year(0, 0, false).in_set(&policy), a_year(1, 365, false).in_set(&policy)];
        assert_eq!(worth_together(&set), worth, "{over}");
    }
}

#[test]
fn a_flat_bonus_counts_once_for_a_candidate_on_whichever_block() {
    let policy = policy(json!({}));
    let mut beside = a_year(0, 0, true);
    beside.block = "eenmalig";
    let set = [a_year(0, 0, true), beside.clone(), a_year(0, 100, true)].map(|made| made.in_set(&policy));
    // 12 months, 2,500 once, and 1,000 once.
    assert_eq!(worth_together(&set), 4_350_000);
    let twice = [beside.clone(), Made { from: 300, ..beside }].map(|made| made.in_set(&policy));
    assert_eq!(worth_together(&twice), 350_000, "an amount for a placement counts once too");
}

#[test]
fn what_was_fixed_stays_and_is_taken_first() {
    let policy = with_limits();
    let mut settled = a_year(0, 365, false).in_set(&policy);
    settled.fixed_cents = Some(2_500_000);
    let set = [a_year(0, 0, false).in_set(&policy), settled];
    let values: Vec<i64> = value_together(&set).into_iter().map(|value| value.unwrap().cents).collect();
    assert_eq!(values, [500_000, 2_500_000], "a candidate counts for 30,000 at the most");
}
