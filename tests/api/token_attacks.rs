//! Tokens made to be believed: each way that is known, refused.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use serde_json::{Value, json};
use trede::identity::signer::TokenSigner;
use trede_model::frame::role::Role;
use trede_service::clock::Clock;

use crate::app::{ISSUER, KID, TestApp, UTRECHT};
use crate::support;

const PATH: &str = "/v1/municipalities/gm0344/tenders";

async fn app() -> TestApp {
    TestApp::on(support::sqlite()).await
}

fn encoded(part: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(part)
}

/// The claims of a buyer, as JSON.
fn claims(app: &TestApp) -> Value {
    serde_json::to_value(app.claims(Role::Buyer)).unwrap()
}

/// A token of these parts, with an HMAC for a signature.
fn with_hmac(header: &Value, claims: &str, secret: &[u8]) -> String {
    let signed = format!("{}.{}", encoded(&header.to_string()), encoded(claims));
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), signed.as_bytes());
    format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(tag))
}

/// The parts of a good token with another header, whose signature is that of the good one.
fn with_header(app: &TestApp, header: &Value) -> String {
    let good = app.signer.sign(&claims(app)).unwrap();
    let (_, rest) = good.split_once('.').unwrap();
    format!("{}.{rest}", encoded(&header.to_string()))
}

async fn refused(app: &TestApp, token: String, why: &str) {
    let shown = token.chars().take(80).collect::<String>();
    let answer = app.with_token(token).get(PATH).await;
    let challenge = answer.header("www-authenticate").unwrap_or_default().to_owned();
    assert!(
        challenge.starts_with("Bearer ") && challenge.contains("error=\"invalid_token\""),
        "{why}: {challenge}"
    );
    let (code, problem) = answer.problem(401);
    assert_eq!(code, "invalid-token", "{why}: {shown}: {problem}");
}

async fn refused_claims(app: &TestApp, change: Value, why: &str) {
    let mut claims = claims(app);
    claims.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    refused(app, app.signer.sign(&claims).unwrap(), why).await;
}

#[actix_web::test]
async fn a_token_without_a_signature_is_refused_however_none_is_written() {
    let app = app().await;
    let claims = encoded(&claims(&app).to_string());
    for none in ["none", "None", "NONE", "nOnE", ""] {
        let header = encoded(&json!({"alg": none, "typ": "JWT", "kid": KID}).to_string());
        refused(&app, format!("{header}.{claims}."), none).await;
        refused(&app, format!("{header}.{claims}"), none).await;
    }
    let header = encoded(&json!({"alg": "EdDSA", "typ": "JWT", "kid": KID}).to_string());
    refused(&app, format!("{header}.{claims}."), "an empty signature").await;
    refused(&app, format!("{header}.{claims}.{}", encoded(&"\0".repeat(64))), "zeros").await;
}

#[actix_web::test]
async fn a_public_key_is_no_shared_secret() {
    let app = app().await;
    let jwks = app.signer.public_jwks().unwrap();
    let x = serde_json::from_str::<Value>(&jwks).unwrap()["keys"][0]["x"].as_str().unwrap().to_owned();
    let raw = BASE64_URL_SAFE_NO_PAD.decode(&x).unwrap();
    let claims = claims(&app).to_string();
    for alg in ["HS256", "HS384", "HS512"] {
        let header = json!({"alg": alg, "typ": "JWT", "kid": KID});
        for secret in [jwks.as_bytes(), x.as_bytes(), &raw, b""] {
            refused(&app, with_hmac(&header, &claims, secret), alg).await;
        }
    }
    // The right name of the algorithm over the wrong kind of signature.
    let header = json!({"alg": "EdDSA", "typ": "JWT", "kid": KID});
    refused(&app, with_hmac(&header, &claims, &raw), "an HMAC called EdDSA").await;
}

#[actix_web::test]
async fn a_key_that_a_token_brings_along_or_points_to_is_not_used() {
    let app = app().await;
    let attacker = TokenSigner::generate("evil").unwrap();
    let key: Value =
        serde_json::from_str::<Value>(&attacker.public_jwks().unwrap()).unwrap()["keys"][0].clone();
    let jwk: Jwk = serde_json::from_value(key).unwrap();
    let claims = claims(&app);
    for kid in [KID, "evil"] {
        for extra in [
            json!({"jwk": jwk}),
            json!({"jku": "https://evil.example/jwks"}),
            json!({"x5u": "https://evil.example/cert"}),
            json!({"x5c": ["MIIB"]}),
        ] {
            let mut header = json!({"alg": "EdDSA", "typ": "JWT", "kid": kid});
            header.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            let signed = attacker.sign(&claims).unwrap();
            let (_, rest) = signed.split_once('.').unwrap();
            refused(&app, format!("{}.{rest}", encoded(&header.to_string())), &extra.to_string()).await;
        }
    }
    // The attacker's key under the issuer's name for its own.
    refused(&app, TokenSigner::generate(KID).unwrap().sign(&claims).unwrap(), "the same kid").await;
}

#[actix_web::test]
async fn a_key_id_is_a_name_and_nothing_else() {
    let app = app().await;
    for kid in [
        "../../../../dev/null",
        "/etc/passwd",
        "https://evil.example/jwks",
        "x' UNION SELECT 'secret' -- ",
        "test\0",
        "TEST",
        "",
        "test|cat /etc/passwd",
        &"k".repeat(4096),
    ] {
        let header = json!({"alg": "EdDSA", "typ": "JWT", "kid": kid});
        refused(&app, with_header(&app, &header), kid).await;
        refused(&app, with_hmac(&header, &claims(&app).to_string(), b""), kid).await;
    }
    for odd in [json!(1), json!(["test"]), json!({"test": 1})] {
        let header = json!({"alg": "EdDSA", "typ": "JWT", "kid": odd});
        refused(&app, with_header(&app, &header), "a kid that is no text").await;
    }
}

#[actix_web::test]
async fn another_issuer_or_audience_is_refused_however_like_ours_it_looks() {
    let app = app().await;
    for iss in [
        "https://evil.example",
        &format!("{ISSUER}/"),
        &ISSUER.to_uppercase(),
        " https://login.example.nl",
        "",
    ] {
        refused_claims(&app, json!({"iss": iss}), iss).await;
    }
    for aud in [
        json!("other"),
        json!("TREDE"),
        json!("trede2"),
        json!(["other", "tred"]),
        json!([]),
        json!(null),
        json!({"trede": 1}),
    ] {
        refused_claims(&app, json!({"aud": aud}), "audience").await;
    }
    refused_claims(&app, json!({"iss": [ISSUER, "https://evil.example"]}), "two issuers").await;
}

#[actix_web::test]
async fn times_that_have_passed_or_not_come_are_refused() {
    let app = app().await;
    let now = app.clock.now().timestamp();
    for (change, why) in [
        (json!({"exp": now - 31}), "expired"),
        (json!({"exp": 0}), "expired long ago"),
        (json!({"exp": i64::MIN}), "expired before time"),
        (json!({"exp": null}), "no expiry"),
        (json!({"exp": "never"}), "an expiry in words"),
        (json!({"exp": 1e300}), "an expiry beyond reckoning"),
        (json!({"nbf": now + 31}), "not yet"),
        (json!({"iat": now + 31}), "issued in the future"),
        (json!({"iat": "now"}), "issued in words"),
        (json!({"nbf": i64::MAX}), "never"),
    ] {
        refused_claims(&app, change, why).await;
    }
}

#[actix_web::test]
async fn a_huge_token_is_refused_before_it_is_read() {
    let app = app().await;
    let mut claims = claims(&app);
    claims["groups"] = json!(vec!["g".repeat(36); 600]);
    let token = app.signer.sign(&claims).unwrap();
    let (_, problem) = app.with_token(token).get(PATH).await.problem(401);
    assert!(problem["detail"].as_str().unwrap().contains("16 KiB"), "{problem}");
}

#[actix_web::test]
async fn claims_that_stand_twice_or_have_another_shape_are_refused() {
    let app = app().await;
    let good = claims(&app).to_string();
    let body = good.strip_prefix('{').unwrap();
    for twice in
        [r#""roles": ["operator"]"#, r#""sub": "x""#, r#""iss": "x""#, r#""exp": 1"#, r#""aud": "trede""#]
    {
        let token = signed_text(&app, &format!("{{{twice}, {body}"));
        refused(&app, token, twice).await;
    }
    for change in [
        json!({"sub": ["buyer-1", "operator-1"]}),
        json!({"sub": {"toString": "operator-1"}}),
        json!({"sub": null}),
        json!({"sub": "a\u{0}b"}),
        json!({"sub": "x".repeat(256)}),
        json!({"roles": {"0": "operator"}}),
        json!({"roles": [["operator"]]}),
        json!({"roles": 1}),
        json!({"municipalities": {"gm0344": true}}),
        json!({"azp": ["a", "b"]}),
        json!({"jti": ["a"]}),
        json!({"kvk": ["69599068"]}),
    ] {
        refused_claims(&app, change.clone(), &change.to_string()).await;
    }
}

/// Claims as they are written, signed with the right key.
fn signed_text(app: &TestApp, claims: &str) -> String {
    let raw = serde_json::value::RawValue::from_string(claims.to_owned()).unwrap();
    app.signer.sign(&raw).unwrap()
}

#[actix_web::test]
async fn a_token_that_must_be_understood_differently_is_refused() {
    let app = app().await;
    for header in [
        json!({"alg": "EdDSA", "kid": KID, "typ": "JWT", "crit": ["exp"]}),
        json!({"alg": "EdDSA", "kid": KID, "typ": "JWT", "crit": ["b64"], "b64": false}),
        json!({"alg": "EdDSA", "kid": KID, "typ": "logout+jwt"}),
        json!({"alg": "EdDSA", "kid": KID, "typ": "ID"}),
    ] {
        refused(&app, with_header(&app, &header), &header.to_string()).await;
    }
}

#[actix_web::test]
async fn a_token_that_was_changed_after_signing_is_refused() {
    let app = app().await;
    let good = app.signer.sign(&claims(&app)).unwrap();
    let parts: Vec<_> = good.split('.').collect();
    let mut claims = claims(&app);
    claims["roles"] = json!(["operator"]);
    refused(&app, format!("{}.{}.{}", parts[0], encoded(&claims.to_string()), parts[2]), "roles").await;
    for cut in
        [format!("{good}."), format!("{good}.x"), good[..good.len() - 2].to_owned(), format!(".{good}")]
    {
        refused(&app, cut, "cut").await;
    }
}

#[actix_web::test]
async fn names_that_look_like_rights_give_none() {
    let app = app().await;
    for roles in
        [json!(["OPERATOR"]), json!(["operator "]), json!(["operator,auditor"]), json!(["*"]), json!("admin")]
    {
        let mut claims = claims(&app);
        claims["roles"] = roles.clone();
        let answer = app.with_token(app.signer.sign(&claims).unwrap()).get(PATH).await;
        assert!(answer.header("www-authenticate").unwrap().contains("error=\"insufficient_scope\""));
        assert_eq!(answer.problem(403).0, "forbidden", "{roles}");
    }
    for municipalities in
        [json!(["*"]), json!(["GM0344"]), json!(["gm0344,gm0363"]), json!([]), json!(["gm0363"])]
    {
        let mut claims = claims(&app);
        claims["municipalities"] = municipalities.clone();
        let answer = app.with_token(app.signer.sign(&claims).unwrap()).get(PATH).await;
        assert_eq!(answer.problem(403).0, "foreign-municipality", "{municipalities}");
    }
    assert!(PATH.contains(UTRECHT));
}

#[actix_web::test]
async fn a_role_in_the_path_the_query_or_another_header_gives_none() {
    let app = app().await;
    let buyer = app.as_role(Role::Buyer);
    let body = json!({"id": UTRECHT, "name": "Utrecht", "roles": ["operator"]});
    buyer.post("/v1/municipalities?roles=operator", body).await.problem(403);
    let answer = buyer
        .send(actix_web::http::Method::POST, "/v1/municipalities", |r| {
            r.insert_header(("X-Roles", "operator"))
                .insert_header(("X-Forwarded-User", "operator-1"))
                .set_json(json!({"id": UTRECHT, "name": "Utrecht"}))
        })
        .await;
    assert_eq!(answer.problem(403).0, "forbidden");
}

#[actix_web::test]
async fn two_tokens_in_one_request_are_none() {
    let app = app().await;
    let [buyer, operator] =
        [Role::Buyer, Role::Operator].map(|role| app.signer.sign(&app.claims(role)).unwrap());
    let answer = app
        .as_nobody()
        .send(actix_web::http::Method::GET, PATH, |r| {
            r.append_header(("Authorization", format!("Bearer {buyer}")))
                .append_header(("Authorization", format!("Bearer {operator}")))
        })
        .await;
    assert_eq!(answer.problem(401).0, "no-token");
}
