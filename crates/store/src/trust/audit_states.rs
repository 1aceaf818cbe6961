//! The states of rows, as acts left them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use uuid::Uuid;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::statement::Statement;
use crate::frame::watching::Change;
use crate::schema::{audit_records, audit_states as table};
use trede_base::ids::{Id, MunicipalityId};
use trede_model::trust::audit::Act;
use trede_model::trust::audit_hash::ChainHash;
use trede_model::trust::audit_state::{RowState, row_id, state_hash};
use trede_model::trust::person_seal::Salt;

/// Names what a row id is the id of.
struct Row;

/// As many rows go into one statement: eight values each, of which SQLite binds 32,766 at most.
const ROWS: usize = 500;

#[derive(Queryable, Selectable)]
#[diesel(table_name = table)]
struct StateRow {
    number: i64,
    form: String,
    row_key: String,
    before_hash: Option<Coded<ChainHash>>,
    after_hash: Option<Coded<ChainHash>>,
    salt: Option<Coded<Salt>>,
}

impl From<StateRow> for RowState {
    fn from(row: StateRow) -> Self {
        Self {
            number: row.number,
            form: row.form,
            key: row.row_key,
            before: row.before_hash.map(|hash| hash.0),
            after: row.after_hash.map(|hash| hash.0),
            salt: row.salt.map(|salt| salt.0),
        }
    }
}

fn id_of(form: &str, key: &str) -> Uuid {
    Uuid::from_bytes(row_id(form, key))
}

/// Keeps what an act left of the rows that it changed; answers the states.
pub(crate) fn keep(
    c: &mut AnyConnection,
    act: &Act,
    changes: &[Change],
    mut random: impl FnMut() -> Result<Salt, StorageError>,
) -> Result<Vec<RowState>, StorageError> {
    if changes.is_empty() {
        return Ok(Vec::new());
    }
    let changed = changes.iter().filter(|change| change.before.is_some());
    let last = last_salts(c, changed.map(|change| id_of(change.form.name, change.key())).collect())?;
    let numbers = numbers(c, changes.len())?;
    let mut states = Vec::with_capacity(changes.len());
    for (change, number) in changes.iter().zip(numbers) {
        let salt = random()?;
        let before_salt = last.get(&id_of(change.form.name, change.key())).copied().flatten();
        states.push(RowState {
            number,
            form: change.form.name.to_owned(),
            key: change.key().to_owned(),
            before: change.before.as_ref().map(|row| state_hash(before_salt.unwrap_or(salt), &row.text)),
            after: change.after.as_ref().map(|row| state_hash(salt, &row.text)),
            salt: Some(salt),
        });
    }
    for states in states.chunks(ROWS) {
        insert(c, act, states)?;
    }
    Ok(states)
}

/// The salts of the last states of rows; none where it was taken away.
fn last_salts(
    c: &mut AnyConnection,
    mut rows: Vec<Uuid>,
) -> Result<HashMap<Uuid, Option<Salt>>, StorageError> {
    let mut last = HashMap::new();
    rows.sort_unstable();
    for rows in rows.chunks(ROWS) {
        let ids = rows.iter().map(|id| KeyOf::<Row>(Id::from_uuid(*id)));
        let found: Vec<(KeyOf<Row>, Option<Coded<Salt>>)> = table::table
            .filter(table::row_id.eq_any(ids))
            .order(table::number)
            .select((table::row_id, table::salt))
            .load(c)?;
        last.extend(found.into_iter().map(|(id, salt)| (id.0.uuid(), salt.map(|salt| salt.0))));
    }
    Ok(last)
}

/// As many new numbers as asked for. On PostgreSQL from a sequence: who changes a row after another does so when that
/// one is committed, and so draws a higher number.
fn numbers(c: &mut AnyConnection, count: usize) -> Result<Vec<i64>, StorageError> {
    let statement = match c {
        AnyConnection::Sqlite(_) => {
            "SELECT CAST(coalesce(max(number), 0) + 1 AS TEXT) FROM audit_states".to_owned()
        }
        AnyConnection::Postgres(_) => {
            format!("SELECT nextval('audit_state_numbers')::text FROM generate_series(1, {count})")
        }
    };
    let found: Vec<Option<String>> = Statement::of(statement).load(c)?;
    let numbers = found.into_iter().flatten().map(|text| text.parse::<i64>());
    let mut numbers =
        numbers.collect::<Result<Vec<_>, _>>().map_err(|error| StorageError::Database(Box::new(error)))?;
    numbers.sort_unstable();
    if let [first] = numbers.as_slice() {
        // One writer at a time: those that follow are free too.
        numbers = (*first..).take(count).collect();
    }
    Ok(numbers)
}

fn insert(c: &mut AnyConnection, act: &Act, states: &[RowState]) -> Result<(), StorageError> {
    let (id, number) = match c {
        AnyConnection::Sqlite(_) => (("unhex(", ")"), ("CAST(", " AS INTEGER)")),
        AnyConnection::Postgres(_) => (("", "::text::uuid"), ("", "::text::bigint")),
    };
    let mut statement = Statement::of(
        "INSERT INTO audit_states (number, act, form, row_key, row_id, before_hash, after_hash, salt) VALUES ",
    );
    for (index, state) in states.iter().enumerate() {
        let text = |hash: Option<ChainHash>| hash.map(|hash| hash.to_string());
        let values = [
            (number, Some(state.number.to_string())),
            (id, Some(act.id.uuid().simple().to_string())),
            (("", ""), Some(state.form.clone())),
            (("", ""), Some(state.key.clone())),
            (id, Some(id_of(&state.form, &state.key).simple().to_string())),
            (("", ""), text(state.before)),
            (("", ""), text(state.after)),
            (("", ""), state.salt.map(|salt| salt.to_string())),
        ];
        statement.sql(if index == 0 { "(" } else { ", (" });
        for (column, ((start, end), value)) in values.into_iter().enumerate() {
            statement.sql(format!("{}{start}", if column == 0 { "" } else { ", " }));
            statement.bind(value);
            statement.sql(end);
        }
        statement.sql(")");
    }
    statement.execute(c)?;
    Ok(())
}

/// Takes the salts away of what these rows were before these states: their contents cannot be tried any more.
pub(crate) fn forget_earlier(c: &mut AnyConnection, states: &[RowState]) -> Result<(), StorageError> {
    for states in states.chunks(ROWS) {
        let rows = states.iter().map(|state| KeyOf::<Row>(Id::from_uuid(id_of(&state.form, &state.key))));
        let kept = states.iter().map(|state| state.number);
        diesel::update(table::table)
            .filter(table::row_id.eq_any(rows))
            .filter(table::number.ne_all(kept))
            .set(table::salt.eq(None::<String>))
            .execute(c)?;
    }
    Ok(())
}

/// Takes the salts away of all that rows were by the acts of a municipality before a moment, and are no more.
pub(crate) fn forget_former(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    before: DateTime<Utc>,
) -> Result<(), StorageError> {
    let later = diesel::alias!(table as later);
    let acts = audit_records::table
        .filter(
            audit_records::scope
                .eq(municipality.to_string())
                .or(audit_records::scope.like(format!("{municipality}/%"))),
        )
        .filter(audit_records::at.lt(At(before)))
        .select(audit_records::id);
    let has_later = exists(
        later
            .filter(later.field(table::row_id).eq(table::row_id))
            .filter(later.field(table::number).gt(table::number)),
    );
    let former: Vec<i64> = table::table
        .filter(table::salt.is_not_null())
        .filter(table::act.eq_any(acts))
        .filter(has_later)
        .select(table::number)
        .load(c)?;
    for numbers in former.chunks(ROWS) {
        diesel::update(table::table)
            .filter(table::number.eq_any(numbers))
            .set(table::salt.eq(None::<String>))
            .execute(c)?;
    }
    Ok(())
}

/// The states that these acts left, those of each act in the order of forms and keys.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn of_acts(
    c: &mut AnyConnection,
    acts: &[Id<Act>],
) -> Result<HashMap<Id<Act>, Vec<RowState>>, StorageError> {
    let mut found = HashMap::<Id<Act>, Vec<RowState>>::new();
    for acts in acts.chunks(ROWS) {
        let rows: Vec<(KeyOf<Act>, StateRow)> = table::table
            .filter(table::act.eq_any(acts.iter().map(|act| KeyOf(*act))))
            .order(table::number)
            .select((table::act, StateRow::as_select()))
            .load(c)?;
        for (act, row) in rows {
            found.entry(act.0).or_default().push(row.into());
        }
    }
    Ok(found)
}

/// As many states are held in memory at once.
const BATCH: i64 = 5_000;

/// Shows every state in the order of their numbers, with its act.
pub(crate) fn each(
    c: &mut AnyConnection,
    mut see: impl FnMut(Id<Act>, RowState),
) -> Result<(), StorageError> {
    let mut last = i64::MIN;
    loop {
        let rows: Vec<(KeyOf<Act>, StateRow)> = table::table
            .filter(table::number.gt(last))
            .order(table::number)
            .limit(BATCH)
            .select((table::act, StateRow::as_select()))
            .load(c)?;
        let Some((_, end)) = rows.last() else { return Ok(()) };
        last = end.number;
        rows.into_iter().for_each(|(act, row)| see(act.0, row.into()));
    }
}

/// The last state of a row.
pub(crate) fn last(
    c: &mut AnyConnection,
    table_name: &str,
    key: &str,
) -> Result<Option<RowState>, StorageError> {
    let row: Option<StateRow> = table::table
        .filter(table::row_id.eq(KeyOf::<Row>(Id::from_uuid(id_of(table_name, key)))))
        .order(table::number.desc())
        .select(StateRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(RowState::from))
}

/// The act that left the last state of a row.
pub(crate) fn last_act(
    c: &mut AnyConnection,
    table_name: &str,
    key: &str,
) -> Result<Option<Id<Act>>, StorageError> {
    let act: Option<KeyOf<Act>> = table::table
        .filter(table::row_id.eq(KeyOf::<Row>(Id::from_uuid(id_of(table_name, key)))))
        .order(table::number.desc())
        .select(table::act)
        .first(c)
        .optional()?;
    Ok(act.map(|act| act.0))
}
