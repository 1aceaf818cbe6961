//! Tokens whose signature was checked before: a caller shows the same one at each request.
//!
//! What is remembered is only that a key of the issuer signed these claims. Whether they are in time, meant for this
//! service and not taken back is asked anew each time.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};

use crate::identity::claim_set::ClaimSet;
use crate::identity::keys::VerificationKey;

/// The most tokens that are remembered; the oldest makes room.
const MOST: usize = 4096;

/// A token by its hash: the token itself is not kept.
type TokenHash = [u8; 32];

/// The claims of a token, with the issuer and the very list of keys that they were checked against.
#[derive(Clone)]
pub(super) struct Signed {
    pub(super) issuer: String,
    pub(super) claims: Arc<ClaimSet>,
    keys: Arc<Vec<VerificationKey>>,
}

impl Signed {
    pub(super) fn new(issuer: String, claims: Arc<ClaimSet>, keys: Arc<Vec<VerificationKey>>) -> Self {
        Self { issuer, claims, keys }
    }

    /// Whether these are still the keys of the issuer: one that it withdrew signs nothing any more.
    pub(super) fn holds_under(&self, keys: &Arc<Vec<VerificationKey>>) -> bool {
        Arc::ptr_eq(&self.keys, keys)
    }
}

/// The tokens that were checked last.
#[derive(Default)]
pub(super) struct Remembered(Mutex<Shelf>);

#[derive(Default)]
struct Shelf {
    known: HashMap<TokenHash, Signed>,
    order: VecDeque<TokenHash>,
}

impl Remembered {
    /// What is remembered of a token.
    pub(super) fn find(&self, token: &str) -> Option<Signed> {
        let hash = hash_of(token)?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).known.get(&hash).cloned()
    }

    /// Remembers that these claims were signed.
    pub(super) fn keep(&self, token: &str, signed: Signed) {
        let Some(hash) = hash_of(token) else { return };
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if shelf.known.insert(hash, signed).is_none() {
            shelf.order.push_back(hash);
        }
        while shelf.order.len() > MOST {
            if let Some(oldest) = shelf.order.pop_front() {
                shelf.known.remove(&oldest);
            }
        }
    }
}

fn hash_of(token: &str) -> Option<TokenHash> {
    digest(&SHA256, token.as_bytes()).as_ref().try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed() -> Signed {
        let claims = serde_json::from_str(r#"{"sub": "somebody"}"#).unwrap();
        Signed::new("issuer".to_owned(), Arc::new(claims), Arc::default())
    }

    #[test]
    fn the_oldest_token_makes_room() {
        let remembered = Remembered::default();
        for number in 0..=MOST {
            remembered.keep(&format!("token {number}"), signed());
        }
        assert!(remembered.find("token 0").is_none());
        assert!(remembered.find("token 1").is_some());
        assert_eq!(remembered.0.lock().unwrap().known.len(), MOST);
    }

    #[test]
    fn a_token_that_is_kept_again_takes_one_place() {
        let remembered = Remembered::default();
        for _ in 0..3 {
            remembered.keep("token", signed());
        }
        assert_eq!(remembered.0.lock().unwrap().order.len(), 1);
    }
}
