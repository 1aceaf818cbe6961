//! Reads the cells of a row by the names of their columns, and tells everything that is wrong with it: once, in
//! one language, with the cell as it was written.

use std::str::FromStr;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use trede_rules::explaining::Language;

use super::column::{Column, ColumnKind, letters, plain};
use super::content::Content;
use super::days;
use super::faults::{CellError, Fault};
use super::header::Header;
use super::numbers::NumberForm;
use super::read::Row;
use trede_base::ids::KvkNumber;
use trede_wire::euros::Euros;
use trede_wire::number::Number;

/// A word of a list, and what a table can call it besides: its Dutch name first.
pub type Named<T> = (T, &'static str, &'static [&'static str]);

/// The numbers from which on a spreadsheet does not keep all digits.
const INEXACT: i64 = 1_000_000_000_000_000;

/// One row, read by the names of its columns.
pub struct Cells<'a> {
    pub(super) header: &'a Header,
    pub(super) row: &'a Row,
    form: NumberForm,
    language: Language,
    /// Everything that was found wrong.
    pub errors: Vec<CellError>,
}

impl<'a> Cells<'a> {
    /// The cells of a row.
    pub(super) fn of(header: &'a Header, row: &'a Row, form: NumberForm, language: Language) -> Self {
        let mut cells = Self { header, row, form, language, errors: Vec::new() };
        if let Some(fault) = row.fault {
            let error = cells.error("", fault.code(), fault.told(language, &[]));
            cells.errors.push(error);
            return cells;
        }
        let beyond =
            row.cells.iter().enumerate().find(|(place, cell)| !cell.is_blank() && !header.is_named(*place));
        if let Some((place, cell)) = beyond {
            let fault = Fault::CellWithoutName;
            let error = cells.error("", fault.code(), fault.told(language, &[cell.shown(language)]));
            cells.errors.push(CellError { cell: format!("{}{}", letters(place), row.number), ..error });
        }
        cells
    }

    /// The number of the row.
    #[must_use]
    pub const fn row_number(&self) -> u32 {
        self.row.number
    }

    /// The language of what is told.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Which of these columns the table has.
    #[must_use]
    pub fn columns(&self, of: &'static [Column]) -> Vec<&'static Column> {
        of.iter().filter(|column| self.header.place(column.name).is_some()).collect()
    }

    /// Tells that something is wrong in a column. Of a row that cannot be used as a whole, nothing else is told.
    pub fn tell(&mut self, column: &str, code: &'static str, detail: impl Into<String>) {
        if self.row.fault.is_some() {
            return;
        }
        let error = self.error(column, code, detail.into());
        self.errors.push(error);
    }

    /// Tells a fault of a column.
    pub fn tell_fault(&mut self, column: &str, fault: Fault, details: &[String]) {
        self.tell(column, fault.code(), fault.told(self.language, details));
    }

    fn error(&self, column: &str, code: &'static str, detail: String) -> CellError {
        self.teller().told(column, code, detail)
    }

    /// Tells a fault of a cell, which is quoted first.
    fn tell_cell(&mut self, column: &str, fault: Fault, details: Vec<String>) {
        let quoted = self.content(column).map(|cell| cell.shown(self.language)).unwrap_or_default();
        let details: Vec<String> = std::iter::once(quoted).chain(details).collect();
        self.tell_fault(column, fault, &details);
    }

    pub(super) fn content(&self, column: &str) -> Option<&'a Content> {
        self.row.cells.get(self.header.place(column)?).filter(|cell| !cell.is_blank())
    }

    /// Whether nothing stands in a column.
    #[must_use]
    pub fn is_blank(&self, column: &str) -> bool {
        self.content(column).is_none()
    }

    /// The text of a column; none where the cell is empty or holds none, which is told. The apostrophe by which
    /// exports keep a spreadsheet from running a cell is no part of it.
    pub fn text(&mut self, column: &str) -> Option<String> {
        match self.content(column)? {
            Content::Text(text) => {
                let text = text.trim();
                let text =
                    text.strip_prefix('\'').filter(|rest| super::write::needs_guard(rest)).unwrap_or(text);
                Some(text.to_owned()).filter(|text| !text.is_empty())
            }
            Content::Number(number) if number.is_integer() && number.abs() < Decimal::from(INEXACT) => {
                Some(number.normalize().to_string())
            }
            Content::Unreadable(fault, _) => {
                self.tell_cell(column, *fault, Vec::new());
                None
            }
            _ => {
                self.tell_cell(column, Fault::NotText, Vec::new());
                None
            }
        }
    }

    fn parsed<T: FromStr>(&mut self, column: &str, fault: Fault) -> Option<T> {
        let text = self.text(column)?;
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.tell_cell(column, fault, Vec::new());
        }
        parsed
    }

    /// A number of the Chamber of Commerce (KvK-nummer).
    pub fn kvk(&mut self, column: &str) -> Option<KvkNumber> {
        self.parsed(column, Fault::KvkMalformed)
    }

    /// The id of an object of this service.
    pub fn id<T: FromStr>(&mut self, column: &str) -> Option<T> {
        self.parsed(column, Fault::IdMalformed)
    }

    /// A word of a list, by its code or its Dutch name.
    pub fn word<T: Copy + ToString>(&mut self, column: &str, known: &[Named<T>]) -> Option<T> {
        let text = self.text(column)?;
        let written = plain(&text);
        let is_called = |(word, dutch, others): &&Named<T>| {
            plain(&word.to_string()) == written
                || plain(dutch) == written
                || others.iter().any(|other| plain(other) == written)
        };
        let found = known.iter().find(is_called).map(|(word, ..)| *word);
        if found.is_none() {
            let english: Vec<String> = known.iter().map(|(word, ..)| word.to_string()).collect();
            let dutch: Vec<&str> = known.iter().map(|(_, dutch, _)| *dutch).collect();
            self.tell_cell(column, Fault::WordUnknown, vec![english.join(", "), dutch.join(", ")]);
        }
        found
    }

    /// A day.
    pub fn day(&mut self, column: &str) -> Option<NaiveDate> {
        let cell = self.content(column)?;
        let notation = self.form.locale.or(self.form.told);
        let read = match cell {
            Content::Day(day) => Ok(*day),
            Content::Text(text) => days::read(text.trim(), notation, self.language),
            Content::Number(number) => {
                // Eight digits are a day, however the cell holds them.
                let text = number.normalize().to_string();
                days::read(&text, notation, self.language).map_err(|_| (Fault::NoDay, Vec::new()))
            }
            Content::Moment(_) => Err((Fault::DayWithTime, Vec::new())),
            Content::Unreadable(fault, _) => Err((*fault, Vec::new())),
            Content::Empty | Content::Percent(_) | Content::Truth(_) => {
                Err((Fault::DayMalformed, Vec::new()))
            }
        };
        read.map_err(|(fault, details)| self.tell_cell(column, fault, details)).ok()
    }

    /// An exact number.
    pub fn number(&mut self, column: &str) -> Option<Number> {
        self.number_in(column, ColumnKind::Number)
    }

    /// A percentage: `5`, and also `5%`.
    pub fn percent(&mut self, column: &str) -> Option<Number> {
        self.number_in(column, ColumnKind::Percent)
    }

    fn number_in(&mut self, column: &str, kind: ColumnKind) -> Option<Number> {
        let cell = self.content(column)?;
        let exact = |number: &Decimal| {
            let text = number.normalize().to_string();
            Number::parse(&text).map_err(|_| (Fault::NumberTooLong, Vec::new()))
        };
        let read = match cell {
            Content::Number(number) => exact(number),
            Content::Percent(number) if kind == ColumnKind::Percent => exact(number),
            Content::Percent(_) => Err((Fault::PercentHere, Vec::new())),
            Content::Text(text) => self.number_of(text.trim(), kind),
            Content::Unreadable(fault, _) => Err((*fault, Vec::new())),
            Content::Empty | Content::Day(_) | Content::Moment(_) | Content::Truth(_) => {
                self.form.read("", self.language)
            }
        };
        read.map_err(|(fault, details)| self.tell_cell(column, fault, details)).ok()
    }

    fn number_of(&self, text: &str, kind: ColumnKind) -> Result<Number, (Fault, Vec<String>)> {
        let text = match kind {
            ColumnKind::Percent => text.strip_suffix('%').map_or(text, str::trim_end),
            _ if text.ends_with('%') => return Err((Fault::PercentHere, Vec::new())),
            ColumnKind::Euros => text.strip_prefix('€').map_or(text, str::trim_start),
            _ => text,
        };
        self.form.read(text, self.language)
    }

    /// An amount in whole cents.
    pub fn euros(&mut self, column: &str) -> Option<Euros> {
        let number = self.number_in(column, ColumnKind::Euros)?;
        let euros = Euros::try_from(number).ok();
        if euros.is_none() {
            self.tell_cell(column, Fault::NotWholeCents, Vec::new());
        }
        euros
    }

    /// An amount, also with parts of a cent.
    pub fn amount(&mut self, column: &str) -> Option<Number> {
        self.number_in(column, ColumnKind::Euros)
    }

    /// A whole number up to `most`.
    pub fn whole(&mut self, column: &str, most: u32) -> Option<u32> {
        let number = self.number(column)?.0;
        let whole = number.to_u32().filter(|whole| Decimal::from(*whole) == number && *whole <= most);
        if whole.is_none() {
            self.tell_cell(column, Fault::NotWhole, vec![most.to_string()]);
        }
        whole
    }

    /// As `found`, which tells that it must be there when the cell was empty.
    pub fn needed<T>(&mut self, column: &str, found: Option<T>) -> Option<T> {
        if found.is_none() && self.is_blank(column) {
            self.tell_fault(column, Fault::Needed, &[]);
        }
        found
    }

    /// The parts of a text that are separated by spaces, commas or semicolons.
    pub fn parts(&mut self, column: &str) -> Vec<String> {
        let text = self.text(column).unwrap_or_default();
        text.split([' ', ',', ';', '\n']).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// Several codes; what is none is told as `fault`.
    pub fn codes<T: FromStr>(&mut self, column: &str, fault: Fault) -> Vec<T> {
        let mut found = Vec::new();
        for part in self.parts(column) {
            match part.parse() {
                Ok(code) => found.push(code),
                Err(_) => self.tell_fault(column, fault, &[part]),
            }
        }
        found
    }
}
