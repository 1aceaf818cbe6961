//! What bonuses count for, and the bounds and limits of an entry.

use super::SocialReturnFinding as Finding;
use super::block::{Bonus, BonusWorth, MaximumCounting, Measure};
use super::entry_value::{Valuer, Worth, shortened};
use super::finding::FindingCode as Code;
use super::limit::{Limit, Most};
use super::obligation::{missing, silent};
use super::policy::{BonusProration, Policy};
use super::rule::Rule;
use crate::explaining::Terms;
use trede_base::exact::{Exact, Half};

impl Policy {
    /// Whether several bonuses add up; so they do where there is one.
    pub(super) fn bonuses_add_up(&self) -> bool {
        self.bonuses_cumulate != Some(false)
    }
}

impl<'a> Valuer<'a> {
    /// The bonuses that are claimed, each fit for the block.
    pub(super) fn claimed_bonuses(&mut self) -> Result<Vec<&'a Bonus>, Finding> {
        let mut bonuses = Vec::new();
        for (index, code) in self.facts.bonuses.iter().enumerate() {
            let place = format!("/bonuses/{index}");
            let known = self.policy.bonuses.iter().find(|bonus| bonus.code == *code);
            let bonus = known.ok_or_else(|| Finding::new(Code::UnknownBonus, &place, [shortened(code)]))?;
            let group = self.block.target_group.as_ref();
            let fits = (bonus.blocks.is_empty() || bonus.blocks.contains(&self.block.code))
                && (bonus.target_groups.is_empty()
                    || group.is_some_and(|group| bonus.target_groups.contains(group)));
            if !fits {
                let details = [bonus.code.clone(), self.block.code.clone()];
                return Err(Finding::new(Code::BonusOfOtherBlocks, place, details));
            }
            bonuses.push(bonus);
        }
        if bonuses.len() > 1 && self.policy.bonuses_cumulate.is_none() {
            return Err(silent("bonusesCumulate"));
        }
        Ok(bonuses)
    }

    /// What a bonus adds; `worth` is what the block counts for.
    pub(super) fn bonus(&mut self, bonus: &Bonus, worth: &Worth) -> Result<Exact, Finding> {
        let euros = match &bonus.worth {
            BonusWorth::Amount { euros, proration } => {
                let proration = proration.or(self.policy.bonus_proration);
                match proration.ok_or_else(|| silent("bonusProration"))? {
                    BonusProration::Flat => return Ok(self.flat(bonus, euros, worth)),
                    BonusProration::LikeBlock => self.like_block(bonus, euros, worth)?,
                }
            }
            BonusWorth::Hour(euros) => {
                let hours = match self.measure {
                    Measure::Hour(_) => self.counted.quantity.clone(),
                    _ => self.inside(self.facts.hours.clone().ok_or_else(|| missing("hours"))?),
                };
                let added = euros.times(&hours);
                self.step(Rule::HourlyBonus, Terms::of([euros.clone(), hours]), &added);
                added
            }
            BonusWorth::OfBlock(share) => {
                let added = worth.euros.times(&share.exact());
                self.step(Rule::ShareBonus, Terms::of([worth.euros.clone(), share.exact()]), &added);
                added
            }
            BonusWorth::OfCost(share) => {
                let cost = self.inside(self.facts.euros.clone().ok_or_else(|| missing("amount"))?);
                let added = cost.times(&share.exact());
                self.step(Rule::ShareBonus, Terms::of([cost, share.exact()]), &added);
                added
            }
        };
        if worth.euros.is_zero() {
            return Ok(Exact::ZERO);
        }
        Ok(self.at_most(&bonus.maximum, euros))
    }

    /// A flat bonus counts once for a candidate under a contract.
    fn flat(&mut self, bonus: &Bonus, euros: &Exact, worth: &Worth) -> Exact {
        if worth.euros.is_zero() {
            return Exact::ZERO;
        }
        if self.taken.flat.contains_key(&bonus.code) {
            let details = [bonus.code.clone()];
            self.notes.push(Finding::new(Code::BonusCountedBefore, "/bonuses", details));
            return Exact::ZERO;
        }
        self.step(Rule::FlatBonus, Terms::of([euros.clone()]), euros);
        self.counted.flat.push((bonus.code.clone(), euros.clone()));
        self.at_most(&bonus.maximum, euros.clone())
    }

    fn like_block(&mut self, bonus: &Bonus, euros: &Exact, worth: &Worth) -> Result<Exact, Finding> {
        let of_year = worth.of_year.clone().ok_or_else(|| {
            let details = [bonus.code.clone(), self.block.code.clone()];
            Finding::new(Code::BonusDoesNotFit, "/bonuses", details)
        })?;
        let added = euros.times(&of_year);
        self.step(Rule::ProratedBonus, Terms::of([euros.clone(), of_year]), &added);
        Ok(added)
    }

    /// Of bonuses that do not add up the highest counts, over all entries of the candidate: what an entry
    /// before gave already is not given again. The first part is the block.
    pub(super) fn keep_highest(&mut self, parts: &mut Vec<Exact>) {
        let mut bonuses = parts.drain(1..).collect::<Vec<_>>();
        let Some(highest) = bonuses.iter().cloned().reduce(|one, other| one.at_least(&other).clone()) else {
            return;
        };
        if bonuses.len() > 1 {
            let code = self.facts.bonuses.iter().zip(&bonuses).find(|(_, euros)| **euros == highest);
            let details = [code.map(|(code, _)| code.clone()).unwrap_or_default()];
            self.notes.push(Finding::new(Code::HighestBonusOnly, "/bonuses", details));
        }
        bonuses.clear();
        let before = self.taken.flat.values().fold(Exact::ZERO, |most, euros| most.at_least(euros).clone());
        let is_flat = !self.counted.flat.is_empty();
        let more = if is_flat { highest.minus(&before).at_least(&Exact::ZERO).clone() } else { highest };
        parts.push(more);
    }

    /// A step that holds an amount to a maximum, where there is one.
    pub(super) fn at_most(&mut self, maximum: &Option<Exact>, euros: Exact) -> Exact {
        let Some(maximum) = maximum else { return euros };
        let capped = euros.at_most(maximum).clone();
        self.step(Rule::EntryMaximum, Terms::of([euros, maximum.clone()]), &capped);
        capped
    }

    /// The least and the most that one entry of the block counts for.
    pub(super) fn within_bounds(&mut self, worth: &Exact) -> Exact {
        if let (Some(from), Some(cost)) = (&self.block.counts_from, &self.facts.euros)
            && cost < from
        {
            self.notes.push(Finding::new(Code::BelowLeastAmount, "/amount", [from.shown()]));
            return Exact::ZERO;
        }
        let mut within = worth.clone();
        if let Some(minimum) = &self.block.minimum
            && !worth.is_zero()
        {
            within = worth.at_least(minimum).clone();
            self.step(Rule::EntryMinimum, Terms::of([worth.clone(), minimum.clone()]), &within);
        }
        let maximum = self.block.maximum.clone();
        self.at_most(&maximum, within)
    }

    /// What is left of limits in months or in quantity.
    pub(super) fn within_counting_limits(&mut self, worth: Worth) -> Worth {
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
            return worth;
        }
        self.counted.months = self.counted.months.times(&part);
        self.counted.quantity = self.counted.quantity.times(&part);
        let euros = worth.euros.times(&part);
        self.step(Rule::PartThatCounts, Terms::of([worth.euros, part.clone()]), &euros);
        Worth { euros, of_year: worth.of_year.map(|of_year| of_year.times(&part)) }
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
