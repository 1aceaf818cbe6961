//! When names were removed, and by which rule of retention; never whose.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::person_removals as table;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::trust::personal_data::{PersonRemoval, PersonRemovalId};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct PersonRemovalRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<PersonRemoval>,
    recorded_before: NaiveDate,
    basis: String,
    at: At,
    removed_by: String,
}

/// Stores that a name was removed.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn insert(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    removal: &PersonRemoval,
) -> Result<(), StorageError> {
    diesel::insert_into(table::table)
        .values(PersonRemovalRow {
            municipality_id: Coded(municipality),
            id: KeyOf(removal.id),
            recorded_before: removal.recorded_before,
            basis: removal.basis.clone(),
            at: At(removal.at),
            removed_by: removal.by.clone(),
        })
        .execute(c)?;
    Ok(())
}

/// One page of the removals of a municipality, in order.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    request: &PageRequest<PersonRemovalId>,
) -> Result<Page<PersonRemoval>, StorageError> {
    let query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .select(PersonRemovalRow::as_select());
    let rows: Vec<PersonRemovalRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(|row| PersonRemoval {
        id: row.id.0,
        recorded_before: row.recorded_before,
        basis: row.basis,
        at: row.at.0,
        by: row.removed_by,
    }))
}
