//! What is sent for a bidder beside bids: a withdrawal, or who acts for it. It goes into the vault as a bid does, and the
//! answer is the same whatever was sent before.

use chrono::{DateTime, Utc};

use crate::Services;
use crate::bidding::bids::{BidReceipt, receipt_of};
use crate::bidding::receiving::Receiving;
use crate::bidding::vault::{DelegationPart, seal_without_offer};
use crate::frame::access::Operation;
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use trede_base::ids::KvkNumber;
use trede_model::bidding::bid::Bid;
use trede_model::tendering::lot::LotPath;
use trede_sealing::receipt::Received;

/// Something that is sent for a bidder and has no offer.
pub(super) struct WithoutOffer<'a> {
    pub(super) services: &'a Services,
    pub(super) actor: &'a Actor,
    pub(super) at: LotPath,
    pub(super) bidder: KvkNumber,
    /// What it is, for the record.
    pub(super) operation: Operation,
    /// What it is, on the receipt.
    pub(super) received: Received,
    /// SHA-256 of what was sent.
    pub(super) content_hash: String,
    pub(super) arrived_at: DateTime<Utc>,
}

impl WithoutOffer<'_> {
    /// Seals it, with what it says about who acts for the bidder.
    ///
    /// # Errors
    /// [`ServiceError::Refused`] when the lot takes no bids now; [`ServiceError::NotTheirs`] where a platform keeps the
    /// bids.
    pub(super) fn receive(self, delegation: Option<DelegationPart>) -> Result<BidReceipt, ServiceError> {
        let Self { services, actor, at, bidder, arrived_at, .. } = self;
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
        let sealed = seal_without_offer(key, actor, &nothing, delegation)?;
        receiving.seal_in(self.operation, &known, &sealed)?;
        Ok(receipt_of(key, &sealed, self.received, self.content_hash))
    }
}
