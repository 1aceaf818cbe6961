//! Reads the rows of a table, one after the other; whatever the file holds, not more of it than a row is kept.

use std::io::{self, BufRead, BufReader, Read, Seek};

use thiserror::Error;

use super::TableFormat;
use super::workbook::each_row_of_workbook;
use crate::piece_limit::PieceLimit;

/// The most characters of a cell.
pub(super) const MOST_CHARACTERS: usize = 32_767;
/// The most bytes of a row of text: a quote that is never closed is then refused before it fills the memory.
const MOST_OF_ROW: usize = 8 * 1024 * 1024;

/// A file that is no table.
#[derive(Debug, Error)]
pub enum TableError {
    /// It cannot be read at all.
    #[error("the file cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// It is not what it says.
    #[error("the file is no such table: {0}")]
    Malformed(String),
    /// It holds more than is read.
    #[error("the workbook has more than {0}")]
    TooLarge(String),
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its number, from 1.
    pub number: u32,
    /// Its cells as text.
    pub cells: Vec<String>,
    /// Why the row cannot be used, where it cannot.
    pub fault: Option<&'static str>,
}

/// Hands every row to `on_row`, the row with the names first, until that fails.
///
/// # Errors
/// [`TableError`] when the file is no such table; else what `on_row` answers.
pub fn each_row<E: From<TableError>>(
    source: impl Read + Seek,
    format: TableFormat,
    on_row: &mut dyn FnMut(Row) -> Result<(), E>,
) -> Result<(), E> {
    match format {
        TableFormat::Csv => each_row_of_text(source, on_row),
        TableFormat::Xlsx => each_row_of_workbook(source, on_row),
        TableFormat::Json => Err(TableError::Malformed("JSON is not read as a table".to_owned()).into()),
    }
}

fn each_row_of_text<E: From<TableError>>(
    source: impl Read,
    on_row: &mut dyn FnMut(Row) -> Result<(), E>,
) -> Result<(), E> {
    let (source, allowance) = PieceLimit::new(source, MOST_OF_ROW, "row");
    let mut source = BufReader::with_capacity(64 * 1024, source);
    let delimiter = delimiter(source.fill_buf().map_err(TableError::from)?);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        // Lines are then counted where an editor counts them, also behind a carriage return.
        .terminator(csv::Terminator::Any(b'\n'))
        .from_reader(source);
    let mut record = csv::ByteRecord::new();
    loop {
        let more =
            reader.read_byte_record(&mut record).map_err(|error| TableError::Malformed(error.to_string()))?;
        if !more {
            return Ok(());
        }
        allowance.renew();
        let line = record.position().map_or(1, csv::Position::line);
        let mut row = Row { number: u32::try_from(line).unwrap_or(u32::MAX), ..Row::default() };
        for cell in record.iter() {
            // A byte order mark before the first name is no part of it.
            let cell = if row.number == 1 && row.cells.is_empty() {
                cell.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(cell)
            } else {
                cell
            };
            match std::str::from_utf8(cell) {
                Ok(text) if text.len() <= MOST_CHARACTERS => row.cells.push(text.to_owned()),
                Ok(_) => row.fault = Some("a cell has at most 32,767 characters"),
                Err(_) => row.fault = Some("a cell is not written in UTF-8; save the table as CSV UTF-8"),
            }
        }
        if let Some(last) = row.cells.last_mut()
            && last.ends_with('\r')
        {
            last.pop();
        }
        finish(row, on_row)?;
    }
}

/// A semicolon where the first line has more of them than commas: so spreadsheets write CSV in Dutch.
fn delimiter(beginning: &[u8]) -> u8 {
    let line = beginning.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| line.iter().filter(|byte| **byte == wanted).count();
    if count(b';') > count(b',') { b';' } else { b',' }
}

/// Rows without any text are no rows: spreadsheets are full of them.
pub(super) fn finish<E>(row: Row, on_row: &mut dyn FnMut(Row) -> Result<(), E>) -> Result<(), E> {
    let is_empty = row.cells.iter().all(|cell| cell.trim().is_empty());
    if is_empty && row.fault.is_none() { Ok(()) } else { on_row(row) }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    fn rows(content: &[u8], format: TableFormat) -> Result<Vec<Row>, TableError> {
        let mut rows = Vec::new();
        each_row(Cursor::new(content), format, &mut |row| {
            rows.push(row);
            Ok::<_, TableError>(())
        })?;
        Ok(rows)
    }

    fn cells(content: &[u8]) -> Vec<Vec<String>> {
        rows(content, TableFormat::Csv).unwrap().into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn a_table_is_read_with_commas_or_semicolons_and_whatever_its_line_ends() {
        let expected = [["a", "b"], ["1", "x;y"]];
        assert_eq!(cells(b"a,b\n1,x;y\n"), expected);
        assert_eq!(cells(b"\xEF\xBB\xBFa;b\r\n1;\"x;y\"\r\n"), expected);
    }

    #[test]
    fn rows_bear_the_number_that_an_editor_shows() {
        let found = rows(b"a,b\n\"two\nlines\",1\n3,4\n", TableFormat::Csv).unwrap();
        let numbers: Vec<u32> = found.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [1, 2, 4]);
        let found = rows(b"a;b\r\n1;2\r\n\r\n3;\"4\"\r\n", TableFormat::Csv).unwrap();
        let numbers: Vec<u32> = found.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [1, 2, 4]);
        assert_eq!(found[2].cells, ["3", "4"]);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_refused_before_it_fills_the_memory() {
        let endless = io::Cursor::new(b"a,b\n1,\"").chain(io::repeat(b'x'));
        let ended = each_row_of_text(endless, &mut |_| Ok::<_, TableError>(()));
        assert!(matches!(ended, Err(TableError::Malformed(why)) if why.contains("a row has more than")));
    }

    #[test]
    fn a_cell_that_is_no_text_is_a_fault_of_its_row_only() {
        let found = rows(b"a\n\xFF\nb\n", TableFormat::Csv).unwrap();
        assert!(found[1].fault.is_some());
        assert_eq!(found[2].fault, None);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(content: Vec<u8>) {
            let _ = rows(&content, TableFormat::Csv);
        }

        #[test]
        fn no_table_of_odd_pieces_makes_the_reader_panic(text in "([a-z]{0,3}|\"|\"\"|,|;|\r|\n|\r\n|\t|\u{feff}|\\PC){0,80}") {
            let _ = rows(text.as_bytes(), TableFormat::Csv);
        }
    }
}
