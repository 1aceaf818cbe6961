//! The audit trail as chains: each record holds a hash over itself and the record before it, so that none
//! can be changed, removed, moved or slipped in without breaking what follows.
//!
//! A record follows on another only when that one is committed, so in one chain writes wait for each other's
//! disk. Each scope has a few chains, and a write adds to one that nobody else is adding to.
//!
//! Whoever can write the database can also forge every hash up to the last record. Against that stand
//! [anchors](Anchor): heads of the chain that are kept, and time-stamped, elsewhere.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, SecondsFormat, Utc};
use sha2::{Digest, Sha256};

use super::audit::{Act, AuditScope};
use super::audit_hash::{ChainHash, StateChange};
use super::person_seal::PersonSeal;
use trede_base::ids::MalformedId;

/// How many chains a scope has.
pub const CHAINS: u8 = 4;

/// One of the chains of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Chain {
    /// Whose it is.
    pub scope: AuditScope,
    /// From 0 up to [`CHAINS`].
    pub number: u8,
}

impl Chain {
    /// The chains of a scope.
    pub fn of(scope: AuditScope) -> impl Iterator<Item = Self> {
        (0..CHAINS).map(move |number| Self { scope, number })
    }
}

/// Where a record stands among those of its scope: `2.17` is the 17th of chain 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AuditPlace {
    /// The number of the chain.
    pub chain: u8,
    /// The number in the chain, from 1.
    pub sequence: i64,
}

impl fmt::Display for AuditPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.chain, self.sequence)
    }
}

impl FromStr for AuditPlace {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, MalformedId> {
        text.split_once('.')
            .and_then(|(chain, sequence)| {
                Some(Self { chain: chain.parse().ok()?, sequence: sequence.parse().ok()? })
            })
            .ok_or_else(|| MalformedId {
                what: "place in the audit trail",
                text: text.to_owned(),
                expected: "a chain and a number, such as 2.17",
            })
    }
}

/// A place in a chain: the record's number, and the hash over it and all before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Which chain.
    pub chain: Chain,
    /// 1 for the first record of a chain, then one more for each.
    pub sequence: i64,
    /// The hash over the record and the hash before it.
    pub hash: ChainHash,
}

impl Link {
    /// What the first record of a chain follows on: the same for everyone, another for each chain, so that a
    /// record of one municipality fits in no other's.
    #[must_use]
    pub fn origin(chain: Chain) -> Self {
        let mut hash = Sha256::new();
        hash.update("trede audit chain 1 ");
        hash.update([chain.number]);
        hash.update(chain.scope.to_string());
        Self { chain, sequence: 0, hash: ChainHash::of(hash) }
    }

    /// Where its record stands in the scope.
    #[must_use]
    pub const fn place(&self) -> AuditPlace {
        AuditPlace { chain: self.chain.number, sequence: self.sequence }
    }

    /// The link of the act that follows on this one, with what it changed. Who did it is in the seal; records from
    /// before there were seals have the names themselves in their hash.
    #[must_use]
    pub fn next(&self, act: &Act, change: &StateChange, seal: Option<&PersonSeal>) -> Self {
        let mut hash = Sha256::new();
        hash.update(self.hash.bytes());
        if let Some(seal) = seal {
            hash.update("sealed");
            hash.update(seal.hash.bytes());
        }
        let who = if seal.is_none() { Some(act) } else { None };
        let sequence = self.sequence.saturating_add(1);
        hash.update(sequence.to_be_bytes());
        hash.update(act.id.uuid().as_bytes());
        hash.update(act.request_id.as_bytes());
        let at = act.at.to_rfc3339_opts(SecondsFormat::Micros, true);
        let texts = [
            Some(act.scope.to_string()),
            Some(at),
            who.map(|act| act.actor.clone()),
            who.and_then(|act| act.client.clone()),
            Some(act.action.clone()),
            Some(act.object.clone()),
            who.and_then(|act| act.address.clone()),
            change.before.map(|hash| hash.to_string()),
            change.after.map(|hash| hash.to_string()),
            change.forms.map(|number| number.to_string()),
        ];
        for text in texts {
            // With its length before it, so that no two lists of texts look alike; absent is no empty text.
            let length = text.as_ref().map_or(u64::MAX, |text| u64::try_from(text.len()).unwrap_or(u64::MAX));
            hash.update(length.to_be_bytes());
            hash.update(text.unwrap_or_default());
        }
        Self { chain: self.chain, sequence, hash: ChainHash::of(hash) }
    }
}

/// An act in its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRecord {
    /// What was done.
    pub act: Act,
    /// What that changed.
    pub change: StateChange,
    /// Its place.
    pub link: Link,
    /// What stands in the chain for who did it; none in records from before there were seals.
    pub seal: Option<PersonSeal>,
}

/// A head of a chain, to be kept elsewhere: proves later that nothing up to it was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The last record then.
    pub link: Link,
    /// When it was taken.
    pub at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back_as_it_is_written() {
        let place = AuditPlace { chain: 2, sequence: 17 };
        assert_eq!(place.to_string().parse(), Ok(place));
        assert!("2".parse::<AuditPlace>().is_err());
    }
}
