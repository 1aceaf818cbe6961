//! The outbox: what happened, added by the transaction in which it happened.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::{event_counters as counters, events as table};
use trede_base::ids::Id;
use trede_base::page::{Page, PageRequest};
use trede_model::telling::event::{Event, EventId, EventKind};
use trede_model::trust::audit::AuditScope;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct EventRow {
    scope: Coded<AuditScope>,
    id: KeyOf<Event>,
    kind: Coded<EventKind>,
    subject: String,
    at: At,
    data: String,
    request_id: KeyOf<Request>,
}

/// Names what a request id is the id of.
struct Request;

impl From<EventRow> for Event {
    fn from(row: EventRow) -> Self {
        Self {
            id: row.id.0,
            scope: row.scope.0,
            kind: row.kind.0,
            subject: row.subject,
            at: row.at.0,
            data: row.data,
            request_id: row.request_id.0.uuid(),
        }
    }
}

/// Adds an event to the outbox.
///
/// # Errors
/// [`StorageError::Duplicate`] when one act did the same to the same subject twice.
pub fn append(c: &mut AnyConnection, event: &Event) -> Result<(), StorageError> {
    let row = EventRow {
        scope: Coded(event.scope),
        id: KeyOf(event.id),
        kind: Coded(event.kind),
        subject: event.subject.clone(),
        at: At(event.at),
        data: event.data.clone(),
        request_id: KeyOf(Id::from_uuid(event.request_id)),
    };
    diesel::insert_into(table::table).values(row).execute(c)?;
    Ok(())
}

/// The events of one scope, oldest first.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(c: &mut AnyConnection, scope: AuditScope) -> Result<Vec<Event>, StorageError> {
    let rows: Vec<EventRow> = table::table
        .filter(table::scope.eq(Coded(scope)))
        .order((table::at, table::id))
        .select(EventRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(Event::from).collect())
}

/// Events that have no place in the order yet, of all scopes, in the order in which they were added: an event
/// that saw another committed comes after it.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn without_position(c: &mut AnyConnection, most: i64) -> Result<Vec<Event>, StorageError> {
    let added = match c {
        AnyConnection::Postgres(_) => "added",
        AnyConnection::Sqlite(_) => "rowid",
    };
    let rows: Vec<EventRow> = table::table
        .filter(table::position.is_null())
        .order(sql::<BigInt>(added))
        .limit(most)
        .select(EventRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(Event::from).collect())
}

/// Gives an event the next place in the order of its scope; none when it has one already.
///
/// Whoever gives places changes the counter of the scope, so that two who do so at once collide and one of them
/// looks again: no place is given twice or left out, and readers see places in their order.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn give_position(c: &mut AnyConnection, event: &Event) -> Result<Option<i64>, StorageError> {
    let scope = Coded(event.scope);
    let last: Option<i64> =
        counters::table.find(scope).select(counters::last_position).first(c).optional()?;
    let position = last.unwrap_or(0).saturating_add(1);
    let unplaced = table::table.find((scope, KeyOf(event.id))).filter(table::position.is_null());
    if diesel::update(unplaced).set(table::position.eq(position)).execute(c)? == 0 {
        return Ok(None);
    }
    if last.is_some() {
        let counter = counters::table.find(scope);
        diesel::update(counter).set(counters::last_position.eq(position)).execute(c)?;
    } else {
        diesel::insert_into(counters::table)
            .values((
                counters::scope.eq(scope),
                counters::last_position.eq(position),
                counters::removed_to.eq(0),
            ))
            .execute(c)?;
    }
    Ok(Some(position))
}

/// An event with its place in the order.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(c: &mut AnyConnection, scope: AuditScope, id: EventId) -> Result<Option<Event>, StorageError> {
    let row: Option<EventRow> =
        table::table.find((Coded(scope), KeyOf(id))).select(EventRow::as_select()).first(c).optional()?;
    Ok(row.map(Event::from))
}

/// One page of the events of a scope that have a place in the order, of these kinds, in that order.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn page(
    c: &mut AnyConnection,
    scope: AuditScope,
    kinds: &[EventKind],
    request: &PageRequest<i64>,
) -> Result<Page<(i64, Event)>, StorageError> {
    let query = table::table
        .filter(table::scope.eq(Coded(scope)))
        .filter(table::position.is_not_null())
        .filter(table::kind.eq_any(kinds.iter().copied().map(Coded)))
        .select((table::position, EventRow::as_select()));
    let rows: Vec<(Option<i64>, EventRow)> = keyset!(query, request, table::position, i64::from).load(c)?;
    Ok(Page::of_found(rows, request).map(|(position, row)| (position.unwrap_or_default(), row.into())))
}

/// Up to which place the events of a scope were removed, their term of retention being over; 0 when none was.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn removed_to(c: &mut AnyConnection, scope: AuditScope) -> Result<i64, StorageError> {
    let found = counters::table.find(Coded(scope)).select(counters::removed_to).first(c).optional()?;
    Ok(found.unwrap_or(0))
}
