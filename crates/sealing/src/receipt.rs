//! Signed receipts (ontvangstbewijzen): JWS (RFC 7515) with Ed25519 (RFC 8037), under the key of the tender.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::jws::{self, JwsError};
use crate::tender_key::TenderKey;

/// What is received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Received {
    /// A bid (inschrijving).
    Bid,
    /// The withdrawal of a bid (intrekking).
    Withdrawal,
    /// That somebody may act for the bidder (machtiging).
    Delegation,
    /// That somebody may act for the bidder no more (einde van de machtiging).
    DelegationWithdrawal,
}

/// What a receipt says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// What was received.
    pub received: Received,
    /// Whose tender it is.
    pub municipality: String,
    /// The tender.
    pub tender_id: String,
    /// The lot.
    pub lot_id: String,
    /// The id that was given to what was received.
    pub bid_id: String,
    /// When.
    pub received_at: DateTime<Utc>,
    /// SHA-256 of what was sent, in hexadecimal.
    pub content_hash: String,
    /// SHA-256 of what was sealed and stored, in hexadecimal; it stands in the audit trail.
    pub sealed_hash: String,
}

/// Why a receipt is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ReceiptError {
    /// Not a JWS, or of something else.
    #[error("this is no receipt")]
    Malformed,
    /// The keys are none.
    #[error("the keys are no JSON Web Key Set with an Ed25519 key")]
    NoKey,
    /// No key of these signed it.
    #[error("the signature is not that of this tender")]
    WrongSignature,
}

impl From<JwsError> for ReceiptError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::Malformed => Self::Malformed,
            JwsError::NoKey => Self::NoKey,
            JwsError::WrongSignature => Self::WrongSignature,
        }
    }
}

const TYPE: &str = "trede-receipt+jws";

/// The receipt as it is handed out: a JWS in its compact form.
#[must_use]
pub fn signed(key: &TenderKey, receipt: &Receipt) -> String {
    // Serialising a receipt to memory cannot fail: it holds texts only.
    let content = serde_json::to_vec(receipt).unwrap_or_default();
    jws::signed((TYPE, &receipt.tender_id), &content, |body| key.signer.sign(body))
}

/// What a receipt says, when one of the keys signed it.
///
/// # Errors
/// [`ReceiptError`].
pub fn verify(key_set: &str, token: &str) -> Result<Receipt, ReceiptError> {
    let content = jws::verified(TYPE, key_set, token)?;
    serde_json::from_slice(&content).map_err(|_| ReceiptError::Malformed)
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
    use serde_json::json;

    use super::*;
    use crate::keyring::{KeyRing, generate};
    use trede_base::ids::Id;

    fn receipt(tender: &str) -> Receipt {
        Receipt {
            received: Received::Bid,
            municipality: "gm0344".to_owned(),
            tender_id: tender.to_owned(),
            lot_id: "l".to_owned(),
            bid_id: "b".to_owned(),
            received_at: DateTime::UNIX_EPOCH,
            content_hash: "ab".repeat(32),
            sealed_hash: "cd".repeat(32),
        }
    }

    fn key_set(kid: &str, key: &[u8]) -> String {
        let x = BASE64_URL_SAFE_NO_PAD.encode(key);
        json!({"keys": [{"crv": "Ed25519", "kid": kid, "x": x}]}).to_string()
    }

    #[test]
    fn a_receipt_holds_under_the_key_of_its_tender_only() {
        let ring = KeyRing::parse(&generate("a").unwrap()).unwrap();
        let tender = Id::from_uuid(uuid::Uuid::from_u128(1));
        let wrapped = TenderKey::generate(&ring, "gm0344".parse().unwrap(), tender).unwrap();
        let key = TenderKey::unwrap(&ring, &wrapped, None).unwrap();
        let kid = tender.to_string();
        let token = signed(&key, &receipt(&kid));
        let set = key_set(&kid, &wrapped.receipt_key);
        assert_eq!(verify(&set, &token), Ok(receipt(&kid)));

        let other = TenderKey::generate(&ring, "gm0344".parse().unwrap(), tender).unwrap();
        assert_eq!(verify(&key_set(&kid, &other.receipt_key), &token), Err(ReceiptError::WrongSignature));
        let forged = signed(&TenderKey::unwrap(&ring, &other, None).unwrap(), &receipt(&kid));
        assert_eq!(verify(&set, &forged), Err(ReceiptError::WrongSignature));
        for wrong in ["", "a.b", "a.b.c", &token.replacen('.', ".e30", 1)] {
            assert!(verify(&set, wrong).is_err(), "{wrong}");
        }
        assert_eq!(verify("{}", &token), Err(ReceiptError::NoKey));
    }
}
