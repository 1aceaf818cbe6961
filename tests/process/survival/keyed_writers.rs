//! Writers that send each entry with a key until it is acknowledged, whatever becomes of the store meanwhile.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use trede_model::following::contract::Contract;

use crate::support::TestDatabase;
use crate::survival::ledger::stored;
use crate::survival::server::Server;
use crate::survival::{UNDER_LOAD, WRITERS, client, expect_whole_trail};

/// Within which time every writer must be served again.
const SERVED_WITHIN: Duration = Duration::from_secs(40);
/// No answer is slower, with some time for a machine that does much else.
const ANSWERED_WITHIN: Duration = Duration::from_millis(6_000);

/// What the writers saw.
#[derive(Default)]
pub struct Seen {
    /// The id that was acknowledged for each reference; empty where only the fact was.
    pub acknowledged: BTreeMap<String, String>,
    /// How often they were told to come back later.
    pub unavailable: usize,
    /// The longest that one of them waited for an answer.
    pub slowest: Duration,
}

impl Seen {
    fn add(&mut self, other: Self) {
        self.acknowledged.extend(other.acknowledged);
        self.unavailable += other.unavailable;
        self.slowest = self.slowest.max(other.slowest);
    }
}

/// Lets writers write before, during and after what befalls the store.
pub fn write_while(server: &Server, contract: &Contract, befalls: impl FnOnce()) -> Seen {
    let (number, stop) = (AtomicU32::new(1), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let writers: Vec<_> =
            (0..WRITERS).map(|_| scope.spawn(|| write(server, contract, &number, &stop))).collect();
        std::thread::sleep(UNDER_LOAD);
        befalls();
        std::thread::sleep(UNDER_LOAD);
        stop.store(true, Ordering::Relaxed);
        let mut seen = Seen::default();
        writers.into_iter().for_each(|writer| seen.add(writer.join().unwrap()));
        seen
    })
}

/// Everything that was acknowledged is there, nothing else and nothing twice, nobody waited long, and the trail is whole.
pub fn expect_all_once(database: &TestDatabase, contract: &Contract, seen: &Seen) {
    let stored = stored(database, contract);
    let by_id: BTreeSet<_> = stored.iter().map(|entry| entry.id.to_string()).collect();
    let told = seen.acknowledged.iter().filter(|(_, id)| !id.is_empty());
    let lost: Vec<_> = told.filter(|(_, id)| !by_id.contains(*id)).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    // Each was sent until it was acknowledged, so nothing else is there, and nothing twice.
    assert_eq!(stored.len(), seen.acknowledged.len());
    assert!(seen.slowest < ANSWERED_WITHIN, "an answer took {:?}", seen.slowest);
    expect_whole_trail(database);
    println!(
        "{} entries acknowledged, {} answers of 503, the slowest answer {:?}",
        stored.len(),
        seen.unavailable,
        seen.slowest
    );
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
        assert!(begun.elapsed() < SERVED_WITHIN, "{reference} is never acknowledged");
        let asked = Instant::now();
        let answer = client::write_with(server, &server.coordinator, path, &key, entry).unwrap();
        seen.slowest = seen.slowest.max(asked.elapsed());
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
