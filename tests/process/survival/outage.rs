//! PostgreSQL is stopped and started while entries are written: 503 meanwhile, and afterwards everything goes on,
//! without a restart of the service.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use trede_model::following::contract::Contract;

use crate::support;
use crate::survival::ledger::stored;
use crate::survival::server::{self, Server};
use crate::survival::{UNDER_LOAD, WRITERS, client, expect_whole_chains};

const OUTAGES: u32 = 2;
/// How long the database is away.
const AWAY: Duration = Duration::from_secs(3);
/// Within which time every writer must be served again.
const SERVED_WITHIN: Duration = Duration::from_secs(30);

/// What one writer saw.
#[derive(Default)]
struct Seen {
    /// The id that was acknowledged for each reference; empty where only the fact was.
    acknowledged: BTreeMap<String, String>,
    unavailable: usize,
}

/// Writes one entry after the other. Each is sent with a key until it is acknowledged.
fn write(server: &Server, contract: &Contract, number: &AtomicU32, stop: &AtomicBool) -> Seen {
    let path = format!("/v1/municipalities/{}/contracts/{}/entries", contract.municipality, contract.id);
    let mut seen = Seen::default();
    while !stop.load(Ordering::Relaxed) {
        let reference = format!("E-{}", number.fetch_add(1, Ordering::Relaxed));
        let entry = json!({
            "externalReference": reference, "kind": "activity", "facts": {"block": "uur", "quantity": "1"}
        });
        let id = write_until_acknowledged(server, &path, &reference, &entry, &mut seen);
        seen.acknowledged.insert(reference, id);
    }
    seen
}

fn write_until_acknowledged(
    server: &Server,
    path: &str,
    reference: &str,
    entry: &Value,
    seen: &mut Seen,
) -> String {
    let key = format!("Idempotency-Key: \"{reference}\"\r\n");
    let begun = Instant::now();
    loop {
        assert!(begun.elapsed() < SERVED_WITHIN + AWAY, "{reference} is never acknowledged");
        let answer = client::write_with(server, &server.coordinator, path, &key, entry).unwrap();
        match answer.status {
            201 => return answer.json()["id"].as_str().unwrap().to_owned(),
            503 => {
                assert!(answer.head.to_lowercase().contains("retry-after: "), "{}", answer.head);
                seen.unavailable += 1;
            }
            // It was carried out, and the database went away before its answer could be kept.
            409 if answer.body.contains("idempotency-answer-lost") => return String::new(),
            // Its first try is not noted as ended yet.
            409 => assert!(answer.body.contains("idempotency-key-in-use"), "{}", answer.body),
            other => panic!("{other}: {}", answer.body),
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn while_the_database_is_away_writers_are_told_and_afterwards_all_is_there_once() {
    let Some(database) = support::stoppable_postgres() else { return };
    let contract = server::contract(&database);
    let server = Server::start(&database.url);
    let (number, stop) = (AtomicU32::new(1), AtomicBool::new(false));
    let seen: Vec<Seen> = std::thread::scope(|scope| {
        let writers: Vec<_> =
            (0..WRITERS).map(|_| scope.spawn(|| write(&server, &contract, &number, &stop))).collect();
        for _ in 0..OUTAGES {
            std::thread::sleep(UNDER_LOAD);
            database.stop_server();
            std::thread::sleep(AWAY);
            database.start_server();
        }
        std::thread::sleep(UNDER_LOAD);
        stop.store(true, Ordering::Relaxed);
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    let unavailable: usize = seen.iter().map(|seen| seen.unavailable).sum();
    assert!(unavailable > 0, "nobody noticed that the database was away");
    let acknowledged: BTreeMap<_, _> = seen.into_iter().flat_map(|seen| seen.acknowledged).collect();
    let stored = stored(&database, &contract);
    let by_id: BTreeSet<_> = stored.iter().map(|entry| entry.id.to_string()).collect();
    let lost: Vec<_> = acknowledged.iter().filter(|(_, id)| !id.is_empty() && !by_id.contains(*id)).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    // Each was sent until it was acknowledged, so nothing else is there, and nothing twice.
    assert_eq!(stored.len(), acknowledged.len());
    expect_whole_chains(&database);
    println!(
        "{} entries acknowledged over {OUTAGES} outages, {unavailable} answers of 503",
        acknowledged.len()
    );
}
