//! Plays a contract with what its contractor accounts for, through the use cases themselves: for the demo.

use std::collections::BTreeSet;
use std::sync::Arc;

use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_formats::contract_example::{ContractExample, EntryExample};
use trede_model::following::contract::ContractId;
use trede_model::following::entry::EntryPath;
use trede_model::frame::role::Role;
use trede_service::Services;
use trede_service::clock::{FixedClock, fresh_uuid};
use trede_service::following::contracts::{self, NewContract};
use trede_service::following::{entries, entry_steps};
use trede_service::frame::actor::{Actor, RequestOrigin};
use trede_service::frame::error::ServiceError;
use trede_service::policies::social_return_policies;
use trede_store::frame::connection::Db;
use trede_wire::social_return_policy::PolicyInput;

/// Plays the contract in a municipality that is registered, under the policy.
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
    let actor = |role: Role, kvk: Option<KvkNumber>| Actor {
        subject: format!("demo-{role}"),
        client: Some("demo".to_owned()),
        roles: BTreeSet::from([role]),
        municipalities: BTreeSet::from([municipality]),
        kvk,
        origin: RequestOrigin::own(fresh_uuid()),
    };
    let coordinator = actor(Role::Coordinator, None);
    let contractor = actor(Role::Contractor, example.terms.contractor_kvk_number);
    let policy = social_return_policies::create(services, &coordinator, municipality, policy)?.id;
    let new = NewContract { terms: example.terms.clone(), award: None, policy: Some(policy) };
    let made = contracts::create(services, &coordinator, municipality, &new)?;
    let contract = made.id;
    contracts::determine(services, &coordinator, municipality, contract, made.record.version)?;
    for EntryExample { record, is_approved } in &example.entries {
        let entry = entries::create(services, &contractor, municipality, contract, record)?.id;
        let at = EntryPath { municipality, contract, entry };
        entry_steps::submit(services, &contractor, at)?;
        if *is_approved {
            entry_steps::approve(services, &coordinator, at)?;
        }
    }
    Ok(contract)
}
