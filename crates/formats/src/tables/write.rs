//! Writes tables row by row, in a form that no spreadsheet takes for a program.

use std::io::{self, Write};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value};
use trede_base::person_name::{is_odd_space, is_unseen};

use super::numbers::Notation;

/// The first characters by which a spreadsheet takes a cell for a formula, also in their full width.
const FORMULA: [char; 12] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{2212}'];

/// What stands before a text in UTF-8 for a spreadsheet to know it as such.
pub const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whether a spreadsheet would take a text for a formula.
#[must_use]
pub fn is_formula(text: &str) -> bool {
    // A spreadsheet passes over what shows nothing, and over every sort of space.
    let is_passed_over =
        |c: char| c.is_whitespace() && !matches!(c, '\t' | '\r' | '\n') || is_unseen(c) || is_odd_space(c);
    text.trim_start_matches(is_passed_over).starts_with(FORMULA)
}

/// Whether an apostrophe goes before a text: before a formula, and before what would lose its own when it is read.
pub(super) fn needs_guard(text: &str) -> bool {
    is_formula(text.trim_start_matches('\''))
}

/// One cell that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text that somebody wrote: it may begin as a formula does, and is then kept from being one.
    Text(String),
    /// A code of ours, which is written as it is.
    Plain(String),
    /// An exact number.
    Number(Decimal),
    /// An amount in euros.
    Euros(Decimal),
    /// A day.
    Day(NaiveDate),
}

impl Cell {
    /// A text, where there is one.
    #[must_use]
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.into()))
    }

    /// A number, where there is one.
    #[must_use]
    pub fn number(number: Option<Decimal>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }

    /// An amount in euros, where there is one.
    #[must_use]
    pub fn euros(amount: Option<Decimal>) -> Self {
        amount.map_or(Self::Empty, Self::Euros)
    }

    /// A day, where there is one.
    #[must_use]
    pub fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// A code, where there is one.
    #[must_use]
    pub fn plain(value: Option<impl ToString>) -> Self {
        value.map_or(Self::Empty, |value| Self::Plain(value.to_string()))
    }

    /// The cell as a spreadsheet may read it, with its number in a notation. A number that could be read in two
    /// ways has one decimal more.
    #[must_use]
    pub fn guarded(&self, notation: Notation) -> String {
        match self {
            Self::Text(text) if needs_guard(text) => format!("'{text}"),
            Self::Number(number) | Self::Euros(number) => notation.written(&number.to_string()),
            Self::Day(day) if notation == Notation::Dutch => day.format("%d-%m-%Y").to_string(),
            cell => cell.unguarded(),
        }
    }

    fn unguarded(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Plain(text) => text.clone(),
            Self::Number(number) | Self::Euros(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
        }
    }
}

/// The rows as CSV, as a spreadsheet of that notation opens it: in Dutch with semicolons and CRLF, else with
/// commas (RFC 4180).
///
/// # Errors
/// When the text cannot be written.
pub fn csv_of(rows: &[Vec<String>], notation: Notation) -> io::Result<Vec<u8>> {
    let mut builder = csv::WriterBuilder::new();
    if notation == Notation::Dutch {
        builder.delimiter(b';').terminator(csv::Terminator::CRLF);
    }
    let mut writer = builder.from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|error| error.into_error())
}

/// Rows as members of a JSON array, each preceded by a comma but the first.
///
/// # Errors
/// When the text cannot be written.
pub fn json_of(names: &[&str], rows: &[Vec<Cell>], is_first: bool) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        if !(is_first && index == 0) {
            text.write_all(b",\n")?;
        }
        let members = names
            .iter()
            .zip(row)
            .filter(|(_, cell)| **cell != Cell::Empty)
            .map(|(name, cell)| ((*name).to_owned(), Value::String(cell.unguarded())));
        serde_json::to_writer(&mut text, &Value::Object(members.collect::<Map<_, _>>()))?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_would_be_a_formula_is_kept_from_being_one() {
        let guarded = |cell: Cell| cell.guarded(Notation::English);
        for text in [
            "=1+1",
            "+31",
            "-2",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            " =1",
            "\u{a0}=1",
            "\u{3000}+1",
            "\u{feff}=1",
            "\u{ff1d}1+1",
            "\u{200b}@SUM(A1)",
            "\u{2212}2",
            "'=1",
        ] {
            assert_eq!(guarded(Cell::Text(text.to_owned())), format!("'{text}"));
        }
        assert_eq!(guarded(Cell::Text("a=b".to_owned())), "a=b");
        assert_eq!(guarded(Cell::Text("'s-Gravenhage".to_owned())), "'s-Gravenhage");
        assert_eq!(guarded(Cell::Plain("-12.50".to_owned())), "-12.50");
    }

    #[test]
    fn numbers_and_days_are_written_as_a_spreadsheet_of_the_language_reads_them() {
        let day = Cell::Day("2026-01-31".parse().unwrap());
        let euros = Cell::Euros(Decimal::new(123_456, 2));
        let three = Cell::Number(Decimal::new(1125, 3));
        let written = |notation| [&day, &euros, &three].map(|cell| cell.guarded(notation));
        assert_eq!(written(Notation::English), ["2026-01-31", "1234.56", "1.1250"]);
        assert_eq!(written(Notation::Dutch), ["31-01-2026", "1234,56", "1,1250"]);
        let row = vec!["a;b".to_owned(), "1,5".to_owned()];
        assert_eq!(csv_of(&[row], Notation::Dutch).unwrap(), b"\"a;b\";1,5\r\n");
    }

    #[test]
    fn rows_follow_each_other_in_one_json_array() {
        let row = |text: &str| vec![Cell::Text(text.to_owned()), Cell::Empty];
        let first = json_of(&["a", "b"], &[row("1"), row("2")], true).unwrap();
        let next = json_of(&["a", "b"], &[row("3")], false).unwrap();
        let whole = format!("[{}{}]", String::from_utf8(first).unwrap(), String::from_utf8(next).unwrap());
        let read: Value = serde_json::from_str(&whole).unwrap();
        assert_eq!(read, serde_json::json!([{"a": "1"}, {"a": "2"}, {"a": "3"}]));
    }
}
