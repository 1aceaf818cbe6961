//! The second opening, where prices are in an envelope of their own: after the quality of every lot was fixed.

use std::collections::BTreeMap;

use crate::domain::bid::{Bid, BidId};
use crate::domain::lot::{Lot, LotPath};
use crate::domain::procedure::Step;
use crate::domain::sealed_bid::SealedBid;
use crate::domain::tender::Tender;
use crate::exchange::opening_report::{BidOutcome, OpenedBid};
use crate::sealing::tender_key::TenderKey;
use crate::service::disqualifications;
use crate::service::dossier::Dossier;
use crate::service::error::ServiceError;
use crate::service::quality::expect_concluded;
use crate::service::score_input::award_model;
use crate::service::unsealing::with_price;
use crate::storage;
use crate::storage::connection::AnyConnection;

/// Refuses what needs prices while they are in their envelopes.
pub(super) fn expect_prices_opened(tender: &Tender, lot: &Lot) -> Result<(), ServiceError> {
    if !tender.facts.has_price_envelope() || lot.prices_opened_at.is_some() {
        return Ok(());
    }
    Err(ServiceError::refused(
        "prices-not-opened",
        "the price envelopes were not opened; conclude the quality of every lot, then two openers open them \
         (`openings` with `\"envelope\": \"price\"`)",
    ))
}

/// The lots with a price envelope to open: all at first; afterwards those with a bid that takes part again, or
/// whose envelope could not be read.
///
/// As with the first opening, what it would be refused for is said at the first request already.
pub(super) fn lots_to_open(c: &mut AnyConnection, lots: Vec<Lot>) -> Result<Vec<Lot>, ServiceError> {
    let mut to_open = Vec::new();
    for lot in lots {
        if lot.prices_opened_at.is_none() || !Sealed::load(c, &lot)?.taking_part.is_empty() {
            lot.state.after(Step::OpenPrices)?;
            to_open.push(lot);
        }
    }
    if to_open.is_empty() {
        let detail = "the price envelopes of all bids that take part were opened already";
        return Err(ServiceError::refused("prices-opened", detail));
    }
    let mut unfixed = Vec::new();
    for lot in &to_open {
        if expect_concluded(lot, &award_model(lot)?).is_err() {
            unfixed.push(lot.facts.number.to_string());
        }
    }
    if unfixed.is_empty() {
        return Ok(to_open);
    }
    let detail = format!(
        "the scores for quality are not fixed of lot {}; conclude the quality of every lot before a price is \
         looked at",
        unfixed.join(", ")
    );
    Err(ServiceError::refused("quality-open", detail))
}

/// The bids on a lot whose price envelope is sealed.
struct Sealed {
    taking_part: Vec<Bid>,
    dropped: Vec<Bid>,
}

impl Sealed {
    fn load(c: &mut AnyConnection, lot: &Lot) -> Result<Self, ServiceError> {
        let at = LotPath { municipality: lot.municipality, tender: lot.tender, lot: lot.id };
        let dossier = Dossier::load(c, at)?;
        let out = disqualifications::standing(&dossier);
        let sealed = storage::bids::all_of_lot(c, lot.municipality, lot.id)?;
        let (dropped, taking_part) =
            sealed.into_iter().filter(|bid| bid.price_sealed).partition(|bid| out.contains_key(&bid.id));
        Ok(Self { taking_part, dropped })
    }
}

/// Takes the prices of the bids on a lot out of their envelopes; answers what was found of each. The envelope of
/// a bid that dropped out is left sealed.
pub(super) fn unseal_prices(
    c: &mut AnyConnection,
    key: &TenderKey,
    lot: &Lot,
) -> Result<Vec<OpenedBid>, ServiceError> {
    let Sealed { taking_part, dropped } = Sealed::load(c, lot)?;
    let sent = storage::sealed_bids::all_of_lot(c, lot.municipality, lot.id)?;
    let mut sent: BTreeMap<BidId, SealedBid> = sent.into_iter().map(|bid| (bid.head.id, bid)).collect();
    let mut report = Vec::new();
    for bid in taking_part {
        let sealed = sent.remove(&bid.id);
        let outcome = match sealed.as_ref().map(|sealed| with_price(key, sealed, &bid)) {
            None => BidOutcome::Missing,
            Some(Err(_)) => BidOutcome::Unreadable,
            Some(Ok(opened)) => {
                storage::bids::open_price(c, &opened)?;
                BidOutcome::Opened
            }
        };
        report.push(found(&bid, sealed.as_ref(), outcome));
    }
    report.extend(dropped.iter().map(|bid| found(bid, sent.get(&bid.id), BidOutcome::LeftSealed)));
    Ok(report)
}

fn found(bid: &Bid, sealed: Option<&SealedBid>, outcome: BidOutcome) -> OpenedBid {
    OpenedBid {
        bid_id: Some(bid.id.to_string()),
        lot_id: Some(bid.lot.to_string()),
        received_at: bid.received_at,
        sealed_hash: sealed.map_or(&bid.receipt_hash, |sealed| &sealed.hash).clone(),
        outcome,
        sent_by: None,
    }
}
