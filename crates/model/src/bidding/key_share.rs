//! The key of a tender in parts (sleuteldelen): so many of the openers that were named must each give theirs, before
//! anything can be opened.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use thiserror::Error;

use super::bid::BidId;
use super::opening::{Envelope, OpeningId};
use crate::tendering::tender::{BidCustody, BidEnvelopes, Tender, TenderFacts, TenderId};
use trede_base::ids::{Id, MunicipalityId};

/// The id of the key of an opener.
pub type OpenerKeyId = Id<OpenerKey>;

/// The public half of a key pair of an opener (kluisopener), who keeps the secret half.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenerKey {
    /// Where it was registered.
    pub municipality: MunicipalityId,
    /// Its id.
    pub id: OpenerKeyId,
    /// Whose it is, as actors are recorded.
    pub person: String,
    /// 32 bytes of X25519 (RFC 7748).
    pub public_key: Vec<u8>,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
}

/// The fewest openers by which something is opened (vierogenprincipe).
pub const FEWEST: usize = 2;

/// The most parts that a key can have: in a field of 256 elements each part but the key itself is one.
pub const MOST: usize = 255;

/// That the key of a tender is split, and among whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySplit {
    /// Whose tender it is.
    pub municipality: MunicipalityId,
    /// The tender.
    pub tender: TenderId,
    /// How many of the openers must give their part.
    pub threshold: u8,
    /// The keys of the openers among whom it is split, in the order of their ids.
    pub openers: Vec<OpenerKeyId>,
    /// Who said so.
    pub set_by: String,
    /// When.
    pub set_at: DateTime<Utc>,
    /// What bids are encrypted to, sealed; from the publication on.
    pub public_keys: Option<SplitPublicKeys>,
}

/// The public keys of a tender, each sealed under its own key: who can write the database cannot put another there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitPublicKeys {
    /// Of what tells no price.
    pub quality: Vec<u8>,
    /// Of the prices.
    pub price: Vec<u8>,
}

/// The part of one opener of what opens the envelopes of a tender (sleuteldeel).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyShare {
    /// Whose tender it is.
    pub municipality: MunicipalityId,
    /// The tender.
    pub tender: TenderId,
    /// What it helps to open.
    pub envelope: Envelope,
    /// To whose key it is encrypted.
    pub opener_key: OpenerKeyId,
    /// Encrypted to the opener, and sealed under the key of the tender.
    pub sealed: Vec<u8>,
    /// By which the part is known when it comes back.
    pub check: Vec<u8>,
}

/// That an opener gave a part for an opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenShare {
    /// Whose tender it is.
    pub municipality: MunicipalityId,
    /// The opening.
    pub opening: OpeningId,
    /// Whose key it came by.
    pub opener_key: OpenerKeyId,
    /// Who gave it.
    pub person: String,
    /// When.
    pub given_at: DateTime<Utc>,
    /// The part, sealed under the key of the tender; gone once the opening is over.
    pub sealed: Option<Vec<u8>>,
}

/// The key of one part of an opened bid, sealed under the key of the tender: what was opened can be compared with its
/// original without asking the openers again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedKey {
    /// Whose tender it is.
    pub municipality: MunicipalityId,
    /// The tender.
    pub tender: TenderId,
    /// The bid.
    pub bid: BidId,
    /// Which part.
    pub part: Envelope,
    /// The ciphertext.
    pub sealed: Vec<u8>,
}

/// Why a key is not split so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SplitRefused {
    /// Fewer than two, or more than there are openers.
    #[error("at least 2 openers open, and no more than are named")]
    Threshold,
    /// One twice, or more than a key has parts.
    #[error("each opener is named once, and at most 255 of them")]
    Openers,
}

/// Whether the key of a tender can be split so.
///
/// # Errors
/// [`SplitRefused`].
pub fn check_split(threshold: u8, openers: &[OpenerKeyId]) -> Result<(), SplitRefused> {
    let different: BTreeSet<_> = openers.iter().collect();
    if different.len() != openers.len() || openers.len() > MOST {
        return Err(SplitRefused::Openers);
    }
    let threshold = usize::from(threshold);
    if threshold < FEWEST || threshold > openers.len() { Err(SplitRefused::Threshold) } else { Ok(()) }
}

/// What openers open here of a tender, in order: for each the key is split by itself, so that who opens the one has
/// nothing of the other.
#[must_use]
pub fn opened_by_openers(facts: &TenderFacts) -> &'static [Envelope] {
    match (facts.bid_custody, facts.bid_envelopes) {
        (BidCustody::Trede, BidEnvelopes::One) => &[Envelope::Whole],
        (BidCustody::Trede, BidEnvelopes::Two) => &[Envelope::Quality, Envelope::Price],
        (BidCustody::Platform, BidEnvelopes::Two) => &[Envelope::Price],
        (BidCustody::Platform, BidEnvelopes::One) => &[],
    }
}

/// Why the key of a tender cannot be split.
#[must_use]
pub fn split_obstacle(tender: &Tender) -> Option<(&'static str, &'static str)> {
    if opened_by_openers(&tender.facts).is_empty() {
        let detail = "the platform keeps the bids of this tender whole, so there is no key here to split";
        return Some(("nothing-to-split", detail));
    }
    let is_limited = tender.facts.max_lots_per_bidder.is_some();
    if is_limited && tender.facts.bid_custody == BidCustody::Trede {
        let detail = "with key shares nobody knows before the opening who bids, so the number of lots of one bidder \
                      cannot be limited: leave out `maxLotsPerBidder`, or the key shares";
        return Some(("lots-limited", detail));
    }
    None
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn openers(numbers: &[u128]) -> Vec<OpenerKeyId> {
        numbers.iter().map(|number| Id::from_uuid(Uuid::from_u128(*number))).collect()
    }

    #[test]
    fn two_open_at_least_and_all_at_most() {
        let three = openers(&[1, 2, 3]);
        let checked = |threshold| check_split(threshold, &three);
        assert_eq!(checked(1), Err(SplitRefused::Threshold));
        assert_eq!((checked(2), checked(3)), (Ok(()), Ok(())));
        assert_eq!(checked(4), Err(SplitRefused::Threshold));
        assert_eq!(check_split(2, &openers(&[])), Err(SplitRefused::Threshold));
    }

    #[test]
    fn nobody_is_named_twice_and_a_key_has_so_many_parts() {
        assert_eq!(check_split(2, &openers(&[1, 2, 1])), Err(SplitRefused::Openers));
        let all: Vec<u128> = (1..=256).collect();
        assert_eq!(check_split(2, &openers(&all[..255])), Ok(()));
        assert_eq!(check_split(2, &openers(&all)), Err(SplitRefused::Openers));
    }
}
