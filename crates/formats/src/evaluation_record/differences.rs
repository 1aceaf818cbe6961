//! Where two JSON documents differ.

use serde_json::Value;

/// A place at which what is recorded is not what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// A JSON pointer into the record.
    pub pointer: String,
    /// What the record says there.
    pub recorded: String,
    /// What follows from the rest of the record.
    pub follows: String,
}

impl Difference {
    pub(super) fn new(
        pointer: impl Into<String>,
        recorded: impl Into<String>,
        follows: impl Into<String>,
    ) -> Self {
        Self { pointer: pointer.into(), recorded: recorded.into(), follows: follows.into() }
    }
}

const NOTHING: &str = "(nothing)";

/// Adds every place at which the two documents differ.
pub(super) fn compare(pointer: &str, recorded: &Value, follows: &Value, found: &mut Vec<Difference>) {
    match (recorded, follows) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in a {
                let place = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                match b.get(key) {
                    Some(other) => compare(&place, value, other, found),
                    None => found.push(Difference::new(place, value.to_string(), NOTHING)),
                }
            }
            for (key, value) in b.iter().filter(|(key, _)| !a.contains_key(*key)) {
                found.push(Difference::new(format!("{pointer}/{key}"), NOTHING, value.to_string()));
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            for index in 0..a.len().max(b.len()) {
                let place = format!("{pointer}/{index}");
                match (a.get(index), b.get(index)) {
                    (Some(value), Some(other)) => compare(&place, value, other, found),
                    (Some(value), None) => found.push(Difference::new(place, value.to_string(), NOTHING)),
                    (None, Some(value)) => found.push(Difference::new(place, NOTHING, value.to_string())),
                    (None, None) => {}
                }
            }
        }
        (a, b) if a == b => {}
        (a, b) => found.push(Difference::new(pointer, a.to_string(), b.to_string())),
    }
}
