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

/// What counts at the opening: of each bidder on each lot what it sent last, unless that is a withdrawal. In
/// the order of receipt.
#[must_use]
pub fn that_count(bids: Vec<SealedBid>) -> Vec<SealedBid> {
    let mut last = BTreeMap::<(LotId, Vec<u8>), SealedBid>::new();
    for bid in bids {
        let bidder = (bid.head.lot, bid.head.bidder_index.clone());
        let is_later = last.get(&bidder).is_none_or(|known| order(known) < order(&bid));
        if is_later {
            last.insert(bidder, bid);
        }
    }
    let mut counting: Vec<_> = last.into_values().filter(|bid| !bid.head.is_withdrawal).collect();
    counting.sort_by_key(order);
    counting
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

    fn counting(bids: &[SealedBid]) -> Vec<u128> {
        that_count(bids.to_vec()).iter().map(|bid| bid.head.id.uuid().as_u128()).collect()
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
    fn a_byte_that_moves_from_one_part_to_the_next_is_another_hash() {
        let one = Envelopes { wrapped_key: vec![1], quality: vec![2, 3], price: vec![4] };
        let other = Envelopes { wrapped_key: vec![1], quality: vec![2], price: vec![3, 4] };
        assert_ne!(one.hash(), other.hash());
    }
}
