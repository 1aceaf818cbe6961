//! The public keys by which receipts are checked, as a JSON Web Key Set.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Serialize;
use utoipa::ToSchema;

/// The keys of a tender's receipts (sleutels van de ontvangstbewijzen) as a JSON Web Key Set (RFC 7517).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"keys": [{
    "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA",
    "kid": "0190a5c8-0000-7000-8000-000000000001",
    "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
}]}))]
pub struct ReceiptKeySet {
    /// The keys; a tender has one, an installation one for each key under which it seals.
    pub keys: Vec<ReceiptKey>,
}

/// A public key of Ed25519 as a JSON Web Key (RFC 8037).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({
    "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA",
    "kid": "0190a5c8-0000-7000-8000-000000000001",
    "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
}))]
pub struct ReceiptKey {
    /// The kind of key: always `OKP`.
    kty: &'static str,
    /// The curve: always `Ed25519`.
    crv: &'static str,
    /// What it is for: always `sig`, signatures.
    #[serde(rename = "use")]
    purpose: &'static str,
    /// The algorithm: always `EdDSA`.
    alg: &'static str,
    /// The id of the tender, as receipts name it; of a record the name of the key.
    kid: String,
    /// The key: 32 bytes in base64url.
    x: String,
}

impl ReceiptKeySet {
    /// The key of one tender.
    #[must_use]
    pub fn of_tender(id: &str, key: &[u8]) -> Self {
        Self { keys: vec![ReceiptKey::of(id, key)] }
    }

    /// The keys by which exported records are checked, each with its name.
    #[must_use]
    pub fn of_installation(keys: &[(String, Vec<u8>)]) -> Self {
        Self { keys: keys.iter().map(|(id, key)| ReceiptKey::of(id, key)).collect() }
    }
}

impl ReceiptKey {
    fn of(id: &str, key: &[u8]) -> Self {
        Self {
            kty: "OKP",
            crv: "Ed25519",
            purpose: "sig",
            alg: "EdDSA",
            kid: id.to_owned(),
            x: BASE64_URL_SAFE_NO_PAD.encode(key),
        }
    }
}
