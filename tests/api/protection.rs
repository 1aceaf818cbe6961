//! Who asks too much, sends too much, or comes from a page that is not let in.

use std::num::NonZeroU32;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::json;
use trede::http::guarding::rate_limits::RateLimits;
use trede_model::frame::role::Role;

use crate::app::TestApp;
use crate::support;

const PATH: &str = "/v1/municipalities";

async fn limited(per_caller: u32, per_address: u32) -> TestApp {
    TestApp::with(support::sqlite(), |state| {
        state.protection.limits = RateLimits::of(NonZeroU32::new(per_caller), NonZeroU32::new(per_address));
        state.protection.proxies = vec!["10.0.0.0/8".parse().unwrap()];
    })
    .await
}

fn from(address: &str) -> impl FnOnce(TestRequest) -> TestRequest {
    let peer = format!("{address}:4711").parse().unwrap();
    move |request| request.peer_addr(peer)
}

#[actix_web::test]
async fn a_caller_that_asks_too_much_is_told_how_long_to_wait() {
    let app = limited(2, 0).await;
    let buyer = app.as_role(Role::Buyer);
    let first = buyer.get(PATH).await.expect(200);
    assert_eq!(first.header("ratelimit-policy"), Some("\"default\";q=2;w=60"));
    assert_eq!(first.header("ratelimit"), Some("\"default\";r=1;t=30"));
    buyer.get(PATH).await.expect(200);
    let refused = buyer.get(PATH).await;
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=30).contains(&wait), "{wait}");
    assert_eq!(refused.problem(429).0, "too-many-requests");
    app.as_role(Role::Auditor).get(PATH).await.expect(200);
}

#[actix_web::test]
async fn an_address_that_asks_too_much_is_refused_before_its_token_is_looked_at() {
    let app = limited(0, 2).await;
    let nobody = app.as_nobody();
    for _ in 0..2 {
        nobody.send(Method::GET, PATH, from("192.0.2.7")).await.problem(401);
    }
    nobody.send(Method::GET, PATH, from("192.0.2.7")).await.problem(429);
    app.as_role(Role::Buyer).send(Method::GET, PATH, from("192.0.2.7")).await.problem(429);
    app.as_role(Role::Buyer).send(Method::GET, PATH, from("192.0.2.8")).await.expect(200);
    nobody.send(Method::GET, "/health/live", from("192.0.2.7")).await.expect(200);
}

#[actix_web::test]
async fn clients_behind_a_proxy_are_told_apart_and_cannot_invent_an_address() {
    let app = limited(0, 1).await;
    let buyer = app.as_role(Role::Buyer);
    let through = |peer: &'static str, client: &'static str| {
        buyer.send(Method::GET, PATH, move |r| from(peer)(r).insert_header(("X-Forwarded-For", client)))
    };
    through("10.0.0.1", "198.51.100.1").await.expect(200);
    through("10.0.0.1", "198.51.100.2").await.expect(200);
    through("10.0.0.1", "203.0.113.9, 198.51.100.1").await.problem(429);
    through("192.0.2.7", "198.51.100.3").await.expect(200);
    through("192.0.2.7", "198.51.100.4").await.problem(429);
}

#[actix_web::test]
async fn the_address_behind_a_proxy_stands_in_the_audit_trail() {
    let app = limited(0, 0).await;
    let operator = app.as_role(Role::Operator);
    let municipality = json!({"id": "gm0344", "name": "Utrecht"});
    let answer = operator
        .send(Method::POST, PATH, |r| {
            from("10.0.0.1")(r).insert_header(("X-Forwarded-For", "198.51.100.1")).set_json(municipality)
        })
        .await;
    answer.expect(201);
    let acts = support::acts::acts_in(&app.database.db, trede_model::trust::audit::AuditScope::National);
    assert_eq!(acts[0].address.as_deref(), Some("198.51.100.1"));
}

#[actix_web::test]
async fn heads_that_no_honest_client_sends_are_refused_with_a_problem() {
    let app = limited(0, 0).await;
    let long = format!("{PATH}?cursor={}", "a".repeat(9000));
    assert_eq!(app.as_nobody().get(&long).await.problem(414).0, "target-too-long");
    let large = "x".repeat(33 * 1024);
    let answer = app.as_nobody().send(Method::GET, PATH, |r| r.insert_header(("X-Filler", large))).await;
    assert_eq!(answer.problem(431).0, "header-fields-too-large");
}

#[actix_web::test]
async fn only_pages_of_named_origins_may_call_the_api_and_read_its_problems() {
    let app = TestApp::with(support::sqlite(), |state| {
        state.protection.origins = vec!["https://inkoop.example.nl".to_owned()];
    })
    .await;
    let buyer = app.as_role(Role::Buyer);
    let page = |origin: &'static str, path: &'static str| {
        buyer.send(Method::GET, path, move |r| r.insert_header(("Origin", origin)))
    };
    for path in [PATH, "/v1/nothing"] {
        let let_in = page("https://inkoop.example.nl", path).await;
        assert_eq!(let_in.header("access-control-allow-origin"), Some("https://inkoop.example.nl"), "{path}");
        let stranger = page("https://evil.example", path).await;
        assert_eq!(stranger.header("access-control-allow-origin"), None, "{path}");
    }
    let document = page("https://evil.example", "/v1/openapi.json").await.expect(200);
    assert_eq!(document.header("access-control-allow-origin"), Some("*"));
    let nobody = app.as_nobody();
    let preflight = |origin: &'static str| {
        nobody.send(Method::OPTIONS, PATH, move |r| {
            r.insert_header(("Origin", origin))
                .insert_header(("Access-Control-Request-Method", "POST"))
                .insert_header(("Access-Control-Request-Headers", "authorization, idempotency-key"))
        })
    };
    let let_in = preflight("https://inkoop.example.nl").await.expect(200);
    assert!(let_in.header("access-control-allow-methods").unwrap().contains("POST"));
    assert_eq!(preflight("https://evil.example").await.problem(400).0, "bad-request");
}

#[actix_web::test]
async fn without_origins_no_page_of_another_site_is_let_in() {
    let app = limited(0, 0).await;
    let answer = app
        .as_role(Role::Buyer)
        .send(Method::GET, PATH, |r| r.insert_header(("Origin", "https://inkoop.example.nl")))
        .await
        .expect(200);
    assert_eq!(answer.header("access-control-allow-origin"), None);
}

#[actix_web::test]
async fn the_security_contact_is_told_where_one_is_named() {
    let path = "/.well-known/security.txt";
    limited(0, 0).await.as_nobody().get(path).await.problem(404);
    let app = TestApp::with(support::sqlite(), |state| {
        state.protection.security.contacts = vec!["mailto:veilig@example.nl".to_owned()];
    })
    .await;
    let answer = app.as_nobody().get(path).await.expect(200);
    assert!(answer.header("content-type").unwrap().starts_with("text/plain"));
    let text = String::from_utf8(answer.body).unwrap();
    assert!(text.contains("Contact: mailto:veilig@example.nl\n") && text.contains("Expires: 2026-05-31T"));
}

#[actix_web::test]
async fn route_token_and_role_are_asked_before_a_body_is_read() {
    for database in support::databases() {
        let app = TestApp::on(database).await;
        app.with_utrecht().await;
        let unreadable = |request: TestRequest| {
            request
                .insert_header(("Idempotency-Key", "sleutel-1"))
                .insert_header(("Content-Type", "application/json"))
                .set_payload("{".repeat(3 * 1024 * 1024))
        };
        let tenders = "/v1/municipalities/gm0344/tenders";
        let other = "/v1/municipalities/gm0363/tenders";
        let asks = [
            (app.as_role(Role::Buyer), "/v1/nowhere", 404),
            (app.as_nobody(), tenders, 401),
            (app.as_role(Role::Bidder), tenders, 403),
            (app.as_role(Role::Buyer), other, 403),
            (app.as_role(Role::Buyer), tenders, 413),
        ];
        for (client, path, status) in asks {
            client.send(Method::POST, path, unreadable).await.expect(status);
        }
    }
}
