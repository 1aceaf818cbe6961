//! Bids that a platform handed over before: the same bid again is not another.

use crate::Services;
use crate::bidding::bids::NewBid;
use crate::frame::error::ServiceError;
use trede_model::tendering::lot::LotPath;
use trede_store as store;

/// Whether the lot has this bid of the bidder already, with the hash of the platform's receipt. Of bids that are
/// kept here nobody can say so; a later one takes the place of the earlier.
pub(crate) fn is_known(services: &Services, at: LotPath, bid: &NewBid) -> Result<bool, ServiceError> {
    let Some(receipt) = &bid.receipt else { return Ok(false) };
    let known =
        services.db.read(|c| store::bidding::bids::of_bidder(c, at.municipality, at.lot, bid.bidder))?;
    Ok(known.is_some_and(|known| known.receipt_hash == receipt.hash))
}
