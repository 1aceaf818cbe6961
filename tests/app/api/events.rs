//! The feed of changes and subscriptions over HTTP, and figures for who watches over the service.

use secrecy::SecretString;
use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{TestApp, UTRECHT, on_each_database};
use crate::api::world::{BEFORE_DEADLINE, a_bid, a_tender, tenders};
use crate::support;

fn subscriptions() -> String {
    format!("/v1/municipalities/{UTRECHT}/webhook-subscriptions")
}

fn a_subscription() -> Value {
    json!({"url": "https://platform.example.nl/trede", "eventTypes": ["nl.trede.lot.published"]})
}

#[actix_web::test]
async fn the_feed_goes_on_from_the_cursor_that_was_kept() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let platform = app.as_role(Role::Platform);
        let feed = format!("/v1/municipalities/{UTRECHT}/changes");
        let empty = platform.get(&feed).await.expect(200).json();
        assert_eq!(empty, json!({"items": []}));
        let (tender, lot) = app.with_published(a_tender()).await;
        let rectification = json!({"text": "Bijlage 2 vervalt", "reason": "verwees naar niets"});
        platform.post(&format!("{tender}/rectifications"), rectification.clone()).await.expect(201);
        app.services.place_events().unwrap();
        let page = platform.get(&format!("{feed}?limit=1")).await.expect(200);
        assert!(page.header("link").unwrap().contains("rel=\"next\""));
        let page = page.json();
        assert_eq!(page["items"][0]["type"], "nl.trede.lot.published");
        assert_eq!(page["items"][0]["dataref"], lot);
        let next = |page: &Value| format!("{feed}?cursor={}", page["nextCursor"].as_str().unwrap());
        let page = platform.get(&next(&page)).await.expect(200).json();
        assert_eq!(page["items"].as_array().unwrap().len(), 1);
        let idle = platform.get(&next(&page)).await.expect(200).json();
        assert_eq!(idle, json!({"items": [], "nextCursor": page["nextCursor"]}));
        platform.post(&format!("{tender}/rectifications"), rectification).await.expect(201);
        app.services.place_events().unwrap();
        let page = platform.get(&next(&idle)).await.expect(200).json();
        assert_eq!(page["items"][0]["sequence"], "0000000000000000003");
        let national = app.as_role(Role::Bidder).get("/v1/changes").await.expect(200).json();
        assert_eq!(national["items"], json!([]));
    })
    .await;
}

#[actix_web::test]
async fn a_secret_is_shown_once_and_a_subscription_changes_by_its_etag() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let administrator = app.as_role(Role::Administrator);
        let made = administrator.post(&subscriptions(), a_subscription()).await.expect(201);
        let place = made.header("location").unwrap().to_owned();
        let body = made.json();
        assert!(body["secret"].as_str().unwrap().starts_with("whsec_"));
        let shown = administrator.get(&place).await.expect(200);
        assert_eq!(shown.json(), body["subscription"]);
        assert!(!String::from_utf8_lossy(&shown.body).contains("whsec_"));
        let mut paused = a_subscription();
        paused["state"] = "paused".into();
        administrator.put(&place, None, paused.clone()).await.problem(428);
        let changed = administrator.put(&place, Some("\"1\""), paused.clone()).await.expect(200);
        assert_eq!(changed.json()["state"], "paused");
        assert_eq!(administrator.put(&place, Some("\"1\""), paused).await.problem(412).0, "changed");
        let turned = administrator.post(&format!("{place}/secrets"), json!({})).await.expect(200).json();
        assert_ne!(turned["secret"], body["secret"]);
        let deliveries = format!("{place}/deliveries?state=dead");
        assert_eq!(administrator.get(&deliveries).await.expect(200).json(), json!({"items": []}));
        let none = administrator.post(&format!("{place}/replays"), json!({})).await.expect(200).json();
        assert_eq!(none, json!({"replayed": 0}));
        administrator.delete(&place, Some("\"3\"")).await.expect(204);
        administrator.get(&place).await.problem(404);
    })
    .await;
}

#[actix_web::test]
async fn a_subscription_that_does_not_fit_is_told_so_with_its_places() {
    let app = TestApp::on(support::sqlite()).await;
    app.with_utrecht().await;
    let wrong = json!({
        "url": "http://127.0.0.1/", "eventTypes": ["nl.trede.entry.approved"], "state": "gone"
    });
    let (_, problem) = app.as_role(Role::Platform).post(&subscriptions(), wrong).await.problem(400);
    let places: Vec<_> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| place["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(places, ["/url", "/eventTypes/0", "/state"]);
    let mut unknown = a_subscription();
    unknown["eventTypes"] = json!(["nl.trede.lot.sold"]);
    let (_, problem) = app.as_role(Role::Platform).post(&subscriptions(), unknown).await.problem(400);
    assert_eq!(problem["errors"][0]["pointer"], "/eventTypes/0");
}

#[actix_web::test]
async fn figures_are_for_who_knows_the_token_and_tell_nothing_of_sealed_bids() {
    for database in support::databases() {
        let app = TestApp::with(database, |state| {
            state.metrics_token = Some(SecretString::from("figures"));
        })
        .await;
        app.with_utrecht().await;
        let (_, lot) = app.with_published(a_tender()).await;
        let figures = app.with_token("figures".to_owned());
        app.as_nobody().get("/metrics").await.problem(401);
        app.with_token("others".to_owned()).get("/metrics").await.problem(401);
        let read = || async {
            let answer = figures.get("/metrics").await.expect(200);
            String::from_utf8(answer.body).unwrap()
        };
        app.as_role(Role::Buyer).get(&tenders(UTRECHT)).await.expect(200);
        let before = read().await;
        for line in [
            "trede_http_requests_total{method=\"GET\",\
             route=\"/v1/municipalities/{municipality}/tenders\",status=\"200\"} 1",
            "trede_events_unplaced 1",
            "trede_store_answers 1",
            "trede_jobs{state=\"register-import\"} 0",
        ] {
            assert!(before.contains(line), "{line} is missing from\n{before}");
        }
        app.clock.set(BEFORE_DEADLINE);
        let mut claims = app.claims(Role::Bidder);
        claims.kvk = Some("69599068".to_owned());
        let bid = a_bid("69599068", "398000.00");
        app.with_claims(claims).post(&format!("{lot}/bids"), bid).await.expect(201);
        app.as_role(Role::Auditor).get(&format!("{lot}/bids")).await.problem(409);
        let after = read().await;
        assert_eq!(told(&after), told(&before));
    }
}

/// The lines of figures, but for how many connections there are: the pool adds one beside the request that took the
/// last, whatever was asked, and it comes when it comes.
fn told(figures: &str) -> Vec<&str> {
    figures.lines().filter(|line| !line.starts_with("trede_store_connections{")).collect()
}

#[actix_web::test]
async fn without_a_token_of_their_own_no_figures_are_served_beside_the_api() {
    let app = TestApp::on(support::sqlite()).await;
    app.with_token(String::new()).get("/metrics").await.problem(404);
    app.as_role(Role::Operator).get("/metrics").await.problem(404);
}
