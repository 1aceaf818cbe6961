//! The row with the names of the columns.

use std::collections::BTreeMap;
use std::rc::Rc;

use trede_rules::explaining::Language;

use super::column::{Column, Layout, letters};
use super::content::Content;
use super::faults::{CellError, Fault, TableError};
use super::read::Row;

/// Which column stands where in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The number of its row.
    pub(super) row: u32,
    /// The column of each place that has a known one.
    pub(super) columns: Vec<Option<&'static Column>>,
    /// Which places have a name, known or not: nothing may stand beyond them, nor below a blank one.
    named: Vec<bool>,
    /// Where each column stands.
    pub(super) places: Rc<BTreeMap<&'static str, usize>>,
}

impl Header {
    /// How many known names stand in a row.
    pub(super) fn names_in(row: &Row, layout: &Layout) -> usize {
        row.cells.iter().filter_map(name_of).filter(|name| layout.called(name).is_some()).count()
    }

    /// Reads the row with the names, in any order and in both languages. Answers beside it what is told of
    /// columns that are not read.
    ///
    /// # Errors
    /// [`TableError::Header`] with every name that stands twice, and every needed column that is missing.
    pub(super) fn read(
        row: &Row,
        layout: &'static Layout,
        language: Language,
    ) -> Result<(Self, Vec<CellError>), TableError> {
        let (mut columns, mut named, mut places) = (Vec::new(), Vec::new(), BTreeMap::new());
        let (mut errors, mut remarks) = (Vec::new(), Vec::new());
        for (place, cell) in row.cells.iter().enumerate() {
            let name = name_of(cell);
            named.push(name.is_some());
            let found = name.and_then(|name| layout.called(name));
            let tell = |fault: Fault, details: &[String]| CellError {
                row: row.number,
                column: shortened(name.unwrap_or_default()),
                cell: format!("{}{}", letters(place), row.number),
                code: fault.code(),
                detail: fault.told(language, details),
            };
            if let Some(column) = found
                && places.insert(column.name, place).is_some()
            {
                errors.push(tell(Fault::ColumnTwice, &[]));
            } else if name.is_some() && found.is_none() {
                let known: Vec<&str> = layout.columns.iter().map(|column| column.name_in(language)).collect();
                remarks.push(tell(Fault::ColumnUnknown, &[known.join(", ")]));
            }
            columns.push(found);
        }
        let is_missing =
            |column: &&Column| layout.needed.contains(&column.name) && !places.contains_key(column.name);
        for column in layout.columns.iter().filter(is_missing) {
            let names = [column.name.to_owned(), column.name_in(Language::Dutch).to_owned()];
            errors.push(CellError {
                row: row.number,
                column: column.name.to_owned(),
                cell: String::new(),
                code: Fault::ColumnMissing.code(),
                detail: Fault::ColumnMissing.told(language, &names),
            });
        }
        let header = Self { row: row.number, columns, named, places: Rc::new(places) };
        if errors.is_empty() { Ok((header, remarks)) } else { Err(TableError::Header(errors)) }
    }

    /// Where a column stands.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// Whether a name stands above a place.
    pub(super) fn is_named(&self, place: usize) -> bool {
        self.named.get(place).copied().unwrap_or_default()
    }
}

fn name_of(cell: &Content) -> Option<&str> {
    match cell {
        Content::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(64).collect()
}
