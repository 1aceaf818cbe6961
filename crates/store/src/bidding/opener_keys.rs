//! The public keys of openers. Rows are added only.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::opener_keys as table;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::bidding::key_share::{OpenerKey, OpenerKeyId};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table)]
struct OpenerKeyRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<OpenerKey>,
    person: String,
    public_key: Vec<u8>,
    registered_at: At,
}

impl From<OpenerKeyRow> for OpenerKey {
    fn from(row: OpenerKeyRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            id: row.id.0,
            person: row.person,
            public_key: row.public_key,
            registered_at: row.registered_at.0,
        }
    }
}

/// Stores the key of an opener.
///
/// # Errors
/// [`StorageError::BrokenReference`] when there is no such municipality.
pub fn insert(c: &mut AnyConnection, key: &OpenerKey) -> Result<(), StorageError> {
    let row = OpenerKeyRow {
        municipality_id: Coded(key.municipality),
        id: KeyOf(key.id),
        person: key.person.clone(),
        public_key: key.public_key.clone(),
        registered_at: At(key.registered_at),
    };
    diesel::insert_into(table::table).values(row).execute(c)?;
    Ok(())
}

/// The keys of these ids that there are, in their order.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn of_ids(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    ids: &[OpenerKeyId],
) -> Result<Vec<OpenerKey>, StorageError> {
    let rows: Vec<OpenerKeyRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::id.eq_any(ids.iter().map(|id| KeyOf(*id))))
        .order(table::id)
        .select(OpenerKeyRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(OpenerKey::from).collect())
}

/// The key that a person registered last.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn latest_of(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    person: &str,
) -> Result<Option<OpenerKey>, StorageError> {
    let row: Option<OpenerKeyRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::person.eq(person))
        .order((table::registered_at.desc(), table::id.desc()))
        .select(OpenerKeyRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(OpenerKey::from))
}

/// One page of the keys of openers, in the order in which they were registered.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    request: &PageRequest<OpenerKeyId>,
) -> Result<Page<OpenerKey>, StorageError> {
    let query =
        table::table.filter(table::municipality_id.eq(Coded(municipality))).select(OpenerKeyRow::as_select());
    let rows: Vec<OpenerKeyRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(OpenerKey::from))
}
