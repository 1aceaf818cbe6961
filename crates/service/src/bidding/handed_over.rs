//! Bids that a platform handed over before: the same bid again is not another, and another under the same receipt
//! is not the same.

use chrono::SubsecRound;

use crate::Services;
use crate::bidding::bids::NewBid;
use crate::frame::error::{Finding, ServiceError};
use trede_model::tendering::lot::LotPath;
use trede_store as store;

/// How a bid that is handed over stands to what the lot has.
pub(crate) enum HandedOver {
    /// The lot has none of this bidder under this receipt.
    New,
    /// The lot has this bid already.
    Known,
    /// The lot has another bid under the same receipt.
    Differs,
}

/// Whether the lot has this bid of the bidder already, with the hash of the platform's receipt. Of bids that are
/// kept here nobody can say so; a later one takes the place of the earlier. Prices that are still in their envelope
/// are not compared.
pub(crate) fn standing(services: &Services, at: LotPath, bid: &NewBid) -> Result<HandedOver, ServiceError> {
    let Some(receipt) = &bid.receipt else { return Ok(HandedOver::New) };
    let known =
        services.db.read(|c| store::bidding::bids::of_bidder(c, at.municipality, at.lot, bid.bidder))?;
    let Some(known) = known.filter(|known| known.receipt_hash == receipt.hash) else {
        return Ok(HandedOver::New);
    };
    let offer = if known.price_sealed { bid.offer.clone().split().0 } else { bid.offer.clone() };
    let content = serde_json::to_string(&offer).map_err(|error| ServiceError::Internal(error.into()))?;
    let is_same = known.content == content
        && known.external_reference == bid.external_reference
        && known.received_at == receipt.received_at.trunc_subsecs(6);
    Ok(if is_same { HandedOver::Known } else { HandedOver::Differs })
}

/// What is said of a bid that differs from what was handed over under its receipt.
pub(crate) fn differs(pointer: &str) -> Finding {
    Finding::new(
        pointer,
        "bid-differs",
        "another bid was handed over under this receipt, and stays; a platform hands over what it received, once",
    )
}
