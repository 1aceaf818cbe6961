//! Lots that receive bids, remembered: at the deadline hundreds of bids ask the same of the same lot.
//!
//! What is remembered only saves work. A bid that fits it is stored if tender and lot are still at the
//! remembered versions, in one statement; else they are read again, in the transaction that stores.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::SecondsFormat;

use crate::Services;
use crate::assessing::score_input::check_offer;
use crate::bidding::unsealing::{delegation_indexes, number_that_count};
use crate::frame::access::Operation;
use crate::frame::actor::Actor;
use crate::frame::error::{Bilingual, ServiceError};
use crate::frame::load;
use crate::tendering::declared_models::award_model;
use crate::tendering::intake::{intake_over, is_intake_over};
use trede_formats::offer::OfferInput;
use trede_model::bidding::bid::{Bid, BidRefused, check_receipt};
use trede_model::bidding::hand_over::HandOver;
use trede_model::bidding::sealed_bid::SealedBid;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::{Lot, LotPath};
use trede_model::tendering::tender::{BidCustody, Tender};
use trede_model::trust::audit::Act;
use trede_sealing::tender_key::TenderKey;
use trede_store as store;
use trede_store::bidding::bids::Seen;
use trede_store::frame::connection::AnyConnection;
use trede_wire::score_file::AwardModelInput;

/// More than that many lots have their deadline at the same time in no municipality; then it starts anew.
const MOST: usize = 512;

/// The remembered lots of this process.
#[derive(Clone, Default)]
pub(crate) struct ReceivingLots(Arc<Mutex<HashMap<LotPath, Arc<ReceivingLot>>>>);

impl ReceivingLots {
    fn recall(&self, at: LotPath) -> Option<Arc<ReceivingLot>> {
        self.lots().get(&at).cloned()
    }

    fn remember(&self, at: LotPath, lot: Arc<ReceivingLot>) {
        let mut lots = self.lots();
        if lots.len() >= MOST {
            lots.clear();
        }
        lots.insert(at, lot);
    }

    fn lots(&self) -> MutexGuard<'_, HashMap<LotPath, Arc<ReceivingLot>>> {
        // Each change is one insertion, so what another thread left is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A lot with what decides on a bid.
pub(crate) struct ReceivingLot {
    tender: Tender,
    lot: Lot,
    /// A draft has none, and receives no bids.
    award_model: Option<AwardModelInput>,
    /// Where the bids, or their prices, are sealed here.
    key: Option<TenderKey>,
    /// Whether somebody asked to open the bids that are kept here.
    is_intake_over: bool,
    /// Whether the platform that kept the bids said that it handed all of them over.
    hand_over: Option<HandOver>,
}

impl ReceivingLot {
    fn load(
        c: &mut AnyConnection,
        services: &Services,
        actor: &Actor,
        at: LotPath,
    ) -> Result<Self, ServiceError> {
        let (tender, lot) = load::lot(c, actor, at)?;
        let award_model = lot.award_model.is_some().then(|| award_model(&lot)).transpose()?;
        let is_sealed_here = tender.facts.is_sealed_here() && tender.published_at.is_some();
        let key = is_sealed_here.then(|| services.tender_key(c, at.municipality, at.tender)).transpose()?;
        let is_intake_over = is_intake_over(c, &tender)?;
        let hand_over = match tender.facts.bid_custody {
            BidCustody::Trede => None,
            BidCustody::Platform => store::bidding::hand_overs::find(c, at.municipality, at.tender)?,
        };
        Ok(Self { tender, lot, award_model, key, is_intake_over, hand_over })
    }

    /// The key under which its bids are sealed, where they are kept here.
    pub(crate) fn key(&self) -> Option<&TenderKey> {
        self.key.as_ref().filter(|_| self.tender.facts.bid_custody == BidCustody::Trede)
    }

    /// The key under which the prices are sealed of bids that a platform hands over.
    pub(crate) fn price_key(&self) -> Option<&TenderKey> {
        self.key.as_ref().filter(|_| self.tender.facts.bid_custody == BidCustody::Platform)
    }

    /// The versions at which it was read.
    fn seen(&self) -> Seen {
        Seen { tender: self.tender.record.version, lot: self.lot.record.version }
    }

    /// Whether everybody may know of it; what is remembered is not asked again by whom.
    fn is_public(&self) -> bool {
        self.tender.published_at.is_some()
    }

    /// Whether the lot takes this bid, or its withdrawal, from this caller.
    fn check(&self, receiving: &Receiving<'_>, has_receipt: bool) -> Result<(), ServiceError> {
        let Receiving { actor, bid, .. } = receiving;
        let facts = &self.tender.facts;
        let custody = facts.bid_custody;
        if custody == BidCustody::Platform && !(actor.is(Role::Platform) && receiving.offer.is_some()) {
            let detail = "the platform keeps the bids of this tender, so it hands them over";
            return Err(ServiceError::NotTheirs { code: "not-the-keeper", detail });
        }
        let state = self.lot.state.at(bid.registered_at, facts.deadline_at);
        check_receipt(custody, state, bid.received_at, (self.tender.published_at, facts.deadline_at))
            .map_err(refused)?;
        if self.is_intake_over {
            return Err(intake_over());
        }
        if let Some(hand_over) = &self.hand_over {
            return Err(after_hand_over(hand_over));
        }
        if self.lot.quality_fixed_at.is_some() {
            let detail = "the scores for quality are fixed; a bid that comes in now could not be scored";
            return Err(ServiceError::refused("quality-fixed", detail));
        }
        if self.lot.prices_opened_at.is_some() {
            let detail = "the price envelopes were opened; a bid that comes in now would know the prices";
            return Err(ServiceError::refused("prices-opened", detail));
        }
        if has_receipt != (custody == BidCustody::Platform) {
            return Err(receipt_finding(custody));
        }
        let Some(offer) = receiving.offer else { return Ok(()) };
        let award_model = self.award_model.as_ref().ok_or(ServiceError::NotFound { what: "award model" })?;
        check_offer(&self.tender, award_model.clone(), offer.clone().into_bid(bid))
    }

    fn check_number_of_lots(&self, c: &mut AnyConnection, bid: &Bid) -> Result<(), ServiceError> {
        let Some(most) = self.tender.facts.max_lots_per_bidder else {
            return Ok(());
        };
        let lots = match self.key() {
            Some(key) => other_lots_of_bidder(c, key, bid)?,
            None => store::bidding::bids::count_of_bidder(c, bid.municipality, bid.tender, bid.bidder)?,
        };
        if lots < i64::from(most) {
            return Ok(());
        }
        let told = Bilingual::new(
            format!("een inschrijver kan hier op hoogstens {most} percelen inschrijven"),
            format!("one bidder can bid on at most {most} lot(s) here"),
        );
        Err(ServiceError::refused_in_both("too-many-lots", told))
    }
}

/// On how many other lots a bid of the bidder waits for the opening, without lots that ended: those nobody can
/// win any more.
fn other_lots_of_bidder(c: &mut AnyConnection, key: &TenderKey, bid: &Bid) -> Result<i64, ServiceError> {
    let lots = store::tendering::lots::all_of_tender(c, bid.municipality, bid.tender)?;
    let others = lots.into_iter().filter(|lot| lot.id != bid.lot && !lot.state.is_final());
    let indexes: Vec<_> = others.map(|lot| (lot.id, key.blind_index(lot.id, bid.bidder))).collect();
    let sent = store::bidding::sealed_bids::of_bidder(c, bid.municipality, &indexes)?;
    // What the bidder said about those who sent it stands elsewhere.
    let words = delegation_indexes(key, bid.bidder, &sent);
    let said = store::bidding::sealed_bids::of_bidder(c, bid.municipality, &words)?;
    i64::try_from(number_that_count(key, sent.into_iter().chain(said).collect()))
        .map_err(|error| ServiceError::Internal(error.into()))
}

/// A bid, or its withdrawal, on its way in.
pub(crate) struct Receiving<'a> {
    pub(crate) services: &'a Services,
    pub(crate) actor: &'a Actor,
    pub(crate) at: LotPath,
    pub(crate) bid: &'a Bid,
    /// A withdrawal has none.
    pub(crate) offer: Option<&'a OfferInput>,
}

impl Receiving<'_> {
    /// The lot, as it is remembered or as it is now, that takes the bid.
    pub(crate) fn known(&self, has_receipt: bool) -> Result<Arc<ReceivingLot>, ServiceError> {
        let remembered = self.services.receiving.recall(self.at);
        // What was remembered never refuses: the deadline may have moved since.
        if let Some(known) = remembered.filter(|known| known.check(self, has_receipt).is_ok()) {
            return Ok(known);
        }
        let now = self
            .services
            .db
            .read(|c| ReceivingLot::load(c, self.services, self.actor, self.at).map(Arc::new))?;
        now.check(self, has_receipt)?;
        Ok(now)
    }

    /// Puts a sealed bid, or the withdrawal of one, in the vault.
    pub(crate) fn seal_in(
        &self,
        operation: Operation,
        known: &Arc<ReceivingLot>,
        sealed: &SealedBid,
    ) -> Result<(), ServiceError> {
        let act = self.services.vault_act(self.at, operation, &sealed.hash);
        self.store(&act, known, false, Some(sealed), |c, seen| {
            Ok(store::bidding::sealed_bids::insert_while(c, sealed, seen)?)
        })
    }

    /// Stores what came in if the lot is still as it is known; else looks again. What goes into a vault is `sealed`.
    pub(crate) fn store(
        &self,
        act: &Act,
        known: &Arc<ReceivingLot>,
        has_receipt: bool,
        sealed: Option<&SealedBid>,
        insert: impl Fn(&mut AnyConnection, Seen) -> Result<bool, ServiceError>,
    ) -> Result<(), ServiceError> {
        let work = |c: &mut AnyConnection| {
            let mut met = Arc::clone(known);
            loop {
                if self.offer.is_some() {
                    met.check_number_of_lots(c, self.bid)?;
                }
                if insert(c, met.seen())? {
                    return Ok::<_, ServiceError>(met);
                }
                // What is read in this transaction stays as it is, so the next round is the last.
                met = Arc::new(ReceivingLot::load(c, self.services, self.actor, self.at)?);
                met.check(self, has_receipt)?;
            }
        };
        let met = match sealed {
            Some(sealed) => self.services.db.write_sealed(act, sealed, work),
            None => self.services.db.write(act, work),
        }?;
        if met.is_public() {
            self.services.receiving.remember(self.at, met);
        }
        Ok(())
    }
}

/// Since the hand-over is complete the bids can be read, so that another could be made after them.
fn after_hand_over(hand_over: &HandOver) -> ServiceError {
    let HandOver { number_of_bids, at, .. } = hand_over;
    let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let told = Bilingual::new(
        format!(
            "het platform zei op {at} dat het alle inschrijvingen had overgedragen, {number_of_bids} in getal; een inschrijving daarna is te laat"
        ),
        format!(
            "the platform said at {at} that it had handed over all bids, {number_of_bids} in number; a bid after that is late"
        ),
    );
    ServiceError::refused_in_both("bid-after-hand-over", told)
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
