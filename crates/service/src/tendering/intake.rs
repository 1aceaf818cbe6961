//! The intake of bids ends once: with the first who asks to open them, whatever a clock says afterwards.

use crate::frame::error::ServiceError;
use trede_model::tendering::tender::{BidCustody, Tender};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// Whether the bids of the tender are kept here and somebody asked to open them. From then on nothing comes in and
/// no deadline moves, also on an instance whose clock was set back.
pub(crate) fn is_intake_over(c: &mut AnyConnection, tender: &Tender) -> Result<bool, ServiceError> {
    Ok(tender.facts.bid_custody == BidCustody::Trede
        && store::bidding::openings::was_asked(c, tender.municipality, tender.id)?)
}

/// What is refused since.
pub(crate) fn intake_over() -> ServiceError {
    let detail = "an opener asked to open the bids: the deadline has passed, and it passes once";
    ServiceError::refused("intake-over", detail)
}
