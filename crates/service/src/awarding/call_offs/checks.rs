//! What is wrong in an order, and to whom it goes by ranking or by rotation.

use chrono::{DateTime, Utc};

use super::NewCallOff;
use super::standing::Standing;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::{Bilingual, Finding, ServiceError};
use crate::frame::findings::{Findings, TEXT, TITLE, of_engine};
use trede_formats::dossier::{CallOffCompetition, CallOffWay};
use trede_model::bidding::bid::BidId;
use trede_rules::award::call_off::{FindingCode, Turn, Way};
use trede_rules::explaining::finding::Finding as Found;

/// The largest whole number that each program that reads JSON keeps exactly (RFC 8259 section 6), in cents.
const MOST_CENTS: i64 = 9_007_199_254_740_991;

/// To whom an order goes.
pub(super) struct Goes {
    /// The bid of who gets it.
    pub(super) bid: BidId,
    /// The bid whose turn it was, where that is another.
    pub(super) instead_of: Option<BidId>,
    /// Where it was competed for.
    pub(super) competition: Option<CallOffCompetition>,
}

/// The way in which an order goes, once nothing is wrong in what it says by itself.
pub(super) fn way(standing: &Standing, new: &NewCallOff, now: DateTime<Utc>) -> Result<Way, ServiceError> {
    let mut findings = Findings::default();
    findings.needed_text("/reference", &new.reference, TITLE);
    findings.needed_text("/title", &new.title, TITLE);
    findings.amount("/valueCents", Some(new.value_cents));
    findings.optional_text("/deviation", new.deviation.as_deref(), TEXT);
    for (index, decline) in new.declined.iter().enumerate() {
        findings.needed_text(&format!("/declined/{index}/reason"), &decline.reason, TEXT);
    }
    let mut found = Vec::new();
    let awarded_on = dutch_day(standing.decision.awarded_at.unwrap_or(standing.decision.proposed_at));
    if new.placed_on < awarded_on {
        found.push(Found::new(FindingCode::BeforeAward, "/placedOn", [awarded_on.to_string()]));
    }
    let today = dutch_day(now);
    if new.placed_on > today {
        found.push(Found::new(FindingCode::DayAhead, "/placedOn", [today.to_string()]));
    }
    let way = way_of(standing, new.by, &mut found);
    let is_competed = way == Some(Way::MiniCompetition);
    let places = [("/tenderId", new.tender.is_some()), ("/lotId", new.lot.is_some())];
    for (place, is_given) in places.into_iter().filter(|_| way.is_some()) {
        match (is_competed, is_given) {
            (true, false) => found.push(Found::new(FindingCode::CompetitionNeeded, place, [])),
            (false, true) => found.push(Found::new(FindingCode::CompetitionNeedless, place, [])),
            _ => {}
        }
    }
    findings.of_engine("", found);
    findings.into_result()?;
    way.ok_or_else(|| ServiceError::Internal("an order without a way that nothing was said about".into()))
}

/// The way that the award model declares, or that the order says where the model is mixed.
fn way_of(standing: &Standing, by: Option<CallOffWay>, found: &mut Vec<Found<FindingCode>>) -> Option<Way> {
    match (Way::allowed_by(standing.call_off), by) {
        ([only], None) => Some(*only),
        ([only], Some(_)) => {
            found.push(Found::new(FindingCode::WayDeclared, "/by", []));
            Some(*only)
        }
        (_, Some(by)) => Some(by.into()),
        (allowed, None) => {
            let codes: Vec<&str> = allowed.iter().map(|way| CallOffWay::from(*way).code()).collect();
            found.push(Found::new(FindingCode::WayNeeded, "/by", [codes.join(", ")]));
            None
        }
    }
}

/// To whom an order goes by its turn, or with a reason instead.
pub(super) fn goes_by_turn(standing: &Standing, way: Way, new: &NewCallOff) -> Result<Goes, ServiceError> {
    let turn = turn_after_declines(standing, way, new)?;
    let whose = standing.whose(turn).map(|party| party.seat.bid);
    let Some(bid) = new.bid else {
        if new.deviation.is_some() {
            return Err(invalid(FindingCode::DeviationWithoutBid, "/bidId"));
        }
        let bid = whose
            .ok_or_else(|| ServiceError::refused_in_both("nobody-has-a-turn", standing.explained(turn)))?;
        return Ok(Goes { bid, instead_of: None, competition: None });
    };
    let party = standing.party(bid).ok_or_else(|| holds_no_place(standing, "/bidId"))?;
    if new.declined.iter().any(|decline| decline.bid_id == bid) {
        return Err(invalid(FindingCode::DeviationToDecliner, "/bidId"));
    }
    let is_its_turn = whose == Some(bid);
    match (is_its_turn, &new.deviation) {
        (true, Some(_)) => Err(deviates_not(standing, turn)),
        (false, None) => {
            let Bilingual { dutch, english } = standing.explained(turn);
            let named = party.named();
            let told = Bilingual::new(
                format!(
                    "{dutch}; laat `bidId` weg, of zeg in `deviation` waarom de opdracht naar {named} gaat"
                ),
                format!("{english}; leave `bidId` out, or say in `deviation` why the order goes to {named}"),
            );
            Err(ServiceError::refused_in_both("another-operators-turn", told))
        }
        (true, None) | (false, Some(_)) => {
            Ok(Goes { bid, instead_of: whose.filter(|_| !is_its_turn), competition: None })
        }
    }
}

/// Whose turn it is after those who declined, each of whom had its turn.
pub(super) fn turn_after_declines(
    standing: &Standing,
    way: Way,
    new: &NewCallOff,
) -> Result<Turn, ServiceError> {
    let place = |index: usize| format!("/declined/{index}/bidId");
    let mut declines = new.declined.iter().enumerate();
    if let Some((index, _)) = declines.find(|(_, decline)| standing.party(decline.bid_id).is_none()) {
        return Err(holds_no_place(standing, &place(index)));
    }
    let declined = standing.operators(new.declined.iter().map(|decline| decline.bid_id));
    standing.ask(|agreement| agreement.turn_after(way, &declined)).map_err(|refused| {
        let why = standing.explained(refused.turn);
        in_both(FindingCode::DeclinedOutOfTurn, &place(refused.index), why)
    })
}

/// The value of all orders of one operator stays a number that every reader keeps exactly.
pub(super) fn value(standing: &Standing, bid: BidId, cents: i64) -> Result<(), ServiceError> {
    let (_, before) = standing.share(bid);
    if before.checked_add(cents).is_some_and(|all| all <= MOST_CENTS) {
        return Ok(());
    }
    Err(found(Found::new(FindingCode::ValueTooLarge, "/valueCents", [MOST_CENTS.to_string()])))
}

pub(super) fn holds_no_place(standing: &Standing, place: &str) -> ServiceError {
    found(Found::new(FindingCode::HoldsNoPlace, place, [standing.names()]))
}

pub(super) fn deviates_not(standing: &Standing, turn: Turn) -> ServiceError {
    in_both(FindingCode::DeviationNeedless, "/deviation", standing.explained(turn))
}

pub(super) fn invalid(code: FindingCode, place: &str) -> ServiceError {
    found(Found::new(code, place, []))
}

pub(super) fn found(finding: Found<FindingCode>) -> ServiceError {
    ServiceError::Invalid(vec![of_engine(finding)])
}

/// A finding whose detail is a sentence of its own in each language.
fn in_both(code: FindingCode, place: &str, why: Bilingual) -> ServiceError {
    let told = |why: String| of_engine(Found::new(code, place, [why]));
    let dutch = told(why.dutch).dutch;
    ServiceError::Invalid(vec![Finding { dutch, ..told(why.english) }])
}
