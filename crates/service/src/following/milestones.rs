//! Deadlines of a contract: first contact, milestones of its plan, the end of a cure period.

use chrono::{Days, NaiveDate};

use crate::Services;
use crate::following::contracts;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use trede_base::ids::MunicipalityId;
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::plan::{Milestone, MilestoneId, MilestoneKind};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

const NO_MILESTONE: ServiceError = ServiceError::NotFound { what: "milestone" };

/// Adds the deadline for the first contact, where the policy sets one, the day of the award is known and there
/// is none yet.
pub(crate) fn add_contact(
    c: &mut AnyConnection,
    contract: &Contract,
    id: MilestoneId,
    days: Option<u32>,
) -> Result<(), ServiceError> {
    let due_on = contract
        .terms
        .assigned_on
        .zip(days)
        .and_then(|(assigned_on, days)| assigned_on.checked_add_days(Days::new(u64::from(days))));
    let Some(due_on) = due_on else { return Ok(()) };
    let known = store::following::milestones::all_of_contract(c, contract.municipality, contract.id)?;
    if known.iter().any(|milestone| milestone.kind == MilestoneKind::Contact) {
        return Ok(());
    }
    let milestone = Milestone {
        contract: contract.id,
        id,
        kind: MilestoneKind::Contact,
        title: "Kennismaking".to_owned(),
        due_on,
        planned_cents: None,
        done_on: None,
    };
    Ok(store::following::milestones::insert(c, contract.municipality, &milestone)?)
}

/// All deadlines of a contract, the earliest first.
///
/// # Errors
/// [`ServiceError::NotFound`] when the caller may see no such contract.
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
) -> Result<Vec<Milestone>, ServiceError> {
    authorise(actor, municipality, Operation::ListMilestones)?;
    services.db.read(|c| {
        contracts::load(c, services, actor, municipality, contract)?;
        Ok(store::following::milestones::all_of_contract(c, municipality, contract)?)
    })
}

/// Says that what a deadline was for is done.
///
/// # Errors
/// [`ServiceError::NotFound`] when the contract has no such milestone; [`ServiceError::Refused`] when it was
/// done already; [`ServiceError::Invalid`] for a day in the future.
pub fn complete(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
    id: MilestoneId,
    done_on: NaiveDate,
) -> Result<Milestone, ServiceError> {
    authorise(actor, municipality, Operation::CompleteMilestone)?;
    if done_on > dutch_day(services.now()) {
        return Err(ServiceError::invalid("/doneOn", "in-the-future", "a day that has come"));
    }
    let object = format!("contracts/{contract}/milestones/{id}");
    let act = services.act(actor, municipality, Operation::CompleteMilestone, object);
    services.db.write(&act, |c| {
        contracts::load(c, services, actor, municipality, contract)?;
        let found = store::following::milestones::find(c, municipality, contract, id)?;
        let mut milestone = found.ok_or(NO_MILESTONE)?;
        if milestone.done_on.is_some() {
            return Err(ServiceError::refused("done-already", "this milestone was completed already"));
        }
        milestone.done_on = Some(done_on);
        store::following::milestones::update(c, municipality, &milestone)?;
        Ok(milestone)
    })
}
