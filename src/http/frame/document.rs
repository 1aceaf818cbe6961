//! Stored JSON documents inside an answer, byte for byte as they are stored.

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// A JSON document as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document(pub String);

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.0).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}
