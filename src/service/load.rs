//! Finds what a use case is about, or says that it is not there.

use crate::domain::ids::MunicipalityId;
use crate::domain::lot::{Lot, LotPath};
use crate::domain::procedure::State;
use crate::domain::tender::{Tender, TenderId};
use crate::service::access::sees_drafts;
use crate::service::actor::Actor;
use crate::service::error::ServiceError;
use crate::storage;
use crate::storage::connection::AnyConnection;

pub(super) const NO_TENDER: ServiceError = ServiceError::NotFound { what: "tender" };
pub(super) const NO_LOT: ServiceError = ServiceError::NotFound { what: "lot" };

/// A tender that the caller may see.
pub(super) fn tender(
    c: &mut AnyConnection,
    actor: &Actor,
    municipality: MunicipalityId,
    id: TenderId,
) -> Result<Tender, ServiceError> {
    let tender = storage::tenders::find(c, municipality, id)?.ok_or(NO_TENDER)?;
    if is_visible(&tender, actor) { Ok(tender) } else { Err(NO_TENDER) }
}

fn is_visible(tender: &Tender, actor: &Actor) -> bool {
    tender.published_at.is_some() || sees_drafts(actor)
}

/// A lot of a tender that the caller may see, with the tender.
pub(super) fn lot(c: &mut AnyConnection, actor: &Actor, at: LotPath) -> Result<(Tender, Lot), ServiceError> {
    match storage::lots::find_with_tender(c, at)? {
        Some((tender, lot)) if is_visible(&tender, actor) => Ok((tender, lot)),
        // Says which of the two is not there.
        _ => tender(c, actor, at.municipality, at.tender).and(Err(NO_LOT)),
    }
}

/// Refuses a change of what was published.
pub(super) fn expect_draft(state: State) -> Result<(), ServiceError> {
    if state == State::Draft {
        return Ok(());
    }
    Err(ServiceError::refused(
        "published-already",
        "what was published can be rectified or cancelled only; criteria and weights never change",
    ))
}
