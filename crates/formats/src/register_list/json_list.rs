//! A list as JSON: an array of objects, or an object with such an array as `certificates`.

use std::cell::RefCell;
use std::fmt;
use std::io::Read;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::fields::Field;
use super::row::{Fields, listed};
use super::{ListError, ListRow, RowFault};
use crate::piece_limit::Allowance;
use trede_rules::pso::LadderVersion;

/// The member that holds the list, in a document that is an object.
const MEMBER: &str = "certificates";

pub(super) fn read<E>(
    list: impl Read,
    allowance: &Allowance,
    ladders: &[LadderVersion],
    take: &mut dyn FnMut(ListRow) -> Result<(), E>,
) -> Result<(), ListError<E>> {
    let taker = RefCell::new(Taker { allowance, ladders, take, rows: 0, seen: false, failure: None });
    let mut deserializer = serde_json::Deserializer::from_reader(list);
    let outcome = deserializer.deserialize_any(Document(&taker)).and_then(|()| deserializer.end());
    let Taker { rows, seen, failure, .. } = taker.into_inner();
    match (failure, outcome) {
        (Some(failure), _) => Err(ListError::Taker(failure)),
        (None, Err(error)) if rows == 0 && !error.is_eof() => Err(ListError::NoList(error.to_string())),
        (None, Err(error)) => Err(ListError::BrokenOff { after: rows, reason: error.to_string() }),
        (None, Ok(())) if !seen => Err(ListError::NoList(format!("it has no array `{MEMBER}`"))),
        (None, Ok(())) => Ok(()),
    }
}

struct Taker<'a, E> {
    allowance: &'a Allowance,
    ladders: &'a [LadderVersion],
    take: &'a mut dyn FnMut(ListRow) -> Result<(), E>,
    rows: u64,
    seen: bool,
    failure: Option<E>,
}

impl<E> Taker<'_, E> {
    /// Whether it can go on.
    fn take(&mut self, raw: &RawValue) -> bool {
        self.rows += 1;
        self.allowance.renew();
        let row = row(self.rows, raw, self.ladders);
        self.failure = (self.take)(row).err();
        self.failure.is_none()
    }
}

/// The whole document.
struct Document<'a, 'b, E>(&'a RefCell<Taker<'b, E>>);

impl<'de, E> Visitor<'de> for Document<'_, '_, E> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an array of certificates, or an object with one as `{MEMBER}`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.borrow_mut().seen = true;
        while let Some(raw) = list.next_element::<Box<RawValue>>()? {
            if !self.0.borrow_mut().take(&raw) {
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<String>()? {
            if name == MEMBER {
                members.next_value_seed(List(self.0))?;
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// The array inside a document that is an object.
struct List<'a, 'b, E>(&'a RefCell<Taker<'b, E>>);

impl<'de, E> DeserializeSeed<'de> for List<'_, '_, E> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(Document(self.0))
    }
}

fn row(number: u64, raw: &RawValue, ladders: &[LadderVersion]) -> ListRow {
    let mut fields = Fields::default();
    let mut faults = Vec::new();
    match serde_json::from_str(raw.get()) {
        Ok(Value::Object(members)) => {
            for (name, member) in members {
                // A register may tell more than is asked here.
                let Some(field) = Field::called(&name) else { continue };
                match text(&member) {
                    Some(text) => fields.set(field, text),
                    None => faults.push(RowFault {
                        field: Some(field),
                        code: "wrong-shape",
                        detail: "a text, a number, true or false, or a list of texts".to_owned(),
                    }),
                }
            }
        }
        _ => faults.push(RowFault {
            field: None,
            code: "wrong-shape",
            detail: "a certificate is an object".to_owned(),
        }),
    }
    listed(number, fields, faults, ladders)
}

fn text(member: &Value) -> Option<String> {
    match member {
        Value::Null => Some(String::new()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(texts) => {
            let texts: Option<Vec<&str>> = texts.iter().map(Value::as_str).collect();
            texts.map(|texts| texts.join(" "))
        }
        Value::Object(_) => None,
    }
}
