//! To whom an order goes that was competed for among the operators (minicompetitie; dir. 2014/24 art. 33(4)(c) and
//! (5)): the winner of that tender, known here by its KvK number, since its bid there is another bid.

use super::NewCallOff;
use super::checks::{Goes, deviates_not, found, holds_no_place, invalid, turn_after_declines};
use super::standing::{Party, Standing};
use crate::awarding::seats;
use crate::frame::error::{Bilingual, ServiceError};
use crate::frame::load::NO_LOT;
use trede_base::ids::KvkNumber;
use trede_formats::dossier::CallOffCompetition;
use trede_model::awarding::award_decision::AwardDecision;
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::procedure::State;
use trede_rules::award::call_off::{FindingCode, Way};
use trede_rules::explaining::finding::Finding as Found;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// To whom the order goes by the competition that it names.
pub(super) fn goes(
    c: &mut AnyConnection,
    at: LotPath,
    standing: &Standing,
    new: &NewCallOff,
) -> Result<Goes, ServiceError> {
    let turn = turn_after_declines(standing, Way::MiniCompetition, new)?;
    if new.deviation.is_some() {
        return Err(deviates_not(standing, turn));
    }
    let tender = new.tender.ok_or_else(|| invalid(FindingCode::CompetitionNeeded, "/tenderId"))?;
    let lot = new.lot.ok_or_else(|| invalid(FindingCode::CompetitionNeeded, "/lotId"))?;
    if lot == at.lot {
        return Err(invalid(FindingCode::CompetitionIsAgreement, "/lotId"));
    }
    let competition = LotPath { municipality: at.municipality, tender, lot };
    let (decision, winners) = winners(c, competition)?;
    let won: Vec<&Party> = standing.parties.iter().filter(|party| winners.contains(&party.bidder)).collect();
    let party = winner(standing, new, &winners, &won)?;
    let bid = party.seat.bid;
    let is_of = |before: CallOffCompetition| before.lot_id == lot;
    if standing.orders.iter().any(|order| order.bid_id == bid && order.competition.is_some_and(is_of)) {
        let told = Bilingual::new(
            "de opdracht waarvoor in dit perceel een minicompetitie was, is al vastgelegd",
            "the order that was competed for in this lot is recorded already",
        );
        return Err(ServiceError::refused_in_both("competition-has-order", told));
    }
    let competition = CallOffCompetition { tender_id: tender, lot_id: lot, decision_id: decision.id };
    Ok(Goes { bid, instead_of: None, competition: Some(competition) })
}

/// Which of the operators that won the competition gets the order.
fn winner<'a>(
    standing: &'a Standing,
    new: &NewCallOff,
    winners: &[KvkNumber],
    won: &[&'a Party],
) -> Result<&'a Party, ServiceError> {
    if let Some(bid) = new.bid
        && standing.party(bid).is_none()
    {
        return Err(holds_no_place(standing, "/bidId"));
    }
    let names = || won.iter().map(|party| party.named()).collect::<Vec<_>>().join(", ");
    match (won, new.bid) {
        ([], _) => {
            let numbers: Vec<String> = winners.iter().map(KvkNumber::to_string).collect();
            let (numbers, names) = (numbers.join(", "), standing.names());
            let told = Bilingual::new(
                format!(
                    "de minicompetitie is gewonnen door KvK {numbers}, die geen plaats in de raamovereenkomst heeft; wel: {names}"
                ),
                format!(
                    "the competition was won by KvK {numbers}, who holds no place in the framework agreement; those who do: {names}"
                ),
            );
            Err(ServiceError::refused_in_both("winner-holds-no-place", told))
        }
        ([only], None) => Ok(*only),
        (_, None) => {
            let finding = Found::new(FindingCode::CompetitionWinnerNeeded, "/bidId", [names()]);
            Err(found(finding))
        }
        (_, Some(bid)) => won.iter().find(|party| party.seat.bid == bid).copied().ok_or_else(|| {
            let told = Bilingual::new(
                format!("de minicompetitie is gewonnen door {}; laat `bidId` weg", names()),
                format!("the competition was won by {}; leave `bidId` out", names()),
            );
            ServiceError::refused_in_both("another-operator-won", told)
        }),
    }
}

/// Who won the lot, and by which decision.
fn winners(c: &mut AnyConnection, at: LotPath) -> Result<(AwardDecision, Vec<KvkNumber>), ServiceError> {
    let (_, lot) = store::tendering::lots::find_with_tender(c, at)?.ok_or(NO_LOT)?;
    let decision = match lot.state {
        State::Awarded => store::awarding::award_decisions::in_force(c, at.municipality, at.lot)?,
        _ => None,
    };
    let decision = decision.ok_or_else(|| {
        let told = Bilingual::new(
            format!("het perceel van de minicompetitie is niet gegund; het is «{}»", lot.state),
            format!("the lot in which it was competed for is not awarded; it is «{}»", lot.state),
        );
        ServiceError::refused_in_both("competition-not-awarded", told)
    })?;
    let bids = match seats::by(c, at, &decision)? {
        Some(seats) => seats.winners.iter().map(|seat| seat.bid).collect(),
        None => vec![decision.bid],
    };
    let mut winners = Vec::with_capacity(bids.len());
    for bid in bids {
        let bid = store::bidding::bids::find(c, at.municipality, at.lot, bid)?;
        winners.push(bid.ok_or(ServiceError::NotFound { what: "bid" })?.bidder);
    }
    Ok((decision, winners))
}
