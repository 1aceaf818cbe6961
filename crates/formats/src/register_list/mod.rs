//! The list of certified organisations, as the register serves it or somebody hands it over: CSV or JSON, read
//! row by row, so that memory does not grow with the list.
//!
//! A row that cannot be read is told with its number and does not stop the others. What is no list at all, or
//! breaks off, stops the reading.

mod csv_list;
mod fields;
mod json_list;
mod row;

pub use fields::Field;
pub use row::{ListedCertificate, ListedCertificateInput};

use std::io::{BufRead, BufReader, Read};

use chrono::NaiveDate;
use thiserror::Error;

use crate::piece_limit::PieceLimit;
use trede_rules::pso::LadderVersion;

/// The most bytes of a row.
const MOST_OF_ROW: usize = 1024 * 1024;

/// What is wrong with one field of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The field; none for the whole row.
    pub field: Option<Field>,
    /// Stable and kebab-case, for programs.
    pub code: &'static str,
    /// One sentence for people: what came, what would be right.
    pub detail: String,
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    /// In a CSV file its line, in a JSON list its place, from 1.
    pub number: u64,
    /// The number of the certificate, where the row has one, readable or not.
    pub certificate: Option<String>,
    /// What it says, or everything that is wrong with it.
    pub said: Result<ListedCertificate, Vec<RowFault>>,
}

/// Why a list cannot be read, or not to its end.
#[derive(Debug, Error)]
pub enum ListError<E> {
    /// It is no list of certificates.
    #[error("this is no list of certificates: {0}")]
    NoList(String),
    /// It breaks off, or its form is broken from some row on.
    #[error("the list breaks off after row {after}: {reason}")]
    BrokenOff {
        /// The last row that was read.
        after: u64,
        /// Why.
        reason: String,
    },
    /// Who takes the rows could not go on.
    #[error(transparent)]
    Taker(E),
}

/// Reads a list to its end and gives each row to `take`, in the order of the list.
///
/// The form is seen from the first character: `[` or `{` begins JSON, anything else CSV.
///
/// # Errors
/// When it is no list, breaks off, or `take` cannot go on.
pub fn read_list<E>(
    list: impl Read,
    ladders: &[LadderVersion],
    take: &mut dyn FnMut(ListRow) -> Result<(), E>,
) -> Result<(), ListError<E>> {
    let (list, allowance) = PieceLimit::new(list, MOST_OF_ROW, "row");
    let mut list = BufReader::new(list);
    let first = first_character(&mut list).map_err(|error| ListError::NoList(error.to_string()))?;
    match first.1 {
        None => Err(ListError::NoList("it is empty".to_owned())),
        Some(b'[' | b'{') => json_list::read(list, &allowance, ladders, take),
        Some(_) => csv_list::read(list, first.0, &allowance, ladders, take),
    }
}

/// Looks at the beginning of a list, to refuse at once what is none.
///
/// # Errors
/// Why it is no list of certificates.
pub fn expect_list(beginning: &[u8]) -> Result<(), String> {
    // One row is enough to know; what breaks off is found when all is read.
    match read_list(beginning, &[], &mut |_| Err(())) {
        Err(ListError::NoList(reason)) => Err(reason),
        _ => Ok(()),
    }
}

/// How many lines are empty before the first character, and that character; what comes before it is skipped, a byte
/// order mark too.
fn first_character(list: &mut impl BufRead) -> std::io::Result<(u64, Option<u8>)> {
    const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
    if list.fill_buf()?.starts_with(BYTE_ORDER_MARK) {
        list.consume(BYTE_ORDER_MARK.len());
    }
    let mut lines = 0;
    loop {
        match list.fill_buf()?.first().copied() {
            Some(space) if space.is_ascii_whitespace() => {
                lines += u64::from(space == b'\n');
                list.consume(1);
            }
            first => return Ok((lines, first)),
        }
    }
}

/// The ladder that is in force on the first day of a certificate.
fn ladder_on(ladders: &[LadderVersion], day: NaiveDate) -> Option<&LadderVersion> {
    ladders.iter().filter(|version| version.is_in_force_on(day)).max_by_key(|version| version.in_force_from)
}
