//! Signatures in their compact form: JWS (RFC 7515) with Ed25519 (RFC 8037).

use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// Why a signature is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JwsError {
    /// Not a JWS, or of another kind.
    Malformed,
    /// The keys are no JSON Web Key Set.
    NoKey,
    /// No key of these signed it.
    WrongSignature,
}

#[derive(Serialize, Deserialize)]
struct Header {
    alg: String,
    kid: String,
    typ: String,
}

/// The content with its header and what `sign` makes of both.
pub(crate) fn signed<S: AsRef<[u8]>>(
    (typ, kid): (&str, &str),
    content: &[u8],
    sign: impl FnOnce(&[u8]) -> S,
) -> String {
    let header = Header { alg: "EdDSA".to_owned(), kid: kid.to_owned(), typ: typ.to_owned() };
    // A header holds texts only, and is always written.
    let header = serde_json::to_vec(&header).unwrap_or_default();
    let body =
        format!("{}.{}", BASE64_URL_SAFE_NO_PAD.encode(header), BASE64_URL_SAFE_NO_PAD.encode(content));
    let signature = sign(body.as_bytes());
    format!("{body}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

/// The content of a JWS of this kind, when a key of the set signed it.
pub(crate) fn verified(typ: &str, key_set: &str, token: &str) -> Result<Vec<u8>, JwsError> {
    let (body, signature) = token.trim().rsplit_once('.').ok_or(JwsError::Malformed)?;
    let (header, content) = body.split_once('.').ok_or(JwsError::Malformed)?;
    let header: Header = serde_json::from_slice(&decoded(header)?).map_err(|_| JwsError::Malformed)?;
    if header.alg != "EdDSA" || header.typ != typ {
        return Err(JwsError::Malformed);
    }
    let signature = decoded(signature)?;
    let is_signed = keys(key_set, &header.kid)?
        .iter()
        .any(|key| UnparsedPublicKey::new(&ED25519, key).verify(body.as_bytes(), &signature).is_ok());
    if is_signed { decoded(content) } else { Err(JwsError::WrongSignature) }
}

fn decoded(part: &str) -> Result<Vec<u8>, JwsError> {
    BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| JwsError::Malformed)
}

fn keys(key_set: &str, kid: &str) -> Result<Vec<Vec<u8>>, JwsError> {
    #[derive(Deserialize)]
    struct Key {
        crv: String,
        kid: String,
        x: String,
    }
    #[derive(Deserialize)]
    struct Keys {
        keys: Vec<Key>,
    }
    let set: Keys = serde_json::from_str(key_set).map_err(|_| JwsError::NoKey)?;
    let named = set.keys.into_iter().filter(|key| key.crv == "Ed25519" && key.kid == kid);
    Ok(named.filter_map(|key| BASE64_URL_SAFE_NO_PAD.decode(key.x).ok()).collect())
}
