//! What is known of files of evidence; their content stands elsewhere.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::evidence_files as table;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::following::contract::Contract;
use trede_model::following::entry::{Entry, EntryId};
use trede_model::following::evidence::{Evidence, EvidenceId, EvidenceKind, MediaType, ScanState};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct EvidenceRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<Evidence>,
    contract_id: KeyOf<Contract>,
    entry_id: KeyOf<Entry>,
    kind: Coded<EvidenceKind>,
    media_type: Coded<MediaType>,
    bytes: i64,
    sha256: String,
    scan: Coded<ScanState>,
    added_at: At,
    added_by: String,
    removed_at: Option<At>,
}

impl From<&Evidence> for EvidenceRow {
    fn from(evidence: &Evidence) -> Self {
        Self {
            municipality_id: Coded(evidence.municipality),
            id: KeyOf(evidence.id),
            contract_id: KeyOf(evidence.contract),
            entry_id: KeyOf(evidence.entry),
            kind: Coded(evidence.kind),
            media_type: Coded(evidence.media_type),
            bytes: evidence.bytes,
            sha256: evidence.sha256.clone(),
            scan: Coded(evidence.scan),
            added_at: At(evidence.added_at),
            added_by: evidence.added_by.clone(),
            removed_at: evidence.removed_at.map(At),
        }
    }
}

impl From<EvidenceRow> for Evidence {
    fn from(row: EvidenceRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            contract: row.contract_id.0,
            entry: row.entry_id.0,
            id: row.id.0,
            kind: row.kind.0,
            media_type: row.media_type.0,
            bytes: row.bytes,
            sha256: row.sha256,
            scan: row.scan.0,
            added_at: row.added_at.0,
            added_by: row.added_by,
            removed_at: row.removed_at.map(|at| at.0),
        }
    }
}

/// Stores what is known of a file.
///
/// # Errors
/// [`StorageError::BrokenReference`] when there is no such entry under the contract.
pub fn insert(c: &mut AnyConnection, evidence: &Evidence) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(EvidenceRow::from(evidence)).execute(c)?;
    Ok(())
}

/// The file of that id with the entry.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    entry: EntryId,
    id: EvidenceId,
) -> Result<Option<Evidence>, StorageError> {
    let row: Option<EvidenceRow> = table::table
        .find((Coded(municipality), KeyOf(id)))
        .filter(table::entry_id.eq(KeyOf(entry)))
        .select(EvidenceRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(Evidence::from))
}

/// One page of the files with an entry, in the order in which they were added.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    entry: EntryId,
    request: &PageRequest<EvidenceId>,
) -> Result<Page<Evidence>, StorageError> {
    let query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::entry_id.eq(KeyOf(entry)))
        .select(EvidenceRow::as_select());
    let rows: Vec<EvidenceRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(Evidence::from))
}

/// What the files with an entry show, of those whose content was not removed.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn kinds(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    entry: EntryId,
) -> Result<Vec<EvidenceKind>, StorageError> {
    let rows: Vec<Coded<EvidenceKind>> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::entry_id.eq(KeyOf(entry)))
        .filter(table::removed_at.is_null())
        .select(table::kind)
        .load(c)?;
    Ok(rows.into_iter().map(|kind| kind.0).collect())
}

/// How many files there are with an entry.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn count(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    entry: EntryId,
) -> Result<i64, StorageError> {
    Ok(table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::entry_id.eq(KeyOf(entry)))
        .count()
        .get_result(c)?)
}

/// Those of these files that are known and whose content was not removed.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn known(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    ids: &[EvidenceId],
) -> Result<Vec<EvidenceId>, StorageError> {
    let rows: Vec<KeyOf<Evidence>> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::id.eq_any(ids.iter().copied().map(KeyOf)))
        .filter(table::removed_at.is_null())
        .select(table::id)
        .load(c)?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Marks the files with an entry as removed, and answers which were not so yet.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn remove_of_entries(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    entries: &[EntryId],
    now: DateTime<Utc>,
) -> Result<Vec<EvidenceId>, StorageError> {
    let rows: Vec<KeyOf<Evidence>> = diesel::update(table::table)
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::entry_id.eq_any(entries.iter().copied().map(KeyOf)))
        .filter(table::removed_at.is_null())
        .set(table::removed_at.eq(Some(At(now))))
        .returning(table::id)
        .get_results(c)?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Takes the rows of these entries' files away; files that no row knows are swept out later.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn remove_of(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    entries: &[EntryId],
) -> Result<(), StorageError> {
    for entries in entries.chunks(ENTRIES) {
        let of_entries = table::table
            .filter(table::municipality_id.eq(Coded(municipality)))
            .filter(table::entry_id.eq_any(entries.iter().copied().map(KeyOf)));
        diesel::delete(of_entries).execute(c)?;
    }
    Ok(())
}

/// As many entries go into one statement.
const ENTRIES: usize = 1000;
