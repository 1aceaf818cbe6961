//! Who wins a lot that several can win: the first bids of its evaluation by the number that the award model declares, the
//! reserve list behind them, and what became of both since.

use chrono::{DateTime, Utc};

use crate::Services;
use crate::assessing::dossier::{Dossier, Told, record};
use crate::awarding::award_letters::{self, Occasion};
use crate::awarding::awards::{in_both_languages, lot_result};
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::audit_heads::short_heads;
use crate::frame::error::{Bilingual, ServiceError};
use crate::frame::findings::{Findings, TEXT};
use trede_formats::dossier::{Fact, WinnerWithdrawal, WinnerWithdrawalGround};
use trede_model::awarding::award_decision::AwardDecision;
use trede_model::awarding::evaluation::Evaluation;
use trede_model::bidding::bid::BidId;
use trede_model::tendering::lot::{Lot, LotPath};
use trede_model::tendering::procedure::State;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::score_result::LotResult;

/// A place among those that win or stand by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The bid.
    pub bid: BidId,
    /// Its place, from 1: first the winners in the order of the ranking, then the reserve list. It stays when others
    /// drop out.
    pub place: usize,
    /// When it came from the reserve list, for one that did.
    pub promoted_at: Option<DateTime<Utc>>,
}

/// Who wins and who stands by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seats {
    /// The winners (winnaars).
    pub winners: Vec<Seat>,
    /// The reserve list (reservelijst), the next first.
    pub reserves: Vec<Seat>,
    /// Who won and dropped out since, with the moment.
    pub gone: Vec<(Seat, DateTime<Utc>)>,
}

impl Seats {
    /// Those of an evaluation; none where the award model lets one bid win.
    pub(crate) fn of(result: &LotResult) -> Result<Option<Self>, ServiceError> {
        let Some(chosen) = &result.winners else { return Ok(None) };
        let seat = |(id, place): (&String, usize)| {
            let bid = id.parse().map_err(|error| ServiceError::Internal(Box::new(error)))?;
            Ok::<_, ServiceError>(Seat { bid, place, promoted_at: None })
        };
        let winners = chosen.bids.iter().zip(1..).map(seat).collect::<Result<Vec<_>, _>>()?;
        let reserves = chosen.reserves.iter().zip(winners.len() + 1..).map(seat).collect::<Result<_, _>>()?;
        Ok(Some(Self { winners, reserves, gone: Vec::new() }))
    }

    /// The same after what the dossier tells of the decision.
    pub(crate) fn after(mut self, decision: &AwardDecision, dossier: &Dossier) -> Self {
        let withdrawals = dossier.facts(|fact| match fact {
            Fact::WinnerWithdrawn(fact) => Some(fact),
            _ => None,
        });
        for (entry, fact) in withdrawals.filter(|(_, fact)| fact.decision_id == decision.id) {
            self.drop_out(fact.bid_id, fact.successor_bid_id, entry.at);
        }
        self
    }

    /// A bid loses its place, and another comes to it from the reserve list.
    fn drop_out(&mut self, bid: BidId, successor: Option<BidId>, at: DateTime<Utc>) {
        let left = self.winners.iter().copied().find(|seat| seat.bid == bid);
        self.gone.extend(left.map(|seat| (seat, at)));
        self.winners.retain(|seat| seat.bid != bid);
        self.reserves.retain(|seat| seat.bid != bid);
        if let Some(position) = self.reserves.iter().position(|seat| Some(seat.bid) == successor) {
            let seat = self.reserves.remove(position);
            self.winners.push(Seat { promoted_at: Some(at), ..seat });
        }
    }

    fn is_winner(&self, bid: BidId) -> bool {
        self.winners.iter().any(|seat| seat.bid == bid)
    }
}

/// The seats by a decision as they are now; none where one bid wins.
pub(crate) fn by(
    c: &mut AnyConnection,
    at: LotPath,
    decision: &AwardDecision,
) -> Result<Option<Seats>, ServiceError> {
    let Some(evaluation) = store::awarding::evaluations::find(c, at, decision.evaluation)? else {
        return Ok(None);
    };
    by_result(c, at, decision, &lot_result(&evaluation)?)
}

/// The same, where the result of the evaluation that the decision rests on is known.
pub(crate) fn by_result(
    c: &mut AnyConnection,
    at: LotPath,
    decision: &AwardDecision,
    result: &LotResult,
) -> Result<Option<Seats>, ServiceError> {
    let Some(seats) = Seats::of(result)? else { return Ok(None) };
    Ok(Some(seats.after(decision, &Dossier::load(c, at)?)))
}

/// The seats by a decision that the caller was told of; none where one bid wins.
///
/// # Errors
/// [`ServiceError::Internal`] when a document of the store cannot be read.
pub fn of_decision(
    services: &Services,
    at: LotPath,
    decision: &AwardDecision,
) -> Result<Option<Seats>, ServiceError> {
    services.db.read(|c| by(c, at, decision))
}

/// A winner, or a bid on the reserve list, that drops out after the award.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWithdrawal {
    /// Its bid.
    pub bid: BidId,
    /// On what ground.
    pub ground: WinnerWithdrawalGround,
    /// Why.
    pub reason: String,
}

/// Records that a winner drops out after the award. The first of the reserve list takes its place, and gets a letter.
///
/// # Errors
/// [`ServiceError::Refused`] when the lot is not awarded, or was awarded to one bid without a reserve list;
/// [`ServiceError::Invalid`] when the bid neither wins nor stands by.
pub fn withdraw(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    new: NewWithdrawal,
) -> Result<Told, ServiceError> {
    authorise(actor, at.municipality, Operation::WithdrawWinner)?;
    // Read before the write: others that write meanwhile do not collide with it.
    let audit_heads = services.db.read(|c| short_heads(c, at.municipality))?;
    record(services, actor, at, Operation::WithdrawWinner, |c, scene, act| {
        let mut findings = Findings::default();
        findings.needed_text("/reason", &new.reason, TEXT);
        findings.into_result()?;
        let Awarded { decision, evaluation, result, mut seats } = awarded(c, &scene.lot, &scene.dossier)?;
        if !seats.is_winner(new.bid) && seats.reserves.iter().all(|seat| seat.bid != new.bid) {
            let detail = "this bid neither wins nor stands by, or dropped out already";
            return Err(ServiceError::invalid("/bidId", "bid-holds-no-place", detail));
        }
        let successor = seats.reserves.first().filter(|_| seats.is_winner(new.bid)).map(|seat| seat.bid);
        if let Some(successor) = successor {
            seats.drop_out(new.bid, Some(successor), act.at);
            let occasion = Occasion {
                at,
                tender: &scene.tender,
                lot: &scene.lot,
                decision: &decision,
                result: &result,
                told: &in_both_languages(&evaluation),
                dossier: &scene.dossier,
                audit_heads: &audit_heads,
                seats: Some(&seats),
                sent_at: act.at,
            };
            award_letters::send_to_successor(c, &occasion, successor)?;
        }
        Ok(Fact::WinnerWithdrawn(WinnerWithdrawal {
            decision_id: decision.id,
            bid_id: new.bid,
            ground: new.ground,
            reason: new.reason.clone(),
            successor_bid_id: successor,
        }))
    })
}

/// A lot that was awarded to several, or with a reserve list.
pub(super) struct Awarded {
    pub(super) decision: AwardDecision,
    evaluation: Evaluation,
    result: LotResult,
    pub(super) seats: Seats,
}

pub(super) fn awarded(c: &mut AnyConnection, lot: &Lot, dossier: &Dossier) -> Result<Awarded, ServiceError> {
    let at = lot.path();
    let decision = match lot.state {
        State::Awarded => store::awarding::award_decisions::in_force(c, at.municipality, at.lot)?,
        _ => None,
    };
    let Some(decision) = decision else {
        let told = Bilingual::new(
            format!("dit kan als het perceel is gegund; het is «{}»", lot.state),
            format!("possible once the lot is awarded; it is «{}»", lot.state),
        );
        return Err(ServiceError::refused_in_both("state-forbids", told));
    };
    let found = store::awarding::evaluations::find(c, at, decision.evaluation)?;
    let evaluation = found.ok_or(ServiceError::NotFound { what: "evaluation" })?;
    let result = lot_result(&evaluation)?;
    let seats = Seats::of(&result)?.ok_or_else(|| {
        let detail = "the award model lets one bid win and declares no reserve list (`winners`)";
        ServiceError::refused("one-winner", detail)
    })?;
    Ok(Awarded { seats: seats.after(&decision, dossier), decision, evaluation, result })
}
