//! Contracts of an authority that are looked for.

use chrono::NaiveDate;

use super::Sight;
use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::overseeing::monitoring;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::progress::ProgressStatus;
use trede_model::following::search::{ContractFilter, ContractOrder, Place, Sorted};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// Which contracts are looked for, also by how they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContractSearch {
    /// By what a contract says.
    pub filter: ContractFilter,
    /// How they stand, as the portfolio has it; empty where that is not asked.
    pub risk: Vec<ProgressStatus>,
}

/// One page of the contracts that the caller may see and looks for, in the order that is asked.
///
/// # Errors
/// [`ServiceError::Refused`] when it is asked how contracts stand, and more run than can be told.
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    search: &ContractSearch,
    order: Sorted<ContractOrder>,
    request: &PageRequest<Place<ContractId>>,
) -> Result<Page<Contract>, ServiceError> {
    authorise(actor, municipality, Operation::ListContracts)?;
    let today = dutch_day(services.now());
    services.db.read(|c| of_one(c, actor, municipality, (search, today), order, request))
}

pub(super) fn of_one(
    c: &mut AnyConnection,
    actor: &Actor,
    municipality: MunicipalityId,
    (search, today): (&ContractSearch, NaiveDate),
    order: Sorted<ContractOrder>,
    request: &PageRequest<Place<ContractId>>,
) -> Result<Page<Contract>, ServiceError> {
    let sight = Sight::of(actor);
    if sight == Sight::None {
        return Ok(Page { items: Vec::new(), has_previous: false, has_next: false });
    }
    let filter = with_risk(c, actor, municipality, (search, today))?;
    let asked = (sight.party(), &filter, today);
    let page = store::following::contract_lists::page(c, municipality, asked, order, request)?;
    Ok(page.map(|mut contract| {
        contract.state = contract.state.on(today, contract.terms.starts_on);
        contract
    }))
}

/// The filter, narrowed down to those that stand as is asked: that follows from what is owed, planned and booked, and
/// no table holds it.
pub(crate) fn with_risk(
    c: &mut AnyConnection,
    actor: &Actor,
    municipality: MunicipalityId,
    (search, today): (&ContractSearch, NaiveDate),
) -> Result<ContractFilter, ServiceError> {
    let mut filter = search.filter.clone();
    if !search.risk.is_empty() {
        let standing = monitoring::standing_so(c, actor, municipality, &search.risk, today)?;
        let kept = |id: &ContractId| filter.ids.as_ref().is_none_or(|ids| ids.contains(id));
        filter.ids = Some(standing.into_iter().filter(kept).collect());
    }
    Ok(filter)
}

/// The ids of the contracts that are looked for after one of them: so many, and one more where there are more.
pub(crate) fn selected_ids(
    c: &mut AnyConnection,
    actor: &Actor,
    municipality: MunicipalityId,
    (search, today): (&ContractSearch, NaiveDate),
    after: Option<ContractId>,
    limit: u16,
) -> Result<Vec<ContractId>, ServiceError> {
    let filter = with_risk(c, actor, municipality, (search, today))?;
    Ok(store::following::contract_lists::ids(c, municipality, (&filter, today), after, limit)?)
}
