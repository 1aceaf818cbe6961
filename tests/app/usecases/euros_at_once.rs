//! No euro counts twice, also when eight hand in at the same moment, in whatever order they come.

use serde_json::{Value, json};
use trede_formats::entry_record::EntryRecord;
use trede_model::following::contract::ContractId;
use trede_model::following::entry::{EntryId, EntryPath, EntryState};
use trede_model::frame::role::Role;
use trede_model::policies::policy::PolicyId;
use trede_service::following::entries;
use trede_service::following::entry_steps::{EntryAct, act_on};
use trede_service::frame::error::ServiceError;
use trede_service::policies::social_return_policies;

use crate::usecases::world::{World, actor, kvk, utrecht, worlds};

const WRITERS: usize = 8;

fn policy(world: &World) -> PolicyId {
    let policy = json!({
        "code": "p", "name": "P", "version": "1", "source": {"publication": "P"}, "validity": {},
        "obligation": {"thresholds": [{"from": "0"}], "base": {"kind": "contract-sum", "percent": "5"}},
        "fullTime": {"basis": "weekly-hours", "weeklyHours": "36"}, "proration": {"by": "calendar-months"},
        "bonusProration": "flat",
        "blocks": [
            {"code": "jaar", "name": "Jaar", "measure": "year", "amount": "40000", "countsAlways": true},
            {"code": "kort", "name": "Kort", "measure": "year", "amount": "40000", "countsMonths": 3, "countsOver": "candidate"},
            {"code": "eens", "name": "Eens", "measure": "placement", "amount": "2500", "countsOver": "contractor"},
            {"code": "cursus", "name": "Cursus", "measure": "year", "amount": "40000", "countsAlways": true, "maximumAmount": "5000"},
            {"code": "inkoop", "name": "Inkoop", "measure": "invoice", "invoice": {"recognised": "share", "percent": "100"}},
            {"code": "hoogstens", "name": "Hoogstens", "measure": "invoice",
             "invoice": {"recognised": "share", "percent": "50"}, "maximumAmount": "2500"},
            {"code": "uur", "name": "Uur", "measure": "hour", "amount": "100"}
        ],
        "bonuses": [{"code": "vast", "name": "Vast", "amount": "1000", "countsOver": "contractor"}],
        "limits": [{"blocks": ["uur"], "of": "amount", "maximum": "1000", "over": "contractor"}]
    });
    let policy = serde_json::from_value(policy).unwrap();
    social_return_policies::create(&world.services, &actor(Role::Coordinator), utrecht(), &policy).unwrap().id
}

/// A month of 2026 of one candidate on a block.
fn month(block: &str, number: usize, bonuses: &[&str]) -> Value {
    let until = [31, 28, 31, 30, 31, 30, 31, 31][number];
    let number = number + 1;
    json!({
        "kind": "placement", "candidateReference": "K-1",
        "facts": {
            "block": block, "hoursPerWeek": "36", "bonuses": bonuses,
            "period": {"from": format!("2026-{number:02}-01"), "until": format!("2026-{number:02}-{until}")}
        }
    })
}

fn part(block: &str, amount: u32, whole: u32) -> Value {
    json!({
        "kind": "purchase", "supplierKvkNumber": kvk(7).to_string(), "invoiceNumber": format!("F-{block}"),
        "facts": {"block": block, "amount": amount.to_string(), "invoiceTotal": whole.to_string()}
    })
}

/// Hands in all of the entries, turn by turn under two contracts, at the same moment; answers how many were handed in
/// and what they count for together.
fn handed_in_at_once(world: &World, contracts: [ContractId; 2], records: &[Value]) -> (usize, i64) {
    let coordinator = actor(Role::Coordinator);
    let drafts: Vec<(ContractId, EntryId)> = records
        .iter()
        .enumerate()
        .map(|(number, record)| {
            let record: EntryRecord = serde_json::from_value(record.clone()).unwrap();
            let contract = contracts[number % 2];
            let entry = entries::create(&world.services, &coordinator, utrecht(), contract, &record).unwrap();
            (contract, entry.id)
        })
        .collect();
    std::thread::scope(|scope| {
        for (contract, entry) in drafts.iter().rev().copied() {
            scope.spawn(move || {
                let path = EntryPath { municipality: utrecht(), contract, entry };
                let done = act_on(&world.services, &actor(Role::Coordinator), path, &EntryAct::Submit);
                assert!(matches!(done, Ok(_) | Err(ServiceError::Refused { .. })), "{done:?}");
            });
        }
    });
    let found: Vec<_> = drafts
        .iter()
        .map(|(contract, id)| entries::get(&world.services, &coordinator, utrecht(), *contract, *id).unwrap())
        .filter(|entry| entry.state == EntryState::Submitted)
        .collect();
    (found.len(), found.iter().map(|entry| entry.value_cents).sum())
}

#[test]
fn no_maximum_over_entries_and_contracts_is_passed_when_eight_hand_in_at_the_same_moment() {
    for world in worlds() {
        let policy = policy(&world);
        let contracts = [world.followed_contract(policy).id, world.followed_contract(policy).id];
        let months = |block: &str, bonuses: &[&str]| -> Vec<Value> {
            (0..WRITERS).map(|number| month(block, number, bonuses)).collect()
        };
        let hours = json!({"kind": "activity", "facts": {"block": "uur", "quantity": "3"}});
        let one_contract = [contracts[0], contracts[0]];
        for (what, under, records, expected) in [
            // Three of the eight parts of 300 fit in an invoice of 1,000.
            ("an invoice in parts", contracts, vec![part("inkoop", 300, 1000); WRITERS], (3, 90_000)),
            // Half of 8,000 is above the maximum of an invoice.
            (
                "the most of an invoice",
                one_contract,
                vec![part("hoogstens", 1000, 8000); WRITERS],
                (8, 250_000),
            ),
            // Eight months of 3,333.33, and 1,000 once.
            ("a flat bonus", contracts, months("jaar", &["vast"]), (8, 2_766_664)),
            ("hours under a limit of the contractor", contracts, vec![hours; WRITERS], (8, 100_000)),
        ] {
            let found = handed_in_at_once(&world, under, &records);
            assert_eq!(found, expected, "{what} on {}", world.database.kind);
        }
    }
    for world in worlds() {
        let policy = policy(&world);
        let contracts = [world.followed_contract(policy).id, world.followed_contract(policy).id];
        let records: Vec<Value> = (0..WRITERS).map(|number| month("kort", number, &[])).collect();
        let (number, cents) = handed_in_at_once(&world, contracts, &records);
        assert_eq!(number, WRITERS);
        assert!((999_900..=1_000_000).contains(&cents), "three months, wherever: {cents}");
    }
    for world in worlds() {
        let policy = policy(&world);
        let contracts = [world.followed_contract(policy).id, world.followed_contract(policy).id];
        let records: Vec<Value> = (0..WRITERS).map(|number| month("eens", number, &[])).collect();
        assert_eq!(handed_in_at_once(&world, contracts, &records), (WRITERS, 250_000), "paid once");
        let contract = world.followed_contract(policy).id;
        let mut records: Vec<Value> = (0..WRITERS).map(|number| month("cursus", number, &[])).collect();
        for record in &mut records {
            record["candidateReference"] = json!("K-2");
        }
        let found = handed_in_at_once(&world, [contract, contract], &records);
        assert_eq!(found, (WRITERS, 500_000), "5,000 however it is cut, on {}", world.database.kind);
    }
}
