//! Days as they are counted in the Netherlands.

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::Amsterdam;

/// The day of a moment in the Netherlands.
pub(crate) fn dutch_day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Amsterdam).date_naive()
}

/// The first moment of a day in the Netherlands, where the clock is never put on at midnight.
#[must_use]
pub fn first_moment(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    Amsterdam
        .from_local_datetime(&midnight)
        .earliest()
        .map_or_else(|| midnight.and_utc(), |moment| moment.to_utc())
}

/// The first days of the months from that of one day up to and with that of another, and of the month after.
pub(crate) fn months(from: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
    let first = from.with_day(1).unwrap_or(from);
    let beginnings = (0..).map_while(|month| first.checked_add_months(Months::new(month)));
    let mut months: Vec<_> = beginnings.take_while(|day| *day <= until).collect();
    months.extend(months.last().and_then(|last| last.checked_add_months(Months::new(1))));
    months
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_at_dutch_midnight_is_on_the_dutch_day() {
        let summer = "2026-06-30T22:00:00Z".parse().unwrap();
        assert_eq!(dutch_day(summer), "2026-07-01".parse().unwrap());
        let winter = "2026-01-31T22:59:59Z".parse().unwrap();
        assert_eq!(dutch_day(winter), "2026-01-31".parse().unwrap());
    }

    #[test]
    fn a_day_begins_at_its_own_midnight_in_summer_and_in_winter() {
        for (day, moment) in [("2026-07-01", "2026-06-30T22:00:00Z"), ("2026-01-01", "2025-12-31T23:00:00Z")]
        {
            assert_eq!(first_moment(day.parse().unwrap()), moment.parse::<DateTime<Utc>>().unwrap());
        }
    }

    #[test]
    fn months_are_bounded_by_the_beginning_of_the_next() {
        let found = months("2026-11-15".parse().unwrap(), "2027-01-01".parse().unwrap());
        let expected = ["2026-11-01", "2026-12-01", "2027-01-01", "2027-02-01"];
        assert_eq!(found, expected.map(|day| day.parse().unwrap()));
    }
}
