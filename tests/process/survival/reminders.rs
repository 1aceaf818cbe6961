//! Two instances send reminders: each goes out once, also when one is killed in the midst.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use trede_base::ids::MunicipalityId;
use trede_model::frame::role::Role;
use trede_model::telling::event::EventKind;
use trede_model::trust::audit::AuditScope;
use trede_service::Services;
use trede_service::following::contracts;
use trede_service::following::contracts::NewContract;
use trede_service::frame::actor::Actor;
use trede_service::frame::municipalities;
use trede_service::frame::municipalities::NewMunicipality;
use trede_service::policies::social_return_policies;
use trede_store::frame::error::StorageError;
use trede_store::telling::events;

use crate::support::{self, TestDatabase};
use crate::survival::server::{self, Server};

const MUNICIPALITIES: u32 = 40;
const CONTRACTS: usize = 2;
/// Reminders go out from 30 to 59 days before a deadline, and the deadline of each contract is in 30 days.
const REMINDERS: std::ops::RangeInclusive<u32> = 30..=59;
const WITHIN: Duration = Duration::from_secs(60);

/// A municipality with contracts whose first contact is due in 30 days.
fn municipality(services: &Services, number: u32) -> MunicipalityId {
    let id: MunicipalityId = format!("gm{number:04}").parse().unwrap();
    let new = NewMunicipality { id, name: format!("Gemeente {number}"), oin: None };
    municipalities::register(services, &server::actor(Role::Operator), new).unwrap();
    let coordinator = Actor { municipalities: BTreeSet::from([id]), ..server::actor(Role::Coordinator) };
    let policy = serde_json::json!({
        "code": "p", "name": "P", "version": "1", "source": {"publication": "P"}, "validity": {},
        "obligation": {"thresholds": [{"from": "0"}], "base": {"kind": "contract-sum", "percent": "5"}},
        "blocks": [{"code": "uur", "name": "Uur", "measure": "hour", "amount": "33.33"}],
        "contactDays": 30, "reminderDays": REMINDERS.collect::<Vec<_>>()
    });
    let policy = serde_json::from_value(policy).unwrap();
    let policy = social_return_policies::create(services, &coordinator, id, &policy).unwrap().id;
    for contract in 1..=CONTRACTS {
        let terms = serde_json::json!({
            "title": format!("Opdracht {contract}"), "contractorKvkNumber": "69599068", "kind": "services",
            "contractSum": "1000000", "startsOn": "2026-01-01", "endsOn": "2199-12-31",
            "assignedOn": services.now().date_naive()
        });
        let terms = serde_json::from_value(terms).unwrap();
        let new = NewContract { terms, award: None, policy: Some(policy) };
        contracts::create(services, &coordinator, id, &new).unwrap();
    }
    id
}

/// How often each reminder was sent.
fn sent(database: &TestDatabase, of: &[MunicipalityId]) -> BTreeMap<(MunicipalityId, String), usize> {
    let mut sent = BTreeMap::new();
    for id in of {
        let read: Result<_, StorageError> =
            database.db.read(|c| events::list(c, AuditScope::Municipality(*id)));
        for event in read.unwrap().into_iter().filter(|event| event.kind == EventKind::DeadlineReminded) {
            *sent.entry((*id, event.subject)).or_default() += 1;
        }
    }
    sent
}

#[test]
fn two_instances_send_each_reminder_once_and_one_goes_on_when_the_other_is_killed() {
    let Some(database) = support::postgres() else { return };
    let services = server::use_cases(&database);
    let all: Vec<_> = (1..=MUNICIPALITIES).map(|number| municipality(&services, number)).collect();
    let due = all.len() * CONTRACTS * REMINDERS.count();
    // An instance sends what is due as soon as it starts.
    let [killed, _left] = std::thread::scope(|scope| {
        [(), ()].map(|()| scope.spawn(|| Server::start(&database.url))).map(|start| start.join().unwrap())
    });
    let end = Instant::now() + WITHIN;
    let at_kill = loop {
        let number = sent(&database, &all).len();
        if number > 0 {
            break number;
        }
        assert!(Instant::now() < end, "no reminder is sent");
    };
    killed.kill();
    let killed_at = Instant::now();
    while sent(&database, &all).len() < due {
        assert!(killed_at.elapsed() < WITHIN, "{} of {due} are sent", sent(&database, &all).len());
        std::thread::sleep(Duration::from_millis(100));
    }
    let took = killed_at.elapsed();
    assert!(at_kill < due, "it was killed in the midst");
    let sent = sent(&database, &all);
    assert_eq!(sent.len(), due);
    assert!(sent.values().all(|times| *times == 1), "a reminder was sent twice");
    println!("{due} reminders, {at_kill} sent at the kill, all of them once after {took:?}");
}
