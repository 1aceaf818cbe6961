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

/// As many digits of a hash stand in a letter: few enough to copy, and too many to find another record for.
pub const SHORT_DIGITS: usize = 24;
/// Fewer digits of a hash prove nothing.
const FEWEST_DIGITS: usize = 16;

/// A record that a chain must pass through, as far as it is known: from an [`Anchor`], or from a letter that tells the
/// first digits of a hash. Where numbers would tell how much was done, it has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waypoint {
    /// Which chain.
    pub chain: Chain,
    /// The number of the record; none when it is not told.
    pub sequence: Option<i64>,
    digits: String,
}

impl From<Link> for Waypoint {
    fn from(link: Link) -> Self {
        Self { chain: link.chain, sequence: Some(link.sequence), digits: link.hash.to_string() }
    }
}

impl Waypoint {
    /// A record as a letter tells it.
    #[must_use]
    pub fn short(link: Link) -> Self {
        let digits = link.hash.to_string().chars().take(SHORT_DIGITS).collect();
        Self { digits, ..Self::from(link) }
    }

    /// The same without its number.
    #[must_use]
    pub fn unnumbered(self) -> Self {
        Self { sequence: None, ..self }
    }

    /// Whether it is this record.
    #[must_use]
    pub fn is(&self, link: &Link) -> bool {
        self.chain == link.chain
            && self.sequence.is_none_or(|sequence| sequence == link.sequence)
            && link.hash.to_string().starts_with(&self.digits)
    }
}

impl fmt::Display for Waypoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { chain: Chain { scope, number }, sequence, digits } = self;
        match sequence {
            Some(sequence) => write!(f, "{scope} {number}/{sequence} {digits}"),
            None => write!(f, "{scope} {number} {digits}"),
        }
    }
}

impl FromStr for Waypoint {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, MalformedId> {
        let malformed = || MalformedId {
            what: "head of an audit chain",
            text: text.to_owned(),
            expected: "whose it is, its place and 16 to 64 hexadecimal digits of its hash, such as \
                       `gm0344 2/17 3f2a9c1d5e6b7a80c1d2e3f4`",
        };
        let mut parts = text.split_whitespace();
        let (Some(scope), Some(place), Some(digits), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(malformed());
        };
        // As a place is written elsewhere too: a point would make it a decimal in a letter.
        let (number, sequence) = match place.replacen('/', ".", 1).parse::<AuditPlace>() {
            Ok(place) => (place.chain, Some(place.sequence)),
            Err(_) => (place.parse().map_err(|_| malformed())?, None),
        };
        let digits = digits.to_ascii_lowercase();
        let is_hash = (FEWEST_DIGITS..=64).contains(&digits.len())
            && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        if !is_hash || number >= CHAINS || sequence.is_some_and(|sequence| sequence < 1) {
            return Err(malformed());
        }
        let scope = scope.parse().map_err(|_| malformed())?;
        Ok(Self { chain: Chain { scope, number }, sequence, digits })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_waypoint_reads_back_as_it_is_written_and_is_its_record_alone() {
        for scope in ["nl", "gm0344", "gm0344/tenders/0190a5c8-0000-7000-8000-000000000001"] {
            let chain = Chain { scope: scope.parse().unwrap(), number: 3 };
            let link = Link { sequence: 17, ..Link::origin(chain) };
            let short = Waypoint::short(link);
            for told in [Waypoint::from(link), short.clone(), short.clone().unnumbered()] {
                let read: Waypoint = told.to_string().parse().unwrap();
                assert_eq!(read, told);
                assert!(read.is(&link));
                assert_eq!(read.is(&Link { sequence: 18, ..link }), told.sequence.is_none());
                let other = Chain { number: 2, ..chain };
                assert!(!read.is(&Link { hash: Link::origin(other).hash, ..link }));
                assert!(!read.is(&Link { chain: other, ..link }));
            }
            assert!(short.to_string().ends_with(&link.hash.to_string()[..24]));
        }
        let pointed: Waypoint = "gm0344 2.17 3f2a9c1d5e6b7a80".parse().unwrap();
        assert_eq!(pointed.to_string(), "gm0344 2/17 3f2a9c1d5e6b7a80");
        for wrong in [
            "",
            "gm0344 2/17",
            "gm0344 2/17 3f2a9c1d5e6b7a8",
            "gm0344 2/17 3f2a9c1d5e6b7a8g",
            "gm0344 4.17 3f2a9c1d5e6b7a80",
            "gm0344 2.0 3f2a9c1d5e6b7a80",
            "utrecht 2.17 3f2a9c1d5e6b7a80",
            "gm0344 2/17 3f2a9c1d5e6b7a80 x",
        ] {
            assert!(wrong.parse::<Waypoint>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_place_reads_back_as_it_is_written() {
        let place = AuditPlace { chain: 2, sequence: 17 };
        assert_eq!(place.to_string().parse(), Ok(place));
        assert!("2".parse::<AuditPlace>().is_err());
    }
}
