//! The hashes of the audit trail: of records, and of what they changed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::person_seal::Salt;
use trede_base::ids::MalformedId;

/// A hash of the audit trail: SHA-256, written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ChainHash([u8; 32]);

impl ChainHash {
    pub(super) fn of(hash: Sha256) -> Self {
        Self(hash.finalize().into())
    }

    pub(super) const fn of_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(super) const fn bytes(self) -> [u8; 32] {
        self.0
    }
}

impl fmt::Display for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ChainHash {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, MalformedId> {
        let malformed = || MalformedId {
            what: "hash",
            text: text.to_owned(),
            expected: "a SHA-256 in 64 hexadecimal digits",
        };
        let mut bytes = [0; 32];
        let digits: Vec<u32> = text.chars().filter_map(|digit| digit.to_digit(16)).collect();
        if digits.len() != 64 || text.len() != 64 {
            return Err(malformed());
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
            let value = pair.iter().fold(0, |value, digit| value * 16 + digit);
            *byte = u8::try_from(value).map_err(|_| malformed())?;
        }
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for ChainHash {
    type Error = MalformedId;

    fn try_from(text: String) -> Result<Self, MalformedId> {
        text.parse()
    }
}

impl From<ChainHash> for String {
    fn from(hash: ChainHash) -> Self {
        hash.to_string()
    }
}

/// What an object was before an act and after it, as hashes: they tell nothing of it, and whether a state at hand is
/// the one of then.
///
/// A random salt stands before what is hashed: what is the same in two acts has two hashes, and once the salt is
/// gone, few possible contents (such as names) cannot be tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateChange {
    /// Before the act; none when there was no such object.
    pub before: Option<ChainHash>,
    /// After the act; none when there is no such object any more.
    pub after: Option<ChainHash>,
    /// What was hashed before each; none where there are no hashes, or a name was removed since.
    pub salt: Option<Salt>,
}

impl StateChange {
    /// The salted hashes of two states.
    #[must_use]
    pub fn of(salt: Salt, before: Option<&str>, after: Option<&str>) -> Self {
        let salted = |state: &str| {
            let mut hash = Sha256::new();
            hash.update(salt.bytes());
            hash.update(state);
            ChainHash::of(hash)
        };
        let is_any = before.is_some() || after.is_some();
        Self { before: before.map(salted), after: after.map(salted), salt: is_any.then_some(salt) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT: Salt = Salt::of([1; 32]);

    #[test]
    fn the_same_state_has_another_hash_in_another_act() {
        let one = StateChange::of(SALT, Some("open"), Some("open"));
        assert_eq!(one.before, one.after);
        assert_ne!(one.after, StateChange::of(Salt::of([2; 32]), None, Some("open")).after);
    }

    #[test]
    fn where_nothing_is_hashed_there_is_no_salt() {
        assert_eq!(StateChange::of(SALT, None, None), StateChange::default());
    }

    #[test]
    fn a_hash_reads_back_as_it_is_written() {
        let hash = StateChange::of(SALT, Some("open"), None).before.unwrap();
        assert_eq!(hash.to_string().parse::<ChainHash>().unwrap(), hash);
        for wrong in ["", "ab", &"g".repeat(64), &"a".repeat(65), &"é".repeat(32)] {
            assert!(wrong.parse::<ChainHash>().is_err(), "{wrong}");
        }
    }
}
