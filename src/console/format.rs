//! Numbers, amounts, days and moments as people here write and read them.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Europe::Amsterdam;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use trede_formats::dutch;

use super::language::Language;

/// The number of the wire with the marks of the language; at most so many decimals, rounded half up, and without
/// zeros at its end.
pub(super) fn number(text: &str, decimals: u32, language: Language) -> String {
    let Ok(exact) = text.parse::<Decimal>() else { return text.to_owned() };
    let rounded =
        exact.round_dp_with_strategy(decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    marked(&rounded.normalize().to_string(), language)
}

/// The amount in euros: with cents, unless it is in whole euros.
pub(super) fn euros(text: &str, language: Language) -> String {
    let Ok(exact) = text.parse::<Decimal>() else { return text.to_owned() };
    let rounded = exact.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    let written =
        if rounded.fract().is_zero() { rounded.trunc().to_string() } else { format!("{rounded:.2}") };
    format!("€\u{a0}{}", marked(&written, language))
}

/// The whole cents as an amount in euros.
pub(super) fn euros_of_cents(text: &str, language: Language) -> String {
    let in_euros = |cents: Decimal| cents.checked_div(Decimal::ONE_HUNDRED);
    let euros_of = text.parse().ok().and_then(in_euros);
    euros_of.map_or_else(|| text.to_owned(), |amount| euros(&amount.to_string(), language))
}

fn marked(plain: &str, language: Language) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    format!("{sign}{}", language.of_the_rules().localised(digits))
}

/// The day in words.
pub(super) fn day(text: &str, language: Language) -> String {
    text.parse::<NaiveDate>().map_or_else(|_| text.to_owned(), |day| in_words(day, language))
}

fn in_words(day: NaiveDate, language: Language) -> String {
    let month = match language {
        Language::Dutch => dutch::month(day).to_owned(),
        Language::English => day.format("%B").to_string(),
    };
    format!("{}\u{a0}{month}\u{a0}{}", day.day(), day.year())
}

/// The month and year.
pub(super) fn month(text: &str, language: Language) -> String {
    let whole = day(text, language);
    whole.split_once('\u{a0}').map_or_else(|| whole.clone(), |(_, rest)| rest.to_owned())
}

/// The moment as the clock in Amsterdam showed it.
pub(super) fn moment(text: &str, language: Language) -> String {
    let Ok(moment) = text.parse::<DateTime<Utc>>() else { return text.to_owned() };
    let local = moment.with_timezone(&Amsterdam);
    format!("{}, {}", in_words(local.date_naive(), language), local.format("%H:%M"))
}

/// As [`day`], as a field of a form holds it.
pub(super) fn day_typed(text: &str) -> String {
    text.parse::<NaiveDate>().map_or_else(|_| text.to_owned(), |day| day.format("%d-%m-%Y").to_string())
}

/// As [`moment`], as a field of a form holds it.
pub(super) fn moment_typed(text: &str) -> String {
    let Ok(moment) = text.parse::<DateTime<Utc>>() else { return text.to_owned() };
    moment.with_timezone(&Amsterdam).format("%d-%m-%Y %H:%M").to_string()
}

/// As [`number`], as a field of a form holds it: every decimal.
pub(super) fn number_typed(text: &str, language: Language) -> String {
    if text.parse::<Decimal>().is_err() {
        return text.to_owned();
    }
    match language {
        Language::Dutch => text.replace('.', ","),
        Language::English => text.to_owned(),
    }
}

/// Which part of the whole it is, in thousandths between 0 and 1000: the length of a bar.
pub(super) fn thousandths(part: &str, whole: &str) -> u32 {
    let share = || {
        let (part, whole) = (part.parse::<Decimal>().ok()?, whole.parse::<Decimal>().ok()?);
        let share = part.checked_mul(Decimal::ONE_THOUSAND)?.checked_div(whole)?;
        share.round().clamp(Decimal::ZERO, Decimal::ONE_THOUSAND).to_u32()
    };
    share().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_does() {
        assert_eq!(euros("1250000.5", Language::Dutch), "€\u{a0}1.250.000,50");
        assert_eq!(euros("-945000", Language::English), "€\u{a0}-945,000");
        assert_eq!(number("0.6666666666666", 2, Language::Dutch), "0,67");
        assert_eq!(number("80.60", 2, Language::Dutch), "80,6");
        assert_eq!(number("n.v.t.", 2, Language::Dutch), "n.v.t.");
        assert_eq!(euros_of_cents("1850005", Language::Dutch), "€\u{a0}18.500,05");
    }

    #[test]
    fn moments_are_those_of_the_clock_in_amsterdam() {
        assert_eq!(moment("2026-10-15T10:00:00Z", Language::Dutch), "15\u{a0}oktober\u{a0}2026, 12:00");
        assert_eq!(moment_typed("2026-12-15T10:00:00Z"), "15-12-2026 11:00");
    }

    #[test]
    fn a_bar_is_never_longer_than_its_frame() {
        assert_eq!(thousandths("30.1", "40"), 752);
        assert_eq!(thousandths("50", "40"), 1000);
        assert_eq!(thousandths("-1", "40"), 0);
        assert_eq!(thousandths("1", "0"), 0);
    }
}
