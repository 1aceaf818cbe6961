//! Every row that has a form, to be compared with its states.

use diesel::prelude::*;
use serde_json::Value;

use super::{audit_records, audit_states};
use crate::frame::append_only;
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::forms::{self, FORMS_NOW, Form};
use crate::frame::row_text::{self, Dialect, RowText};
use crate::frame::statement::Statement;
use trede_model::trust::audit_chain::AuditRecord;
use trede_model::trust::audit_rows::{RowCheck, RowStanding};
use trede_model::trust::audit_state::state_hash;

/// Tables of which no states are kept, and why. Every other table is compared, row by row.
pub const WITHOUT_STATES: &[(&str, &str)] = forms::WITHOUT_FORM;

/// The tables to which rows are added only: the schema refuses that one is changed or taken away.
pub fn added_only() -> impl Iterator<Item = &'static str> {
    append_only::TABLES.iter().map(|(table, _)| *table)
}

/// As many rows are held in memory at once; some hold whole documents.
const BATCH: usize = 200;

/// Feeds every state and then every row to a check. Answers how many rows there are.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn check(c: &mut AnyConnection, check: &mut RowCheck) -> Result<u64, StorageError> {
    audit_states::each(c, |act, state| check.state(act, state))?;
    let mut rows = 0;
    for form in forms::of_now() {
        each(c, form, |array| {
            let row = row_text::read(form, array)?;
            let texts = texts(form, array)?;
            check.row(form.name, &row.key, &texts);
            rows += 1;
            Ok(row)
        })?;
    }
    Ok(rows)
}

/// Reads the rows of a table in the order of their keys.
fn each(
    c: &mut AnyConnection,
    form: &Form,
    mut see: impl FnMut(&str) -> Result<RowText, StorageError>,
) -> Result<(), StorageError> {
    let mut last: Option<String> = None;
    loop {
        let statement = page(form, dialect(c), last.as_deref())?;
        let arrays: Vec<Option<String>> = statement.load(c)?;
        for array in arrays.iter().flatten() {
            last = Some(see(array)?.key);
        }
        if arrays.len() < BATCH {
            return Ok(());
        }
    }
}

pub(crate) fn dialect(c: &AnyConnection) -> Dialect {
    match c {
        AnyConnection::Sqlite(_) => Dialect::Sqlite,
        AnyConnection::Postgres(_) => Dialect::Postgres,
    }
}

fn page(form: &Form, dialect: Dialect, after: Option<&str>) -> Result<Statement, StorageError> {
    let row = row_text::expression(form, dialect, "");
    let key: Vec<String> = form.key.iter().map(|column| row_text::quoted(column)).collect();
    let key = key.join(", ");
    let mut statement = Statement::of(format!("SELECT {row} FROM {}", form.name));
    if let Some(after) = after {
        statement.sql(format!(" WHERE ({key}) > ("));
        bind_key(&mut statement, form, dialect, after)?;
        statement.sql(")");
    }
    statement.sql(format!(" ORDER BY {key} LIMIT {BATCH}"));
    Ok(statement)
}

/// Adds the columns of a key, from its text, separated by commas.
fn bind_key(statement: &mut Statement, form: &Form, dialect: Dialect, key: &str) -> Result<(), StorageError> {
    let values: Vec<Value> =
        serde_json::from_str(key).map_err(|error| StorageError::Database(Box::new(error)))?;
    for (index, (column, value)) in form.key.iter().zip(values).enumerate() {
        let kind = form.kind(column).ok_or_else(|| StorageError::Database("a key of no column".into()))?;
        let (start, end) = row_text::from_text(kind, dialect);
        statement.sql(format!("{}{start}", if index == 0 { "" } else { ", " }));
        statement.bind(match value {
            Value::Null => None,
            Value::String(text) => Some(text),
            other => Some(other.to_string()),
        });
        statement.sql(end);
    }
    Ok(())
}

/// Whether a row is what the last act on it left; false also when there is none, or no act on it.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn is_as_recorded(c: &mut AnyConnection, table: &str, key: &str) -> Result<bool, StorageError> {
    Ok(standing(c, table, key)? == RowStanding::AsRecorded)
}

/// How a row stands to its last state.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn standing(c: &mut AnyConnection, table: &str, key: &str) -> Result<RowStanding, StorageError> {
    let Some(form) = forms::named(table, FORMS_NOW) else { return Ok(RowStanding::Unknown) };
    let array = find(c, form, key)?;
    let last = audit_states::last(c, table, key)?;
    Ok(match (array, last.and_then(|last| Some((last.after?, last.salt)))) {
        (None, None) => RowStanding::Unknown,
        (None, Some(_)) => RowStanding::Deleted,
        (Some(_), None) => RowStanding::Unrecorded,
        (Some(_), Some((_, None))) => RowStanding::Altered,
        (Some(array), Some((after, Some(salt)))) => {
            let texts = texts(form, &array)?;
            let is_same = texts.iter().any(|text| state_hash(salt, text) == after);
            if is_same { RowStanding::AsRecorded } else { RowStanding::Altered }
        }
    })
}

/// The row of a key in the form of now, as an array.
fn find(c: &mut AnyConnection, form: &Form, key: &str) -> Result<Option<String>, StorageError> {
    let dialect = dialect(c);
    let row = row_text::expression(form, dialect, "");
    let columns: Vec<String> = form.key.iter().map(|column| row_text::quoted(column)).collect();
    let mut statement =
        Statement::of(format!("SELECT {row} FROM {} WHERE ({}) = (", form.name, columns.join(", ")));
    bind_key(&mut statement, form, dialect, key)?;
    statement.sql(")");
    let found: Option<Option<String>> = statement.load(c)?.into_iter().next();
    Ok(found.flatten())
}

/// The row in each form that its table has or had.
fn texts(form: &Form, array: &str) -> Result<Vec<String>, StorageError> {
    let mut texts = Vec::with_capacity(1);
    for earlier in (1..=FORMS_NOW).filter_map(|number| forms::named(form.name, number)) {
        let text = row_text::read_as(earlier, form, array)?.text;
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    Ok(texts)
}

/// The last act that left a state of a row; none when no act did.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn last_record(
    c: &mut AnyConnection,
    table: &str,
    key: &str,
) -> Result<Option<AuditRecord>, StorageError> {
    let Some(act) = audit_states::last_act(c, table, key)? else { return Ok(None) };
    audit_records::of_act(c, act)
}
