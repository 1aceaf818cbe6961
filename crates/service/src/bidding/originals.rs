//! Whether the bids that an evaluation or an award rests on are still what was received: each is compared with its
//! sealed original, and with what the audit trail left of it. Who can write the database can change a row; what was
//! sealed cannot be written without the key, and the trail not without breaking it.

use std::collections::{BTreeMap, BTreeSet};

use crate::Services;
use crate::assessing::disqualifications;
use crate::assessing::dossier::Dossier;
use crate::bidding::unsealing::{opened, report_of, unseal};
use crate::frame::error::ServiceError;
use serde_json::{Value, json};
use trede_formats::opening_report::BidOutcome;
use trede_model::bidding::bid::{Bid, BidId};
use trede_model::bidding::opening::Envelope;
use trede_model::bidding::sealed_bid::SealedBid;
use trede_model::tendering::lot::Lot;
use trede_model::tendering::tender::{BidCustody, Tender};
use trede_sealing::tender_key::TenderKey;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_store::trust::audit_rows::is_as_recorded;

/// Refuses when a bid on the lot that takes part is not what was received, is gone, or was put in; or when the lot or a
/// score is not what the last act on it left.
///
/// # Errors
/// [`ServiceError::Refused`] that names the row.
pub(crate) fn expect_unaltered(
    c: &mut AnyConnection,
    services: &Services,
    tender: &Tender,
    lot: &Lot,
) -> Result<(), ServiceError> {
    let bids = store::bidding::bids::all_of_lot(c, lot.municipality, lot.id)?;
    let dossier = Dossier::load(c, lot.path())?;
    let out = disqualifications::standing(&dossier);
    let taking_part = |id: &BidId| !out.contains_key(id);
    let sent = store::bidding::sealed_bids::all_of_lot(c, lot.municipality, lot.id)?;
    if tender.facts.bid_custody == BidCustody::Trede || !sent.is_empty() {
        let key = services.key_of_opened(c, lot.municipality, lot.tender)?;
        let originals: BTreeMap<BidId, &SealedBid> = sent.iter().map(|bid| (bid.head.id, bid)).collect();
        for bid in bids.iter().filter(|bid| taking_part(&bid.id)) {
            let is_original =
                originals.get(&bid.id).is_some_and(|original| is_of(&key, original, bid, tender));
            if !is_original {
                return Err(altered(
                    "bid-altered",
                    &format!("bid {} is not the one that was sealed", bid.id),
                ));
            }
        }
        if tender.facts.bid_custody == BidCustody::Trede {
            let there: BTreeSet<BidId> = bids.iter().map(|bid| bid.id).collect();
            let counting = if key.is_split() {
                told_as_opened(c, lot)?
            } else {
                unseal(&key, Envelope::Quality, sent.clone()).bids.iter().map(|(bid, _)| bid.id).collect()
            };
            let gone = counting.into_iter().find(|id| taking_part(id) && !there.contains(id));
            if let Some(id) = gone {
                return Err(altered("bid-altered", &format!("bid {id} was sealed, and is gone")));
            }
        }
    }
    expect_recorded(c, lot, bids.iter().map(|bid| bid.id).filter(taking_part).collect())
}

/// The bids on a lot that the record of the first opening tells were opened: where openers would have to be asked again
/// to see what counts.
fn told_as_opened(c: &mut AnyConnection, lot: &Lot) -> Result<Vec<BidId>, ServiceError> {
    let mut opened = Vec::new();
    for opening in store::bidding::openings::all_of_tender(c, lot.municipality, lot.tender)? {
        let key = json!([lot.municipality.to_string(), opening.id.to_string()]).to_string();
        if !is_as_recorded(c, "openings", &key)? {
            let detail =
                format!("opening {} is not what the last act on it left, by the audit trail", opening.id);
            return Err(altered("opening-altered", &detail));
        }
        if opening.envelope == Envelope::Price {
            continue;
        }
        let of_lot = Some(lot.id.to_string());
        let found = report_of(&opening)?.bids.into_iter();
        let found = found.filter(|bid| bid.outcome == BidOutcome::Opened && bid.lot_id == of_lot);
        opened.extend(found.filter_map(|bid| bid.bid_id?.parse::<BidId>().ok()));
    }
    Ok(opened)
}

fn expect_recorded(c: &mut AnyConnection, lot: &Lot, bids: Vec<BidId>) -> Result<(), ServiceError> {
    let key = |id: String| json!([lot.municipality.to_string(), id]).to_string();
    for bid in bids {
        if !is_as_recorded(c, "bids", &key(bid.to_string()))? {
            let detail = format!("bid {bid} is not what the last act on it left, by the audit trail");
            return Err(altered("bid-altered", &detail));
        }
    }
    if !is_as_recorded(c, "lots", &key(lot.id.to_string()))? {
        let detail = format!("lot {} is not what the last act on it left, by the audit trail", lot.id);
        return Err(altered("lot-altered", &detail));
    }
    for score in store::assessing::assessments::all_of_lot(c, lot.municipality, lot.id)? {
        if !is_as_recorded(c, "assessments", &key(score.id.to_string()))? {
            let detail =
                format!("assessment {} is not what the last act on it left, by the audit trail", score.id);
            return Err(altered("assessment-altered", &detail));
        }
    }
    Ok(())
}

/// Whether the bid is the one that was sealed. What a platform says of its own receipt is not sealed here.
fn is_of(key: &TenderKey, original: &SealedBid, bid: &Bid, tender: &Tender) -> bool {
    let envelope = if bid.price_sealed { Envelope::Quality } else { Envelope::Whole };
    let Ok((sealed, _)) = opened(key, envelope, original) else { return false };
    let content = |bid: &Bid| serde_json::from_str::<Value>(&bid.content).ok();
    let receipt = |bid: &Bid| (bid.receipt_hash.clone(), bid.received_at, bid.registered_at);
    content(bid).is_some()
        && content(bid) == content(&sealed)
        && (bid.bidder, bid.tender, &bid.external_reference)
            == (sealed.bidder, sealed.tender, &sealed.external_reference)
        && (tender.facts.bid_custody == BidCustody::Platform || receipt(bid) == receipt(&sealed))
}

fn altered(code: &'static str, detail: &str) -> ServiceError {
    let remedy = "run `trede audit verify`, and put back what was received";
    ServiceError::refused(code, format!("{detail}; {remedy}"))
}
