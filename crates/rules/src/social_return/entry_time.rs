//! The time of an entry: which part of a full-time year it is.

use chrono::Months;

use super::SocialReturnFinding as Finding;
use super::block::MaximumCounting;
use super::condition::Conditions;
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
    /// By hours worked.
    Hours { hours: Exact, full_year: Exact },
}

impl Proportion {
    pub(super) fn of_year(&self) -> Exact {
        match self {
            Proportion::Months { hours, months } => hours.times(months).over(&Exact::from(12)),
            Proportion::Days { hours, days, full_year } => hours.times(days).over(full_year),
            Proportion::Hours { hours, full_year } => hours.over(full_year),
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
            Proration::HoursWorked => {
                let full_year = self.fact(&self.facts.full_time_year_hours, "fullTimeYearHours")?;
                let hours = self.counted_hours(&full_year)?;
                Ok(Proportion::Hours { hours, full_year })
            }
            Proration::CalendarMonths | Proration::Weeks => {
                let (hours, months) = self.months_and_hours(true)?;
                Ok(Proportion::Months { hours, months })
            }
        }
    }

    /// The hours factor (1 where hours do not matter) and the months that count.
    pub(super) fn months_and_hours(&mut self, by_hours: bool) -> Result<(Exact, Exact), Finding> {
        let by_hours = by_hours && !self.block.whatever_hours;
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

    /// The hours worked that still count, at most those of full time in the period.
    fn counted_hours(&mut self, full_year: &Exact) -> Result<Exact, Finding> {
        let counted = self.counted_quantity(full_year)?;
        if !self.policy.hours_capped || self.facts.period.is_none() {
            return Ok(counted);
        }
        let months = self.whole_period()?;
        let most = full_year.times(&months).over(&Exact::from(12)).unwrap_or_default();
        if counted <= most {
            return Ok(counted);
        }
        self.step(Rule::FullTimeHours, Terms::of([counted, full_year.clone(), months.clone()]), &most);
        self.counted.months = months;
        self.counted.quantity = most.clone();
        Ok(most)
    }

    /// Whether the block goes on counting while wage-cost subsidy runs.
    pub(super) fn counts_during_subsidy(&self) -> bool {
        self.block.counts_during_subsidy.unwrap_or(self.policy.counts_during_wage_cost_subsidy)
    }

    fn hours_factor(&mut self) -> Result<Exact, Finding> {
        let own = self.block.full_time.as_ref().or(self.policy.full_time.as_ref());
        let full_time = own.ok_or_else(|| silent("fullTime"))?;
        let (factor, terms, rule, capped_rule) = match full_time {
            FullTime::WeeklyHours(full) => {
                let hours = self.fact(&self.facts.hours_per_week, "hoursPerWeek")?;
                let most = self.block.most_hours.as_ref().unwrap_or(&hours);
                let hours = hours.at_most(most).clone();
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
        let whole = self.period()?;
        let by_weeks = matches!(self.proration()?, Proration::Weeks);
        let placed_on = self.facts.placement_started_on.unwrap_or(whole.from).min(whole.from);
        let contract_from = self.facts.contract_started_on.unwrap_or(placed_on);
        let last = self.facts.counts_within.map_or(whole.until, |within| within.until.min(whole.until));
        let period = Period { from: whole.from, until: last };
        if last < whole.until {
            self.notes.push(Finding::new(Code::OutsideContract, "/period", []));
        }
        let months = if self.started_too_early(placed_on, contract_from)? {
            self.notes.push(Finding::new(Code::StartedTooEarly, "/placementStartedOn", []));
            Exact::ZERO
        } else {
            let counts = self.maximum_counting();
            let subsidised =
                self.counts_during_subsidy() && matches!(counts, Some(MaximumCounting::Months(_)));
            let subsidy_until = self.facts.wage_cost_subsidy_until.filter(|_| subsidised);
            let clock = Clock { start: placed_on.max(contract_from), by_weeks, counts, subsidy_until };
            let months = clock.months(period).ok_or_else(out_of_bounds)?;
            self.less_taken_elsewhere(months, counts, subsidy_until.is_some())
        };
        self.step(Rule::MonthsCounted, Terms::of([months.clone()]), &months);
        self.counted.months = months.clone();
        self.counted.by_calendar = true;
        self.counted.in_time = true;
        Ok(months)
    }

    /// Months of the maximum that were counted under other contracts, or in another unit, are gone.
    fn less_taken_elsewhere(
        &mut self,
        months: Exact,
        counts: Option<MaximumCounting>,
        subsidised: bool,
    ) -> Exact {
        let taken = &self.taken.months_elsewhere;
        let Some(MaximumCounting::Months(most)) = counts.filter(|_| !taken.is_zero() && !subsidised) else {
            return months;
        };
        let most = Exact::from(rust_decimal::Decimal::from(most));
        let left = most.minus(taken).at_least(&Exact::ZERO).minus(&self.taken.months_here);
        let counted = months.at_most(left.at_least(&Exact::ZERO)).clone();
        self.step(Rule::Limited, Terms::of([months, most, taken.plus(&self.taken.months_here)]), &counted);
        counted
    }

    /// Which part of the period lies within the time that counts, by its days; all of what has no period.
    pub(super) fn part_inside(&self) -> Exact {
        let (Some(period), Some(within)) = (self.facts.period, self.facts.counts_within) else {
            return Exact::ONE;
        };
        let days = |from: chrono::NaiveDate, until: chrono::NaiveDate| {
            Exact::from(rust_decimal::Decimal::from(((until - from).num_days() + 1).max(0)))
        };
        let inside = days(period.from.max(within.from), period.until.min(within.until));
        inside.over(&days(period.from, period.until)).unwrap_or_default()
    }

    /// As much of a quantity or amount as lies within the time that counts.
    pub(super) fn inside(&mut self, number: Exact) -> Exact {
        let part = self.part_inside();
        if part == Exact::ONE {
            return number;
        }
        let inside = number.times(&part);
        self.notes.push(Finding::new(Code::OutsideContract, "/period", []));
        self.step(Rule::WithinContract, Terms::of([number, part]), &inside);
        inside
    }

    /// Why the entry counts for nothing, where a condition of its block is not met.
    pub(super) fn unmet(&self) -> Result<Option<Finding>, Finding> {
        let (block, facts) = (self.block, self.facts);
        let told = |code, place: &str| Some(Finding::new(code, place, [block.code.clone()]));
        if let Some(window) = block.window {
            let ended = facts.benefit_ended_on.ok_or_else(|| missing("benefitEndedOn"))?;
            let started = facts.placement_started_on.or(facts.period.map(|period| period.from));
            let started = started.ok_or_else(|| missing("period"))?;
            let latest =
                window.within_months.and_then(|months| ended.checked_add_months(Months::new(months)));
            if latest.is_some_and(|latest| latest < started) || (window.after && started <= ended) {
                return Ok(told(Code::OutsideBenefitWindow, "/benefitEndedOn"));
            }
        }
        if let Some(least) = &block.least_hours {
            let hours = self.fact(&facts.hours_per_week, "hoursPerWeek")?;
            if hours < *least {
                return Ok(told(Code::TooFewHours, "/hoursPerWeek"));
            }
        }
        self.unmet_of(&block.conditions, &block.code)
    }

    /// Which of the conditions of a block or bonus is not met.
    pub(super) fn unmet_of(&self, conditions: &Conditions, code: &str) -> Result<Option<Finding>, Finding> {
        let facts = self.facts;
        let told = |finding, place: &str| Some(Finding::new(finding, place, [code.to_owned()]));
        let months_of = |months: u32| Exact::from(rust_decimal::Decimal::from(months));
        if conditions.agreed_beforehand {
            let agreed = facts.agreed_on.ok_or_else(|| missing("agreedOn"))?;
            if facts.period.is_some_and(|period| period.from < agreed) {
                return Ok(told(Code::AgreedAfterwards, "/agreedOn"));
            }
        }
        if let Some(least) = conditions.after_internship_months {
            let months = self.fact(&facts.internship_months, "internshipMonths")?;
            if months < months_of(least) {
                return Ok(told(Code::InternshipTooShort, "/internshipMonths"));
            }
        }
        if let Some(least) = conditions.least_months
            && self.placement_months()? < months_of(least)
        {
            return Ok(told(Code::PlacementTooShort, "/period"));
        }
        Ok(None)
    }

    /// How long the placement takes, from its first day until the last that is accounted for.
    fn placement_months(&self) -> Result<Exact, Finding> {
        let period = self.period()?;
        let from = self.facts.placement_started_on.unwrap_or(period.from).min(period.from);
        let until = self.facts.placement_ended_on.unwrap_or(period.until).max(period.until);
        let clock = Clock { start: from, by_weeks: false, counts: None, subsidy_until: None };
        clock.months(Period { from, until }).ok_or_else(out_of_bounds)
    }

    fn started_too_early(
        &self,
        placed_on: chrono::NaiveDate,
        contract_from: chrono::NaiveDate,
    ) -> Result<bool, Finding> {
        if placed_on >= contract_from {
            return Ok(false);
        }
        let months = self.block.look_back_months.or(self.policy.look_back_months);
        let months = months.ok_or_else(|| silent("lookBackMonths"))?;
        let earliest = contract_from.checked_sub_months(Months::new(months));
        Ok(earliest.is_some_and(|earliest| placed_on < earliest))
    }
}

fn out_of_bounds() -> Finding {
    Finding::new(Code::PeriodReversed, "/period", [])
}
