//! What comes out of a vault at the opening: every bid that is as it was received, and the name of each that
//! is not.

use std::collections::BTreeSet;

use crate::bidding::vault::{QualityPart, hash_in};
use crate::frame::error::ServiceError;
use trede_base::ids::MunicipalityId;
use trede_formats::offer::{OfferInput, PricesOfOffer};
use trede_formats::opening_report::{BidOutcome, OpenedBid, OpeningReport};
use trede_model::bidding::bid::Bid;
use trede_model::bidding::opening::{Envelope, Opening};
use trede_model::bidding::sealed_bid::{Fate, SealedBid, SentBid, SentBy, fates};
use trede_model::tendering::tender::TenderId;
use trede_model::trust::audit::{Act, AuditScope};
use trede_model::trust::audit_chain::Chain;
use trede_sealing::SealingError;
use trede_sealing::tender_key::TenderKey;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// What was found in the vault of a lot.
#[derive(Default)]
pub(crate) struct Unsealed {
    /// The bids that count.
    pub(crate) bids: Vec<Bid>,
    /// What became of each.
    pub(crate) found: Vec<OpenedBid>,
}

/// Opens everything that was sent for a lot. Of what was replaced or withdrawn is told who sent it and when, and the
/// offer stays sealed: a row that was changed must not hide another. Where only the envelopes of quality are opened,
/// no price is decrypted.
pub(crate) fn unseal(key: &TenderKey, envelope: Envelope, sent: Vec<SealedBid>) -> Unsealed {
    let (mut whole, mut broken) = (Vec::new(), Vec::new());
    for bid in sent {
        match quality_of(key, &bid) {
            Ok(quality) => whole.push(SentBid { by: quality.sent(), bid }),
            Err(_) => broken.push(bid),
        }
    }
    let mut unsealed = Unsealed::default();
    let mut others = Vec::new();
    for (SentBid { bid, .. }, fate) in fates(whole) {
        if let Some(outcome) = outcome_of(fate) {
            let sent_by = quality_of(key, &bid).ok().map(|quality| quality.sent_by.subject);
            others.push(found(&bid, outcome, sent_by));
            continue;
        }
        let is_in_doubt = broken.iter().any(|other| {
            other.head.lot == bid.head.lot
                && other.head.bidder_index == bid.head.bidder_index
                && (other.head.received_at, other.head.id) > (bid.head.received_at, bid.head.id)
        });
        if is_in_doubt {
            unsealed.found.push(found(&bid, BidOutcome::BeforeUnreadable, None));
            continue;
        }
        match opened(key, envelope, &bid) {
            Ok((opened, sent_by)) => {
                unsealed.found.push(found(&bid, BidOutcome::Opened, Some(sent_by)));
                unsealed.bids.push(opened);
            }
            Err(_) => unsealed.found.push(found(&bid, BidOutcome::Unreadable, None)),
        }
    }
    unsealed.found.extend(others);
    unsealed.found.extend(broken.iter().map(|bid| found(bid, BidOutcome::Unreadable, None)));
    unsealed
}

/// What the record of the opening says of what does not count.
const fn outcome_of(fate: Fate) -> Option<BidOutcome> {
    match fate {
        Fate::Counts => None,
        Fate::Replaced => Some(BidOutcome::Replaced),
        Fate::Withdrawn => Some(BidOutcome::Withdrawn),
        Fate::Withdrawal => Some(BidOutcome::Withdrawal),
        Fate::NotTheirs => Some(BidOutcome::NotTheirs),
    }
}

/// The part of a sealed bid, or of a withdrawal, that says who sent it.
fn quality_of(key: &TenderKey, sealed: &SealedBid) -> Result<QualityPart, SealingError> {
    read(&key.open_quality(sealed)?)
}

/// How many of these bids count. What cannot be opened counts as its bidder's: the opening will tell.
pub(crate) fn number_that_count(key: &TenderKey, sent: Vec<SealedBid>) -> usize {
    let sent = sent.into_iter().map(|bid| {
        let by = quality_of(key, &bid).map_or(SentBy::Bidder, |quality| quality.sent());
        SentBid { bid, by }
    });
    fates(sent.collect()).iter().filter(|(_, fate)| *fate == Fate::Counts).count()
}

pub(crate) fn found(bid: &SealedBid, outcome: BidOutcome, sent_by: Option<String>) -> OpenedBid {
    OpenedBid {
        bid_id: Some(bid.head.id.to_string()),
        lot_id: Some(bid.head.lot.to_string()),
        received_at: bid.head.received_at,
        sealed_hash: bid.hash.clone(),
        outcome,
        sent_by,
    }
}

pub(crate) fn opened(
    key: &TenderKey,
    envelope: Envelope,
    sealed: &SealedBid,
) -> Result<(Bid, String), SealingError> {
    let quality = quality_of(key, sealed)?;
    let offer = quality.offer.ok_or(SealingError::DoesNotOpen)?;
    let head = &sealed.head;
    let bid = Bid {
        municipality: head.municipality,
        tender: head.tender,
        lot: head.lot,
        id: head.id,
        bidder: quality.bidder,
        content: written(&offer)?,
        price_sealed: true,
        external_reference: quality.external_reference,
        receipt_hash: sealed.hash.clone(),
        received_at: head.received_at,
        registered_at: head.registered_at,
    };
    let bid = if envelope == Envelope::Quality { bid } else { with_price(key, sealed, &bid)? };
    Ok((bid, quality.sent_by.subject))
}

/// The bid with the prices out of its envelope.
pub(crate) fn with_price(key: &TenderKey, sealed: &SealedBid, bid: &Bid) -> Result<Bid, SealingError> {
    let prices: PricesOfOffer = read(&key.open_price(sealed)?)?;
    let offer: OfferInput = read(bid.content.as_bytes())?;
    Ok(Bid { content: written(&offer.with_prices(prices))?, price_sealed: false, ..bid.clone() })
}

fn written(offer: &OfferInput) -> Result<String, SealingError> {
    serde_json::to_string(offer).map_err(|_| SealingError::DoesNotOpen)
}

fn read<T: serde::de::DeserializeOwned>(part: &[u8]) -> Result<T, SealingError> {
    serde_json::from_slice(part).map_err(|_| SealingError::DoesNotOpen)
}

/// What an opening found of each bid; nothing as long as it waits.
pub(crate) fn report_of(opening: &Opening) -> Result<OpeningReport, ServiceError> {
    let report = opening.report.as_deref().map(serde_json::from_str).transpose();
    let report: Option<OpeningReport> = report.map_err(|error| ServiceError::Internal(error.into()))?;
    Ok(report.unwrap_or_default())
}

/// What the audit trail says was received, and is not there any more.
pub(crate) fn missing(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Vec<OpenedBid>, ServiceError> {
    let kept: BTreeSet<_> =
        store::bidding::sealed_bids::hashes_of_tender(c, municipality, tender)?.into_iter().collect();
    let mut missing = Vec::new();
    for act in acts_of(c, municipality, tender)? {
        if let Some(hash) = hash_in(&act, tender).filter(|hash| !kept.contains(*hash)) {
            missing.push(OpenedBid {
                bid_id: None,
                lot_id: None,
                received_at: act.at,
                sealed_hash: hash.to_owned(),
                outcome: BidOutcome::Missing,
                sent_by: None,
            });
        }
    }
    Ok(missing)
}

fn acts_of(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Vec<Act>, ServiceError> {
    let mut acts = Vec::new();
    for chain in Chain::of(AuditScope::Vault(municipality, tender)) {
        let records = store::trust::audit_records::after(c, chain, 0, i64::MAX)?;
        acts.extend(records.into_iter().map(|record| record.act));
    }
    Ok(acts)
}
