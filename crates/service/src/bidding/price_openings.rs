//! The second opening, where prices are in an envelope of their own: after the quality of every lot was fixed.

use std::collections::{BTreeMap, BTreeSet};

use crate::assessing::disqualifications;
use crate::assessing::dossier::Dossier;
use crate::assessing::interests::expect_all_decided;
use crate::assessing::quality::expect_concluded;
use crate::bidding::bids::without_prices;
use crate::bidding::unsealing::{found, keep_open, opened, report_of, with_price};
use crate::frame::error::{Bilingual, ServiceError};
use crate::tendering::declared_models::award_model;
use trede_formats::opening_report::{BidOutcome, OpenedBid};
use trede_model::bidding::bid::{Bid, BidId};
use trede_model::bidding::opening::Envelope;
use trede_model::bidding::sealed_bid::SealedBid;
use trede_model::tendering::lot::Lot;
use trede_model::tendering::procedure::Step;
use trede_model::tendering::tender::{BidCustody, Tender};
use trede_sealing::SealingError;
use trede_sealing::tender_key::TenderKey;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// The lots with a price envelope to open: all at first; afterwards those with a bid that takes part again, or
/// whose envelope could not be read.
///
/// As with the first opening, what it would be refused for is said at the first request already.
pub(crate) fn lots_to_open(c: &mut AnyConnection, lots: Vec<Lot>) -> Result<Vec<Lot>, ServiceError> {
    let mut to_open = Vec::new();
    for lot in lots {
        if lot.prices_opened_at.is_none() || is_any_sealed(c, &lot)? {
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
        if lot.prices_opened_at.is_none() {
            // One that was declared after the quality was fixed: the quality can be reopened still.
            let remedy = [
                "; heropen de kwaliteit (`quality-reopenings`) om te besluiten",
                "; reopen the quality (`quality-reopenings`) to decide",
            ];
            expect_all_decided(&Dossier::load(c, lot.path())?, remedy)?;
        }
        if expect_concluded(lot, &award_model(lot)?).is_err() {
            unfixed.push(lot.facts.number.to_string());
        }
    }
    if unfixed.is_empty() {
        return Ok(to_open);
    }
    let unfixed = unfixed.join(", ");
    let told = Bilingual::new(
        format!(
            "de scores voor kwaliteit van perceel {unfixed} staan niet vast; rond de kwaliteit van elk perceel af \
             voordat een prijs wordt bekeken"
        ),
        format!(
            "the scores for quality are not fixed of lot {unfixed}; conclude the quality of every lot before a \
             price is looked at"
        ),
    );
    Err(ServiceError::refused_in_both("quality-open", told))
}

/// Whether a bid on the lot takes part whose price envelope is sealed.
fn is_any_sealed(c: &mut AnyConnection, lot: &Lot) -> Result<bool, ServiceError> {
    let dossier = Dossier::load(c, lot.path())?;
    let out = disqualifications::standing(&dossier);
    let bids = store::bidding::bids::all_of_lot(c, lot.municipality, lot.id)?;
    Ok(bids.iter().any(|bid| bid.price_sealed && !out.contains_key(&bid.id)))
}

/// Takes the prices of the bids on a lot out of their envelopes; answers what was found of each. The envelope of
/// a bid that dropped out is left sealed.
///
/// What counts is what was sealed at receipt, not what stands in the table of opened bids: who can write the
/// database could have changed or removed that in between. A bid that is not there as it was is put back.
pub(crate) fn unseal_prices(
    c: &mut AnyConnection,
    key: &TenderKey,
    tender: &Tender,
    lot: &Lot,
) -> Result<Vec<OpenedBid>, ServiceError> {
    let dossier = Dossier::load(c, lot.path())?;
    let out = disqualifications::standing(&dossier);
    let sent = store::bidding::sealed_bids::all_of_lot(c, lot.municipality, lot.id)?;
    let sent: BTreeMap<BidId, SealedBid> = sent.into_iter().map(|bid| (bid.head.id, bid)).collect();
    let mut report = Vec::new();
    for expected in expected(c, tender, lot, &sent)? {
        let Some(id) = expected.bid_id.as_deref().and_then(|id| id.parse().ok()) else { continue };
        let row = store::bidding::bids::find(c, lot.municipality, lot.id, id)?;
        let is_out = out.contains_key(&id);
        let found = match sent.get(&id).map(|sealed| envelopes_of(key, sealed, is_out)) {
            None => Err(BidOutcome::Missing),
            Some(Err(_)) => Err(BidOutcome::Unreadable),
            Some(Ok(found)) => Ok(found),
        };
        let outcome = match (found, row) {
            (Ok((quality, opened)), row) => {
                if let Some(sealed) = sent.get(&id).filter(|_| !is_out) {
                    keep_open(c, key, (sealed, &[Envelope::Quality, Envelope::Price]))?;
                }
                let is_as_it_was = row.as_ref().is_some_and(|row| is_same_offer(row, &quality));
                // What the platform said of its own receipt stands in the row only.
                let stored = row.map_or(opened.clone(), |row| with_offer(row, &opened));
                store::bidding::bids::put_back(c, &stored)?;
                match (is_out, is_as_it_was) {
                    // Put back or not, its price is still to be opened when it takes part again.
                    (true, _) => BidOutcome::LeftSealed,
                    (false, false) => BidOutcome::Restored,
                    (false, true) => BidOutcome::Opened,
                }
            }
            (Err(outcome), Some(row)) => {
                // No price that stands in it came out of its envelope.
                store::bidding::bids::put_back(c, &Bid { price_sealed: true, ..without_prices(row)? })?;
                outcome
            }
            (Err(outcome), None) => outcome,
        };
        report.push(OpenedBid { outcome, sent_by: None, delegation_id: None, ..expected });
    }
    Ok(report)
}

/// The bids whose price envelope is to be opened: those that the first opening found, where it was here; else those
/// that were handed over. Not those whose prices were opened before.
fn expected(
    c: &mut AnyConnection,
    tender: &Tender,
    lot: &Lot,
    sent: &BTreeMap<BidId, SealedBid>,
) -> Result<Vec<OpenedBid>, ServiceError> {
    let (mut first, mut done) = (Vec::new(), BTreeSet::new());
    for opening in store::bidding::openings::all_of_tender(c, lot.municipality, lot.tender)? {
        let report = report_of(&opening)?;
        let lot = Some(lot.id.to_string());
        let is_open = |bid: &OpenedBid| matches!(bid.outcome, BidOutcome::Opened | BidOutcome::Restored);
        let opened = report.bids.into_iter().filter(|bid| bid.lot_id == lot && is_open(bid));
        if opening.envelope == Envelope::Price {
            done.extend(opened.filter_map(|bid| bid.bid_id));
        } else {
            first.extend(opened);
        }
    }
    if tender.facts.bid_custody == BidCustody::Platform {
        first.extend(sent.values().map(|sealed| found(sealed, BidOutcome::Opened, None)));
    }
    first.retain(|bid| bid.bid_id.as_ref().is_some_and(|id| !done.contains(id)));
    Ok(first)
}

/// What was sealed of a bid: without its prices, and as it is to be stored now.
fn envelopes_of(key: &TenderKey, sealed: &SealedBid, is_out: bool) -> Result<(Bid, Bid), SealingError> {
    let (quality, _) = opened(key, Envelope::Quality, sealed)?;
    let stored = if is_out { quality.clone() } else { with_price(key, sealed, &quality)? };
    Ok((quality, stored))
}

fn is_same_offer(row: &Bid, sealed: &Bid) -> bool {
    let of = |bid: &Bid| (bid.bidder, bid.content.clone(), bid.price_sealed, bid.external_reference.clone());
    of(row) == of(sealed)
}

fn with_offer(row: Bid, opened: &Bid) -> Bid {
    Bid {
        bidder: opened.bidder,
        content: opened.content.clone(),
        price_sealed: opened.price_sealed,
        external_reference: opened.external_reference.clone(),
        ..row
    }
}
