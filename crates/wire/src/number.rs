//! Exact numbers on the wire: decimals travel as JSON strings, never as floats.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Digits before and after the point that a number on the wire may have.
const MAX_INTEGER_DIGITS: usize = 16;
const MAX_DECIMALS: usize = 10;

/// What a number looks like: no exponent, no thousands separator, no leading plus.
const PATTERN: &str = r"^-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,10})?$";

/// An exact decimal, written as a JSON string such as `"1234.56"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(pub Decimal);

impl Number {
    /// Reads a decimal as it is written on the wire.
    ///
    /// # Errors
    /// A sentence that says what was wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(fraction) || (whole.len() > 1 && whole.starts_with('0')) {
            return Err(format!("`{}` is no decimal number; write it like \"1234.56\"", shortened(text)));
        }
        if whole.len() > MAX_INTEGER_DIGITS || fraction.len() > MAX_DECIMALS {
            return Err(format!(
                "`{}` has too many digits; at most {MAX_INTEGER_DIGITS} before and {MAX_DECIMALS} after the point",
                shortened(text)
            ));
        }
        text.parse().map(Number).map_err(|_| format!("`{}` is no decimal number", shortened(text)))
    }
}

fn shortened(text: &str) -> Cow<'_, str> {
    if text.chars().count() <= 40 {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().take(37).chain("...".chars()).collect())
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.normalize())
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a decimal number in quotes, such as \"1234.56\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Number, E> {
        Number::parse(text).map_err(E::custom)
    }
}

impl PartialSchema for Number {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::String))
            .pattern(Some(PATTERN))
            .description(Some("An exact decimal in quotes, such as \"1234.56\" (decimaal getal)."))
            .examples(["1234.56"])
            .into()
    }
}

impl ToSchema for Number {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Number")
    }
}
