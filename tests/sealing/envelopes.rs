//! Between the opening of the quality envelopes and that of the prices nothing tells a price.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::app::{Client, TestApp};
use crate::world::{AFTER_DEADLINE, BEFORE_DEADLINE, a_tender};
use crate::{database, dump, each_database, log, same, secret_bid, secret_bidder};

const PRICE: &str = "398123.45";
const INITIAL: &str = "412987.65";
/// How the price is written where it is computed with.
const IN_CENTS: &str = "39812345";

fn a_priced_bid() -> Value {
    let mut bid = secret_bid(PRICE);
    bid["offer"]["initialPrice"] = json!(INITIAL);
    bid
}

fn expect_no_price(bytes: &[u8], what: &str) {
    for secret in [PRICE, INITIAL, IN_CENTS] {
        assert!(!dump::holds(bytes, secret), "«{secret}» stands in {what}");
    }
}

/// A tender of these envelopes and this custody whose bid, or its quality envelope, is open; answers the paths of
/// tender and lot.
async fn opened(app: &TestApp, envelopes: &str, custody: &str) -> (String, String) {
    let mut tender = a_tender();
    tender["bidEnvelopes"] = json!(envelopes);
    tender["bidCustody"] = json!(custody);
    app.clock.set("2026-03-01T10:00:00Z");
    let (tender, lot) = app.with_published(tender).await;
    let bids = format!("{lot}/bids");
    if custody == "trede" {
        app.clock.set(BEFORE_DEADLINE);
        secret_bidder(app).post(&bids, a_priced_bid()).await.expect(201);
        app.clock.set(AFTER_DEADLINE);
        app.open(&tender).await.expect(200);
    } else {
        app.clock.set(AFTER_DEADLINE);
        let platform = app.as_role(Role::Platform);
        let attestation = json!({"openedAt": "2026-04-01T10:01:00Z", "evidence": "proces-verbaal 2026-17"});
        platform.post(&format!("{tender}/openings"), json!({"attestation": attestation})).await.expect(200);
        let mut bid = a_priced_bid();
        bid["receipt"] = json!({"receivedAt": BEFORE_DEADLINE, "hash": "ab".repeat(32)});
        let keyed = |request: actix_web::test::TestRequest| {
            request.insert_header(("Idempotency-Key", "sleutel-1")).set_json(bid.clone())
        };
        platform.send(actix_web::http::Method::POST, &bids, keyed).await.expect(201);
        let all = json!({"numberOfBids": 1});
        platform.post(&format!("{tender}/hand-over-completions"), all).await.expect(201);
    }
    (tender, lot)
}

/// In what anybody is answered to anything.
async fn expect_no_price_in_answers(app: &TestApp, tender: &str, lot: &str, when: &str) {
    for (asked, answer) in same::all_answers(app, tender, lot).await {
        expect_no_price(answer.as_bytes(), &format!("{asked} {when}"));
    }
    expect_no_price_about_the_bid(app, lot, when).await;
}

/// In what is answered to who asks for the bid, or for what there is to report of it.
async fn expect_no_price_about_the_bid(app: &TestApp, lot: &str, when: &str) {
    let buyer = app.as_role(Role::Buyer);
    let bids = buyer.get(&format!("{lot}/bids")).await.json();
    let bid = &bids["items"][0];
    assert_eq!(bid["offer"]["bidderName"], "Zonnebloem en Zonen", "{when}");
    let path = format!("{lot}/bids/{}", bid["id"].as_str().unwrap());
    expect_no_price(&buyer.get(&path).await.expect(200).body, when);
    for kind in ["text/markdown", "text/html"] {
        let report = format!("{lot}/evaluation-report");
        let asking = buyer
            .send(actix_web::http::Method::GET, &report, |request| request.insert_header(("Accept", kind)));
        expect_no_price(&asking.await.expect(200).body, when);
    }
}

/// What asks for a price is refused, says what comes first, and tells none.
async fn expect_refused(app: &TestApp, lot: &str, code: &str) {
    let buyer = app.as_role(Role::Buyer);
    let bid = buyer.get(&format!("{lot}/bids")).await.json()["items"][0]["id"].clone();
    let question =
        json!({"bidId": bid, "question": "Waarom zo laag?", "answerDueAt": "2026-05-01T12:00:00Z"});
    for (below, body) in [("evaluations", json!({})), ("low-price-inquiries", question)] {
        let answer = buyer.post(&format!("{lot}/{below}"), body).await;
        expect_no_price(&answer.body, below);
        let refused = answer.problem(409).0;
        assert!(refused == code || refused == "prices-not-opened", "{below}: {refused}");
    }
}

async fn score(app: &TestApp, lot: &str) {
    let bid = app.as_role(Role::Buyer).get(&format!("{lot}/bids")).await.json()["items"][0]["id"].clone();
    let assessment = json!({
        "bidId": bid, "criterion": "plan", "kind": "individual", "score": "8", "motivation": "Volledig."
    });
    app.with_scores(lot, [assessment]).await;
}

async fn nothing_tells_a_price_until_two_open_it(app: &TestApp, log: &log::Log, custody: &str) {
    let (tender, lot) = opened(app, "two", custody).await;
    let dumped = dump::of(database(app));
    assert!(dump::holds(&dumped, "Zonnebloem en Zonen"), "the quality envelope is open");
    expect_no_price(&dumped, "the database before the quality is fixed");
    expect_no_price_about_the_bid(app, &lot, "before the quality is fixed").await;
    expect_refused(app, &lot, "quality-open").await;
    score(app, &lot).await;
    expect_no_price_in_answers(app, &tender, &lot, "before the prices are opened").await;
    expect_refused(app, &lot, "prices-not-opened").await;
    let openings = format!("{tender}/openings");
    let prices = json!({"envelope": "price"});
    let first: Client = app.as_role(Role::Opener);
    let waiting = first.post(&openings, prices.clone()).await.expect(202).json();
    assert_eq!((&waiting["state"], &waiting["envelope"]), (&json!("waiting"), &json!("price")));
    expect_no_price(&dump::of(database(app)), "the database while one person waits");
    let mut claims = app.claims(Role::Opener);
    claims.sub = "opener-2".to_owned();
    app.with_claims(claims).post(&openings, prices).await.expect(200);
    expect_no_price(log.text().as_bytes(), "the log");

    assert!(dump::holds(&dump::of(database(app)), PRICE), "the search would have found it");
    let read = app.as_role(Role::Buyer).get(&format!("{lot}/bids")).await.json();
    assert_eq!(read["items"][0]["offer"]["price"], PRICE);
    assert_eq!(read["items"][0]["offer"]["initialPrice"], INITIAL);
    let evaluated = app.as_role(Role::Buyer).post(&format!("{lot}/evaluations"), json!({})).await;
    assert!(dump::holds(&evaluated.expect(201).body, PRICE));
}

#[actix_web::test]
async fn no_price_stands_anywhere_before_two_people_open_it() {
    each_database(async |app, log| {
        app.with_utrecht().await;
        nothing_tells_a_price_until_two_open_it(&app, log, "trede").await;
    })
    .await;
}

#[actix_web::test]
async fn a_price_that_a_platform_handed_over_stands_nowhere_before_two_people_open_it() {
    each_database(async |app, log| {
        app.with_utrecht().await;
        nothing_tells_a_price_until_two_open_it(&app, log, "platform").await;
    })
    .await;
}

#[actix_web::test]
async fn in_one_envelope_no_answer_tells_a_price_before_the_quality_is_fixed() {
    each_database(async |app, log| {
        app.with_utrecht().await;
        for custody in ["trede", "platform"] {
            let (tender, lot) = opened(&app, "one", custody).await;
            expect_no_price_in_answers(&app, &tender, &lot, custody).await;
            expect_no_price(log.text().as_bytes(), "the log");
            let refused = app.as_role(Role::Buyer).post(&format!("{lot}/evaluations"), json!({})).await;
            assert_eq!(refused.problem(409).0, "quality-open");
            score(&app, &lot).await;
            let read = app.as_role(Role::Buyer).get(&format!("{lot}/bids")).await;
            assert!(dump::holds(&read.body, PRICE), "{custody}");
        }
    })
    .await;
}
