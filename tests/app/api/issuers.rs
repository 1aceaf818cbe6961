//! Issuers whose keys are fetched, and that write their claims in their own way.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use trede::identity::issuer::Issuer;
use trede::identity::key_ring::{FetchPace, KeyRing};
use trede::identity::keys::parse_keys;
use trede::identity::signer::TokenSigner;
use trede::identity::verifier::{TokenVerifier, prefix_of};
use trede_integrations::jwks::JwksClient;
use trede_service::clock::Clock;
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::api::app::{Answer, ISSUER, TestApp};
use crate::support;

/// How soon keys may be fetched again.
const SOON: Duration = Duration::from_millis(50);
const PATH: &str = "/v1/municipalities/gm0344/tenders";

/// An issuer that fetches its keys as the service does, at this pace.
fn fetching(server: &MockServer, at_most_every: Duration) -> Issuer {
    let pace = FetchPace { refresh: Duration::from_secs(600), at_most_every };
    let ring = Arc::new(KeyRing::fetched(Vec::new(), pace));
    let url = format!("{}/jwks", server.uri());
    let kept = Arc::clone(&ring);
    std::thread::spawn(move || {
        let client = JwksClient::new(url).unwrap();
        while kept.wait_until_due() {
            kept.take(client.fetch().ok().and_then(|text| parse_keys(&text).ok()));
        }
    });
    Issuer { ring, ..Issuer::with_keys(ISSUER.to_owned(), "trede".to_owned(), Vec::new()) }
}

/// A server that no other test has had: keepers of keys live as long as the process.
async fn server_of_its_own() -> MockServer {
    MockServer::builder().start().await
}

async fn answers_with(server: &MockServer, keys: Option<&TokenSigner>) {
    server.reset().await;
    let answer = match keys {
        Some(signer) => ResponseTemplate::new(200).set_body_string(signer.public_jwks().unwrap()),
        None => ResponseTemplate::new(503),
    };
    Mock::given(path("/jwks")).respond_with(answer).mount(server).await;
    actix_web::rt::time::sleep(SOON).await;
}

async fn app_of(issuers: Vec<Issuer>) -> TestApp {
    TestApp::with(support::sqlite(), |state| state.verifier = TokenVerifier::of(issuers).unwrap()).await
}

async fn ask(app: &TestApp, signer: &TokenSigner, claims: &Value) -> Answer {
    let now = app.clock.now().timestamp();
    let mut all = json!({"iss": ISSUER, "sub": "jansen", "aud": "trede", "exp": now + 600});
    all.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
    app.with_token(signer.sign(&all).unwrap()).get(PATH).await
}

fn buyer() -> Value {
    json!({"roles": ["buyer"], "municipalities": ["gm0344"]})
}

fn signer(kid: &str) -> TokenSigner {
    trede::identity::install_crypto();
    TokenSigner::generate(kid).unwrap()
}

#[actix_web::test]
async fn keys_are_fetched_and_fetched_again_when_the_issuer_made_a_new_one() {
    let (server, old, new) = (server_of_its_own().await, signer("old"), signer("new"));
    answers_with(&server, Some(&old)).await;
    let app = app_of(vec![fetching(&server, SOON)]).await;
    ask(&app, &old, &buyer()).await.expect(200);
    answers_with(&server, Some(&new)).await;
    ask(&app, &new, &buyer()).await.expect(200);
    let (_, problem) = ask(&app, &old, &buyer()).await.problem(401);
    assert!(problem["detail"].as_str().unwrap().contains("no key of the issuer"), "{problem}");
}

#[actix_web::test]
async fn made_up_key_ids_do_not_make_the_issuer_be_asked_over_and_over() {
    let (server, known) = (server_of_its_own().await, signer("known"));
    answers_with(&server, Some(&known)).await;
    let app = app_of(vec![fetching(&server, Duration::from_secs(600))]).await;
    ask(&app, &known, &buyer()).await.expect(200);
    for number in 0..20 {
        ask(&app, &signer(&format!("made-up-{number}")), &buyer()).await.problem(401);
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[actix_web::test]
async fn known_keys_serve_on_while_the_issuer_is_down() {
    let (server, known) = (server_of_its_own().await, signer("known"));
    answers_with(&server, Some(&known)).await;
    let app = app_of(vec![fetching(&server, SOON)]).await;
    ask(&app, &known, &buyer()).await.expect(200);
    answers_with(&server, None).await;
    ask(&app, &signer("stranger"), &buyer()).await.problem(401);
    ask(&app, &known, &buyer()).await.expect(200);
}

#[actix_web::test]
async fn without_any_keys_of_the_issuer_nobody_can_tell_and_that_is_said() {
    let (server, known) = (server_of_its_own().await, signer("known"));
    answers_with(&server, None).await;
    let app = app_of(vec![fetching(&server, SOON)]).await;
    let answer = ask(&app, &known, &buyer()).await;
    assert_eq!(answer.header("retry-after"), Some("30"));
    assert_eq!(answer.problem(503).0, "no-issuer-keys");
    answers_with(&server, Some(&known)).await;
    ask(&app, &known, &buyer()).await.expect(200);
}

#[actix_web::test]
async fn a_key_set_that_is_none_or_too_large_changes_nothing() {
    let (server, known) = (server_of_its_own().await, signer("known"));
    answers_with(&server, Some(&known)).await;
    let app = app_of(vec![fetching(&server, SOON)]).await;
    ask(&app, &known, &buyer()).await.expect(200);
    let redirect = ResponseTemplate::new(302).insert_header("Location", "/elsewhere");
    let bodies = ["<html>", "{\"keys\": []}", &" ".repeat(1024 * 1024 + 1)]
        .map(|body| ResponseTemplate::new(200).set_body_string(body));
    for answer in bodies.into_iter().chain([redirect]) {
        server.reset().await;
        Mock::given(path("/jwks")).respond_with(answer).mount(&server).await;
        actix_web::rt::time::sleep(SOON).await;
        ask(&app, &signer("stranger"), &buyer()).await.problem(401);
        ask(&app, &known, &buyer()).await.expect(200);
    }
}

#[actix_web::test]
async fn each_issuer_has_its_own_audience_claims_and_names() {
    const ENTRA: &str = "https://login.microsoftonline.com/0000/v2.0";
    let (keycloak, entra) = (signer("k"), signer("e"));
    let keys = |signer: &TokenSigner| parse_keys(&signer.public_jwks().unwrap()).unwrap();
    let mut first = Issuer::with_keys(ISSUER.to_owned(), "trede".to_owned(), keys(&keycloak));
    first.mapping = serde_json::from_value(json!({
        "roles": ["/realm_access/roles"], "municipalities": ["/groups"],
        "municipalityNames": {"/utrecht": "gm0344"}
    }))
    .unwrap();
    let mut second = Issuer::with_keys(ENTRA.to_owned(), "api://trede".to_owned(), keys(&entra));
    second.actor_prefix = prefix_of(ENTRA);
    second.mapping = serde_json::from_value(json!({
        "subject": "/oid", "client": ["/azp", "/appid"], "roleNames": {"Trede.Inkoper": "buyer"},
        "ownMunicipalities": ["gm0344"]
    }))
    .unwrap();
    let app = app_of(vec![first, second]).await;
    let of_keycloak = json!({"realm_access": {"roles": ["buyer"]}, "groups": ["/utrecht"], "azp": "portaal"});
    ask(&app, &keycloak, &of_keycloak).await.expect(200);
    let of_entra = json!({
        "iss": ENTRA, "aud": "api://trede", "oid": "jansen", "appid": "6731de76", "roles": ["Trede.Inkoper"]
    });
    ask(&app, &entra, &of_entra).await.expect(200);
    // The claims of the one say nothing in a token of the other.
    ask(&app, &keycloak, &buyer()).await.problem(403);
    let keycloaks = json!({"iss": ENTRA, "aud": "trede", "oid": "jansen", "roles": ["Trede.Inkoper"]});
    ask(&app, &entra, &keycloaks).await.problem(401);
    // Nor does the key of the one.
    ask(&app, &keycloak, &of_entra).await.problem(401);
}
