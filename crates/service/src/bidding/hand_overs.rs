//! The hand-over of bids that a platform kept is closed before anybody reads one here: who knows the others' bids,
//! the platform included, has no bid taken in any more.

use serde_json::json;

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::asked_jobs;
use crate::frame::error::{Bilingual, ServiceError};
use crate::frame::load::{self, NO_TENDER};
use trede_base::ids::MunicipalityId;
use trede_model::bidding::hand_over::HandOver;
use trede_model::telling::event::{Event, EventKind};
use trede_model::tendering::lot::Lot;
use trede_model::tendering::tender::{BidCustody, Tender, TenderId};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// Says that all bids which the platform kept are here, on all lots together that many. The same again changes
/// nothing.
///
/// # Errors
/// [`ServiceError::NotTheirs`] where bids are kept here; [`ServiceError::Refused`] before the platform attested its
/// opening, when another number of bids is here, or when another number was said before.
pub fn complete(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    tender: TenderId,
    number_of_bids: u32,
) -> Result<HandOver, ServiceError> {
    const OPERATION: Operation = Operation::CompleteHandOver;
    authorise(actor, municipality, OPERATION)?;
    let number_of_bids = i64::from(number_of_bids);
    let known = services.db.read(|c| known(c, municipality, tender))?;
    if let Some(known) = known {
        return same(known, number_of_bids);
    }
    let act = services.act(actor, municipality, OPERATION, format!("tenders/{tender}/hand-over-completions"));
    services.db.write(&act, |c| {
        if let Some(known) = self::known(c, municipality, tender)? {
            return same(known, number_of_bids);
        }
        let mut found = store::tendering::tenders::find(c, municipality, tender)?.ok_or(NO_TENDER)?;
        let lots = expect_handing_over(c, &found)?;
        // Its version is another from here on: what is handed over at the same moment looks again, and is late.
        found.record = found.record.changed(act.at);
        store::tendering::tenders::update(c, &found)?;
        let here = store::bidding::bids::count_of_tender(c, municipality, tender)?;
        if here != number_of_bids {
            let told = Bilingual::new(
                format!(
                    "het platform zegt dat het {number_of_bids} inschrijving(en) overdroeg, en hier zijn er {here}; \
                     draag over wat ontbreekt, of zeg hoeveel het er zijn"
                ),
                format!(
                    "the platform says that it handed over {number_of_bids} bid(s), and {here} are here; hand over \
                     what is missing, or say how many there are"
                ),
            );
            return Err(ServiceError::refused_in_both("hand-over-differs", told));
        }
        let hand_over =
            HandOver { municipality, tender, number_of_bids, at: act.at, actor: act.actor.clone() };
        store::bidding::hand_overs::insert(c, &hand_over)?;
        for lot in lots {
            // What is claimed in the bids is checked from now on.
            asked_jobs::claim_check(c, &act, lot.path())?;
        }
        let data = json!({"tenderId": tender, "numberOfBids": number_of_bids});
        let event =
            Event::of(&act, EventKind::HandOverCompleted, format!("tenders/{tender}"), data.to_string());
        store::telling::events::append(c, &event)?;
        Ok(hand_over)
    })
}

/// The hand-over that was said to be complete of the bids of a tender; none as long as it was not.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality has no such tender.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Option<HandOver>, ServiceError> {
    authorise(actor, municipality, Operation::ListHandOvers)?;
    services.db.read(|c| {
        let tender = load::tender(c, actor, municipality, tender)?;
        self::known(c, municipality, tender.id)
    })
}

fn known(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Option<HandOver>, ServiceError> {
    Ok(store::bidding::hand_overs::find(c, municipality, tender)?)
}

fn same(known: HandOver, number_of_bids: i64) -> Result<HandOver, ServiceError> {
    if known.number_of_bids == number_of_bids {
        return Ok(known);
    }
    let told = Bilingual::new(
        format!("de overdracht is al afgerond, met {} inschrijving(en)", known.number_of_bids),
        format!("the hand-over was completed with {} bid(s), once", known.number_of_bids),
    );
    Err(ServiceError::refused_in_both("hand-over-complete", told))
}

/// The lots whose bids the platform hands over now: it attested that it opened them.
fn expect_handing_over(c: &mut AnyConnection, tender: &Tender) -> Result<Vec<Lot>, ServiceError> {
    if tender.facts.bid_custody == BidCustody::Trede {
        let detail = "the bids of this tender are kept here; nobody hands them over";
        return Err(ServiceError::NotTheirs { code: "not-the-keeper", detail });
    }
    let mut lots = store::tendering::lots::all_of_tender(c, tender.municipality, tender.id)?;
    lots.retain(|lot| lot.opened_at.is_some());
    if lots.is_empty() {
        let detail = "the platform attests its opening, hands the bids over, and says then that all are here";
        return Err(ServiceError::refused("bids-not-opened", detail));
    }
    Ok(lots)
}
