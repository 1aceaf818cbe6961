//! Computes person keys: HMAC-SHA256 with the key of a region, at the office that holds it.

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use thiserror::Error;

/// The fewest bytes of a region's key: those of the hash (RFC 2104 §3).
const KEY_BYTES: usize = 32;

/// A region's key that cannot be used.
#[derive(Debug, Error)]
#[error(
    "the key of the region is at least 64 hexadecimal digits on one line; `openssl rand -hex 32` makes one"
)]
pub struct UnfitRegionKey;

/// The key of a region (sleutel van de regio), which its offices share and nobody else has.
pub struct RegionKey(Key);

impl RegionKey {
    /// Reads a key that is written in hexadecimal.
    ///
    /// # Errors
    /// [`UnfitRegionKey`] when it is not, or shorter than the hash.
    pub fn parse(text: &str) -> Result<Self, UnfitRegionKey> {
        let digits: Vec<u32> =
            text.trim().chars().map(|c| c.to_digit(16)).collect::<Option<_>>().ok_or(UnfitRegionKey)?;
        let pairs = digits.chunks_exact(2);
        if !pairs.remainder().is_empty() || pairs.len() < KEY_BYTES {
            return Err(UnfitRegionKey);
        }
        let bytes: Vec<u8> = pairs
            .filter_map(|pair| u8::try_from(pair.iter().fold(0, |value, digit| value * 16 + digit)).ok())
            .collect();
        Ok(Self(Key::new(HMAC_SHA256, &bytes)))
    }

    /// The person key of a client number, in hexadecimal. Spaces around the number do not count.
    #[must_use]
    pub fn person_key(&self, client_number: &str) -> String {
        let tag = sign(&self.0, client_number.trim().as_bytes());
        tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with `openssl dgst -sha256 -mac HMAC -macopt hexkey:…`.
    #[test]
    fn a_person_key_is_the_hmac_of_the_client_number() {
        let key = RegionKey::parse(&"0b".repeat(32)).unwrap();
        assert_eq!(key.person_key(" K1001\n"), HMAC_OF_K1001);
        assert_ne!(key.person_key("K1002"), HMAC_OF_K1001);
    }

    const HMAC_OF_K1001: &str = "a4af5f01df551c2f65eeff9fced0adaf62f9036f181abc2aa22e83a3407e26d4";

    #[test]
    fn a_short_or_odd_key_is_refused() {
        for wrong in ["", "0b0b", &"0b".repeat(31), &format!("{}0", "0b".repeat(32)), &"zz".repeat(32)] {
            assert!(RegionKey::parse(wrong).is_err(), "{wrong}");
        }
    }
}
