//! Checks a token: signature, issuer, audience, validity.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Header, Validation, decode, decode_header};
use serde::Deserialize;
use thiserror::Error;

use crate::identity::claim_set::ClaimSet;
use crate::identity::error::TokenError;
use crate::identity::issuer::{Issuer, can_be_recorded};
use crate::identity::key_ring::KeyRing;
use crate::identity::keys::{ALLOWED_ALGORITHMS, VerificationKey};
use crate::identity::remembered::{Remembered, Signed};
use trede_base::person_name::PersonName;

/// The most bytes of a token. Those of large organisations, with all their groups, stay below 8 KiB.
pub const LONGEST_TOKEN: usize = 16 * 1024;

/// The bearer of a token that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// The name that the bearer is recorded under; no bearer of another issuer has the same.
    pub subject: String,
    /// The client that asked for the token.
    pub client: Option<String>,
    /// The token's own id (claim `jti`).
    pub token_id: Option<String>,
    /// Names of roles. Those that this service does not know give no rights.
    pub roles: Vec<String>,
    /// CBS codes of municipalities.
    pub municipalities: Vec<String>,
    /// A KvK number.
    pub kvk: Option<String>,
}

/// Two issuers whose bearers would be recorded under the same names.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "bearers of {first} and {second} would be recorded under the same names: give one of them an `actorPrefix`"
)]
pub struct SamePrefix {
    /// One of them.
    pub first: String,
    /// The other.
    pub second: String,
}

/// Checks tokens of the configured issuers.
pub struct TokenVerifier {
    issuers: BTreeMap<String, Issuer>,
    prefixes: BTreeSet<String>,
    validation: Validation,
    remembered: Remembered,
}

/// The one claim that chooses the keys; read before the signature is checked, believed after.
#[derive(Deserialize)]
struct ClaimedIssuer {
    iss: String,
}

impl TokenVerifier {
    /// A verifier for tokens meant for `audience`, from one issuer with these keys.
    #[must_use]
    pub fn new(audience: String, issuers: BTreeMap<String, Vec<VerificationKey>>) -> Self {
        let prefix = |place: usize, name: &str| if place == 0 { String::new() } else { prefix_of(name) };
        let issuers = issuers.into_iter().enumerate().map(|(place, (name, keys))| Issuer {
            actor_prefix: prefix(place, &name),
            ..Issuer::with_keys(name, audience.clone(), keys)
        });
        Self::for_issuers(issuers.collect())
    }

    /// A verifier for tokens of these issuers.
    ///
    /// # Errors
    /// [`SamePrefix`] when two of them could not be told apart in the record.
    pub fn of(issuers: Vec<Issuer>) -> Result<Self, SamePrefix> {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for issuer in &issuers {
            if let Some(first) = seen.insert(&issuer.actor_prefix, &issuer.name) {
                return Err(SamePrefix { first: first.to_owned(), second: issuer.name.clone() });
            }
        }
        Ok(Self::for_issuers(issuers))
    }

    fn for_issuers(issuers: Vec<Issuer>) -> Self {
        // Issuer, audience and times are checked by the issuer: the library would read the system clock,
        // and ours can be set in tests.
        let validation = Validation {
            validate_exp: false,
            validate_aud: false,
            required_spec_claims: HashSet::new(),
            ..Validation::default()
        };
        let prefixes = issuers.iter().map(|issuer| issuer.actor_prefix.clone());
        let prefixes = prefixes.filter(|prefix| !prefix.is_empty()).collect();
        let issuers = issuers.into_iter().map(|issuer| (issuer.name.clone(), issuer)).collect();
        Self { issuers, prefixes, validation, remembered: Remembered::default() }
    }

    /// The bearer of a token that is valid at `now`.
    ///
    /// # Errors
    /// [`TokenError`], which says what is wrong.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Bearer, TokenError> {
        if token.len() > LONGEST_TOKEN {
            return Err(TokenError::TooLarge);
        }
        let signed = self.signed(token)?;
        let issuer = self.issuers.get(&signed.issuer).ok_or(TokenError::Issuer)?;
        let claims = &signed.claims;
        let told = issuer.accept(claims, now.timestamp())?;
        let subject = format!("{}{}", issuer.actor_prefix, told.subject);
        if PersonName::of(&subject).is_err() {
            return Err(TokenError::Name);
        }
        if issuer.actor_prefix.is_empty() && self.prefixes.iter().any(|other| subject.starts_with(other)) {
            // It would be taken for a bearer of that other issuer.
            return Err(TokenError::Name);
        }
        let token_id = claims.text("/jti").map_err(|_| TokenError::Malformed)?;
        if token_id.is_some_and(|id| !can_be_recorded(id)) {
            return Err(TokenError::Name);
        }
        Ok(Bearer {
            subject,
            client: told.client,
            token_id: token_id.map(str::to_owned),
            roles: told.roles,
            municipalities: told.municipalities,
            kvk: told.kvk,
        })
    }

    /// The keys that a token needs, to ask for what is lacking among them.
    #[must_use]
    pub fn ring_for(&self, token: &str) -> Option<Arc<KeyRing>> {
        self.issuer_of(token).ok().map(|issuer| Arc::clone(&issuer.ring))
    }

    fn issuer_of(&self, token: &str) -> Result<&Issuer, TokenError> {
        let claimed: ClaimedIssuer =
            jsonwebtoken::dangerous::insecure_decode_claims(token).map_err(|_| TokenError::Malformed)?;
        self.issuers.get(&claimed.iss).ok_or(TokenError::Issuer)
    }

    /// The claims of a token that a key of its issuer signed, checked now or before under the same keys.
    fn signed(&self, token: &str) -> Result<Signed, TokenError> {
        if let Some(signed) = self.remembered.find(token)
            && let Some(issuer) = self.issuers.get(&signed.issuer)
            && signed.holds_under(&issuer.ring.keys())
        {
            return Ok(signed);
        }
        let header = decode_header(token).map_err(|_| malformed_or_algorithm(token))?;
        if !ALLOWED_ALGORITHMS.contains(&header.alg) {
            return Err(TokenError::Algorithm);
        }
        if header.crit.is_some() || !header.typ.as_deref().is_none_or(is_access_token) {
            return Err(TokenError::Kind);
        }
        let issuer = self.issuer_of(token)?;
        if !issuer.algorithms.contains(&header.alg) {
            return Err(TokenError::Algorithm);
        }
        let keys = issuer.ring.keys();
        let claims = self.signed_claims(token, &header, issuer, &keys)?;
        let signed = Signed::new(issuer.name.clone(), Arc::new(claims), keys);
        self.remembered.keep(token, signed.clone());
        Ok(signed)
    }

    /// The claims, when one of these keys of the issuer signed them.
    fn signed_claims(
        &self,
        token: &str,
        header: &Header,
        issuer: &Issuer,
        keys: &[VerificationKey],
    ) -> Result<ClaimSet, TokenError> {
        let candidates: Vec<_> =
            keys.iter().filter(|key| key.kid.is_none() || key.kid == header.kid).collect();
        if candidates.is_empty() {
            let unfilled = issuer.ring.is_unfilled();
            return Err(if unfilled { TokenError::NoKeysYet } else { TokenError::UnknownKey });
        }
        let mut validation = self.validation.clone();
        validation.algorithms = vec![header.alg];
        // Keys without an id can only be told apart by trying them.
        let mut refused = TokenError::Algorithm;
        for key in candidates.into_iter().filter(|key| key.algorithms.contains(&header.alg)) {
            match decode::<ClaimSet>(token, &key.key, &validation) {
                Ok(decoded) => return Ok(decoded.claims),
                Err(error) => {
                    refused = match error.kind() {
                        ErrorKind::InvalidSignature => TokenError::Signature,
                        _ => TokenError::Malformed,
                    };
                }
            }
        }
        Err(refused)
    }
}

/// What stands before the names of an issuer's bearers, unless something else is configured.
#[must_use]
pub fn prefix_of(issuer: &str) -> String {
    format!("{issuer}#")
}

/// The header types of access tokens (RFC 7519 §5.1, RFC 9068).
fn is_access_token(kind: &str) -> bool {
    ["jwt", "at+jwt", "application/at+jwt"].iter().any(|known| kind.eq_ignore_ascii_case(known))
}

/// The library cannot read a header with `alg: none`; the caller deserves to hear which it was.
fn malformed_or_algorithm(token: &str) -> TokenError {
    if token.split('.').count() == 3 { TokenError::Algorithm } else { TokenError::Malformed }
}

#[cfg(test)]
mod tests;
