//! Entries over all contracts of an authority that are looked for.

use super::Sight;
use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::following::contract::ContractId;
use trede_model::following::entry::{Entry, EntryId};
use trede_model::following::search::{EntryFilter, EntryOrder, Place, Sorted};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// One page of the entries that the caller may see and looks for, in the order that is asked.
///
/// # Errors
/// [`ServiceError::Forbidden`], [`ServiceError::ForeignMunicipality`].
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    filter: &EntryFilter,
    order: Sorted<EntryOrder>,
    request: &PageRequest<Place<EntryId>>,
) -> Result<Page<Entry>, ServiceError> {
    authorise(actor, municipality, Operation::ListAllEntries)?;
    let page = services.db.read(|c| of_one(c, actor, municipality, filter, order, request))?;
    services.record_read(actor, municipality, Operation::ListAllEntries, "entries".to_owned())?;
    Ok(page)
}

pub(super) fn of_one(
    c: &mut AnyConnection,
    actor: &Actor,
    municipality: MunicipalityId,
    filter: &EntryFilter,
    order: Sorted<EntryOrder>,
    request: &PageRequest<Place<EntryId>>,
) -> Result<Page<Entry>, ServiceError> {
    let sight = Sight::of(actor);
    if sight == Sight::None {
        return Ok(Page { items: Vec::new(), has_previous: false, has_next: false });
    }
    let asked = (sight.party(), filter);
    Ok(store::following::entry_lists::page(c, municipality, asked, order, request)?)
}

/// The entries that the caller may see and looks for, with their contracts, after one of them: so many, and one more
/// where there are more.
pub(crate) fn selected(
    c: &mut AnyConnection,
    actor: &Actor,
    municipality: MunicipalityId,
    filter: &EntryFilter,
    after: Option<EntryId>,
    limit: u16,
) -> Result<Vec<(EntryId, ContractId)>, ServiceError> {
    let sight = Sight::of(actor);
    if sight == Sight::None {
        return Ok(Vec::new());
    }
    let asked = (sight.party(), filter);
    Ok(store::following::entry_lists::ids(c, municipality, asked, after, limit)?)
}
