//! A calendar month: what a counting period needs, and too little to be somebody's date of birth.

use std::fmt;

/// Months of a year, and so of a reference year (peiljaar).
pub const MONTHS_PER_YEAR: u32 = 12;

/// The years in which a month can lie: a wider range holds typing errors only.
const YEARS: std::ops::RangeInclusive<i32> = 1950..=2200;

/// A calendar month, written `2025-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Months since January of the year 0.
    since_zero: i32,
}

impl Month {
    /// Reads a month as it is written, such as `2025-01`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        let (year, month): (i32, i32) = (year.parse().ok()?, month.parse().ok()?);
        (YEARS.contains(&year) && (1..=12).contains(&month))
            .then(|| Month { since_zero: year * 12 + month - 1 })
    }

    /// The month that comes `months` later.
    #[must_use]
    pub fn later(self, months: u32) -> Self {
        Month { since_zero: self.since_zero.saturating_add(i32::try_from(months).unwrap_or(i32::MAX)) }
    }

    /// How many of the twelve months that begin with this one lie between two others, both included; what is
    /// left open does not bound.
    #[must_use]
    pub fn months_within(self, from: Option<Month>, until: Option<Month>) -> u32 {
        let end = self.later(MONTHS_PER_YEAR - 1);
        let first = from.map_or(self, |from| from.max(self));
        let last = until.map_or(end, |until| until.min(end));
        u32::try_from(last.since_zero.saturating_sub(first.since_zero).saturating_add(1)).unwrap_or(0)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.since_zero.div_euclid(12), self.since_zero.rem_euclid(12) + 1)
    }
}
