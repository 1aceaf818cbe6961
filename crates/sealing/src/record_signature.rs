//! Signatures over exported records: JWS (RFC 7515) with Ed25519 (RFC 8037), under keys of the installation that are
//! derived from the operator's. The signature holds the whole record, so that a copy beside it that was edited can be
//! told place by place.

use thiserror::Error;

use crate::SealingError;
use crate::jws::{self, JwsError};
use crate::keyring::KeyRing;

/// Why a signature is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SignatureError {
    /// Not a JWS, or of something else.
    #[error("this is no signature over a record")]
    Malformed,
    /// The keys are none.
    #[error("the keys are no JSON Web Key Set")]
    NoKey,
    /// No key of these signed it.
    #[error("none of these keys signed it")]
    WrongSignature,
}

impl From<JwsError> for SignatureError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::Malformed => Self::Malformed,
            JwsError::NoKey => Self::NoKey,
            JwsError::WrongSignature => Self::WrongSignature,
        }
    }
}

const TYPE: &str = "trede-evaluation-record+jws";

/// The record, signed with the newest key: a JWS in its compact form.
///
/// # Errors
/// [`SealingError::Refused`] when no key can be derived.
pub fn signed(ring: &KeyRing, record: &[u8]) -> Result<String, SealingError> {
    let signer = ring.record_signer()?;
    Ok(jws::signed((TYPE, ring.newest()), record, |body| signer.sign(body)))
}

/// The record as it was signed, when one of the keys signed it.
///
/// # Errors
/// [`SignatureError`].
pub fn verify(key_set: &str, token: &str) -> Result<Vec<u8>, SignatureError> {
    Ok(jws::verified(TYPE, key_set, token)?)
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
    use serde_json::json;

    use super::*;
    use crate::keyring::generate;

    fn key_set(ring: &KeyRing) -> String {
        let keys: Vec<_> = ring
            .record_keys()
            .unwrap()
            .into_iter()
            .map(|(kid, key)| json!({"crv": "Ed25519", "kid": kid, "x": BASE64_URL_SAFE_NO_PAD.encode(key)}))
            .collect();
        json!({"keys": keys}).to_string()
    }

    #[test]
    fn a_record_holds_under_the_keys_of_its_installation_only() {
        let (old, new) = (generate("a").unwrap(), generate("b").unwrap());
        let before = KeyRing::parse(&old).unwrap();
        let ring = KeyRing::parse(&format!("{old}\n{new}")).unwrap();
        let other = KeyRing::parse(&generate("b").unwrap()).unwrap();
        let record = b"{\"sequence\":1}";
        let token = signed(&ring, record).unwrap();
        assert_eq!(verify(&key_set(&ring), &token), Ok(record.to_vec()));
        // What an older key signed still holds.
        assert_eq!(verify(&key_set(&ring), &signed(&before, record).unwrap()), Ok(record.to_vec()));
        assert_eq!(verify(&key_set(&other), &token), Err(SignatureError::WrongSignature));
        assert_eq!(verify("{}", &token), Err(SignatureError::NoKey));
        for wrong in ["", "a.b", "a.b.c"] {
            assert_eq!(verify(&key_set(&ring), wrong), Err(SignatureError::Malformed), "{wrong}");
        }
        let [header, content, signature] = token.split('.').collect::<Vec<_>>().try_into().unwrap();
        let edited = BASE64_URL_SAFE_NO_PAD.encode(b"{\"sequence\":2}");
        let forged = format!("{header}.{edited}.{signature}");
        assert_eq!(verify(&key_set(&ring), &forged), Err(SignatureError::WrongSignature));
        assert_ne!(content, edited);
    }
}
