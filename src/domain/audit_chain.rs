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
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::audit::{Act, AuditScope};
use super::ids::MalformedId;
use super::person_seal::{PersonSeal, is_removed};

/// The hash in a link: SHA-256, written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ChainHash([u8; 32]);

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

impl ChainHash {
    pub(super) const fn of_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(super) const fn bytes(self) -> [u8; 32] {
        self.0
    }
}

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
        Self { chain, sequence: 0, hash: ChainHash(hash.finalize().into()) }
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
        hash.update(self.hash.0);
        if let Some(seal) = seal {
            hash.update("sealed");
            hash.update(seal.hash.0);
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
        ];
        for text in texts {
            // With its length before it, so that no two lists of texts look alike; absent is no empty text.
            let length = text.as_ref().map_or(u64::MAX, |text| u64::try_from(text.len()).unwrap_or(u64::MAX));
            hash.update(length.to_be_bytes());
            hash.update(text.unwrap_or_default());
        }
        Self { chain: self.chain, sequence, hash: ChainHash(hash.finalize().into()) }
    }
}

/// What an object was before an act and after it, as hashes: they prove what it was, and tell nothing of it.
///
/// The id of the act stands before what is hashed, as a salt: what is the same in two acts has two hashes, and
/// few possible contents cannot be tried out once for all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateChange {
    /// Before the act; none when there was no such object.
    pub before: Option<ChainHash>,
    /// After the act; none when there is no such object any more.
    pub after: Option<ChainHash>,
}

impl StateChange {
    /// The hashes of two states, salted with the act.
    #[must_use]
    pub fn of(act: &Act, before: Option<&str>, after: Option<&str>) -> Self {
        let salted = |state: &str| {
            let mut hash = Sha256::new();
            hash.update(act.id.uuid().as_bytes());
            hash.update(state);
            ChainHash(hash.finalize().into())
        };
        Self { before: before.map(salted), after: after.map(salted) }
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

/// Where a chain is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Breach {
    /// Records are not there.
    #[error("records {first} to {last} are missing")]
    Missing {
        /// The first that is not there.
        first: i64,
        /// The last that is not there.
        last: i64,
    },
    /// A record is not what its hash was made over: it was changed, moved or put in afterwards, or that
    /// happened to the hash of the record before it.
    #[error("record {sequence} does not follow on the one before it")]
    DoesNotFollow {
        /// The record.
        sequence: i64,
    },
    /// Who did it was removed, and no act says so: whoever wrote in the database did it.
    #[error("the name in record {sequence} was removed, and no record tells of its removal")]
    RemovedUnseen {
        /// The record.
        sequence: i64,
    },
    /// The chain ends before an anchor, or has another hash there: it was written anew.
    #[error("the chain does not reach the anchor at record {sequence} with its hash")]
    AnchorNotReached {
        /// The anchor's record.
        sequence: i64,
    },
}

/// Follows one chain from its origin, and collects where it is broken.
#[derive(Clone, Debug)]
pub struct ChainCheck {
    head: Link,
    anchors: Vec<Link>,
    breaches: Vec<Breach>,
    removed: Vec<(String, i64)>,
}

impl ChainCheck {
    /// A check of a chain, that must pass through these anchors.
    #[must_use]
    pub fn of(chain: Chain, anchors: Vec<Link>) -> Self {
        Self { head: Link::origin(chain), anchors, breaches: Vec::new(), removed: Vec::new() }
    }

    /// Looks at the next record, in the order of their numbers.
    pub fn follow(&mut self, record: &AuditRecord) {
        let AuditRecord { act, change, link, seal } = record;
        let expected = self.head.next(act, change, seal.as_ref());
        if link.sequence > expected.sequence {
            self.breaches.push(Breach::Missing { first: expected.sequence, last: link.sequence - 1 });
        } else if *link != expected || seal.is_some_and(|seal| !seal.fits(act)) {
            self.breaches.push(Breach::DoesNotFollow { sequence: link.sequence });
        }
        if seal.is_some() && is_removed(act) {
            self.removed.push((act.actor.clone(), link.sequence));
        }
        // From here on as if the record were right: the next breach is another one.
        self.head = *link;
        self.anchors.retain(|anchor| anchor != link);
    }

    /// Records that name nobody any more: under which name they go on, and their numbers.
    #[must_use]
    pub fn removed(&self) -> &[(String, i64)] {
        &self.removed
    }

    /// The last record that was seen, and every breach, in order.
    #[must_use]
    pub fn finish(mut self) -> (Link, Vec<Breach>) {
        let unreached = self.anchors.iter().filter(|anchor| anchor.sequence > 0);
        self.breaches.extend(unreached.map(|anchor| Breach::AnchorNotReached { sequence: anchor.sequence }));
        (self.head, self.breaches)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::ids::Id;
    use crate::domain::person_seal::{REMOVED, Salt};

    const SCOPE: AuditScope = AuditScope::National;
    const CHAIN: Chain = Chain { scope: SCOPE, number: 0 };

    fn act(number: u128) -> Act {
        Act {
            id: Id::from_uuid(Uuid::from_u128(number)),
            scope: SCOPE,
            at: DateTime::UNIX_EPOCH,
            actor: "inkoper-1".to_owned(),
            client: None,
            action: "create_lot".to_owned(),
            object: format!("tenders/{number}"),
            request_id: Uuid::nil(),
            address: None,
        }
    }

    fn chain(length: u128) -> Vec<AuditRecord> {
        let mut head = Link::origin(CHAIN);
        (1..=length)
            .map(|number| {
                let act = act(number);
                let change = StateChange::of(&act, None, Some("a lot"));
                let seal = Some(PersonSeal::over(&act, Salt::of([1; 32])));
                head = head.next(&act, &change, seal.as_ref());
                AuditRecord { act, change, link: head, seal }
            })
            .collect()
    }

    /// The record as if it had been written so, after the one before it.
    fn reseal(records: &mut [AuditRecord], at: usize) {
        let seal = PersonSeal::over(&records[at].act, Salt::of([1; 32]));
        records[at].link = records[at - 1].link.next(&records[at].act, &records[at].change, Some(&seal));
        records[at].seal = Some(seal);
    }

    fn breaches(records: &[AuditRecord], anchors: Vec<Link>) -> Vec<Breach> {
        let mut check = ChainCheck::of(CHAIN, anchors);
        records.iter().for_each(|record| check.follow(record));
        check.finish().1
    }

    #[test]
    fn an_untouched_chain_is_whole_and_passes_its_anchors() {
        let records = chain(5);
        assert_eq!(breaches(&records, vec![records[2].link, records[4].link]), []);
        assert_eq!(breaches(&[], vec![]), []);
    }

    #[test]
    fn each_changed_field_is_found_at_its_record() {
        let changes: [fn(&mut Act); 9] = [
            |act| act.id = Id::from_uuid(Uuid::max()),
            |act| act.scope = AuditScope::Municipality("gm0344".parse().unwrap()),
            |act| act.at += chrono::TimeDelta::microseconds(1),
            |act| act.actor.push('x'),
            |act| act.client = Some(String::new()),
            |act| act.action.push('x'),
            |act| act.object.push('x'),
            |act| act.request_id = Uuid::max(),
            |act| act.address = Some("::1".to_owned()),
        ];
        for change in changes {
            let mut records = chain(3);
            change(&mut records[1].act);
            assert_eq!(breaches(&records, vec![]), [Breach::DoesNotFollow { sequence: 2 }]);
        }
    }

    #[test]
    fn a_changed_hash_of_a_state_is_found_at_its_record() {
        let changes: [fn(&mut StateChange); 3] = [
            |change| change.after = None,
            |change| change.before = change.after,
            |change| std::mem::swap(&mut change.before, &mut change.after),
        ];
        for change in changes {
            let mut records = chain(3);
            change(&mut records[1].change);
            assert_eq!(breaches(&records, vec![]), [Breach::DoesNotFollow { sequence: 2 }]);
        }
    }

    #[test]
    fn the_same_state_has_another_hash_in_another_act() {
        let one = StateChange::of(&act(1), Some("open"), Some("open"));
        assert_eq!(one.before, one.after);
        assert_ne!(one.after, StateChange::of(&act(2), None, Some("open")).after);
    }

    #[test]
    fn a_text_that_moves_from_one_field_to_the_next_is_found() {
        let mut records = chain(1);
        let object = records[0].act.object.split_off(3);
        records[0].act.action.push_str(&object);
        assert_eq!(breaches(&records, vec![]).len(), 1);
    }

    #[test]
    fn a_record_that_was_forged_with_its_hash_breaks_the_next() {
        let mut records = chain(3);
        records[1].act.actor = "somebody-else".to_owned();
        reseal(&mut records, 1);
        assert_eq!(breaches(&records, vec![]), [Breach::DoesNotFollow { sequence: 3 }]);
    }

    #[test]
    fn a_removed_record_is_missed() {
        let mut records = chain(5);
        records.drain(1..3);
        assert_eq!(breaches(&records, vec![]), [Breach::Missing { first: 2, last: 3 }]);
    }

    #[test]
    fn records_that_changed_places_are_found() {
        let mut records = chain(4);
        let (second, third) = (records[1].clone(), records[2].clone());
        records[1] = AuditRecord { link: second.link, ..third.clone() };
        records[2] = AuditRecord { link: third.link, ..second };
        let found = breaches(&records, vec![]);
        assert_eq!(found, [Breach::DoesNotFollow { sequence: 2 }, Breach::DoesNotFollow { sequence: 3 }]);
    }

    #[test]
    fn a_record_that_was_slipped_in_is_found() {
        let mut records = chain(3);
        let inserted = AuditRecord { act: act(9), ..records[1].clone() };
        records.insert(1, inserted);
        for (record, sequence) in records.iter_mut().zip(1..) {
            record.link.sequence = sequence;
        }
        assert_eq!(breaches(&records, vec![])[0], Breach::DoesNotFollow { sequence: 2 });
    }

    #[test]
    fn a_chain_that_was_written_anew_or_cut_off_misses_its_anchor() {
        let records = chain(4);
        let anchor = records[3].link;
        assert_eq!(breaches(&records[..3], vec![anchor]), [Breach::AnchorNotReached { sequence: 4 }]);
        let mut forged = chain(3);
        let change = StateChange::default();
        let link = forged[2].link.next(&act(8), &change, None);
        forged.push(AuditRecord { act: act(8), change, link, seal: None });
        assert_eq!(breaches(&forged, vec![]), []);
        assert_eq!(breaches(&forged, vec![anchor]), [Breach::AnchorNotReached { sequence: 4 }]);
    }

    #[test]
    fn a_record_from_before_there_were_seals_holds_and_is_held() {
        let change = StateChange::default();
        let link = Link::origin(CHAIN).next(&act(1), &change, None);
        let mut records = vec![AuditRecord { act: act(1), change, link, seal: None }];
        assert_eq!(breaches(&records, vec![]), []);
        records[0].act.actor.push('x');
        assert_eq!(breaches(&records, vec![]), [Breach::DoesNotFollow { sequence: 1 }]);
    }

    #[test]
    fn a_removed_name_leaves_the_chain_whole_and_is_told() {
        let mut records = chain(3);
        records[1].act = Act { actor: format!("{REMOVED}1"), client: None, address: None, ..act(2) };
        let seal = records[1].seal.as_mut().unwrap();
        seal.salt = None;
        let mut check = ChainCheck::of(CHAIN, vec![]);
        records.iter().for_each(|record| check.follow(record));
        assert_eq!(check.removed(), [(format!("{REMOVED}1"), 2)]);
        assert_eq!(check.finish().1, []);
    }

    #[test]
    fn a_seal_cannot_be_changed_with_the_name() {
        let mut records = chain(3);
        records[1].act.actor = "somebody-else".to_owned();
        records[1].seal = Some(PersonSeal::over(&records[1].act, Salt::of([2; 32])));
        assert_eq!(breaches(&records, vec![]), [Breach::DoesNotFollow { sequence: 2 }]);
    }

    #[test]
    fn a_record_fits_in_no_other_chain() {
        let mut records = chain(1);
        let origin = Link::origin(Chain { number: 1, ..CHAIN });
        records[0].link = origin.next(&records[0].act, &records[0].change, records[0].seal.as_ref());
        assert_eq!(breaches(&records, vec![]), [Breach::DoesNotFollow { sequence: 1 }]);
    }

    #[test]
    fn a_place_reads_back_as_it_is_written() {
        let place = AuditPlace { chain: 2, sequence: 17 };
        assert_eq!(place.to_string().parse(), Ok(place));
        assert!("2".parse::<AuditPlace>().is_err());
    }

    #[test]
    fn a_hash_reads_back_as_it_is_written() {
        let hash = chain(1)[0].link.hash;
        assert_eq!(hash.to_string().parse::<ChainHash>().unwrap(), hash);
        for wrong in ["", "ab", &"g".repeat(64), &"a".repeat(65), &"é".repeat(32)] {
            assert!(wrong.parse::<ChainHash>().is_err(), "{wrong}");
        }
    }
}
