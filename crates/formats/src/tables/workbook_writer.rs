//! Writes a table as a workbook, as an office expects it: days that are days, amounts with two decimals, names of
//! columns that stay in sight.

use std::fs::File;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::numbers::Notation;
use super::write::Cell;

/// How many digits of a number a spreadsheet keeps.
const KEPT_DIGITS: usize = 15;

/// A workbook with one sheet, of which one row at a time is kept in memory.
pub struct WorkbookWriter {
    workbook: Workbook,
    formats: Formats,
    next: u32,
}

struct Formats {
    day: Format,
    euros: Format,
}

/// A column of a workbook: its name, and its width in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head<'a> {
    /// Its name.
    pub name: &'a str,
    /// How wide it is.
    pub width: u16,
}

impl WorkbookWriter {
    /// A workbook with the name of its sheet and those of its columns, which stay where they are when the sheet
    /// is scrolled.
    ///
    /// # Errors
    /// [`XlsxError`] when it cannot be written.
    pub fn begin(sheet_name: &str, columns: &[Head<'_>]) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(sheet_name)?;
        sheet.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (place, column) in (0_u16..).zip(columns) {
            let of_name = u16::try_from(column.name.chars().count() + 2).unwrap_or(u16::MAX);
            sheet.set_column_width(place, f64::from(column.width.max(of_name)))?;
        }
        for (place, column) in (0_u16..).zip(columns) {
            sheet.write_string_with_format(0, place, column.name, &bold)?;
        }
        let formats = Formats {
            day: Format::new().set_num_format("dd-mm-yyyy"),
            euros: Format::new().set_num_format("#,##0.00"),
        };
        Ok(Self { workbook, formats, next: 1 })
    }

    /// Adds a row. A text stays a text, whatever it begins with: no cell is written as a formula.
    ///
    /// # Errors
    /// [`XlsxError`] when it cannot be written, or the sheet is full.
    pub fn add(&mut self, row: &[Cell]) -> Result<(), XlsxError> {
        let number = self.next;
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (column, cell) in (0_u16..).zip(row) {
            write_cell(sheet, &self.formats, (number, column), cell)?;
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

fn write_cell(
    sheet: &mut Worksheet,
    formats: &Formats,
    (row, column): (u32, u16),
    cell: &Cell,
) -> Result<(), XlsxError> {
    let text = || cell.guarded(Notation::English);
    match cell {
        Cell::Empty => {}
        Cell::Text(_) | Cell::Plain(_) => {
            sheet.write_string(row, column, text())?;
        }
        Cell::Number(number) | Cell::Euros(number) if !is_kept(*number) => {
            sheet.write_string(row, column, text())?;
        }
        Cell::Number(number) => {
            sheet.write_number(row, column, number.to_f64().unwrap_or_default())?;
        }
        Cell::Euros(amount) => {
            let amount = amount.to_f64().unwrap_or_default();
            sheet.write_number_with_format(row, column, amount, &formats.euros)?;
        }
        Cell::Day(day) => match ExcelDateTime::parse_from_str(&day.to_string()) {
            Ok(date) => {
                sheet.write_datetime_with_format(row, column, &date, &formats.day)?;
            }
            // A day before 1900, which no workbook can hold as one.
            Err(_) => {
                sheet.write_string(row, column, text())?;
            }
        },
    }
    Ok(())
}

/// Whether a spreadsheet keeps all digits of a number.
fn is_kept(number: Decimal) -> bool {
    number.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').len() <= KEPT_DIGITS
}
