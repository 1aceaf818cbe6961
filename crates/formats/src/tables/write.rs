//! Writes tables row by row, in a form that no spreadsheet takes for a program.

use std::fs::File;
use std::io::{self, Write};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};
use serde_json::{Map, Value};
use trede_base::person_name::{is_odd_space, is_unseen};

/// The first characters by which a spreadsheet takes a cell for a formula, also in their full width.
const FORMULA: [char; 12] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{2212}'];

/// Whether a spreadsheet would take a text for a formula.
#[must_use]
pub fn is_formula(text: &str) -> bool {
    // A spreadsheet passes over what shows nothing, and over every sort of space.
    let is_passed_over =
        |c: char| c.is_whitespace() && !matches!(c, '\t' | '\r' | '\n') || is_unseen(c) || is_odd_space(c);
    text.trim_start_matches(is_passed_over).starts_with(FORMULA)
}

/// One cell that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text that somebody wrote: it may begin as a formula does, and is then kept from being one.
    Text(String),
    /// A code or a day of ours, which is written as it is.
    Plain(String),
    /// An exact number.
    Number(Decimal),
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

    /// A code or a day, where there is one.
    #[must_use]
    pub fn plain(value: Option<impl ToString>) -> Self {
        value.map_or(Self::Empty, |value| Self::Plain(value.to_string()))
    }

    /// The cell as a spreadsheet may read it.
    #[must_use]
    pub fn guarded(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) if is_formula(text) => format!("'{text}"),
            Self::Text(text) | Self::Plain(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// The rows as CSV.
///
/// # Errors
/// When the text cannot be written.
pub fn csv_of(rows: &[Vec<String>]) -> io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
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
        let members = names.iter().zip(row).filter_map(|(name, cell)| match cell {
            Cell::Empty => None,
            Cell::Text(text) | Cell::Plain(text) => Some(((*name).to_owned(), Value::String(text.clone()))),
            Cell::Number(number) => Some(((*name).to_owned(), Value::String(number.to_string()))),
        });
        serde_json::to_writer(&mut text, &Value::Object(members.collect::<Map<_, _>>()))?;
    }
    Ok(text)
}

/// A workbook with one sheet, of which one row at a time is kept in memory.
pub struct WorkbookWriter {
    workbook: Workbook,
    next: u32,
}

impl WorkbookWriter {
    /// A workbook with the names of its columns.
    ///
    /// # Errors
    /// [`XlsxError`] when it cannot be written.
    pub fn begin(names: &[&str]) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.add_worksheet_with_constant_memory()?;
        let mut writer = Self { workbook, next: 0 };
        writer.add(&names.iter().map(|name| Cell::Plain((*name).to_owned())).collect::<Vec<_>>())?;
        Ok(writer)
    }

    /// Adds a row. A text stays a text, whatever it begins with: no cell is written as a formula.
    ///
    /// # Errors
    /// [`XlsxError`] when it cannot be written, or the sheet is full.
    pub fn add(&mut self, row: &[Cell]) -> Result<(), XlsxError> {
        let number = self.next;
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (column, cell) in (0_u16..).zip(row) {
            write_cell(sheet, number, column, cell)?;
        }
        self.next = number.saturating_add(1);
        Ok(())
    }

    /// The whole workbook, in a file without a name.
    ///
    /// # Errors
    /// [`XlsxError`] when it cannot be written.
    pub fn finish(mut self) -> Result<File, XlsxError> {
        let file = tempfile::tempfile()?;
        self.workbook.save_to_writer(file.try_clone()?)?;
        Ok(file)
    }
}

fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(_) => {
            sheet.write_string(row, column, cell.guarded())?;
        }
        Cell::Plain(text) => {
            sheet.write_string(row, column, text)?;
        }
        Cell::Number(number) => {
            sheet.write_number(row, column, number.to_f64().unwrap_or_default())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_would_be_a_formula_is_kept_from_being_one() {
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
        ] {
            assert_eq!(Cell::Text(text.to_owned()).guarded(), format!("'{text}"));
        }
        assert_eq!(Cell::Text("a=b".to_owned()).guarded(), "a=b");
        assert_eq!(Cell::Plain("-12.50".to_owned()).guarded(), "-12.50");
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
