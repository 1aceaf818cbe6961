//! What a cell holds, as the file says it: a workbook knows numbers, days and percentages from texts.

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::{Decimal, RoundingStrategy};
use trede_rules::explaining::Language;

use super::faults::Fault;

/// How many digits of a number a spreadsheet shows; what its cells hold behind them is noise of binary fractions.
const SHOWN_DIGITS: u32 = 15;
/// The most decimals, or zeros behind the digits, that an exact number can have here.
const MOST_PLACES: usize = 28;

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A number that is shown as a percentage: 5 for `5%`.
    Percent(Decimal),
    /// A day.
    Day(NaiveDate),
    /// A day with a time.
    Moment(NaiveDateTime),
    /// True or false.
    Truth(bool),
    /// Nothing that can be read, and why.
    Unreadable(Fault, String),
}

impl Content {
    /// Whether nothing stands in the cell.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The cell as it was written, at most so much of it as can be told.
    #[must_use]
    pub fn shown(&self, language: Language) -> String {
        let text = match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Unreadable(_, text) => text.trim().to_owned(),
            Self::Number(number) => shown_number(*number, language),
            Self::Percent(percent) => format!("{}%", shown_number(*percent, language)),
            Self::Day(day) => shown_day(*day, language),
            Self::Moment(moment) => {
                format!("{} {}", shown_day(moment.date(), language), moment.format("%H:%M:%S"))
            }
            Self::Truth(is) => is.to_string(),
        };
        if text.chars().count() <= 60 { text } else { text.chars().take(57).chain("...".chars()).collect() }
    }
}

fn shown_number(number: Decimal, language: Language) -> String {
    let text = number.normalize().to_string();
    match language {
        Language::Dutch => text.replace('.', ","),
        Language::English => text,
    }
}

/// A day in numbers, as a language writes it.
pub(super) fn shown_day(day: NaiveDate, language: Language) -> String {
    match language {
        Language::Dutch => day.format("%d-%m-%Y").to_string(),
        Language::English => day.format("%Y-%m-%d").to_string(),
    }
}

/// A number as a spreadsheet stores it (`0.30000000000000004`, `2.5E5`), rounded to the digits that are shown.
/// None where the text is no number or one that is out of reach.
pub(super) fn stored_number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (sign, digits) = mantissa.strip_prefix('-').map_or(("", mantissa), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{fraction}");
    if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let significant = all.trim_start_matches('0');
    // Far more digits than any program stores: what is cut off here is below what is rounded off next.
    let kept: String = significant.chars().take(25).collect();
    let cut = i32::try_from(significant.len().checked_sub(kept.len())?).ok()?;
    let scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?.checked_sub(cut)?;
    let digits: Decimal = if kept.is_empty() { Decimal::ZERO } else { kept.parse().ok()? };
    let rounded = digits.round_sf_with_strategy(SHOWN_DIGITS, RoundingStrategy::MidpointAwayFromZero)?;
    with_point(&rounded.normalize().to_string(), scale, sign)
}

/// Whole digits with so many decimals among them; more zeros behind them where that is below zero.
fn with_point(digits: &str, scale: i32, sign: &str) -> Option<Decimal> {
    let shown = digits.trim_end_matches('0');
    let zeros = i32::try_from(digits.len().checked_sub(shown.len())?).ok()?;
    let scale = if shown.is_empty() { 0 } else { scale.checked_sub(zeros)? };
    let places = usize::try_from(scale.unsigned_abs()).ok().filter(|places| *places <= MOST_PLACES)?;
    let text = if scale <= 0 {
        format!("{sign}{shown}{}", "0".repeat(places))
    } else {
        let padded = format!("{}{shown}", "0".repeat((places + 1).saturating_sub(shown.len())));
        let (whole, fraction) = padded.split_at_checked(padded.len().checked_sub(places)?)?;
        format!("{sign}{whole}.{fraction}")
    };
    if shown.is_empty() { Some(Decimal::ZERO) } else { text.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_number_is_the_one_that_is_shown() {
        for (text, number) in [
            ("0.30000000000000004", "0.3"),
            ("1234.5600000000002", "1234.56"),
            ("57.699999999999996", "57.7"),
            ("2.5E5", "250000"),
            ("2.5e-1", "0.25"),
            ("250000", "250000"),
            ("-0.1", "-0.1"),
            ("0", "0"),
            ("0.0", "0"),
            ("1E+15", "1000000000000000"),
            ("0.000001", "0.000001"),
            ("99999999999999.99", "100000000000000"),
            ("9999999999999.99", "9999999999999.99"),
        ] {
            assert_eq!(stored_number(text).map(|it| it.to_string()).as_deref(), Some(number), "{text}");
        }
        for text in ["", "x", "1,5", "1.2.3", "1E400", "1E99999999999", "--1", "0x10", "NaN", "1E"] {
            assert_eq!(stored_number(text), None, "{text}");
        }
    }
}
