//! Notices that were imported.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::notice_imports as table;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::tendering::notice_import::{
    ImportOutcome, NoticeImport, NoticeImportId, NoticeImportSummary, NoticeKey, NoticeKind,
};
use trede_model::tendering::tender::{Tender, TenderId};

#[derive(AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false, treat_none_as_null = true)]
struct SummaryRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<NoticeImport>,
    notice_id: String,
    notice_version: String,
    kind: Coded<NoticeKind>,
    procedure_id: Option<String>,
    tender_id: Option<KeyOf<Tender>>,
    outcome: Coded<ImportOutcome>,
    fingerprint: String,
    to_complete: i32,
    not_taken_over: i32,
    imported_at: At,
    imported_by: String,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct NoticeImportRow {
    #[diesel(embed)]
    summary: SummaryRow,
    report: String,
}

impl From<&NoticeImportSummary> for SummaryRow {
    fn from(summary: &NoticeImportSummary) -> Self {
        let summary = summary.clone();
        Self {
            municipality_id: Coded(summary.municipality),
            id: KeyOf(summary.id),
            notice_id: summary.notice.id,
            notice_version: summary.notice.version,
            kind: Coded(summary.kind),
            procedure_id: summary.procedure_id,
            tender_id: summary.tender.map(KeyOf),
            outcome: Coded(summary.outcome),
            fingerprint: summary.fingerprint,
            to_complete: summary.to_complete,
            not_taken_over: summary.not_taken_over,
            imported_at: At(summary.imported_at),
            imported_by: summary.imported_by,
        }
    }
}

impl From<SummaryRow> for NoticeImportSummary {
    fn from(row: SummaryRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            id: row.id.0,
            notice: NoticeKey { id: row.notice_id, version: row.notice_version },
            kind: row.kind.0,
            procedure_id: row.procedure_id,
            tender: row.tender_id.map(|id| id.0),
            outcome: row.outcome.0,
            fingerprint: row.fingerprint,
            to_complete: row.to_complete,
            not_taken_over: row.not_taken_over,
            imported_at: row.imported_at.0,
            imported_by: row.imported_by,
        }
    }
}

impl From<NoticeImportRow> for NoticeImport {
    fn from(row: NoticeImportRow) -> Self {
        Self { summary: row.summary.into(), report: row.report }
    }
}

/// Stores an import.
///
/// # Errors
/// [`StorageError::Duplicate`] when the notice was imported already, [`StorageError::BrokenReference`]
/// when the municipality or the tender is not there.
pub fn insert(c: &mut AnyConnection, import: &NoticeImport) -> Result<(), StorageError> {
    let row = NoticeImportRow { summary: SummaryRow::from(&import.summary), report: import.report.clone() };
    diesel::insert_into(table::table).values(row).execute(c)?;
    Ok(())
}

/// Writes an import anew, of a notice whose draft was removed.
///
/// # Errors
/// [`StorageError::BrokenReference`] when the tender is not there.
pub fn update(c: &mut AnyConnection, import: &NoticeImport) -> Result<(), StorageError> {
    let summary = &import.summary;
    diesel::update(table::table.find((Coded(summary.municipality), KeyOf(summary.id))))
        .set((SummaryRow::from(summary), table::report.eq(import.report.clone())))
        .execute(c)?;
    Ok(())
}

/// Lets the imports of a tender know it no longer, before it is removed.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn forget_tender(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<(), StorageError> {
    diesel::update(table::table)
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::tender_id.eq(KeyOf(tender)))
        .set(table::tender_id.eq(None::<KeyOf<Tender>>))
        .execute(c)?;
    Ok(())
}

/// The import of that id.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: NoticeImportId,
) -> Result<Option<NoticeImport>, StorageError> {
    let row: Option<NoticeImportRow> = table::table
        .find((Coded(municipality), KeyOf(id)))
        .select(NoticeImportRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(NoticeImport::from))
}

/// The import of that notice.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find_by_notice(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    notice: &NoticeKey,
) -> Result<Option<NoticeImport>, StorageError> {
    let row: Option<NoticeImportRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::notice_id.eq(&notice.id))
        .filter(table::notice_version.eq(&notice.version))
        .select(NoticeImportRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(NoticeImport::from))
}

/// The tender that notices of this procedure led to, if there is one still.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn tender_of_procedure(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    procedure_id: &str,
) -> Result<Option<TenderId>, StorageError> {
    let found: Option<Option<KeyOf<Tender>>> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::procedure_id.eq(procedure_id))
        .filter(table::tender_id.is_not_null())
        .order(table::id.desc())
        .select(table::tender_id)
        .first(c)
        .optional()?;
    Ok(found.flatten().map(|id| id.0))
}

/// One page of the municipality's imports, without their reports, in the order in which they were made.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    request: &PageRequest<NoticeImportId>,
) -> Result<Page<NoticeImportSummary>, StorageError> {
    let query =
        table::table.filter(table::municipality_id.eq(Coded(municipality))).select(SummaryRow::as_select());
    let rows: Vec<SummaryRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(NoticeImportSummary::from))
}
