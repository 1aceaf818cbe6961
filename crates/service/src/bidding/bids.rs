//! Bids: received when the rules say so, read by nobody before the opening.

use chrono::{DateTime, SubsecRound, Utc};

use crate::Services;
use crate::assessing::quality::expect_concluded;
use crate::bidding::bid_delegations::expect_may_send;
use crate::bidding::receiving::Receiving;
use crate::bidding::vault::seal;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TITLE};
use crate::frame::opened::expect_opened;
use crate::tendering::declared_models::award_model;
use trede_base::ids::KvkNumber;
use trede_base::page::{Page, PageRequest};
use trede_formats::offer::OfferInput;
use trede_model::bidding::bid::{Bid, BidId};
use trede_model::bidding::sealed_bid::SealedBid;
use trede_model::tendering::lot::{Lot, LotPath};
use trede_sealing::receipt::{Receipt, Received, signed};
use trede_sealing::tender_key::TenderKey;
use trede_store as store;
use trede_wire::canonical::sha256_hex;

/// A bid as it comes in.
#[derive(Clone, Debug, PartialEq)]
pub struct NewBid {
    /// Who bids; of a consortium the lead member.
    pub bidder: KvkNumber,
    /// What is offered.
    pub offer: OfferInput,
    /// The reference under which the platform knows it.
    pub external_reference: Option<String>,
    /// What a platform that kept the bid says of its receipt; not for bids that are received here.
    pub receipt: Option<PlatformReceipt>,
    /// SHA-256 of what was sent, byte for byte, in hexadecimal; none: that of the offer as it is stored.
    pub content_hash: Option<String>,
}

/// The receipt of a bid in a platform's own vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlatformReceipt {
    /// When the platform received it.
    pub received_at: DateTime<Utc>,
    /// SHA-256 of what the platform received, in hexadecimal.
    pub hash: String,
}

/// The proof that a bid, or its withdrawal, was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BidReceipt {
    /// The id that it was given.
    pub id: BidId,
    /// When it was received: here, or in the platform's vault.
    pub received_at: DateTime<Utc>,
    /// SHA-256 of what was sealed here, or of what the platform received, in hexadecimal.
    pub receipt_hash: String,
    /// The same with the hash of what was sent, signed by the key of the tender; of what is received here.
    pub signed: Option<String>,
}

/// Receives a bid on a lot, that arrived whole at `arrived_at`: the wait for a turn makes no bid late. Where
/// bids are kept here, one of the same bidder on the same lot takes the place of what came before.
///
/// # Errors
/// [`ServiceError::Refused`] when the lot takes no bids now, or the bidder has bid on as many lots as allowed,
/// or a platform handed this bidder's bid over already; [`ServiceError::NotTheirs`] for a bid in another's
/// name; [`ServiceError::Invalid`] with all findings.
pub fn create(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    new: NewBid,
    arrived_at: DateTime<Utc>,
) -> Result<BidReceipt, ServiceError> {
    const OPERATION: Operation = Operation::CreateBid;
    authorise(actor, at.municipality, OPERATION)?;
    expect_may_send(services, actor, at, new.bidder)?;
    check(&new)?;
    let content = serde_json::to_string(&new.offer).map_err(|error| ServiceError::Internal(error.into()))?;
    let content_hash = new.content_hash.unwrap_or_else(|| sha256_hex(content.as_bytes()));
    let (received_at, receipt_hash) = match &new.receipt {
        Some(receipt) => (receipt.received_at.trunc_subsecs(6), receipt.hash.clone()),
        None => (arrived_at, String::new()),
    };
    let bid = Bid {
        municipality: at.municipality,
        tender: at.tender,
        lot: at.lot,
        id: new_id(),
        bidder: new.bidder,
        content,
        price_sealed: false,
        external_reference: new.external_reference,
        receipt_hash,
        received_at,
        registered_at: arrived_at,
    };
    let has_receipt = new.receipt.is_some();
    let receiving = Receiving { services, actor, at, bid: &bid, offer: Some(&new.offer) };
    let known = receiving.known(has_receipt)?;
    if let Some(key) = known.key() {
        let sealed = seal(key, actor, &bid, new.offer.clone())?;
        receiving.seal_in(OPERATION, &known, &sealed)?;
        return Ok(receipt_of(key, &sealed, Received::Bid, content_hash));
    }
    let act = services.act(actor, at.municipality, OPERATION, format!("{at}/bids/{}", bid.id));
    let sealed = known.price_key().map(|key| seal(key, actor, &bid, new.offer.clone())).transpose()?;
    let stored = match sealed {
        None => bid.clone(),
        Some(_) => Bid { price_sealed: true, ..without_prices(bid.clone())? },
    };
    receiving.store(&act, &known, has_receipt, None, |c, seen| {
        if let Some(sealed) = &sealed {
            if !store::bidding::sealed_bids::insert_while(c, sealed, seen)? {
                return Ok(false);
            }
            store::trust::sealed_states::note(c, sealed)?;
        }
        Ok(store::bidding::bids::insert_while(c, &stored, seen)?)
    })?;
    let Bid { id, received_at, receipt_hash, .. } = bid;
    Ok(BidReceipt { id, received_at, receipt_hash, signed: None })
}

pub(crate) fn check(new: &NewBid) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    findings.needed_text("/offer/bidderName", &new.offer.bidder_name, TITLE);
    findings.optional_text("/externalReference", new.external_reference.as_deref(), TITLE);
    if let Some(receipt) = &new.receipt {
        findings.instant("/receipt/receivedAt", Some(receipt.received_at));
        let is_hash = receipt.hash.len() == 64 && receipt.hash.bytes().all(|b| b.is_ascii_hexdigit());
        if !is_hash {
            findings.add("/receipt/hash", "hash-malformed", "a SHA-256 in 64 hexadecimal digits");
        }
    }
    findings.into_result()
}

/// The receipt of what was sealed, signed by the key of the tender.
pub(crate) fn receipt_of(
    key: &TenderKey,
    sealed: &SealedBid,
    received: Received,
    content_hash: String,
) -> BidReceipt {
    let head = &sealed.head;
    let receipt = Receipt {
        received,
        municipality: head.municipality.to_string(),
        tender_id: head.tender.to_string(),
        lot_id: head.lot.to_string(),
        bid_id: head.id.to_string(),
        received_at: head.received_at,
        content_hash,
        sealed_hash: sealed.hash.clone(),
    };
    BidReceipt {
        id: head.id,
        received_at: head.received_at,
        receipt_hash: sealed.hash.clone(),
        signed: Some(signed(key, &receipt)),
    }
}

/// One bid, after the opening.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening, whether there is such a bid or not;
/// [`ServiceError::NotFound`] after it, when there is none.
pub fn get(services: &Services, actor: &Actor, at: LotPath, id: BidId) -> Result<Bid, ServiceError> {
    authorise(actor, at.municipality, Operation::GetBid)?;
    let bid = services.db.read(|c| {
        let lot = expect_opened(c, actor, at)?;
        let found = store::bidding::bids::find(c, at.municipality, at.lot, id)?;
        let bid = found.ok_or(ServiceError::NotFound { what: "bid" })?;
        if hides_prices(&lot)? { without_prices(bid) } else { Ok(bid) }
    })?;
    services.record_read(actor, at.municipality, Operation::GetBid, format!("{at}/bids/{id}"))?;
    Ok(bid)
}

/// One page of the bids on a lot, after the opening.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening, however many bids there are.
pub fn list(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    request: &PageRequest<BidId>,
) -> Result<Page<Bid>, ServiceError> {
    authorise(actor, at.municipality, Operation::ListBids)?;
    let page = services.db.read(|c| {
        let lot = expect_opened(c, actor, at)?;
        let mut page = store::bidding::bids::list(c, at.municipality, at.lot, request)?;
        if hides_prices(&lot)? {
            page.items = page.items.into_iter().map(without_prices).collect::<Result<_, _>>()?;
        }
        Ok::<_, ServiceError>(page)
    })?;
    services.record_read(actor, at.municipality, Operation::ListBids, format!("{at}/bids"))?;
    Ok(page)
}

/// Until the quality is fixed nobody is shown a price, which would colour the scores.
fn hides_prices(lot: &Lot) -> Result<bool, ServiceError> {
    Ok(expect_concluded(lot, &award_model(lot)?).is_err())
}

pub(crate) fn without_prices(mut bid: Bid) -> Result<Bid, ServiceError> {
    let unreadable = |error: serde_json::Error| ServiceError::Internal(error.into());
    let offer: OfferInput = serde_json::from_str(&bid.content).map_err(unreadable)?;
    bid.content = serde_json::to_string(&offer.split().0).map_err(unreadable)?;
    Ok(bid)
}

/// The name of who made an opened bid.
pub(crate) fn name_in(bid: &Bid) -> Option<String> {
    let offer: OfferInput = serde_json::from_str(&bid.content).ok()?;
    Some(offer.bidder_name)
}
