//! A row of a table laid over what is known: only the columns that the table has say anything.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::column::Column;

/// The names of the columns in which a row says something else than is known. Blanks around a text and the sort of
/// its line ends make no difference: spreadsheets change both.
#[must_use]
pub fn differences<T: Serialize>(
    known: &T,
    said: &T,
    columns: &[&'static Column],
    prefix: &str,
) -> Vec<&'static str> {
    let (known, said) = (json(known), json(said));
    let differs = |column: &&&'static Column| {
        let at = |value: &Value| plain(value.pointer(below(column, prefix)));
        at(&known) != at(&said)
    };
    columns.iter().filter(differs).map(|column| column.name).collect()
}

/// What is known with what a row says in its columns; none where the two do not fit together.
#[must_use]
pub fn overlaid<T: Serialize + DeserializeOwned>(
    known: &T,
    said: &T,
    columns: &[&'static Column],
    prefix: &str,
) -> Option<T> {
    let (mut whole, said) = (json(known), json(said));
    for column in columns {
        let pointer = below(column, prefix);
        match said.pointer(pointer) {
            Some(value) => set(&mut whole, pointer, value.clone()),
            None => remove(&mut whole, pointer),
        }
    }
    serde_json::from_value(whole).ok()
}

fn json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn below(column: &Column, prefix: &str) -> &'static str {
    column.pointer.strip_prefix(prefix).unwrap_or(column.pointer)
}

fn plain(value: Option<&Value>) -> Value {
    match value {
        None => Value::Null,
        Some(Value::String(text)) => {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            if text.trim().is_empty() { Value::Null } else { Value::String(text.trim().to_owned()) }
        }
        Some(Value::Array(parts)) if parts.is_empty() => Value::Null,
        Some(value) => value.clone(),
    }
}

fn set(whole: &mut Value, pointer: &str, value: Value) {
    let mut here = whole;
    for name in pointer.split('/').skip(1) {
        if !here.is_object() {
            *here = Value::Object(serde_json::Map::new());
        }
        let Some(members) = here.as_object_mut() else { return };
        here = members.entry(name).or_insert(Value::Null);
    }
    *here = value;
}

/// Removes a member, and what holds nothing then.
fn remove(whole: &mut Value, pointer: &str) {
    let Some((parent, name)) = pointer.rsplit_once('/') else { return };
    let Some(members) = whole.pointer_mut(parent).and_then(Value::as_object_mut) else { return };
    members.remove(name);
    if members.is_empty() && !parent.is_empty() {
        remove(whole, parent);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tables::entries;

    fn columns(names: &[&str]) -> Vec<&'static Column> {
        entries::LAYOUT.columns.iter().filter(|column| names.contains(&column.name)).collect()
    }

    #[test]
    fn only_the_columns_of_the_table_say_anything() {
        let known = json!({"description": "a\r\nb ", "facts": {"block": "x", "hours": "5", "period": {"from": "1", "until": "2"}}});
        let said = json!({"description": "a\nb", "facts": {"block": "y"}});
        assert_eq!(differences(&known, &said, &columns(&["description", "block"]), ""), ["block"]);
        assert_eq!(
            differences(&known, &said, &columns(&["hours", "periodFrom"]), ""),
            ["periodFrom", "hours"]
        );
        let merged = overlaid(&known, &said, &columns(&["block", "periodFrom", "periodUntil"]), "").unwrap();
        assert_eq!(merged, json!({"description": "a\r\nb ", "facts": {"block": "y", "hours": "5"}}));
        let period = json!({"facts": {"period": {"from": "3", "until": "4"}}});
        let merged = overlaid(&merged, &period, &columns(&["periodFrom", "periodUntil"]), "").unwrap();
        assert_eq!(merged["facts"]["period"], period["facts"]["period"]);
    }
}
