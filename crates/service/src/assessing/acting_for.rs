//! Who acts for a bidder after the opening: a platform does so no more for a bidder than it did before it.

use std::collections::BTreeMap;

use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use trede_formats::opening_report::{DelegationWord, OpeningReport};
use trede_model::bidding::bid::Bid;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::tender::BidCustody;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// Whether the caller acts for who made the bid. Of bids that a platform kept the platform does. Of those that were kept
/// here: whom the bidder delegated, by its last word before the deadline; and the platform that sent the bid, unless
/// the bidder took that back.
pub(crate) fn acts_for(
    c: &mut AnyConnection,
    actor: &Actor,
    at: LotPath,
    bid: &Bid,
) -> Result<bool, ServiceError> {
    let tender = store::tendering::tenders::find(c, at.municipality, at.tender)?;
    if tender.is_some_and(|tender| tender.facts.bid_custody == BidCustody::Platform) {
        return Ok(actor.is(Role::Platform));
    }
    let (lot, bidder, id) = (at.lot.to_string(), bid.bidder.to_string(), bid.id.to_string());
    let mut words = BTreeMap::new();
    let mut has_sent = false;
    for opening in store::bidding::openings::all_of_tender(c, at.municipality, at.tender)? {
        let Some(report) = opening.report else { continue };
        let report: OpeningReport =
            serde_json::from_str(&report).map_err(|error| ServiceError::Internal(error.into()))?;
        let is_own = |sent_by: &Option<String>| sent_by.as_deref() == Some(actor.subject.as_str());
        has_sent |=
            report.bids.iter().any(|found| found.bid_id.as_ref() == Some(&id) && is_own(&found.sent_by));
        for said in report.delegations {
            if (&said.lot_id, &said.bidder_kvk_number, &said.delegate) == (&lot, &bidder, &actor.subject) {
                words.insert((said.received_at, said.delegation_id), said.word);
            }
        }
    }
    Ok(match words.into_values().next_back() {
        Some(word) => word == DelegationWord::Given,
        None => has_sent && actor.is(Role::Platform),
    })
}
