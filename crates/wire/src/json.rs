//! Reading JSON with errors that name the place.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_path_to_error::Segment;

use crate::objects::Objects;

/// Why bytes are no valid document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// The bytes are no UTF-8.
    #[error("byte {at} is no valid UTF-8{}; save the file as UTF-8", told(*seems))]
    NotUtf8 {
        /// The first byte that is not.
        at: usize,
        /// What the text seems to be written in.
        seems: Option<Encoding>,
    },
    /// The text is no JSON, or not of the shape that is expected.
    #[error("line {line}, column {column}, {}: {detail}", shown(pointer))]
    Invalid {
        /// Whether the text is JSON at all, and only its shape is wrong.
        is_json: bool,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// JSON pointer (RFC 6901) of the first place that is wrong; empty for the whole.
        pointer: String,
        /// What is wrong there.
        detail: String,
    },
}

/// An encoding that is taken for UTF-8 by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Two bytes a character, as some editors call "Unicode".
    Utf16,
    /// One byte a character, as Windows programs write (or ISO 8859-1).
    Windows1252,
}

impl Encoding {
    /// What bytes that are no UTF-8 seem to be.
    fn of(bytes: &[u8]) -> Option<Self> {
        let marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        if marked || bytes.iter().take(64).filter(|byte| **byte == 0).count() > 8 {
            return Some(Encoding::Utf16);
        }
        // Text has no control characters; five codes mean nothing in Windows-1252.
        let is_text = |byte: &u8| match byte {
            0x81 | 0x8d | 0x8f | 0x90 | 0x9d => false,
            byte => *byte >= 0x20 || byte.is_ascii_whitespace(),
        };
        bytes.iter().all(is_text).then_some(Encoding::Windows1252)
    }
}

fn told(seems: Option<Encoding>) -> &'static str {
    match seems {
        Some(Encoding::Utf16) => ", it seems to be UTF-16",
        Some(Encoding::Windows1252) => ", it seems to be Windows-1252",
        None => "",
    }
}

/// Reads one document of type `T`.
///
/// # Errors
/// At the first place that is wrong: serde stops there.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonError> {
    // Some editors put a byte order mark in front; RFC 8259 lets a reader ignore it.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|error| JsonError::NotUtf8 { at: error.valid_up_to(), seems: Encoding::of(bytes) })?;
    // A text of half-filled pairs of bytes is UTF-8 by chance.
    if bytes.starts_with(b"{\0") || bytes.starts_with(b"\0{") {
        return Err(JsonError::NotUtf8 { at: 0, seems: Some(Encoding::Utf16) });
    }
    // Keeping track of the place costs time, and only errors need it.
    read(text).map_err(|plain| {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        match serde_path_to_error::deserialize::<_, T>(Objects(&mut deserializer)) {
            Err(error) => invalid(pointer(error.path()), error.inner()),
            // What was read is sound, so the error lies behind it.
            Ok(_) => invalid(String::new(), &plain),
        }
    })
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = T::deserialize(Objects(&mut deserializer))?;
    deserializer.end()?;
    Ok(value)
}

fn shown(pointer: &str) -> &str {
    if pointer.is_empty() { "/" } else { pointer }
}

fn invalid(pointer: String, error: &serde_json::Error) -> JsonError {
    let text = error.to_string();
    // serde_json ends its messages with the place, which is told here already.
    let detail = text.rsplit_once(" at line ").map_or(text.as_str(), |(detail, _)| detail).to_owned();
    JsonError::Invalid {
        is_json: error.is_data(),
        line: error.line(),
        column: error.column(),
        pointer,
        detail,
    }
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => {
                pointer.push_str(&format!("/{}", key.replace('~', "~0").replace('/', "~1")))
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

/// Reads a map in which no key may stand twice: serde would keep the last in silence.
pub(super) fn unique_keys<'de, D, V>(deserializer: D) -> Result<BTreeMap<String, V>, D::Error>
where
    D: Deserializer<'de>,
    V: Deserialize<'de>,
{
    deserializer.deserialize_map(UniqueKeys(PhantomData))
}

struct UniqueKeys<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for UniqueKeys<V> {
    type Value = BTreeMap<String, V>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object with the identifiers of criteria as keys")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut map = BTreeMap::new();
        while let Some(key) = access.next_key::<String>()? {
            if map.contains_key(&key) {
                return Err(de::Error::custom(format!("the key `{key}` stands twice")));
            }
            map.insert(key, access.next_value()?);
        }
        Ok(map)
    }
}
