//! Tables of contracts and entries, as CSV or as a workbook: read row by row, written row by row.

/// Writes the columns of a table: name, place in the body that the API takes, example.
macro_rules! columns {
    ($($name:literal $pointer:literal $example:literal;)+) => {
        &[$($crate::tables::Column { name: $name, pointer: $pointer, example: $example },)+]
    };
}

pub mod contracts;
pub mod entries;
pub mod read;
pub mod row;
mod workbook;
mod workbook_limits;
pub mod write;

use trede_base::words;

words! {
    /// How a table is written (bestandstype).
    pub enum TableFormat is "table format" {
        /// Text with a delimiter: a comma or a semicolon.
        Csv = "csv",
        /// A workbook (Office Open XML), of which the first sheet is read.
        Xlsx = "xlsx",
        /// A list of objects; written only.
        Json = "json",
    }
}

impl TableFormat {
    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
        }
    }
}

words! {
    /// What can be imported (tabel).
    pub enum ImportTable is "table" {
        /// Contracts (opdrachten).
        Contracts = "contracts",
        /// Entries (verantwoordingen).
        Entries = "entries",
    }
}

impl ImportTable {
    /// Its columns.
    #[must_use]
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Contracts => contracts::COLUMNS,
            Self::Entries => entries::COLUMNS,
        }
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, in the first row.
    pub name: &'static str,
    /// Where its value stands in the body that the API takes, as a JSON pointer.
    pub pointer: &'static str,
    /// An example of its value.
    pub example: &'static str,
}

/// Something that is wrong in a table, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    /// The row, as the program counts that made the table: the names stand in row 1.
    pub row: u32,
    /// The column; empty where it is about the whole row.
    pub column: String,
    /// Stable and kebab-case, for programs.
    pub code: &'static str,
    /// What is wrong and what would be right.
    pub detail: String,
}

/// The column of a place in the body that the API takes; empty where there is none.
#[must_use]
pub fn column_at(columns: &[Column], pointer: &str) -> String {
    let within = |column: &&Column| {
        pointer.strip_prefix(column.pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let closest = columns.iter().filter(within).max_by_key(|column| column.pointer.len());
    closest.map(|column| column.name.to_owned()).unwrap_or_default()
}
