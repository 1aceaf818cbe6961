//! A bid before the opening: nobody can read it, and the one that a bidder made last counts.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::bid::BidId;
use crate::tendering::lot::LotId;
use crate::tendering::tender::TenderId;
use trede_base::hex::hex;
use trede_base::ids::MunicipalityId;

/// The key of a tender, as it is kept: wrapped by a key that the database does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedTenderKey {
    /// Whose tender it is.
    pub municipality: MunicipalityId,
    /// The tender.
    pub tender: TenderId,
    /// The name of the key that wraps it.
    pub key_id: String,
    /// The ciphertext.
    pub wrapped_key: Vec<u8>,
    /// The Ed25519 key by which receipts (ontvangstbewijzen) of this tender are checked: 32 bytes.
    pub receipt_key: Vec<u8>,
}

/// What stands beside a sealed bid: where it belongs and when it came, and nothing of who made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedHead {
    /// Whose tender it is made in.
    pub municipality: MunicipalityId,
    /// The tender.
    pub tender: TenderId,
    /// The lot.
    pub lot: LotId,
    /// The id that the bid keeps after the opening.
    pub id: BidId,
    /// A keyed hash of the lot and the bidder.
    pub bidder_index: Vec<u8>,
    /// Whether it takes back what the bidder sent before (intrekking van de inschrijving).
    pub is_withdrawal: bool,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// When it was stored here.
    pub registered_at: DateTime<Utc>,
}

/// The ciphertexts of a bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelopes {
    /// The key of this bid, wrapped by that of the tender.
    pub wrapped_key: Vec<u8>,
    /// Who bids, and everything from which no price can be told (kwalitatief deel).
    pub quality: Vec<u8>,
    /// The prices (prijsdeel).
    pub price: Vec<u8>,
}

impl Envelopes {
    /// SHA-256 over the ciphertexts, each with its length before it, in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hash = Sha256::new();
        for part in [&self.wrapped_key, &self.quality, &self.price] {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(part);
        }
        hex(&hash.finalize())
    }
}

/// A bid, or its withdrawal, that nobody can read before the opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedBid {
    /// Where it belongs.
    pub head: SealedHead,
    /// What it says.
    pub envelopes: Envelopes,
    /// The hash of the ciphertexts as they were received; it stands in the audit trail too.
    pub hash: String,
}

/// Who sent a bid, or a withdrawal, as far as that says what it may do with what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SentBy {
    /// The bidder itself: its token names the KvK number of the bid.
    Bidder,
    /// Somebody in the bidder's name, by the name in the record.
    Other(String),
}

/// A bid, or its withdrawal, with who sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentBid {
    /// What was sent.
    pub bid: SealedBid,
    /// Who sent it.
    pub by: SentBy,
}

/// What becomes of a bid, or of a withdrawal, by what else was sent for the same bidder on the same lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It counts.
    Counts,
    /// A later one took its place.
    Replaced,
    /// It was taken back.
    Withdrawn,
    /// It took back what stood then.
    Withdrawal,
    /// Another sent what stood then, so it does nothing.
    NotTheirs,
}

/// What becomes of everything that was sent, in the order of receipt.
///
/// A bidder replaces and withdraws what it sent itself, and what others sent in its name. Another replaces and
/// withdraws what that other sent, and sends in the name of who has no bid there; what the bidder sent itself, or a
/// third, it leaves as it is: a token of a platform says nothing of whom the bidder trusts.
#[must_use]
pub fn fates(mut sent: Vec<SentBid>) -> Vec<(SentBid, Fate)> {
    sent.sort_by_key(|sent| order(&sent.bid));
    let mut fates: Vec<Fate> = Vec::with_capacity(sent.len());
    let mut standing = BTreeMap::<(LotId, &[u8]), usize>::new();
    for (place, SentBid { bid, by }) in sent.iter().enumerate() {
        let bidder = (bid.head.lot, bid.head.bidder_index.as_slice());
        let found = standing.get(&bidder).copied();
        let is_theirs = found.and_then(|stands| sent.get(stands)).is_none_or(|stands| stands.by == *by);
        if *by != SentBy::Bidder && !is_theirs {
            fates.push(Fate::NotTheirs);
            continue;
        }
        if let Some(before) = found.and_then(|stands| fates.get_mut(stands)) {
            *before = if bid.head.is_withdrawal { Fate::Withdrawn } else { Fate::Replaced };
        }
        if bid.head.is_withdrawal {
            standing.remove(&bidder);
            fates.push(Fate::Withdrawal);
        } else {
            standing.insert(bidder, place);
            fates.push(Fate::Counts);
        }
    }
    sent.into_iter().zip(fates).collect()
}

fn order(bid: &SealedBid) -> (DateTime<Utc>, BidId) {
    (bid.head.received_at, bid.head.id)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use uuid::Uuid;

    use super::*;
    use trede_base::ids::Id;

    fn bid(number: u128, minute: i64, bidder: u8, is_withdrawal: bool) -> SealedBid {
        let at = DateTime::UNIX_EPOCH + TimeDelta::minutes(minute);
        SealedBid {
            head: SealedHead {
                municipality: "gm0344".parse().unwrap(),
                tender: Id::from_uuid(Uuid::nil()),
                lot: Id::from_uuid(Uuid::nil()),
                id: Id::from_uuid(Uuid::from_u128(number)),
                bidder_index: vec![bidder],
                is_withdrawal,
                received_at: at,
                registered_at: at,
            },
            envelopes: Envelopes { wrapped_key: vec![], quality: vec![], price: vec![] },
            hash: String::new(),
        }
    }

    fn by(bid: &SealedBid, by: SentBy) -> SentBid {
        SentBid { bid: bid.clone(), by }
    }

    fn counted(sent: Vec<SentBid>) -> Vec<u128> {
        let counting = fates(sent).into_iter().filter(|(_, fate)| *fate == Fate::Counts);
        counting.map(|(sent, _)| sent.bid.head.id.uuid().as_u128()).collect()
    }

    /// What counts, where each sent its own.
    fn counting(bids: &[SealedBid]) -> Vec<u128> {
        counted(bids.iter().map(|bid| by(bid, SentBy::Bidder)).collect())
    }

    #[test]
    fn the_bid_that_was_received_last_counts_whatever_the_order_of_the_rows() {
        let bids = [bid(1, 5, 7, false), bid(2, 3, 7, false), bid(3, 4, 8, false)];
        assert_eq!(counting(&bids), [3, 1]);
    }

    #[test]
    fn a_withdrawn_bid_does_not_count_and_a_later_one_does() {
        let withdrawn = [bid(1, 1, 7, false), bid(2, 2, 7, true)];
        assert!(counting(&withdrawn).is_empty());
        let again = [bid(1, 1, 7, false), bid(2, 2, 7, true), bid(3, 3, 7, false)];
        assert_eq!(counting(&again), [3]);
    }

    #[test]
    fn what_a_bidder_sent_itself_no_other_replaces_or_withdraws() {
        let platform = || SentBy::Other("platform-1".to_owned());
        for is_withdrawal in [false, true] {
            let (own, others) = (bid(1, 1, 7, false), bid(2, 2, 7, is_withdrawal));
            let found = fates(vec![by(&others, platform()), by(&own, SentBy::Bidder)]);
            let fates: Vec<Fate> = found.into_iter().map(|(_, fate)| fate).collect();
            assert_eq!(fates, [Fate::Counts, Fate::NotTheirs]);
        }
    }

    #[test]
    fn who_sent_a_bid_in_anothers_name_replaces_and_withdraws_it_and_so_does_the_bidder() {
        let (first, again) = (SentBy::Other("platform-1".to_owned()), SentBy::Other("platform-2".to_owned()));
        let (one, two) = (bid(1, 1, 7, false), bid(2, 2, 7, false));
        assert_eq!(counted(vec![by(&one, first.clone()), by(&two, first.clone())]), [2]);
        assert_eq!(counted(vec![by(&one, first.clone()), by(&two, again.clone())]), [1]);
        assert_eq!(counted(vec![by(&one, first.clone()), by(&two, SentBy::Bidder)]), [2]);
        let withdrawal = bid(2, 2, 7, true);
        assert!(counted(vec![by(&one, first.clone()), by(&withdrawal, first.clone())]).is_empty());
        assert!(counted(vec![by(&one, first.clone()), by(&withdrawal, SentBy::Bidder)]).is_empty());
        assert_eq!(counted(vec![by(&one, first.clone()), by(&withdrawal, again.clone())]), [1]);
        // Once nothing stands, anybody may send in its name again.
        let third = bid(3, 3, 7, false);
        assert_eq!(counted(vec![by(&one, first.clone()), by(&withdrawal, first), by(&third, again)]), [3]);
    }

    #[test]
    fn a_byte_that_moves_from_one_part_to_the_next_is_another_hash() {
        let one = Envelopes { wrapped_key: vec![1], quality: vec![2, 3], price: vec![4] };
        let other = Envelopes { wrapped_key: vec![1], quality: vec![2], price: vec![3, 4] };
        assert_ne!(one.hash(), other.hash());
    }
}
