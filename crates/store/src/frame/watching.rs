//! What a write changes, row by row: triggers of the database note each row before and after, for the connections of
//! this service only.
//!
//! On SQLite triggers and notes are temporary, of the connection. On PostgreSQL the triggers stand in the schema, and
//! note only where a connection has made a temporary table for it.

use std::collections::BTreeMap;
use std::fmt::Write;

use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::forms::{self, Form};
use super::row_text::{self, Dialect, RowText};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::statement::Statement;

/// Between the parts of a note: it stands in no JSON that a database writes.
const APART: char = '\u{1e}';

/// A row that was changed.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) form: &'static Form,
    /// As it was before the write; none when there was no such row.
    pub(crate) before: Option<RowText>,
    /// As it is after the write; none when there is no such row any more.
    pub(crate) after: Option<RowText>,
}

impl Change {
    /// The key of the row.
    pub(crate) fn key(&self) -> &str {
        self.before.as_ref().or(self.after.as_ref()).map(|row| row.key.as_str()).unwrap_or_default()
    }
}

/// Makes a connection note what it changes; outside a transaction, once for each connection.
pub(crate) fn begin(connection: &mut AnyConnection) -> QueryResult<()> {
    match connection {
        AnyConnection::Sqlite(c) => c.batch_execute(&sqlite_triggers()),
        AnyConnection::Postgres(c) => c.batch_execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS trede_changes \
             (number BIGSERIAL, form TEXT NOT NULL, before_row TEXT, after_row TEXT) ON COMMIT DELETE ROWS",
        ),
    }
}

fn watched() -> impl Iterator<Item = &'static Form> {
    forms::of_now().filter(|form| !forms::UNWATCHED.contains(&form.name))
}

fn sqlite_triggers() -> String {
    let mut sql = "PRAGMA temp_store = MEMORY;
        CREATE TEMPORARY TABLE IF NOT EXISTS trede_changes
            (number INTEGER PRIMARY KEY, form TEXT NOT NULL, before_row TEXT, after_row TEXT);"
        .to_owned();
    for form in watched() {
        let name = form.name;
        let row = |of: &str| row_text::expression(form, Dialect::Sqlite, of);
        for (event, before, after) in [
            ("INSERT", "NULL".to_owned(), row("NEW.")),
            ("UPDATE", row("OLD."), row("NEW.")),
            ("DELETE", row("OLD."), "NULL".to_owned()),
        ] {
            // Writing to a String cannot fail.
            let _ = write!(
                sql,
                "CREATE TEMPORARY TRIGGER IF NOT EXISTS trede_{name}_{event} AFTER {event} ON main.{name} BEGIN \
                 INSERT INTO trede_changes (form, before_row, after_row) VALUES ('{name}', {before}, {after}); \
                 END;"
            );
        }
    }
    sql
}

/// Puts the triggers of PostgreSQL into the schema, for the forms of now.
pub(crate) fn install(c: &mut PgConnection) -> QueryResult<()> {
    let mut sql = String::new();
    for form in watched() {
        let name = form.name;
        let old = row_text::expression(form, Dialect::Postgres, "OLD.");
        let new = row_text::expression(form, Dialect::Postgres, "NEW.");
        // Writing to a String cannot fail.
        let _ = write!(
            sql,
            "CREATE OR REPLACE FUNCTION trede_note_{name}() RETURNS trigger LANGUAGE plpgsql AS $note$
             BEGIN
               IF to_regclass('pg_temp.trede_changes') IS NULL THEN RETURN NULL; END IF;
               IF TG_OP = 'INSERT' THEN
                 INSERT INTO pg_temp.trede_changes (form, after_row) VALUES ('{name}', {new});
               ELSIF TG_OP = 'UPDATE' THEN
                 INSERT INTO pg_temp.trede_changes (form, before_row, after_row) VALUES ('{name}', {old}, {new});
               ELSE
                 INSERT INTO pg_temp.trede_changes (form, before_row) VALUES ('{name}', {old});
               END IF;
               RETURN NULL;
             END $note$;
             DROP TRIGGER IF EXISTS trede_note ON {name};
             CREATE TRIGGER trede_note AFTER INSERT OR UPDATE OR DELETE ON {name}
               FOR EACH ROW EXECUTE FUNCTION trede_note_{name}();"
        );
    }
    c.batch_execute(&sql)
}

/// Takes the triggers of PostgreSQL out of the schema.
pub(crate) fn uninstall(c: &mut PgConnection) -> QueryResult<()> {
    let mut sql = String::new();
    for form in watched() {
        let _ = write!(sql, "DROP FUNCTION IF EXISTS trede_note_{}() CASCADE;", form.name);
    }
    c.batch_execute(&sql)
}

/// Forgets what was noted before this write: what somebody else did on this connection, or a write without a record.
pub(crate) fn clear(connection: &mut AnyConnection) -> QueryResult<()> {
    match connection {
        AnyConnection::Sqlite(_) => forget(connection),
        // Notes do not outlive their transaction.
        AnyConnection::Postgres(_) => Ok(()),
    }
}

/// Forgets what was noted so far, also of this transaction: what follows is another act.
pub(crate) fn forget(connection: &mut AnyConnection) -> QueryResult<()> {
    match connection {
        AnyConnection::Sqlite(c) => c.batch_execute("DELETE FROM temp.trede_changes"),
        AnyConnection::Postgres(c) => c.batch_execute("DELETE FROM pg_temp.trede_changes"),
    }
}

/// Notes a row that was put into a table that no trigger watches.
pub(crate) fn note(c: &mut AnyConnection, table: &'static str, row: String) -> Result<(), StorageError> {
    let mut statement =
        Statement::of(format!("INSERT INTO trede_changes (form, after_row) VALUES ('{table}', "));
    statement.bind(Some(row));
    statement.sql(")");
    statement.execute(c)?;
    Ok(())
}

/// What this transaction changed so far: each row once, as it was before it and as it is now, in the order of forms
/// and keys.
pub(crate) fn changes(c: &mut AnyConnection) -> Result<Vec<Change>, StorageError> {
    let apart = format!("'{APART}'");
    let notes: Vec<Option<String>> = Statement::of(format!(
        "SELECT form || {apart} || coalesce(before_row, '') || {apart} || coalesce(after_row, '') \
         FROM trede_changes ORDER BY number"
    ))
    .load(c)?;
    let mut found = BTreeMap::<(&str, String), Change>::new();
    for note in notes.iter().flatten() {
        for change in read(note)? {
            let place = (change.form.name, change.key().to_owned());
            match found.get_mut(&place) {
                Some(earlier) => earlier.after = change.after,
                None => {
                    found.insert(place, change);
                }
            }
        }
    }
    Ok(found.into_values().filter(|change| change.before != change.after).collect())
}

/// The changes of one note: two when the key of a row changed, for that is another row.
fn read(note: &str) -> Result<Vec<Change>, StorageError> {
    let mut parts = note.split(APART);
    let form = parts
        .next()
        .and_then(|name| forms::named(name, forms::FORMS_NOW))
        .ok_or_else(|| StorageError::Database("a note of a table without a form".into()))?;
    let mut row = || {
        parts.next().filter(|array| !array.is_empty()).map(|array| row_text::read(form, array)).transpose()
    };
    let (before, after) = (row()?, row()?);
    if let (Some(gone), Some(come)) = (&before, &after)
        && gone.key != come.key
    {
        return Ok(vec![Change { form, before, after: None }, Change { form, before: None, after }]);
    }
    Ok(vec![Change { form, before, after }])
}
