//! The key of one tender, and what it does: blind indexes, envelopes, receipts.

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};

use crate::SealingError;
use crate::cipher::{Cipher, KEY_BYTES, KeyBytes, derived, fresh_key};
use crate::keyring::{KeyRing, Wrapped};
use crate::split_key::{Part, PartKeys, SplitKey};
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_model::bidding::bid::BidId;
use trede_model::bidding::key_share::SplitPublicKeys;
use trede_model::bidding::sealed_bid::{Envelopes, SealedBid, SealedHead, WrappedTenderKey};
use trede_model::tendering::lot::LotId;
use trede_model::tendering::tender::TenderId;

/// Sealed parts are as long as the next multiple of this many bytes: their length tells little.
const STEP: usize = 512;

/// What the bytes of a key begin with whose secret half is split; those of any other are the key itself.
const SPLIT: u8 = 2;

/// The key of one tender, unwrapped.
pub struct TenderKey {
    pub(super) wrapping: Cipher,
    pub(super) index: hmac::Key,
    /// By which the parts of a split key are known.
    pub(super) checks: hmac::Key,
    pub(super) signer: Ed25519KeyPair,
    /// Where the secret half is split over openers.
    pub(super) split: Option<SplitKey>,
}

impl TenderKey {
    /// A fresh key for a tender, wrapped by the newest key of the operator.
    ///
    /// # Errors
    /// [`SealingError::Refused`] when the system gives no randomness.
    pub fn generate(
        ring: &KeyRing,
        municipality: MunicipalityId,
        tender: TenderId,
    ) -> Result<WrappedTenderKey, SealingError> {
        let key = fresh_key()?;
        let Wrapped { key_id, bytes } = ring.seal(&place_of_key(municipality, tender), &key)?;
        let receipt_key = Self::of(&key)?.signer.public_key().as_ref().to_vec();
        Ok(WrappedTenderKey { municipality, tender, key_id, wrapped_key: bytes, receipt_key })
    }

    /// A fresh key for a tender of which the secret half is to be split, and the same wrapped.
    pub(super) fn generate_for_split(
        ring: &KeyRing,
        municipality: MunicipalityId,
        tender: TenderId,
    ) -> Result<(Self, WrappedTenderKey), SealingError> {
        let key = fresh_key()?;
        let marked = [&[SPLIT], key.as_slice()].concat();
        let Wrapped { key_id, bytes } = ring.seal(&place_of_key(municipality, tender), &marked)?;
        let of_tender = Self::of(&key)?;
        let receipt_key = of_tender.signer.public_key().as_ref().to_vec();
        Ok((of_tender, WrappedTenderKey { municipality, tender, key_id, wrapped_key: bytes, receipt_key }))
    }

    /// The key of a tender; where it is split, with the public keys to which bids are encrypted. What the key is, it
    /// says itself: who can write the database cannot make a split key whole, nor the other way round.
    ///
    /// # Errors
    /// [`SealingError::UnknownKey`], [`SealingError::DoesNotOpen`].
    pub fn unwrap(
        ring: &KeyRing,
        wrapped: &WrappedTenderKey,
        public: Option<&SplitPublicKeys>,
    ) -> Result<Self, SealingError> {
        let bytes = bytes_of(ring, wrapped)?;
        let (is_split, key) = match bytes.as_slice() {
            [SPLIT, key @ ..] if key.len() == KEY_BYTES => (true, key),
            key => (false, key),
        };
        let key: &KeyBytes = key.try_into().map_err(|_| SealingError::DoesNotOpen)?;
        let mut of_tender = Self::of(key)?;
        of_tender.split = match (is_split, public) {
            (false, None) => None,
            (true, Some(public)) => {
                let of = (wrapped.municipality, wrapped.tender);
                Some(SplitKey::unseal(&of_tender.wrapping, of, public)?)
            }
            _ => return Err(SealingError::DoesNotOpen),
        };
        Ok(of_tender)
    }

    fn of(key: &KeyBytes) -> Result<Self, SealingError> {
        let seed = derived(key, "receipts")?;
        Ok(Self {
            wrapping: Cipher::new(&derived(key, "data keys")?)?,
            index: hmac::Key::new(hmac::HMAC_SHA256, &derived(key, "blind index")?),
            checks: hmac::Key::new(hmac::HMAC_SHA256, &derived(key, "checks of shares")?),
            signer: Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| SealingError::Refused)?,
            split: None,
        })
    }

    /// By which two bids of one bidder on one lot are known as such, and nothing else is told.
    #[must_use]
    pub fn blind_index(&self, lot: LotId, bidder: KvkNumber) -> Vec<u8> {
        hmac::sign(&self.index, format!("{lot}/{bidder}").as_bytes()).as_ref().to_vec()
    }

    /// By which what a bidder says about one who acts for it is found by who knows both, and nobody else can tell whose
    /// it is.
    #[must_use]
    pub fn delegation_index(&self, lot: LotId, bidder: KvkNumber, delegate: &str) -> Vec<u8> {
        hmac::sign(&self.index, format!("{lot}/{bidder}/delegate/{delegate}").as_bytes()).as_ref().to_vec()
    }

    /// What stands beside a bid, by which two of one bidder on one lot are known as such: before the opening already,
    /// or, where the key is split, when so many openers gave their part.
    ///
    /// # Errors
    /// [`SealingError::Refused`] when the system gives no randomness.
    pub fn index_beside(&self, lot: LotId, id: BidId, bidder: KvkNumber) -> Result<Vec<u8>, SealingError> {
        self.beside((lot, id), self.blind_index(lot, bidder))
    }

    /// What stands beside a word of a bidder about who acts for it, as [`TenderKey::index_beside`] does beside a bid.
    ///
    /// # Errors
    /// [`SealingError::Refused`] when the system gives no randomness.
    pub fn delegation_beside(
        &self,
        at: (LotId, BidId),
        bidder: KvkNumber,
        delegate: &str,
    ) -> Result<Vec<u8>, SealingError> {
        self.beside(at, self.delegation_index(at.0, bidder, delegate))
    }

    fn beside(&self, (lot, id): (LotId, BidId), index: Vec<u8>) -> Result<Vec<u8>, SealingError> {
        match &self.split {
            None => Ok(index),
            Some(split) => split.seal_index(&self.wrapping, (lot, id), &index),
        }
    }

    /// The blind index of a bid, by what stands beside it: what cannot be read, is nobody else's.
    #[must_use]
    pub fn index_of(&self, head: &SealedHead) -> Vec<u8> {
        let opened = self.split.as_ref().and_then(|split| split.open_index(&self.wrapping, head).ok());
        opened.unwrap_or_else(|| head.bidder_index.clone())
    }

    /// Seals a bid: both parts under a fresh key of its own, or each under one where the key is split.
    ///
    /// # Errors
    /// [`SealingError::Refused`] when the system gives no randomness.
    pub fn seal(&self, head: SealedHead, quality: &[u8], price: &[u8]) -> Result<SealedBid, SealingError> {
        let (keys, wrapped) = match &self.split {
            None => {
                let key = fresh_key()?;
                (PartKeys { quality: key, price: key }, key.to_vec())
            }
            Some(split) => split.fresh_part_keys(&place(&head, "key"))?,
        };
        let envelopes = Envelopes {
            wrapped_key: self.wrapping.seal(&place(&head, "key"), &wrapped)?,
            quality: Cipher::new(&keys.quality)?.seal(&place(&head, "quality"), &padded(quality))?,
            price: Cipher::new(&keys.price)?.seal(&place(&head, "price"), &padded(price))?,
        };
        Ok(SealedBid { hash: envelopes.hash(), head, envelopes })
    }

    /// The quality part of a bid, with blanks at its end.
    ///
    /// # Errors
    /// [`SealingError::DoesNotOpen`] when the bid is not as it was sealed; [`SealingError::SharesNeeded`].
    pub fn open_quality(&self, bid: &SealedBid) -> Result<Vec<u8>, SealingError> {
        let key = self.key_of_part(bid, Part::Quality)?;
        Cipher::new(&key)?.open(&place(&bid.head, "quality"), &bid.envelopes.quality)
    }

    /// The price part of a bid, with blanks at its end.
    ///
    /// # Errors
    /// [`SealingError::DoesNotOpen`] when the bid is not as it was sealed; [`SealingError::SharesNeeded`].
    pub fn open_price(&self, bid: &SealedBid) -> Result<Vec<u8>, SealingError> {
        let key = self.key_of_part(bid, Part::Price)?;
        Cipher::new(&key)?.open(&place(&bid.head, "price"), &bid.envelopes.price)
    }

    /// Only of a bid that is whole: a part that was changed spoils the other too.
    pub(super) fn key_of_part(&self, bid: &SealedBid, part: Part) -> Result<KeyBytes, SealingError> {
        if bid.envelopes.hash() != bid.hash {
            return Err(SealingError::DoesNotOpen);
        }
        let known = self.split.as_ref().and_then(|split| split.known(bid.head.id, part));
        if let Some(key) = known {
            return Ok(key);
        }
        let place = place(&bid.head, "key");
        let key = self.wrapping.open(&place, &bid.envelopes.wrapped_key)?;
        match &self.split {
            None => key.try_into().map_err(|_| SealingError::DoesNotOpen),
            Some(split) => split.part_key(&place, part, &key),
        }
    }
}

/// Wraps the key of a tender anew, by the newest key of the operator.
///
/// # Errors
/// [`SealingError::UnknownKey`], [`SealingError::DoesNotOpen`].
pub fn rewrap(ring: &KeyRing, wrapped: &WrappedTenderKey) -> Result<WrappedTenderKey, SealingError> {
    let key = bytes_of(ring, wrapped)?;
    let Wrapped { key_id, bytes } = ring.seal(&place_of_key(wrapped.municipality, wrapped.tender), &key)?;
    Ok(WrappedTenderKey { key_id, wrapped_key: bytes, ..wrapped.clone() })
}

fn bytes_of(ring: &KeyRing, wrapped: &WrappedTenderKey) -> Result<Vec<u8>, SealingError> {
    let place = place_of_key(wrapped.municipality, wrapped.tender);
    let bytes = wrapped.wrapped_key.clone();
    ring.open(&place, &Wrapped { key_id: wrapped.key_id.clone(), bytes })
}

fn place_of_key(municipality: MunicipalityId, tender: TenderId) -> String {
    format!("trede tender key 1|{municipality}|{tender}")
}

/// What a part is bound to: it opens in no other place, at no other time, and for no other bidder.
fn place(head: &SealedHead, part: &str) -> String {
    let SealedHead { municipality, tender, lot, id, bidder_index, is_withdrawal, received_at, .. } = head;
    let micros = received_at.timestamp_micros();
    format!(
        "trede sealed bid 1|{municipality}|{tender}|{lot}|{id}|{bidder_index:02x?}|{is_withdrawal}|{micros}|{part}"
    )
}

fn padded(content: &[u8]) -> Vec<u8> {
    let mut padded = content.to_vec();
    padded.resize(content.len().next_multiple_of(STEP).max(STEP), b' ');
    padded
}
