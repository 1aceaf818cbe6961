//! Plays a contract with what its contractor accounts for, through the use cases themselves: for the demo.

use std::collections::BTreeSet;
use std::sync::Arc;

use trede_base::cpv::CpvCode;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::page::{PageRequest, Start};
use trede_formats::contract_example::{ContractExample, EntryExample};
use trede_model::following::contract::ContractId;
use trede_model::following::entry::EntryPath;
use trede_model::frame::role::Role;
use trede_model::policies::policy::PolicyId;
use trede_service::Services;
use trede_service::clock::{FixedClock, fresh_uuid};
use trede_service::following::contracts::{self, NewContract};
use trede_service::following::entries;
use trede_service::following::entry_steps::{self, EntryAct};
use trede_service::frame::actor::{Actor, RequestOrigin};
use trede_service::frame::error::ServiceError;
use trede_service::policies::social_return_policies;
use trede_store::frame::connection::Db;
use trede_wire::social_return_policy::PolicyInput;

/// Plays the contract in a municipality that is registered, under the policy, and others like it beside it.
///
/// # Errors
/// What the use cases answer when the example does not hold: it is played by the rules.
pub fn play(
    db: &Db,
    municipality: MunicipalityId,
    policy: &PolicyInput,
    example: &ContractExample,
) -> Result<ContractId, ServiceError> {
    let services = &Services::new(db.clone(), Arc::new(FixedClock(example.recorded_at)));
    let coordinator = actor(municipality, Role::Coordinator, None);
    let policy = social_return_policies::create(services, &coordinator, municipality, policy)?.id;
    play_one(services, municipality, policy, example)
}

/// Plays contracts like the example, under the same policy: one after the other with less done, another sum and
/// another contractor, so that some fall behind.
///
/// # Errors
/// As [`play`].
pub fn play_others(
    db: &Db,
    municipality: MunicipalityId,
    example: &ContractExample,
) -> Result<(), ServiceError> {
    let services = &Services::new(db.clone(), Arc::new(FixedClock(example.recorded_at)));
    let coordinator = actor(municipality, Role::Coordinator, None);
    let first = PageRequest { start: Start::First, limit: 1 };
    let found = social_return_policies::list(services, &coordinator, municipality, &first)?;
    let Some(policy) = found.items.first().map(|policy| policy.id) else { return Ok(()) };
    for (number, (title, cpv, sum, done)) in (2_i64..).zip(OTHERS) {
        let mut other = example.clone();
        other.terms.title = Some(title.to_owned());
        other.terms.external_reference = Some(format!("OPD-2026-{:03}", 14 + number));
        other.terms.contract_sum.cents = sum * 100;
        other.terms.cpv_codes = cpv.parse::<CpvCode>().into_iter().collect();
        other.terms.contractor_kvk_number = format!("{:08}", 90_000_000 + number).parse().ok();
        other.entries.truncate(done);
        for EntryExample { record, .. } in &mut other.entries {
            record.candidate_reference =
                record.candidate_reference.take().map(|reference| format!("{reference}-{number}"));
        }
        play_one(services, municipality, policy, &other)?;
    }
    Ok(())
}

/// Contracts beside the example: title, main CPV code, sum in euros, and how many of its entries were made.
const OTHERS: [(&str, &str, i64, usize); 11] = [
    ("Schoonmaak stadskantoor 2026-2027", "90910000-9", 1_250_000, 3),
    ("Openbare verlichting, onderhoud", "50232000-0", 480_000, 2),
    ("Catering bedrijfsrestaurants", "55500000-5", 350_000, 0),
    ("Beveiliging gemeentelijke panden", "79710000-4", 920_000, 1),
    ("Leerlingenvervoer Noord", "60130000-8", 2_400_000, 3),
    ("Inzameling textiel", "90511000-2", 260_000, 3),
    ("Straatwerk en riolering", "45232400-6", 3_100_000, 1),
    ("Schilderwerk scholen", "45442100-8", 410_000, 0),
    ("Drukwerk en post", "79800000-2", 230_000, 2),
    ("Groenafval verwerken", "90513000-6", 640_000, 3),
    ("Speelplaatsen, inspectie", "50870000-4", 300_000, 2),
];

fn actor(municipality: MunicipalityId, role: Role, kvk: Option<KvkNumber>) -> Actor {
    Actor {
        subject: format!("demo-{role}"),
        client: Some("demo".to_owned()),
        roles: BTreeSet::from([role]),
        municipalities: BTreeSet::from([municipality]),
        kvk,
        origin: RequestOrigin::own(fresh_uuid()),
    }
}

fn play_one(
    services: &Services,
    municipality: MunicipalityId,
    policy: PolicyId,
    example: &ContractExample,
) -> Result<ContractId, ServiceError> {
    let coordinator = actor(municipality, Role::Coordinator, None);
    let contractor = actor(municipality, Role::Contractor, example.terms.contractor_kvk_number);
    let new = NewContract { terms: example.terms.clone(), award: None, policy: Some(policy) };
    let made = contracts::create(services, &coordinator, municipality, &new)?;
    let contract = made.id;
    contracts::determine(services, &coordinator, municipality, contract, made.record.version)?;
    for EntryExample { record, is_approved } in &example.entries {
        let entry = entries::create(services, &contractor, municipality, contract, record)?.id;
        let at = EntryPath { municipality, contract, entry };
        entry_steps::act_on(services, &contractor, at, &EntryAct::Submit)?;
        if *is_approved {
            entry_steps::act_on(services, &coordinator, at, &EntryAct::Approve)?;
        }
    }
    Ok(contract)
}
