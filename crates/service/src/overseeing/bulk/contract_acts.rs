//! Acts on many contracts.

use super::{Batch, MOST, Manner, Outcome, Selection, check_ids, within};
use crate::Services;
use crate::following::contract_changes::{self, NewChange};
use crate::following::contracts::{self, NO_CONTRACT};
use crate::following::settlements::{self, NewSettlement};
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TITLE};
use crate::overseeing::lists::{self, ContractSearch};
use trede_base::ids::MunicipalityId;
use trede_model::following::change::ChangeKind;
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::obligation_state::{ObligationState, ObligationStep};
use trede_model::following::plan::MilestoneId;
use trede_model::following::settlement::SettlementId;
use trede_model::trust::audit::Act;
use trede_store::frame::connection::AnyConnection;
use trede_store::trust::recording_many::Many;

/// What can be done with many contracts.
#[derive(Clone, Debug)]
pub enum ContractsAct {
    /// What is owed is fixed.
    Determine,
    /// Somebody follows them from now on.
    Assign {
        /// Who.
        coordinator: String,
        /// Why.
        reason: String,
    },
    /// A decision is taken on what was realised.
    Settle(NewSettlement),
}

/// The ids of what an act on one contract may add; made before the write, for it may run twice.
#[derive(Clone, Copy)]
struct Fresh {
    contract: ContractId,
    settlement: SettlementId,
    milestone: MilestoneId,
}

impl ContractsAct {
    const fn on_many(&self) -> Operation {
        match self {
            Self::Determine => Operation::DetermineObligations,
            Self::Assign { .. } => Operation::AssignContracts,
            Self::Settle(_) => Operation::SettleContracts,
        }
    }

    fn check(&self, change: Option<&NewChange>) -> Result<(), ServiceError> {
        if let Self::Assign { coordinator, .. } = self {
            let mut findings = Findings::default();
            findings.needed_text("/coordinator", coordinator, TITLE);
            findings.into_result()?;
        }
        match (self, change) {
            (Self::Settle(new), _) => settlements::check(new),
            (_, Some(change)) => contract_changes::check(change),
            (Self::Determine | Self::Assign { .. }, None) => Ok(()),
        }
    }

    /// The states in which a contract can take it.
    fn states(&self) -> Vec<ObligationState> {
        let takes = |state: ObligationState| match self {
            Self::Determine => state.after(ObligationStep::Fix).is_ok(),
            Self::Assign { .. } => state.takes_changes(),
            Self::Settle(new) => state.after(new.step).is_ok(),
        };
        ObligationState::ALL.iter().copied().filter(|state| takes(*state)).collect()
    }

    /// The act on one of them, as the trail knows it.
    fn act(&self, services: &Services, actor: &Actor, municipality: MunicipalityId, fresh: Fresh) -> Act {
        let contract = fresh.contract;
        let (operation, object) = match self {
            Self::Determine => (Operation::DetermineObligation, format!("contracts/{contract}")),
            Self::Assign { .. } => (Operation::ChangeContract, format!("contracts/{contract}/changes")),
            Self::Settle(_) => {
                (Operation::SettleContract, format!("contracts/{contract}/settlements/{}", fresh.settlement))
            }
        };
        services.act(actor, municipality, operation, object)
    }
}

/// Does one act on many contracts: each as the single act does it, or refused with what that would answer.
///
/// # Errors
/// [`ServiceError::Invalid`] with what is wrong with the act or the ids; [`ServiceError::Busy`] when the batch could
/// not be written: then nothing of it was done.
pub fn on_contracts(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    selection: Selection<Contract, ContractSearch>,
    (what, manner): (&ContractsAct, Manner),
) -> Result<Batch<Contract, Contract>, ServiceError> {
    authorise(actor, municipality, what.on_many())?;
    let today = dutch_day(services.now());
    let change = match what {
        ContractsAct::Assign { coordinator, reason } => Some(NewChange {
            coordinator: Some(coordinator.clone()),
            ..NewChange::of(ChangeKind::Correction, today, reason)
        }),
        ContractsAct::Determine | ContractsAct::Settle(_) => None,
    };
    what.check(change.as_ref())?;
    let (ids, next) = match selection {
        Selection::Ids(ids) => {
            check_ids("/contracts/ids", &ids)?;
            (ids, None)
        }
        Selection::Found { mut filter, after } => {
            if filter.filter.states.is_empty() {
                filter.filter.states = what.states();
            }
            let found = services
                .db
                .read(|c| lists::selected_ids(c, actor, municipality, (&filter, today), after, MOST))?;
            within(found, |id| *id)
        }
    };
    let fresh: Vec<Fresh> =
        ids.iter().map(|id| Fresh { contract: *id, settlement: new_id(), milestone: new_id() }).collect();
    let acts: Vec<Act> = fresh.iter().map(|fresh| what.act(services, actor, municipality, *fresh)).collect();
    let done = manner.each(services, (Many::Contracts, &acts), |c, place, act| {
        let fresh = fresh.get(place).copied().ok_or(NO_CONTRACT)?;
        one(c, (services, actor), (act, municipality, fresh), what, change.as_ref())
    })?;
    let outcomes = ids.into_iter().zip(done).map(|(id, outcome)| Outcome { id, outcome }).collect();
    Ok(Batch { outcomes, next })
}

fn one(
    c: &mut AnyConnection,
    by: (&Services, &Actor),
    (act, municipality, fresh): (&Act, MunicipalityId, Fresh),
    what: &ContractsAct,
    change: Option<&NewChange>,
) -> Result<Contract, ServiceError> {
    let id = fresh.contract;
    match (what, change) {
        (ContractsAct::Settle(new), _) => {
            let new_ids = (fresh.settlement, fresh.milestone);
            settlements::create_in(c, by, act, (municipality, id), new_ids, new)?;
            contracts::load(c, by.0, by.1, municipality, id)
        }
        (_, Some(change)) => {
            let changed =
                contract_changes::create_in(c, act, municipality, (id, fresh.milestone), None, change)?;
            Ok(changed.0)
        }
        (ContractsAct::Determine | ContractsAct::Assign { .. }, None) => {
            contracts::determine_in(c, act, municipality, id, None)
        }
    }
}
