//! The completeness report: where the clause was forgotten.

use crate::Services;
use crate::following::contract_levels;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use trede_base::ids::MunicipalityId;
use trede_model::following::contract::Contract;
use trede_model::following::obligation_state::ObligationState;
use trede_model::tendering::lot::Lot;
use trede_store as store;

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
        let lots = store::tendering::lots::awarded_without_contract(c, municipality)?;
        let concepts = store::following::contracts::in_state(c, municipality, ObligationState::Concept)?;
        let (not_fixed, without_policy) =
            concepts.into_iter().partition(|contract| contract.obligation_cents.is_some());
        let levels_outdated = contract_levels::outdated(c, municipality, now)?;
        Ok(Completeness { lots, without_policy, not_fixed, levels_outdated })
    })
}
