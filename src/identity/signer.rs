//! Signs tokens with a private key at hand: for the demo, for tests, and for installations that
//! hand out machine tokens themselves.

use aws_lc_rs::signature::Ed25519KeyPair;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde::Serialize;
use thiserror::Error;

/// Why a key cannot sign.
#[derive(Debug, Error)]
pub enum SignerError {
    /// The text is no private key of a kind that can sign.
    #[error("not a PEM private key for Ed25519 (PKCS#8), P-256 (PKCS#8) or RSA")]
    Unreadable,
    /// The cryptography refused.
    #[error("the key does not sign: {0}")]
    Refused(String),
}

/// A private key that signs tokens.
pub struct TokenSigner {
    key: EncodingKey,
    algorithm: Algorithm,
    kid: Option<String>,
}

impl TokenSigner {
    /// A fresh Ed25519 key that exists only in this process.
    ///
    /// # Errors
    /// [`SignerError::Refused`] when the system gives no randomness.
    pub fn generate(kid: &str) -> Result<Self, SignerError> {
        let pair = Ed25519KeyPair::generate().map_err(|error| SignerError::Refused(error.to_string()))?;
        let document = pair.to_pkcs8v1().map_err(|error| SignerError::Refused(error.to_string()))?;
        Ok(Self {
            key: EncodingKey::from_ed_der(document.as_ref()),
            algorithm: Algorithm::EdDSA,
            kid: Some(kid.to_owned()),
        })
    }

    /// The key in a PEM file, with the `kid` that the verifier knows it by.
    ///
    /// # Errors
    /// [`SignerError::Unreadable`] when the text is no usable private key.
    pub fn from_pem(pem: &str, kid: Option<String>) -> Result<Self, SignerError> {
        let bytes = pem.as_bytes();
        let (key, algorithm) = EncodingKey::from_ed_pem(bytes)
            .map(|key| (key, Algorithm::EdDSA))
            .or_else(|_| EncodingKey::from_ec_pem(bytes).map(|key| (key, Algorithm::ES256)))
            .or_else(|_| EncodingKey::from_rsa_pem(bytes).map(|key| (key, Algorithm::RS256)))
            .map_err(|_| SignerError::Unreadable)?;
        Ok(Self { key, algorithm, kid })
    }

    /// The signed token of these claims, usually [`Claims`](crate::identity::claims::Claims).
    ///
    /// # Errors
    /// [`SignerError::Refused`] when the key does not fit its algorithm.
    pub fn sign(&self, claims: &impl Serialize) -> Result<String, SignerError> {
        let mut header = Header::new(self.algorithm);
        header.kid.clone_from(&self.kid);
        encode(&header, claims, &self.key).map_err(|error| SignerError::Refused(error.to_string()))
    }

    /// The public half as the text of a JWKS, for the verifier's configuration.
    ///
    /// # Errors
    /// [`SignerError::Refused`] when the public half cannot be derived.
    pub fn public_jwks(&self) -> Result<String, SignerError> {
        let refused = |error: &dyn ToString| SignerError::Refused(error.to_string());
        let mut jwk = Jwk::from_encoding_key(&self.key, self.algorithm).map_err(|error| refused(&error))?;
        jwk.common.key_id.clone_from(&self.kid);
        serde_json::to_string(&JwkSet { keys: vec![jwk] }).map_err(|error| refused(&error))
    }
}
