//! Imports of tables: what is right is taken in batches, what is wrong is told with its row and column.
//!
//! An import can be sent again at any time: rows that are there already are passed over, so that one that broke
//! off goes on where it stopped. Each batch is one transaction with one audit record and one event.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use crate::frame::error::{Finding, ServiceError};
use trede_formats::tables::read::{Row, TableError, each_row};
use trede_formats::tables::row::{Cells, Header};
use trede_formats::tables::{CellError, Column, TableFormat, column_at};
use trede_model::following::table_import::TableImportId;

/// The most errors that are told of one table.
const MOST_ERRORS: usize = 10_000;
/// The most rows of one batch.
pub(crate) const BATCH: usize = 1000;

/// What an import came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Whether nothing was stored, since that was asked.
    pub dry_run: bool,
    /// How many rows the table has, besides the names.
    pub rows: u64,
    /// How many were taken; of a dry run, how many would be.
    pub added: u64,
    /// How many were there already and were passed over.
    pub unchanged: u64,
    /// How many were refused.
    pub refused: u64,
    /// In how many batches.
    pub batches: u64,
    /// By which what was taken is rolled back; none where nothing was.
    pub import: Option<TableImportId>,
    /// Everything that is wrong, in the order of the rows.
    pub errors: Vec<CellError>,
    /// How many errors more there are than are told.
    pub untold: u64,
}

impl ImportReport {
    fn refuse(&mut self, errors: Vec<CellError>) {
        self.refused += 1;
        for error in errors {
            if self.errors.len() < MOST_ERRORS {
                self.errors.push(error);
            } else {
                self.untold += 1;
            }
        }
    }
}

/// A table that is imported.
pub(crate) trait Table {
    /// A row that is right as far as it goes by itself.
    type Item;

    /// Its columns.
    const COLUMNS: &'static [Column];
    /// The columns it needs.
    const NEEDED: &'static [&'static str];

    /// By which what it brings is known.
    fn import(&self) -> TableImportId;

    /// Reads a row; none when something is wrong with it, which `cells` then tells.
    fn read(&mut self, cells: &mut Cells<'_>) -> Result<Option<Self::Item>, ServiceError>;

    /// Takes a batch; answers how many were there already, and what is wrong with others, by their place.
    fn take(&mut self, batch: &[(u32, Self::Item)], dry_run: bool) -> Result<Taken, ServiceError>;
}

/// What became of a batch.
#[derive(Default)]
pub(crate) struct Taken {
    /// How many were there already.
    pub(crate) unchanged: u64,
    /// What is wrong with rows, by their number.
    pub(crate) refused: BTreeMap<u32, CellError>,
}

/// Imports a table.
///
/// # Errors
/// [`ServiceError::Invalid`] when the file is no such table; what is wrong with single rows is told in the
/// report.
pub(crate) fn run<T: Table>(
    mut table: T,
    source: impl Read + Seek,
    format: TableFormat,
    dry_run: bool,
) -> Result<ImportReport, ServiceError> {
    let mut report = ImportReport { dry_run, ..ImportReport::default() };
    let mut header: Option<Header> = None;
    let mut batch: Vec<(u32, T::Item)> = Vec::with_capacity(BATCH);
    each_row(source, format, &mut |row: Row| {
        let Some(header) = &header else {
            header = Some(Header::read(&row, T::COLUMNS, T::NEEDED).map_err(of_header)?);
            return Ok(());
        };
        report.rows += 1;
        let mut cells = Cells::of(header, &row);
        match table.read(&mut cells)? {
            Some(item) => batch.push((row.number, item)),
            None => report.refuse(cells.errors),
        }
        if batch.len() >= BATCH {
            settle(&mut table, &mut batch, &mut report)?;
        }
        Ok::<_, ServiceError>(())
    })?;
    if header.is_none() {
        return Err(ServiceError::invalid("", "table-empty", "the first row holds the names of the columns"));
    }
    settle(&mut table, &mut batch, &mut report)?;
    report.import = (report.added > 0 && !dry_run).then(|| table.import());
    report.errors.sort_by_key(|error| error.row);
    Ok(report)
}

fn settle<T: Table>(
    table: &mut T,
    batch: &mut Vec<(u32, T::Item)>,
    report: &mut ImportReport,
) -> Result<(), ServiceError> {
    if batch.is_empty() {
        return Ok(());
    }
    let taken = table.take(batch, report.dry_run)?;
    let rows = u64::try_from(batch.len()).unwrap_or(u64::MAX);
    let refused = u64::try_from(taken.refused.len()).unwrap_or(u64::MAX);
    report.batches += 1;
    report.unchanged += taken.unchanged;
    report.added += rows.saturating_sub(taken.unchanged).saturating_sub(refused);
    for error in taken.refused.into_values() {
        report.refuse(vec![error]);
    }
    batch.clear();
    Ok(())
}

/// Findings about a row, told at the columns they are about. What is no finding ends the import.
pub(crate) fn tell(
    cells: &mut Cells<'_>,
    columns: &[Column],
    prefix: &str,
    error: ServiceError,
) -> Result<(), ServiceError> {
    let found = match error {
        ServiceError::Invalid(found) => found,
        ServiceError::Refused { code, detail } => vec![Finding::new("", code, detail)],
        ServiceError::NotTheirs { code, detail } => vec![Finding::new("", code, detail)],
        error => return Err(error),
    };
    for finding in found {
        let column = column_at(columns, &format!("{prefix}{}", finding.pointer));
        cells.tell(&column, finding.code, finding.detail);
    }
    Ok(())
}

fn of_header(errors: Vec<CellError>) -> ServiceError {
    let finding = |error: CellError| {
        let detail = format!("row {}, column {}: {}", error.row, error.column, error.detail);
        Finding::new("", error.code, detail)
    };
    ServiceError::Invalid(errors.into_iter().map(finding).collect())
}

impl From<TableError> for ServiceError {
    fn from(error: TableError) -> Self {
        let code = match error {
            TableError::Unreadable(_) => "table-unreadable",
            TableError::Malformed(_) => "table-malformed",
            TableError::TooLarge(_) => "table-too-large",
        };
        Self::invalid("", code, error.to_string())
    }
}
