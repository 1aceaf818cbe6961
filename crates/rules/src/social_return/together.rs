//! Entries valued together: all that share a maximum, in the order of their time.
//!
//! Whoever hands in what first is of no matter. The entries are put in the order of the time that they account
//! for, each takes of a maximum what those before it left, and so the value of the whole follows from what
//! there is and not from when it came. A value that was fixed, because its contract is settled, stays and is
//! taken first.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::SocialReturnFinding;
use super::block::{Bonus, BonusWorth};
use super::bonus_value::BonusTaken;
use super::entry::EntryFacts;
use super::entry_value::{EntryValue, value_after};
use super::limit::{Limit, Most, Over};
use super::policy::{BonusProration, Policy};
use trede_base::exact::{Exact, Half};
use trede_base::period::Period;

/// An entry among others with which it may share a maximum.
#[derive(Clone, Debug)]
pub struct InSet<'a> {
    /// The policy of its contract.
    pub policy: &'a Policy,
    /// Its own facts.
    pub facts: EntryFacts,
    /// What names the contract.
    pub contract: String,
    /// What names the contractor.
    pub contractor: String,
    /// What names the candidate, the same over contracts; none for what is not about one person.
    pub candidate: Option<String>,
    /// What names the invoice that it is a part of; none where it is no part of one.
    pub invoice: Option<String>,
    /// What is owed under the contract, in euros; none where it is not known.
    pub owed: Option<Exact>,
    /// What it counts for, in cents, where that is fixed and changes no more.
    pub fixed_cents: Option<i64>,
    /// What tells two entries of the same time apart, whichever came first.
    pub tie: String,
}

/// Which other entries can share a maximum with one under the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// How far its maxima go on.
    pub over: Over,
    /// Whether entries of other candidates, or of none, can share one.
    pub all_candidates: bool,
}

/// How far the maxima of a policy reach.
#[must_use]
pub fn reach_of(policy: &Policy) -> Reach {
    let limits = || policy.limits.iter();
    let of_blocks = policy.blocks.iter().map(|block| block.counts_over);
    let of_bonuses = policy.bonuses.iter().map(|bonus| bonus.over);
    let over = limits().map(|limit| limit.over).chain(of_blocks).chain(of_bonuses).max().unwrap_or_default();
    Reach { over, all_candidates: limits().any(|limit| !limit.each_candidate) }
}

/// What entries before one took of the maxima that it shares with them.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    /// Months of the block that were counted by the calendar in this contract.
    pub months_here: Exact,
    /// Months of the block that were counted under other contracts, or in another unit.
    pub months_elsewhere: Exact,
    /// What the block alone counts for already, in euros.
    pub block_cents: Exact,
    /// Whether a block that counts once for a candidate counts already.
    pub is_paid_once: bool,
    /// What earlier entries of the same placement or invoice are worth, and what they count for, in euros.
    pub effort: (Exact, Exact),
    /// What the candidate has of each bonus, by its code.
    pub bonuses: BTreeMap<String, BonusTaken>,
    /// What was taken of each limit of the policy, by its place.
    pub limits: BTreeMap<usize, Exact>,
    /// What is owed under the contract, in euros.
    pub owed: Option<Exact>,
}

impl Taken {
    /// The months of the block that were counted, wherever.
    pub(super) fn months(&self) -> Exact {
        self.months_here.plus(&self.months_elsewhere)
    }

    /// What was taken of a limit.
    pub(super) fn of_limit(&self, index: usize) -> Exact {
        self.limits.get(&index).cloned().unwrap_or_default()
    }
}

/// What each entry counts for, given all the others; in the order in which they are given.
///
/// # Errors
/// Of each entry: as [`super::value_of`]. What cannot be valued takes nothing of a maximum.
#[must_use]
pub fn value_together(entries: &[InSet<'_>]) -> Vec<Result<EntryValue, Vec<SocialReturnFinding>>> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_cached_key(|index| entries.get(*index).map(time_of));
    let spans = spans(entries);
    let mut books = Books::default();
    let mut values: BTreeMap<usize, Result<EntryValue, Vec<SocialReturnFinding>>> = BTreeMap::new();
    for index in order {
        let Some(entry) = entries.get(index) else { continue };
        let mut facts = entry.facts.clone();
        if let Some(span) = placement_of(entry).and_then(|placement| spans.get(&placement)) {
            facts.placement_started_on = Some(span.from);
            facts.placement_ended_on = Some(span.until);
        }
        let value = value_after(entry.policy, &facts, &books.taken(entry)).map(|value| fixed(entry, value));
        if let Ok(value) = &value {
            books.enter(entry, value);
        }
        values.insert(index, value);
    }
    values.into_values().collect()
}

/// What was fixed stays what it is.
fn fixed(entry: &InSet<'_>, mut value: EntryValue) -> EntryValue {
    if let Some(cents) = entry.fixed_cents {
        value.cents = cents;
        value.exact = Exact::from(rust_decimal::Decimal::new(cents, 2));
    }
    value
}

/// What decides the order: what is fixed first, then the earliest; what has no time of its own last.
type Place<'a> = (bool, bool, Option<(NaiveDate, NaiveDate)>, [&'a str; 4]);

/// The place of an entry among the others. Two that have all of it alike count for the same, whichever is first.
fn time_of<'a>(entry: &'a InSet<'_>) -> Place<'a> {
    let period = entry.facts.period.map(|period| (period.from, period.until));
    let candidate = entry.candidate.as_deref().unwrap_or_default();
    let invoice = entry.invoice.as_deref().unwrap_or_default();
    let alike = [&entry.tie, &entry.contract, candidate, invoice];
    (entry.fixed_cents.is_none(), period.is_none(), period, alike)
}

/// A placement: a block of a candidate under a contract.
type Placement<'a> = (&'a str, &'a str, &'a str);

/// Which placement an entry accounts for; none for what is not about one person.
fn placement_of<'a>(entry: &'a InSet<'_>) -> Option<Placement<'a>> {
    Some((&entry.contract, entry.candidate.as_deref()?, &entry.facts.block))
}

/// From when until when each placement takes: from the first of its entries until the last.
fn spans<'a>(entries: &'a [InSet<'_>]) -> BTreeMap<Placement<'a>, Period> {
    let mut spans = BTreeMap::new();
    for entry in entries {
        let Some((placement, period)) = placement_of(entry).zip(entry.facts.period) else { continue };
        let from = entry.facts.placement_started_on.unwrap_or(period.from).min(period.from);
        let known = spans.entry(placement).or_insert(Period { from, until: period.until });
        known.from = from.min(known.from);
        known.until = period.until.max(known.until);
    }
    spans
}

/// What shares a limit: of which limit, and for whom.
type LimitKey = (Vec<String>, &'static str, bool, Over, String);

/// What was taken until now.
#[derive(Default)]
struct Books {
    /// Months of a block: by the calendar under a contract, in another unit, and the euros of the block.
    months: BTreeMap<(String, String), BlockBooks>,
    /// Of each bonus, by its code and with whom it goes on.
    bonuses: BTreeMap<(String, String), BonusTaken>,
    /// What a placement or an invoice is worth, and what it counts for.
    efforts: BTreeMap<EffortKey, (Exact, Exact)>,
    limits: BTreeMap<LimitKey, Exact>,
}

/// What was taken of one block by those with whom its maximum goes on.
#[derive(Default)]
struct BlockBooks {
    by_calendar: BTreeMap<String, Exact>,
    by_quantity: Exact,
    cents: Exact,
    times: usize,
}

impl Books {
    fn taken(&self, entry: &InSet<'_>) -> Taken {
        let mut taken = Taken { owed: entry.owed.clone(), ..Taken::default() };
        if let Some(books) = block_key(entry).and_then(|key| self.months.get(&key)) {
            for (contract, months) in &books.by_calendar {
                let part = if *contract == entry.contract {
                    &mut taken.months_here
                } else {
                    &mut taken.months_elsewhere
                };
                *part = part.plus(months);
            }
            taken.months_elsewhere = taken.months_elsewhere.plus(&books.by_quantity);
            taken.block_cents = books.cents.clone();
            taken.is_paid_once = books.times > 0;
        }
        if let Some(effort) = effort_key(entry).and_then(|key| self.efforts.get(&key)) {
            taken.effort = effort.clone();
        }
        for bonus in &entry.policy.bonuses {
            if let Some(taken_of) = bonus_key(bonus, entry).and_then(|key| self.bonuses.get(&key)) {
                taken.bonuses.insert(bonus.code.clone(), taken_of.clone());
            }
        }
        for (index, limit) in entry.policy.limits.iter().enumerate() {
            if let Some(taken_of) = limit_key(limit, entry).and_then(|key| self.limits.get(&key)) {
                taken.limits.insert(index, taken_of.clone());
            }
        }
        taken
    }

    fn enter(&mut self, entry: &InSet<'_>, value: &EntryValue) {
        let counted = &value.counted;
        if let Some(key) = block_key(entry) {
            let books = self.months.entry(key).or_default();
            if counted.by_calendar {
                let months = books.by_calendar.entry(entry.contract.clone()).or_default();
                *months = months.plus(&counted.months);
            } else {
                books.by_quantity = books.by_quantity.plus(&counted.months);
            }
            if counted.in_time {
                books.cents = books.cents.plus(&counted.block.rounded(2, Half::Up));
            }
            let is_once = entry.policy.block(&entry.facts.block).is_some_and(|block| block.measure.is_once());
            books.times += usize::from(is_once && counted.quantity.is_positive());
        }
        if let Some(key) = effort_key(entry) {
            let (worth, within) = self.efforts.entry(key).or_default();
            *worth = worth.plus(&counted.effort);
            *within = within.plus(&counted.within.rounded(2, Half::Up));
        }
        for bonus in &entry.policy.bonuses {
            let Some(own) = counted.bonuses.get(&bonus.code) else { continue };
            let Some(key) = bonus_key(bonus, entry) else { continue };
            let taken = self.bonuses.entry(key).or_default();
            taken.euros = taken.euros.plus(&own.euros.rounded(2, Half::Up));
            taken.months = taken.months.plus(&own.months);
            taken.flat = taken.flat.take().or_else(|| own.flat.clone());
        }
        let mut entered = BTreeSet::new();
        for limit in &entry.policy.limits {
            // Two limits of the same are one book.
            if let Some(key) = limit_key(limit, entry).filter(|key| entered.insert(key.clone())) {
                let took = match limit.most {
                    Most::Euros(_) | Most::ShareOfObligation(_) => {
                        Exact::from(rust_decimal::Decimal::new(value.cents, 2))
                    }
                    Most::Months(_) => counted.months.clone(),
                    Most::Quantity(_) => counted.quantity.clone(),
                };
                let taken = self.limits.entry(key).or_default();
                *taken = taken.plus(&took);
            }
        }
    }
}

/// With whom the maximum counting of the block goes on; none for what is not about one person.
fn block_key(entry: &InSet<'_>) -> Option<(String, String)> {
    let over = entry.policy.block(&entry.facts.block)?.counts_over;
    let candidate = entry.candidate.as_ref()?;
    Some((entry.facts.block.clone(), whose(over, entry, Some(candidate))))
}

/// What names an effort: a block of a candidate or of an invoice, under a contract.
type EffortKey = (String, String, Option<String>, Option<String>);

/// Which effort an entry is a part of; none where it is one by itself.
fn effort_key(entry: &InSet<'_>) -> Option<EffortKey> {
    let (candidate, invoice) = (entry.candidate.clone(), entry.invoice.clone());
    let named = candidate.is_some() || invoice.is_some();
    named.then(|| (entry.contract.clone(), entry.facts.block.clone(), candidate, invoice))
}

/// With whom a bonus goes on, on whichever block: with the candidate, or with all that is about nobody. None for an
/// amount in proportion that is about nobody: its maximum is that of one entry.
fn bonus_key(bonus: &Bonus, entry: &InSet<'_>) -> Option<(String, String)> {
    let is_flat = matches!(
        &bonus.worth,
        BonusWorth::Amount { proration, .. }
            if proration.or(entry.policy.bonus_proration) == Some(BonusProration::Flat)
    );
    let candidate = entry.candidate.as_ref();
    let over = if candidate.is_none() { bonus.over.min(Over::Contractor) } else { bonus.over };
    (is_flat || candidate.is_some()).then(|| (bonus.code.clone(), whose(over, entry, candidate)))
}

fn limit_key(limit: &Limit, entry: &InSet<'_>) -> Option<LimitKey> {
    if !limit.concerns(&entry.facts.block) {
        return None;
    }
    let kind = match limit.most {
        Most::Euros(_) => "euros",
        Most::ShareOfObligation(_) => "share",
        Most::Months(_) => "months",
        Most::Quantity(_) => "quantity",
    };
    let candidate = if limit.each_candidate { Some(entry.candidate.as_ref()?) } else { None };
    let whose = whose(limit.over, entry, candidate);
    Some((limit.blocks.clone(), kind, limit.each_candidate, limit.over, whose))
}

fn whose(over: Over, entry: &InSet<'_>, candidate: Option<&String>) -> String {
    let candidate = candidate.map_or("", String::as_str);
    match over {
        Over::Contract => format!("{} {candidate}", entry.contract),
        Over::Contractor => format!("{} {candidate}", entry.contractor),
        Over::Candidate => candidate.to_owned(),
    }
}

/// The value of a whole set, in cents: what those that can be valued count for together.
#[must_use]
pub fn worth_together(entries: &[InSet<'_>]) -> i64 {
    let values = value_together(entries);
    values.iter().flatten().fold(0, |sum, value| sum.saturating_add(value.cents))
}
