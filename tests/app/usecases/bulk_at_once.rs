//! Acts on many at the same moment: no maximum is passed, nothing counts twice, and none waits in vain.

use serde_json::json;
use trede_base::page::{PageRequest, Start};
use trede_formats::entry_record::EntryRecord;
use trede_model::following::contract::ContractId;
use trede_model::following::entry::{Entry, EntryId, EntryState, EntryStep};
use trede_model::following::search::EntryFilter;
use trede_model::frame::role::Role;
use trede_service::following::entries;
use trede_service::following::entry_steps::EntryAct;
use trede_service::frame::error::ServiceError;
use trede_service::overseeing::bulk::{Batch, ContractsAct, Manner, Selection, on_contracts, on_entries};
use trede_service::overseeing::lists::ContractSearch;

use crate::usecases::world::{World, actor, utrecht, worlds};

const WRITERS: usize = 8;
/// Under each of two contracts.
const ENTRIES: usize = 24;
/// The maximum of all hours under one contract, in cents.
const MAXIMUM: i64 = 100_000;

impl World {
    /// Two contracts whose entries share a maximum, and entries that together are above it; of each candidate two
    /// entries for the same hours, one under each contract.
    fn bulky(&self) -> (Vec<ContractId>, Vec<EntryId>) {
        let coordinator = actor(Role::Coordinator);
        let policy = self.policy(json!([{"blocks": ["uur"], "of": "amount", "maximum": "1000"}]));
        let made: Vec<ContractId> = (0..2).map(|_| self.registered_contract(policy).id).collect();
        let all = Selection::Found { filter: ContractSearch::default(), after: None };
        let fixed = on_contracts(
            &self.services,
            &coordinator,
            utrecht(),
            all,
            (&ContractsAct::Determine, Manner::CarryOut),
        )
        .unwrap();
        assert_eq!(count(&fixed), 2);
        let mut entries = Vec::new();
        for number in 0..ENTRIES {
            for contract in &made {
                let record = if number % 2 == 0 {
                    json!({"kind": "activity", "facts": {"block": "uur", "quantity": "3"}})
                } else {
                    json!({
                        "kind": "placement", "candidateReference": format!("K-{number}"),
                        "facts": {
                            "block": "jaar", "hoursPerWeek": "36",
                            "period": {"from": "2026-01-01", "until": "2026-03-31"}
                        }
                    })
                };
                let record: EntryRecord = serde_json::from_value(record).unwrap();
                let entry =
                    entries::create(&self.services, &coordinator, utrecht(), *contract, &record).unwrap();
                entries.push(entry.id);
            }
        }
        (made, entries)
    }

    fn all_entries(&self, contract: ContractId) -> Vec<Entry> {
        let request = PageRequest { start: Start::First, limit: 100 };
        entries::list(&self.services, &actor(Role::Auditor), utrecht(), contract, &request).unwrap().items
    }
}

fn count<T, O>(batch: &Batch<T, O>) -> usize {
    batch.outcomes.iter().filter(|one| one.outcome.is_ok()).count()
}

/// How often an act was done by eight that do it on all at the same moment.
fn at_once(world: &World, ids: &[EntryId], act: &EntryAct) -> usize {
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                scope.spawn(move || {
                    let mut ids = ids.to_vec();
                    // Each in an order of its own.
                    let turn = writer * ids.len() / WRITERS;
                    ids.rotate_left(turn);
                    let batch = on_entries(
                        &world.services,
                        &actor(Role::Coordinator),
                        utrecht(),
                        Selection::Ids(ids),
                        (act, Manner::CarryOut),
                    )
                    .unwrap();
                    for one in &batch.outcomes {
                        let is_rule = matches!(one.outcome, Ok(_) | Err(ServiceError::Refused { .. }));
                        assert!(is_rule, "{:?}", one.outcome);
                    }
                    count(&batch)
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    })
}

#[test]
fn of_eight_batches_at_the_same_moment_each_entry_is_done_once_and_no_maximum_is_passed() {
    for world in worlds() {
        let (contracts, ids) = world.bulky();
        let placements = ENTRIES / 2;
        // Of two entries for the same hours one is handed in.
        let expected = ids.len() - placements;
        assert_eq!(at_once(&world, &ids, &EntryAct::Submit), expected, "on {}", world.database.kind);
        assert_eq!(at_once(&world, &ids, &EntryAct::Approve), expected, "on {}", world.database.kind);
        for contract in &contracts {
            let balance = world.balance(*contract);
            assert_eq!((balance.submitted_cents, balance.approved_cents), world.by_entries(*contract));
            let hours = balance.blocks.iter().find(|total| total.block == "uur").unwrap();
            assert_eq!(hours.approved_cents, MAXIMUM, "on {}", world.database.kind);
            for entry in world.all_entries(*contract) {
                let coordinator = actor(Role::Auditor);
                let rows = entries::list_steps(&world.services, &coordinator, utrecht(), *contract, entry.id)
                    .unwrap();
                let steps = |step| rows.iter().filter(|row| row.step == step).count();
                let approved = usize::from(entry.state == EntryState::Approved);
                assert_eq!((steps(EntryStep::Submit), steps(EntryStep::Approve)), (approved, approved));
            }
        }
    }
}

#[test]
fn while_one_acts_on_many_others_act_on_one_at_a_time_and_both_come_through() {
    for world in worlds() {
        let (contracts, ids) = world.bulky();
        std::thread::scope(|scope| {
            let world = &world;
            let batch = scope.spawn(move || {
                let all = Selection::Found { filter: EntryFilter::default(), after: None };
                on_entries(
                    &world.services,
                    &actor(Role::Coordinator),
                    utrecht(),
                    all,
                    (&EntryAct::Submit, Manner::CarryOut),
                )
                .map(|batch| batch.outcomes.len())
            });
            for writer in 0..WRITERS {
                let contract = contracts[writer % 2];
                scope.spawn(move || {
                    for _ in 0..6 {
                        let record = json!({"kind": "activity", "facts": {"block": "uur", "quantity": "1"}});
                        let record: EntryRecord = serde_json::from_value(record).unwrap();
                        let coordinator = actor(Role::Coordinator);
                        entries::create(&world.services, &coordinator, utrecht(), contract, &record).unwrap();
                    }
                });
            }
            assert!(batch.join().unwrap().unwrap() >= ids.len());
        });
        let made: Vec<Entry> = contracts.iter().flat_map(|contract| world.all_entries(*contract)).collect();
        assert_eq!(made.len(), ids.len() + WRITERS * 6, "on {}", world.database.kind);
    }
}
