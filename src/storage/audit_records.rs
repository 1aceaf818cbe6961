//! The audit trail: one record for each write, added by the transaction that writes, each a link in the
//! chain of its scope.

use diesel::prelude::*;

use super::columns::{At, Coded, KeyOf};
use super::connection::AnyConnection;
use super::error::StorageError;
use super::schema::audit_records as table;
use crate::domain::audit::{Act, AuditScope};
use crate::domain::audit_chain::{AuditRecord, ChainHash, Link};
use crate::domain::ids::Id;
use crate::domain::page::{Page, PageRequest};
use crate::storage::page::keyset;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct AuditRow {
    scope: Coded<AuditScope>,
    sequence: i64,
    id: KeyOf<Act>,
    at: At,
    actor: String,
    client: Option<String>,
    action: String,
    object: String,
    request_id: KeyOf<Request>,
    address: Option<String>,
    hash: Coded<ChainHash>,
}

/// Names what a request id is the id of.
struct Request;

impl From<AuditRow> for AuditRecord {
    fn from(row: AuditRow) -> Self {
        Self {
            act: Act {
                id: row.id.0,
                scope: row.scope.0,
                at: row.at.0,
                actor: row.actor,
                client: row.client,
                action: row.action,
                object: row.object,
                request_id: row.request_id.0.uuid(),
                address: row.address,
            },
            link: Link { sequence: row.sequence, hash: row.hash.0 },
        }
    }
}

pub(super) fn insert(c: &mut AnyConnection, act: &Act, link: Link) -> Result<(), StorageError> {
    let row = AuditRow {
        scope: Coded(act.scope),
        sequence: link.sequence,
        id: KeyOf(act.id),
        at: At(act.at),
        actor: act.actor.clone(),
        client: act.client.clone(),
        action: act.action.clone(),
        object: act.object.clone(),
        request_id: KeyOf(Id::from_uuid(act.request_id)),
        address: act.address.clone(),
        hash: Coded(link.hash),
    };
    diesel::insert_into(table::table).values(row).execute(c)?;
    Ok(())
}

/// The last link of the chain of a scope; its origin when nothing was done yet.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn head(c: &mut AnyConnection, scope: AuditScope) -> Result<Link, StorageError> {
    let last: Option<(i64, Coded<ChainHash>)> = table::table
        .filter(table::scope.eq(Coded(scope)))
        .order(table::sequence.desc())
        .select((table::sequence, table::hash))
        .first(c)
        .optional()?;
    Ok(last.map_or_else(|| Link::origin(scope), |(sequence, hash)| Link { sequence, hash: hash.0 }))
}

/// One page of the records of a scope, in the order of the chain.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn page(
    c: &mut AnyConnection,
    scope: AuditScope,
    request: &PageRequest<i64>,
) -> Result<Page<AuditRecord>, StorageError> {
    let query = table::table.filter(table::scope.eq(Coded(scope))).select(AuditRow::as_select());
    let rows: Vec<AuditRow> = keyset!(query, request, table::sequence, i64::from).load(c)?;
    Ok(Page::of_found(rows, request).map(AuditRecord::from))
}

/// As many records of a scope as asked for, after a number, in the order of the chain.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn after(
    c: &mut AnyConnection,
    scope: AuditScope,
    sequence: i64,
    limit: i64,
) -> Result<Vec<AuditRecord>, StorageError> {
    let rows: Vec<AuditRow> = table::table
        .filter(table::scope.eq(Coded(scope)))
        .filter(table::sequence.gt(sequence))
        .order(table::sequence)
        .limit(limit)
        .load(c)?;
    Ok(rows.into_iter().map(AuditRecord::from).collect())
}

/// Every scope in which something was done.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn scopes(c: &mut AnyConnection) -> Result<Vec<AuditScope>, StorageError> {
    let scopes: Vec<Coded<AuditScope>> =
        table::table.select(table::scope).distinct().order(table::scope).load(c)?;
    Ok(scopes.into_iter().map(|scope| scope.0).collect())
}
