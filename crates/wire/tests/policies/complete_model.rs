//! Under a policy with every kind of block, bonus and maximum at once: the value of a set does not hang on the order in
//! which it was handed in, and no maximum is ever passed.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use trede_base::exact::{Exact, Half};
use trede_base::period::Period;
use trede_rules::social_return::{
    EntryFacts, EntryValue, InSet, Limit, MaximumCounting, Most, Over, Policy, SocialReturnRule,
    value_together, worth_together,
};

use crate::support::{policy, read};

const OWED: i32 = 100_000;
const BLOCKS: [&str; 13] = [
    "jaar",
    "maand",
    "leerjaar",
    "uur",
    "dagdeel",
    "week",
    "stuk",
    "plaatsing",
    "stage",
    "dag",
    "factuur",
    "kosten",
    "afspraak",
];
/// What a full-time year is worth of each block that has a maximum counting.
const A_YEAR: [(&str, i32); 4] = [("jaar", 37_440), ("maand", 9_000), ("leerjaar", 10_000), ("week", 10_400)];
const BONUSES: [&str; 6] = ["vast", "vast-breed", "rato", "deel", "groep-a", "groep-b"];

/// Where each kind of maximum goes on, and how much it is.
#[derive(Clone, Debug)]
struct Terms {
    counts_over: &'static str,
    bonus_over: &'static str,
    proration: &'static str,
    cumulate: bool,
    months: u32,
    limits: Vec<Value>,
}

fn over() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["contract", "contractor", "candidate"])
}

fn limit() -> impl Strategy<Value = Value> {
    let of = prop::sample::select(vec!["amount", "percent-of-obligation", "months", "weeks", "quantity"]);
    let blocks = prop::sample::subsequence(BLOCKS.to_vec(), 0..5);
    (of, blocks, 0_u32..60, any::<bool>(), over()).prop_map(|(of, blocks, number, each, over)| {
        let maximum = if of == "amount" { number * 1000 } else { number };
        let each = each || over == "candidate";
        json!({"of": of, "blocks": blocks, "maximum": maximum.to_string(), "eachCandidate": each, "over": over})
    })
}

fn terms() -> impl Strategy<Value = Terms> {
    let proration = prop::sample::select(vec!["calendar-months", "weeks"]);
    (over(), over(), proration, any::<bool>(), 0_u32..30, prop::collection::vec(limit(), 0..6)).prop_map(
        |(counts_over, bonus_over, proration, cumulate, months, limits)| Terms {
            counts_over,
            bonus_over,
            proration,
            cumulate,
            months,
            limits,
        },
    )
}

impl Terms {
    fn policy(&self) -> Policy {
        let counts = |mut block: Value| {
            block["countsMonths"] = json!(self.months);
            block["countsOver"] = json!(self.counts_over);
            block
        };
        let block = |code: &str, measure: &str, amount: &str| json!({"code": code, "name": code, "measure": measure, "amount": amount});
        let mut year = counts(block("jaar", "year", "37440"));
        year["units"] =
            json!([{"measure": "hour", "perYear": "1872"}, {"measure": "actual-cost", "percent": "130"}]);
        let mut month = counts(block("maand", "month", "750"));
        month["byHours"] = json!(true);
        month["conditions"] = json!({"leastMonths": 3});
        let mut placement = block("plaatsing", "placement", "2500");
        placement["countsOver"] = json!(self.counts_over);
        let mut hour = block("uur", "hour", "33.33");
        hour["maximumAmount"] = json!("5000");
        let mut week = counts(block("week", "week", "200"));
        week["perYear"] = json!("52");
        week["onePerson"] = json!(true);
        read(&policy(json!({
            "proration": {"by": self.proration}, "lookBackMonths": 12, "bonusProration": "flat",
            "bonusesCumulate": self.cumulate, "limits": self.limits,
            "invoiceShares": [{"register": "a", "percent": "33.33"}],
            "blocks": [
                year, month, counts(block("leerjaar", "learning-year", "10000")), hour,
                block("dagdeel", "half-day", "125"), week, block("stuk", "piece", "99.99"), placement,
                block("stage", "internship", "1500"), block("dag", "day-at-most", "1000"),
                {"code": "factuur", "name": "F", "measure": "invoice", "invoice": {"recognised": "by-register"},
                 "minimumAmount": "50", "maximumAmount": "2500", "countsFromAmount": "10"},
                {"code": "kosten", "name": "K", "measure": "actual-cost", "percent": "130", "maximumAmount": "3333.33"},
                {"code": "afspraak", "name": "A", "measure": "agreed"}
            ],
            "bonuses": [
                {"code": "vast", "name": "V", "amount": "1000"},
                {"code": "vast-breed", "name": "V", "amount": "777", "countsOver": self.bonus_over},
                {"code": "rato", "name": "R", "amount": "5000", "proration": "like-block", "countsMonths": 6,
                 "blocks": ["jaar", "maand", "leerjaar", "week"], "countsOver": self.bonus_over},
                {"code": "deel", "name": "D", "measure": "percent-of-block", "percent": "120", "maximumAmount": "4000"},
                {"code": "groep-a", "name": "A", "amount": "500", "group": "g"},
                {"code": "groep-b", "name": "B", "amount": "600", "group": "g"}
            ]
        })))
    }
}

/// What one entry of a set is made of.
#[derive(Clone, Debug)]
struct Made {
    block: usize,
    unit: usize,
    contract: u8,
    candidate: u8,
    from: u64,
    length: u64,
    hours: u32,
    quantity: u32,
    bonuses: Vec<&'static str>,
    fixed: Option<u32>,
}

fn made() -> impl Strategy<Value = Made> {
    let of = (0..BLOCKS.len(), 0_usize..4, 0_u8..3, 0_u8..3);
    let when = (0_u64..800, 0_u64..400, 1_u32..50, 0_u32..2000);
    let bonuses = prop::sample::subsequence(BONUSES.to_vec(), 0..4);
    (of, when, bonuses, prop::option::weighted(0.05, 0_u32..500_000)).prop_map(
        |((block, unit, contract, candidate), (from, length, hours, quantity), bonuses, fixed)| Made {
            block,
            unit,
            contract,
            candidate,
            from,
            length,
            hours,
            quantity,
            bonuses,
            fixed,
        },
    )
}

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().checked_add_days(Days::new(offset)).unwrap()
}

impl Made {
    fn in_set<'a>(&self, policy: &'a Policy) -> InSet<'a> {
        let code = BLOCKS[self.block];
        let person = matches!(code, "jaar" | "maand" | "leerjaar" | "week" | "plaatsing" | "stage");
        let number = |number: u32| Some(Exact::from(Decimal::from(number)));
        let in_time = matches!(code, "jaar" | "maand" | "leerjaar" | "week");
        let unit = match (code, self.unit) {
            ("jaar", 1) => Some("hour".to_owned()),
            ("jaar", 2) => Some("actual-cost".to_owned()),
            _ => None,
        };
        let fits = |bonus: &&&str| **bonus != "rato" || (in_time && unit.as_deref() != Some("actual-cost"));
        let facts = EntryFacts {
            block: code.to_owned(),
            bonuses: self.bonuses.iter().filter(fits).map(|code| (*code).to_owned()).collect(),
            unit,
            period: Some(Period { from: day(self.from), until: day(self.from + self.length) }),
            contract_started_on: Some(day(0)),
            counts_within: Some(Period { from: day(0), until: day(729) }),
            hours_per_week: number(self.hours),
            quantity: number(self.quantity),
            euros: number(self.quantity * 3),
            register: Some("a".to_owned()),
            ..EntryFacts::default()
        };
        let tie = format!("{code} {} {} {} {:?}", self.hours, self.quantity, self.unit, self.bonuses);
        InSet {
            policy,
            facts,
            contract: self.contract.to_string(),
            // The third contract is of another contractor.
            contractor: (self.contract / 2).to_string(),
            candidate: person.then(|| self.candidate.to_string()),
            invoice: (code == "factuur").then(|| self.candidate.to_string()),
            owed: Some(Exact::from(OWED)),
            fixed_cents: self.fixed.map(i64::from),
            tie,
        }
    }
}

fn valued(set: &[InSet]) -> Vec<EntryValue> {
    value_together(set).into_iter().map(|value| value.unwrap_or_else(|found| panic!("{found:?}"))).collect()
}

/// Each entry with what it counts for, in an order of its own.
fn values(policy: &Policy, set: &[&Made]) -> Vec<(String, i64)> {
    let entries: Vec<InSet> = set.iter().map(|made| made.in_set(policy)).collect();
    let mut values: Vec<_> = set
        .iter()
        .map(|made| format!("{made:?}"))
        .zip(valued(&entries).iter().map(|value| value.cents))
        .collect();
    values.sort();
    values
}

fn whose(over: Over, entry: &InSet, candidate: &str) -> String {
    match over {
        Over::Contract => format!("{}/{candidate}", entry.contract),
        Over::Contractor => format!("{}:{candidate}", entry.contractor),
        Over::Candidate => candidate.to_owned(),
    }
}

/// What those that share a limit take of it together; settled entries are what they are.
fn taken(limit: &Limit, set: &[InSet], values: &[EntryValue]) -> BTreeMap<String, Exact> {
    let mut taken: BTreeMap<String, Exact> = BTreeMap::new();
    for (entry, value) in set.iter().zip(values) {
        let candidate = entry.candidate.clone().unwrap_or_default();
        if !limit.concerns(&entry.facts.block) || (limit.each_candidate && entry.candidate.is_none()) {
            continue;
        }
        let key = whose(limit.over, entry, if limit.each_candidate { &candidate } else { "" });
        let own = match limit.most {
            Most::Euros(_) | Most::ShareOfObligation(_) => Exact::from(Decimal::new(value.cents, 2)),
            Most::Months(_) => value.counted.months.clone(),
            Most::Quantity(_) => value.counted.quantity.clone(),
        };
        let sum = taken.entry(key).or_default();
        *sum = sum.plus(&own);
    }
    taken
}

fn most(limit: &Limit) -> Exact {
    match &limit.most {
        Most::Euros(most) | Most::Months(most) | Most::Quantity(most) => most.clone(),
        Most::ShareOfObligation(share) => Exact::from(OWED).times(&share.exact()),
    }
}

/// Sums by a key; what has none is left out.
fn sums<'a>(
    set: &'a [InSet<'a>],
    values: &'a [EntryValue],
    key: impl Fn(&InSet) -> Option<String>,
    of: impl Fn(&EntryValue) -> Exact,
) -> BTreeMap<String, Exact> {
    let mut sums: BTreeMap<String, Exact> = BTreeMap::new();
    for (entry, value) in set.iter().zip(values) {
        let Some(key) = key(entry) else { continue };
        let sum = sums.entry(key).or_default();
        *sum = sum.plus(&of(value));
    }
    sums
}

proptest! {
    #[test]
    fn what_each_entry_counts_for_does_not_hang_on_the_order_in_which_they_came(
        terms in terms(), set in prop::collection::vec(made(), 1..16), seed in any::<u64>()
    ) {
        let policy = terms.policy();
        let one: Vec<&Made> = set.iter().collect();
        let mut other = one.clone();
        // Any order: by a number that follows from the seed.
        other.sort_by_key(|made| {
            format!("{made:?}").bytes().fold(seed, |hash, byte| hash.wrapping_mul(31) ^ u64::from(byte))
        });
        let first = values(&policy, &one);
        prop_assert_eq!(&first, &values(&policy, &other));
        other.reverse();
        prop_assert_eq!(&first, &values(&policy, &other));
    }

    #[test]
    fn no_maximum_is_ever_passed(terms in terms(), made in prop::collection::vec(made(), 1..20)) {
        let made: Vec<Made> = made.into_iter().map(|made| Made { fixed: None, ..made }).collect();
        let policy = terms.policy();
        let set: Vec<InSet> = made.iter().map(|made| made.in_set(&policy)).collect();
        let values = valued(&set);
        prop_assert!(values.iter().all(|value| value.cents >= 0));
        prop_assert_eq!(worth_together(&set), values.iter().map(|value| value.cents).sum::<i64>());
        for limit in &policy.limits {
            for (whose, taken) in taken(limit, &set, &values) {
                prop_assert!(taken <= most(limit), "{limit:?}: {whose} took {}", taken.shown());
            }
        }
        for block in &policy.blocks {
            let of_block = |entry: &InSet| entry.facts.block == block.code;
            let person = |entry: &InSet| {
                let candidate = entry.candidate.as_deref()?;
                of_block(entry).then(|| whose(block.counts_over, entry, candidate))
            };
            if let Some(MaximumCounting::Months(months)) = block.counts {
                // Overlapping days of one placement are no more than full time: the maximum is that of full time over
                // the months that count. What is told by a quantity is rounded at each entry.
                let a_year = A_YEAR.iter().find(|(code, _)| *code == block.code).unwrap().1;
                let most = Exact::from(a_year).times(&Exact::from(Decimal::from(months))).over(&Exact::from(12)).unwrap();
                let slack = if block.code == "maand" { 0 } else { set.len() };
                let most = most.rounded(2, Half::Up).plus(&Exact::from(Decimal::new(i64::try_from(slack).unwrap(), 2)));
                let in_time = |value: &EntryValue| {
                    if value.counted.in_time { value.counted.block.rounded(2, Half::Up) } else { Exact::ZERO }
                };
                for (whose, euros) in sums(&set, &values, person, in_time) {
                    prop_assert!(euros <= most, "{}: {whose} counts for {}", block.code, euros.shown());
                }
            }
            if block.measure.is_once() {
                for (whose, times) in sums(&set, &values, person, |value| value.counted.quantity.clone()) {
                    prop_assert!(times <= Exact::ONE, "{}: {whose} counts {} times", block.code, times.shown());
                }
            }
            if let Some(maximum) = &block.maximum {
                let effort = |entry: &InSet| {
                    let of = entry.candidate.as_ref().or(entry.invoice.as_ref()).cloned();
                    of_block(entry).then(|| of.map_or_else(|| entry.tie.clone(), |of| format!("{} {of}", entry.contract)))
                };
                let by_itself = |entry: &InSet| entry.candidate.is_none() && entry.invoice.is_none();
                for (entry, value) in set.iter().zip(&values).filter(|(entry, _)| of_block(entry) && by_itself(entry)) {
                    prop_assert!(value.counted.within <= *maximum, "{}: {}", entry.facts.block, value.cents);
                }
                let shared = |entry: &InSet| effort(entry).filter(|_| !by_itself(entry));
                for (whose, within) in sums(&set, &values, shared, |value| value.counted.within.rounded(2, Half::Up)) {
                    prop_assert!(within <= *maximum, "{}: {whose} {}", block.code, within.shown());
                }
            }
        }
        // A flat bonus is known by its amount: once for a candidate under a contract, or as far as it goes on.
        for (euros, over) in [(1000, Over::Contract), (777, policy.bonuses[1].over)] {
            let flat = |value: &EntryValue| {
                let is_it = |step: &&trede_rules::social_return::SocialReturnStep| {
                    step.rule == SocialReturnRule::FlatBonus && step.result == Exact::from(euros)
                };
                Exact::from(Decimal::from(value.steps.iter().filter(is_it).count()))
            };
            let person = |entry: &InSet| entry.candidate.as_deref().map(|of| whose(over, entry, of));
            for (whose, times) in sums(&set, &values, person, flat) {
                prop_assert!(times <= Exact::ONE, "a bonus of {euros} counts {} times for {whose}", times.shown());
            }
        }
    }

    #[test]
    fn what_is_settled_stays_what_it_is_and_the_others_count_beside_it(
        terms in terms(), set in prop::collection::vec(made(), 1..16)
    ) {
        let policy = terms.policy();
        let entries: Vec<InSet> = set.iter().map(|made| made.in_set(&policy)).collect();
        for (made, value) in set.iter().zip(valued(&entries)) {
            if let Some(fixed) = made.fixed {
                prop_assert_eq!(value.cents, i64::from(fixed));
            }
        }
    }
}
