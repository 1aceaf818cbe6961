//! What a token must be, and what is refused.

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
fn nobody_is_let_in_under_a_word_of_the_service() {
    for word in ["sealed", "trede", "removed:0190a5c8-0000-7000-8000-000000000001"] {
        assert_eq!(verdict(|claims| claims.sub = word.to_owned()), Err(TokenError::Name), "{word}");
    }
    let program = verdict(|claims| claims.azp = Some("trede".to_owned()));
    assert!(program.is_ok(), "a program may have the name");
}

#[test]
fn a_subject_that_cannot_be_recorded_is_refused() {
    for name in ["", " ", "a\u{0}b", &"x".repeat(256), "open\u{200b}er", "\u{43e}pener", "a\u{a0}b"] {
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
    assert_eq!(verdict(|claims| claims.aud = Audience::One("other".to_owned())), Err(TokenError::Audience));
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
