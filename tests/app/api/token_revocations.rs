//! Tokens that are taken back before their time.

use serde_json::json;
use trede_model::frame::role::Role;
use trede_service::trust::token_revocations;

use crate::api::app::{TestApp, on_each_database};

const PATH: &str = "/v1/token-revocations";
const ASKED: &str = "/v1/municipalities";

/// A client of a buyer whose token has an id.
fn with_id(app: &TestApp, id: &str) -> crate::api::app::Client {
    let mut claims = serde_json::to_value(app.claims(Role::Buyer)).unwrap();
    claims["jti"] = json!(id);
    app.with_token(app.signer.sign(&claims).unwrap())
}

#[actix_web::test]
async fn a_revoked_token_bearer_or_client_is_let_in_no_longer_and_others_are() {
    on_each_database(|app| async move {
        let operator = {
            let mut claims = app.claims(Role::Operator);
            claims.azp = None;
            app.with_claims(claims)
        };
        for (kind, value) in [("token", "t-1"), ("subject", "buyer-1"), ("client", "test-suite")] {
            let asking = with_id(&app, "t-1");
            asking.get(ASKED).await.expect(200);
            let body = json!({"kind": kind, "value": value, "reason": "Telefoon verloren"});
            let made = operator.post(PATH, body).await.expect(201);
            let refused = asking.get(ASKED).await;
            assert!(refused.header("www-authenticate").unwrap().contains("error=\"invalid_token\""));
            let (code, problem) = refused.problem(401);
            assert_eq!(code, "invalid-token");
            assert!(problem["detail"].as_str().unwrap().contains("revoked"), "{kind}: {problem}");
            if kind == "token" {
                with_id(&app, "t-2").get(ASKED).await.expect(200);
            }
            let path = format!("{PATH}/{}", made.json()["id"].as_str().unwrap());
            operator.delete(&path, None).await.problem(428);
            operator.delete(&path, made.header("etag")).await.expect(204);
            asking.get(ASKED).await.expect(200);
        }
        assert_eq!(operator.get(PATH).await.expect(200).json()["items"], json!([]));
    })
    .await;
}

#[actix_web::test]
async fn a_revocation_ends_at_its_moment() {
    on_each_database(|app| async move {
        let body = json!({
            "kind": "subject", "value": "buyer-1", "reason": "Vakantie", "until": "2026-03-02T09:10:00Z"
        });
        app.as_role(Role::Operator).post(PATH, body).await.expect(201);
        app.as_role(Role::Buyer).get(ASKED).await.problem(401);
        app.clock.set("2026-03-02T09:10:00Z");
        app.as_role(Role::Buyer).get(ASKED).await.expect(200);
    })
    .await;
}

#[actix_web::test]
async fn another_process_hears_of_a_revocation() {
    for database in crate::support::databases() {
        let app = TestApp::on(database).await;
        let body = json!({"kind": "subject", "value": "buyer-1", "reason": "Uit dienst"});
        app.as_role(Role::Operator).post(PATH, body).await.expect(201);
        let app = app.restarted().await;
        app.as_role(Role::Buyer).get(ASKED).await.expect(200);
        token_revocations::hear(&app.services).unwrap();
        app.as_role(Role::Buyer).get(ASKED).await.problem(401);
    }
}

#[actix_web::test]
async fn all_that_is_wrong_with_a_revocation_is_told_at_once() {
    on_each_database(|app| async move {
        let body = json!({"kind": "token", "value": " ", "reason": "", "until": "2026-03-02T08:00:00Z"});
        let (_, problem) = app.as_role(Role::Operator).post(PATH, body).await.problem(400);
        let places: Vec<_> = problem["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| error["pointer"].as_str().unwrap())
            .collect();
        assert_eq!(places, ["/value", "/reason", "/until"]);
    })
    .await;
}
