//! AES-256-GCM under a key of 32 bytes, with a random nonce before the ciphertext.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use aws_lc_rs::rand;

use crate::SealingError;

/// The bytes of every key here.
pub(super) const KEY_BYTES: usize = 32;

/// A key of 32 bytes.
pub(super) type KeyBytes = [u8; KEY_BYTES];

/// A key that encrypts, bound to a place.
pub(super) struct Cipher(RandomizedNonceKey);

impl Cipher {
    pub(super) fn new(key: &KeyBytes) -> Result<Self, SealingError> {
        RandomizedNonceKey::new(&AES_256_GCM, key).map(Self).map_err(refused)
    }

    /// The nonce, the ciphertext and its tag.
    pub(super) fn seal(&self, place: &str, content: &[u8]) -> Result<Vec<u8>, SealingError> {
        let mut sealed = content.to_vec();
        let nonce = self.0.seal_in_place_append_tag(Aad::from(place), &mut sealed).map_err(refused)?;
        let mut whole = nonce.as_ref().to_vec();
        whole.append(&mut sealed);
        Ok(whole)
    }

    pub(super) fn open(&self, place: &str, whole: &[u8]) -> Result<Vec<u8>, SealingError> {
        let does_not_open = |_: Unspecified| SealingError::DoesNotOpen;
        let (nonce, sealed) = whole.split_at_checked(NONCE_LEN).ok_or(SealingError::DoesNotOpen)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(does_not_open)?;
        let mut content = sealed.to_vec();
        let opened = self.0.open_in_place(nonce, Aad::from(place), &mut content).map_err(does_not_open)?;
        Ok(opened.to_vec())
    }
}

/// A fresh random key.
pub(super) fn fresh_key() -> Result<KeyBytes, SealingError> {
    let mut key = [0; KEY_BYTES];
    rand::fill(&mut key).map_err(refused)?;
    Ok(key)
}

/// A key for one purpose, that tells nothing of the key it follows from (HKDF-SHA256, RFC 5869).
pub(super) fn derived(key: &KeyBytes, purpose: &str) -> Result<KeyBytes, SealingError> {
    struct Bytes;
    impl KeyType for Bytes {
        fn len(&self) -> usize {
            KEY_BYTES
        }
    }
    let mut bytes = [0; KEY_BYTES];
    let pseudorandom = Salt::new(HKDF_SHA256, b"trede sealing 1").extract(key);
    let info = [purpose.as_bytes()];
    let material = pseudorandom.expand(&info, Bytes).map_err(refused)?;
    material.fill(&mut bytes).map_err(refused)?;
    Ok(bytes)
}

fn refused(_: Unspecified) -> SealingError {
    SealingError::Refused
}
