//! What bonuses count for.

use std::collections::BTreeMap;

use super::SocialReturnFinding as Finding;
use super::block::{Bonus, BonusWorth, Measure};
use super::entry_value::{Valuer, Worth, shortened};
use super::finding::FindingCode as Code;
use super::obligation::{missing, silent};
use super::policy::{BonusProration, Policy};
use super::rule::Rule;
use crate::explaining::Terms;
use trede_base::exact::Exact;

impl Policy {
    /// Whether several bonuses add up; so they do where there is one.
    fn bonuses_add_up(&self) -> bool {
        self.bonuses_cumulate != Some(false)
    }

    /// Among which bonuses the highest counts: those of its group, or all where bonuses do not add up.
    fn group_of<'a>(&self, bonus: &'a Bonus) -> Option<&'a str> {
        if self.bonuses_add_up() { bonus.group.as_deref() } else { Some("") }
    }
}

/// A bonus that is claimed, and what it adds.
struct Claimed<'a> {
    bonus: &'a Bonus,
    euros: Exact,
}

/// What a bonus counts for already, for the same candidate as far as it goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct BonusTaken {
    /// In euros, where it was flat.
    pub flat: Option<Exact>,
    /// In euros, however it was measured.
    pub euros: Exact,
    /// The months for which it counted.
    pub months: Exact,
}

impl<'a> Valuer<'a> {
    /// What each bonus that is claimed adds; `worth` is what the block counts for.
    pub(super) fn bonuses(&mut self, worth: &Worth) -> Result<Vec<Exact>, Finding> {
        let mut claimed = Vec::new();
        for bonus in self.claimed_bonuses()? {
            let euros = match self.unmet_of(&bonus.conditions, &bonus.code)? {
                Some(why) => {
                    self.notes.push(why);
                    Exact::ZERO
                }
                None => self.bonus(bonus, worth)?,
            };
            claimed.push(Claimed { bonus, euros });
        }
        self.keep_highest(&mut claimed);
        for Claimed { bonus, euros } in &claimed {
            let counted = self.counted.bonuses.entry(bonus.code.clone()).or_default();
            counted.euros = euros.clone();
        }
        Ok(claimed.into_iter().map(|one| one.euros).collect())
    }

    /// The bonuses that are claimed, each fit for the block.
    fn claimed_bonuses(&mut self) -> Result<Vec<&'a Bonus>, Finding> {
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

    fn bonus(&mut self, bonus: &Bonus, worth: &Worth) -> Result<Exact, Finding> {
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
                let added = worth.euros.times(share);
                self.step(Rule::ShareBonus, Terms::of([worth.euros.clone(), share.clone()]), &added);
                added
            }
            BonusWorth::OfCost(share) => {
                let cost = self.inside(self.facts.euros.clone().ok_or_else(|| missing("amount"))?);
                let added = cost.times(share);
                self.step(Rule::ShareBonus, Terms::of([cost, share.clone()]), &added);
                added
            }
        };
        if worth.euros.is_zero() {
            return Ok(Exact::ZERO);
        }
        Ok(self.at_most_together(bonus, euros))
    }

    /// A flat bonus counts once for a candidate, as far as the bonus goes on.
    fn flat(&mut self, bonus: &Bonus, euros: &Exact, worth: &Worth) -> Exact {
        if worth.euros.is_zero() {
            return Exact::ZERO;
        }
        if self.taken.bonuses.get(&bonus.code).is_some_and(|taken| taken.flat.is_some()) {
            let details = [bonus.code.clone()];
            self.notes.push(Finding::new(Code::BonusCountedBefore, "/bonuses", details));
            return Exact::ZERO;
        }
        self.step(Rule::FlatBonus, Terms::of([euros.clone()]), euros);
        let flat = self.at_most(&bonus.maximum, euros.clone());
        self.counted.bonuses.entry(bonus.code.clone()).or_default().flat = Some(flat.clone());
        flat
    }

    fn like_block(&mut self, bonus: &Bonus, euros: &Exact, worth: &Worth) -> Result<Exact, Finding> {
        let mut of_year = worth.of_year.clone().ok_or_else(|| {
            let details = [bonus.code.clone(), self.block.code.clone()];
            Finding::new(Code::BonusDoesNotFit, "/bonuses", details)
        })?;
        let own = self.counted.months.clone();
        if let Some(most) = bonus.counts_months
            && own.is_positive()
        {
            let most = Exact::from(rust_decimal::Decimal::from(most));
            let taken = self.taken.bonuses.get(&bonus.code).map_or(Exact::ZERO, |taken| taken.months.clone());
            let left = most.minus(&taken).at_least(&Exact::ZERO).clone();
            let counted = own.at_most(&left).clone();
            if counted < own {
                self.step(Rule::Limited, Terms::of([own.clone(), most, taken]), &counted);
                of_year = of_year.times(&counted).over(&own).unwrap_or_default();
            }
            self.counted.bonuses.entry(bonus.code.clone()).or_default().months = counted;
        }
        let added = euros.times(&of_year);
        self.step(Rule::ProratedBonus, Terms::of([euros.clone(), of_year]), &added);
        Ok(added)
    }

    /// The maximum of a bonus, which all entries of the candidate share.
    fn at_most_together(&mut self, bonus: &Bonus, euros: Exact) -> Exact {
        let taken = self.taken.bonuses.get(&bonus.code).map(|taken| taken.euros.clone());
        let (Some(most), Some(taken)) = (&bonus.maximum, taken.filter(Exact::is_positive)) else {
            return self.at_most(&bonus.maximum, euros);
        };
        let left = most.minus(&taken).at_least(&Exact::ZERO).clone();
        let counted = euros.at_most(&left).clone();
        self.step(Rule::Limited, Terms::of([euros, most.clone(), taken]), &counted);
        counted
    }

    /// Of bonuses that do not add up the highest counts, over all entries of the candidate: what an entry
    /// before gave already is not given again.
    fn keep_highest(&mut self, claimed: &mut [Claimed<'a>]) {
        let mut highest: BTreeMap<&str, (usize, Exact)> = BTreeMap::new();
        for (index, one) in claimed.iter().enumerate() {
            let Some(group) = self.policy.group_of(one.bonus) else { continue };
            let best = highest.entry(group).or_insert((index, one.euros.clone()));
            if best.1 < one.euros {
                *best = (index, one.euros.clone());
            }
        }
        for (group, (best, euros)) in highest {
            let of_group = |bonus: &Bonus| self.policy.group_of(bonus) == Some(group);
            let known = self.policy.bonuses.iter().filter(|bonus| of_group(bonus));
            let before = known
                .filter_map(|bonus| self.taken.bonuses.get(&bonus.code)?.flat.as_ref())
                .fold(Exact::ZERO, |most, flat| most.at_least(flat).clone());
            let members = claimed.iter().filter(|one| of_group(one.bonus)).count();
            for (index, one) in claimed.iter_mut().enumerate().filter(|(_, one)| of_group(one.bonus)) {
                let is_flat = self.counted.bonuses.get(&one.bonus.code).is_some_and(|own| own.flat.is_some());
                one.euros = match (index == best, is_flat) {
                    (true, true) => euros.minus(&before).at_least(&Exact::ZERO).clone(),
                    (true, false) => euros.clone(),
                    (false, _) => Exact::ZERO,
                };
            }
            if members > 1 {
                let code = claimed.get(best).map(|one| one.bonus.code.clone()).unwrap_or_default();
                let finding = if group.is_empty() { Code::HighestBonusOnly } else { Code::HighestOfGroup };
                self.notes.push(Finding::new(finding, "/bonuses", [code]));
            }
        }
    }
}
