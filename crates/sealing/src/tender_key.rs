//! The key of one tender, and what it does: blind indexes, envelopes, receipts.

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};

use crate::SealingError;
use crate::cipher::{Cipher, KEY_BYTES, derived, fresh_key};
use crate::keyring::{KeyRing, Wrapped};
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_model::bidding::sealed_bid::{Envelopes, SealedBid, SealedHead, WrappedTenderKey};
use trede_model::tendering::lot::LotId;
use trede_model::tendering::tender::TenderId;

/// Sealed parts are as long as the next multiple of this many bytes: their length tells little.
const STEP: usize = 512;

/// The key of one tender, unwrapped.
pub struct TenderKey {
    wrapping: Cipher,
    index: hmac::Key,
    pub(super) signer: Ed25519KeyPair,
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

    /// The key of a tender.
    ///
    /// # Errors
    /// [`SealingError::UnknownKey`], [`SealingError::DoesNotOpen`].
    pub fn unwrap(ring: &KeyRing, wrapped: &WrappedTenderKey) -> Result<Self, SealingError> {
        Self::of(&key_of(ring, wrapped)?)
    }

    fn of(key: &[u8; KEY_BYTES]) -> Result<Self, SealingError> {
        let seed = derived(key, "receipts")?;
        Ok(Self {
            wrapping: Cipher::new(&derived(key, "data keys")?)?,
            index: hmac::Key::new(hmac::HMAC_SHA256, &derived(key, "blind index")?),
            signer: Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| SealingError::Refused)?,
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

    /// Seals a bid: both parts under a fresh key of its own.
    ///
    /// # Errors
    /// [`SealingError::Refused`] when the system gives no randomness.
    pub fn seal(&self, head: SealedHead, quality: &[u8], price: &[u8]) -> Result<SealedBid, SealingError> {
        let key = fresh_key()?;
        let data = Cipher::new(&key)?;
        let envelopes = Envelopes {
            wrapped_key: self.wrapping.seal(&place(&head, "key"), &key)?,
            quality: data.seal(&place(&head, "quality"), &padded(quality))?,
            price: data.seal(&place(&head, "price"), &padded(price))?,
        };
        Ok(SealedBid { hash: envelopes.hash(), head, envelopes })
    }

    /// The quality part of a bid, with blanks at its end.
    ///
    /// # Errors
    /// [`SealingError::DoesNotOpen`] when the bid is not as it was sealed.
    pub fn open_quality(&self, bid: &SealedBid) -> Result<Vec<u8>, SealingError> {
        self.data_key(bid)?.open(&place(&bid.head, "quality"), &bid.envelopes.quality)
    }

    /// The price part of a bid, with blanks at its end.
    ///
    /// # Errors
    /// [`SealingError::DoesNotOpen`] when the bid is not as it was sealed.
    pub fn open_price(&self, bid: &SealedBid) -> Result<Vec<u8>, SealingError> {
        self.data_key(bid)?.open(&place(&bid.head, "price"), &bid.envelopes.price)
    }

    /// Only of a bid that is whole: a part that was changed spoils the other too.
    fn data_key(&self, bid: &SealedBid) -> Result<Cipher, SealingError> {
        if bid.envelopes.hash() != bid.hash {
            return Err(SealingError::DoesNotOpen);
        }
        let key = self.wrapping.open(&place(&bid.head, "key"), &bid.envelopes.wrapped_key)?;
        Cipher::new(&key.try_into().map_err(|_| SealingError::DoesNotOpen)?)
    }
}

/// Wraps the key of a tender anew, by the newest key of the operator.
///
/// # Errors
/// [`SealingError::UnknownKey`], [`SealingError::DoesNotOpen`].
pub fn rewrap(ring: &KeyRing, wrapped: &WrappedTenderKey) -> Result<WrappedTenderKey, SealingError> {
    let key = key_of(ring, wrapped)?;
    let Wrapped { key_id, bytes } = ring.seal(&place_of_key(wrapped.municipality, wrapped.tender), &key)?;
    Ok(WrappedTenderKey { key_id, wrapped_key: bytes, ..wrapped.clone() })
}

fn key_of(ring: &KeyRing, wrapped: &WrappedTenderKey) -> Result<[u8; KEY_BYTES], SealingError> {
    let place = place_of_key(wrapped.municipality, wrapped.tender);
    let bytes = wrapped.wrapped_key.clone();
    ring.unwrap(&place, &Wrapped { key_id: wrapped.key_id.clone(), bytes })
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
