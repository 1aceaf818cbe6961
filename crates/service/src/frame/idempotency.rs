//! Requests that carry a key are carried out once, however often they are sent (Idempotency-Key, draft 06).
//!
//! A key is claimed before its request begins, and the write of the request notes at the key, in its own
//! transaction, that it was done. So whatever breaks off, and wherever: a request whose write was committed is
//! never carried out again, and one whose write was not can be.
//!
//! What is stored is of no use without the key, which only its client has: the hash of the body is keyed with
//! it, and the answer is sealed with it. So the store holds no plaintext of what was sent or answered.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::TimeDelta;
use uuid::Uuid;

use crate::Services;
use crate::frame::error::ServiceError;
use trede_base::hex::hex;
use trede_store::frame::idempotency_keys::{self, KeyedRequest};

/// A claim this old that came to nothing belongs to a process that is gone, and can be taken over. Should that
/// process live after all, its write finds the claim lost and is not committed.
const TAKEN_OVER_AFTER: TimeDelta = TimeDelta::seconds(60);

/// What came with a key.
#[derive(Clone, Debug)]
pub struct Keyed {
    /// The key, as the client made it up.
    pub key: String,
    /// Who asks, by the name in the record.
    pub caller: String,
    /// What is asked: the method and the path.
    pub route: String,
    /// This request's id.
    pub request_id: Uuid,
}

/// What is to be done with a keyed request.
#[derive(Debug)]
pub enum Verdict {
    /// Carry it out, and tell how it ended.
    CarryOut,
    /// It was carried out: this is its answer.
    Answered(Vec<u8>),
    /// It was carried out, but its answer was lost: the process died before it could keep it, or the store went
    /// away between the write and its acknowledgement.
    AnswerLost {
        /// What it was done to, as a path below the municipality.
        object: String,
    },
    /// It is being carried out.
    UnderWay,
    /// The key came with another body before.
    OtherBody,
}

/// The claim of a request on its key.
#[derive(Debug)]
pub struct Claim {
    id: String,
    body_hash: String,
    seal: Seal,
    request_id: Uuid,
}

impl Claim {
    /// The claim of this request with this body.
    #[must_use]
    pub fn of(keyed: &Keyed, body: &[u8]) -> Self {
        let id = id_of(keyed);
        Self {
            body_hash: hex(sign(&Key::new(HMAC_SHA256, keyed.key.as_bytes()), body).as_ref()),
            seal: Seal::of(&keyed.key, &id),
            request_id: keyed.request_id,
            id,
        }
    }
}

/// Claims the key, or says what became of the request that has it.
///
/// # Errors
/// [`ServiceError::Busy`] when the store does not answer: nobody knows then whether the claim was stored, and it
/// should be released.
pub fn claim(services: &Services, claim: &Claim) -> Result<Verdict, ServiceError> {
    let now = services.now();
    let Claim { id, seal, request_id, .. } = claim;
    let claim = KeyedRequest {
        id: id.clone(),
        body_hash: claim.body_hash.clone(),
        request_id: *request_id,
        claimed_at: now,
        object: None,
        answer: None,
        ended: false,
    };
    let found = services.db.write_progress(|c| {
        let found = idempotency_keys::find(c, id)?;
        let is_abandoned =
            |found: &KeyedRequest| found.object.is_none() && found.claimed_at + TAKEN_OVER_AFTER <= now;
        match found {
            Some(found) if found.body_hash == claim.body_hash && is_abandoned(&found) => {
                idempotency_keys::release(c, id, found.request_id)?;
                idempotency_keys::insert(c, &claim)?;
                Ok(None)
            }
            Some(found) => Ok(Some(found)),
            None => {
                idempotency_keys::insert(c, &claim)?;
                Ok::<_, ServiceError>(None)
            }
        }
    })?;
    let Some(found) = found else {
        services.db.begin_keyed(*request_id, id.clone());
        return Ok(Verdict::CarryOut);
    };
    if found.body_hash != claim.body_hash {
        return Ok(Verdict::OtherBody);
    }
    match (found.answer, found.object) {
        (Some(answer), _) => seal.open(&answer).map(Verdict::Answered),
        (None, Some(object)) if found.ended || found.claimed_at + TAKEN_OVER_AFTER <= now => {
            Ok(Verdict::AnswerLost { object })
        }
        (None, _) => Ok(Verdict::UnderWay),
    }
}

/// Ends a request that was answered with success: the answer is kept for the next time that it is sent.
///
/// # Errors
/// [`ServiceError::Busy`] when the store does not answer.
pub fn keep(services: &Services, claim: &Claim, answer: Vec<u8>) -> Result<(), ServiceError> {
    services.db.end_keyed(claim.request_id);
    let sealed = claim.seal.close(answer)?;
    services
        .db
        .write_progress(|c| Ok(idempotency_keys::store_answer(c, &claim.id, claim.request_id, &sealed)?))
}

/// Ends a request that was refused: the key is free again. Where its write was committed after all, whoever asks
/// again is told so at once.
///
/// # Errors
/// [`ServiceError::Busy`] when the store does not answer; the key can be taken over in a minute.
pub fn release(services: &Services, claim: &Claim) -> Result<(), ServiceError> {
    services.db.end_keyed(claim.request_id);
    services.db.write_progress(|c| Ok(idempotency_keys::release(c, &claim.id, claim.request_id)?))
}

/// Throws away what is older than `kept`; answers how many keys.
///
/// # Errors
/// [`ServiceError::Busy`] when the store does not answer.
pub fn sweep(services: &Services, kept: TimeDelta) -> Result<usize, ServiceError> {
    let before = services.now() - kept;
    services.db.write_progress(|c| Ok(idempotency_keys::sweep(c, before)?))
}

/// Scoped to caller and route: the same key of another caller, or of another route, is another key.
fn id_of(keyed: &Keyed) -> String {
    let mut parts = Vec::new();
    for part in [&keyed.caller, &keyed.route, &keyed.key] {
        parts.extend(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        parts.extend(part.as_bytes());
    }
    hex(digest(&SHA256, &parts).as_ref())
}

/// Closes an answer with the client's key, so that it can be opened only when that key is sent again.
struct Seal {
    key: [u8; 32],
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal")
    }
}

impl Seal {
    fn of(key: &str, id: &str) -> Self {
        let tag = sign(&Key::new(HMAC_SHA256, key.as_bytes()), format!("answer {id}").as_bytes());
        let mut bytes = [0; 32];
        bytes.iter_mut().zip(tag.as_ref()).for_each(|(byte, of_tag)| *byte = *of_tag);
        Self { key: bytes }
    }

    fn cipher(&self) -> Result<RandomizedNonceKey, ServiceError> {
        RandomizedNonceKey::new(&AES_256_GCM, &self.key).map_err(|error| ServiceError::Internal(error.into()))
    }

    fn close(&self, mut answer: Vec<u8>) -> Result<String, ServiceError> {
        let nonce = self
            .cipher()?
            .seal_in_place_append_tag(Aad::empty(), &mut answer)
            .map_err(|error| ServiceError::Internal(error.into()))?;
        Ok(BASE64_STANDARD.encode([nonce.as_ref().as_slice(), &answer].concat()))
    }

    fn open(&self, sealed: &str) -> Result<Vec<u8>, ServiceError> {
        let broken = || ServiceError::Internal("a stored answer cannot be opened".into());
        let bytes = BASE64_STANDARD.decode(sealed).map_err(|_| broken())?;
        let (nonce, content) = bytes.split_at_checked(NONCE_LEN).ok_or_else(broken)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
        let mut content = content.to_vec();
        let opened = self.cipher()?.open_in_place(nonce, Aad::empty(), &mut content).map_err(|_| broken())?;
        Ok(opened.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_opened_by_its_key_alone() {
        let sealed = Seal::of("key", "id").close(b"answer".to_vec()).unwrap();
        assert_eq!(Seal::of("key", "id").open(&sealed).unwrap(), b"answer");
        assert!(Seal::of("other", "id").open(&sealed).is_err());
        assert!(Seal::of("key", "other").open(&sealed).is_err());
        assert!(Seal::of("key", "id").open("AAAA").is_err());
        assert_ne!(sealed, Seal::of("key", "id").close(b"answer".to_vec()).unwrap());
    }

    #[test]
    fn a_key_belongs_to_one_caller_and_one_route() {
        let keyed = |caller: &str, route: &str| {
            let (key, caller, route) = ("k".to_owned(), caller.to_owned(), route.to_owned());
            id_of(&Keyed { key, caller, route, request_id: Uuid::nil() })
        };
        assert_eq!(keyed("a", "b"), keyed("a", "b"));
        assert_ne!(keyed("a", "b"), keyed("b", "b"));
        assert_ne!(keyed("ab", "c"), keyed("a", "bc"));
    }
}
