//! Tables of contracts and entries, as CSV or as a workbook: read row by row, written row by row.
//!
//! Whatever stands in a file is read as the spreadsheet shows it, or told; nothing is guessed. A number such as
//! `1.500` has two readings and counts only where the file or the caller says which.

/// Writes the columns of a table: name, Dutch names, kind, place in the body that the API takes, example.
macro_rules! columns {
    ($($name:literal [$($dutch:literal),+] $kind:ident $pointer:literal $example:literal;)+) => {
        &[$($crate::tables::column::Column {
            name: $name,
            dutch: &[$($dutch),+],
            kind: $crate::tables::column::ColumnKind::$kind,
            pointer: $pointer,
            example: $example,
        },)+]
    };
}

mod characters;
pub mod column;
mod content;
pub mod contracts;
mod days;
pub(crate) mod delimited;
mod encoding;
pub mod entries;
pub mod faults;
pub mod header;
pub mod ledger;
mod numbers;
mod opendocument;
mod overlay;
mod package;
pub mod read;
pub mod row;
mod serial;
mod shared_texts;
mod sheet;
mod styles;
mod survey;
pub mod telling;
mod workbook;
mod workbook_limits;
#[cfg(test)]
mod workbook_tests;
pub mod workbook_writer;
pub mod write;

pub use column::{Column, Layout, column_at};
pub use faults::{CellError, Fault, TableError};
pub use numbers::Notation;

use trede_base::words;
use trede_rules::explaining::Language;

words! {
    /// How a table is written (bestandstype).
    pub enum TableFormat is "table format" {
        /// Text with a delimiter.
        Csv = "csv",
        /// A workbook (Office Open XML) with one sheet.
        Xlsx = "xlsx",
        /// A list of objects.
        Json = "json",
    }
}

impl TableFormat {
    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => SourceFormat::Csv.media_type(),
            Self::Xlsx => SourceFormat::Xlsx.media_type(),
            Self::Json => "application/json",
        }
    }
}

words! {
    /// What a table can be read from (bestandstype).
    pub enum SourceFormat is "source format" {
        /// Text with a delimiter: a semicolon, a comma or a tab.
        Csv = "csv",
        /// A workbook (Office Open XML), of which the first sheet that is shown is read.
        Xlsx = "xlsx",
        /// A workbook (OpenDocument), of which the first sheet that is shown is read.
        Ods = "ods",
    }
}

impl SourceFormat {
    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
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
    /// What its sheet is called.
    #[must_use]
    pub const fn sheet_name(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Contracts, Language::Dutch) => "Opdrachten",
            (Self::Contracts, Language::English) => "Contracts",
            (Self::Entries, Language::Dutch) => "Verantwoordingen",
            (Self::Entries, Language::English) => "Entries",
        }
    }

    /// Its columns.
    #[must_use]
    pub const fn layout(self) -> &'static Layout {
        match self {
            Self::Contracts => &contracts::LAYOUT,
            Self::Entries => &entries::LAYOUT,
        }
    }
}

/// How a table is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// The language of what is told.
    pub language: Language,
    /// How numbers are written in texts; none where the file has to say so itself.
    pub locale: Option<Notation>,
}
