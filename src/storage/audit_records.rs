//! The audit trail: one record for each write, added by the transaction that writes.

use diesel::prelude::*;

use super::columns::{At, Coded, KeyOf};
use super::connection::AnyConnection;
use super::error::StorageError;
use super::schema::audit_records as table;
use crate::domain::audit::{Act, AuditScope};
use crate::domain::ids::Id;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct AuditRow {
    scope: Coded<AuditScope>,
    id: KeyOf<Act>,
    at: At,
    actor: String,
    client: Option<String>,
    action: String,
    object: String,
    request_id: KeyOf<Request>,
    address: Option<String>,
}

/// Names what a request id is the id of.
struct Request;

pub(super) fn insert(connection: &mut AnyConnection, act: &Act) -> Result<(), StorageError> {
    let row = AuditRow {
        scope: Coded(act.scope),
        id: KeyOf(act.id),
        at: At(act.at),
        actor: act.actor.clone(),
        client: act.client.clone(),
        action: act.action.clone(),
        object: act.object.clone(),
        request_id: KeyOf(Id::from_uuid(act.request_id)),
        address: act.address.clone(),
    };
    diesel::insert_into(table::table).values(row).execute(connection)?;
    Ok(())
}

/// The acts of one scope, oldest first.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(connection: &mut AnyConnection, scope: AuditScope) -> Result<Vec<Act>, StorageError> {
    let rows: Vec<AuditRow> =
        table::table.filter(table::scope.eq(Coded(scope))).order(table::id).load(connection)?;
    Ok(rows
        .into_iter()
        .map(|row| Act {
            id: row.id.0,
            scope: row.scope.0,
            at: row.at.0,
            actor: row.actor,
            client: row.client,
            action: row.action,
            object: row.object,
            request_id: row.request_id.0.uuid(),
            address: row.address,
        })
        .collect())
}
