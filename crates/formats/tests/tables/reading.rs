//! Reads tables in tests.

use std::io::Cursor;

use trede_formats::tables::contracts::{self, ContractRow};
use trede_formats::tables::entries::{self, EntryRow};
use trede_formats::tables::read::each_row_of_table;
use trede_formats::tables::row::Cells;
use trede_formats::tables::{CellError, Layout, Manner, Notation, SourceFormat, TableError};
use trede_rules::explaining::Language;

/// What came of a table.
#[derive(Debug)]
pub struct Table<T> {
    pub rows: Vec<T>,
    pub errors: Vec<CellError>,
    pub remarks: Vec<CellError>,
}

impl<T> Table<T> {
    /// Row, column and code of each error.
    pub fn faults(&self) -> Vec<(u32, &str, &str)> {
        self.errors.iter().map(|error| (error.row, error.column.as_str(), error.code)).collect()
    }

    /// The detail of the one error of a row.
    pub fn detail(&self, row: u32) -> &str {
        let told: Vec<&CellError> = self.errors.iter().filter(|error| error.row == row).collect();
        assert_eq!(told.len(), 1, "one fault, one message: {told:?}");
        &told[0].detail
    }
}

pub const DUTCH: Manner = Manner { language: Language::Dutch, locale: None };

pub fn said(locale: Notation) -> Manner {
    Manner { locale: Some(locale), ..DUTCH }
}

pub fn contracts(
    content: &[u8],
    format: SourceFormat,
    manner: Manner,
) -> Result<Table<ContractRow>, TableError> {
    table(content, format, manner, &contracts::LAYOUT, contracts::read)
}

pub fn entries(content: &[u8], format: SourceFormat, manner: Manner) -> Result<Table<EntryRow>, TableError> {
    table(content, format, manner, &entries::LAYOUT, entries::read)
}

/// A table of contracts from CSV that is none, or the whole.
pub fn csv(text: impl AsRef<[u8]>) -> Table<ContractRow> {
    contracts(text.as_ref(), SourceFormat::Csv, DUTCH).unwrap()
}

/// Why a file is no table: the codes, and the first sentence.
pub fn refused(content: &[u8], format: SourceFormat) -> (Vec<&'static str>, String) {
    let told = contracts(content, format, DUTCH).unwrap_err().told(Language::Dutch);
    (told.iter().map(|(code, _)| *code).collect(), told[0].1.clone())
}

fn table<T>(
    content: &[u8],
    format: SourceFormat,
    manner: Manner,
    layout: &'static Layout,
    read: fn(&mut Cells<'_>) -> Option<T>,
) -> Result<Table<T>, TableError> {
    let (mut rows, mut errors) = (Vec::new(), Vec::new());
    let remarks = each_row_of_table(Cursor::new(content), format, layout, manner, &mut |mut cells| {
        match read(&mut cells) {
            Some(row) => rows.push(row),
            None => assert!(!cells.errors.is_empty(), "a row that is not read is told"),
        }
        errors.extend(cells.errors);
        Ok::<_, TableError>(())
    })?;
    Ok(Table { rows, errors, remarks })
}

/// A head and rows of contracts; what varies is the sum, the share that was offered and the first day.
pub fn sheet_of(rows: &[(&str, &str, &str)]) -> String {
    let mut text =
        "externalReference;title;contractorKvkNumber;kind;contractSum;offeredPercent;startsOn;endsOn\r\n"
            .to_owned();
    for (number, (sum, percent, starts_on)) in (1..).zip(rows) {
        text.push_str(&format!(
            "R-{number};Parkbeheer;69599068;works;{sum};{percent};{starts_on};31-12-2029\r\n"
        ));
    }
    text
}
