//! Regions and the municipalities that take part: national reference data.

use diesel::prelude::*;

use super::columns::{At, Coded};
use super::connection::AnyConnection;
use super::error::StorageError;
use super::page::keyset;
use crate::schema::{region_members, regions as table};
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_model::frame::region::{Region, RegionId};

#[derive(AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct RegionRow {
    id: Coded<RegionId>,
    name: String,
    version: i64,
    created_at: At,
    updated_at: At,
}

impl From<&Region> for RegionRow {
    fn from(region: &Region) -> Self {
        Self {
            id: Coded(region.id.clone()),
            name: region.name.clone(),
            version: region.record.version.0,
            created_at: At(region.record.created_at),
            updated_at: At(region.record.updated_at),
        }
    }
}

impl RegionRow {
    fn with(self, members: Vec<MunicipalityId>) -> Region {
        Region {
            id: self.id.0,
            name: self.name,
            members,
            record: Record {
                version: Version(self.version),
                created_at: self.created_at.0,
                updated_at: self.updated_at.0,
            },
        }
    }
}

/// Stores a new region with its members.
///
/// # Errors
/// [`StorageError::Duplicate`] when the region is known, or a member takes part in another;
/// [`StorageError::BrokenReference`] when a member is not registered.
pub fn insert(c: &mut AnyConnection, region: &Region) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(RegionRow::from(region)).execute(c)?;
    insert_members(c, region)
}

/// Writes a region that exists, with its members as they are now.
///
/// # Errors
/// As [`insert`].
pub fn update(c: &mut AnyConnection, region: &Region) -> Result<(), StorageError> {
    diesel::update(table::table.find(Coded(region.id.clone()))).set(RegionRow::from(region)).execute(c)?;
    diesel::delete(region_members::table.filter(region_members::region_id.eq(Coded(region.id.clone()))))
        .execute(c)?;
    insert_members(c, region)
}

fn insert_members(c: &mut AnyConnection, region: &Region) -> Result<(), StorageError> {
    for member in &region.members {
        diesel::insert_into(region_members::table)
            .values((
                region_members::municipality_id.eq(Coded(*member)),
                region_members::region_id.eq(Coded(region.id.clone())),
            ))
            .execute(c)?;
    }
    Ok(())
}

/// The region with this code.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(c: &mut AnyConnection, id: &RegionId) -> Result<Option<Region>, StorageError> {
    let row: Option<RegionRow> =
        table::table.find(Coded(id.clone())).select(RegionRow::as_select()).first(c).optional()?;
    let Some(row) = row else { return Ok(None) };
    let mut members = members_of(c, std::slice::from_ref(id))?;
    Ok(Some(row.with(members.drain(..).map(|(_, member)| member).collect())))
}

/// The region in which a municipality takes part.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn of_municipality(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
) -> Result<Option<RegionId>, StorageError> {
    let found: Option<Coded<RegionId>> = region_members::table
        .find(Coded(municipality))
        .select(region_members::region_id)
        .first(c)
        .optional()?;
    Ok(found.map(|region| region.0))
}

/// One page of the regions, by code.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(c: &mut AnyConnection, request: &PageRequest<RegionId>) -> Result<Page<Region>, StorageError> {
    let query = table::table.select(RegionRow::as_select());
    let rows: Vec<RegionRow> = keyset!(query, request.clone(), table::id, Coded).load(c)?;
    let ids: Vec<RegionId> = rows.iter().map(|row| row.id.0.clone()).collect();
    let members = members_of(c, &ids)?;
    let of = |id: &RegionId| {
        members.iter().filter(|(region, _)| region == id).map(|(_, member)| *member).collect()
    };
    let regions = rows.into_iter().map(|row| {
        let members = of(&row.id.0);
        row.with(members)
    });
    Ok(Page::of_found(regions.collect(), request))
}

fn members_of(
    c: &mut AnyConnection,
    regions: &[RegionId],
) -> Result<Vec<(RegionId, MunicipalityId)>, StorageError> {
    let rows: Vec<(Coded<RegionId>, Coded<MunicipalityId>)> = region_members::table
        .filter(region_members::region_id.eq_any(regions.iter().cloned().map(Coded)))
        .order(region_members::municipality_id)
        .select((region_members::region_id, region_members::municipality_id))
        .load(c)?;
    Ok(rows.into_iter().map(|(region, member)| (region.0, member.0)).collect())
}
