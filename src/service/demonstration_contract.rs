//! Plays a contract with what its contractor accounts for, through the use cases themselves: for the demo.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::clock::{FixedClock, fresh_uuid};
use crate::domain::fulfilment::contract::ContractId;
use crate::domain::fulfilment::entry::EntryPath;
use crate::domain::ids::{KvkNumber, MunicipalityId};
use crate::domain::role::Role;
use crate::exchange::contract_example::{ContractExample, EntryExample};
use crate::exchange::social_return_policy::PolicyInput;
use crate::service::actor::{Actor, RequestOrigin};
use crate::service::contracts::{self, NewContract};
use crate::service::error::ServiceError;
use crate::service::{Services, entries, entry_steps, social_return_policies};
use crate::storage::connection::Db;

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
        origin: RequestOrigin { request_id: fresh_uuid(), address: None },
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
