//! A list as CSV: a head with the names of the fields, then a row for each certificate.

use std::io::BufRead;

use super::fields::Field;
use super::row::{Fields, listed};
use super::{ListError, ListRow, MOST_OF_ROW, RowFault};
use crate::piece_limit::Allowance;
use crate::tables::delimited::{Delimited, FormFault, Record};
use trede_rules::pso::LadderVersion;

/// Reads a list that begins behind so many lines.
pub(super) fn read<E>(
    list: impl BufRead,
    lines_before: u64,
    allowance: &Allowance,
    ladders: &[LadderVersion],
    take: &mut dyn FnMut(ListRow) -> Result<(), E>,
) -> Result<(), ListError<E>> {
    let no_list = |error: std::io::Error| ListError::NoList(error.to_string());
    let mut records = Delimited::new(list, MOST_OF_ROW).map_err(no_list)?;
    let head = records.next_record().map_err(no_list)?.unwrap_or_default();
    let columns = columns(&head).map_err(ListError::NoList)?;
    let mut after = lines_before + head.line;
    loop {
        allowance.renew();
        let record = records
            .next_record()
            .map_err(|error| ListError::BrokenOff { after, reason: error.to_string() })?;
        let Some(record) = record else { return Ok(()) };
        after = lines_before + record.line;
        if record.cells.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        take(row(after, &columns, &record, ladders)).map_err(ListError::Taker)?;
    }
}

/// Which field stands in which column.
fn columns(head: &Record) -> Result<Vec<Option<Field>>, String> {
    let mut columns = Vec::new();
    for name in &head.cells {
        let name = std::str::from_utf8(name).map_err(|_| "its head is no UTF-8".to_owned())?;
        columns.push(Field::called(name));
    }
    let absent: Vec<&str> = Field::ALL
        .into_iter()
        .filter(|field| field.is_needed() && !columns.contains(&Some(*field)))
        .map(Field::name)
        .collect();
    if absent.is_empty() {
        return Ok(columns);
    }
    Err(format!("its head names no column for {}", absent.join(", ")))
}

fn row(line: u64, columns: &[Option<Field>], record: &Record, ladders: &[LadderVersion]) -> ListRow {
    let mut fields = Fields::default();
    let mut faults = Vec::new();
    if let Some(fault) = record.fault {
        let detail = match fault {
            FormFault::QuoteNotClosed => "a quotation mark that is opened in this row is not closed",
            FormFault::TextAfterQuote => "there is text behind a closing quotation mark",
        };
        faults.push(RowFault { field: None, code: "row-unreadable", detail: detail.to_owned() });
        return listed(line, fields, faults, ladders);
    }
    for (column, cell) in columns.iter().zip(&record.cells) {
        let Some(field) = column else { continue };
        match std::str::from_utf8(cell) {
            Ok(text) => fields.set(*field, text.to_owned()),
            Err(_) => faults.push(RowFault {
                field: Some(*field),
                code: "not-utf8",
                detail: "the text is no UTF-8; save the list as UTF-8".to_owned(),
            }),
        }
    }
    if record.cells.len() != columns.len() {
        let detail = format!("{} cells under {} names", record.cells.len(), columns.len());
        faults.push(RowFault { field: None, code: "cell-count", detail });
    }
    listed(line, fields, faults, ladders)
}
