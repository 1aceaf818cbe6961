//! Organisations by KvK number: national reference data.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::columns::{At, Coded};
use super::connection::AnyConnection;
use super::error::StorageError;
use super::page::keyset;
use crate::schema::organisations as table;
use trede_base::ids::KvkNumber;
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_model::frame::organisation::Organisation;

/// How many are looked for by one statement.
const MOST_AT_ONCE: usize = 500;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct OrganisationRow {
    kvk: Coded<KvkNumber>,
    name: String,
    version: i64,
    created_at: At,
    updated_at: At,
}

impl From<OrganisationRow> for Organisation {
    fn from(row: OrganisationRow) -> Self {
        Self {
            kvk: row.kvk.0,
            name: row.name,
            record: Record {
                version: Version(row.version),
                created_at: row.created_at.0,
                updated_at: row.updated_at.0,
            },
        }
    }
}

/// Registers an organisation.
///
/// # Errors
/// [`StorageError::Duplicate`] when its KvK number is registered already.
pub fn insert(c: &mut AnyConnection, organisation: &Organisation) -> Result<(), StorageError> {
    diesel::insert_into(table::table)
        .values(OrganisationRow {
            kvk: Coded(organisation.kvk),
            name: organisation.name.clone(),
            version: organisation.record.version.0,
            created_at: At(organisation.record.created_at),
            updated_at: At(organisation.record.updated_at),
        })
        .execute(c)?;
    Ok(())
}

/// Writes the organisation's name and record.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn update(c: &mut AnyConnection, organisation: &Organisation) -> Result<(), StorageError> {
    diesel::update(table::table.find(Coded(organisation.kvk)))
        .set((
            table::name.eq(&organisation.name),
            table::version.eq(organisation.record.version.0),
            table::updated_at.eq(At(organisation.record.updated_at)),
        ))
        .execute(c)?;
    Ok(())
}

/// The organisation of that number.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(c: &mut AnyConnection, kvk: KvkNumber) -> Result<Option<Organisation>, StorageError> {
    let row: Option<OrganisationRow> =
        table::table.find(Coded(kvk)).select(OrganisationRow::as_select()).first(c).optional()?;
    Ok(row.map(Organisation::from))
}

/// Which of the numbers are those of registered organisations.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn registered(c: &mut AnyConnection, numbers: &[KvkNumber]) -> Result<BTreeSet<KvkNumber>, StorageError> {
    let numbers: Vec<_> = numbers.iter().map(|kvk| Coded(*kvk)).collect();
    let found: Vec<Coded<KvkNumber>> =
        table::table.filter(table::kvk.eq_any(numbers)).select(table::kvk).load(c)?;
    Ok(found.into_iter().map(|kvk| kvk.0).collect())
}

/// The names of those that are registered, by number.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn names(
    c: &mut AnyConnection,
    numbers: impl Iterator<Item = KvkNumber>,
) -> Result<BTreeMap<KvkNumber, String>, StorageError> {
    let numbers: Vec<_> = numbers.map(Coded).collect();
    let mut names = BTreeMap::new();
    for some in numbers.chunks(MOST_AT_ONCE) {
        let found: Vec<(Coded<KvkNumber>, String)> =
            table::table.filter(table::kvk.eq_any(some)).select((table::kvk, table::name)).load(c)?;
        names.extend(found.into_iter().map(|(kvk, name)| (kvk.0, name)));
    }
    Ok(names)
}

/// One page of the organisations, by number.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    request: &PageRequest<KvkNumber>,
) -> Result<Page<Organisation>, StorageError> {
    let query = table::table.select(OrganisationRow::as_select());
    let rows: Vec<OrganisationRow> = keyset!(query, request, table::kvk, Coded).load(c)?;
    Ok(Page::of_found(rows, request).map(Organisation::from))
}
