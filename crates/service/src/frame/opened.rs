//! Whether the bids on a lot, and their prices, were opened: asked before any bid is looked for.

use trede_model::tendering::lot::{Lot, LotPath};
use trede_model::tendering::tender::Tender;
use trede_store::frame::connection::AnyConnection;

use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::frame::load;

/// The lot, if its bids were opened. Asked before any bid is looked for, so that the
/// answer is the same for none and for many.
pub(crate) fn expect_opened(c: &mut AnyConnection, actor: &Actor, at: LotPath) -> Result<Lot, ServiceError> {
    Ok(opened(c, actor, at)?.1)
}

/// The same, with its tender.
pub(crate) fn opened(
    c: &mut AnyConnection,
    actor: &Actor,
    at: LotPath,
) -> Result<(Tender, Lot), ServiceError> {
    let (tender, lot) = load::lot(c, actor, at)?;
    if lot.opened_at.is_some() {
        return Ok((tender, lot));
    }
    Err(ServiceError::refused("bids-not-opened", "the bids on this lot have not been opened"))
}

/// Refuses what needs prices while they are in their envelopes.
pub(crate) fn expect_prices_opened(tender: &Tender, lot: &Lot) -> Result<(), ServiceError> {
    if !tender.facts.has_price_envelope() || lot.prices_opened_at.is_some() {
        return Ok(());
    }
    Err(ServiceError::refused(
        "prices-not-opened",
        "the price envelopes were not opened; conclude the quality of every lot, then two openers open them \
         (`openings` with `\"envelope\": \"price\"`)",
    ))
}
