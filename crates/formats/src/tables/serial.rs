//! Days as a workbook stores them: the number of days since the beginning of its calendar.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::content::Content;
use super::faults::Fault;

/// The seconds of a day.
const SECONDS: u32 = 86_400;

/// From which day a workbook counts (Office Open XML, §18.17.4.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Calendar {
    /// Day 1 is 1 January 1900; day 60 is a 29 February 1900 that never was.
    #[default]
    Of1900,
    /// Day 0 is 1 January 1904.
    Of1904,
}

impl Calendar {
    /// The day, with its time where it has one, that is stored as a number.
    pub(super) fn content(self, number: Decimal) -> Content {
        self.moment(number).unwrap_or_else(|| {
            Content::Unreadable(Fault::NoDay, number.normalize().to_string().replace('.', ","))
        })
    }

    fn moment(self, number: Decimal) -> Option<Content> {
        let days = number.trunc();
        // To the second, as the finest format shows it.
        let seconds = (number - days)
            .checked_mul(Decimal::from(SECONDS))?
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
            .to_u32()?;
        let days = days.to_u64()?;
        // A moment before midnight is of the day before, however close.
        let seconds = seconds.min(SECONDS - 1);
        let (start, since) = match (self, days) {
            (Self::Of1904, days) => (NaiveDate::from_ymd_opt(1904, 1, 1)?, days),
            (Self::Of1900, 0 | 60) => return None,
            (Self::Of1900, 1..60) => (NaiveDate::from_ymd_opt(1899, 12, 31)?, days),
            (Self::Of1900, _) => (NaiveDate::from_ymd_opt(1899, 12, 30)?, days),
        };
        let day = start.checked_add_days(Days::new(since))?;
        if seconds == 0 {
            return Some(Content::Day(day));
        }
        let moment = day.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::seconds(seconds.into()))?;
        Some(Content::Moment(moment))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_spreadsheets_count_them() {
        let day = |calendar: Calendar, number: &str| match calendar.content(number.parse().unwrap()) {
            Content::Day(day) => day.to_string(),
            Content::Moment(moment) => moment.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(day(Calendar::Of1900, "46419"), "2027-02-01");
        assert_eq!(day(Calendar::Of1900, "61"), "1900-03-01");
        assert_eq!(day(Calendar::Of1900, "59"), "1900-02-28");
        assert_eq!(day(Calendar::Of1904, "44957"), "2027-02-01");
        assert_eq!(day(Calendar::Of1900, "46419.99998842592"), "2027-02-01 23:59:59");
        assert_eq!(day(Calendar::Of1900, "46419.9999999999"), "2027-02-01 23:59:59");
        assert_eq!(day(Calendar::Of1900, "46419.0000000001"), "2027-02-01", "noise below a second");
        for number in ["60", "0", "0.5", "-3", "99999999999999"] {
            assert!(day(Calendar::Of1900, number).contains("NoDay"), "{number}");
        }
    }
}
