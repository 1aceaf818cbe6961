//! What a later cost is worth today (contante waarde): by compound interest, or by simple interest within a year.

use rust_decimal::Decimal;

use super::life_cycle_cost::{PartOfYear, whole};
use crate::explaining::{Rule, Terms};
use trede_base::exact::{Exact, Growth};

/// The periods of a life cycle and the interest over them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discounting {
    periods: Periods,
    rate_percent: Decimal,
    interest: Interest,
    /// How (1 + r) grows by day and by month; none for a rate that takes everything.
    by_day: Option<Growth>,
    by_month: Option<Growth>,
}

/// The periods of a life cycle; a cost falls at the end of its period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Periods {
    /// Whole years.
    Years(u32),
    /// Periods of so many days; a year has 365.
    Days(Vec<u32>),
    /// Periods of so many months.
    Months(Vec<u32>),
}

/// How interest is counted over a part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interest {
    /// (1 + r)^(d/365), rounded to 20 decimals.
    Compound,
    /// 1 + r·d/365 in each period; over whole years it is compound all the same. The Ukrainian energy service
    /// contracts count so.
    Simple,
}

type Tell<'a> = &'a mut dyn FnMut(Rule, Terms, Exact);

impl Discounting {
    /// Discounting over these periods at a rate in percent a year.
    #[must_use]
    pub fn new(periods: Periods, rate_percent: Decimal, interest: Interest) -> Self {
        let growth = |degree| Growth::new(yearly_factor(rate_percent), degree);
        let (by_day, by_month) = (growth(365), growth(12));
        Discounting { periods, rate_percent, interest, by_day, by_month }
    }

    /// Whole years.
    #[must_use]
    pub fn yearly(years: u32, rate_percent: Decimal) -> Self {
        Self::new(Periods::Years(years), rate_percent, Interest::Compound)
    }

    /// The rate r in percent a year.
    #[must_use]
    pub fn rate_percent(&self) -> Decimal {
        self.rate_percent
    }

    /// How interest is counted over a part of a year.
    #[must_use]
    pub fn interest(&self) -> Interest {
        self.interest
    }

    /// How many periods there are.
    #[must_use]
    pub fn count(&self) -> usize {
        match &self.periods {
            Periods::Years(years) => usize::try_from(*years).unwrap_or(0),
            Periods::Days(parts) | Periods::Months(parts) => parts.len(),
        }
    }

    /// The periods.
    #[must_use]
    pub fn periods(&self) -> &Periods {
        &self.periods
    }

    /// How long a period is; none for a whole year.
    #[must_use]
    pub fn length(&self, period: usize) -> Option<PartOfYear> {
        match &self.periods {
            Periods::Years(_) => None,
            Periods::Days(days) => days.get(period).copied().map(PartOfYear::Days),
            Periods::Months(months) => months.get(period).copied().map(PartOfYear::Months),
        }
    }

    /// The present value of a cost at the end of a period. `rule` tells it for whole years; `factors` are those of
    /// [`Discounting::factors`].
    pub(super) fn at_end_of(
        &self,
        period: usize,
        cost: &Exact,
        rule: Rule,
        factors: &[Exact],
        tell: Tell<'_>,
    ) -> Exact {
        match (&self.periods, self.interest) {
            (Periods::Years(_), _) => {
                let years = u32::try_from(period).unwrap_or(u32::MAX).saturating_add(1);
                let value = over_years(cost, &yearly_factor(self.rate_percent), years);
                let terms = Terms::of([cost.clone(), self.rate_percent.into(), whole(years)]);
                tell(rule, terms, value.clone());
                value
            }
            (Periods::Days(parts) | Periods::Months(parts), Interest::Compound) => {
                let passed = parts.iter().take(period.saturating_add(1)).sum();
                let time = match &self.periods {
                    Periods::Months(_) => PartOfYear::Months(passed),
                    _ => PartOfYear::Days(passed),
                };
                self.after(time, cost, tell)
            }
            (Periods::Days(_) | Periods::Months(_), Interest::Simple) => {
                by_factor(cost, factors.get(period).cloned().unwrap_or(Exact::ONE), tell)
            }
        }
    }

    /// The factor at the end of each period by simple interest, told once for all costs; none for other interest.
    pub(super) fn factors(&self, tell: Tell<'_>) -> Vec<Exact> {
        let parts = match (&self.periods, self.interest) {
            (Periods::Days(parts) | Periods::Months(parts), Interest::Simple) => parts,
            (Periods::Years(_) | Periods::Days(_) | Periods::Months(_), _) => return Vec::new(),
        };
        let mut factors: Vec<Exact> = Vec::with_capacity(parts.len());
        for period in 0..parts.len() {
            let before = factors.last().cloned().unwrap_or(Exact::ONE);
            let Some(part) = self.length(period) else { continue };
            factors.push(self.simple(&before, part, tell));
        }
        factors
    }

    /// The present value of a cost that falls so long after the start.
    pub(super) fn after(&self, time: PartOfYear, cost: &Exact, tell: Tell<'_>) -> Exact {
        if self.interest == Interest::Simple {
            let (years, rest) = (time.count() / time.in_a_year(), time.count() % time.in_a_year());
            let rate = Exact::from(self.rate_percent);
            let grown = (0..years).fold(Exact::ONE, |f, _| f.times(&yearly_factor(self.rate_percent)));
            tell(Rule::WholeYearFactor, Terms::of([rate, whole(years)]), grown.clone());
            let rest = match time {
                PartOfYear::Days(_) => PartOfYear::Days(rest),
                PartOfYear::Months(_) => PartOfYear::Months(rest),
            };
            let factor = if rest.count() == 0 { grown } else { self.simple(&grown, rest, tell) };
            return by_factor(cost, factor, tell);
        }
        let (growth, rule) = match time {
            PartOfYear::Days(_) => (&self.by_day, Rule::PresentValueByDay),
            PartOfYear::Months(_) => (&self.by_month, Rule::PresentValueByMonth),
        };
        let factor = growth.as_ref().map_or(Exact::ONE, |growth| growth.after(time.count()));
        let value = cost.over(&factor).unwrap_or_default().simplified();
        let terms = Terms::of([cost.clone(), self.rate_percent.into(), whole(time.count())]);
        tell(rule, terms, value.clone());
        value
    }

    /// The factor after one part of a year more, by simple interest.
    fn simple(&self, before: &Exact, part: PartOfYear, tell: Tell<'_>) -> Exact {
        let (rule, rate) = match part {
            PartOfYear::Days(_) => (Rule::SimpleFactorByDay, self.rate_percent),
            PartOfYear::Months(_) => (Rule::SimpleFactorByMonth, self.rate_percent),
        };
        let (rate, count) = (Exact::from(rate), whole(part.count()));
        let interest = rate.times(&count).over(&whole(part.in_a_year())).unwrap_or_default();
        let interest = interest.over(&Exact::HUNDRED).unwrap_or_default().simplified();
        let factor = before.times(&Exact::ONE.plus(&interest)).simplified();
        tell(rule, Terms::of([before.clone(), rate, count]), factor.clone());
        factor
    }
}

/// 1 + r.
fn yearly_factor(rate_percent: Decimal) -> Exact {
    let rate = Exact::from(rate_percent).over(&Exact::HUNDRED).unwrap_or_default();
    Exact::ONE.plus(&rate.simplified())
}

fn over_years(cost: &Exact, factor: &Exact, years: u32) -> Exact {
    (0..years).fold(cost.clone(), |value, _| value.over(factor).unwrap_or_default()).simplified()
}

fn by_factor(cost: &Exact, factor: Exact, tell: Tell<'_>) -> Exact {
    let value = cost.over(&factor).unwrap_or_default().simplified();
    tell(Rule::PresentValueByFactor, Terms::of([cost.clone(), factor]), value.clone());
    value
}
