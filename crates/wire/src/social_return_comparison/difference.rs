//! What differs between two documents, member by member; rows of a table are matched by their code.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType};

/// What became of a place in the document (soort verschil).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = SocialReturnDifferenceKind)]
pub enum DifferenceKind {
    /// Only the second has it (toegevoegd).
    Added,
    /// Only the first has it (vervallen).
    Removed,
    /// Both have it, and not the same (gewijzigd).
    Changed,
}

/// One difference between two policies (verschil).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SocialReturnDifference)]
pub struct Difference {
    /// Where: a path of names; a row of a table by its code instead of its place, such as
    /// `/blocks/participatiewet/amounts`.
    pub place: String,
    /// What became of it.
    pub kind: DifferenceKind,
    /// What the first says.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = anything)]
    pub first: Option<Value>,
    /// What the second says.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = anything)]
    pub second: Option<Value>,
}

/// A value of any type.
fn anything() -> Object {
    ObjectBuilder::new()
        .schema_type(SchemaType::AnyValue)
        .description(Some("What this one says (waarde)"))
        .build()
}

/// The members by which the rows of a table are known.
const KEYS: [&str; 3] = ["code", "register", "level"];

/// Every difference between two documents, in the order of the first.
#[must_use]
pub fn differences(first: &impl Serialize, second: &impl Serialize) -> Vec<Difference> {
    let mut found = Vec::new();
    compare("", &read(first), &read(second), &mut found);
    found
}

fn read(document: &impl Serialize) -> Value {
    serde_json::to_value(document).unwrap_or_default()
}

fn compare(place: &str, first: &Value, second: &Value, found: &mut Vec<Difference>) {
    let (Some(firsts), Some(seconds)) = (members(first), members(second)) else {
        if first != second {
            found.push(Difference {
                place: place.to_owned(),
                kind: DifferenceKind::Changed,
                first: Some(first.clone()),
                second: Some(second.clone()),
            });
        }
        return;
    };
    for (name, first) in &firsts {
        let place = format!("{place}/{name}");
        match seconds.iter().find(|(other, _)| other == name) {
            Some((_, second)) => compare(&place, first, second, found),
            None => found.push(Difference {
                place,
                kind: DifferenceKind::Removed,
                first: Some((*first).clone()),
                second: None,
            }),
        }
    }
    let added = seconds.iter().filter(|(name, _)| !firsts.iter().any(|(other, _)| other == name));
    found.extend(added.map(|(name, second)| Difference {
        place: format!("{place}/{name}"),
        kind: DifferenceKind::Added,
        first: None,
        second: Some((*second).clone()),
    }));
}

/// The members of an object, or the rows of a table by their code; none of anything else.
fn members(value: &Value) -> Option<Vec<(&str, &Value)>> {
    match value {
        Value::Object(members) => Some(members.iter().map(|(name, value)| (name.as_str(), value)).collect()),
        Value::Array(rows) => rows.iter().map(|row| Some((key(row)?, row))).collect(),
        _ => None,
    }
}

fn key(row: &Value) -> Option<&str> {
    KEYS.iter().find_map(|key| row.get(key)?.as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(first: &Value, second: &Value) -> Vec<(String, DifferenceKind)> {
        differences(first, second).into_iter().map(|one| (one.place, one.kind)).collect()
    }

    #[test]
    fn rows_are_matched_by_their_code_and_not_by_their_place() {
        let first = json!({"blocks": [{"code": "ww", "euros": "1"}, {"code": "wia", "euros": "2"}]});
        let second = json!({"blocks": [{"code": "wia", "euros": "3"}, {"code": "nug", "euros": "4"}]});
        assert_eq!(
            found(&first, &second),
            [
                ("/blocks/ww".to_owned(), DifferenceKind::Removed),
                ("/blocks/wia/euros".to_owned(), DifferenceKind::Changed),
                ("/blocks/nug".to_owned(), DifferenceKind::Added),
            ]
        );
    }

    #[test]
    fn a_list_without_codes_differs_as_a_whole() {
        let change = [("/days".to_owned(), DifferenceKind::Changed)];
        assert_eq!(found(&json!({"days": [7, 14]}), &json!({"days": [7]})), change);
    }

    #[test]
    fn a_document_does_not_differ_from_itself() {
        let document = json!({"a": [{"code": "x", "b": null}], "c": [1, {"d": 2}], "e": []});
        assert_eq!(found(&document, &document), []);
    }
}
