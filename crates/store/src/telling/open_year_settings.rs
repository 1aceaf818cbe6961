//! Which municipalities opened what social return came to.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::open_year_settings as table;
use trede_base::ids::MunicipalityId;
use trede_base::record::{Record, Version};
use trede_model::telling::open_year::OpenYearSettings;

#[derive(AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false, primary_key(municipality_id), treat_none_as_null = true)]
struct SettingsRow {
    municipality_id: Coded<MunicipalityId>,
    is_open: bool,
    version: i64,
    created_at: At,
    updated_at: At,
}

impl From<&OpenYearSettings> for SettingsRow {
    fn from(settings: &OpenYearSettings) -> Self {
        Self {
            municipality_id: Coded(settings.municipality),
            is_open: settings.is_open,
            version: settings.record.version.0,
            created_at: At(settings.record.created_at),
            updated_at: At(settings.record.updated_at),
        }
    }
}

impl From<SettingsRow> for OpenYearSettings {
    fn from(row: SettingsRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            is_open: row.is_open,
            record: Record {
                version: Version(row.version),
                created_at: row.created_at.0,
                updated_at: row.updated_at.0,
            },
        }
    }
}

/// What a municipality set, if it set anything.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
) -> Result<Option<OpenYearSettings>, StorageError> {
    let row: Option<SettingsRow> =
        table::table.find(Coded(municipality)).select(SettingsRow::as_select()).first(c).optional()?;
    Ok(row.map(OpenYearSettings::from))
}

/// Stores what a municipality sets for the first time.
///
/// # Errors
/// [`StorageError::BrokenReference`] when the municipality is not registered.
pub fn insert(c: &mut AnyConnection, settings: &OpenYearSettings) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(SettingsRow::from(settings)).execute(c)?;
    Ok(())
}

/// Writes what a municipality sets anew.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn update(c: &mut AnyConnection, settings: &OpenYearSettings) -> Result<(), StorageError> {
    diesel::update(table::table.find(Coded(settings.municipality)))
        .set(SettingsRow::from(settings))
        .execute(c)?;
    Ok(())
}
