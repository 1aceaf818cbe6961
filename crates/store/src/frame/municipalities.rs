//! The municipalities that are served here.

use diesel::prelude::*;

use super::columns::{At, Coded};
use super::connection::AnyConnection;
use super::error::StorageError;
use super::page::keyset;
use crate::schema::municipalities as table;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_model::frame::municipality::Municipality;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct MunicipalityRow {
    id: Coded<MunicipalityId>,
    name: String,
    oin: Option<String>,
    version: i64,
    created_at: At,
    updated_at: At,
}

impl From<&Municipality> for MunicipalityRow {
    fn from(municipality: &Municipality) -> Self {
        Self {
            id: Coded(municipality.id),
            name: municipality.name.clone(),
            oin: municipality.oin.clone(),
            version: municipality.record.version.0,
            created_at: At(municipality.record.created_at),
            updated_at: At(municipality.record.updated_at),
        }
    }
}

impl From<MunicipalityRow> for Municipality {
    fn from(row: MunicipalityRow) -> Self {
        Self {
            id: row.id.0,
            name: row.name,
            oin: row.oin,
            record: Record {
                version: Version(row.version),
                created_at: row.created_at.0,
                updated_at: row.updated_at.0,
            },
        }
    }
}

/// Registers a municipality.
///
/// # Errors
/// [`StorageError::Duplicate`] when it is registered already.
pub fn insert(c: &mut AnyConnection, municipality: &Municipality) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(MunicipalityRow::from(municipality)).execute(c)?;
    Ok(())
}

/// The municipality of that code.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(c: &mut AnyConnection, id: MunicipalityId) -> Result<Option<Municipality>, StorageError> {
    let row: Option<MunicipalityRow> =
        table::table.find(Coded(id)).select(MunicipalityRow::as_select()).first(c).optional()?;
    Ok(row.map(Municipality::from))
}

/// One page of the municipalities, by code.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    request: &PageRequest<MunicipalityId>,
) -> Result<Page<Municipality>, StorageError> {
    let query = table::table.select(MunicipalityRow::as_select());
    let rows: Vec<MunicipalityRow> = keyset!(query, request, table::id, Coded).load(c)?;
    Ok(Page::of_found(rows, request).map(Municipality::from))
}
