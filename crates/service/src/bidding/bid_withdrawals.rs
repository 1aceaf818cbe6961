//! A bidder takes its bid back, until the deadline. The answer is the same whether there was one: it tells
//! nobody who has bid.

use chrono::{DateTime, Utc};

use crate::Services;
use crate::bidding::bid_delegations::expect_may_send;
use crate::bidding::bids::BidReceipt;
use crate::bidding::without_offer::WithoutOffer;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use trede_base::ids::KvkNumber;
use trede_model::tendering::lot::LotPath;
use trede_sealing::receipt::Received;

/// Takes back what a bidder sent for a lot until `arrived_at`. `content_hash` is the SHA-256 of what was sent.
///
/// # Errors
/// [`ServiceError::Refused`] when the lot takes no bids now; [`ServiceError::NotTheirs`] for a withdrawal in
/// another's name, or where a platform keeps the bids.
pub fn create(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    bidder: KvkNumber,
    content_hash: String,
    arrived_at: DateTime<Utc>,
) -> Result<BidReceipt, ServiceError> {
    const OPERATION: Operation = Operation::WithdrawBid;
    authorise(actor, at.municipality, OPERATION)?;
    expect_may_send(services, actor, at, bidder)?;
    let received = Received::Withdrawal;
    let sent = WithoutOffer {
        services,
        actor,
        at,
        bidder,
        operation: OPERATION,
        received,
        content_hash,
        arrived_at,
    };
    sent.receive(None)
}
