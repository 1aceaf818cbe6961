//! What things are called: municipalities, organisations, and everything else by UUID.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;
use uuid::Uuid;

/// A text that is not an identifier of the wanted kind.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("«{text}» is no {what}: {expected}")]
pub struct MalformedId {
    /// The kind of identifier.
    pub what: &'static str,
    /// What came.
    pub text: String,
    /// How such an identifier is written.
    pub expected: &'static str,
}

/// A buyer (aanbestedende dienst) that keeps its work here: a municipality (gemeente) by its CBS code, written
/// `gm0344` in paths, a province (`pv27`), a water board (`ws0155`), or any other authority (a ministry, an
/// executive agency, a joint arrangement) by its organisation identification number (`oin` and twenty digits).
///
/// Where the text says municipality, any of these is meant: most are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MunicipalityId(Authority);

/// What kind of authority, and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Authority {
    Municipality(u16),
    Province(u16),
    WaterBoard(u16),
    Other(u128),
}

impl MunicipalityId {
    /// The code as Statistics Netherlands (CBS) writes it: `GM0344`, `PV27`, `WS0155`; of what has none the
    /// organisation identification number.
    #[must_use]
    pub fn cbs_code(self) -> String {
        self.to_string().to_uppercase()
    }
}

impl fmt::Display for MunicipalityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Authority::Municipality(number) => write!(f, "gm{number:04}"),
            Authority::Province(number) => write!(f, "pv{number:02}"),
            Authority::WaterBoard(number) => write!(f, "ws{number:04}"),
            Authority::Other(number) => write!(f, "oin{number:020}"),
        }
    }
}

impl FromStr for MunicipalityId {
    type Err = MalformedId;

    /// Lower case only: one authority has one path.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = |prefix: &str, length: usize| {
            text.strip_prefix(prefix)
                .filter(|digits| digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit()))
        };
        let short = |prefix: &str, length: usize| digits(prefix, length).and_then(|found| found.parse().ok());
        let municipality = short("gm", 4).map(Authority::Municipality);
        municipality
            .or_else(|| short("pv", 2).map(Authority::Province))
            .or_else(|| short("ws", 4).map(Authority::WaterBoard))
            .or_else(|| digits("oin", 20).and_then(|found| found.parse().ok()).map(Authority::Other))
            .map(Self)
            .ok_or_else(|| MalformedId {
                what: "municipality",
                text: text.to_owned(),
                expected: "gm and the four digits of the CBS code, such as gm0344; of another authority pv27, \
                           ws0155, or oin and the twenty digits of its OIN",
            })
    }
}

/// An organisation's number in the trade register of the Chamber of Commerce (KvK-nummer):
/// eight digits, leading zeros included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KvkNumber(u32);

impl fmt::Display for KvkNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}", self.0)
    }
}

impl FromStr for KvkNumber {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Some(text)
            .filter(|digits| digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|digits| digits.parse().ok())
            .map(Self)
            .ok_or_else(|| MalformedId {
                what: "KvK number",
                text: text.to_owned(),
                expected: "eight digits, such as 69599068",
            })
    }
}

macro_rules! as_json_strings {
    ($($id:ty),+) => {$(
        impl TryFrom<String> for $id {
            type Error = MalformedId;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$id> for String {
            fn from(id: $id) -> Self {
                id.to_string()
            }
        }
    )+};
}

as_json_strings!(MunicipalityId, KvkNumber);

/// The id of a `T`: a UUIDv7, so that the order of ids is the order of creation.
///
/// Ids of different things are different types; a lot's id is never taken for a bid's.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id<T> {
    uuid: Uuid,
    #[serde(skip)]
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The id that is written so.
    #[must_use]
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self { uuid, of: PhantomData }
    }

    /// The id that follows from these parts: a UUIDv8 (RFC 9562 §5.8), which needs no randomness.
    #[must_use]
    pub fn derived(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        parts.iter().for_each(|part| hash.update(part));
        let mut bytes = [0; 16];
        for (byte, of_hash) in bytes.iter_mut().zip(hash.finalize()) {
            *byte = of_hash;
        }
        Self::from_uuid(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// The id without its kind.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        self.uuid
    }
}

// Written out, since derives would ask the same of `T`, which is only a name here.
impl<T> Copy for Id<T> {}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.uuid.cmp(&other.uuid)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.fmt(f)
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.fmt(f)
    }
}

impl<T> FromStr for Id<T> {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::from_uuid).map_err(|_| MalformedId {
            what: "identifier",
            text: text.to_owned(),
            expected: "a UUID",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_municipality_is_written_in_lower_case_only() {
        let utrecht: MunicipalityId = "gm0344".parse().unwrap();
        assert_eq!(utrecht.to_string(), "gm0344");
        assert_eq!(utrecht.cbs_code(), "GM0344");
        for wrong in ["GM0344", "gm344", "gm03444", "gm+344", "0344", ""] {
            assert!(wrong.parse::<MunicipalityId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn other_authorities_are_named_by_their_own_code() {
        for (code, cbs) in
            [("pv27", "PV27"), ("ws0155", "WS0155"), ("oin00000001003214345000", "OIN00000001003214345000")]
        {
            let buyer: MunicipalityId = code.parse().unwrap();
            assert_eq!((buyer.to_string().as_str(), buyer.cbs_code().as_str()), (code, cbs));
        }
        for wrong in ["pv7", "PV27", "ws155", "oin123", "00000001003214345000", "xx0344"] {
            assert!(wrong.parse::<MunicipalityId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_kvk_number_keeps_its_leading_zeros() {
        let number: KvkNumber = "01234567".parse().unwrap();
        assert_eq!(number.to_string(), "01234567");
        assert_eq!(serde_json::to_string(&number).unwrap(), "\"01234567\"");
        for wrong in ["1234567", "123456789", "1234567a", "+1234567", " 1234567"] {
            assert!(wrong.parse::<KvkNumber>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_id_travels_as_a_bare_uuid() {
        let id: Id<u8> = "0190a5c8-0000-7000-8000-000000000001".parse().unwrap();
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, "\"0190a5c8-0000-7000-8000-000000000001\"");
        assert_eq!(serde_json::from_str::<Id<u8>>(&json).unwrap(), id);
    }
}
