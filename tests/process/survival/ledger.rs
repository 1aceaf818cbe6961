//! Entries that are written, handed in and approved in a loop.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use serde_json::json;
use trede_base::page::{PageRequest, Start};
use trede_model::following::contract::Contract;
use trede_model::following::entry::{Entry, EntryState};
use trede_store::following::{entries, ledger};
use trede_store::frame::error::StorageError;

use crate::support::{self, TestDatabase};
use crate::survival::server::{self, Server};
use crate::survival::{KILLS, UNDER_LOAD, WRITERS, client, expect_whole_trail};

/// The entries that were acknowledged, each as far as that was.
fn write_until_gone(
    server: &Server,
    contract: &Contract,
    number: &AtomicU32,
    stop: &AtomicBool,
) -> BTreeMap<String, EntryState> {
    let mut acknowledged = BTreeMap::new();
    let base = format!("/v1/municipalities/{}/contracts/{}/entries", contract.municipality, contract.id);
    while !stop.load(Ordering::Relaxed) {
        let number = number.fetch_add(1, Ordering::Relaxed);
        let entry = json!({
            "externalReference": format!("E-{number}"), "kind": "activity",
            "facts": {"block": "uur", "quantity": (number % 90 + 1).to_string()}
        });
        let Ok(answer) = client::write(server, &server.coordinator, &base, &entry) else { break };
        assert_eq!(answer.status, 201, "{}", answer.body);
        let id = answer.json()["id"].as_str().unwrap().to_owned();
        acknowledged.insert(id.clone(), EntryState::Draft);
        for (step, state) in [("submissions", EntryState::Submitted), ("approvals", EntryState::Approved)] {
            let path = format!("{base}/{id}/{step}");
            let Ok(answer) = client::write(server, &server.coordinator, &path, &json!({})) else {
                return acknowledged;
            };
            assert_eq!(answer.status, 200, "{}", answer.body);
            acknowledged.insert(id.clone(), state);
        }
    }
    acknowledged
}

pub fn stored(database: &TestDatabase, contract: &Contract) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    loop {
        let start = found.last().map_or(Start::First, |entry| Start::After(entry.id));
        let request = PageRequest { start, limit: 1000 };
        let page: Result<_, StorageError> =
            database.db.read(|c| entries::list(c, contract.municipality, contract.id, &request));
        let page = page.unwrap();
        found.extend(page.items);
        if !page.has_next {
            return found;
        }
    }
}

#[test]
fn every_acknowledged_entry_survives_kill_9_once_and_the_ledger_agrees() {
    for database in support::databases() {
        let contract = server::contract(&database);
        let number = AtomicU32::new(1);
        let mut acknowledged = BTreeMap::new();
        for _ in 0..KILLS {
            let server = Server::start(&database.url);
            let stop = AtomicBool::new(false);
            let written: BTreeMap<_, _> = std::thread::scope(|scope| {
                let writers: Vec<_> = (0..WRITERS)
                    .map(|_| scope.spawn(|| write_until_gone(&server, &contract, &number, &stop)))
                    .collect();
                std::thread::sleep(UNDER_LOAD);
                server.kill();
                stop.store(true, Ordering::Relaxed);
                writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
            });
            assert!(!written.is_empty(), "nothing was written on {}", database.kind);
            acknowledged.extend(written);
        }
        let stored = stored(&database, &contract);
        let by_id: BTreeMap<_, _> = stored.iter().map(|entry| (entry.id.to_string(), entry)).collect();
        for (id, state) in &acknowledged {
            let entry = by_id.get(id).unwrap_or_else(|| panic!("{id} is lost on {}", database.kind));
            assert!(entry.state >= *state, "{id} was {state} and is {}", entry.state);
        }
        let references: BTreeSet<_> = stored.iter().map(|entry| &entry.content.external_reference).collect();
        assert_eq!(references.len(), stored.len(), "an entry is there twice on {}", database.kind);
        expect_whole_trail(&database);
        let totals: Result<_, StorageError> =
            database.db.read(|c| ledger::totals(c, contract.municipality, [contract.id]));
        let (_, total) = totals.unwrap().remove(0);
        let sum = |state: EntryState| -> i64 {
            stored.iter().filter(|entry| entry.state == state).map(|entry| entry.value_cents).sum()
        };
        assert_eq!(total.submitted_cents, sum(EntryState::Submitted));
        assert_eq!(total.approved_cents, sum(EntryState::Approved));
        println!("{}: {} entries acknowledged, {} stored", database.kind, acknowledged.len(), stored.len());
    }
}
