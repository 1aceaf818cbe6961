//! A request with an `Idempotency-Key` is carried out once, however often it is sent.

use actix_web::http::Method;
use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde_json::{Value, json};
use trede_model::frame::role::Role;
use trede_model::trust::audit::Act;
use trede_service::frame::idempotency::{Claim, Keyed, Verdict, claim, release};
use trede_store::frame::error::StorageError;
use uuid::Uuid;

use crate::api::app::{Answer, Client, TestApp, UTRECHT, on_each_database};
use crate::support::{self, acts};

const TENDERS: &str = "/v1/municipalities/gm0344/tenders";

async fn send(client: &Client, path: &str, key: &str, body: &Value) -> Answer {
    client.send(Method::POST, path, |r| r.insert_header(("Idempotency-Key", key)).set_json(body)).await
}

fn tender(title: &str) -> Value {
    json!({"title": title, "buyer": "Gemeente Utrecht", "bidCustody": "trede"})
}

async fn how_many(client: &Client) -> usize {
    client.get(TENDERS).await.expect(200).json()["items"].as_array().unwrap().len()
}

async fn with_municipality(app: &TestApp) -> Client {
    let municipality = json!({"id": UTRECHT, "name": "Utrecht"});
    app.as_role(Role::Operator).post("/v1/municipalities", municipality).await.expect(201);
    app.as_role(Role::Buyer)
}

/// A write of the request, without anything around it.
fn write_as(app: &TestApp, request_id: Uuid) -> Result<(), StorageError> {
    let act = Act { request_id, object: "tests/made".to_owned(), ..acts::act("make") };
    app.database.db.write(&act, |_| Ok(()))
}

/// What a query finds in a SQLite file, one text a row.
fn texts(file: &str, query: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = Text)]
        text: String,
    }
    let mut c = SqliteConnection::establish(file).unwrap();
    let found: Vec<Found> = diesel::sql_query(query).load(&mut c).unwrap();
    found.into_iter().map(|found| found.text).collect()
}

#[actix_web::test]
async fn the_same_key_and_body_give_the_same_answer_and_one_tender() {
    on_each_database(|app| async move {
        let buyer = with_municipality(&app).await;
        let first = send(&buyer, TENDERS, "\"k-1\"", &tender("A")).await.expect(201);
        let again = send(&buyer, TENDERS, "k-1", &tender("A")).await.expect(201);
        assert_eq!(first.body, again.body);
        for field in ["etag", "location", "content-type"] {
            assert!(first.header(field).is_some() && first.header(field) == again.header(field), "{field}");
        }
        assert_eq!(first.header("idempotency-replayed"), None);
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        assert_ne!(first.header("x-request-id"), again.header("x-request-id"));
        assert_eq!(how_many(&buyer).await, 1);
    })
    .await;
}

#[actix_web::test]
async fn the_same_key_with_another_body_is_refused() {
    on_each_database(|app| async move {
        let buyer = with_municipality(&app).await;
        send(&buyer, TENDERS, "k-1", &tender("A")).await.expect(201);
        let other = send(&buyer, TENDERS, "k-1", &tender("B")).await;
        assert_eq!(other.problem(422).0, "idempotency-key-reused");
        assert_eq!(how_many(&buyer).await, 1);
    })
    .await;
}

#[actix_web::test]
async fn a_key_holds_for_one_caller_and_one_path() {
    on_each_database(|app| async move {
        let buyer = with_municipality(&app).await;
        let tender_id = send(&buyer, TENDERS, "k-1", &tender("A")).await.expect(201).json()["id"].clone();
        let mut claims = app.claims(Role::Buyer);
        claims.sub = "inkoper-2".to_owned();
        send(&app.with_claims(claims), TENDERS, "k-1", &tender("A")).await.expect(201);
        let lots = format!("{TENDERS}/{}/lots", tender_id.as_str().unwrap());
        send(&buyer, &lots, "k-1", &json!({"number": 1, "title": "Noord"})).await.expect(201);
        assert_eq!(how_many(&buyer).await, 2);
    })
    .await;
}

#[actix_web::test]
async fn two_at_once_make_one_and_the_other_is_told_to_wait_or_gets_its_answer() {
    on_each_database(|app| async move {
        let buyer = with_municipality(&app).await;
        let body = tender("A");
        let both: Vec<_> = (0..6).map(|_| send(&buyer, TENDERS, "k-1", &body)).collect();
        let mut made = Vec::new();
        for answer in futures_util::future::join_all(both).await {
            match answer.status.as_u16() {
                201 => made.push(answer.json()["id"].clone()),
                _ => {
                    assert_eq!(answer.header("retry-after"), Some("1"));
                    assert_eq!(answer.problem(409).0, "idempotency-key-in-use");
                }
            }
        }
        assert!(!made.is_empty() && made.iter().all(|id| *id == made[0]));
        assert_eq!(how_many(&buyer).await, 1);
    })
    .await;
}

#[actix_web::test]
async fn an_answer_is_given_again_to_who_still_has_the_role_only() {
    on_each_database(|app| async move {
        let buyer = with_municipality(&app).await;
        send(&buyer, TENDERS, "sleutel", &tender("A")).await.expect(201);
        let mut claims = app.claims(Role::Buyer);
        claims.roles = vec![Role::Assessor.to_string()];
        let former = app.with_claims(claims);
        send(&former, TENDERS, "sleutel", &tender("A")).await.expect(403);
        send(&buyer, TENDERS, "sleutel", &tender("A")).await.expect(201);
    })
    .await;
}

#[actix_web::test]
async fn the_answer_outlives_the_process() {
    for database in support::databases() {
        let app = TestApp::on(database).await;
        let buyer = with_municipality(&app).await;
        let first = send(&buyer, TENDERS, "k-1", &tender("A")).await.expect(201);
        let app = app.restarted().await;
        let buyer = app.as_role(Role::Buyer);
        let again = send(&buyer, TENDERS, "k-1", &tender("A")).await.expect(201);
        assert_eq!(first.body, again.body);
        assert_eq!(send(&buyer, TENDERS, "k-1", &tender("B")).await.problem(422).0, "idempotency-key-reused");
        assert_eq!(how_many(&buyer).await, 1);
    }
}

#[actix_web::test]
async fn a_refusal_leaves_the_key_free() {
    on_each_database(|app| async move {
        let buyer = with_municipality(&app).await;
        send(&buyer, TENDERS, "k-1", &json!({"title": ""})).await.problem(400);
        send(&buyer, TENDERS, "k-1", &tender("A")).await.expect(201);
        let auditor = app.as_role(Role::Auditor);
        send(&auditor, TENDERS, "k-2", &tender("B")).await.problem(403);
        send(&auditor, TENDERS, "k-2", &tender("C")).await.problem(403);
    })
    .await;
}

#[actix_web::test]
async fn a_key_without_a_good_token_is_not_looked_at() {
    let app = TestApp::on(support::sqlite()).await;
    assert_eq!(send(&app.as_nobody(), TENDERS, "k-1", &tender("A")).await.problem(401).0, "no-token");
    let key = "\u{e9}".repeat(3);
    let buyer = app.as_role(Role::Buyer);
    assert_eq!(send(&buyer, TENDERS, &key, &tender("A")).await.problem(400).0, "malformed-idempotency-key");
}

#[actix_web::test]
async fn a_key_is_forgotten_after_its_time() {
    on_each_database(|app| async move {
        let buyer = with_municipality(&app).await;
        send(&buyer, TENDERS, "k-1", &tender("A")).await.expect(201);
        let sweep =
            |hours| trede_service::frame::idempotency::sweep(&app.services, TimeDelta::hours(hours)).unwrap();
        app.clock.advance(TimeDelta::hours(2));
        assert_eq!((sweep(24), sweep(1)), (0, 1));
        let buyer = app.as_role(Role::Buyer);
        send(&buyer, TENDERS, "k-1", &tender("A")).await.expect(201);
        assert_eq!(how_many(&buyer).await, 2);
    })
    .await;
}

/// The store as it is left by a process that died: after the claim, and after the write.
#[actix_web::test]
async fn a_process_that_dies_leaves_neither_a_double_nor_a_lost_write() {
    on_each_database(|app| async move {
        let buyer = with_municipality(&app).await;
        let body = tender("A");
        let bytes = serde_json::to_vec(&body).unwrap();
        let keyed = |key: &str| Keyed {
            key: key.to_owned(),
            caller: "buyer-1".to_owned(),
            route: format!("POST {TENDERS}"),
            request_id: Uuid::now_v7(),
        };
        // It claimed the key, and died before its write.
        assert!(matches!(claim(&app.services, &Claim::of(&keyed("k-1"), &bytes)), Ok(Verdict::CarryOut)));
        let at_once = send(&buyer, TENDERS, "k-1", &body).await;
        assert_eq!(at_once.problem(409).0, "idempotency-key-in-use");
        app.clock.advance(TimeDelta::seconds(61));
        send(&buyer, TENDERS, "k-1", &body).await.expect(201);
        assert_eq!(how_many(&buyer).await, 1);

        // It wrote, and died before it could keep its answer.
        let written = keyed("k-2");
        assert!(matches!(claim(&app.services, &Claim::of(&written, &bytes)), Ok(Verdict::CarryOut)));
        write_as(&app, written.request_id).unwrap();
        app.clock.advance(TimeDelta::seconds(61));
        let (code, problem) = send(&buyer, TENDERS, "k-2", &body).await.problem(409);
        assert_eq!(code, "idempotency-answer-lost");
        assert!(problem["detail"].as_str().unwrap().contains("tests/made"), "{problem}");
        assert_eq!(how_many(&buyer).await, 1);
    })
    .await;
}

/// The store went away between a write and its acknowledgement: the process was told that nothing came of it.
#[actix_web::test]
async fn a_write_that_nobody_acknowledged_is_told_at_once() {
    on_each_database(|app| async move {
        let buyer = with_municipality(&app).await;
        let body = tender("A");
        let keyed = Keyed {
            key: "k-1".to_owned(),
            caller: "buyer-1".to_owned(),
            route: format!("POST {TENDERS}"),
            request_id: Uuid::now_v7(),
        };
        let held = Claim::of(&keyed, &serde_json::to_vec(&body).unwrap());
        assert!(matches!(claim(&app.services, &held), Ok(Verdict::CarryOut)));
        write_as(&app, keyed.request_id).unwrap();
        release(&app.services, &held).unwrap();
        assert_eq!(send(&buyer, TENDERS, "k-1", &body).await.problem(409).0, "idempotency-answer-lost");
        assert_eq!(how_many(&buyer).await, 0);
    })
    .await;
}

/// A request that was given up for dead, and wakes up after another was let through with its key.
#[actix_web::test]
async fn a_request_that_lost_its_key_cannot_write_any_more() {
    on_each_database(|app| async move {
        let keyed = || Keyed {
            key: "k-1".to_owned(),
            caller: "buyer-1".to_owned(),
            route: format!("POST {TENDERS}"),
            request_id: Uuid::now_v7(),
        };
        let (slow, quick) = (keyed(), keyed());
        assert!(matches!(claim(&app.services, &Claim::of(&slow, b"x")), Ok(Verdict::CarryOut)));
        app.clock.advance(TimeDelta::seconds(61));
        assert!(matches!(claim(&app.services, &Claim::of(&quick, b"x")), Ok(Verdict::CarryOut)));
        let late = write_as(&app, slow.request_id);
        assert!(matches!(late, Err(StorageError::KeyLost)));
        write_as(&app, quick.request_id).unwrap();
    })
    .await;
}

#[actix_web::test]
async fn neither_the_body_nor_the_answer_can_be_read_in_the_store() {
    let app = TestApp::on(support::sqlite()).await;
    let buyer = with_municipality(&app).await;
    let made = send(&buyer, TENDERS, "5f0e2bd6-secret", &tender("A")).await.expect(201);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let file = app.database.url.strip_prefix("sqlite://").unwrap();
    let stored = texts(file, "SELECT id || body_hash || answer AS text FROM idempotency_keys");
    assert_eq!(stored.len(), 1);
    for plain in ["5f0e2bd6", &id, "Gemeente Utrecht"] {
        assert!(!stored[0].contains(plain), "{plain}");
    }
}
