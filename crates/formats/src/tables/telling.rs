//! Tells of a row after its cells are gone.

use std::collections::BTreeMap;
use std::rc::Rc;

use rust_decimal::Decimal;
use trede_rules::explaining::Language;

use super::column::{Column, ColumnKind, letters};
use super::faults::{CellError, Fault};
use super::row::Cells;

/// Tells of a row that was read before: what is there already is asked for many rows at once.
#[derive(Clone, Debug)]
pub struct RowTeller {
    pub(super) row: u32,
    pub(super) language: Language,
    pub(super) places: Rc<BTreeMap<&'static str, usize>>,
}

/// What a table says in a column that is computed here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The column.
    pub column: &'static str,
    pub(super) shown: String,
    pub(super) euros: Option<Decimal>,
}

/// What stands in such a column now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now<'a> {
    /// A word.
    Word(&'a str),
    /// An amount, in cents.
    Euros(Option<i64>),
}

impl RowTeller {
    /// The language of what is told.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// A fault of a column of the row.
    #[must_use]
    pub fn error(&self, column: &str, fault: Fault, details: &[String]) -> CellError {
        self.told(column, fault.code(), fault.told(self.language, details))
    }

    /// Something that is told of a column of the row.
    pub(super) fn told(&self, column: &str, code: &'static str, detail: String) -> CellError {
        let cell = self.places.get(column).map(|place| format!("{}{}", letters(*place), self.row));
        CellError { row: self.row, column: column.to_owned(), cell: cell.unwrap_or_default(), code, detail }
    }

    /// Tells where a table says something else than is computed here now.
    #[must_use]
    pub fn remark(&self, said: &Said, now: Now<'_>) -> Option<CellError> {
        let (is_same, shown) = match now {
            Now::Word(word) => (said.shown.eq_ignore_ascii_case(word), word.to_owned()),
            Now::Euros(cents) => {
                let amount = cents.map(|cents| Decimal::new(cents, 2));
                let shown = amount.map(|amount| self.language.localised(&amount.to_string()));
                (said.euros == amount, shown.unwrap_or_default())
            }
        };
        (!is_same).then(|| self.error(said.column, Fault::NotTaken, &[said.shown.clone(), shown]))
    }
}

impl Cells<'_> {
    /// What tells of the row later.
    #[must_use]
    pub fn teller(&self) -> RowTeller {
        RowTeller { row: self.row.number, language: self.language(), places: Rc::clone(&self.header.places) }
    }

    /// What the table says in columns that are computed here.
    pub fn computed(&mut self, exported: &'static [Column]) -> Vec<Said> {
        let (mut said, known) = (Vec::new(), self.errors.len());
        for column in exported.iter().filter(|column| column.kind != ColumnKind::Id) {
            let Some(content) = self.content(column.name) else { continue };
            let shown = content.shown(self.language());
            let euros = (column.kind == ColumnKind::Euros).then(|| self.amount(column.name)).flatten();
            said.push(Said { column: column.name, shown, euros: euros.map(|number| number.0) });
        }
        // What is not taken cannot be wrong.
        self.errors.truncate(known);
        said
    }
}
