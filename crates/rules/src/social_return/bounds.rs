//! The bounds of what one entry counts for, and the limits that it shares with others.

use super::SocialReturnFinding as Finding;
use super::block::{MaximumCounting, Measure};
use super::entry_value::{Valuer, Worth};
use super::finding::FindingCode as Code;
use super::limit::{Limit, Most};
use super::rule::Rule;
use crate::explaining::Terms;
use trede_base::exact::{Exact, Half};

impl<'a> Valuer<'a> {
    /// A step that holds an amount to a maximum, where there is one.
    pub(super) fn at_most(&mut self, maximum: &Option<Exact>, euros: Exact) -> Exact {
        let Some(maximum) = maximum else { return euros };
        let capped = euros.at_most(maximum).clone();
        self.step(Rule::EntryMaximum, Terms::of([euros, maximum.clone()]), &capped);
        capped
    }

    /// The least and the most that one effort counts for: all entries of a placement or of an invoice together,
    /// each for what it adds. `lifts` says whether a minimum lifts it: not what a limit cut off.
    pub(super) fn within_bounds(&mut self, worth: &Exact, lifts: bool) -> Exact {
        let cost = self.facts.whole_euros.as_ref().or(self.facts.euros.as_ref());
        if let (Some(from), Some(cost)) = (&self.block.counts_from, cost)
            && cost < from
        {
            self.notes.push(Finding::new(Code::BelowLeastAmount, "/amount", [from.shown()]));
            return Exact::ZERO;
        }
        if self.block.minimum.is_none() && self.block.maximum.is_none() {
            return worth.clone();
        }
        self.counted.effort = worth.clone();
        let (before, counted) = self.taken.effort.clone();
        let minimum = self.block.minimum.as_ref().filter(|_| lifts);
        let mut within = before.plus(worth);
        if !before.is_zero() {
            self.step(Rule::WithBefore, Terms::of([worth.clone(), before]), &within);
        }
        if let Some(minimum) = minimum
            && within.is_positive()
        {
            let lifted = within.at_least(minimum).clone();
            self.step(Rule::EntryMinimum, Terms::of([within, minimum.clone()]), &lifted);
            within = lifted;
        }
        within = self.at_most(&self.block.maximum.clone(), within);
        if counted.is_zero() {
            return within;
        }
        let added = within.minus(&counted).at_least(&Exact::ZERO).clone();
        self.step(Rule::BeyondBefore, Terms::of([within, counted]), &added);
        added
    }

    /// What is left of limits in months or in quantity.
    /// Beside it whether all of it counts.
    pub(super) fn within_counting_limits(&mut self, worth: Worth) -> (Worth, bool) {
        let mut part = Exact::ONE;
        for (index, limit) in self.limits() {
            let (own, most) = match &limit.most {
                Most::Months(most) => (self.counted.months.clone(), most),
                Most::Quantity(most) => (self.counted.quantity.clone(), most),
                Most::Euros(_) | Most::ShareOfObligation(_) => continue,
            };
            let taken = self.taken.of_limit(index);
            let left = most.minus(&taken).at_least(&Exact::ZERO).clone();
            if own <= left {
                continue;
            }
            let counted = own.times(&part).at_most(&left).clone();
            self.step(Rule::Limited, Terms::of([own.clone(), most.clone(), taken]), &counted);
            part = part.at_most(&counted.over(&own).unwrap_or_default()).clone();
        }
        if part == Exact::ONE {
            return (worth, true);
        }
        self.counted.months = self.counted.months.times(&part);
        self.counted.quantity = self.counted.quantity.times(&part);
        let euros = worth.euros.times(&part);
        self.step(Rule::PartThatCounts, Terms::of([worth.euros, part.clone()]), &euros);
        (Worth { euros, of_year: worth.of_year.map(|of_year| of_year.times(&part)) }, false)
    }

    /// What is left of limits in euros, in whole cents: what entries count for is rounded to the cent, and
    /// together they never come above the limit.
    pub(super) fn within_euro_limits(&mut self, total: &Exact) -> Exact {
        let mut within = total.clone();
        for (index, limit) in self.limits() {
            let most = match &limit.most {
                Most::Euros(most) => most.clone(),
                Most::ShareOfObligation(share) => match &self.taken.owed {
                    Some(owed) => owed.times(&share.exact()),
                    None => continue,
                },
                Most::Months(_) | Most::Quantity(_) => continue,
            };
            let taken = self.taken.of_limit(index);
            let left = whole_cents_below(&most.minus(&taken)).at_least(&Exact::ZERO).clone();
            if within > left {
                self.step(Rule::Limited, Terms::of([within, most, taken]), &left);
                within = left;
            }
        }
        within
    }

    /// Entries of one placement are rounded each; together they never come above what the block counts for
    /// at full time over its maximum counting.
    pub(super) fn within_months_in_cents(&self, block: &Exact, total: Exact) -> Exact {
        let (Some(MaximumCounting::Months(months)), true) = (self.block.counts, self.policy.hours_capped)
        else {
            return total;
        };
        let months = Exact::from(rust_decimal::Decimal::from(months));
        let most = match self.measure {
            Measure::Year(amount) => amount.highest().times(&months).over(&Exact::from(12)),
            Measure::Month { amount, .. } => Some(amount.highest().times(&months)),
            _ => None,
        };
        let Some(most) = most.filter(|_| self.facts.wage_cost_subsidy_until.is_none()) else { return total };
        let to_the_cent = |euros: &Exact| euros.rounded(2, Half::Up);
        let left = to_the_cent(&most).minus(&self.taken.block_cents);
        let rounded = to_the_cent(block);
        if rounded <= left {
            return total;
        }
        total.minus(&block.minus(left.at_least(&Exact::ZERO)))
    }

    /// The limits of the policy under which the block counts.
    fn limits(&self) -> Vec<(usize, &'a Limit)> {
        let concerned = |(_, limit): &(usize, &Limit)| limit.concerns(&self.block.code);
        self.policy.limits.iter().enumerate().filter(concerned).collect()
    }
}

/// The whole cents at or below an amount.
fn whole_cents_below(euros: &Exact) -> Exact {
    let cents = euros.floor_hundredths().unwrap_or(i64::MAX);
    Exact::from(rust_decimal::Decimal::new(cents, 2))
}
