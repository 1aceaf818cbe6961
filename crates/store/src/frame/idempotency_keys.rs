//! Keys of requests that must not be carried out twice, and the answers that they were given.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::columns::{At, KeyOf};
use super::connection::AnyConnection;
use super::error::StorageError;
use crate::schema::idempotency_keys as table;
use trede_base::ids::Id;
use trede_model::trust::audit::Act;

/// A key as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyedRequest {
    /// A hash over the caller, the route and the key.
    pub id: String,
    /// A keyed hash over the body.
    pub body_hash: String,
    /// The request that holds the key.
    pub request_id: Uuid,
    /// Since when.
    pub claimed_at: DateTime<Utc>,
    /// What its write was done to; there as soon as that is committed, and not before.
    pub object: Option<String>,
    /// The answer that it was given, sealed.
    pub answer: Option<String>,
    /// Whether it is over, also where its answer could not be kept.
    pub ended: bool,
}

/// Names what a request id is the id of.
struct Request;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct KeyRow {
    id: String,
    body_hash: String,
    request_id: KeyOf<Request>,
    claimed_at: At,
    object: Option<String>,
    answer: Option<String>,
    ended: bool,
}

/// The key of that id.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(c: &mut AnyConnection, id: &str) -> Result<Option<KeyedRequest>, StorageError> {
    let row: Option<KeyRow> = table::table.find(id).select(KeyRow::as_select()).first(c).optional()?;
    Ok(row.map(|row| KeyedRequest {
        id: row.id,
        body_hash: row.body_hash,
        request_id: row.request_id.0.uuid(),
        claimed_at: row.claimed_at.0,
        object: row.object,
        answer: row.answer,
        ended: row.ended,
    }))
}

/// Claims a key that nobody holds.
///
/// # Errors
/// [`StorageError::Collision`] when another claimed it at the same moment.
pub fn insert(c: &mut AnyConnection, claim: &KeyedRequest) -> Result<(), StorageError> {
    diesel::insert_into(table::table)
        .values(KeyRow {
            id: claim.id.clone(),
            body_hash: claim.body_hash.clone(),
            request_id: KeyOf(Id::from_uuid(claim.request_id)),
            claimed_at: At(claim.claimed_at),
            object: claim.object.clone(),
            answer: claim.answer.clone(),
            ended: claim.ended,
        })
        .execute(c)?;
    Ok(())
}

/// Gives up a key whose request is over without an answer that is worth keeping. The key is free again if the
/// request changed nothing; a write that was committed after all, its acknowledgement being lost, holds it.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn release(c: &mut AnyConnection, id: &str, holder: Uuid) -> Result<(), StorageError> {
    let holder = KeyOf::<Request>(Id::from_uuid(holder));
    let freed = diesel::delete(table::table.find(id))
        .filter(table::request_id.eq(holder))
        .filter(table::object.is_null())
        .execute(c)?;
    if freed == 0 {
        diesel::update(table::table.find(id))
            .filter(table::request_id.eq(holder))
            .set(table::ended.eq(true))
            .execute(c)?;
    }
    Ok(())
}

/// Stores the answer to the request that holds a key.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn store_answer(c: &mut AnyConnection, id: &str, holder: Uuid, answer: &str) -> Result<(), StorageError> {
    diesel::update(table::table.find(id))
        .filter(table::request_id.eq(KeyOf::<Request>(Id::from_uuid(holder))))
        .set((table::answer.eq(Some(answer)), table::ended.eq(true)))
        .execute(c)?;
    Ok(())
}

/// Throws keys away that were claimed before this moment; answers how many.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn sweep(c: &mut AnyConnection, before: DateTime<Utc>) -> Result<usize, StorageError> {
    Ok(diesel::delete(table::table).filter(table::claimed_at.lt(At(before))).execute(c)?)
}

/// The keys of the requests that this process is carrying out. A write of one of them is committed together with
/// the note that it was done, or not at all.
#[derive(Clone, Default)]
pub(crate) struct UnderWay(Arc<Mutex<HashMap<Uuid, String>>>);

impl UnderWay {
    pub(crate) fn add(&self, request: Uuid, id: String) {
        self.held().insert(request, id);
    }

    pub(crate) fn remove(&self, request: Uuid) {
        self.held().remove(&request);
    }

    /// Notes at the key of the act's request, if it has one, what was done.
    ///
    /// # Errors
    /// [`StorageError::KeyLost`] when the request took so long that another holds its key now.
    pub(crate) fn note(&self, c: &mut AnyConnection, act: &Act) -> Result<(), StorageError> {
        let id = self.held().get(&act.request_id).cloned();
        let Some(id) = id else { return Ok(()) };
        let noted = diesel::update(table::table.find(id))
            .filter(table::request_id.eq(KeyOf::<Request>(Id::from_uuid(act.request_id))))
            .set(table::object.eq(Some(&act.object)))
            .execute(c)?;
        if noted == 1 { Ok(()) } else { Err(StorageError::KeyLost) }
    }

    fn held(&self) -> MutexGuard<'_, HashMap<Uuid, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
