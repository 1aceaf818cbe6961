//! The hashes of the audit trail: of records, and of what they changed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use trede_base::ids::MalformedId;

/// A hash of the audit trail: SHA-256, written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// What an act changed, as hashes over the states of the rows that it changed: they tell nothing of these, and whether
/// rows at hand are those of then. See [`RowState`](super::audit_state::RowState).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateChange {
    /// Over the rows as they were before the act; none when there were none.
    pub before: Option<ChainHash>,
    /// Over the rows as they are after the act; none when none is left.
    pub after: Option<ChainHash>,
    /// The number of the canonical forms in which the rows were hashed; none where there are no hashes.
    pub forms: Option<i16>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_reads_back_as_it_is_written() {
        let hash = ChainHash::of(Sha256::new());
        assert_eq!(hash.to_string().parse::<ChainHash>().unwrap(), hash);
        for wrong in ["", "ab", &"g".repeat(64), &"a".repeat(65), &"é".repeat(32)] {
            assert!(wrong.parse::<ChainHash>().is_err(), "{wrong}");
        }
    }
}
