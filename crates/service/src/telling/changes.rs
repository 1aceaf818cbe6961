//! What happened, in order, for who keeps in step without being told.

use crate::Services;
use crate::frame::access::{Operation, authorise, authorise_national, hears};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest, Start};
use trede_formats::cloud_event::CloudEvent;
use trede_model::telling::event::{EventKind, Hearers};
use trede_model::trust::audit::AuditScope;
use trede_store as store;

/// An event at its place in the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its place.
    pub position: i64,
    /// What happened.
    pub event: CloudEvent,
}

/// One page of what happened in a municipality, as far as the caller may hear of it.
///
/// # Errors
/// [`ServiceError::Expired`] when events after the start of the page were removed.
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    request: &PageRequest<i64>,
) -> Result<Page<Change>, ServiceError> {
    authorise(actor, municipality, Operation::ListChanges)?;
    let heard = EventKind::ALL.iter().copied().filter(|kind| hears(actor, *kind)).collect::<Vec<_>>();
    page(services, AuditScope::Municipality(municipality), &heard, request)
}

/// One page of what happened to national data.
///
/// # Errors
/// As [`list`].
pub fn list_national(
    services: &Services,
    actor: &Actor,
    request: &PageRequest<i64>,
) -> Result<Page<Change>, ServiceError> {
    authorise_national(actor, Operation::ListNationalChanges)?;
    let national = EventKind::ALL.iter().copied().filter(|kind| kind.hearers() == Hearers::Everybody);
    page(services, AuditScope::National, &national.collect::<Vec<_>>(), request)
}

fn page(
    services: &Services,
    scope: AuditScope,
    kinds: &[EventKind],
    request: &PageRequest<i64>,
) -> Result<Page<Change>, ServiceError> {
    services.db.read(|c| {
        let removed_to = store::telling::events::removed_to(c, scope)?;
        if matches!(request.start, Start::After(last) if last < removed_to) {
            return Err(ServiceError::Expired {
                detail: "events after this cursor were removed, their term of retention being over: read what \
                         you follow anew, and start again without a cursor",
            });
        }
        let oin = match scope.municipality() {
            None => None,
            Some(id) => store::frame::municipalities::find(c, id)?.and_then(|found| found.oin),
        };
        let found = store::telling::events::page(c, scope, kinds, request)?;
        Ok(found.map(|(position, event)| Change {
            position,
            event: CloudEvent::of(&event, position, oin.as_deref(), &services.herald.server),
        }))
    })
}
