//! The keys of tenders, each wrapped by a key that is not kept here.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::tender_keys as table;
use trede_base::ids::MunicipalityId;
use trede_model::bidding::sealed_bid::WrappedTenderKey;
use trede_model::tendering::tender::{Tender, TenderId};

#[derive(Queryable, Selectable)]
#[diesel(table_name = table)]
struct TenderKeyRow {
    municipality_id: Coded<MunicipalityId>,
    tender_id: KeyOf<Tender>,
    key_id: String,
    wrapped_key: Vec<u8>,
    receipt_key: Vec<u8>,
}

impl From<TenderKeyRow> for WrappedTenderKey {
    fn from(row: TenderKeyRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            tender: row.tender_id.0,
            key_id: row.key_id,
            wrapped_key: row.wrapped_key,
            receipt_key: row.receipt_key,
        }
    }
}

/// Stores the key of a tender.
///
/// # Errors
/// [`StorageError`] when it has one already, or the database does not answer.
pub fn insert(
    c: &mut AnyConnection,
    key: &WrappedTenderKey,
    created_at: DateTime<Utc>,
) -> Result<(), StorageError> {
    diesel::insert_into(table::table)
        .values((
            table::municipality_id.eq(Coded(key.municipality)),
            table::tender_id.eq(KeyOf(key.tender)),
            table::key_id.eq(&key.key_id),
            table::wrapped_key.eq(&key.wrapped_key),
            table::receipt_key.eq(&key.receipt_key),
            table::created_at.eq(At(created_at)),
        ))
        .execute(c)?;
    Ok(())
}

/// The key of a tender.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Option<WrappedTenderKey>, StorageError> {
    let row: Option<TenderKeyRow> = table::table
        .find((Coded(municipality), KeyOf(tender)))
        .select(TenderKeyRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(WrappedTenderKey::from))
}

/// All keys of a municipality, to see by which keys they are wrapped.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
) -> Result<Vec<WrappedTenderKey>, StorageError> {
    let rows: Vec<TenderKeyRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .order(table::tender_id)
        .select(TenderKeyRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(WrappedTenderKey::from).collect())
}

/// Puts a key that was wrapped anew in the place of the one that another key wrapped.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn replace(c: &mut AnyConnection, key: &WrappedTenderKey) -> Result<(), StorageError> {
    diesel::update(table::table.find((Coded(key.municipality), KeyOf(key.tender))))
        .set((table::key_id.eq(&key.key_id), table::wrapped_key.eq(&key.wrapped_key)))
        .execute(c)?;
    Ok(())
}
