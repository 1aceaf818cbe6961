//! What clients send that cannot be: each a clear problem, never an internal error.

use actix_web::http::Method;
use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{Answer, Client, TestApp, UTRECHT};
use crate::api::world::{a_tender, tenders};
use crate::support;

/// Sends bytes as they are.
async fn send(client: &Client, path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
    let body: Vec<u8> = body.into();
    client
        .send(Method::POST, path, |request| {
            request.insert_header(("Content-Type", content_type)).set_payload(body)
        })
        .await
}

/// The first place that the problem names, with its code.
fn first_place(problem: &Value) -> (&str, &str) {
    let place = &problem["errors"][0];
    (place["pointer"].as_str().unwrap(), place["code"].as_str().unwrap())
}

#[actix_web::test]
async fn a_value_of_the_wrong_type_is_pointed_at() {
    let app = TestApp::on(support::sqlite()).await;
    let buyer = app.as_role(Role::Buyer);
    for (field, value, pointer) in [
        ("title", json!(7), "/title"),
        ("maxLotsPerBidder", json!(-1), "/maxLotsPerBidder"),
        ("estimatedValue", json!(12.5), "/estimatedValue"),
        ("estimatedValue", json!("12,50"), "/estimatedValue"),
        ("deadlineAt", json!("2026-04-01 noon"), "/deadlineAt"),
        ("deadlineAt", json!("2026-10-25T02:30:00"), "/deadlineAt"),
        ("awardOn", json!("2026-02-30"), "/awardOn"),
        ("bidCustody", json!("nobody"), "/bidCustody"),
        ("cpvCodes", json!(["77310000-6", "7731"]), "/cpvCodes/1"),
        ("colour", json!("green"), "/colour"),
    ] {
        let mut body = a_tender();
        body[field] = value.clone();
        let (code, problem) = buyer.post(&tenders(UTRECHT), body).await.problem(400);
        assert_eq!(code, "invalid", "{field} {value}");
        assert_eq!(first_place(&problem), (pointer, "wrong-shape"), "{problem}");
    }
}

#[actix_web::test]
async fn an_array_does_not_pass_for_an_object() {
    let app = TestApp::on(support::sqlite()).await;
    let operator = app.as_role(Role::Operator);
    let in_order = json!(["gm0344", "Utrecht", null]);
    let (_, problem) = operator.post("/v1/municipalities", in_order).await.problem(400);
    assert_eq!(first_place(&problem), ("", "wrong-shape"));
    let nested = json!({"tender": [], "lots": []});
    let (_, problem) = operator.post("/v1/award-simulations", nested).await.problem(400);
    assert_eq!(first_place(&problem), ("/tender", "wrong-shape"));
}

#[actix_web::test]
async fn broken_rules_are_told_all_together() {
    for database in support::databases() {
        let app = TestApp::on(database).await;
        let mut body = a_tender();
        body["title"] = json!(" ");
        body["buyer"] = json!("x".repeat(501));
        body["awardOn"] = json!("9999-01-01");
        let (_, problem) = app.as_role(Role::Buyer).post(&tenders(UTRECHT), body).await.problem(400);
        let pointers: Vec<_> =
            problem["errors"].as_array().unwrap().iter().map(|place| &place["pointer"]).collect();
        assert_eq!(pointers.len(), 3, "{problem}");
        for pointer in ["/title", "/buyer", "/awardOn"] {
            assert!(pointers.iter().any(|found| *found == pointer), "{pointer}: {problem}");
        }
    }
}

#[actix_web::test]
async fn a_text_that_no_database_can_store_is_refused() {
    for database in support::databases() {
        let app = TestApp::on(database).await;
        for field in ["title", "description", "buyer", "externalReference"] {
            let mut body = a_tender();
            body[field] = json!("before\u{0}after");
            let answer = app.as_role(Role::Buyer).post(&tenders(UTRECHT), body).await;
            let (_, problem) = answer.problem(400);
            assert_eq!(first_place(&problem).0, format!("/{field}"), "{problem}");
        }
    }
}

#[actix_web::test]
async fn bytes_that_are_no_json_are_refused() {
    let app = TestApp::on(support::sqlite()).await;
    let buyer = app.as_role(Role::Buyer);
    let nested = "[".repeat(100_000);
    let bodies: [(&[u8], &str); 6] = [
        (b"", "malformed-json"),
        (b"{\"title\": \"x\"", "malformed-json"),
        (b"{} {}", "wrong-shape"),
        (b"\xff\xfe\x00", "not-utf8"),
        (b"{\"title\": \"\xc3\x28\"}", "not-utf8"),
        (b"{\"title\": \"x\", \"title\": \"y\"}", "wrong-shape"),
    ];
    for (body, code) in bodies {
        let answer = send(&buyer, &tenders(UTRECHT), "application/json", body).await;
        let (_, problem) = answer.problem(400);
        assert_eq!(first_place(&problem).1, code, "{problem}");
    }
    send(&buyer, "/v1/award-simulations", "application/json", nested).await.problem(400);
}

#[actix_web::test]
async fn a_body_of_another_type_is_refused() {
    let app = TestApp::on(support::sqlite()).await;
    let buyer = app.as_role(Role::Buyer);
    let body = a_tender().to_string();
    for content_type in ["text/plain", "application/xml", "application/x-www-form-urlencoded", "nonsense"] {
        let answer = send(&buyer, &tenders(UTRECHT), content_type, body.clone()).await;
        assert_eq!(answer.problem(415).0, "unsupported-media-type", "{content_type}");
    }
    let untyped = buyer.send(Method::POST, &tenders(UTRECHT), |r| r.set_payload(body.clone())).await;
    untyped.problem(415);
    let packed = buyer
        .send(Method::POST, &tenders(UTRECHT), |r| {
            r.insert_header(("Content-Type", "application/json"))
                .insert_header(("Content-Encoding", "gzip"))
                .set_payload(body.clone())
        })
        .await;
    packed.problem(415);
}

#[actix_web::test]
async fn a_body_over_the_limit_of_its_route_is_refused() {
    const MEGABYTE: usize = 1024 * 1024;
    let app = TestApp::on(support::sqlite()).await;
    let buyer = app.as_role(Role::Buyer);
    let of_size = |size: usize| {
        let mut body = a_tender().to_string().into_bytes();
        body.resize(size, b' ');
        body
    };
    for (path, limit) in [(tenders(UTRECHT).as_str(), 2), ("/v1/award-simulations", 32)] {
        let over = of_size(limit * MEGABYTE + 1);
        let answer = send(&buyer, path, "application/json", over.clone()).await;
        assert_eq!(answer.problem(413).0, "too-large", "{path}");
        let announced = buyer
            .send(Method::POST, path, |request| {
                request
                    .insert_header(("Content-Type", "application/json"))
                    .insert_header(("Content-Length", over.len().to_string()))
            })
            .await;
        announced.problem(413);
        let within = send(&buyer, path, "application/json", of_size(limit * MEGABYTE)).await;
        assert_ne!(within.status.as_u16(), 413, "{path}");
    }
}

#[actix_web::test]
async fn an_id_that_cannot_be_is_not_found() {
    let app = TestApp::on(support::sqlite()).await;
    let buyer = app.as_role(Role::Buyer);
    for path in [
        "/v1/municipalities/GM0344",
        "/v1/municipalities/gm344",
        "/v1/municipalities/gm0344/tenders/1",
        "/v1/municipalities/gm0344/tenders/%00",
        "/v1/municipalities/gm0344/tenders/%ff",
        "/v1/municipalities/gm0344/tenders/0190a5c8-0000-7000-8000-00000000dead/lots/x",
        "/v1/organisations/1",
        "/v1/organisations/6959906X",
    ] {
        assert_eq!(buyer.get(path).await.problem(404).0, "not-found", "{path}");
    }
}

#[actix_web::test]
async fn a_query_that_does_not_fit_is_refused() {
    let app = TestApp::on(support::sqlite()).await;
    let buyer = app.as_role(Role::Buyer);
    for query in ["limit=0", "limit=101", "limit=x", "limit=-1", "cursor=x", "cursor=", "colour=green"] {
        let answer = buyer.get(&format!("/v1/organisations?{query}")).await;
        assert_eq!(answer.problem(400).0, "bad-query", "{query}");
    }
}
