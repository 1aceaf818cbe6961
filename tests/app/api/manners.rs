//! How the API behaves whatever the resource: headers, methods, errors.

use actix_web::http::Method;

use crate::api::app::TestApp;
use crate::support;

async fn app() -> TestApp {
    TestApp::on(support::sqlite()).await
}

#[actix_web::test]
async fn it_lives_and_is_ready_while_the_store_answers() {
    for database in support::databases() {
        let app = TestApp::on(database).await;
        let client = app.as_nobody();
        assert_eq!(client.get("/health/live").await.expect(200).json()["status"], "up");
        assert_eq!(client.get("/health/ready").await.expect(200).json()["status"], "up");
    }
}

#[actix_web::test]
async fn every_answer_carries_the_headers_of_the_house() {
    let client = app().await.as_nobody();
    for path in ["/health/live", "/v1/openapi.json", "/v1/nothing"] {
        let answer = client.get(path).await;
        assert_eq!(answer.header("api-version"), Some(env!("CARGO_PKG_VERSION")), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("x-frame-options"), Some("DENY"));
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        assert!(answer.header("x-request-id").is_some_and(|id| id.len() == 36));
        assert_eq!(answer.header("strict-transport-security"), None, "only over TLS");
    }
}

#[actix_web::test]
async fn the_document_is_public_and_may_be_read_by_pages_of_other_sites() {
    let answer = app().await.as_nobody().get("/v1/openapi.json").await.expect(200);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let document = answer.json();
    assert_eq!(document["info"]["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(document["servers"][0]["url"], "/v1");
}

#[actix_web::test]
async fn the_documentation_pages_come_from_this_service_alone() {
    let client = app().await.as_nobody();
    client.get("/docs").await.expect(307);
    let page = client.get("/docs/").await.expect(200);
    assert!(page.header("content-type").unwrap().starts_with("text/html"));
    assert!(page.header("content-security-policy").unwrap().contains("script-src 'self'"));
    assert!(!String::from_utf8_lossy(&page.body).contains("https://"));
}

#[actix_web::test]
async fn an_unknown_path_is_a_problem_and_a_trailing_slash_makes_one() {
    let client = app().await.as_nobody();
    for path in ["/nothing", "/v1/nothing", "/v1/openapi.json/", "/health/live/"] {
        let (code, _) = client.get(path).await.problem(404);
        assert_eq!(code, "not-found", "{path}");
    }
}

#[actix_web::test]
async fn a_method_that_a_resource_does_not_have_is_refused_with_those_it_has() {
    let answer = app().await.as_nobody().send(Method::DELETE, "/v1/openapi.json", |r| r).await;
    assert_eq!(answer.header("allow"), Some("GET, HEAD"));
    assert_eq!(answer.problem(405).0, "method-not-allowed");
}

#[actix_web::test]
async fn head_is_answered_as_get() {
    let client = app().await.as_nobody();
    let head = client.send(Method::HEAD, "/v1/openapi.json", |r| r).await.expect(200);
    assert_eq!(head.header("content-type"), Some("application/json"));
}

#[actix_web::test]
async fn a_client_that_accepts_no_json_is_told_so() {
    let client = app().await.as_nobody();
    for accept in ["text/html", "application/json;q=0", "application/xml, text/csv"] {
        let answer =
            client.send(Method::GET, "/v1/openapi.json", |r| r.insert_header(("Accept", accept))).await;
        assert_eq!(answer.problem(406).0, "not-acceptable", "{accept}");
    }
    for accept in ["*/*", "text/html, application/*;q=0.5", "application/json; charset=utf-8"] {
        let answer =
            client.send(Method::GET, "/v1/openapi.json", |r| r.insert_header(("Accept", accept))).await;
        answer.expect(200);
    }
}

#[actix_web::test]
async fn a_problem_names_the_trace_of_the_client() {
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let parent = format!("00-{trace}-00f067aa0ba902b7-01");
    let answer = app()
        .await
        .as_nobody()
        .send(Method::GET, "/v1/nothing", |r| r.insert_header(("traceparent", parent)))
        .await;
    assert_eq!(answer.problem(404).1["instance"], format!("urn:trace:{trace}"));
}
