//! Imports of tables and what each brought.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::{table_import_items as items, table_imports as table};
use trede_base::ids::{Id, MunicipalityId};
use trede_model::following::table_import::{TableImport, TableImportId, TableImportKind};

/// As many items go into one statement: three values each, of which SQLite binds 32,766 at most.
const ITEMS: usize = 1000;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct Row {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<TableImport>,
    kind: Coded<TableImportKind>,
    created_at: At,
    rolled_back_at: Option<At>,
}

#[derive(Insertable)]
#[diesel(table_name = items)]
struct ItemRow<T: 'static> {
    municipality_id: Coded<MunicipalityId>,
    import_id: KeyOf<TableImport>,
    item_id: KeyOf<T>,
}

/// Notes what a batch of an import brought; with the first batch, the import itself.
///
/// # Errors
/// [`StorageError::BrokenReference`] when there is no such municipality.
pub fn add<T: 'static>(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    import: &TableImport,
    brought: &[Id<T>],
) -> Result<(), StorageError> {
    if find(c, municipality, import.id)?.is_none() {
        let row = Row {
            municipality_id: Coded(municipality),
            id: KeyOf(import.id),
            kind: Coded(import.kind),
            created_at: At(import.created_at),
            rolled_back_at: import.rolled_back_at.map(At),
        };
        diesel::insert_into(table::table).values(row).execute(c)?;
    }
    for brought in brought.chunks(ITEMS) {
        let rows: Vec<ItemRow<T>> = brought
            .iter()
            .map(|item| ItemRow {
                municipality_id: Coded(municipality),
                import_id: KeyOf(import.id),
                item_id: KeyOf(*item),
            })
            .collect();
        match c {
            AnyConnection::Postgres(c) => diesel::insert_into(items::table).values(&rows).execute(c)?,
            AnyConnection::Sqlite(c) => diesel::insert_into(items::table).values(&rows).execute(c)?,
        };
    }
    Ok(())
}

/// The import of that id.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: TableImportId,
) -> Result<Option<TableImport>, StorageError> {
    let row: Option<Row> =
        table::table.find((Coded(municipality), KeyOf(id))).select(Row::as_select()).first(c).optional()?;
    Ok(row.map(|row| TableImport {
        id: row.id.0,
        kind: row.kind.0,
        created_at: row.created_at.0,
        rolled_back_at: row.rolled_back_at.map(|at| at.0),
    }))
}

/// What an import brought, in the order in which it was made.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn brought<T: 'static>(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: TableImportId,
) -> Result<Vec<Id<T>>, StorageError> {
    let rows: Vec<KeyOf<T>> = items::table
        .filter(items::municipality_id.eq(Coded(municipality)))
        .filter(items::import_id.eq(KeyOf(id)))
        .order(items::item_id)
        .select(items::item_id)
        .load(c)?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Notes that an import was rolled back.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn roll_back(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: TableImportId,
    at: DateTime<Utc>,
) -> Result<(), StorageError> {
    diesel::update(table::table.find((Coded(municipality), KeyOf(id))))
        .set(table::rolled_back_at.eq(Some(At(at))))
        .execute(c)?;
    Ok(())
}
