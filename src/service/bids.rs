//! Bids: received when the rules say so, read by nobody before the opening.

use chrono::{DateTime, SubsecRound, Utc};

use crate::domain::bid::{Bid, BidId};
use crate::domain::ids::KvkNumber;
use crate::domain::lot::{Lot, LotPath};
use crate::domain::page::{Page, PageRequest};
use crate::domain::role::Role;
use crate::exchange::canonical::sha256_hex;
use crate::exchange::offer::OfferInput;
use crate::service::Services;
use crate::service::access::{Operation, authorise};
use crate::service::actor::Actor;
use crate::service::acts::new_id;
use crate::service::claim_checks;
use crate::service::error::ServiceError;
use crate::service::findings::{Findings, TITLE};
use crate::service::load;
use crate::service::receiving::ReceivingLot;
use crate::storage;
use crate::storage::connection::AnyConnection;

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
}

/// The receipt of a bid in a platform's own vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlatformReceipt {
    /// When the platform received it.
    pub received_at: DateTime<Utc>,
    /// SHA-256 of what the platform received, in hexadecimal.
    pub hash: String,
}

/// Receives a bid on a lot, that arrived whole at `arrived_at`: the wait for a turn makes no bid late.
///
/// # Errors
/// [`ServiceError::Refused`] when the lot takes no bids now, the bidder has one already, or as many
/// lots as allowed; [`ServiceError::NotTheirs`] for a bid in another's name;
/// [`ServiceError::Invalid`] with all findings.
pub fn create(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    new: NewBid,
    arrived_at: DateTime<Utc>,
) -> Result<Bid, ServiceError> {
    const OPERATION: Operation = Operation::CreateBid;
    authorise(actor, at.municipality, OPERATION)?;
    // A bidder bids in its own name; a platform in that of its users.
    if !actor.is(Role::Platform) && actor.kvk != Some(new.bidder) {
        let detail = "a bidder bids in its own name: the token must name the KvK number of the bid";
        return Err(ServiceError::NotTheirs { code: "another-bidder", detail });
    }
    check(&new)?;
    let content = serde_json::to_string(&new.offer).map_err(|error| ServiceError::Internal(error.into()))?;
    let (received_at, receipt_hash) = match &new.receipt {
        Some(receipt) => (receipt.received_at.trunc_subsecs(6), receipt.hash.clone()),
        None => (arrived_at, sha256_hex(content.as_bytes())),
    };
    let bid = Bid {
        municipality: at.municipality,
        tender: at.tender,
        lot: at.lot,
        id: new_id(),
        bidder: new.bidder,
        content,
        external_reference: new.external_reference,
        receipt_hash,
        received_at,
        registered_at: arrived_at,
    };
    let act = services.act(actor, at.municipality, OPERATION, format!("{at}/bids/{}", bid.id));
    let has_receipt = new.receipt.is_some();
    let remembered = services.receiving.recall(at);
    // What was remembered never refuses: the deadline may have moved since.
    let remembered = remembered.filter(|known| known.check(actor, &bid, has_receipt).is_ok());
    let found = services.db.write(&act, |c| {
        let found = receive(c, actor, (at, &bid, has_receipt), remembered.as_deref())?;
        // A platform hands bids over after the opening: what they claim can be checked now.
        if has_receipt {
            claim_checks::ask(c, &act, at)?;
        }
        Ok::<_, ServiceError>(found)
    })?;
    if let Some(lot) = found.filter(ReceivingLot::is_public) {
        services.receiving.remember(at, lot);
    }
    Ok(bid)
}

pub(super) fn check(new: &NewBid) -> Result<(), ServiceError> {
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

/// Stores the bid if the lot is still as it was remembered; else looks again, and says what to remember.
fn receive(
    c: &mut AnyConnection,
    actor: &Actor,
    (at, bid, has_receipt): (LotPath, &Bid, bool),
    remembered: Option<&ReceivingLot>,
) -> Result<Option<ReceivingLot>, ServiceError> {
    if let Some(known) = remembered {
        check_number_of_lots(c, known, bid)?;
        if storage::bids::insert_while(c, bid, known.seen())? {
            return Ok(None);
        }
    }
    let known = ReceivingLot::load(c, actor, at)?;
    known.check(actor, bid, has_receipt)?;
    check_number_of_lots(c, &known, bid)?;
    storage::bids::insert(c, bid)?;
    Ok(Some(known))
}

fn check_number_of_lots(c: &mut AnyConnection, known: &ReceivingLot, bid: &Bid) -> Result<(), ServiceError> {
    let Some(most) = known.most_lots_per_bidder() else {
        return Ok(());
    };
    let lots = storage::bids::count_of_bidder(c, bid.municipality, bid.tender, bid.bidder)?;
    if lots < i64::from(most) {
        return Ok(());
    }
    Err(ServiceError::refused("too-many-lots", format!("one bidder can bid on at most {most} lot(s) here")))
}

/// One bid, after the opening.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening, whether there is such a bid or not;
/// [`ServiceError::NotFound`] after it, when there is none.
pub fn get(services: &Services, actor: &Actor, at: LotPath, id: BidId) -> Result<Bid, ServiceError> {
    authorise(actor, at.municipality, Operation::GetBid)?;
    services.db.read(|c| {
        expect_opened(c, actor, at)?;
        storage::bids::find(c, at.municipality, at.lot, id)?.ok_or(ServiceError::NotFound { what: "bid" })
    })
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
    services.db.read(|c| {
        expect_opened(c, actor, at)?;
        Ok(storage::bids::list(c, at.municipality, at.lot, request)?)
    })
}

/// The lot, if its bids were opened. Asked before any bid is looked for, so that the
/// answer is the same for none and for many.
pub(super) fn expect_opened(c: &mut AnyConnection, actor: &Actor, at: LotPath) -> Result<Lot, ServiceError> {
    let (_, lot) = load::lot(c, actor, at)?;
    if lot.opened_at.is_some() {
        return Ok(lot);
    }
    Err(ServiceError::refused("bids-not-opened", "the bids on this lot have not been opened"))
}
