//! Versions of ladders, norms and weights: national ones, and a municipality's own.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::pso_tables as table;
use trede_model::pso::table::{KeptTable, TableKind};
use trede_model::trust::audit::AuditScope;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct TableRow {
    scope: Coded<AuditScope>,
    kind: Coded<TableKind>,
    version: String,
    document: String,
    created_at: At,
    created_by: String,
}

impl From<TableRow> for KeptTable {
    fn from(row: TableRow) -> Self {
        Self {
            scope: row.scope.0,
            kind: row.kind.0,
            version: row.version,
            document: row.document,
            created_at: row.created_at.0,
            created_by: row.created_by,
        }
    }
}

/// Adds a version.
///
/// # Errors
/// [`StorageError::Duplicate`] when the scope has a version of that name.
pub fn insert(c: &mut AnyConnection, kept: &KeptTable) -> Result<(), StorageError> {
    diesel::insert_into(table::table)
        .values(TableRow {
            scope: Coded(kept.scope),
            kind: Coded(kept.kind),
            version: kept.version.clone(),
            document: kept.document.clone(),
            created_at: At(kept.created_at),
            created_by: kept.created_by.clone(),
        })
        .execute(c)?;
    Ok(())
}

/// The versions of a scope's own, in the order in which they were added. There are few.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    scope: AuditScope,
    kind: TableKind,
) -> Result<Vec<KeptTable>, StorageError> {
    let rows: Vec<TableRow> = table::table
        .filter(table::scope.eq(Coded(scope)))
        .filter(table::kind.eq(Coded(kind)))
        .order((table::created_at, table::version))
        .select(TableRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(KeptTable::from).collect())
}
