//! What an entry counts for, step by step, with one rounding at the end.

use super::block::{Block, InvoiceRecognition, MaximumCounting, Measure};
use super::bonus_value::BonusTaken;
use super::entry::EntryFacts;
use super::entry_time::Proportion;
use super::finding::FindingCode as Code;
use super::obligation::{missing, silent};
use super::policy::Policy;
use super::rule::Rule;
use super::together::Taken;
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
    /// What it takes of the maxima that it shares with other entries.
    pub counted: Counted,
}

/// What an entry takes of the maxima that it shares with others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Months that count, by the calendar or as the quantity makes up.
    pub months: Exact,
    /// Whether those months are told by the calendar.
    pub by_calendar: bool,
    /// Whether it is reckoned in time at all, and so takes of the maximum counting of its block.
    pub in_time: bool,
    /// The quantity that counts.
    pub quantity: Exact,
    /// What the block alone counts for, in euros.
    pub block: Exact,
    /// What the effort is worth before the bounds of its block, in euros.
    pub effort: Exact,
    /// What it counts for within those bounds, in euros.
    pub within: Exact,
    /// The bonuses that count, by their code.
    pub(super) bonuses: std::collections::BTreeMap<String, BonusTaken>,
}

/// Computes what an entry counts for under a policy, by itself.
///
/// # Errors
/// What the policy does not say, what is not known of the entry, or what cannot be.
pub fn value_of(policy: &Policy, facts: &EntryFacts) -> Result<EntryValue, Vec<SocialReturnFinding>> {
    value_after(policy, facts, &Taken::default())
}

/// Computes what an entry counts for when other entries took a part of its maxima.
pub(super) fn value_after(
    policy: &Policy,
    facts: &EntryFacts,
    taken: &Taken,
) -> Result<EntryValue, Vec<SocialReturnFinding>> {
    let found = facts.errors();
    if !found.is_empty() {
        return Err(found);
    }
    let block = policy
        .block(&facts.block)
        .ok_or_else(|| vec![Finding::new(Code::UnknownBlock, "/block", [shortened(&facts.block)])])?;
    let (measure, per_year) = block.unit(facts.unit.as_deref()).ok_or_else(|| {
        let unit = facts.unit.as_deref().unwrap_or_default();
        vec![Finding::new(Code::UnknownUnit, "/unit", [block.code.clone(), shortened(unit)])]
    })?;
    let counted = Counted::default();
    let notes = Vec::new();
    let mut valuer =
        Valuer { policy, facts, block, measure, per_year, taken, steps: Vec::new(), notes, counted };
    let exact = valuer.value().map_err(|finding| vec![finding])?;
    let cents = whole_cents(&exact).ok_or_else(|| vec![Finding::new(Code::TooLarge, "", [])])?;
    valuer.step(Rule::ToTheCent, Terms::of([exact.clone()]), &exact.rounded(2, Half::Up));
    Ok(EntryValue { cents, exact, steps: valuer.steps, notes: valuer.notes, counted: valuer.counted })
}

/// What a block counts for, and which part of a full-time year that is where it is reckoned in time.
pub(super) struct Worth {
    pub euros: Exact,
    pub of_year: Option<Exact>,
}

pub(super) struct Valuer<'a> {
    pub policy: &'a Policy,
    pub facts: &'a EntryFacts,
    pub block: &'a Block,
    /// In which unit the entry is given, and how many of it make a year.
    pub measure: &'a Measure,
    pub per_year: Option<&'a Exact>,
    pub taken: &'a Taken,
    pub steps: Vec<SocialReturnStep>,
    pub notes: Vec<SocialReturnFinding>,
    pub counted: Counted,
}

impl<'a> Valuer<'a> {
    pub(super) fn step(&mut self, rule: Rule, terms: Terms, result: &Exact) {
        self.steps.push(Step { rule, terms, result: result.simplified() });
    }

    fn value(&mut self) -> Result<Exact, Finding> {
        if let Some(why) = self.unmet()? {
            self.notes.push(why);
            return Ok(Exact::ZERO);
        }
        let worth = self.worth()?;
        let (worth, whole) = self.within_counting_limits(worth);
        let block = self.within_bounds(&worth.euros, whole);
        self.counted.within = block.clone();
        let worth = Worth { euros: block.clone(), ..worth };
        let mut parts = vec![block.clone()];
        parts.extend(self.bonuses(&worth)?);
        let total = Exact::sum(&parts);
        if parts.len() > 1 {
            self.step(Rule::EntryValue, Terms::list(parts), &total);
        }
        let bonuses = total.minus(&block);
        let within = self.within_euro_limits(&self.within_months_in_cents(&block, total));
        self.counted.block = within.minus(&bonuses).at_least(&Exact::ZERO).clone();
        Ok(within)
    }

    fn worth(&mut self) -> Result<Worth, Finding> {
        match self.measure {
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
            Measure::Hour(euros)
            | Measure::Day(euros)
            | Measure::HalfDay(euros)
            | Measure::Week(euros)
            | Measure::Piece(euros) => self.by_unit(euros),
            Measure::Placement(amount) | Measure::Internship(amount) => self.once(amount),
            Measure::DayAtMost(euros) => {
                let days = self.quantity()?;
                let spent = self.euros()?;
                self.counted.quantity = days.clone();
                let worth = spent.at_most(&euros.times(&days)).clone();
                self.step(Rule::DayAtMost, Terms::of([spent, euros.clone(), days]), &worth);
                Ok(Worth { euros: worth, of_year: None })
            }
            Measure::Invoice(recognition) => self.invoice(recognition),
            Measure::ActualCost(factor) if *factor != Exact::ONE => {
                let cost = self.euros()?;
                let worth = cost.times(factor);
                self.step(Rule::CostFactor, Terms::of([cost, factor.clone()]), &worth);
                Ok(Worth { euros: worth, of_year: None })
            }
            Measure::ActualCost(_) | Measure::Agreed => self.spent(),
        }
    }

    /// An amount for each hour, day, half day, week or piece.
    fn by_unit(&mut self, amount: &super::block::Amount) -> Result<Worth, Finding> {
        let euros = &self.amount(amount)?;
        let Some(per_year) = self.per_year else {
            let quantity = self.quantity()?;
            self.counted.quantity = quantity.clone();
            return Ok(Worth { euros: self.by_quantity(euros, &quantity), of_year: None });
        };
        let quantity = self.counted_quantity(per_year)?;
        let worth = self.by_quantity(euros, &quantity);
        Ok(Worth { euros: worth, of_year: quantity.over(per_year) })
    }

    /// An amount that counts once for a candidate.
    fn once(&mut self, amount: &super::block::Amount) -> Result<Worth, Finding> {
        let euros = self.amount(amount)?;
        if self.taken.is_paid_once {
            let details = [self.block.code.clone()];
            self.notes.push(Finding::new(Code::CountedBefore, "/block", details));
            return Ok(Worth { euros: Exact::ZERO, of_year: None });
        }
        let inside = self.part_inside();
        let worth = if inside.is_zero() { Exact::ZERO } else { euros.clone() };
        self.counted.quantity = if worth.is_zero() { Exact::ZERO } else { Exact::ONE };
        self.step(Rule::OnceBlock, Terms::of([euros]), &worth);
        Ok(Worth { euros: worth, of_year: None })
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
            Proportion::Hours { hours, full_year } => {
                self.step(Rule::HoursBlock, Terms::of([euros.clone(), hours, full_year]), &worth);
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
            InvoiceRecognition::WagePart(factor) if *factor == Exact::ONE => return self.spent(),
            InvoiceRecognition::WagePart(factor) => factor.clone(),
            InvoiceRecognition::Share(share) => share.clone(),
            InvoiceRecognition::ByRegister => {
                let register = self.facts.register.as_ref().ok_or_else(|| missing("register"))?;
                let known = self.policy.invoice_shares.iter().find(|row| row.register == *register);
                let details = [shortened(register)];
                known.ok_or_else(|| Finding::new(Code::UnknownRegister, "/register", details))?.share.clone()
            }
        };
        let invoice = self.euros()?;
        let worth = invoice.times(&share);
        self.step(Rule::InvoiceShare, Terms::of([invoice, share]), &worth);
        Ok(Worth { euros: worth, of_year: None })
    }

    fn spent(&mut self) -> Result<Worth, Finding> {
        let euros = self.euros()?;
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

    /// The quantity, as far as its period lies within the time that counts.
    pub(super) fn quantity(&mut self) -> Result<Exact, Finding> {
        let quantity = self.fact(&self.facts.quantity, "quantity")?;
        Ok(self.inside(quantity))
    }

    /// The amount, as far as its period lies within the time that counts.
    fn euros(&mut self) -> Result<Exact, Finding> {
        let euros = self.fact(&self.facts.euros, "amount")?;
        Ok(self.inside(euros))
    }

    /// The quantity that still counts, where the block counts for so many months of `a_year` each twelve.
    pub(super) fn counted_quantity(&mut self, a_year: &Exact) -> Result<Exact, Finding> {
        let quantity = self.quantity()?;
        let twelfth = a_year.over(&Exact::from(12)).unwrap_or_default();
        let counted = match self.maximum_counting() {
            Some(MaximumCounting::Months(months)) => {
                let maximum = twelfth.times(&Exact::from(rust_decimal::Decimal::from(months)));
                let told = self.facts.earlier_quantity.clone().unwrap_or_default();
                let earlier = told.at_least(&self.taken.months().times(&twelfth)).clone();
                let until_now = earlier.plus(&quantity);
                let counted = until_now.at_most(&maximum).minus(earlier.at_most(&maximum));
                self.step(Rule::QuantityCounted, Terms::of([quantity, earlier, maximum]), &counted);
                counted
            }
            _ => quantity,
        };
        self.counted.in_time = true;
        self.counted.months = counted.over(&twelfth).unwrap_or_default();
        self.counted.quantity = counted.clone();
        Ok(counted)
    }

    /// How long the block counts; that nothing was published is told.
    pub(super) fn maximum_counting(&mut self) -> Option<MaximumCounting> {
        if self.block.counts.is_none() {
            self.notes.push(Finding::new(Code::NoMaximum, "/block", [self.block.code.clone()]));
        }
        self.block.counts
    }
}

/// As much of a text as is repeated in a finding.
pub(super) fn shortened(text: &str) -> String {
    text.chars().take(64).collect()
}
