//! How much time counts: proration and the maximum counting of a block.
//!
//! Both are reckoned from the start of the placement, and a period counts for what its end has more than its
//! start. So a period that is split over entries counts for as much as it does whole.

use chrono::{Datelike, Days, Months, NaiveDate};
use rust_decimal::Decimal;

use super::block::MaximumCounting;
use trede_base::exact::Exact;
use trede_base::period::Period;

/// Which time of a placement counts.
pub(super) struct Clock {
    /// The first day that can count.
    pub start: NaiveDate,
    /// By weeks, else by calendar months.
    pub by_weeks: bool,
    /// How long the block counts.
    pub counts: Option<MaximumCounting>,
    /// The last day of wage-cost subsidy, where the block goes on counting during it.
    pub subsidy_until: Option<NaiveDate>,
}

/// Days of a year that count when it is reckoned in weeks: 52 weeks.
const DAYS_IN_52_WEEKS: i32 = 364;

/// Months in a year.
const MONTHS: i32 = 12;

impl Clock {
    /// The months of a period that count; none when its dates are out of all bounds.
    pub(super) fn months(&self, period: Period) -> Option<Exact> {
        let from = period.from.max(self.start);
        if period.until < from {
            return Some(Exact::ZERO);
        }
        let after = period.until.checked_add_days(Days::new(1))?;
        Some(self.counted_until(after)?.minus(&self.counted_until(from)?))
    }

    /// The months that count from the start until the day before `day`.
    fn counted_until(&self, day: NaiveDate) -> Option<Exact> {
        let elapsed = self.elapsed(day)?;
        let Some(MaximumCounting::Months(months)) = self.counts else { return Some(elapsed) };
        let maximum = Exact::from(Decimal::from(months));
        let within = elapsed.at_most(&maximum).clone();
        let Some(subsidised_until) = self.subsidy_until else { return Some(within) };
        let after_subsidy = subsidised_until.checked_add_days(Days::new(1))?;
        let beyond = self.elapsed(day.min(after_subsidy))?.minus(&maximum);
        Some(within.plus(beyond.at_least(&Exact::ZERO)))
    }

    fn elapsed(&self, day: NaiveDate) -> Option<Exact> {
        if day <= self.start {
            return Some(Exact::ZERO);
        }
        if self.by_weeks {
            return weeks_as_months(self.start, day);
        }
        Some(place_in_months(day).minus(&place_in_months(self.start)))
    }
}

/// A day as a number of months: the days before it over the days of its month.
fn place_in_months(day: NaiveDate) -> Exact {
    let whole = Exact::from(Decimal::from(day.year()))
        .times(&Exact::from(MONTHS))
        .plus(&Exact::from(Decimal::from(day.month0())));
    let days = Exact::from(Decimal::from(day.num_days_in_month()));
    let part = Exact::from(Decimal::from(day.day0())).over(&days).unwrap_or_default();
    whole.plus(&part)
}

/// Weeks over 52, at most 1 in each year of the placement, as months of a twelfth of a year.
fn weeks_as_months(start: NaiveDate, day: NaiveDate) -> Option<Exact> {
    let years = day.years_since(start)?;
    let year_began = start.checked_add_months(Months::new(years.checked_mul(12)?))?;
    let days = Exact::from(Decimal::from((day - year_began).num_days()));
    let part = days.over(&Exact::from(DAYS_IN_52_WEEKS))?;
    let counted = Exact::from(Decimal::from(years)).plus(part.at_most(&Exact::ONE));
    Some(counted.times(&Exact::from(MONTHS)))
}
