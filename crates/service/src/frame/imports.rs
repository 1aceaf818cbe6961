//! Imports of tables: what is right is taken in batches, what is wrong is told with its row and column.
//!
//! An import can be sent again at any time: rows that are there already are passed over, so that one that broke
//! off goes on where it stopped. Each batch is one transaction with one audit record and one event.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use crate::frame::error::{Finding, ServiceError};
use trede_formats::tables::read::each_row_of_table;
use trede_formats::tables::row::Cells;
use trede_formats::tables::{CellError, Column, Layout, Manner, SourceFormat, TableError, column_at};
use trede_model::following::table_import::TableImportId;

/// The most errors that are told of one table.
const MOST_ERRORS: usize = 10_000;
/// The most rows of one batch.
pub(crate) const BATCH: usize = 1000;

/// How a table is imported.
#[derive(Clone, Copy, Debug)]
pub struct ImportManner {
    /// What it is read from.
    pub format: SourceFormat,
    /// How its cells are read.
    pub manner: Manner,
    /// Whether nothing is stored, and only told what would be.
    pub dry_run: bool,
}

/// What an import came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Whether nothing was stored, since that was asked.
    pub dry_run: bool,
    /// How many rows the table has, besides the names.
    pub rows: u64,
    /// How many were taken; of a dry run, how many would be.
    pub added: u64,
    /// How many were there already with something else, and were changed; of a dry run, how many would be.
    pub changed: u64,
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
    /// What is told and hindered nothing, such as columns that are not read.
    pub remarks: Vec<CellError>,
    /// How many errors and remarks more there are than are told.
    pub untold: u64,
}

impl ImportReport {
    fn refuse(&mut self, errors: Vec<CellError>) {
        self.refused += 1;
        self.untold += kept(&mut self.errors, errors);
    }

    fn remark(&mut self, remarks: Vec<CellError>) {
        self.untold += kept(&mut self.remarks, remarks);
    }
}

/// Adds as many as are told; answers how many are not.
fn kept(told: &mut Vec<CellError>, more: Vec<CellError>) -> u64 {
    let room = MOST_ERRORS.saturating_sub(told.len());
    let untold = more.len().saturating_sub(room);
    told.extend(more.into_iter().take(room));
    u64::try_from(untold).unwrap_or(u64::MAX)
}

/// A table that is imported.
pub(crate) trait Table {
    /// A row that is right as far as it goes by itself.
    type Item;

    /// Its columns.
    const LAYOUT: &'static Layout;

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
    /// How many were there already with something else, and were changed.
    pub(crate) changed: u64,
    /// How many were there already.
    pub(crate) unchanged: u64,
    /// What is told of rows and hinders nothing.
    pub(crate) remarks: Vec<CellError>,
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
    how: ImportManner,
) -> Result<ImportReport, ServiceError> {
    let ImportManner { format, manner, dry_run } = how;
    let mut report = ImportReport { dry_run, ..ImportReport::default() };
    let mut batch: Vec<(u32, T::Item)> = Vec::with_capacity(BATCH);
    let read = each_row_of_table(source, format, T::LAYOUT, manner, &mut |mut cells: Cells<'_>| {
        report.rows += 1;
        match table.read(&mut cells)? {
            Some(item) => batch.push((cells.row_number(), item)),
            None => report.refuse(cells.errors),
        }
        if batch.len() >= BATCH {
            settle(&mut table, &mut batch, &mut report)?;
        }
        Ok::<_, ReadError>(())
    });
    let remarks = read.map_err(|error| match error {
        ReadError::Table(error) => of_table(&error, manner),
        ReadError::Service(error) => error,
    })?;
    settle(&mut table, &mut batch, &mut report)?;
    report.import = (report.added > 0 && !dry_run).then(|| table.import());
    report.errors.sort_by_key(|error| error.row);
    report.remarks.sort_by_key(|error| error.row);
    report.remarks.splice(0..0, remarks);
    Ok(report)
}

/// What ends the reading of a table.
enum ReadError {
    Table(TableError),
    Service(ServiceError),
}

impl From<TableError> for ReadError {
    fn from(error: TableError) -> Self {
        Self::Table(error)
    }
}

impl From<ServiceError> for ReadError {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
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
    report.changed += taken.changed;
    let there = taken.unchanged.saturating_add(taken.changed);
    report.added += rows.saturating_sub(there).saturating_sub(refused);
    report.remark(taken.remarks);
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
        ServiceError::Refused { code, detail, dutch } => {
            vec![Finding { dutch, ..Finding::new("", code, detail) }]
        }
        ServiceError::NotTheirs { code, detail } => vec![Finding::new("", code, detail)],
        error => return Err(error),
    };
    for finding in found {
        let column = column_at(columns, &format!("{prefix}{}", finding.pointer));
        let code = finding.code;
        let detail = finding.told(cells.language());
        cells.tell(&column, code, detail);
    }
    Ok(())
}

fn of_table(error: &TableError, manner: Manner) -> ServiceError {
    let found = error.told(manner.language).into_iter();
    ServiceError::Invalid(found.map(|(code, detail)| Finding::new("", code, detail)).collect())
}
