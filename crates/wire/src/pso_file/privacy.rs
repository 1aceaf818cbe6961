//! What keeps personal data out: pseudonyms of one shape, and no text that passes the test for a BSN.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::number::Number;
use trede_base::bsn::holds_bsn;

/// A letter, a hyphen and up to five digits, or a UUID: too little for a name, a date of birth or a BSN.
const PATTERN: &str = "^([A-Z]-[0-9]{1,5}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$";

/// Fields whose value is an amount in euros, of which nine digits may pass the test by chance.
const AMOUNTS: [&str; 2] = ["turnover", "value"];

/// A reference to a worker from which nobody but the organisation can tell who it is (pseudoniem).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pseudonym(String);

impl Pseudonym {
    /// Reads a pseudonym. What is refused is not repeated: it may be somebody's name or number.
    ///
    /// # Errors
    /// A sentence that says what would be right.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if is_uuid(text) || is_numbered(text) {
            return Ok(Pseudonym(text.to_owned()));
        }
        if holds_bsn(text) {
            return Err(
                "this passes the test for a BSN, which may not be given or kept; use a pseudonym such as \"W-12\"",
            );
        }
        Err(
            "this is no pseudonym; write a letter, a hyphen and up to five digits, such as \"W-12\", or a UUID, \
             and never a name, a date of birth or a BSN",
        )
    }

    /// The pseudonym as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_numbered(text: &str) -> bool {
    let Some((letter, number)) = text.split_once('-') else { return false };
    let one_letter = letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_uppercase());
    one_letter && (1..=5).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_uuid(text: &str) -> bool {
    let hex = |part: &str| part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [8, 4, 4, 4, 12] && parts.into_iter().all(hex)
}

impl Serialize for Pseudonym {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Pseudonym {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(PseudonymVisitor)
    }
}

struct PseudonymVisitor;

impl Visitor<'_> for PseudonymVisitor {
    type Value = Pseudonym;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a pseudonym such as \"W-12\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Pseudonym, E> {
        Pseudonym::parse(text).map_err(E::custom)
    }
}

impl PartialSchema for Pseudonym {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::String))
            .pattern(Some(PATTERN))
            .description(Some(
                "A reference to a worker (pseudoniem), such as \"W-12\", or a UUID; never a name, a date of birth or a BSN.",
            ))
            .examples(["W-12"])
            .into()
    }
}

impl ToSchema for Pseudonym {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Pseudonym")
    }
}

/// The JSON pointer of the first text or number in a document that passes the test for a BSN; for a key, that
/// of the object that has it, so that the number itself is never repeated. Amounts in euros are not looked at.
#[must_use]
pub fn place_of_bsn(document: &Value) -> Option<String> {
    match document {
        Value::String(text) => (!is_uuid(text) && holds_bsn(text)).then(String::new),
        Value::Number(number) => holds_bsn(&number.to_string()).then(String::new),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| place_of_bsn(item).map(|below| format!("/{index}{below}"))),
        Value::Object(members) => members.iter().find_map(|(key, member)| {
            if holds_bsn(key) {
                return Some(String::new());
            }
            if AMOUNTS.contains(&key.as_str())
                && member.as_str().is_some_and(|text| Number::parse(text).is_ok())
            {
                return None;
            }
            let key = key.replace('~', "~0").replace('/', "~1");
            place_of_bsn(member).map(|below| format!("/{key}{below}"))
        }),
        Value::Null | Value::Bool(_) => None,
    }
}
