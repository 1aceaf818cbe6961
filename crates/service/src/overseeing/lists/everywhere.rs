//! Lists over all authorities that the caller's token names: a contractor works for several.

use std::cmp::Ordering;

use super::{ContractSearch, contracts, entries};
use crate::Services;
use crate::frame::access::{Operation, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest, Start};
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::entry::{Entry, EntryId};
use trede_model::following::search::{
    ContractFilter, ContractOrder, EntryFilter, EntryOrder, Place, SortValue, Sorted,
};
use trede_store::following::{contract_lists, entry_lists};

/// One page of the contracts that the caller may see, of every authority that its token names.
///
/// # Errors
/// [`ServiceError::Forbidden`].
pub fn own_contracts(
    services: &Services,
    actor: &Actor,
    filter: &ContractFilter,
    order: Sorted<ContractOrder>,
    request: &PageRequest<Place<ContractId>>,
) -> Result<Page<Contract>, ServiceError> {
    authorise_national(actor, Operation::ListOwnContracts)?;
    let today = dutch_day(services.now());
    let search = ContractSearch { filter: filter.clone(), risk: Vec::new() };
    let found = |municipality: MunicipalityId| {
        services.db.read(|c| contracts::of_one(c, actor, municipality, (&search, today), order, request))
    };
    let place = |contract: &Contract| contract_lists::place(contract, order.by);
    together(actor, found, place, order.descending, request)
}

/// One page of the entries that the caller may see, of every authority that its token names.
///
/// # Errors
/// [`ServiceError::Forbidden`].
pub fn own_entries(
    services: &Services,
    actor: &Actor,
    filter: &EntryFilter,
    order: Sorted<EntryOrder>,
    request: &PageRequest<Place<EntryId>>,
) -> Result<Page<Entry>, ServiceError> {
    authorise_national(actor, Operation::ListOwnEntries)?;
    let found = |municipality: MunicipalityId| {
        services.db.read(|c| entries::of_one(c, actor, municipality, filter, order, request))
    };
    let place = |entry: &Entry| entry_lists::place(entry, order.by);
    let page = together(actor, found, place, order.descending, request)?;
    for municipality in &actor.municipalities {
        if page.items.iter().any(|entry| entry.municipality == *municipality) {
            let object = "entries".to_owned();
            services.record_read(actor, *municipality, Operation::ListOwnEntries, object)?;
        }
    }
    Ok(page)
}

/// One page made of the pages of each authority: what stands on it stands on one of theirs.
fn together<T, K: Ord>(
    actor: &Actor,
    found: impl Fn(MunicipalityId) -> Result<Page<T>, ServiceError>,
    place: impl Fn(&T) -> Place<K>,
    descending: bool,
    request: &PageRequest<Place<K>>,
) -> Result<Page<T>, ServiceError> {
    let mut items = Vec::new();
    let (mut has_previous, mut has_next) = (false, false);
    for municipality in &actor.municipalities {
        let page = found(*municipality)?;
        has_previous |= page.has_previous && !page.items.is_empty();
        has_next |= page.has_next && !page.items.is_empty();
        items.extend(page.items);
    }
    items.sort_by(|one, other| {
        let order = compare(&place(one), &place(other));
        if descending { order.reverse() } else { order }
    });
    let most = usize::from(request.limit);
    let more = items.len() > most;
    match request.start {
        Start::First => (has_previous, has_next) = (false, has_next || more),
        Start::After(_) => (has_previous, has_next) = (true, has_next || more),
        Start::Before(_) => {
            (has_previous, has_next) = (has_previous || more, true);
            let beyond = items.len().saturating_sub(most);
            items.drain(..beyond);
        }
    }
    items.truncate(most);
    Ok(Page { items, has_previous, has_next })
}

fn compare<K: Ord>(one: &Place<K>, other: &Place<K>) -> Ordering {
    let by_value = match (&one.value, &other.value) {
        (SortValue::Day(one), SortValue::Day(other)) => one.cmp(other),
        (SortValue::Cents(one), SortValue::Cents(other)) => one.cmp(other),
        (SortValue::Moment(one), SortValue::Moment(other)) => one.cmp(other),
        (SortValue::Text(one), SortValue::Text(other)) => one.cmp(other),
        _ => Ordering::Equal,
    };
    by_value.then_with(|| one.id.cmp(&other.id))
}
