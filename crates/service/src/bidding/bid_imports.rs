//! Bids one after the other, each by itself: what is wrong with one keeps no other out, and the same again does
//! nothing twice.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::Services;
use crate::bidding::bids::{self, NewBid};
use crate::bidding::handed_over::{self, HandedOver};
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::error::{Finding, ServiceError};
use crate::frame::findings::below;
use crate::frame::load;
use trede_base::ids::MunicipalityId;
use trede_model::bidding::bid::BidId;
use trede_model::tendering::lot::{LotId, LotPath};
use trede_model::tendering::tender::TenderId;
use trede_store as store;

/// What became of one bid of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportedBid {
    /// It was received now, under this id.
    Received(BidId),
    /// The lot has it already.
    Known,
    /// It was not received, and why.
    Refused(Vec<Finding>),
}

/// The lots of a tender that bids are imported on, by number.
#[derive(Clone, Debug)]
pub struct ImportTarget {
    municipality: MunicipalityId,
    tender: TenderId,
    lots: BTreeMap<u16, LotId>,
}

/// Looks for the tender, before anything is read.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality has no such tender.
pub fn target(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<ImportTarget, ServiceError> {
    authorise(actor, municipality, Operation::ImportBids)?;
    services.db.read(|c| {
        load::tender(c, actor, municipality, tender)?;
        let lots = store::tendering::lots::all_of_tender(c, municipality, tender)?;
        let lots = lots.into_iter().map(|lot| (lot.facts.number, lot.id)).collect();
        Ok(ImportTarget { municipality, tender, lots })
    })
}

/// Receives one bid.
///
/// # Errors
/// [`ServiceError::Busy`] and others that are not about the bid: then the import ends, and goes on when the same
/// is sent again.
pub fn receive(
    services: &Services,
    actor: &Actor,
    target: &ImportTarget,
    (lot, bid): (u16, NewBid),
    arrived_at: DateTime<Utc>,
) -> Result<ImportedBid, ServiceError> {
    let Some(id) = target.lots.get(&lot) else {
        let finding = Finding::new("/lotNumber", "unknown-lot", "the tender has no lot of this number");
        return Ok(ImportedBid::Refused(vec![finding]));
    };
    let at = LotPath { municipality: target.municipality, tender: target.tender, lot: *id };
    match handed_over::standing(services, at, &bid)? {
        HandedOver::New => {}
        HandedOver::Known => return Ok(ImportedBid::Known),
        HandedOver::Differs => return Ok(ImportedBid::Refused(vec![handed_over::differs("/bid")])),
    }
    match below("/bid", bids::create(services, actor, at, bid, arrived_at)) {
        Ok(bid) => Ok(ImportedBid::Received(bid.id)),
        Err(ServiceError::Invalid(found)) => Ok(ImportedBid::Refused(found)),
        Err(ServiceError::Refused { code, detail, dutch }) => {
            Ok(ImportedBid::Refused(vec![Finding { dutch, ..Finding::new("/bid", code, detail) }]))
        }
        Err(error) => Err(error),
    }
}
