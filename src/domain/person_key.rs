//! The person key (persoonssleutel): by which the same person is recognised over contracts, contractors and
//! the municipalities of a region, by nobody but the office that holds the region's key.
//!
//! It is HMAC-SHA256 with the key of the region over the client number of the coordinator's office, computed
//! there and offline. Only the result comes here.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::ids::MalformedId;

/// A person key: 32 bytes, written as 64 hexadecimal digits in lower case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonKey([u8; 32]);

impl PersonKey {
    /// The key of these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for PersonKey {
    type Err = MalformedId;

    /// What is refused is not repeated: it may be somebody's number.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parsed(text).map(Self).ok_or_else(|| MalformedId {
            what: "person key",
            text: "…".to_owned(),
            expected: "64 hexadecimal digits in lower case, as `trede person-key` prints them",
        })
    }
}

fn parsed(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        let digits = text.get(index.checked_mul(2)?..)?.get(..2)?;
        *byte = u8::from_str_radix(digits, 16).ok()?;
    }
    Some(bytes)
}

impl TryFrom<String> for PersonKey {
    type Error = MalformedId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<PersonKey> for String {
    fn from(key: PersonKey) -> Self {
        key.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_written_in_one_way_only() {
        let text = "00ff".repeat(16);
        assert_eq!(text.parse::<PersonKey>().unwrap().to_string(), text);
        for wrong in [text.to_uppercase(), "00".repeat(31), format!("{text}0"), "é".repeat(32), String::new()]
        {
            assert!(wrong.parse::<PersonKey>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_refusal_does_not_repeat_what_it_refuses() {
        let refused = "123456782".parse::<PersonKey>().unwrap_err();
        assert!(!refused.to_string().contains("123456782"));
    }
}
