//! A bidder takes its bid back, until the deadline. The answer is the same whether there was one: it tells
//! nobody who has bid.

use chrono::{DateTime, Utc};

use crate::Services;
use crate::bidding::bid_delegations::expect_may_send;
use crate::bidding::bids::{BidReceipt, receipt_of};
use crate::bidding::receiving::Receiving;
use crate::bidding::vault::seal_withdrawal;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use trede_base::ids::KvkNumber;
use trede_model::bidding::bid::Bid;
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
    let nothing = Bid {
        municipality: at.municipality,
        tender: at.tender,
        lot: at.lot,
        id: new_id(),
        bidder,
        content: String::new(),
        price_sealed: false,
        external_reference: None,
        receipt_hash: String::new(),
        received_at: arrived_at,
        registered_at: arrived_at,
    };
    let receiving = Receiving { services, actor, at, bid: &nothing, offer: None };
    let known = receiving.known(false)?;
    let key = known.key().ok_or(ServiceError::NotFound { what: "vault" })?;
    let sealed = seal_withdrawal(key, actor, &nothing)?;
    receiving.seal_in(OPERATION, &known, &sealed)?;
    Ok(receipt_of(key, &sealed, Received::Withdrawal, content_hash))
}
