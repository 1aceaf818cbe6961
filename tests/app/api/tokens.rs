//! Tokens that are not accepted, and what is said about them.

use actix_web::http::Method;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::json;
use trede::identity::claims::{Audience, Claims};
use trede::identity::signer::TokenSigner;
use trede_model::frame::role::Role;

use crate::api::app::{KID, TestApp, UTRECHT};
use crate::support;

const PATH: &str = "/v1/municipalities";

/// The code of the problem that a request with the token ends in.
async fn refused(app: &TestApp, token: String) -> String {
    let answer = app.with_token(token).get(PATH).await;
    let challenge = answer.header("www-authenticate").unwrap().to_owned();
    assert!(challenge.starts_with("Bearer "), "{challenge}");
    assert!(challenge.contains("error=\"invalid_token\""), "{challenge}");
    let (code, problem) = answer.problem(401);
    assert_eq!(code, "invalid-token");
    problem["detail"].as_str().unwrap().to_owned()
}

async fn refused_claims(app: &TestApp, change: impl FnOnce(&mut Claims)) -> String {
    let mut claims = app.claims(Role::Buyer);
    change(&mut claims);
    refused(app, app.signer.sign(&claims).unwrap()).await
}

#[actix_web::test]
async fn a_request_without_a_token_is_told_how_to_authenticate() {
    let app = TestApp::on(support::sqlite()).await;
    let answer = app.as_nobody().get(PATH).await;
    assert_eq!(answer.header("www-authenticate"), Some("Bearer realm=\"trede\""));
    assert_eq!(answer.problem(401).0, "no-token");
    for header in ["Basic YTpi", "Bearer", "Bearer ", "token"] {
        let answer = app
            .as_nobody()
            .send(Method::GET, PATH, |request| request.insert_header(("Authorization", header)))
            .await;
        assert_eq!(answer.problem(401).0, "no-token", "{header}");
    }
}

#[actix_web::test]
async fn a_caller_is_told_who_it_is_and_what_it_may_do() {
    let app = TestApp::on(support::sqlite()).await;
    app.as_nobody().get("/v1/caller").await.problem(401);
    let mut claims = app.claims(Role::Contractor);
    claims.kvk = Some("69599068".to_owned());
    let told = app.with_claims(claims).get("/v1/caller").await.expect(200).json();
    assert_eq!((&told["subject"], &told["client"]), (&json!("contractor-1"), &json!("test-suite")));
    assert_eq!((&told["roles"], &told["kvk"]), (&json!(["contractor"]), &json!("69599068")));
    assert_eq!(told["municipalities"], json!([UTRECHT]));
    let may = |operation: &str| told["operations"].as_array().unwrap().contains(&operation.into());
    assert!(may("create_entry") && may("get_caller") && !may("approve_entry"), "{told}");
}

#[actix_web::test]
async fn a_token_in_the_query_is_not_looked_at() {
    let app = TestApp::on(support::sqlite()).await;
    let token = app.signer.sign(&app.claims(Role::Buyer)).unwrap();
    let answer = app.as_nobody().get(&format!("{PATH}?access_token={token}")).await;
    assert_eq!(answer.problem(401).0, "no-token");
}

#[actix_web::test]
async fn an_expired_foreign_or_early_token_is_refused_with_the_reason() {
    let app = TestApp::on(support::sqlite()).await;
    app.as_role(Role::Buyer).get(PATH).await.expect(200);
    let expired = refused_claims(&app, |claims| claims.exp -= 7200).await;
    assert!(expired.contains("expired"), "{expired}");
    let early = refused_claims(&app, |claims| claims.nbf = Some(claims.exp)).await;
    assert!(early.contains("not valid yet"), "{early}");
    let foreign = refused_claims(&app, |claims| claims.iss = "https://evil.example".to_owned()).await;
    assert!(foreign.contains("issuer"), "{foreign}");
    let elsewhere = refused_claims(&app, |claims| claims.aud = Audience::One("other".to_owned())).await;
    assert!(elsewhere.contains("audience"), "{elsewhere}");
}

#[actix_web::test]
async fn a_forged_token_is_refused() {
    let app = TestApp::on(support::sqlite()).await;
    let claims = app.claims(Role::Operator);
    let other = TokenSigner::generate(KID).unwrap();
    let forged = refused(&app, other.sign(&claims).unwrap()).await;
    assert!(forged.contains("signature"), "{forged}");

    let public = app.signer.public_jwks().unwrap();
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some(KID.to_owned());
    let confused = encode(&header, &claims, &EncodingKey::from_secret(public.as_bytes())).unwrap();
    assert!(refused(&app, confused).await.contains("algorithm"));

    let signed = app.signer.sign(&claims).unwrap();
    let payload = signed.split('.').nth(1).unwrap();
    // {"alg":"none","typ":"JWT"}
    let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{payload}.");
    assert!(refused(&app, unsigned).await.contains("algorithm"));
    for junk in ["x", "a.b.c", "e30.e30.", &"x".repeat(20_000)] {
        refused(&app, junk.to_owned()).await;
    }
}
