//! Lots that receive bids, remembered: at the deadline hundreds of bids ask the same of the same lot.
//!
//! What is remembered only saves work. A bid that fits it is stored if tender and lot are still at the
//! remembered versions, in one statement; else they are read again, in the transaction that stores.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::domain::bid::{Bid, BidRefused, check_receipt};
use crate::domain::lot::{Lot, LotPath};
use crate::domain::role::Role;
use crate::domain::tender::{BidCustody, Tender};
use crate::exchange::score_file::AwardModelInput;
use crate::service::actor::Actor;
use crate::service::error::ServiceError;
use crate::service::load;
use crate::service::score_input::{award_model, check_offer};
use crate::storage::bids::Seen;
use crate::storage::connection::AnyConnection;

/// More than that many lots have their deadline at the same time in no municipality; then it starts anew.
const MOST: usize = 512;

/// The remembered lots of this process.
#[derive(Clone, Default)]
pub(super) struct ReceivingLots(Arc<Mutex<HashMap<LotPath, Arc<ReceivingLot>>>>);

impl ReceivingLots {
    pub(super) fn recall(&self, at: LotPath) -> Option<Arc<ReceivingLot>> {
        self.lots().get(&at).cloned()
    }

    pub(super) fn remember(&self, at: LotPath, lot: ReceivingLot) {
        let mut lots = self.lots();
        if lots.len() >= MOST {
            lots.clear();
        }
        lots.insert(at, Arc::new(lot));
    }

    fn lots(&self) -> MutexGuard<'_, HashMap<LotPath, Arc<ReceivingLot>>> {
        // Each change is one insertion, so what another thread left is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A lot with what decides on a bid.
pub(super) struct ReceivingLot {
    tender: Tender,
    lot: Lot,
    /// A draft has none, and receives no bids.
    award_model: Option<AwardModelInput>,
}

impl ReceivingLot {
    pub(super) fn load(c: &mut AnyConnection, actor: &Actor, at: LotPath) -> Result<Self, ServiceError> {
        let (tender, lot) = load::lot(c, actor, at)?;
        let award_model = lot.award_model.is_some().then(|| award_model(&lot)).transpose()?;
        Ok(Self { tender, lot, award_model })
    }

    /// The versions at which it was read.
    pub(super) fn seen(&self) -> Seen {
        Seen { tender: self.tender.record.version, lot: self.lot.record.version }
    }

    /// Whether everybody may know of it; what is remembered is not asked again by whom.
    pub(super) fn is_public(&self) -> bool {
        self.tender.published_at.is_some()
    }

    pub(super) fn most_lots_per_bidder(&self) -> Option<u16> {
        self.tender.facts.max_lots_per_bidder
    }

    /// Whether the lot takes this bid from this caller.
    pub(super) fn check(&self, actor: &Actor, bid: &Bid, has_receipt: bool) -> Result<(), ServiceError> {
        let facts = &self.tender.facts;
        let custody = facts.bid_custody;
        if custody == BidCustody::Platform && !actor.is(Role::Platform) {
            let detail = "the platform keeps the bids of this tender, so it hands them over";
            return Err(ServiceError::NotTheirs { code: "not-the-keeper", detail });
        }
        let state = self.lot.state.at(bid.registered_at, facts.deadline_at);
        check_receipt(custody, state, bid.received_at, (self.tender.published_at, facts.deadline_at))
            .map_err(refused)?;
        if self.lot.quality_fixed_at.is_some() {
            let detail = "the scores for quality are fixed; a bid that comes in now could not be scored";
            return Err(ServiceError::refused("quality-fixed", detail));
        }
        if has_receipt != (custody == BidCustody::Platform) {
            return Err(receipt_finding(custody));
        }
        let award_model = self.award_model.as_ref().ok_or(ServiceError::NotFound { what: "award model" })?;
        check_offer(&self.tender, award_model.clone(), bid)
    }
}

fn refused(refused: BidRefused) -> ServiceError {
    ServiceError::refused(refused.code(), refused.to_string())
}

fn receipt_finding(custody: BidCustody) -> ServiceError {
    let (code, detail) = match custody {
        BidCustody::Trede => ("receipt-not-asked", "the bid is received here, now"),
        BidCustody::Platform => {
            ("receipt-needed", "the platform says when it received the bid, and its hash")
        }
    };
    ServiceError::invalid("/receipt", code, detail)
}
