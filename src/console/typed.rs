//! Numbers, amounts, days and moments as people here type them, read into what the API takes.

use chrono::{LocalResult, NaiveDate, NaiveDateTime, TimeZone};
use chrono_tz::Europe::Amsterdam;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::language::Language;

/// The number with a point for its decimals and nothing between its thousands. A mark that could be either is read
/// as the language of the page has it, and a number that is grouped wrongly is left for the service to refuse.
pub(super) fn decimal(text: &str, language: Language) -> String {
    let text: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '€' | '%')).collect();
    let (group, point) = match language {
        Language::Dutch => ('.', ','),
        Language::English => (',', '.'),
    };
    let (whole, decimals) = text.split_once(point).map_or((text.as_str(), None), |(w, d)| (w, Some(d)));
    let Some(whole) = ungrouped(whole, group) else { return text };
    match decimals {
        None => whole,
        Some(decimals) if decimals.chars().all(|c| c.is_ascii_digit()) => format!("{whole}.{decimals}"),
        Some(_) => text,
    }
}

/// The whole part without the marks between its thousands; none when they stand elsewhere.
fn ungrouped(whole: &str, group: char) -> Option<String> {
    let mut parts = whole.split(group);
    let first = parts.next()?;
    let digits = first.strip_prefix('-').unwrap_or(first);
    let rest: Vec<&str> = parts.collect();
    let numeric = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let fits = numeric(digits)
        && (rest.is_empty() || digits.len() <= 3)
        && rest.iter().all(|part| part.len() == 3 && numeric(part));
    fits.then(|| format!("{first}{}", rest.concat()))
}

/// The euros in whole cents; none for a part of a cent.
pub(super) fn cents(euros: &str) -> Option<i64> {
    let cents = euros.parse::<Decimal>().ok()?.checked_mul(Decimal::ONE_HUNDRED)?;
    cents.is_integer().then(|| cents.to_i64()).flatten()
}

/// The day; none for what is no day.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    ["%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y"].iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok())
}

/// The moment with its offset, of a time as the clock in Amsterdam shows it; none for a time that no clock shows.
pub(super) fn moment(text: &str) -> Option<String> {
    let forms = ["%d-%m-%Y %H:%M", "%d-%m-%Y, %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"];
    let local = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())?;
    match Amsterdam.from_local_datetime(&local) {
        LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => Some(moment.to_rfc3339()),
        LocalResult::None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_in_a_number_is_read_as_the_page_writes_it() {
        for (text, dutch, english) in [
            ("1.250", "1250", "1.250"),
            ("1,250", "1.250", "1250"),
            ("€ 1.000.000", "1000000", "1.000.000"),
            ("12,5", "12.5", "12,5"),
            ("1.25.0", "1.25.0", "1.25.0"),
            ("acht", "acht", "acht"),
        ] {
            assert_eq!(decimal(text, Language::Dutch), dutch, "{text}");
            assert_eq!(decimal(text, Language::English), english, "{text}");
        }
    }
}
