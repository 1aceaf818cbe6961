//! Whether the bids on a lot, and their prices, were opened: asked before any bid is looked for.

use trede_model::bidding::hand_over;
use trede_model::tendering::lot::{Lot, LotPath};
use trede_model::tendering::tender::{BidCustody, Tender};
use trede_store as store;
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
    if lot.opened_at.is_none() {
        return Err(ServiceError::refused("bids-not-opened", "the bids on this lot have not been opened"));
    }
    expect_handed_over(c, &tender, &lot)?;
    Ok((tender, lot))
}

/// Refuses what needs the bids that a platform kept while it is still handing them over: who read one could have
/// another made.
pub(crate) fn expect_handed_over(
    c: &mut AnyConnection,
    tender: &Tender,
    lot: &Lot,
) -> Result<(), ServiceError> {
    if is_handed_over(c, tender, lot)? {
        return Ok(());
    }
    Err(ServiceError::refused(
        "hand-over-open",
        "the platform that kept these bids is still handing them over; nobody reads one before it says that all are \
         here (`hand-over-completions`)",
    ))
}

/// Whether all bids on the lot are here that a platform kept, or none was to be handed over.
pub(crate) fn is_handed_over(
    c: &mut AnyConnection,
    tender: &Tender,
    lot: &Lot,
) -> Result<bool, ServiceError> {
    let said = match tender.facts.bid_custody {
        BidCustody::Trede => None,
        BidCustody::Platform => store::bidding::hand_overs::find(c, tender.municipality, tender.id)?,
    };
    Ok(hand_over::is_handed_over(tender, lot, said.as_ref()))
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
