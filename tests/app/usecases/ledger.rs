//! The ledger under many hands: totals are its sum at any moment, and what counts once counts once.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use trede_base::page::{PageRequest, Start};
use trede_formats::entry_record::EntryRecord;
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::entry::{Entry, EntryPath, EntryState};
use trede_model::frame::role::Role;
use trede_service::following::entries;
use trede_service::following::entries::Balance;
use trede_service::following::entry_steps::{EntryAct, act_on};
use trede_service::frame::error::ServiceError;
use trede_store as store;
use trede_store::frame::error::StorageError;

use crate::usecases::world::{World, actor, refusal, utrecht, worlds};

const WRITERS: usize = 8;
const ENTRIES_EACH: usize = 12;

impl World {
    /// A contract of a million whose obligation is fixed; organisation 1 is the contractor.
    fn contract(&self) -> Contract {
        self.followed_contract(self.policy(json!([])))
    }

    fn draft_entry(&self, contract: ContractId, record: Value) -> Result<Entry, ServiceError> {
        let record: EntryRecord = serde_json::from_value(record).unwrap();
        entries::create(&self.services, &actor(Role::Coordinator), utrecht(), contract, &record)
    }

    pub fn balance(&self, contract: ContractId) -> Balance {
        entries::balance(&self.services, &actor(Role::Auditor), utrecht(), contract).unwrap()
    }

    /// What waits and what counts by the entries themselves.
    pub fn by_entries(&self, contract: ContractId) -> (i64, i64) {
        let mut sums = (0, 0);
        let mut start = Start::First;
        loop {
            let request = PageRequest { start, limit: 100 };
            let auditor = actor(Role::Auditor);
            let page = entries::list(&self.services, &auditor, utrecht(), contract, &request).unwrap();
            for entry in &page.items {
                match entry.state {
                    EntryState::Submitted => sums.0 += entry.value_cents,
                    EntryState::Approved => sums.1 += entry.value_cents,
                    _ => {}
                }
            }
            match page.items.last().filter(|_| page.has_next) {
                Some(last) => start = Start::After(last.id),
                None => return sums,
            }
        }
    }
}

fn path(entry: &Entry) -> EntryPath {
    EntryPath { municipality: utrecht(), contract: entry.contract, entry: entry.id }
}

fn activity(quantity: usize) -> Value {
    json!({"kind": "activity", "facts": {"block": "uur", "quantity": quantity.to_string()}})
}

/// A writer that is at work; one that fails is not waited for.
struct Writing<'a>(&'a AtomicUsize);

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// One of six fates of an entry.
fn live_through(world: &World, contract: ContractId, number: usize) {
    let services = &world.services;
    let coordinator = actor(Role::Coordinator);
    let entry = world.draft_entry(contract, activity(number + 1)).unwrap();
    let at = path(&entry);
    let reason = || "omdat".to_owned();
    if number.is_multiple_of(6) {
        return;
    }
    act_on(services, &coordinator, at, &EntryAct::Submit).unwrap();
    match number % 6 {
        1 => {}
        2 => drop(act_on(services, &coordinator, at, &EntryAct::Reject { reason: reason() }).unwrap()),
        3 => drop(act_on(services, &coordinator, at, &EntryAct::Approve).unwrap()),
        4 => {
            act_on(services, &coordinator, at, &EntryAct::Approve).unwrap();
            act_on(services, &coordinator, at, &EntryAct::Reverse { reason: reason() }).unwrap();
        }
        _ => {
            act_on(services, &coordinator, at, &EntryAct::Return { reason: reason() }).unwrap();
            act_on(services, &coordinator, at, &EntryAct::Submit).unwrap();
        }
    }
}

#[test]
fn totals_are_the_sum_of_the_ledger_while_eight_write() {
    for world in worlds() {
        let contract = world.contract().id;
        let busy = AtomicUsize::new(WRITERS);
        std::thread::scope(|scope| {
            for writer in 0..WRITERS {
                let (world, busy) = (&world, &busy);
                scope.spawn(move || {
                    let _writing = Writing(busy);
                    for number in 0..ENTRIES_EACH {
                        live_through(world, contract, writer + number);
                    }
                });
            }
            while busy.load(Ordering::SeqCst) > 0 {
                let balance = world.balance(contract);
                assert!(balance.approved_cents >= 0 && balance.submitted_cents >= 0, "{balance:?}");
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
        });
        let balance = world.balance(contract);
        assert_eq!(
            (balance.submitted_cents, balance.approved_cents),
            world.by_entries(contract),
            "on {}",
            world.database.kind
        );
        assert!(balance.approved_cents > 0 && balance.submitted_cents > 0);
    }
}

#[test]
fn of_eight_who_decide_on_one_entry_at_the_same_moment_one_does() {
    for world in worlds() {
        let contract = world.contract().id;
        let entry = world.draft_entry(contract, activity(3)).unwrap();
        act_on(&world.services, &actor(Role::Coordinator), path(&entry), &EntryAct::Submit).unwrap();
        let decided = at_once(WRITERS, |number| {
            let coordinator = actor(Role::Coordinator);
            let (services, at) = (&world.services, path(&entry));
            match number % 3 {
                0 => act_on(services, &coordinator, at, &EntryAct::Approve).is_ok(),
                1 => {
                    act_on(services, &coordinator, at, &EntryAct::Reject { reason: "nee".to_owned() }).is_ok()
                }
                _ => act_on(services, &coordinator, at, &EntryAct::Return { reason: "aanvullen".to_owned() })
                    .is_ok(),
            }
        });
        assert_eq!(decided, 1, "on {}", world.database.kind);
        let rows: Result<_, StorageError> =
            world.database.db.read(|c| store::following::ledger::of_entry(c, utrecht(), entry.id));
        assert_eq!(rows.unwrap().len(), 2);
    }
}

#[test]
fn of_eight_entries_for_the_same_hours_at_the_same_moment_one_is_handed_in() {
    for world in worlds() {
        let entries: Vec<Entry> = (0..WRITERS)
            .map(|number| {
                let contract = world.contract().id;
                world
                    .draft_entry(
                        contract,
                        json!({
                            "kind": "placement", "personKey": "ab".repeat(32),
                            "candidateReference": format!("K-{number}"),
                            "facts": {
                                "block": "jaar", "hoursPerWeek": "36",
                                "period": {"from": format!("2026-01-0{}", number + 1), "until": "2026-03-31"}
                            }
                        }),
                    )
                    .unwrap()
            })
            .collect();
        let submitted = at_once(WRITERS, |number| {
            let coordinator = actor(Role::Coordinator);
            act_on(&world.services, &coordinator, path(&entries[number]), &EntryAct::Submit).is_ok()
        });
        assert_eq!(submitted, 1, "on {}", world.database.kind);
    }
}

/// How many of so many, at the same moment, succeed.
fn at_once(number: usize, work: impl Fn(usize) -> bool + Sync) -> usize {
    std::thread::scope(|scope| {
        let work = &work;
        let workers: Vec<_> = (0..number).map(|number| scope.spawn(move || work(number))).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).filter(|ok| *ok).count()
    })
}

#[test]
fn a_reversal_brings_the_balance_back_exactly_and_leaves_every_row() {
    for world in worlds() {
        let contract = world.contract().id;
        let coordinator = actor(Role::Coordinator);
        for quantity in [1, 7, 1_000_001] {
            let before = world.balance(contract);
            let entry = world.draft_entry(contract, activity(quantity)).unwrap();
            let at = path(&entry);
            act_on(&world.services, &coordinator, at, &EntryAct::Submit).unwrap();
            act_on(&world.services, &coordinator, at, &EntryAct::Approve).unwrap();
            assert_eq!(
                world.balance(contract).approved_cents,
                before.approved_cents + 3333 * i64::try_from(quantity).unwrap()
            );
            act_on(&world.services, &coordinator, at, &EntryAct::Reverse { reason: "fout".to_owned() })
                .unwrap();
            let after = world.balance(contract);
            assert_eq!(
                (after.approved_cents, after.submitted_cents),
                (before.approved_cents, before.submitted_cents)
            );
            let again =
                act_on(&world.services, &coordinator, at, &EntryAct::Reverse { reason: "fout".to_owned() });
            assert_eq!(refusal(again), "state-forbids");
            let rows =
                entries::list_steps(&world.services, &coordinator, utrecht(), contract, entry.id).unwrap();
            assert_eq!(rows.len(), 3);
        }
    }
}

#[test]
fn every_step_tells_of_itself_in_the_outbox() {
    use trede_model::trust::audit::AuditScope;

    for world in worlds() {
        let contract = world.contract().id;
        live_through(&world, contract, 4);
        let scope = AuditScope::Municipality(utrecht());
        let told: Result<_, StorageError> =
            world.database.db.read(|c| store::telling::events::list(c, scope));
        let mut kinds: Vec<_> = told.unwrap().iter().map(|event| event.kind.code()).collect();
        // The clock of the test stands still, so the order is that of no moment.
        kinds.sort_unstable();
        assert_eq!(
            kinds,
            [
                "nl.trede.contract.registered",
                "nl.trede.entry.approved",
                "nl.trede.entry.reversed",
                "nl.trede.entry.submitted",
                "nl.trede.obligation.fixed"
            ]
        );
    }
}
