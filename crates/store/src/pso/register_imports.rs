//! Imports of lists of certificates: what was asked, how far they are, and which rows could not be taken.

use chrono::NaiveDate;
use diesel::dsl::{count_star, exists, not};
use diesel::prelude::*;

use super::certificates;
use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::{
    pso_certificates, register_import_faults as faults, register_import_parts as parts,
    register_import_sightings as sightings, register_imports as table,
};
use trede_base::certificate::{Certificate, CertificateId, CertificateSource};
use trede_base::page::{Page, PageRequest};
use trede_model::pso::register_import::{
    ImportCounts, ImportFault, ImportRequest, ImportState, RegisterImport, RegisterImportId, Validators,
};

#[derive(Insertable, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = table, treat_none_as_default_value = false, treat_none_as_null = true)]
struct ImportRow {
    id: KeyOf<RegisterImport>,
    source: Coded<CertificateSource>,
    origin: String,
    is_complete: bool,
    max_ended_percent: i32,
    state: Coded<ImportState>,
    not_modified: bool,
    rows_read: i64,
    added: i64,
    changed: i64,
    ended: i64,
    unchanged: i64,
    malformed: i64,
    note: Option<String>,
    etag: Option<String>,
    last_modified: Option<String>,
    created_at: At,
    created_by: String,
    started_at: Option<At>,
    finished_at: Option<At>,
}

impl From<&RegisterImport> for ImportRow {
    fn from(import: &RegisterImport) -> Self {
        let (request, counts) = (&import.request, &import.counts);
        Self {
            id: KeyOf(import.id),
            source: Coded(request.source),
            origin: request.origin.clone(),
            is_complete: request.is_complete,
            max_ended_percent: request.max_ended_percent,
            state: Coded(import.state),
            not_modified: import.not_modified,
            rows_read: counts.rows_read,
            added: counts.added,
            changed: counts.changed,
            ended: counts.ended,
            unchanged: counts.unchanged,
            malformed: counts.malformed,
            note: import.note.clone(),
            etag: import.validators.etag.clone(),
            last_modified: import.validators.last_modified.clone(),
            created_at: At(import.created_at),
            created_by: import.created_by.clone(),
            started_at: import.started_at.map(At),
            finished_at: import.finished_at.map(At),
        }
    }
}

impl From<ImportRow> for RegisterImport {
    fn from(row: ImportRow) -> Self {
        Self {
            id: row.id.0,
            request: ImportRequest {
                source: row.source.0,
                origin: row.origin,
                is_complete: row.is_complete,
                max_ended_percent: row.max_ended_percent,
            },
            state: row.state.0,
            counts: ImportCounts {
                rows_read: row.rows_read,
                added: row.added,
                changed: row.changed,
                ended: row.ended,
                unchanged: row.unchanged,
                malformed: row.malformed,
            },
            not_modified: row.not_modified,
            note: row.note,
            validators: Validators { etag: row.etag, last_modified: row.last_modified },
            created_at: row.created_at.0,
            created_by: row.created_by,
            started_at: row.started_at.map(|at| at.0),
            finished_at: row.finished_at.map(|at| at.0),
        }
    }
}

/// Latest revisions of certificates that came from the register or its list, and have not ended on the day.
macro_rules! listed_in_force {
    ($day:expr) => {
        pso_certificates::table
            .filter(pso_certificates::superseded_at.is_null())
            .filter(
                pso_certificates::source
                    .eq_any([Coded(CertificateSource::Register), Coded(CertificateSource::Upload)]),
            )
            .filter(pso_certificates::valid_until.ge($day))
            .filter(pso_certificates::ended_on.is_null())
    };
}

/// Whether the list of an import names the certificate.
macro_rules! named_by {
    ($id:expr) => {
        exists(
            sightings::table
                .filter(sightings::import_id.eq(KeyOf($id)))
                .filter(sightings::certificate_id.eq(pso_certificates::id)),
        )
    };
}

/// Stores an import that was asked for.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn insert(c: &mut AnyConnection, import: &RegisterImport) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(ImportRow::from(import)).execute(c)?;
    Ok(())
}

/// Writes how far an import is.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn update(c: &mut AnyConnection, import: &RegisterImport) -> Result<(), StorageError> {
    diesel::update(table::table.find(KeyOf(import.id))).set(ImportRow::from(import)).execute(c)?;
    Ok(())
}

/// The import of that id.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(c: &mut AnyConnection, id: RegisterImportId) -> Result<Option<RegisterImport>, StorageError> {
    let row: Option<ImportRow> =
        table::table.find(KeyOf(id)).select(ImportRow::as_select()).first(c).optional()?;
    Ok(row.map(RegisterImport::from))
}

/// One page of the imports, oldest first.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    request: &PageRequest<RegisterImportId>,
) -> Result<Page<RegisterImport>, StorageError> {
    let query = table::table.select(ImportRow::as_select());
    let rows: Vec<ImportRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(RegisterImport::from))
}

/// The last import that read the whole list at an address: what it calls that state of the list need not be
/// read again.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn last_read(c: &mut AnyConnection, origin: &str) -> Result<Option<RegisterImport>, StorageError> {
    let row: Option<ImportRow> = table::table
        .filter(table::origin.eq(origin))
        .filter(table::source.eq(Coded(CertificateSource::Register)))
        .filter(table::state.eq(Coded(ImportState::Succeeded)))
        .order(table::id.desc())
        .select(ImportRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(RegisterImport::from))
}

/// Keeps a piece of a list that was handed over.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn insert_part(
    c: &mut AnyConnection,
    id: RegisterImportId,
    part: i64,
    bytes: &[u8],
) -> Result<(), StorageError> {
    diesel::insert_into(parts::table)
        .values((parts::import_id.eq(KeyOf(id)), parts::part.eq(part), parts::bytes.eq(bytes)))
        .execute(c)?;
    Ok(())
}

/// A piece of a list that was handed over; none after the last.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn part(c: &mut AnyConnection, id: RegisterImportId, part: i64) -> Result<Option<Vec<u8>>, StorageError> {
    Ok(parts::table.find((KeyOf(id), part)).select(parts::bytes).first(c).optional()?)
}

/// Forgets what was needed to read a list: its pieces, and which certificates it named.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn forget_list(c: &mut AnyConnection, id: RegisterImportId) -> Result<(), StorageError> {
    diesel::delete(parts::table.filter(parts::import_id.eq(KeyOf(id)))).execute(c)?;
    forget_sightings(c, id)
}

/// Forgets which certificates a list named.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn forget_sightings(c: &mut AnyConnection, id: RegisterImportId) -> Result<(), StorageError> {
    diesel::delete(sightings::table.filter(sightings::import_id.eq(KeyOf(id)))).execute(c)?;
    Ok(())
}

/// Forgets the faults of a reading that begins anew.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn forget_faults(c: &mut AnyConnection, id: RegisterImportId) -> Result<(), StorageError> {
    diesel::delete(faults::table.filter(faults::import_id.eq(KeyOf(id)))).execute(c)?;
    Ok(())
}

/// Keeps what is wrong with a row, under its own number within the import.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn insert_fault(
    c: &mut AnyConnection,
    id: RegisterImportId,
    number: i64,
    fault: &ImportFault,
) -> Result<(), StorageError> {
    diesel::insert_into(faults::table)
        .values((
            faults::import_id.eq(KeyOf(id)),
            faults::fault.eq(number),
            faults::row_number.eq(fault.row),
            faults::certificate_number.eq(&fault.number),
            faults::field.eq(&fault.field),
            faults::code.eq(&fault.code),
            faults::detail.eq(&fault.detail),
        ))
        .execute(c)?;
    Ok(())
}

/// How many faults are kept.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn count_faults(c: &mut AnyConnection, id: RegisterImportId) -> Result<i64, StorageError> {
    Ok(faults::table.filter(faults::import_id.eq(KeyOf(id))).select(count_star()).first(c)?)
}

/// One page of what was wrong, in the order of the list, each with its own number.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list_faults(
    c: &mut AnyConnection,
    id: RegisterImportId,
    request: &PageRequest<i64>,
) -> Result<Page<(i64, ImportFault)>, StorageError> {
    type FaultRow = (i64, i64, Option<String>, String, String, String);
    let query = faults::table.filter(faults::import_id.eq(KeyOf(id))).select((
        faults::fault,
        faults::row_number,
        faults::certificate_number,
        faults::field,
        faults::code,
        faults::detail,
    ));
    let rows: Vec<FaultRow> = keyset!(query, request, faults::fault, std::convert::identity).load(c)?;
    Ok(Page::of_found(rows, request).map(|(number_of_fault, row, number, field, code, detail)| {
        (number_of_fault, ImportFault { row, number, field, code, detail })
    }))
}

/// Notes that the list names certificates.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn sight(
    c: &mut AnyConnection,
    id: RegisterImportId,
    certificates: &[CertificateId],
) -> Result<(), StorageError> {
    let row = |certificate: &CertificateId| {
        (sightings::import_id.eq(KeyOf(id)), sightings::certificate_id.eq(KeyOf(*certificate)))
    };
    let rows: Vec<_> = certificates.iter().map(row).collect();
    // One statement for all of them: with one each, a list would take twice as long.
    let insert = diesel::insert_into(sightings::table).values(rows);
    match c {
        AnyConnection::Postgres(c) => insert.execute(c)?,
        AnyConnection::Sqlite(c) => insert.execute(c)?,
    };
    Ok(())
}

/// Which of the certificates the list has named already.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn sighted(
    c: &mut AnyConnection,
    id: RegisterImportId,
    certificates: &[CertificateId],
) -> Result<Vec<CertificateId>, StorageError> {
    let ids: Vec<_> = certificates.iter().map(|id| KeyOf(*id)).collect();
    let found: Vec<KeyOf<Certificate>> = sightings::table
        .filter(sightings::import_id.eq(KeyOf(id)))
        .filter(sightings::certificate_id.eq_any(ids))
        .select(sightings::certificate_id)
        .load(c)?;
    Ok(found.into_iter().map(|id| id.0).collect())
}

/// How many certificates of the register are in force on the day or will be, and how many of these the list
/// does not name.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn count_missing(
    c: &mut AnyConnection,
    id: RegisterImportId,
    day: NaiveDate,
) -> Result<(i64, i64), StorageError> {
    let all = listed_in_force!(day).select(count_star()).first(c)?;
    let missing = listed_in_force!(day).filter(not(named_by!(id))).select(count_star()).first(c)?;
    Ok((all, missing))
}

/// Certificates of the register that are in force on the day or will be, and that the list does not name: so
/// many at the most, after the one of that id.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn missing(
    c: &mut AnyConnection,
    id: RegisterImportId,
    day: NaiveDate,
    after: Option<CertificateId>,
    limit: i64,
) -> Result<Vec<Certificate>, StorageError> {
    let after = after.unwrap_or(CertificateId::from_uuid(uuid::Uuid::nil()));
    let ids: Vec<KeyOf<Certificate>> = listed_in_force!(day)
        .filter(not(named_by!(id)))
        .filter(pso_certificates::id.gt(KeyOf(after)))
        .order(pso_certificates::id)
        .limit(limit)
        .select(pso_certificates::id)
        .load(c)?;
    certificates::all_of(c, &ids.into_iter().map(|id| id.0).collect::<Vec<_>>())
}

/// How many imports there are, by how far they are.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn count_by_state(c: &mut AnyConnection) -> Result<Vec<(ImportState, i64)>, StorageError> {
    let rows: Vec<(Coded<ImportState>, i64)> =
        table::table.group_by(table::state).select((table::state, count_star())).load(c)?;
    Ok(rows.into_iter().map(|(state, number)| (state.0, number)).collect())
}
