//! Reads the cells of a row by the names of their columns, and tells everything that is wrong with it.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use chrono::NaiveDate;

use super::read::Row;
use super::{CellError, Column};
use trede_wire::euros::Euros;
use trede_wire::number::Number;

/// Where each column stands in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    places: BTreeMap<&'static str, usize>,
}

impl Header {
    /// Reads the row with the names. Case and spaces do not matter; columns may stand in any order.
    ///
    /// # Errors
    /// Every name that is unknown or stands twice, and every needed column that is missing.
    pub fn read(
        row: &Row,
        columns: &'static [Column],
        needed: &[&'static str],
    ) -> Result<Self, Vec<CellError>> {
        let mut errors = Vec::new();
        let mut places = BTreeMap::new();
        let mut tell = |column: &str, code, detail| {
            errors.push(CellError { row: row.number, column: shortened(column), code, detail });
        };
        for (place, name) in row.cells.iter().enumerate() {
            let plain = plain(name);
            if plain.is_empty() {
                continue;
            }
            match columns.iter().find(|column| column.name.to_lowercase() == plain) {
                None => {
                    let known: Vec<_> = columns.iter().map(|column| column.name).collect();
                    let detail = format!("there is no such column; the columns are {}", known.join(", "));
                    tell(name, "column-unknown", detail);
                }
                Some(column) if places.insert(column.name, place).is_some() => {
                    tell(name, "column-twice", "a column stands in a table once".to_owned());
                }
                Some(_) => {}
            }
        }
        for name in needed.iter().filter(|name| !places.contains_key(*name)) {
            tell(name, "column-missing", "the table needs this column".to_owned());
        }
        if errors.is_empty() { Ok(Self { places }) } else { Err(errors) }
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// One row, read by the names of its columns.
pub struct Cells<'a> {
    header: &'a Header,
    row: &'a Row,
    /// Everything that was found wrong.
    pub errors: Vec<CellError>,
}

impl<'a> Cells<'a> {
    /// The cells of a row.
    #[must_use]
    pub fn of(header: &'a Header, row: &'a Row) -> Self {
        let mut cells = Self { header, row, errors: Vec::new() };
        if let Some(fault) = row.fault {
            cells.tell("", "row-unreadable", fault);
        }
        cells
    }

    /// Tells that something is wrong in a column.
    pub fn tell(&mut self, column: &str, code: &'static str, detail: impl Into<String>) {
        let (row, column) = (self.row.number, column.to_owned());
        self.errors.push(CellError { row, column, code, detail: detail.into() });
    }

    /// The text of a column; none where the cell is empty. The apostrophe by which exports keep a spreadsheet
    /// from running a cell is no part of it.
    #[must_use]
    pub fn text(&self, column: &str) -> Option<&'a str> {
        let place = *self.header.places.get(column)?;
        let text = self.row.cells.get(place)?.trim();
        let text = text.strip_prefix('\'').filter(|rest| super::write::is_formula(rest)).unwrap_or(text);
        Some(text).filter(|text| !text.is_empty())
    }

    /// The text of a column as something else; none where the cell is empty or does not fit, which is told.
    pub fn parsed<T: FromStr>(&mut self, column: &str) -> Option<T>
    where
        T::Err: Display,
    {
        let text = self.text(column)?;
        text.parse().map_err(|error: T::Err| self.tell(column, "cell-malformed", error.to_string())).ok()
    }

    /// The text of a column as a day: `2026-01-31`, or as it is written in Dutch, `31-01-2026`.
    pub fn day(&mut self, column: &str) -> Option<NaiveDate> {
        let text = self.text(column)?;
        let day = text.parse().ok().or_else(|| NaiveDate::parse_from_str(text, "%d-%m-%Y").ok());
        if day.is_none() {
            self.tell(column, "cell-malformed", "a day, such as 2026-01-31");
        }
        day
    }

    /// The text of a column as an exact number, with a point or a comma before the decimals.
    pub fn number(&mut self, column: &str) -> Option<Number> {
        let text = self.text(column)?.replace(',', ".");
        Number::parse(&text).map_err(|detail| self.tell(column, "cell-malformed", detail)).ok()
    }

    /// The text of a column as an amount in whole cents.
    pub fn euros(&mut self, column: &str) -> Option<Euros> {
        let number = self.number(column)?;
        Euros::try_from(number).map_err(|error| self.tell(column, "cell-malformed", error.to_string())).ok()
    }

    /// As `found`, which tells that it must be there when the cell was empty.
    pub fn needed<T>(&mut self, column: &str, found: Option<T>) -> Option<T> {
        if found.is_none() && self.text(column).is_none() {
            self.tell(column, "cell-needed", "a value is needed here");
        }
        found
    }

    /// The parts of a text that are separated by spaces, commas or semicolons.
    #[must_use]
    pub fn parts(&self, column: &str) -> Vec<&'a str> {
        let text = self.text(column).unwrap_or_default();
        text.split([' ', ',', ';']).filter(|part| !part.is_empty()).collect()
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(64).collect()
}
