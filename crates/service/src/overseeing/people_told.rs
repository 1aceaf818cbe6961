//! What an annual report tells of people: how many, their hours, women and men where policies collect it, and who was
//! still at work some months after a placement.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::frame::error::ServiceError;
use trede_base::exact::{Exact, Half};
use trede_base::gender::Gender;
use trede_base::national_group::NationalGroup;
use trede_base::period::Period;
use trede_model::following::progress::share_until;
use trede_rules::social_return::{FullTime, Measure, Policy, Proration};
use trede_store::overseeing::monitoring::ApprovedWork;
use trede_wire::social_return_case::EntryInput;

/// How many were asked so many months after a placement, and how many of them were at work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Durability {
    /// How many people were asked.
    pub people: usize,
    /// How many of them were at work.
    pub at_work: usize,
}

/// The district as reports name it; empty where an entry names none.
pub(super) fn district_named(written: Option<&str>) -> &str {
    written.map(str::trim).unwrap_or_default()
}

/// What an entry tells beside its value.
pub(super) struct Told {
    facts: EntryInput,
}

impl Told {
    pub(super) fn of(work: &ApprovedWork) -> Result<Self, ServiceError> {
        let facts =
            serde_json::from_str(&work.facts).map_err(|error| ServiceError::Internal(error.into()))?;
        Ok(Self { facts })
    }

    /// Where it was done; empty where it does not say.
    pub(super) fn district(&self) -> &str {
        district_named(self.facts.district.as_deref())
    }

    /// The hours of the entry in the year, in hundredths: as it tells them, or the hours a week over the days of its
    /// period.
    pub(super) fn hours_in(&self, done: Period, year: Period, policy: Option<&Policy>, block: &str) -> i64 {
        let Some(hours) = self.hours(done, policy, block) else { return 0 };
        let until = |day: Option<NaiveDate>| day.map_or(0, |day| share_until(hours, done, day));
        until(Some(year.until)).saturating_sub(until(year.from.pred_opt()))
    }

    fn hours(&self, done: Period, policy: Option<&Policy>, block: &str) -> Option<i64> {
        let exact = |number: Option<trede_wire::number::Number>| number.map(|number| Exact::from(number.0));
        let hours = exact(self.facts.hours)
            .or_else(|| exact(self.facts.quantity).filter(|_| self.is_in_hours(policy, block)))
            .or_else(|| {
                let days = (done.until - done.from).num_days() + 1;
                let days = Exact::from(rust_decimal::Decimal::from(days));
                exact(self.facts.hours_per_week)?.times(&days).over(&Exact::from(7))
            })?;
        hours.rounded(2, Half::Up).floor_hundredths()
    }

    /// Whether the quantity of the entry is one of hours.
    fn is_in_hours(&self, policy: Option<&Policy>, block: &str) -> bool {
        let Some((policy, block)) = policy.and_then(|policy| Some((policy, policy.block(block)?))) else {
            return false;
        };
        match block.unit(self.facts.unit.as_deref()) {
            Some((Measure::Hour(_), _)) => true,
            Some((Measure::Year(_) | Measure::Month { .. }, _)) => {
                let own_year = block.full_time.as_ref().or(policy.full_time.as_ref());
                let proration = block.proration.as_ref().or(policy.proration.as_ref());
                own_year == Some(&FullTime::ContractorYear) || proration == Some(&Proration::HoursWorked)
            }
            _ => false,
        }
    }
}

/// Who worked or learned in the year.
#[derive(Default)]
pub(super) struct People<'a> {
    pub(super) all: BTreeSet<&'a str>,
    pub(super) by_block: BTreeMap<&'a str, BTreeSet<&'a str>>,
    pub(super) by_group: BTreeMap<Option<NationalGroup>, BTreeSet<&'a str>>,
    pub(super) by_district: BTreeMap<String, BTreeSet<&'a str>>,
    pub(super) by_gender: BTreeMap<(Option<NationalGroup>, Gender), BTreeSet<&'a str>>,
    pub(super) genders: BTreeMap<Gender, BTreeSet<&'a str>>,
}

impl<'a> People<'a> {
    pub(super) fn add(&mut self, person: &'a str, block: &'a str, group: Option<NationalGroup>, told: &Told) {
        self.all.insert(person);
        self.by_block.entry(block).or_default().insert(person);
        self.by_group.entry(group).or_default().insert(person);
        self.by_district.entry(told.district().to_owned()).or_default().insert(person);
        if let Some(gender) = told.facts.gender {
            self.by_gender.entry((group, gender)).or_default().insert(person);
            self.genders.entry(gender).or_default().insert(person);
        }
    }
}

/// Who was asked how many months after a placement, on a block of which group; the last answer holds.
#[derive(Default)]
pub(super) struct Followed<'a> {
    asked: BTreeMap<(u16, Option<NationalGroup>, &'a str), (NaiveDate, bool)>,
}

impl<'a> Followed<'a> {
    pub(super) fn add(
        &mut self,
        work: &'a ApprovedWork,
        told: &Told,
        on: NaiveDate,
        group: Option<NationalGroup>,
    ) {
        let (Some(person), Some(months)) = (work.person.as_deref(), told.facts.months_after) else { return };
        let now = (on, told.facts.at_work == Some(true));
        keep_last(&mut self.asked, (months, group, person), now);
    }

    /// The groups of those who were asked.
    pub(super) fn groups(&self) -> BTreeSet<Option<NationalGroup>> {
        self.asked.keys().map(|(_, group, _)| *group).collect()
    }

    /// How many were at work by the months, of all or of one group. Who is in two groups is one person of all.
    pub(super) fn told(&self, of: Option<Option<NationalGroup>>) -> BTreeMap<u16, Durability> {
        let mut last: BTreeMap<(u16, &str), (NaiveDate, bool)> = BTreeMap::new();
        for ((months, group, person), now) in &self.asked {
            if of.is_none_or(|of| of == *group) {
                keep_last(&mut last, (*months, *person), *now);
            }
        }
        let mut told: BTreeMap<u16, Durability> = BTreeMap::new();
        for ((months, _), (_, at_work)) in last {
            let line = told.entry(months).or_default();
            line.people += 1;
            line.at_work += usize::from(at_work);
        }
        told
    }
}

/// An answer with its day; the last one about somebody holds.
fn keep_last<K: Ord>(known: &mut BTreeMap<K, (NaiveDate, bool)>, about: K, now: (NaiveDate, bool)) {
    let last = known.entry(about).or_insert(now);
    *last = now.max(*last);
}
