//! Checks a token: signature, issuer, audience, validity.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use jsonwebtoken::{Validation, decode, decode_header};
use serde::Deserialize;
use thiserror::Error;

use crate::identity::claims::Claims;
use crate::identity::keys::{ALLOWED_ALGORITHMS, VerificationKey};

/// How far the clocks of issuer and service may differ, in seconds.
const CLOCK_SKEW: i64 = 30;

/// Why a token is not accepted. The text is safe to tell the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TokenError {
    /// Not a JWT, or claims of the wrong shape.
    #[error("the token is not a well-formed JWT with the claims iss, sub, aud and exp")]
    Malformed,
    /// Another kind of token, or with extensions that must be understood (RFC 7515 §4.1.11).
    #[error("the token is not an access token: its header has `crit`, or a `typ` other than JWT or at+jwt")]
    Kind,
    /// A subject or client that cannot be recorded.
    #[error("the claims sub, azp and client_id must hold 1 to 255 characters without control characters")]
    Name,
    /// Signed with something outside the allow-list, or not at all.
    #[error("the token's algorithm is not accepted; accepted are RS256, PS256, ES256 and EdDSA")]
    Algorithm,
    /// From an issuer this service does not trust.
    #[error("the token's issuer is not trusted here")]
    Issuer,
    /// No key of the issuer carries the token's key id.
    #[error("no key of the issuer has the token's key id")]
    UnknownKey,
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
}

/// Checks tokens of the configured issuers.
pub struct TokenVerifier {
    audience: String,
    issuers: BTreeMap<String, Vec<VerificationKey>>,
    validation: Validation,
}

/// The one claim that chooses the keys; read before the signature is checked, believed after.
#[derive(Deserialize)]
struct ClaimedIssuer {
    iss: String,
}

impl TokenVerifier {
    /// A verifier for tokens meant for `audience`, from these issuers and their keys.
    #[must_use]
    pub fn new(audience: String, issuers: BTreeMap<String, Vec<VerificationKey>>) -> Self {
        // Issuer, audience and times are checked below: the library would read the system clock,
        // and ours can be set in tests.
        let validation = Validation {
            validate_exp: false,
            validate_aud: false,
            required_spec_claims: HashSet::new(),
            ..Validation::default()
        };
        Self { audience, issuers, validation }
    }

    /// The claims of a token that is valid at `now`.
    ///
    /// # Errors
    /// [`TokenError`], which says what is wrong.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Claims, TokenError> {
        let header = decode_header(token).map_err(|_| malformed_or_algorithm(token))?;
        if !ALLOWED_ALGORITHMS.contains(&header.alg) {
            return Err(TokenError::Algorithm);
        }
        if header.crit.is_some() || !header.typ.as_deref().is_none_or(is_access_token) {
            return Err(TokenError::Kind);
        }
        let claimed: ClaimedIssuer =
            jsonwebtoken::dangerous::insecure_decode_claims(token).map_err(|_| TokenError::Malformed)?;
        let keys = self.issuers.get(&claimed.iss).ok_or(TokenError::Issuer)?;
        let candidates: Vec<_> =
            keys.iter().filter(|key| key.kid.is_none() || key.kid == header.kid).collect();
        if candidates.is_empty() {
            return Err(TokenError::UnknownKey);
        }
        let mut validation = self.validation.clone();
        validation.algorithms = vec![header.alg];
        // Keys without an id can only be told apart by trying them.
        let mut refused = TokenError::Algorithm;
        for key in candidates.into_iter().filter(|key| key.algorithms.contains(&header.alg)) {
            match decode::<Claims>(token, &key.key, &validation) {
                Ok(decoded) => {
                    self.check(&decoded.claims, now)?;
                    return Ok(decoded.claims);
                }
                Err(error) => {
                    refused = match error.kind() {
                        jsonwebtoken::errors::ErrorKind::InvalidSignature => TokenError::Signature,
                        _ => TokenError::Malformed,
                    };
                }
            }
        }
        Err(refused)
    }

    fn check(&self, claims: &Claims, now: DateTime<Utc>) -> Result<(), TokenError> {
        let now = now.timestamp();
        let names = [Some(&claims.sub), claims.azp.as_ref(), claims.client_id.as_ref()];
        if names.into_iter().flatten().any(|name| !can_be_recorded(name)) {
            return Err(TokenError::Name);
        }
        if !claims.aud.names(&self.audience) {
            return Err(TokenError::Audience);
        }
        if claims.exp.saturating_add(CLOCK_SKEW) <= now {
            return Err(TokenError::Expired);
        }
        if claims.nbf.is_some_and(|nbf| nbf.saturating_sub(CLOCK_SKEW) > now) {
            return Err(TokenError::NotYetValid);
        }
        Ok(())
    }
}

/// The header types of access tokens (RFC 7519 §5.1, RFC 9068).
fn is_access_token(kind: &str) -> bool {
    ["jwt", "at+jwt", "application/at+jwt"].iter().any(|known| kind.eq_ignore_ascii_case(known))
}

/// Names go into the audit record.
fn can_be_recorded(name: &str) -> bool {
    !name.trim().is_empty() && name.chars().count() <= 255 && !name.chars().any(char::is_control)
}

/// The library cannot read a header with `alg: none`; the caller deserves to hear which it was.
fn malformed_or_algorithm(token: &str) -> TokenError {
    if token.split('.').count() == 3 { TokenError::Algorithm } else { TokenError::Malformed }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::{EncodingKey, Header, encode};

    use super::*;
    use crate::identity::claims::Audience;
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
    fn verdict(change: impl FnOnce(&mut Claims)) -> Result<Claims, TokenError> {
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
        assert_eq!(verdict(|_| {}), Ok(claims()));
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
}
