//! A list as CSV: a head with the names of the fields, then a row for each certificate.

use std::io::{BufRead, Read};

use csv::{ByteRecord, ReaderBuilder};

use super::fields::Field;
use super::row::{Fields, listed};
use super::{ListError, ListRow, RowFault};
use crate::piece_limit::Allowance;
use trede_rules::pso::LadderVersion;

/// The most bytes in which the head of a file must end.
const LONGEST_HEAD: u64 = 64 * 1024;

pub(super) fn read<E>(
    mut list: impl BufRead,
    allowance: &Allowance,
    ladders: &[LadderVersion],
    take: &mut dyn FnMut(ListRow) -> Result<(), E>,
) -> Result<(), ListError<E>> {
    let head = head(&mut list).map_err(ListError::NoList)?;
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(head.delimiter).from_reader(list);
    let mut record = ByteRecord::new();
    // The head was line 1.
    let mut line = 1;
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) => {}
            Err(error) => return Err(ListError::BrokenOff { after: line, reason: error.to_string() }),
        }
        allowance.renew();
        line = record.position().map_or(line, |position| position.line()) + 1;
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        take(row(line, &head, &record, ladders)).map_err(ListError::Taker)?;
    }
}

/// Which field stands in which column.
struct Head {
    delimiter: u8,
    columns: Vec<Option<Field>>,
}

fn head(list: &mut impl BufRead) -> Result<Head, String> {
    let mut line = Vec::new();
    list.take(LONGEST_HEAD).read_until(b'\n', &mut line).map_err(|error| error.to_string())?;
    let line = std::str::from_utf8(&line).map_err(|_| "its head is no UTF-8".to_owned())?;
    let delimiter = [b';', b',', b'\t']
        .into_iter()
        .max_by_key(|candidate| line.bytes().filter(|byte| byte == candidate).count())
        .unwrap_or(b';');
    let mut reader =
        ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(line.as_bytes());
    let names = reader.records().next().transpose().map_err(|error| error.to_string())?.unwrap_or_default();
    let columns: Vec<Option<Field>> = names.iter().map(Field::called).collect();
    let absent: Vec<&str> = Field::ALL
        .into_iter()
        .filter(|field| field.is_needed() && !columns.contains(&Some(*field)))
        .map(Field::name)
        .collect();
    if absent.is_empty() {
        return Ok(Head { delimiter, columns });
    }
    Err(format!("its head names no column for {}", absent.join(", ")))
}

fn row(line: u64, head: &Head, record: &ByteRecord, ladders: &[LadderVersion]) -> ListRow {
    let mut fields = Fields::default();
    let mut faults = Vec::new();
    for (column, cell) in head.columns.iter().zip(record.iter()) {
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
    if record.len() != head.columns.len() {
        let detail = format!("{} cells under {} names", record.len(), head.columns.len());
        faults.push(RowFault { field: None, code: "cell-count", detail });
    }
    listed(line, fields, faults, ladders)
}
