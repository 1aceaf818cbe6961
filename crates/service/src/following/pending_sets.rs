//! Entries under a maximum that all of them share, in a batch: valued again once, when all its acts are done. To do so
//! after each act would cost the square of their number. What each counts for in the end is the same: it does not hang
//! on the order in which they came.

use std::collections::BTreeMap;

use crate::following::{entry_sets, obligations};
use crate::frame::error::ServiceError;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_model::following::contract::{Contract, ContractId};
use trede_model::trust::audit::Act;
use trede_rules::social_return::{Over, Policy, reach_of};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// The sets that acts of a batch changed, each with a contract of it.
#[derive(Default)]
pub(crate) struct PendingSets(BTreeMap<Reached, ContractId>);

/// Over what a maximum goes on.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Reached {
    Contract(ContractId),
    Contractor(KvkNumber, Over),
}

impl PendingSets {
    /// Whether entries under the contract share a maximum whoever they are about; then they wait for the end.
    pub(crate) fn take(&mut self, contract: &Contract, policy: &Policy) -> bool {
        let reach = reach_of(policy);
        if reach.all_candidates {
            let reached = match reach.over {
                Over::Contract => Reached::Contract(contract.id),
                over => Reached::Contractor(contract.terms.contractor, over),
            };
            self.0.entry(reached).or_insert(contract.id);
        }
        reach.all_candidates
    }

    /// Values the sets again; answers how many entries count for another amount than before.
    ///
    /// # Errors
    /// What ends the batch.
    pub(crate) fn revalue(
        &self,
        c: &mut AnyConnection,
        act: &Act,
        municipality: MunicipalityId,
    ) -> Result<usize, ServiceError> {
        let mut changed = 0;
        for id in self.0.values() {
            let contract = store::following::contracts::find(c, municipality, *id)?
                .ok_or_else(|| ServiceError::Internal("the contract of an entry is gone".into()))?;
            let policy = obligations::kept(c, &contract)?;
            changed += entry_sets::revalue_contract(c, act, &contract, &policy)?;
        }
        Ok(changed)
    }
}
