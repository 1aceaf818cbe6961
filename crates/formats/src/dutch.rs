//! Days and amounts in a document, as a Dutch reader writes them.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use trede_rules::explaining::Language;

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// The name of the month of a day: `mei`.
#[must_use]
pub fn month(day: NaiveDate) -> &'static str {
    usize::try_from(day.month0()).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default()
}

/// A day, such as `15 mei 2026`.
#[must_use]
pub fn day(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), month(day), day.year())
}

/// An amount in euros, such as `€ 1.250.000,50`; below zero with a minus sign before the digits.
#[must_use]
pub fn euros(amount: Decimal) -> String {
    format!("€ {}", Language::Dutch.localised(&format!("{amount:.2}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_month_has_its_name() {
        for (day, text) in [("2026-01-01", "1 januari 2026"), ("2026-05-15", "15 mei 2026")] {
            assert_eq!(super::day(day.parse().unwrap()), text);
        }
        assert_eq!(month("2027-12-31".parse().unwrap()), "december");
    }

    #[test]
    fn amounts_have_two_decimals_and_points_between_thousands() {
        assert_eq!(euros(Decimal::new(125_000_050, 2)), "€ 1.250.000,50");
        assert_eq!(euros(Decimal::new(-5, 2)), "€ −0,05");
    }
}
