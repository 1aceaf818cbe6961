//! Rows as text: read from either database into the canonical form of their table.

use std::collections::BTreeMap;

use serde_json::Value;

use super::forms::{Form, Kind};
use crate::frame::error::StorageError;

/// Which database an expression is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// A row in its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RowText {
    /// Its key: a JSON array.
    pub(crate) key: String,
    /// The canonical JSON: the form, its number, and the columns in the order of their names.
    pub(crate) text: String,
}

/// An expression for a row as a JSON array of its columns, in the order of the form. `row` is what stands before a
/// column: `NEW.`, or nothing.
pub(crate) fn expression(form: &Form, dialect: Dialect, row: &str) -> String {
    let columns: Vec<String> = form
        .columns
        .iter()
        .map(|(name, kind)| value(*kind, dialect, &format!("{row}{}", quoted(name))))
        .collect();
    match dialect {
        Dialect::Sqlite => format!("json_array({})", columns.join(", ")),
        Dialect::Postgres => format!("json_build_array({})::text", columns.join(", ")),
    }
}

/// A column may have the name of a word of SQL.
pub(crate) fn quoted(column: &str) -> String {
    format!("\"{column}\"")
}

fn value(kind: Kind, dialect: Dialect, column: &str) -> String {
    match (dialect, kind) {
        (_, Kind::Text | Kind::Number) | (Dialect::Sqlite, Kind::Moment | Kind::Day | Kind::Truth) => {
            column.to_owned()
        }
        // hex() makes an empty text of what is absent.
        (Dialect::Sqlite, Kind::Id | Kind::Bytes) => {
            format!("CASE WHEN {column} IS NOT NULL THEN lower(hex({column})) END")
        }
        (Dialect::Postgres, Kind::Id) => format!("replace({column}::text, '-', '')"),
        (Dialect::Postgres, Kind::Bytes) => format!("encode({column}, 'hex')"),
        (Dialect::Postgres, Kind::Moment) => {
            format!("to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
        }
        (Dialect::Postgres, Kind::Day) => format!("to_char({column}, 'YYYY-MM-DD')"),
        (Dialect::Postgres, Kind::Truth) => format!("{column}::integer"),
    }
}

/// An expression for a key column from its text in a key, which stands in for `$`.
pub(crate) fn from_text(kind: Kind, dialect: Dialect) -> (&'static str, &'static str) {
    match (dialect, kind) {
        (Dialect::Sqlite, Kind::Id | Kind::Bytes) => ("unhex(replace(", ", '-', ''))"),
        (Dialect::Sqlite, Kind::Number | Kind::Truth) => ("CAST(", " AS INTEGER)"),
        (Dialect::Sqlite, Kind::Text | Kind::Moment | Kind::Day) => ("", ""),
        (Dialect::Postgres, Kind::Text) => ("", "::text"),
        (Dialect::Postgres, Kind::Id) => ("", "::text::uuid"),
        (Dialect::Postgres, Kind::Bytes) => ("decode(", "::text, 'hex')"),
        (Dialect::Postgres, Kind::Moment) => ("", "::text::timestamptz"),
        (Dialect::Postgres, Kind::Day) => ("", "::text::date"),
        (Dialect::Postgres, Kind::Number) => ("", "::text::bigint"),
        (Dialect::Postgres, Kind::Truth) => ("", "::text::boolean"),
    }
}

/// The row that a database gave as an array, in its form.
///
/// # Errors
/// [`StorageError::Database`] when it is no array of as many columns as the form has.
pub(crate) fn read(form: &Form, array: &str) -> Result<RowText, StorageError> {
    read_as(form, form, array)
}

/// The row that a database gave as an array of one form, in another form of the same table: columns that only the
/// first has are left out, those that only the other has are null.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_as(other: &Form, form: &Form, array: &str) -> Result<RowText, StorageError> {
    let values: Vec<Value> = serde_json::from_str(array).map_err(unreadable)?;
    if values.len() != form.columns.len() {
        return Err(unreadable(format!("a row of {} has {} columns", form.name, values.len())));
    }
    let columns: BTreeMap<&str, Value> =
        form.columns.iter().zip(values).map(|((name, kind), value)| (*name, in_form(*kind, value))).collect();
    let columns: BTreeMap<&str, &Value> =
        other.columns.iter().map(|(name, _)| (*name, columns.get(name).unwrap_or(&Value::Null))).collect();
    let key: Vec<&Value> = other.key.iter().filter_map(|name| columns.get(name).copied()).collect();
    let key = serde_json::to_string(&key).map_err(unreadable)?;
    let row = serde_json::to_string(&columns).map_err(unreadable)?;
    let text = format!(r#"{{"form":"{}","number":{},"row":{row}}}"#, form.name, other.since);
    Ok(RowText { key, text })
}

fn in_form(kind: Kind, value: Value) -> Value {
    match (kind, value) {
        (Kind::Id, Value::String(digits)) => Value::String(hyphened(&digits)),
        (Kind::Truth, Value::Number(number)) => Value::Bool(number.as_i64() != Some(0)),
        (_, value) => value,
    }
}

fn hyphened(digits: &str) -> String {
    digits.parse::<uuid::Uuid>().map_or_else(|_| digits.to_owned(), |id| id.to_string())
}

fn unreadable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> StorageError {
    StorageError::Database(error.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::forms::named;

    #[test]
    fn a_row_is_written_with_its_names_in_order_and_in_its_own_kinds() {
        let form = named("region_members", 1).unwrap();
        let row = read(form, r#"["gm0344","utrecht"]"#).unwrap();
        assert_eq!(row.key, r#"["gm0344"]"#);
        let text = r#"{"form":"region_members","number":1,"row":{"municipality_id":"gm0344","region_id":"utrecht"}}"#;
        assert_eq!(row.text, text);
    }

    #[test]
    fn an_id_has_hyphens_a_truth_is_none_of_the_numbers_and_what_is_absent_is_null() {
        assert_eq!(
            in_form(Kind::Id, "0190a5c800007000800000000000000a".into()),
            "0190a5c8-0000-7000-8000-00000000000a"
        );
        assert_eq!(in_form(Kind::Truth, 1.into()), Value::Bool(true));
        assert_eq!(in_form(Kind::Truth, 0.into()), Value::Bool(false));
        assert_eq!(in_form(Kind::Id, Value::Null), Value::Null);
    }

    #[test]
    fn a_row_with_too_few_columns_is_no_row() {
        assert!(read(named("region_members", 1).unwrap(), r#"["gm0344"]"#).is_err());
    }
}
