//! A bidder says who acts for it on a lot: a platform, or another person, that may submit, replace and withdraw on its
//! behalf. It is sealed as bids are: before the opening nobody is told of it, but who is delegated acts by it.

use chrono::{DateTime, Utc};

use crate::Services;
use crate::bidding::bids::BidReceipt;
use crate::bidding::unsealing::delegation_in;
use crate::bidding::vault::DelegationPart;
use crate::bidding::without_offer::WithoutOffer;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TITLE};
use crate::frame::load;
use trede_base::ids::KvkNumber;
use trede_base::person_name::PersonName;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::tender::BidCustody;
use trede_sealing::receipt::Received;
use trede_store as store;

/// What a bidder says about one who acts for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDelegation {
    /// Who, by the name under which it is recorded.
    pub delegate: String,
    /// Whether it may from now on, or may no more.
    pub is_given: bool,
}

/// Receives what the bidder, whose token names its KvK number, says about who acts for it on a lot. The last word about
/// somebody counts; the answer is the same whatever was said before, and whatever was sent. `content_hash` is the
/// SHA-256 of what was sent.
///
/// # Errors
/// [`ServiceError::Refused`] when the lot takes no bids now; [`ServiceError::NotTheirs`] for a token without a KvK
/// number, or where a platform keeps the bids; [`ServiceError::Invalid`] for a name that nobody bears.
pub fn create(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    new: NewDelegation,
    content_hash: String,
    arrived_at: DateTime<Utc>,
) -> Result<BidReceipt, ServiceError> {
    let operation = if new.is_given { Operation::DelegateBid } else { Operation::WithdrawDelegation };
    authorise(actor, at.municipality, operation)?;
    let detail = "a bidder says itself who acts for it: the token must name its KvK number";
    let bidder = actor.kvk.ok_or(ServiceError::NotTheirs { code: "another-bidder", detail })?;
    check(&new.delegate)?;
    let received = if new.is_given { Received::Delegation } else { Received::DelegationWithdrawal };
    let said = DelegationPart { delegate: new.delegate, is_given: new.is_given };
    let sent = WithoutOffer { services, actor, at, bidder, operation, received, content_hash, arrived_at };
    sent.receive(Some(said))
}

fn check(delegate: &str) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    findings.needed_text("/delegate", delegate, TITLE);
    if PersonName::of(delegate).is_err() {
        let detail =
            "a word of the service; the delegate is named as the identity provider names it, in `sub`";
        findings.add("/delegate", "name-reserved", detail);
    }
    findings.into_result()
}

/// A bidder sends in its own name; a platform in that of its users, and whom a bidder delegated in that bidder's.
/// What of it counts is decided at the opening, by who sent what when.
pub(crate) fn expect_may_send(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    bidder: KvkNumber,
) -> Result<(), ServiceError> {
    if actor.is(Role::Platform) || actor.kvk == Some(bidder) || is_delegate(services, actor, at, bidder)? {
        return Ok(());
    }
    let detail = "a bidder bids in its own name, or in that of who delegated it: the token must name the KvK number of \
                  the bid";
    Err(ServiceError::NotTheirs { code: "another-bidder", detail })
}

/// Whether the bidder's last word about the caller is that it acts for it. Nothing else that was sent is looked at, so
/// that neither the answer nor the time it takes tells of a bid.
fn is_delegate(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    bidder: KvkNumber,
) -> Result<bool, ServiceError> {
    services.db.read(|c| {
        let tender = match load::lot(c, actor, at) {
            Ok((tender, _)) => tender,
            Err(ServiceError::NotFound { .. }) => return Ok(false),
            Err(error) => return Err(error),
        };
        if tender.facts.bid_custody == BidCustody::Platform || tender.published_at.is_none() {
            return Ok(false);
        }
        let key = services.tender_key(c, at.municipality, at.tender)?;
        let index = key.delegation_index(at.lot, bidder, &actor.subject);
        let mut said = store::bidding::sealed_bids::of_bidder(c, at.municipality, &[(at.lot, index)])?;
        said.sort_by_key(|word| (word.head.received_at, word.head.id));
        // One that cannot be read may have taken it back.
        let words: Option<Vec<_>> = said.iter().map(|word| delegation_in(&key, word)).collect();
        Ok(words.and_then(|words| words.last().map(|word| word.is_given)).unwrap_or(false))
    })
}
