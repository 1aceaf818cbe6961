//! One issuer whose tokens are accepted, and on which terms.

use std::sync::Arc;

use jsonwebtoken::Algorithm;

use crate::identity::claim_set::ClaimSet;
use crate::identity::error::TokenError;
use crate::identity::key_ring::KeyRing;
use crate::identity::keys::{ALLOWED_ALGORITHMS, VerificationKey};
use crate::identity::mapping::{ClaimMapping, Told};
use trede_base::person_name::is_plain;

/// How far the clocks of an issuer and this service may differ unless another number is configured, in seconds.
pub const USUAL_CLOCK_SKEW: u32 = 30;

/// The most characters of a name that goes into the record.
const LONGEST_NAME: usize = 255;

/// An issuer whose tokens are accepted.
pub struct Issuer {
    /// What its tokens say in `iss`.
    pub name: String,
    /// The audience that its tokens must name.
    pub audience: String,
    /// The algorithms that its tokens may be signed with; out of [`ALLOWED_ALGORITHMS`].
    pub algorithms: Vec<Algorithm>,
    /// How far its clock and ours may differ, in seconds.
    pub clock_skew: u32,
    /// The most seconds for which a token may be valid; none: as long as it says.
    pub longest_validity: Option<u32>,
    /// Stands before the names of its bearers in the record, so that the same name of two issuers is two
    /// actors. Empty for one issuer at the most.
    pub actor_prefix: String,
    /// Where its claims stand.
    pub mapping: ClaimMapping,
    /// Its keys.
    pub ring: Arc<KeyRing>,
}

impl Issuer {
    /// An issuer with fixed keys, on the usual terms.
    #[must_use]
    pub fn with_keys(name: String, audience: String, keys: Vec<VerificationKey>) -> Self {
        Self {
            name,
            audience,
            algorithms: ALLOWED_ALGORITHMS.to_vec(),
            clock_skew: USUAL_CLOCK_SKEW,
            longest_validity: None,
            actor_prefix: String::new(),
            mapping: ClaimMapping::default(),
            ring: Arc::new(KeyRing::fixed(keys)),
        }
    }

    /// What a token of this issuer says, when it is meant for this service and valid at `now` (seconds since
    /// 1970, UTC). Its signature was checked before.
    pub(super) fn accept(&self, claims: &ClaimSet, now: i64) -> Result<Told, TokenError> {
        let audience = claims.texts("/aud").map_err(|_| TokenError::Malformed)?;
        if audience.is_empty() {
            return Err(TokenError::Malformed);
        }
        if !audience.contains(&self.audience.as_str()) {
            return Err(TokenError::Audience);
        }
        self.check_times(claims, now)?;
        let told = self.mapping.read(claims).map_err(|_| TokenError::Malformed)?;
        let names = [Some(&told.subject), told.client.as_ref()];
        if names.into_iter().flatten().any(|name| !can_be_recorded(name)) {
            return Err(TokenError::Name);
        }
        Ok(told)
    }

    fn check_times(&self, claims: &ClaimSet, now: i64) -> Result<(), TokenError> {
        let seconds = |name| claims.seconds(name).map_err(|_| TokenError::Malformed);
        let expires = seconds("exp")?.ok_or(TokenError::Malformed)?;
        let (not_before, issued) = (seconds("nbf")?, seconds("iat")?);
        let skew = i64::from(self.clock_skew);
        if expires.saturating_add(skew) <= now {
            return Err(TokenError::Expired);
        }
        let begins = [not_before, issued].into_iter().flatten().max();
        if begins.is_some_and(|begins| begins.saturating_sub(skew) > now) {
            return Err(TokenError::NotYetValid);
        }
        // A token that does not say since when, counts from now: it is valid for longer than that already.
        let since = issued.or(not_before).unwrap_or(now);
        let longest = self.longest_validity.map(i64::from);
        if longest.is_some_and(|longest| expires.saturating_sub(since) > longest) {
            return Err(TokenError::TooLongValid);
        }
        Ok(())
    }
}

/// Names go into the audit record: each must be told from every other by who reads it.
pub(super) fn can_be_recorded(name: &str) -> bool {
    is_plain(name)
        && !name.is_empty()
        && name.chars().count() <= LONGEST_NAME
        && !name.chars().any(char::is_control)
}
