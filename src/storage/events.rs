//! The outbox: what happened, added by the transaction in which it happened.

use diesel::prelude::*;

use super::columns::{At, Coded, KeyOf};
use super::connection::AnyConnection;
use super::error::StorageError;
use super::schema::events as table;
use crate::domain::audit::AuditScope;
use crate::domain::event::{Event, EventKind};
use crate::domain::ids::Id;

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
    let rows: Vec<EventRow> =
        table::table.filter(table::scope.eq(Coded(scope))).order((table::at, table::id)).load(c)?;
    Ok(rows
        .into_iter()
        .map(|row| Event {
            id: row.id.0,
            scope: row.scope.0,
            kind: row.kind.0,
            subject: row.subject,
            at: row.at.0,
            data: row.data,
            request_id: row.request_id.0.uuid(),
        })
        .collect())
}
