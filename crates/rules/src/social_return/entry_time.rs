//! The time of an entry: which part of a full-time year it is.

use chrono::Months;

use super::SocialReturnFinding as Finding;
use super::block::MaximumCounting;
use super::counting::Clock;
use super::entry_value::Valuer;
use super::finding::FindingCode as Code;
use super::obligation::{missing, silent};
use super::policy::{FullTime, Proration};
use super::rule::Rule;
use crate::explaining::Terms;
use trede_base::exact::Exact;
use trede_base::period::Period;

/// Which part of a full-time year an entry is.
pub(super) enum Proportion {
    /// By months and the hours factor.
    Months { hours: Exact, months: Exact },
    /// By days worked and the hours factor.
    Days { hours: Exact, days: Exact, full_year: Exact },
}

impl Proportion {
    pub(super) fn of_year(&self) -> Exact {
        match self {
            Proportion::Months { hours, months } => hours.times(months).over(&Exact::from(12)),
            Proportion::Days { hours, days, full_year } => hours.times(days).over(full_year),
        }
        .unwrap_or_default()
    }
}

impl Valuer<'_> {
    pub(super) fn of_full_time_year(&mut self) -> Result<Proportion, Finding> {
        match self.proration()?.clone() {
            Proration::DaysWorked { full_year, by_hours } => {
                let hours = if by_hours { self.hours_factor()? } else { Exact::ONE };
                let days = self.counted_quantity(&full_year)?;
                Ok(Proportion::Days { hours, days, full_year })
            }
            Proration::CalendarMonths | Proration::Weeks => {
                let (hours, months) = self.months_and_hours(true)?;
                Ok(Proportion::Months { hours, months })
            }
        }
    }

    /// The hours factor (1 where hours do not matter) and the months that count.
    pub(super) fn months_and_hours(&mut self, by_hours: bool) -> Result<(Exact, Exact), Finding> {
        let hours = if by_hours { self.hours_factor()? } else { Exact::ONE };
        let months = self.counted_months()?;
        Ok((hours, months))
    }

    fn proration(&self) -> Result<&Proration, Finding> {
        let own = self.block.proration.as_ref().or(self.policy.proration.as_ref());
        own.ok_or_else(|| silent("proration"))
    }

    fn period(&self) -> Result<Period, Finding> {
        self.facts.period.ok_or_else(|| missing("period"))
    }

    fn hours_factor(&mut self) -> Result<Exact, Finding> {
        let full_time = self.policy.full_time.as_ref().ok_or_else(|| silent("fullTime"))?;
        let (factor, terms, rule, capped_rule) = match full_time {
            FullTime::WeeklyHours(full) => {
                let hours = self.fact(&self.facts.hours_per_week, "hoursPerWeek")?;
                let factor = hours.over(full);
                (factor, Terms::of([hours, full.clone()]), Rule::HoursFactor, Rule::HoursFactorCapped)
            }
            FullTime::ContractorYear => {
                let hours = self.fact(&self.facts.quantity, "quantity")?;
                let full = self.fact(&self.facts.full_time_year_hours, "fullTimeYearHours")?;
                let months = self.whole_period()?;
                let factor = hours.times(&Exact::from(12)).over(&full.times(&months));
                let terms = Terms::of([hours, full, months]);
                (factor, terms, Rule::YearHoursFactor, Rule::YearHoursFactorCapped)
            }
        };
        let factor = factor.ok_or_else(|| silent("fullTime"))?;
        if self.policy.hours_capped {
            let capped = factor.at_most(&Exact::ONE).clone();
            self.step(capped_rule, terms, &capped);
            return Ok(capped);
        }
        self.step(rule, terms, &factor);
        Ok(factor)
    }

    /// The months of the period, whether or not they count.
    fn whole_period(&self) -> Result<Exact, Finding> {
        let period = self.period()?;
        let by_weeks = matches!(self.proration()?, Proration::Weeks);
        let clock = Clock { start: period.from, by_weeks, counts: None, subsidy_until: None };
        clock.months(period).ok_or_else(out_of_bounds)
    }

    fn counted_months(&mut self) -> Result<Exact, Finding> {
        let period = self.period()?;
        let by_weeks = matches!(self.proration()?, Proration::Weeks);
        let placed_on = self.facts.placement_started_on.unwrap_or(period.from).min(period.from);
        let contract_from = self.facts.contract_started_on.unwrap_or(placed_on);
        let months = if self.started_too_early(placed_on, contract_from)? {
            self.notes.push(Finding::new(Code::StartedTooEarly, "/placementStartedOn", []));
            Exact::ZERO
        } else {
            let counts = self.maximum_counting();
            let subsidised = self.policy.counts_during_wage_cost_subsidy
                && matches!(counts, Some(MaximumCounting::Months(_)));
            let subsidy_until = self.facts.wage_cost_subsidy_until.filter(|_| subsidised);
            let clock = Clock { start: placed_on.max(contract_from), by_weeks, counts, subsidy_until };
            clock.months(period).ok_or_else(out_of_bounds)?
        };
        self.step(Rule::MonthsCounted, Terms::of([months.clone()]), &months);
        Ok(months)
    }

    fn started_too_early(
        &self,
        placed_on: chrono::NaiveDate,
        contract_from: chrono::NaiveDate,
    ) -> Result<bool, Finding> {
        if placed_on >= contract_from {
            return Ok(false);
        }
        let months = self.policy.look_back_months.ok_or_else(|| silent("lookBackMonths"))?;
        let earliest = contract_from.checked_sub_months(Months::new(months));
        Ok(earliest.is_some_and(|earliest| placed_on < earliest))
    }
}

fn out_of_bounds() -> Finding {
    Finding::new(Code::PeriodReversed, "/period", [])
}
