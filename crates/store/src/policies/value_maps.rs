//! Value maps of a municipality and their versions, which are added and never changed.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::{value_map_versions as versions, value_maps as table};
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_model::policies::value_map::{
    KeptValueMap, ValueMapId, ValueMapScope, ValueMapVersion, ValueMapVersionSummary,
};

#[derive(AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false, primary_key(municipality_id, id))]
struct MapRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<KeptValueMap>,
    scope: Coded<ValueMapScope>,
    subject: String,
    title: String,
    version: i64,
    created_at: At,
    updated_at: At,
}

impl From<&KeptValueMap> for MapRow {
    fn from(map: &KeptValueMap) -> Self {
        Self {
            municipality_id: Coded(map.municipality),
            id: KeyOf(map.id),
            scope: Coded(map.scope),
            subject: map.subject.clone(),
            title: map.title.clone(),
            version: map.record.version.0,
            created_at: At(map.record.created_at),
            updated_at: At(map.record.updated_at),
        }
    }
}

impl From<MapRow> for KeptValueMap {
    fn from(row: MapRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            id: row.id.0,
            scope: row.scope.0,
            subject: row.subject,
            title: row.title,
            record: Record {
                version: Version(row.version),
                created_at: row.created_at.0,
                updated_at: row.updated_at.0,
            },
        }
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = versions, treat_none_as_default_value = false)]
struct SummaryRow {
    number: i64,
    title: String,
    reason: Option<String>,
    fingerprint: String,
    created_at: At,
    created_by: String,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = versions, treat_none_as_default_value = false)]
struct VersionRow {
    #[diesel(embed)]
    summary: SummaryRow,
    content: String,
    result: String,
}

impl From<SummaryRow> for ValueMapVersionSummary {
    fn from(row: SummaryRow) -> Self {
        Self {
            number: Version(row.number),
            title: row.title,
            reason: row.reason,
            fingerprint: row.fingerprint,
            created_at: row.created_at.0,
            created_by: row.created_by,
        }
    }
}

/// Stores a new value map with its first version.
///
/// # Errors
/// [`StorageError::BrokenReference`] when the municipality is not registered.
pub fn insert(
    c: &mut AnyConnection,
    map: &KeptValueMap,
    version: &ValueMapVersion,
) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(MapRow::from(map)).execute(c)?;
    insert_version(c, map, version)
}

/// Writes a value map that exists, and adds its new version.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn add_version(
    c: &mut AnyConnection,
    map: &KeptValueMap,
    version: &ValueMapVersion,
) -> Result<(), StorageError> {
    diesel::update(table::table.find((Coded(map.municipality), KeyOf(map.id))))
        .set(MapRow::from(map))
        .execute(c)?;
    insert_version(c, map, version)
}

fn insert_version(
    c: &mut AnyConnection,
    map: &KeptValueMap,
    version: &ValueMapVersion,
) -> Result<(), StorageError> {
    let summary = version.summary.clone();
    let row = VersionRow {
        summary: SummaryRow {
            number: summary.number.0,
            title: summary.title,
            reason: summary.reason,
            fingerprint: summary.fingerprint,
            created_at: At(summary.created_at),
            created_by: summary.created_by,
        },
        content: version.content.clone(),
        result: version.result.clone(),
    };
    let of_map =
        (versions::municipality_id.eq(Coded(map.municipality)), versions::value_map_id.eq(KeyOf(map.id)));
    diesel::insert_into(versions::table).values((of_map, row)).execute(c)?;
    Ok(())
}

/// The value map of that id in the municipality.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: ValueMapId,
) -> Result<Option<KeptValueMap>, StorageError> {
    let row: Option<MapRow> = table::table
        .find((Coded(municipality), KeyOf(id)))
        .select(MapRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(KeptValueMap::from))
}

/// One version of a value map, with its documents.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find_version(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: ValueMapId,
    number: Version,
) -> Result<Option<ValueMapVersion>, StorageError> {
    let row: Option<VersionRow> = versions::table
        .find((Coded(municipality), KeyOf(id), number.0))
        .select(VersionRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(|row| ValueMapVersion {
        summary: row.summary.into(),
        content: row.content,
        result: row.result,
    }))
}

/// One page of the municipality's value maps, in the order in which they were made.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    request: &PageRequest<ValueMapId>,
) -> Result<Page<KeptValueMap>, StorageError> {
    let query =
        table::table.filter(table::municipality_id.eq(Coded(municipality))).select(MapRow::as_select());
    let rows: Vec<MapRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(KeptValueMap::from))
}

/// One page of the versions of a value map without their documents, the first first.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list_versions(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: ValueMapId,
    request: &PageRequest<i64>,
) -> Result<Page<ValueMapVersionSummary>, StorageError> {
    let query = versions::table
        .filter(versions::municipality_id.eq(Coded(municipality)))
        .filter(versions::value_map_id.eq(KeyOf(id)))
        .select(SummaryRow::as_select());
    let rows: Vec<SummaryRow> = keyset!(query, request, versions::number, i64::from).load(c)?;
    Ok(Page::of_found(rows, request).map(ValueMapVersionSummary::from))
}
