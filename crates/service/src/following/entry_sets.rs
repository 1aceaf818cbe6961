//! Entries that share a maximum: found, valued together, and written where one counts for another amount.

use std::collections::BTreeMap;

use serde_json::json;

use crate::following::entry_values::{self, Contracts, Valued};
use crate::following::{claims, obligations};
use crate::frame::error::ServiceError;
use trede_model::following::contract::Contract;
use trede_model::following::entry::{Entry, EntryId, EntryStep};
use trede_model::following::ledger::{LedgerRow, added_by_revaluation};
use trede_model::telling::event::{Event, EventKind};
use trede_model::trust::audit::Act;
use trede_rules::social_return::{Over, Policy, reach_of};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// An entry among those with which it shares a maximum.
pub(crate) struct Around {
    contracts: Contracts,
    /// The others that count or wait.
    others: BTreeMap<EntryId, Entry>,
}

/// An entry that counts for another amount than before.
#[derive(Debug)]
pub(crate) struct Changed {
    /// The entry, as it was.
    pub(crate) entry: Entry,
    /// What it counts for now.
    pub(crate) valued: Valued,
}

impl Around {
    /// The others that can share a maximum with the entries under this contract.
    pub(crate) fn of(
        c: &mut AnyConnection,
        contract: &Contract,
        policy: &Policy,
        entries: &[Entry],
    ) -> Result<Self, ServiceError> {
        let reach = reach_of(policy);
        let municipality = contract.municipality;
        let mut others: BTreeMap<EntryId, Entry> = BTreeMap::new();
        let contracts = match reach.over {
            Over::Contract => vec![contract.id],
            Over::Contractor | Over::Candidate => {
                let all =
                    store::following::contracts::of_contractor(c, municipality, contract.terms.contractor)?;
                all.iter().map(|contract| contract.id).collect()
            }
        };
        if reach.all_candidates {
            let all = store::following::entries::active_of_contracts(c, municipality, &contracts)?;
            others.extend(all.into_iter().map(|entry| (entry.id, entry)));
        }
        // Within one contractor, whoever shares a maximum is found already.
        let all_found = reach.all_candidates && reach.over != Over::Candidate;
        let mut seeds: Vec<Entry> = if all_found { Vec::new() } else { entries.to_vec() };
        while let Some(seed) = seeds.pop() {
            for entry in same_effort(c, &seed)? {
                let concerns = reach.over == Over::Candidate || contracts.contains(&entry.contract);
                if concerns && !others.contains_key(&entry.id) {
                    seeds.push(entry.clone());
                    others.insert(entry.id, entry);
                }
            }
        }
        for entry in entries {
            others.remove(&entry.id);
        }
        let mut around = Self { contracts: Contracts::new(), others };
        around.contracts.insert(contract.id, (contract.clone(), policy.clone()));
        around.know_contracts(c)?;
        Ok(around)
    }

    fn know_contracts(&mut self, c: &mut AnyConnection) -> Result<(), ServiceError> {
        for entry in self.others.values() {
            if self.contracts.contains_key(&entry.contract) {
                continue;
            }
            let found = store::following::contracts::find(c, entry.municipality, entry.contract)?;
            if let Some(contract) = found.filter(|contract| contract.policy.is_some()) {
                let policy = obligations::kept(c, &contract)?;
                self.contracts.insert(contract.id, (contract, policy));
            }
        }
        Ok(())
    }

    /// What an entry counts for among the others, and which of them then count for another amount.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] with what is wrong with the entry.
    pub(crate) fn with(&self, entry: &Entry) -> Result<(Valued, Vec<Changed>), ServiceError> {
        // In one order, also where two have all alike: what each counts for is then the same whoever comes last.
        let mut all = self.others.clone();
        all.insert(entry.id, entry.clone());
        let all: Vec<Entry> = all.into_values().collect();
        let mut values = entry_values::values(&self.contracts, &all)?;
        let valued = entry_values::of(entry, &mut values)?;
        Ok((valued, self.changed(&self.others, values)?))
    }

    /// Which of the others count for another amount when these entries count or wait too, or no more.
    pub(crate) fn beside(&self, entries: &[Entry]) -> Result<Vec<Changed>, ServiceError> {
        let mut all = self.others.clone();
        all.extend(entries.iter().map(|entry| (entry.id, entry.clone())));
        let listed: Vec<Entry> = all.values().cloned().collect();
        let values = entry_values::values(&self.contracts, &listed)?;
        self.changed(&all, values)
    }

    fn changed(
        &self,
        entries: &BTreeMap<EntryId, Entry>,
        values: BTreeMap<
            EntryId,
            Result<
                trede_rules::social_return::EntryValue,
                Vec<trede_rules::social_return::SocialReturnFinding>,
            >,
        >,
    ) -> Result<Vec<Changed>, ServiceError> {
        let mut changed = Vec::new();
        for (id, value) in values {
            let (Some(entry), Ok(value)) = (entries.get(&id), value) else { continue };
            let settled = self
                .contracts
                .get(&entry.contract)
                .is_none_or(|(contract, _)| entry_values::is_settled(contract));
            if !settled && value.cents != entry.value_cents {
                changed.push(Changed { entry: entry.clone(), valued: entry_values::written(&value)? });
            }
        }
        Ok(changed)
    }
}

/// The entries of the same candidate, or of the same invoice.
fn same_effort(c: &mut AnyConnection, entry: &Entry) -> Result<Vec<Entry>, ServiceError> {
    // A flat bonus counts once under a contract for all that is about nobody.
    if !entry.content.kind.has_candidate() && !entry_values::given(entry)?.bonuses.is_empty() {
        let all = store::following::entries::active_of_contracts(c, entry.municipality, &[entry.contract])?;
        return Ok(all.into_iter().filter(|other| !other.content.kind.has_candidate()).collect());
    }
    let ids = claims::of_same_effort(c, entry)?;
    Ok(store::following::entries::active(c, entry.municipality, &ids)?)
}

/// Writes the new values: each is a row of the ledger, and told. Answers how many there are.
pub(crate) fn write(c: &mut AnyConnection, act: &Act, changed: Vec<Changed>) -> Result<usize, ServiceError> {
    let number = changed.len();
    for Changed { mut entry, valued } in changed {
        let before = entry.value_cents;
        valued.put_on(&mut entry);
        entry.record = entry.record.changed(act.at);
        store::following::entries::update(c, &entry)?;
        let (submitted_cents, approved_cents) = added_by_revaluation(entry.state, before, entry.value_cents);
        let row = LedgerRow {
            contract: entry.contract,
            entry: entry.id,
            version: entry.record.version,
            block: entry.content.block.clone(),
            step: EntryStep::Revalue,
            submitted_cents,
            approved_cents,
            at: act.at,
            actor: act.actor.clone(),
            // What it changed with is told where that is of the same contract.
            reason: act.object.contains(&entry.contract.to_string()).then(|| act.object.clone()),
        };
        store::following::ledger::append(c, entry.municipality, &row)?;
        let subject = format!("contracts/{}/entries/{}", entry.contract, entry.id);
        let data =
            json!({"contractId": entry.contract, "entryId": entry.id, "state": entry.state}).to_string();
        store::telling::events::append(c, &Event::of(act, EventKind::EntryRevalued, subject, data))?;
    }
    Ok(number)
}

/// Values all entries of a contract again, and those that share a maximum with them, after its terms, its policy or
/// its cure period changed. Answers how many count for another amount than before.
pub(crate) fn revalue_contract(
    c: &mut AnyConnection,
    act: &Act,
    contract: &Contract,
    policy: &Policy,
) -> Result<usize, ServiceError> {
    let own = store::following::entries::active_of_contracts(c, contract.municipality, &[contract.id])?;
    let around = Around::of(c, contract, policy, &own)?;
    let changed = around.beside(&own)?;
    write(c, act, changed)
}
