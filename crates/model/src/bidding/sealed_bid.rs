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
    /// Whether it holds no offer: it takes back what the bidder sent before (intrekking van de inschrijving), or says who
    /// acts for the bidder (machtiging). Which of both is sealed.
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
    /// The keyed hash of the lot and the bidder, by which what one bidder sent for a lot is known as such.
    pub bidder: Vec<u8>,
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

/// What a bidder said about who acts for it on a lot (machtiging, of het einde ervan).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// The id under which it was received.
    pub id: BidId,
    /// The lot.
    pub lot: LotId,
    /// The keyed hash of the lot and the bidder, by which what one bidder sent for a lot is known as such.
    pub bidder: Vec<u8>,
    /// Who acts for the bidder, by the name in the record.
    pub delegate: String,
    /// Whether it may from now on, or may no more.
    pub is_given: bool,
    /// When it was received.
    pub received_at: DateTime<Utc>,
}

/// What became of something that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What was sent.
    pub sent: SentBid,
    /// What became of it.
    pub fate: Fate,
    /// Under which delegation it was sent, when there was one.
    pub under: Option<BidId>,
}

/// What becomes of everything that was sent, in the order of receipt.
///
/// A bidder replaces and withdraws what it sent itself, and what others sent in its name. So does whom the bidder
/// delegated, for what it sends while the delegation stands; after it was taken back nothing counts that it sends.
/// Another replaces and withdraws what that other sent, and sends in the name of who has no bid there; what the bidder
/// sent itself, or a third, it leaves as it is: a token of a platform says nothing of whom the bidder trusts.
#[must_use]
pub fn fates(mut sent: Vec<SentBid>, said: &[Delegation]) -> Vec<Judged> {
    sent.sort_by_key(|sent| order(&sent.bid));
    let mut judged: Vec<Judged> = Vec::with_capacity(sent.len());
    let mut standing = BTreeMap::<(LotId, Vec<u8>), (usize, SentBy)>::new();
    for sent in sent {
        let head = &sent.bid.head;
        let bidder = (head.lot, sent.bidder.clone());
        let word = last_word(said, &sent);
        let under = word.filter(|word| word.is_given).map(|word| word.id);
        let by = if under.is_some() { SentBy::Bidder } else { sent.by.clone() };
        let is_free = standing.get(&bidder).is_none_or(|(_, stands)| *stands == by);
        if by != SentBy::Bidder && (word.is_some() || !is_free) {
            judged.push(Judged { sent, fate: Fate::NotTheirs, under });
            continue;
        }
        if let Some(before) = standing.remove(&bidder).and_then(|(place, _)| judged.get_mut(place)) {
            before.fate = if head.is_withdrawal { Fate::Withdrawn } else { Fate::Replaced };
        }
        let fate = if head.is_withdrawal { Fate::Withdrawal } else { Fate::Counts };
        if fate == Fate::Counts {
            standing.insert(bidder, (judged.len(), by));
        }
        judged.push(Judged { sent, fate, under });
    }
    judged
}

/// What the bidder said last, before something was sent in its name by another, about that other.
fn last_word<'a>(said: &'a [Delegation], sent: &SentBid) -> Option<&'a Delegation> {
    let SentBy::Other(subject) = &sent.by else { return None };
    let head = &sent.bid.head;
    said.iter()
        .filter(|word| {
            (word.lot, &word.bidder, &word.delegate) == (head.lot, &sent.bidder, subject)
                && (word.received_at, word.id) < order(&sent.bid)
        })
        .max_by_key(|word| (word.received_at, word.id))
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
        SentBid { bid: bid.clone(), by, bidder: bid.head.bidder_index.clone() }
    }

    fn counted(sent: Vec<SentBid>) -> Vec<u128> {
        counted_with(sent, &[])
    }

    fn counted_with(sent: Vec<SentBid>, said: &[Delegation]) -> Vec<u128> {
        let counting = fates(sent, said).into_iter().filter(|judged| judged.fate == Fate::Counts);
        counting.map(|judged| judged.sent.bid.head.id.uuid().as_u128()).collect()
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
            let found = fates(vec![by(&others, platform()), by(&own, SentBy::Bidder)], &[]);
            let fates: Vec<Fate> = found.into_iter().map(|judged| judged.fate).collect();
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

    fn word(number: u128, minute: i64, delegate: &str, is_given: bool) -> Delegation {
        let SealedHead { id, lot, bidder_index, received_at, .. } = bid(number, minute, 7, true).head;
        Delegation { id, lot, bidder: bidder_index, delegate: delegate.to_owned(), is_given, received_at }
    }

    #[test]
    fn whom_a_bidder_delegated_replaces_and_withdraws_until_that_is_taken_back() {
        let other = |name: &str| SentBy::Other(name.to_owned());
        let own = by(&bid(1, 1, 7, false), SentBy::Bidder);
        let said = [word(2, 2, "p", true), word(6, 6, "p", false)];
        let sent = |minute, name: &str, is_withdrawal| by(&bid(10, minute, 7, is_withdrawal), other(name));
        // While it stands, it counts; before it, after it, and of another, it does not.
        for (minute, name, counts) in [(3, "p", 10), (7, "p", 1), (3, "q", 1)] {
            assert_eq!(counted_with(vec![own.clone(), sent(minute, name, false)], &said), [counts]);
            let withdrawn = counted_with(vec![own.clone(), sent(minute, name, true)], &said);
            assert_eq!(withdrawn.is_empty(), counts == 10, "{minute} {name}");
        }
        // What it sent before it was taken back stands, and is not its own any more.
        let kept = [own.clone(), sent(3, "p", false), by(&bid(11, 7, 7, true), other("p"))];
        assert_eq!(counted_with(kept.to_vec(), &said), [10]);
        // Where nothing stands either, whom the bidder sent away sends nothing.
        assert!(counted_with(vec![sent(7, "p", false)], &said).is_empty());
        // The bidder itself goes on, and so does who is delegated again.
        let again = [word(2, 2, "p", true), word(6, 6, "p", false), word(8, 8, "p", true)];
        let all = [sent(3, "p", false), by(&bid(11, 9, 7, false), other("p"))];
        assert_eq!(counted_with(all.to_vec(), &again), [11]);
        assert_eq!(
            counted_with(vec![sent(3, "p", false), by(&bid(12, 9, 7, false), SentBy::Bidder)], &said),
            [12]
        );
        let under: Vec<_> =
            fates(all.to_vec(), &again).into_iter().map(|judged| judged.under.unwrap()).collect();
        assert_eq!(under.iter().map(|id| id.uuid().as_u128()).collect::<Vec<_>>(), [2, 8]);
    }

    #[test]
    fn what_one_bidder_said_is_nothing_to_another_and_on_another_lot() {
        let other = SentBy::Other("p".to_owned());
        let own = bid(1, 1, 8, false);
        let sent = vec![by(&own, SentBy::Bidder), by(&bid(2, 3, 8, false), other.clone())];
        assert_eq!(counted_with(sent, &[word(9, 2, "p", true)]), [1]);
        let mut elsewhere = word(9, 2, "p", true);
        elsewhere.lot = Id::from_uuid(Uuid::max());
        let sent = vec![by(&bid(1, 1, 7, false), SentBy::Bidder), by(&bid(2, 3, 7, false), other)];
        assert_eq!(counted_with(sent, &[elsewhere]), [1]);
    }

    #[test]
    fn a_byte_that_moves_from_one_part_to_the_next_is_another_hash() {
        let one = Envelopes { wrapped_key: vec![1], quality: vec![2, 3], price: vec![4] };
        let other = Envelopes { wrapped_key: vec![1], quality: vec![2], price: vec![3, 4] };
        assert_ne!(one.hash(), other.hash());
    }
}
