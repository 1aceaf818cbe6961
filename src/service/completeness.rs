//! The completeness report: where the clause was forgotten.

use crate::domain::fulfilment::contract::Contract;
use crate::domain::fulfilment::obligation_state::ObligationState;
use crate::domain::ids::MunicipalityId;
use crate::domain::lot::Lot;
use crate::service::Services;
use crate::service::access::{Operation, authorise};
use crate::service::actor::Actor;
use crate::service::error::ServiceError;
use crate::storage;

/// What lacks an obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completeness {
    /// Lots that were awarded and have no contract.
    pub lots: Vec<Lot>,
    /// Contracts for which nothing was computed, since they have no policy.
    pub without_policy: Vec<Contract>,
    /// Contracts of which the obligation was computed and never fixed.
    pub not_fixed: Vec<Contract>,
}

/// Lists awarded lots without a contract, and contracts without an obligation.
///
/// # Errors
/// [`ServiceError::Forbidden`], [`ServiceError::ForeignMunicipality`].
pub fn report(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
) -> Result<Completeness, ServiceError> {
    authorise(actor, municipality, Operation::GetCompleteness)?;
    services.db.read(|c| {
        let lots = storage::lots::awarded_without_contract(c, municipality)?;
        let concepts = storage::contracts::in_state(c, municipality, ObligationState::Concept)?;
        let (not_fixed, without_policy) =
            concepts.into_iter().partition(|contract| contract.obligation_cents.is_some());
        Ok(Completeness { lots, without_policy, not_fixed })
    })
}
