//! Finds what a use case is about, or says that it is not there.

use crate::frame::access::sees_drafts;
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use trede_base::ids::MunicipalityId;
use trede_model::tendering::lot::{Lot, LotPath};
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::{Tender, TenderId};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

pub(crate) const NO_TENDER: ServiceError = ServiceError::NotFound { what: "tender" };
pub(crate) const NO_LOT: ServiceError = ServiceError::NotFound { what: "lot" };

/// A tender that the caller may see.
pub(crate) fn tender(
    c: &mut AnyConnection,
    actor: &Actor,
    municipality: MunicipalityId,
    id: TenderId,
) -> Result<Tender, ServiceError> {
    let tender = store::tendering::tenders::find(c, municipality, id)?.ok_or(NO_TENDER)?;
    if is_visible(&tender, actor) { Ok(tender) } else { Err(NO_TENDER) }
}

fn is_visible(tender: &Tender, actor: &Actor) -> bool {
    tender.published_at.is_some() || sees_drafts(actor)
}

/// A lot of a tender that the caller may see, with the tender.
pub(crate) fn lot(c: &mut AnyConnection, actor: &Actor, at: LotPath) -> Result<(Tender, Lot), ServiceError> {
    match store::tendering::lots::find_with_tender(c, at)? {
        Some((tender, lot)) if is_visible(&tender, actor) => Ok((tender, lot)),
        // Says which of the two is not there.
        _ => tender(c, actor, at.municipality, at.tender).and(Err(NO_LOT)),
    }
}

/// Refuses a change of what was published.
pub(crate) fn expect_draft(state: State) -> Result<(), ServiceError> {
    if state == State::Draft {
        return Ok(());
    }
    Err(ServiceError::refused(
        "published-already",
        "what was published can be rectified or cancelled only; criteria and weights never change",
    ))
}
