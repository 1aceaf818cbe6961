//! Days as they are counted in the Netherlands.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Amsterdam;

/// The day of a moment in the Netherlands.
pub(super) fn dutch_day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Amsterdam).date_naive()
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
}
