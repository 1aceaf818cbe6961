//! Tokens that were taken back before their time.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::token_revocations as table;
use trede_base::page::{Page, PageRequest};
use trede_model::trust::token_revocation::{RevokedKind, TokenRevocation, TokenRevocationId};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct TokenRevocationRow {
    id: KeyOf<TokenRevocation>,
    kind: Coded<RevokedKind>,
    value: String,
    reason: String,
    at: At,
    revoked_by: String,
    until: Option<At>,
}

impl From<TokenRevocationRow> for TokenRevocation {
    fn from(row: TokenRevocationRow) -> Self {
        Self {
            id: row.id.0,
            kind: row.kind.0,
            value: row.value,
            reason: row.reason,
            at: row.at.0,
            by: row.revoked_by,
            until: row.until.map(|until| until.0),
        }
    }
}

/// Stores a revocation.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn insert(c: &mut AnyConnection, revocation: &TokenRevocation) -> Result<(), StorageError> {
    diesel::insert_into(table::table)
        .values(TokenRevocationRow {
            id: KeyOf(revocation.id),
            kind: Coded(revocation.kind),
            value: revocation.value.clone(),
            reason: revocation.reason.clone(),
            at: At(revocation.at),
            revoked_by: revocation.by.clone(),
            until: revocation.until.map(At),
        })
        .execute(c)?;
    Ok(())
}

/// The revocation of that id.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(c: &mut AnyConnection, id: TokenRevocationId) -> Result<Option<TokenRevocation>, StorageError> {
    let row: Option<TokenRevocationRow> =
        table::table.find(KeyOf(id)).select(TokenRevocationRow::as_select()).first(c).optional()?;
    Ok(row.map(TokenRevocation::from))
}

/// One page of the revocations, in the order in which they were made.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    request: &PageRequest<TokenRevocationId>,
) -> Result<Page<TokenRevocation>, StorageError> {
    let query = table::table.select(TokenRevocationRow::as_select());
    let rows: Vec<TokenRevocationRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(TokenRevocation::from))
}

/// Every revocation.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all(c: &mut AnyConnection) -> Result<Vec<TokenRevocation>, StorageError> {
    let rows: Vec<TokenRevocationRow> = table::table.select(TokenRevocationRow::as_select()).load(c)?;
    Ok(rows.into_iter().map(TokenRevocation::from).collect())
}

/// Lifts a revocation.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn delete(c: &mut AnyConnection, id: TokenRevocationId) -> Result<(), StorageError> {
    diesel::delete(table::table.find(KeyOf(id))).execute(c)?;
    Ok(())
}
