//! The claims of a token as its issuer wrote them: of any shape, but none of them twice.

use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};

/// A claim that has another shape than it is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongShape;

/// The claims of one token. Reading fails when a name stands twice in one object, at whatever depth: of two
/// values, issuer and service could each believe another.
#[derive(Clone, Debug)]
pub struct ClaimSet(Value);

impl ClaimSet {
    /// The text at a place (JSON pointer, RFC 6901); none when nothing is there.
    ///
    /// # Errors
    /// [`WrongShape`] when something else than a text is there.
    pub fn text(&self, pointer: &str) -> Result<Option<&str>, WrongShape> {
        match self.0.pointer(pointer) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(WrongShape),
        }
    }

    /// The texts at a place: a list of them, or one by itself; empty when nothing is there.
    ///
    /// # Errors
    /// [`WrongShape`] when something else is there, or in the list.
    pub fn texts(&self, pointer: &str) -> Result<Vec<&str>, WrongShape> {
        match self.0.pointer(pointer) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::String(text)) => Ok(vec![text]),
            Some(Value::Array(items)) => items.iter().map(|item| item.as_str().ok_or(WrongShape)).collect(),
            Some(_) => Err(WrongShape),
        }
    }

    /// Whole seconds of a NumericDate, which may have a fraction (RFC 7519 §2); none when nothing is there.
    ///
    /// # Errors
    /// [`WrongShape`] for anything else, and for what is written with an exponent.
    pub fn seconds(&self, name: &str) -> Result<Option<i64>, WrongShape> {
        match self.0.get(name) {
            None => Ok(None),
            Some(Value::Number(number)) => {
                let written = number.to_string();
                let whole = written.split('.').next().and_then(|whole| whole.parse().ok());
                whole.map(Some).ok_or(WrongShape)
            }
            Some(_) => Err(WrongShape),
        }
    }
}

impl<'de> Deserialize<'de> for ClaimSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let claims = Unambiguous::deserialize(deserializer)?.0;
        if claims.is_object() { Ok(Self(claims)) } else { Err(D::Error::custom("no claims")) }
    }
}

/// Any JSON in which no name stands twice in one object.
struct Unambiguous(Value);

impl<'de> Deserialize<'de> for Unambiguous {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyJson).map(Self)
    }
}

struct AnyJson;

impl<'de> Visitor<'de> for AnyJson {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("no number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut found = Vec::new();
        while let Some(Unambiguous(item)) = items.next_element()? {
            found.push(item);
        }
        Ok(Value::Array(found))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut found = Map::new();
        while let Some((name, Unambiguous(value))) = members.next_entry::<String, _>()? {
            if found.insert(name, value).is_some() {
                return Err(A::Error::custom("a name stands twice"));
            }
        }
        Ok(Value::Object(found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> Option<ClaimSet> {
        serde_json::from_str(text).ok()
    }

    #[test]
    fn a_claim_that_stands_twice_is_refused_at_any_depth() {
        assert!(set(r#"{"sub": "a", "roles": ["x"]}"#).is_some());
        assert!(set(r#"{"sub": "a", "sub": "b"}"#).is_none());
        assert!(set(r#"{"a": [{"roles": [], "roles": ["operator"]}]}"#).is_none());
        assert!(set(r#"["sub"]"#).is_none());
    }

    #[test]
    fn a_moment_may_have_a_fraction_and_nothing_else() {
        let seconds = |exp: &str| set(&format!(r#"{{"exp": {exp}}}"#)).unwrap().seconds("exp");
        assert_eq!(seconds("1774000000"), Ok(Some(1_774_000_000)));
        assert_eq!(seconds("1774000000.75"), Ok(Some(1_774_000_000)));
        for wrong in ["1e300", "\"1774000000\"", "null", "99999999999999999999", "[1774000000]"] {
            assert_eq!(seconds(wrong), Err(WrongShape), "{wrong}");
        }
    }

    #[test]
    fn a_text_is_no_list_and_a_list_holds_texts_only() {
        let claims =
            set(r#"{"sub": ["a"], "realm_access": {"roles": ["x", "y"]}, "mixed": ["x", 1]}"#).unwrap();
        assert_eq!(claims.text("/sub"), Err(WrongShape));
        assert_eq!(claims.text("/azp"), Ok(None));
        assert_eq!(claims.texts("/realm_access/roles"), Ok(vec!["x", "y"]));
        assert_eq!(claims.texts("/realm_access"), Err(WrongShape));
        assert_eq!(claims.texts("/mixed"), Err(WrongShape));
    }
}
