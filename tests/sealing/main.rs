//! Before the opening nothing tells what was bid, by whom, or how often: not the database, not the log, not the
//! figures, and no answer to anybody.

// A helper that fails fails the test.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

// The API tests use all of it, this one a part.
#[allow(dead_code)]
#[path = "../app/api/app.rs"]
mod app;
mod dump;
mod envelopes;
mod log;
mod same;
#[path = "../support/mod.rs"]
mod support;
#[allow(dead_code)]
#[path = "../app/api/world.rs"]
mod world;

use serde_json::json;
use trede_model::frame::role::Role;

use crate::app::{Answer, Client, TestApp};
use crate::support::TestDatabase;
use crate::world::{AFTER_DEADLINE, BEFORE_DEADLINE, a_tender};

/// What nobody may find before the opening.
const SECRETS: [&str; 9] = [
    "gemachtigde-vertrouwelijk",
    "Zonnebloem en Zonen",
    "84512367",
    "398123.45",
    "REFERENTIE-UNIEK-77",
    "PSO-GEHEIM-2026",
    "inschrijver-vertrouwelijk",
    "programma-vertrouwelijk",
    "401765.25",
];

fn secret_bidder(app: &TestApp) -> Client {
    let mut claims = app.claims(Role::Bidder);
    claims.kvk = Some("84512367".to_owned());
    claims.sub = "inschrijver-vertrouwelijk".to_owned();
    claims.azp = Some("programma-vertrouwelijk".to_owned());
    app.with_claims(claims)
}

fn secret_bid(price: &str) -> serde_json::Value {
    json!({
        "bidderKvkNumber": "84512367",
        "externalReference": "REFERENTIE-UNIEK-77",
        "offer": {
            "bidderName": "Zonnebloem en Zonen", "price": price,
            "pso": {"level": "trede-2", "certificate": "PSO-GEHEIM-2026"}
        }
    })
}

/// A lot that received a bid twice, a withdrawal, an offer that it refused, and another bid; answers the paths of
/// the tender and the lot.
async fn with_secret_bids(app: &TestApp) -> (String, String) {
    app.with_utrecht().await;
    let (tender, lot) = app.with_published(a_tender()).await;
    app.clock.set(BEFORE_DEADLINE);
    let bidder = secret_bidder(app);
    bidder.post(&format!("{lot}/bids"), secret_bid("401765.25")).await.expect(201);
    bidder.post(&format!("{lot}/bids"), secret_bid("veel")).await.expect(400);
    let withdrawal = json!({"bidderKvkNumber": "84512367"});
    bidder.post(&format!("{lot}/bid-withdrawals"), withdrawal).await.expect(201);
    let delegate = json!({"delegate": "gemachtigde-vertrouwelijk"});
    bidder.post(&format!("{lot}/bid-delegations"), delegate).await.expect(201);
    let keyed = |request: actix_web::test::TestRequest| {
        request.insert_header(("Idempotency-Key", "sleutel-1")).set_json(secret_bid("398123.45"))
    };
    bidder.send(actix_web::http::Method::POST, &format!("{lot}/bids"), keyed).await.expect(201);
    (tender, lot)
}

fn expect_no_secret(bytes: &[u8], what: &str) {
    for secret in SECRETS {
        assert!(!dump::holds(bytes, secret), "«{secret}» stands in {what}");
    }
}

async fn each_database(test: impl AsyncFn(TestApp, &log::Log)) {
    for database in support::databases() {
        let kind = database.kind;
        let log = log::begin();
        test(TestApp::on(database).await, &log).await;
        println!("held on {kind}");
    }
}

fn database(app: &TestApp) -> &TestDatabase {
    &app.database
}

#[actix_web::test]
async fn nothing_that_was_bid_stands_anywhere_before_the_opening() {
    each_database(async |app, log| {
        let (tender, lot) = with_secret_bids(&app).await;
        expect_no_secret(&dump::of(database(&app)), "the database before the deadline");
        for moment in [BEFORE_DEADLINE, AFTER_DEADLINE] {
            app.clock.set(moment);
            let answers = same::all_answers(&app, &tender, &lot).await;
            assert!(answers.len() > 500, "every role asked for everything");
            for (asked, answer) in &answers {
                expect_no_secret(answer.as_bytes(), asked);
            }
        }
        let path = format!("{tender}/openings");
        app.as_role(Role::Opener).post(&path, json!({})).await.expect(202);
        expect_no_secret(&dump::of(database(&app)), "the database while one person waits");
        expect_no_secret(log.text().as_bytes(), "the log");
        assert!(log.text().contains("/openings"), "the log is there");
        app.clock.set("2026-04-01T11:05:00Z");
        app.open(&tender).await.expect(200);
        let opened = dump::of(database(&app));
        let read: Answer = app.as_role(Role::Buyer).get(&format!("{lot}/bids")).await.expect(200);
        assert_eq!(read.json()["items"].as_array().unwrap().len(), 1);
        for secret in ["Zonnebloem en Zonen", "84512367", "REFERENTIE-UNIEK-77", "PSO-GEHEIM-2026"] {
            assert!(dump::holds(&opened, secret), "{secret}: the search would have found it");
            let sent_on = dump::holds(&read.body, secret);
            assert!(sent_on, "{secret}");
        }
        // What was replaced and withdrawn stays sealed.
        assert!(!dump::holds(&opened, "401765.25"));
    })
    .await;
}

/// The answers and the log of a procedure with that many bids, from publication until one person waits.
async fn told_with(number: u32, database: TestDatabase) -> (Vec<(String, String)>, Vec<String>) {
    let log = log::begin();
    let app = TestApp::on(database).await;
    app.with_utrecht().await;
    let (tender, lot) = app.with_published(a_tender()).await;
    app.clock.set(BEFORE_DEADLINE);
    for index in 0..number {
        let kvk = format!("{:08}", 70_000_000 + index);
        let mut claims = app.claims(Role::Bidder);
        claims.kvk = Some(kvk.clone());
        let client = app.with_claims(claims);
        client.post(&format!("{lot}/bids"), world::a_bid(&kvk, "398000.00")).await.expect(201);
        client.post(&format!("{lot}/bids"), world::a_bid(&kvk, "veel")).await.expect(400);
        client.post(&format!("{lot}/bids"), world::a_bid("00000001", "1.00")).await.expect(403);
        app.as_role(Role::Buyer).post(&format!("{lot}/bids"), world::a_bid(&kvk, "1.00")).await.expect(403);
        // Whom a bidder delegates tells of it as little, whoever then sends, is refused or is sent away.
        let (delegations, delegate) = (format!("{lot}/bid-delegations"), json!({"delegate": "platform-1"}));
        client.post(&delegations, delegate.clone()).await.expect(201);
        client.post(&delegations, json!({"delegate": " "})).await.expect(400);
        app.as_role(Role::Platform).post(&delegations, delegate.clone()).await.expect(403);
        app.as_role(Role::Platform)
            .post(&format!("{lot}/bids"), world::a_bid(&kvk, "397000.00"))
            .await
            .expect(201);
        client.post(&format!("{lot}/bid-delegation-withdrawals"), delegate).await.expect(201);
        if index == 2 {
            let withdrawal = json!({"bidderKvkNumber": kvk});
            client.post(&format!("{lot}/bid-withdrawals"), withdrawal).await.expect(201);
        }
    }
    let mut answers = same::all_answers(&app, &tender, &lot).await;
    app.clock.set(AFTER_DEADLINE);
    answers.extend(same::all_answers(&app, &tender, &lot).await);
    app.as_role(Role::Opener).post(&format!("{tender}/openings"), json!({})).await.expect(202);
    answers.extend(same::all_answers(&app, &tender, &lot).await);
    let answers = answers.into_iter().map(|(asked, answer)| (asked, same::plain(&answer))).collect();
    let lines = log
        .text()
        .lines()
        .filter(|line| line.contains("\"status\"") || line.contains("\"trede"))
        .map(same::plain)
        .collect();
    (answers, lines)
}

#[actix_web::test]
async fn no_answer_log_or_figure_tells_a_number_of_bids() {
    let kinds = support::databases().len();
    for kind in 0..kinds {
        let mut told = Vec::new();
        for number in [0, 1, 5] {
            told.push(told_with(number, support::databases().swap_remove(kind)).await);
        }
        let (none, lines) = &told[0];
        assert!(none.len() > 1_000 && lines.len() > 1_000, "much was asked, and logged");
        for (answers, logged) in &told[1..] {
            for ((asked, without), (_, with)) in none.iter().zip(answers) {
                assert_eq!(without, with, "{asked}");
            }
            let more = lines.iter().zip(logged).find(|(without, with)| without != with);
            assert_eq!(lines.len(), logged.len(), "the number of lines in the log tells; first: {more:#?}");
            assert_eq!(more, None, "a line in the log tells");
        }
    }
}
