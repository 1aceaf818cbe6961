//! Encryption to a public key: HPKE (RFC 9180) with X25519, HKDF-SHA256 and ChaCha20-Poly1305. Who encrypts cannot
//! decrypt afterwards.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable, single_shot_open, single_shot_seal};
use zeroize::Zeroizing;

use crate::SealingError;

type Secret = <X25519HkdfSha256 as Kem>::PrivateKey;
type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type Encapped = <X25519HkdfSha256 as Kem>::EncappedKey;

/// The bytes of each half, and of what stands before a ciphertext.
pub(crate) const HALF: usize = 32;

/// What was encrypted here is not taken for what another program encrypted to the same key.
const INFO: &[u8] = b"trede public key 1";

/// The half of a pair that decrypts. What it stood on in memory is written over when it goes.
#[derive(Clone)]
pub(crate) struct SecretKey(Secret);

/// The half of a pair that encrypts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicKey(Public);

impl SecretKey {
    /// A fresh pair, by its secret half.
    pub(crate) fn generate() -> Self {
        Self(X25519HkdfSha256::gen_keypair().0)
    }

    pub(crate) fn of(bytes: &[u8]) -> Result<Self, SealingError> {
        Secret::from_bytes(bytes).map(Self).map_err(|_| SealingError::DoesNotOpen)
    }

    pub(crate) fn bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.0.to_bytes().to_vec())
    }

    pub(crate) fn public(&self) -> PublicKey {
        PublicKey(X25519HkdfSha256::sk_to_pk(&self.0))
    }

    pub(crate) fn open(&self, place: &str, whole: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealingError> {
        let (encapped, sealed) = whole.split_at_checked(HALF).ok_or(SealingError::DoesNotOpen)?;
        let encapped = Encapped::from_bytes(encapped).map_err(|_| SealingError::DoesNotOpen)?;
        let content = single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.0,
            &encapped,
            INFO,
            sealed,
            place.as_bytes(),
        );
        content.map(Zeroizing::new).map_err(|_| SealingError::DoesNotOpen)
    }
}

impl PublicKey {
    pub(crate) fn of(bytes: &[u8]) -> Result<Self, SealingError> {
        Public::from_bytes(bytes).map(Self).map_err(|_| SealingError::DoesNotOpen)
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.0.to_bytes().to_vec()
    }

    /// What was encapsulated, the ciphertext and its tag. A point of low order, to which anybody could decrypt, is
    /// refused.
    pub(crate) fn seal(&self, place: &str, content: &[u8]) -> Result<Vec<u8>, SealingError> {
        let (encapped, mut sealed) = single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &self.0,
            INFO,
            content,
            place.as_bytes(),
        )
        .map_err(|_| SealingError::Refused)?;
        let mut whole = encapped.to_bytes().to_vec();
        whole.append(&mut sealed);
        Ok(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encrypted_opens_by_its_secret_half_at_its_place_and_whole_only() {
        let (key, other) = (SecretKey::generate(), SecretKey::generate());
        let sealed = key.public().seal("here", b"content").unwrap();
        assert_eq!(key.open("here", &sealed).unwrap().as_slice(), b"content");
        assert_eq!(key.open("there", &sealed), Err(SealingError::DoesNotOpen));
        assert_eq!(other.open("here", &sealed), Err(SealingError::DoesNotOpen));
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(key.open("here", &changed), Err(SealingError::DoesNotOpen), "byte {at}");
        }
        assert_eq!(key.open("here", &sealed[..31]), Err(SealingError::DoesNotOpen));
    }

    #[test]
    fn halves_are_read_back_as_they_were_written() {
        let key = SecretKey::generate();
        let again = SecretKey::of(&key.bytes()).unwrap();
        assert_eq!(again.public(), key.public());
        assert_eq!(PublicKey::of(&key.public().bytes()).unwrap(), key.public());
        assert!(SecretKey::of(&[1; 31]).is_err() && PublicKey::of(&[1; 33]).is_err());
    }

    #[test]
    fn to_a_point_of_low_order_nothing_is_encrypted() {
        let low = PublicKey::of(&[0; 32]).unwrap();
        assert_eq!(low.seal("here", b"content"), Err(SealingError::Refused));
    }
}
