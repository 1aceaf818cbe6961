//! Whole tenders as platforms sent them last.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::tender_packages as table;
use trede_base::ids::MunicipalityId;
use trede_base::record::{Record, Version};
use trede_model::tendering::tender::{Tender, TenderId};
use trede_model::tendering::tender_package::{PackageReference, TenderPackage};

#[derive(AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false, primary_key(municipality_id, external_reference))]
struct PackageRow {
    municipality_id: Coded<MunicipalityId>,
    external_reference: Coded<PackageReference>,
    tender_id: KeyOf<Tender>,
    fingerprint: String,
    is_complete: bool,
    version: i64,
    created_at: At,
    updated_at: At,
}

impl From<&TenderPackage> for PackageRow {
    fn from(package: &TenderPackage) -> Self {
        Self {
            municipality_id: Coded(package.municipality),
            external_reference: Coded(package.reference.clone()),
            tender_id: KeyOf(package.tender),
            fingerprint: package.fingerprint.clone(),
            is_complete: package.is_complete,
            version: package.record.version.0,
            created_at: At(package.record.created_at),
            updated_at: At(package.record.updated_at),
        }
    }
}

impl From<PackageRow> for TenderPackage {
    fn from(row: PackageRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            reference: row.external_reference.0,
            tender: row.tender_id.0,
            fingerprint: row.fingerprint,
            is_complete: row.is_complete,
            record: Record {
                version: Version(row.version),
                created_at: row.created_at.0,
                updated_at: row.updated_at.0,
            },
        }
    }
}

/// What is known of the whole tender with the reference.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    reference: &PackageReference,
) -> Result<Option<TenderPackage>, StorageError> {
    let row: Option<PackageRow> = table::table
        .find((Coded(municipality), Coded(reference.clone())))
        .select(PackageRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(TenderPackage::from))
}

/// Stores what is known of a whole tender for the first time.
///
/// # Errors
/// [`StorageError::BrokenReference`] when there is no such tender in the municipality.
pub fn insert(c: &mut AnyConnection, package: &TenderPackage) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(PackageRow::from(package)).execute(c)?;
    Ok(())
}

/// Writes what is known of a whole tender anew.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn update(c: &mut AnyConnection, package: &TenderPackage) -> Result<(), StorageError> {
    let key = (Coded(package.municipality), Coded(package.reference.clone()));
    diesel::update(table::table.find(key)).set(PackageRow::from(package)).execute(c)?;
    Ok(())
}

/// Forgets that a tender was sent as a whole; the tender is thrown away.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn forget_tender(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<(), StorageError> {
    let of_tender = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::tender_id.eq(KeyOf(tender)));
    diesel::delete(of_tender).execute(c)?;
    Ok(())
}
