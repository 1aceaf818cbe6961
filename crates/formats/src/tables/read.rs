//! Reads the rows of a table, one after the other; whatever the file holds, not more of it than a row is kept.
//!
//! A file is read twice: first to see where the names of the columns stand and how it writes numbers, and that it
//! can be read to its end; then its rows are handed out.

use std::io::{BufReader, Read, Seek, SeekFrom};

use super::column::Layout;
use super::content::Content;
use super::delimited::{Delimited, FormFault};
use super::encoding::decoded;
use super::faults::{CellError, Fault, TableError};
use super::numbers::NumberForm;
use super::opendocument::each_row_of_opendocument;
use super::row::Cells;
use super::survey::survey;
use super::workbook::each_row_of_workbook;
use super::{Manner, SourceFormat};

/// The most characters of a cell, as in a spreadsheet.
pub(super) const MOST_CHARACTERS: usize = 32_767;
/// The most bytes of a row of text: a quote that is never closed is then refused before it fills the memory.
const MOST_OF_ROW: usize = 8 * 1024 * 1024;
/// The most rows of a table, whatever it is written in: as many as a sheet holds.
pub(super) const MOST_ROWS: u32 = 1_048_576;
/// The most columns that are looked at in a workbook; what stands further is told as out of place.
pub(super) const MOST_COLUMNS: u32 = 200;

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// Its number, from 1.
    pub(super) number: u32,
    /// What its cells hold.
    pub(super) cells: Vec<Content>,
    /// Why the row cannot be used, where it cannot.
    pub(super) fault: Option<Fault>,
}

/// Which sheet of a workbook was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SheetChoice {
    /// Its name.
    pub(super) name: String,
    /// The names of the others that are shown.
    pub(super) others: Vec<String>,
    /// Whether others come before it that are hidden.
    pub(super) passed_hidden: bool,
}

/// Hands the cells of every row below the names of the columns to `on_row`, until that fails. Answers what is to
/// be told of the table and hinders nothing, such as columns that are not read.
///
/// # Errors
/// [`TableError`] when the file is no such table, before any row is handed out; else what `on_row` answers.
pub fn each_row_of_table<E: From<TableError>>(
    mut source: impl Read + Seek,
    format: SourceFormat,
    layout: &'static Layout,
    manner: Manner,
    on_row: &mut dyn FnMut(Cells<'_>) -> Result<(), E>,
) -> Result<Vec<CellError>, E> {
    let (header, told, remarks) = survey(&mut source, format, layout, manner)?;
    let form = NumberForm { locale: manner.locale, told };
    source.seek(SeekFrom::Start(0)).map_err(TableError::from)?;
    each_row(&mut source, format, &mut |row| {
        if row.number <= header.row {
            return Ok(());
        }
        on_row(Cells::of(&header, &row, form, manner.language))
    })?;
    Ok(remarks)
}

/// Hands every row to `on_row`, until that fails.
pub(super) fn each_row<E: From<TableError>>(
    source: &mut (impl Read + Seek),
    format: SourceFormat,
    on_row: &mut dyn FnMut(Row) -> Result<(), E>,
) -> Result<Option<SheetChoice>, E> {
    let mut rows = 0;
    let mut counted = |row: Row| {
        rows += 1;
        if rows > MOST_ROWS {
            return Err(TableError::of(Fault::TooLarge, [format!("{MOST_ROWS} rows")]).into());
        }
        on_row(row)
    };
    match format {
        SourceFormat::Csv => each_row_of_text(source, &mut counted).map(|()| None),
        SourceFormat::Xlsx => each_row_of_workbook(source, &mut counted).map(Some),
        SourceFormat::Ods => each_row_of_opendocument(source, &mut counted).map(Some),
    }
}

fn each_row_of_text<E: From<TableError>>(
    source: &mut (impl Read + Seek),
    on_row: &mut dyn FnMut(Row) -> Result<(), E>,
) -> Result<(), E> {
    let text = BufReader::with_capacity(64 * 1024, decoded(source)?);
    let mut records = Delimited::new(text, MOST_OF_ROW).map_err(TableError::from)?;
    while let Some(record) = records.next_record().map_err(TableError::malformed)? {
        let mut row = Row { number: u32::try_from(record.line).unwrap_or(u32::MAX), ..Row::default() };
        row.fault = record.fault.map(|fault| match fault {
            FormFault::QuoteNotClosed => Fault::QuoteNotClosed,
            FormFault::TextAfterQuote => Fault::TextAfterQuote,
        });
        for cell in record.cells {
            // What was decoded is UTF-8.
            let text = String::from_utf8(cell).map_err(TableError::malformed)?;
            row.cells.push(if text.is_empty() { Content::Empty } else { Content::Text(text) });
        }
        finish(row, on_row)?;
    }
    Ok(())
}

/// Rows without anything in them are no rows: spreadsheets are full of them.
pub(super) fn finish<E>(mut row: Row, on_row: &mut dyn FnMut(Row) -> Result<(), E>) -> Result<(), E> {
    let is_too_long = |cell: &Content| matches!(cell, Content::Text(text) if text.len() > MOST_CHARACTERS && text.chars().count() > MOST_CHARACTERS);
    if row.cells.iter().any(is_too_long) {
        row.fault.get_or_insert(Fault::CellTooLong);
    }
    if row.cells.iter().all(Content::is_blank) && row.fault.is_none_or(|fault| fault == Fault::RowHidden) {
        Ok(())
    } else {
        on_row(row)
    }
}
