//! The completeness report: where the clause was forgotten.

use crate::domain::fulfilment::contract::Contract;
use crate::domain::fulfilment::obligation_state::ObligationState;
use crate::domain::ids::MunicipalityId;
use crate::domain::lot::Lot;
use crate::service::Services;
use crate::service::access::{Operation, authorise};
use crate::service::actor::Actor;
use crate::service::contract_levels;
use crate::service::error::ServiceError;
use crate::storage;

/// What lacks an obligation that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completeness {
    /// Lots that were awarded and have no contract.
    pub lots: Vec<Lot>,
    /// Contracts for which nothing was computed, since they have no policy.
    pub without_policy: Vec<Contract>,
    /// Contracts of which the obligation was computed and never fixed.
    pub not_fixed: Vec<Contract>,
    /// Contracts whose obligation rests on PSO levels that the register of certificates knows otherwise.
    pub levels_outdated: Vec<Contract>,
}

/// Lists awarded lots without a contract, and contracts without an obligation or with one that rests on PSO
/// levels that are others since.
///
/// # Errors
/// [`ServiceError::Forbidden`], [`ServiceError::ForeignMunicipality`].
pub fn report(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
) -> Result<Completeness, ServiceError> {
    authorise(actor, municipality, Operation::GetCompleteness)?;
    let now = services.now();
    services.db.read(|c| {
        let lots = storage::lots::awarded_without_contract(c, municipality)?;
        let concepts = storage::contracts::in_state(c, municipality, ObligationState::Concept)?;
        let (not_fixed, without_policy) =
            concepts.into_iter().partition(|contract| contract.obligation_cents.is_some());
        let levels_outdated = contract_levels::outdated(c, municipality, now)?;
        Ok(Completeness { lots, without_policy, not_fixed, levels_outdated })
    })
}
