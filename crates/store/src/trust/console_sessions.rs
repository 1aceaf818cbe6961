//! Who is logged in on a page.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::frame::columns::At;
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::console_sessions as table;

/// A session, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// The SHA-256 of what the cookie holds, in hexadecimals.
    pub id_hash: String,
    /// The token, sealed under a key that follows from what the cookie holds.
    pub sealed_token: Vec<u8>,
    /// When somebody logged in.
    pub begun_at: DateTime<Utc>,
    /// When it was last used, to the minute or so.
    pub used_at: DateTime<Utc>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table)]
struct SessionRow {
    id_hash: String,
    sealed_token: Vec<u8>,
    begun_at: At,
    used_at: At,
}

/// Keeps a session.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn insert(c: &mut AnyConnection, session: &StoredSession) -> Result<(), StorageError> {
    diesel::insert_into(table::table)
        .values(SessionRow {
            id_hash: session.id_hash.clone(),
            sealed_token: session.sealed_token.clone(),
            begun_at: At(session.begun_at),
            used_at: At(session.used_at),
        })
        .execute(c)?;
    Ok(())
}

/// The session of that hash.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(c: &mut AnyConnection, id_hash: &str) -> Result<Option<StoredSession>, StorageError> {
    let row: Option<SessionRow> =
        table::table.find(id_hash).select(SessionRow::as_select()).first(c).optional()?;
    Ok(row.map(|row| StoredSession {
        id_hash: row.id_hash,
        sealed_token: row.sealed_token,
        begun_at: row.begun_at.0,
        used_at: row.used_at.0,
    }))
}

/// Notes that the session was used.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn touch(c: &mut AnyConnection, id_hash: &str, now: DateTime<Utc>) -> Result<(), StorageError> {
    diesel::update(table::table.find(id_hash)).set(table::used_at.eq(At(now))).execute(c)?;
    Ok(())
}

/// Ends the session of that hash.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn delete(c: &mut AnyConnection, id_hash: &str) -> Result<(), StorageError> {
    diesel::delete(table::table.find(id_hash)).execute(c)?;
    Ok(())
}

/// Removes the sessions that were not used since.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn sweep(c: &mut AnyConnection, before: DateTime<Utc>) -> Result<(), StorageError> {
    diesel::delete(table::table.filter(table::used_at.lt(At(before)))).execute(c)?;
    Ok(())
}
