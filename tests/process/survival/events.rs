//! `kill -9` while events are told: each reaches its subscriber after all.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use reqwest::header::{HeaderMap, HeaderName};
use serde_json::json;
use standardwebhooks::Webhook;
use trede_integrations::webhooks::{Courier, CourierSettings};
use trede_model::frame::role::Role;
use trede_model::telling::event::EventKind;
use trede_model::telling::webhook::{EventKinds, SubscriptionFacts, SubscriptionState};
use trede_model::tendering::lot::LotPath;
use trede_service::Services;
use trede_service::clock::SystemClock;
use trede_service::telling::herald::Herald;
use trede_service::telling::webhook_subscriptions;

use crate::support::subscriber::{Received, Reply, Subscriber};
use crate::support::{self, TestDatabase};
use crate::survival::client;
use crate::survival::server::{self, Server};

/// What a killed instance was at is taken over within that time.
const WITHIN: Duration = Duration::from_secs(60);

/// Subscribes to rectifications; answers the secret.
fn subscribe(database: &TestDatabase, at: LotPath, subscriber: &Subscriber) -> String {
    let settings = CourierSettings { allows_private: true, ..CourierSettings::default() };
    let herald = Herald { courier: Courier::new(settings), ..Herald::default() };
    let services = Services::new(database.db.clone(), Arc::new(SystemClock)).with_herald(herald);
    let facts = SubscriptionFacts {
        url: subscriber.url(),
        description: String::new(),
        kinds: EventKinds(vec![EventKind::TenderRectified]),
    };
    let platform = server::actor(Role::Platform);
    let active = SubscriptionState::Active;
    webhook_subscriptions::create(&services, &platform, at.municipality, facts, active).unwrap().secret
}

fn rectify(server: &Server, at: LotPath) -> std::io::Result<client::Answer> {
    let path = format!("/v1/municipalities/{}/tenders/{}/rectifications", at.municipality, at.tender);
    client::write(server, &server.token, &path, &json!({"text": "Bijlage 2 vervalt", "reason": "fout"}))
}

/// Verifies as a subscriber does, with the present moment.
fn assert_signed(message: &Received, secret: &str) {
    let mut headers = HeaderMap::new();
    for (name, value) in &message.headers {
        headers.insert(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
    }
    Webhook::new(secret).unwrap().verify(message.body.as_bytes(), &headers).unwrap();
}

fn ids(received: &[Received]) -> BTreeSet<String> {
    received.iter().map(|message| message.headers["webhook-id"].clone()).collect()
}

#[test]
fn an_event_that_was_committed_is_told_after_kill_9() {
    for database in support::databases() {
        let at = server::published_lot(&database);
        let subscriber = Subscriber::start();
        let secret = subscribe(&database, at, &subscriber);
        // Killed while it is being told.
        subscriber.reply([Reply::Slow(WITHIN)]);
        let server = Server::start(&database.url);
        assert_eq!(rectify(&server, at).unwrap().status, 201);
        subscriber.wait_for(1, WITHIN);
        server.kill();
        // Killed right after the commit.
        let server = Server::start(&database.url);
        assert_eq!(rectify(&server, at).unwrap().status, 201);
        server.kill();
        let _server = Server::start(&database.url);
        let received = subscriber.wait_for(3, WITHIN);
        received.iter().for_each(|message| assert_signed(message, &secret));
        assert_eq!(ids(&received).len(), 2, "the first was told twice, under one id");
    }
}

#[test]
fn two_instances_share_the_telling_and_one_goes_on_when_the_other_is_killed() {
    const WRITERS: usize = 3;
    let Some(database) = support::postgres() else { return };
    let at = server::published_lot(&database);
    let subscriber = Subscriber::start();
    subscribe(&database, at, &subscriber);
    let (killed, left) = (Server::start(&database.url), Server::start(&database.url));
    let (acknowledged, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for server in [&killed, &left] {
            for _ in 0..WRITERS {
                scope.spawn(|| {
                    while !stop.load(Ordering::Relaxed) {
                        let Ok(answer) = rectify(server, at) else { break };
                        assert_eq!(answer.status, 201, "{}", answer.body);
                        acknowledged.fetch_add(1, Ordering::Relaxed);
                        std::thread::sleep(Duration::from_millis(40));
                    }
                });
            }
        }
        std::thread::sleep(Duration::from_secs(3));
        killed.kill();
        std::thread::sleep(Duration::from_secs(1));
        stop.store(true, Ordering::Relaxed);
    });
    let acknowledged = acknowledged.into_inner();
    let end = Instant::now() + WITHIN;
    while ids(&subscriber.received()).len() < acknowledged && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(100));
    }
    let received = subscriber.received();
    let told = ids(&received).len();
    println!("{acknowledged} acknowledged, {told} told, {} messages", received.len());
    // What was committed but not acknowledged when the instance died is told too.
    assert!((acknowledged..=acknowledged + WRITERS).contains(&told), "{told} of {acknowledged}");
    assert!(received.len() <= told + 1, "only what was under way at the kill is told twice");
}
