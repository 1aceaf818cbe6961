//! What the objects of a batch are called, for who may see them.

use std::collections::BTreeMap;

use crate::Services;
use crate::following::contracts;
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use trede_base::ids::MunicipalityId;
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::entry::{Entry, EntryId};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// What an entry or a contract is called, and what it comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The contract, or that of the entry.
    pub contract: ContractId,
    /// The title of that contract.
    pub contract_title: String,
    /// What the entry says of itself, or by which reference others know it.
    pub title: Option<String>,
    /// What the entry counts for, or what the contract owes, in cents.
    pub cents: Option<i64>,
}

/// What is told of those of the entries that the caller may see.
///
/// # Errors
/// [`ServiceError`] when the database does not answer.
pub fn of_entries(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    ids: &[EntryId],
) -> Result<BTreeMap<EntryId, About>, ServiceError> {
    services.db.read(|c| {
        let entries = store::following::entry_lists::those(c, municipality, ids)?;
        let under: Vec<ContractId> = entries.iter().map(|entry| entry.contract).collect();
        let contracts = seen(c, actor, municipality, &under)?;
        let told = entries.into_iter().filter_map(|entry| {
            let contract = contracts.get(&entry.contract)?;
            let about = About {
                contract: contract.id,
                contract_title: contract.terms.title.clone(),
                title: name(&entry),
                cents: Some(entry.value_cents),
            };
            Some((entry.id, about))
        });
        Ok(told.collect())
    })
}

/// What is told of those of the contracts that the caller may see.
///
/// # Errors
/// [`ServiceError`] when the database does not answer.
pub fn of_contracts(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    ids: &[ContractId],
) -> Result<BTreeMap<ContractId, About>, ServiceError> {
    services.db.read(|c| {
        let told = seen(c, actor, municipality, ids)?.into_values().map(|contract| {
            let about = About {
                contract: contract.id,
                contract_title: contract.terms.title,
                title: contract.terms.external_reference,
                cents: contract.obligation_cents,
            };
            (contract.id, about)
        });
        Ok(told.collect())
    })
}

fn seen(
    c: &mut AnyConnection,
    actor: &Actor,
    municipality: MunicipalityId,
    ids: &[ContractId],
) -> Result<BTreeMap<ContractId, Contract>, ServiceError> {
    let own = contracts::of_party(c, actor, municipality)?;
    let is_seen = |contract: &Contract| own.as_ref().is_none_or(|own| own.contains(&contract.id));
    let found = store::following::contract_lists::those(c, municipality, ids)?;
    Ok(found.into_iter().filter(is_seen).map(|contract| (contract.id, contract)).collect())
}

fn name(entry: &Entry) -> Option<String> {
    let content = &entry.content;
    let described = Some(content.description.clone()).filter(|text| !text.trim().is_empty());
    described.or_else(|| content.external_reference.clone())
}
