//! Checks a token: signature, issuer, audience, validity.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Header, Validation, decode, decode_header};
use serde::Deserialize;
use thiserror::Error;

use crate::identity::claim_set::ClaimSet;
use crate::identity::issuer::{Issuer, can_be_recorded};
use crate::identity::key_ring::KeyRing;
use crate::identity::keys::{ALLOWED_ALGORITHMS, VerificationKey};
use crate::identity::remembered::{Remembered, Signed};

/// The most bytes of a token. Those of large organisations, with all their groups, stay below 8 KiB.
pub const LONGEST_TOKEN: usize = 16 * 1024;

/// Why a token is not accepted. The text is safe to tell the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TokenError {
    /// Larger than a token can reasonably be.
    #[error("the token is larger than 16 KiB")]
    TooLarge,
    /// Not a JWT, or claims of the wrong shape.
    #[error(
        "the token is not a well-formed JWT with the claims iss, sub, aud and exp, each once and of its own shape"
    )]
    Malformed,
    /// Another kind of token, or with extensions that must be understood (RFC 7515 §4.1.11).
    #[error("the token is not an access token: its header has `crit`, or a `typ` other than JWT or at+jwt")]
    Kind,
    /// A subject or client that cannot be recorded.
    #[error("the claims for subject and client must hold 1 to 255 characters without control characters")]
    Name,
    /// Signed with something outside the allow-list, or not at all.
    #[error("the token's algorithm is not accepted from this issuer; RS256, PS256, ES256 and EdDSA can be")]
    Algorithm,
    /// From an issuer this service does not trust.
    #[error("the token's issuer is not trusted here")]
    Issuer,
    /// No key of the issuer carries the token's key id.
    #[error("no key of the issuer has the token's key id")]
    UnknownKey,
    /// The issuer's keys could not be fetched since the service was started.
    #[error("the issuer's keys cannot be fetched at the moment")]
    NoKeysYet,
    /// The signature does not match.
    #[error("the token's signature does not match")]
    Signature,
    /// Meant for another service.
    #[error("the token is meant for another audience")]
    Audience,
    /// Too old.
    #[error("the token has expired")]
    Expired,
    /// Too new.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// Valid for longer than tokens may be here.
    #[error("the token is valid for longer than is accepted here")]
    TooLongValid,
    /// Taken back before its time.
    #[error("the token was revoked")]
    Revoked,
}

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

    /// The keys of every issuer, with its name.
    pub fn rings(&self) -> impl Iterator<Item = (&str, Arc<KeyRing>)> {
        self.issuers.iter().map(|(name, issuer)| (name.as_str(), Arc::clone(&issuer.ring)))
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
mod tests {
    use jsonwebtoken::{EncodingKey, Header, encode};

    use super::*;
    use crate::identity::claims::{Audience, Claims};
    use crate::identity::install_crypto;
    use crate::identity::keys::parse_keys;
    use crate::identity::signer::TokenSigner;

    const ISSUER: &str = "https://login.example.nl";
    const NOON: i64 = 1_800_000_000;

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(NOON, 0).unwrap()
    }

    fn claims() -> Claims {
        Claims {
            iss: ISSUER.to_owned(),
            sub: "somebody".to_owned(),
            aud: Audience::Many(vec!["other".to_owned(), "trede".to_owned()]),
            exp: NOON + 60,
            nbf: Some(NOON - 60),
            azp: None,
            client_id: None,
            roles: vec!["buyer".to_owned()],
            municipalities: vec!["gm0344".to_owned()],
            kvk: None,
        }
    }

    fn signer(kid: &str) -> TokenSigner {
        install_crypto();
        TokenSigner::generate(kid).unwrap()
    }

    fn verifier(jwks: &str) -> TokenVerifier {
        let issuers = BTreeMap::from([(ISSUER.to_owned(), parse_keys(jwks).unwrap())]);
        TokenVerifier::new("trede".to_owned(), issuers)
    }

    /// The verdict on claims that were changed before they were signed with the right key.
    fn verdict(change: impl FnOnce(&mut Claims)) -> Result<Bearer, TokenError> {
        let signer = signer("one");
        let mut claims = claims();
        change(&mut claims);
        let token = signer.sign(&claims).unwrap();
        verifier(&signer.public_jwks().unwrap()).verify(&token, noon())
    }

    #[test]
    fn a_subject_that_cannot_be_recorded_is_refused() {
        for name in ["", " ", "a\u{0}b", &"x".repeat(256)] {
            assert_eq!(verdict(|claims| claims.sub = name.to_owned()), Err(TokenError::Name), "{name:?}");
            let as_client = verdict(|claims| claims.azp = Some(name.to_owned()));
            assert_eq!(as_client, Err(TokenError::Name), "{name:?}");
        }
    }

    #[test]
    fn another_kind_of_token_of_the_same_issuer_is_refused() {
        assert!(is_access_token("JWT") && is_access_token("at+jwt"));
        assert!(!is_access_token("logout+jwt"));
    }

    #[test]
    fn keys_without_an_id_are_all_tried() {
        let (old, new) = (signer("old"), signer("new"));
        let without_id = |signer: &TokenSigner| -> serde_json::Value {
            let mut keys: serde_json::Value = serde_json::from_str(&signer.public_jwks().unwrap()).unwrap();
            let key = keys["keys"][0].as_object_mut().unwrap();
            key.remove("kid");
            serde_json::Value::Object(key.clone())
        };
        let jwks = serde_json::json!({ "keys": [without_id(&old), without_id(&new)] }).to_string();
        for signer in [old, new] {
            assert!(verifier(&jwks).verify(&signer.sign(&claims()).unwrap(), noon()).is_ok());
        }
        let stranger = self::signer("stranger");
        let refused = verifier(&jwks).verify(&stranger.sign(&claims()).unwrap(), noon());
        assert_eq!(refused, Err(TokenError::Signature));
    }

    #[test]
    fn a_token_of_a_known_issuer_is_accepted_with_its_claims() {
        let bearer = verdict(|claims| claims.client_id = Some("portal".to_owned())).unwrap();
        let expected = Bearer {
            subject: "somebody".to_owned(),
            client: Some("portal".to_owned()),
            token_id: None,
            roles: vec!["buyer".to_owned()],
            municipalities: vec!["gm0344".to_owned()],
            kvk: None,
        };
        assert_eq!(bearer, expected);
    }

    #[test]
    fn times_audience_and_issuer_are_checked_with_half_a_minute_of_skew() {
        assert!(verdict(|claims| claims.exp = NOON - 29).is_ok());
        assert_eq!(verdict(|claims| claims.exp = NOON - 30), Err(TokenError::Expired));
        assert!(verdict(|claims| claims.nbf = Some(NOON + 30)).is_ok());
        assert_eq!(verdict(|claims| claims.nbf = Some(NOON + 31)), Err(TokenError::NotYetValid));
        assert_eq!(
            verdict(|claims| claims.aud = Audience::One("other".to_owned())),
            Err(TokenError::Audience)
        );
        assert_eq!(verdict(|claims| claims.iss = "https://evil.example".to_owned()), Err(TokenError::Issuer));
    }

    #[test]
    fn another_key_of_the_same_name_does_not_pass() {
        let token = signer("one").sign(&claims()).unwrap();
        let verifier = verifier(&signer("one").public_jwks().unwrap());
        assert_eq!(verifier.verify(&token, noon()), Err(TokenError::Signature));
    }

    #[test]
    fn a_token_that_was_seen_before_is_still_held_to_its_times() {
        let signer = signer("one");
        let verifier = verifier(&signer.public_jwks().unwrap());
        let token = signer.sign(&claims()).unwrap();
        assert!(verifier.verify(&token, noon()).is_ok());
        assert!(verifier.verify(&token, noon()).is_ok());
        let later = noon() + chrono::TimeDelta::minutes(2);
        assert_eq!(verifier.verify(&token, later), Err(TokenError::Expired));
        let earlier = noon() - chrono::TimeDelta::minutes(2);
        assert_eq!(verifier.verify(&token, earlier), Err(TokenError::NotYetValid));
    }

    #[test]
    fn a_token_that_was_seen_before_falls_with_the_key_that_signed_it() {
        let (old, new) = (signer("old"), signer("new"));
        let keys = |signer: &TokenSigner| parse_keys(&signer.public_jwks().unwrap()).unwrap();
        let ring = Arc::new(KeyRing::fetched(keys(&old), crate::identity::key_ring::FetchPace::default()));
        let issuer = Issuer {
            ring: Arc::clone(&ring),
            ..Issuer::with_keys(ISSUER.to_owned(), "trede".to_owned(), Vec::new())
        };
        let verifier = TokenVerifier::of(vec![issuer]).unwrap();
        let token = old.sign(&claims()).unwrap();
        assert!(verifier.verify(&token, noon()).is_ok());
        assert!(ring.wait_until_due());
        ring.take(Some(keys(&new)));
        assert_eq!(verifier.verify(&token, noon()), Err(TokenError::UnknownKey));
    }

    #[test]
    fn a_key_id_that_the_issuer_does_not_have_is_unknown() {
        let signer_two = signer("two");
        let token = signer_two.sign(&claims()).unwrap();
        let verifier = verifier(&signer("one").public_jwks().unwrap());
        assert_eq!(verifier.verify(&token, noon()), Err(TokenError::UnknownKey));
    }

    #[test]
    fn a_public_key_used_as_a_shared_secret_does_not_pass() {
        let jwks = signer("one").public_jwks().unwrap();
        let mut header = Header::new(jsonwebtoken::Algorithm::HS256);
        header.kid = Some("one".to_owned());
        let token = encode(&header, &claims(), &EncodingKey::from_secret(jwks.as_bytes())).unwrap();
        let verdict = verifier(&jwks).verify(&token, noon());
        assert_eq!(verdict, Err(TokenError::Algorithm));
    }

    #[test]
    fn a_token_without_a_signature_does_not_pass() {
        let signer = signer("one");
        let token = signer.sign(&claims()).unwrap();
        let payload = token.split('.').nth(1).unwrap();
        // {"alg":"none","typ":"JWT"}
        let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{payload}.");
        let verifier = verifier(&signer.public_jwks().unwrap());
        assert_eq!(verifier.verify(&unsigned, noon()), Err(TokenError::Algorithm));
        for junk in ["", "a.b", "a.b.c", "....", "é.é.é"] {
            assert!(verifier.verify(junk, noon()).is_err(), "{junk}");
        }
    }

    #[test]
    fn the_same_name_of_two_issuers_is_two_actors() {
        const OTHER: &str = "https://other.example.nl";
        let signer = signer("one");
        let keys = || parse_keys(&signer.public_jwks().unwrap()).unwrap();
        let issuers = BTreeMap::from([(ISSUER.to_owned(), keys()), (OTHER.to_owned(), keys())]);
        let verifier = TokenVerifier::new("trede".to_owned(), issuers);
        let subject = |iss: &str, sub: &str| {
            let claims = Claims { iss: iss.to_owned(), sub: sub.to_owned(), ..claims() };
            verifier.verify(&signer.sign(&claims).unwrap(), noon()).map(|bearer| bearer.subject)
        };
        assert_eq!(subject(ISSUER, "jansen").unwrap(), "jansen");
        assert_eq!(subject(OTHER, "jansen").unwrap(), "https://other.example.nl#jansen");
        let disguised = subject(ISSUER, "https://other.example.nl#jansen");
        assert_eq!(disguised, Err(TokenError::Name));
    }

    #[test]
    fn issuers_that_could_not_be_told_apart_are_refused() {
        let issuer = |name: &str| Issuer::with_keys(name.to_owned(), "trede".to_owned(), Vec::new());
        let same = TokenVerifier::of(vec![issuer("a"), issuer("b")]).err().unwrap();
        assert_eq!((same.first.as_str(), same.second.as_str()), ("a", "b"));
    }

    #[test]
    fn an_issuer_is_held_to_its_own_algorithms_and_to_the_longest_validity() {
        let signer = signer("one");
        let keys = || parse_keys(&signer.public_jwks().unwrap()).unwrap();
        let verdict = |issuer: Issuer| {
            let verifier = TokenVerifier::of(vec![issuer]).unwrap();
            verifier.verify(&signer.sign(&claims()).unwrap(), noon())
        };
        let usual = || Issuer::with_keys(ISSUER.to_owned(), "trede".to_owned(), keys());
        let rsa = Issuer { algorithms: vec![jsonwebtoken::Algorithm::RS256], ..usual() };
        assert_eq!(verdict(rsa), Err(TokenError::Algorithm));
        // The claims are valid for two minutes.
        assert!(verdict(Issuer { longest_validity: Some(120), ..usual() }).is_ok());
        assert_eq!(verdict(Issuer { longest_validity: Some(119), ..usual() }), Err(TokenError::TooLongValid));
    }
}
