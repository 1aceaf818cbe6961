//! Dossiers of lots: entries that are added and never changed.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::dossier_entries as table;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::assessing::dossier::{DossierEntry, DossierEntryId, FactKind};
use trede_model::tendering::lot::{Lot, LotId};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct EntryRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<DossierEntry>,
    lot_id: KeyOf<Lot>,
    kind: Coded<FactKind>,
    fact: String,
    at: At,
    actor: String,
}

impl From<EntryRow> for DossierEntry {
    fn from(row: EntryRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            lot: row.lot_id.0,
            id: row.id.0,
            kind: row.kind.0,
            fact: row.fact,
            at: row.at.0,
            actor: row.actor,
        }
    }
}

/// Adds an entry.
///
/// # Errors
/// [`StorageError::BrokenReference`] when there is no such lot in the municipality.
pub fn insert(c: &mut AnyConnection, entry: &DossierEntry) -> Result<(), StorageError> {
    diesel::insert_into(table::table)
        .values(EntryRow {
            municipality_id: Coded(entry.municipality),
            id: KeyOf(entry.id),
            lot_id: KeyOf(entry.lot),
            kind: Coded(entry.kind),
            fact: entry.fact.clone(),
            at: At(entry.at),
            actor: entry.actor.clone(),
        })
        .execute(c)?;
    Ok(())
}

/// The entry of that id in the dossier of the lot.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
    id: DossierEntryId,
) -> Result<Option<DossierEntry>, StorageError> {
    let row: Option<EntryRow> = table::table
        .find((Coded(municipality), KeyOf(id)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .select(EntryRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(DossierEntry::from))
}

/// One page of the dossier of a lot, the first entry first.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
    request: &PageRequest<DossierEntryId>,
) -> Result<Page<DossierEntry>, StorageError> {
    let query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .select(EntryRow::as_select());
    let rows: Vec<EntryRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(DossierEntry::from))
}

/// One page of what the dossier of a lot tells of one kind, the first entry first.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list_of_kind(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
    kind: FactKind,
    request: &PageRequest<DossierEntryId>,
) -> Result<Page<DossierEntry>, StorageError> {
    let query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .filter(table::kind.eq(Coded(kind)))
        .select(EntryRow::as_select());
    let rows: Vec<EntryRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(DossierEntry::from))
}

/// The whole dossier of a lot, the first entry first, to decide by.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all_of_lot(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
) -> Result<Vec<DossierEntry>, StorageError> {
    let rows: Vec<EntryRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .order(table::id)
        .select(EntryRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(DossierEntry::from).collect())
}
