//! The key of a tender that is split over openers: bids are encrypted to a public key, and its secret half is in parts
//! (Shamir, *How to share a secret*, 1979), each encrypted to the key of one opener. The service forgets the secret
//! half when it made the parts, and knows it again while it opens.
//!
//! Everything is sealed under the key of the tender besides, which the operator's key wraps: openers without the
//! operator open nothing either.

use std::collections::BTreeMap;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac;
use blahaj::{Share, Sharks};
use zeroize::{Zeroize, Zeroizing};

use crate::SealingError;
use crate::cipher::{Cipher, KEY_BYTES, KeyBytes, fresh_key};
use crate::keyring::KeyRing;
use crate::opener_key::KeyPart;
use crate::public_key::{HALF, PublicKey, SecretKey};
use crate::tender_key::TenderKey;
use trede_base::ids::MunicipalityId;
use trede_model::bidding::bid::BidId;
use trede_model::bidding::key_share::{KeyShare, OpenedKey, OpenerKey, OpenerKeyId, SplitPublicKeys};
use trede_model::bidding::opening::{Envelope, OpeningId};
use trede_model::bidding::sealed_bid::{SealedBid, SealedHead, WrappedTenderKey};
use trede_model::tendering::lot::LotId;
use trede_model::tendering::tender::TenderId;

/// The bytes of a key of a part, encrypted: what was encapsulated, the key and a tag of 16 bytes.
const ENCRYPTED_KEY: usize = HALF + KEY_BYTES + 16;

/// Of which tender, and which envelopes.
pub type PlaceOfShare = (MunicipalityId, TenderId, Envelope);

/// A part of a bid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Quality,
    Price,
}

impl Part {
    const fn word(self) -> &'static str {
        match self {
            Self::Quality => "quality",
            Self::Price => "price",
        }
    }

    const fn of(envelope: Envelope) -> Option<Self> {
        match envelope {
            Envelope::Quality => Some(Self::Quality),
            Envelope::Price => Some(Self::Price),
            Envelope::Whole => None,
        }
    }
}

/// The keys of the two parts of a bid.
pub(crate) struct PartKeys {
    pub(crate) quality: KeyBytes,
    pub(crate) price: KeyBytes,
}

/// What a tender whose key is split encrypts to; and what it opens with, once enough openers gave their part.
pub(crate) struct SplitKey {
    quality: PublicKey,
    price: PublicKey,
    secrets: Vec<SecretKey>,
    known: BTreeMap<(BidId, Part), KeyBytes>,
}

impl Drop for SplitKey {
    fn drop(&mut self) {
        self.known.values_mut().for_each(Zeroize::zeroize);
    }
}

impl SplitKey {
    fn new(quality: PublicKey, price: PublicKey) -> Self {
        Self { quality, price, secrets: Vec::new(), known: BTreeMap::new() }
    }

    pub(crate) fn unseal(
        wrapping: &Cipher,
        of: (MunicipalityId, TenderId),
        sealed: &SplitPublicKeys,
    ) -> Result<Self, SealingError> {
        let key = |part, sealed| PublicKey::of(&wrapping.open(&place_of_public(of, part), sealed)?);
        Ok(Self::new(key(Part::Quality, &sealed.quality)?, key(Part::Price, &sealed.price)?))
    }

    /// Fresh keys for the parts of a bid, and the two of them encrypted.
    pub(crate) fn fresh_part_keys(&self, place: &str) -> Result<(PartKeys, Vec<u8>), SealingError> {
        let keys = PartKeys { quality: fresh_key()?, price: fresh_key()? };
        let quality = self.quality.seal(&of_part(place, Part::Quality), &keys.quality)?;
        let price = self.price.seal(&of_part(place, Part::Price), &keys.price)?;
        Ok((keys, [quality, price].concat()))
    }

    /// The key of a part of a bid whose openers gave their parts.
    pub(crate) fn part_key(&self, place: &str, part: Part, both: &[u8]) -> Result<KeyBytes, SealingError> {
        let (quality, price) = both.split_at_checked(ENCRYPTED_KEY).ok_or(SealingError::DoesNotOpen)?;
        let (public, encrypted) = match part {
            Part::Quality => (&self.quality, quality),
            Part::Price => (&self.price, price),
        };
        let key = self.secret_of(public)?.open(&of_part(place, part), encrypted)?;
        key.as_slice().try_into().map_err(|_| SealingError::DoesNotOpen)
    }

    pub(crate) fn known(&self, bid: BidId, part: Part) -> Option<KeyBytes> {
        self.known.get(&(bid, part)).copied()
    }

    pub(crate) fn seal_index(
        &self,
        wrapping: &Cipher,
        at: (LotId, BidId),
        index: &[u8],
    ) -> Result<Vec<u8>, SealingError> {
        let place = place_of_index(at);
        wrapping.seal(&place, &self.quality.seal(&place, index)?)
    }

    pub(crate) fn open_index(&self, wrapping: &Cipher, head: &SealedHead) -> Result<Vec<u8>, SealingError> {
        let place = place_of_index((head.lot, head.id));
        let encrypted = wrapping.open(&place, &head.bidder_index)?;
        Ok(self.secret_of(&self.quality)?.open(&place, &encrypted)?.to_vec())
    }

    fn secret_of(&self, public: &PublicKey) -> Result<&SecretKey, SealingError> {
        let found = self.secrets.iter().find(|secret| secret.public() == *public);
        found.ok_or(SealingError::SharesNeeded)
    }

    fn public_of(&self, envelope: Envelope) -> &PublicKey {
        match envelope {
            Envelope::Whole | Envelope::Quality => &self.quality,
            Envelope::Price => &self.price,
        }
    }
}

/// A fresh key whose secret half is split.
pub struct FreshSplit {
    /// What the operator's key wraps.
    pub wrapped: WrappedTenderKey,
    /// What bids are encrypted to.
    pub public: SplitPublicKeys,
    /// A part for each opener of each secret half.
    pub shares: Vec<KeyShare>,
}

/// Makes the key of a tender, and splits what opens it: for each of what openers open by itself. Nothing that is
/// answered opens a bid, and what would is forgotten here.
///
/// # Errors
/// [`SealingError::Refused`] when the system gives no randomness, an opener's key is none, or there is nothing to
/// open.
pub fn split(
    ring: &KeyRing,
    (municipality, tender): (MunicipalityId, TenderId),
    envelopes: &[Envelope],
    (threshold, openers): (u8, &[OpenerKey]),
) -> Result<FreshSplit, SealingError> {
    let (key, wrapped) = TenderKey::generate_for_split(ring, municipality, tender)?;
    let (mut publics, mut shares) = (Vec::new(), Vec::new());
    for envelope in envelopes {
        let at = (municipality, tender, *envelope);
        let secret = SecretKey::generate();
        publics.push(secret.public().bytes());
        for (opener, part) in openers.iter().zip(Sharks(threshold).dealer(&secret.bytes())) {
            let part = Zeroizing::new(Vec::from(&part));
            let place = place_of_share(at, opener.id);
            let to_opener = PublicKey::of(&opener.public_key).map_err(|_| SealingError::Refused)?;
            shares.push(KeyShare {
                municipality,
                tender,
                envelope: *envelope,
                opener_key: opener.id,
                sealed: key.wrapping.seal(&place, &to_opener.seal(&place, &part)?)?,
                check: key.check_of(&place, &part),
            });
        }
    }
    let (Some(first), Some(last)) = (publics.first(), publics.last()) else {
        return Err(SealingError::Refused);
    };
    let sealed =
        |part, public: &[u8]| key.wrapping.seal(&place_of_public((municipality, tender), part), public);
    let public =
        SplitPublicKeys { quality: sealed(Part::Quality, first)?, price: sealed(Part::Price, last)? };
    Ok(FreshSplit { wrapped, public, shares })
}

impl TenderKey {
    /// Whether openers must give their parts before anything opens.
    #[must_use]
    pub const fn is_split(&self) -> bool {
        self.split.is_some()
    }

    /// The part of an opener as it is handed out: encrypted to the opener's key.
    ///
    /// # Errors
    /// [`SealingError::DoesNotOpen`] when it was changed.
    pub fn share_for_opener(&self, share: &KeyShare) -> Result<Vec<u8>, SealingError> {
        let at = (share.municipality, share.tender, share.envelope);
        self.wrapping.open(&place_of_share(at, share.opener_key), &share.sealed)
    }

    /// The part that an opener gives, as it is kept until the others gave theirs.
    ///
    /// # Errors
    /// [`SealingError::WrongShare`] when it is not the one that this opener was handed.
    pub fn take_share(
        &self,
        share: &KeyShare,
        opening: OpeningId,
        given: &KeyPart,
    ) -> Result<Vec<u8>, SealingError> {
        let given = given.0.as_slice();
        let place = place_of_share((share.municipality, share.tender, share.envelope), share.opener_key);
        verify_slices_are_equal(&self.check_of(&place, given), &share.check)
            .map_err(|_| SealingError::WrongShare)?;
        self.wrapping.seal(&of_given(&place, opening), given)
    }

    /// The key that opens these envelopes, by the parts that were taken: each with what it was taken for.
    ///
    /// # Errors
    /// [`SealingError::SharesNeeded`] when there are too few; [`SealingError::DoesNotOpen`] when one was changed.
    pub fn joined(
        mut self,
        envelope: Envelope,
        threshold: u8,
        (opening, taken): (OpeningId, &[(KeyShare, Vec<u8>)]),
    ) -> Result<Self, SealingError> {
        let mut parts = Vec::new();
        for (share, sealed) in taken {
            let place = place_of_share((share.municipality, share.tender, share.envelope), share.opener_key);
            let part = Zeroizing::new(self.wrapping.open(&of_given(&place, opening), sealed)?);
            parts.push(Share::try_from(part.as_slice()).map_err(|_| SealingError::DoesNotOpen)?);
        }
        let secret = Sharks(threshold).recover(&parts).map_err(|_| SealingError::SharesNeeded)?;
        let secret = SecretKey::of(&Zeroizing::new(secret))?;
        let split = self.split.as_mut().ok_or(SealingError::DoesNotOpen)?;
        if secret.public() != *split.public_of(envelope) {
            return Err(SealingError::DoesNotOpen);
        }
        split.secrets.push(secret);
        Ok(self)
    }

    /// The key of a part of a bid that is opened now, as it is kept; none where the key of the tender is not split, and
    /// opens it at any time.
    ///
    /// # Errors
    /// [`SealingError::SharesNeeded`], [`SealingError::DoesNotOpen`].
    pub fn kept_open(&self, bid: &SealedBid, envelope: Envelope) -> Result<Option<OpenedKey>, SealingError> {
        let Some(part) = Part::of(envelope).filter(|_| self.is_split()) else { return Ok(None) };
        let SealedHead { municipality, tender, id, .. } = bid.head;
        let key = Zeroizing::new(self.key_of_part(bid, part)?);
        let sealed =
            self.wrapping.seal(&place_of_opened((municipality, tender, id), part), key.as_slice())?;
        Ok(Some(OpenedKey { municipality, tender, bid: id, part: envelope, sealed }))
    }

    /// With the keys of what was opened before. One that was changed is left out: what it opened does not open.
    #[must_use]
    pub fn with_opened(mut self, opened: &[OpenedKey]) -> Self {
        for OpenedKey { municipality, tender, bid, part, sealed } in opened {
            let Some(part) = Part::of(*part) else { continue };
            let key = self.wrapping.open(&place_of_opened((*municipality, *tender, *bid), part), sealed);
            let key = key.ok().and_then(|key| key.try_into().ok());
            if let (Some(split), Some(key)) = (self.split.as_mut(), key) {
                split.known.insert((*bid, part), key);
            }
        }
        self
    }

    fn check_of(&self, place: &str, part: &[u8]) -> Vec<u8> {
        hmac::sign(&self.checks, &[place.as_bytes(), b"|", part].concat()).as_ref().to_vec()
    }
}

/// What a part of a key is bound to: it is of no other tender, envelope or opener.
pub(crate) fn place_of_share((municipality, tender, envelope): PlaceOfShare, key: OpenerKeyId) -> String {
    format!("trede key share 1|{municipality}|{tender}|{}|{key}", envelope.code())
}

fn of_given(place: &str, opening: OpeningId) -> String {
    format!("{place}|given for {opening}")
}

fn place_of_public((municipality, tender): (MunicipalityId, TenderId), part: Part) -> String {
    format!("trede tender public key 1|{municipality}|{tender}|{}", part.word())
}

fn place_of_index((lot, id): (LotId, BidId)) -> String {
    format!("trede sealed index 1|{lot}|{id}")
}

fn place_of_opened((municipality, tender, bid): (MunicipalityId, TenderId, BidId), part: Part) -> String {
    format!("trede opened part 1|{municipality}|{tender}|{bid}|{}", part.word())
}

fn of_part(place: &str, part: Part) -> String {
    format!("{place}|{}", part.word())
}
