//! The public keys of the issuers that this service trusts.

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey};
use thiserror::Error;

/// What a token may be signed with: asymmetric only, so that no public key can serve as a secret.
pub const ALLOWED_ALGORITHMS: [Algorithm; 4] =
    [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA];

/// Why key material cannot be used.
#[derive(Debug, Error)]
pub enum KeyError {
    /// Neither a PEM public key nor a JSON Web Key Set.
    #[error("the key file holds neither a PEM public key nor a JSON Web Key Set (JWKS)")]
    Unreadable,
    /// A key set without a single key that can check a signature by an allowed algorithm.
    #[error("the key set holds no key for RS256, PS256, ES256 or EdDSA")]
    NoUsableKey,
}

/// One public key, under the name that tokens call it by.
#[derive(Clone)]
pub struct VerificationKey {
    /// The `kid`; a key from a bare PEM file has none and serves every token of its issuer.
    pub kid: Option<String>,
    /// The algorithms this key may check.
    pub algorithms: Vec<Algorithm>,
    /// The key itself.
    pub key: DecodingKey,
}

/// Reads keys from the text of a PEM public key or of a JWKS.
///
/// # Errors
/// [`KeyError`] when nothing in the text can check a token.
pub fn parse_keys(text: &str) -> Result<Vec<VerificationKey>, KeyError> {
    if text.trim_start().starts_with('{') {
        let set: JwkSet = serde_json::from_str(text).map_err(|_| KeyError::Unreadable)?;
        let keys: Vec<_> = set.keys.iter().filter_map(from_jwk).collect();
        if keys.is_empty() {
            return Err(KeyError::NoUsableKey);
        }
        return Ok(keys);
    }
    let pem = text.as_bytes();
    let key = DecodingKey::from_rsa_pem(pem)
        .or_else(|_| DecodingKey::from_ec_pem(pem))
        .or_else(|_| DecodingKey::from_ed_pem(pem))
        .map_err(|_| KeyError::Unreadable)?;
    Ok(vec![VerificationKey { kid: None, algorithms: algorithms_of(key.family()), key }])
}

/// The key of a JWKS entry, unless it is for encryption, symmetric, or of a curve we do not allow.
fn from_jwk(jwk: &Jwk) -> Option<VerificationKey> {
    let for_signatures = matches!(jwk.common.public_key_use, None | Some(PublicKeyUse::Signature));
    let supported = match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => true,
        AlgorithmParameters::EllipticCurve(curve) => curve.curve == EllipticCurve::P256,
        AlgorithmParameters::OctetKeyPair(pair) => pair.curve == EllipticCurve::Ed25519,
        _ => false,
    };
    if !for_signatures || !supported {
        return None;
    }
    let key = DecodingKey::from_jwk(jwk).ok()?;
    let mut algorithms = algorithms_of(key.family());
    if let Some(named) = jwk.common.key_algorithm {
        algorithms.retain(|algorithm| KeyAlgorithm::from(*algorithm) == named);
    }
    (!algorithms.is_empty()).then(|| VerificationKey { kid: jwk.common.key_id.clone(), algorithms, key })
}

fn algorithms_of(family: AlgorithmFamily) -> Vec<Algorithm> {
    ALLOWED_ALGORITHMS.into_iter().filter(|algorithm| algorithm.family() == family).collect()
}
