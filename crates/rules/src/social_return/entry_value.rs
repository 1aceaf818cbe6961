//! What an entry counts for, step by step, with one rounding at the end.

use std::collections::BTreeSet;

use super::block::{Block, Bonus, InvoiceRecognition, MaximumCounting, Measure};
use super::entry::EntryFacts;
use super::entry_time::Proportion;
use super::finding::FindingCode as Code;
use super::obligation::{missing, silent};
use super::policy::{BonusProration, Policy};
use super::rule::Rule;
use super::{SocialReturnFinding, SocialReturnFinding as Finding, SocialReturnStep, whole_cents};
use crate::explaining::{Step, Terms};
use trede_base::exact::{Exact, Half};

/// What an entry counts for, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryValue {
    /// In cents.
    pub cents: i64,
    /// Before rounding, in euros.
    pub exact: Exact,
    /// The steps of the calculation.
    pub steps: Vec<SocialReturnStep>,
    /// What a reader must know.
    pub notes: Vec<SocialReturnFinding>,
}

/// Computes what an entry counts for under a policy.
///
/// # Errors
/// What the policy does not say, what is not known of the entry, or what cannot be.
pub fn value_of(policy: &Policy, facts: &EntryFacts) -> Result<EntryValue, Vec<SocialReturnFinding>> {
    let found = facts.errors();
    if !found.is_empty() {
        return Err(found);
    }
    let block = policy
        .block(&facts.block)
        .ok_or_else(|| vec![Finding::new(Code::UnknownBlock, "/block", [shortened(&facts.block)])])?;
    let mut valuer = Valuer { policy, facts, block, steps: Vec::new(), notes: Vec::new() };
    let exact = valuer.value().map_err(|finding| vec![finding])?;
    let cents = whole_cents(&exact).ok_or_else(|| vec![Finding::new(Code::TooLarge, "", [])])?;
    valuer.step(Rule::ToTheCent, Terms::of([exact.clone()]), &exact.rounded(2, Half::Up));
    Ok(EntryValue { cents, exact, steps: valuer.steps, notes: valuer.notes })
}

/// What a block counts for, and which part of a full-time year that is where it is reckoned in time.
struct Worth {
    euros: Exact,
    of_year: Option<Exact>,
}

pub(super) struct Valuer<'a> {
    pub policy: &'a Policy,
    pub facts: &'a EntryFacts,
    pub block: &'a Block,
    pub steps: Vec<SocialReturnStep>,
    pub notes: Vec<SocialReturnFinding>,
}

impl<'a> Valuer<'a> {
    pub(super) fn step(&mut self, rule: Rule, terms: Terms, result: &Exact) {
        self.steps.push(Step { rule, terms, result: result.simplified() });
    }

    fn value(&mut self) -> Result<Exact, Finding> {
        let worth = self.worth()?;
        let mut parts = vec![self.at_most_the_maximum(&worth.euros)];
        for bonus in self.counting_bonuses()? {
            parts.push(self.bonus(bonus, &worth)?);
        }
        let total = Exact::sum(&parts);
        if parts.len() > 1 {
            self.step(Rule::EntryValue, Terms::list(parts), &total);
        }
        Ok(total)
    }

    fn worth(&mut self) -> Result<Worth, Finding> {
        match &self.block.measure {
            Measure::Year(amount) => {
                let euros = self.amount(amount)?;
                let time = self.of_full_time_year()?;
                Ok(self.in_time(&euros, time))
            }
            Measure::Month { amount, by_hours } => {
                let euros = self.amount(amount)?;
                let (hours, months) = self.months_and_hours(*by_hours)?;
                let worth = euros.times(&hours).times(&months);
                self.step(Rule::MonthBlock, Terms::of([euros, hours.clone(), months.clone()]), &worth);
                Ok(Worth { euros: worth, of_year: hours.times(&months).over(&Exact::from(12)) })
            }
            Measure::LearningYear(amount) => {
                let euros = self.amount(amount)?;
                let years = self.counted_quantity(&Exact::ONE)?;
                let worth = self.by_quantity(&euros, &years);
                Ok(Worth { euros: worth, of_year: Some(years) })
            }
            Measure::Hour(euros) | Measure::Day(euros) => {
                let quantity = self.fact(&self.facts.quantity, "quantity")?;
                Ok(Worth { euros: self.by_quantity(euros, &quantity), of_year: None })
            }
            Measure::DayAtMost(euros) => {
                let days = self.fact(&self.facts.quantity, "quantity")?;
                let spent = self.fact(&self.facts.euros, "amount")?;
                let worth = spent.at_most(&euros.times(&days)).clone();
                self.step(Rule::DayAtMost, Terms::of([spent, euros.clone(), days]), &worth);
                Ok(Worth { euros: worth, of_year: None })
            }
            Measure::Invoice(recognition) => self.invoice(recognition),
            Measure::ActualCost | Measure::Agreed => self.spent(),
        }
    }

    fn in_time(&mut self, euros: &Exact, time: Proportion) -> Worth {
        let of_year = time.of_year();
        let worth = euros.times(&of_year);
        match time {
            Proportion::Months { hours, months } => {
                self.step(Rule::YearBlock, Terms::of([euros.clone(), hours, months]), &worth);
            }
            Proportion::Days { hours, days, full_year } => {
                self.step(Rule::DaysBlock, Terms::of([euros.clone(), hours, days, full_year]), &worth);
            }
        }
        Worth { euros: worth, of_year: Some(of_year) }
    }

    fn by_quantity(&mut self, euros: &Exact, quantity: &Exact) -> Exact {
        let worth = euros.times(quantity);
        self.step(Rule::QuantityBlock, Terms::of([euros.clone(), quantity.clone()]), &worth);
        worth
    }

    fn invoice(&mut self, recognition: &InvoiceRecognition) -> Result<Worth, Finding> {
        let share = match recognition {
            InvoiceRecognition::WagePart => return self.spent(),
            InvoiceRecognition::Share(share) => *share,
            InvoiceRecognition::ByRegister => {
                let register = self.facts.register.as_ref().ok_or_else(|| missing("register"))?;
                let known = self.policy.invoice_shares.iter().find(|row| row.register == *register);
                let details = [shortened(register)];
                known.ok_or_else(|| Finding::new(Code::UnknownRegister, "/register", details))?.share
            }
        };
        let invoice = self.fact(&self.facts.euros, "amount")?;
        let worth = invoice.times(&share.exact());
        self.step(Rule::InvoiceShare, Terms::of([invoice, share.exact()]), &worth);
        Ok(Worth { euros: worth, of_year: None })
    }

    fn spent(&mut self) -> Result<Worth, Finding> {
        let euros = self.fact(&self.facts.euros, "amount")?;
        self.step(Rule::Spent, Terms::of([euros.clone()]), &euros);
        Ok(Worth { euros, of_year: None })
    }

    fn amount(&self, amount: &super::block::Amount) -> Result<Exact, Finding> {
        let months = match self.facts.benefit_months {
            Some(months) => months,
            None if amount.by_duration() => return Err(missing("benefitMonths")),
            None => 0,
        };
        amount.at(months).cloned().ok_or_else(|| silent("amounts"))
    }

    pub(super) fn fact(&self, fact: &Option<Exact>, name: &str) -> Result<Exact, Finding> {
        fact.clone().ok_or_else(|| missing(name))
    }

    /// The quantity that still counts, where the block counts for so many months of `a_year` each twelve.
    pub(super) fn counted_quantity(&mut self, a_year: &Exact) -> Result<Exact, Finding> {
        let quantity = self.fact(&self.facts.quantity, "quantity")?;
        let Some(MaximumCounting::Months(months)) = self.maximum_counting() else { return Ok(quantity) };
        let years = Exact::from(rust_decimal::Decimal::from(months)).over(&Exact::from(12));
        let maximum = a_year.times(&years.unwrap_or_default());
        let earlier = self.facts.earlier_quantity.clone().unwrap_or_default();
        let until_now = earlier.plus(&quantity);
        let counted = until_now.at_most(&maximum).minus(earlier.at_most(&maximum));
        self.step(Rule::QuantityCounted, Terms::of([quantity, earlier, maximum]), &counted);
        Ok(counted)
    }

    /// How long the block counts; that nothing was published is told.
    pub(super) fn maximum_counting(&mut self) -> Option<MaximumCounting> {
        if self.block.counts.is_none() {
            self.notes.push(Finding::new(Code::NoMaximum, "/block", [self.block.code.clone()]));
        }
        self.block.counts
    }

    fn at_most_the_maximum(&mut self, worth: &Exact) -> Exact {
        let Some(maximum) = &self.block.maximum else { return worth.clone() };
        let capped = worth.at_most(maximum).clone();
        self.step(Rule::EntryMaximum, Terms::of([worth.clone(), maximum.clone()]), &capped);
        capped
    }

    fn counting_bonuses(&mut self) -> Result<Vec<&'a Bonus>, Finding> {
        let mut bonuses = Vec::new();
        for (index, code) in self.facts.bonuses.iter().enumerate() {
            let known = self.policy.bonuses.iter().find(|bonus| bonus.code == *code);
            let place = format!("/bonuses/{index}");
            bonuses.push(known.ok_or_else(|| Finding::new(Code::UnknownBonus, place, [shortened(code)]))?);
        }
        if bonuses.len() > 1 && !self.policy.bonuses_cumulate.ok_or_else(|| silent("bonusesCumulate"))? {
            let highest = bonuses.into_iter().max_by(|a, b| a.euros.cmp(&b.euros));
            let details = [highest.map(|bonus| bonus.code.clone()).unwrap_or_default()];
            self.notes.push(Finding::new(Code::HighestBonusOnly, "/bonuses", details));
            return Ok(highest.into_iter().collect());
        }
        Ok(bonuses)
    }

    fn bonus(&mut self, bonus: &Bonus, worth: &Worth) -> Result<Exact, Finding> {
        let proration = bonus.proration.or(self.policy.bonus_proration);
        match proration.ok_or_else(|| silent("bonusProration"))? {
            BonusProration::Flat if worth.euros.is_zero() => Ok(Exact::ZERO),
            BonusProration::Flat => {
                self.step(Rule::FlatBonus, Terms::of([bonus.euros.clone()]), &bonus.euros);
                Ok(bonus.euros.clone())
            }
            BonusProration::LikeBlock => {
                let of_year = worth.of_year.clone().ok_or_else(|| {
                    Finding::new(
                        Code::BonusDoesNotFit,
                        "/bonuses",
                        [bonus.code.clone(), self.block.code.clone()],
                    )
                })?;
                let euros = bonus.euros.times(&of_year);
                self.step(Rule::ProratedBonus, Terms::of([bonus.euros.clone(), of_year]), &euros);
                Ok(euros)
            }
        }
    }
}

impl EntryFacts {
    /// What cannot be, whatever the policy says.
    fn errors(&self) -> Vec<Finding> {
        let mut found: Vec<Finding> = [
            ("hoursPerWeek", &self.hours_per_week),
            ("quantity", &self.quantity),
            ("earlierQuantity", &self.earlier_quantity),
            ("amount", &self.euros),
        ]
        .into_iter()
        .filter(|(_, fact)| fact.as_ref().is_some_and(Exact::is_negative))
        .map(|(name, _)| Finding::new(Code::NegativeFact, format!("/{name}"), []))
        .collect();
        if self.full_time_year_hours.as_ref().is_some_and(|hours| !hours.is_positive()) {
            found.push(Finding::new(Code::NotPositive, "/fullTimeYearHours", []));
        }
        if self.period.is_some_and(|period| period.until < period.from) {
            found.push(Finding::new(Code::PeriodReversed, "/period", []));
        }
        let mut seen = BTreeSet::new();
        for (index, bonus) in self.bonuses.iter().enumerate() {
            if !seen.insert(bonus) {
                found.push(Finding::new(
                    Code::DuplicateCode,
                    format!("/bonuses/{index}"),
                    [shortened(bonus)],
                ));
            }
        }
        found
    }
}

/// As much of a text as is repeated in a finding.
pub(super) fn shortened(text: &str) -> String {
    text.chars().take(64).collect()
}
