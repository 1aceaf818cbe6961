//! How a lot ends: an award that is proposed and becomes final, or no award.

use crate::Services;
use crate::assessing::dossier::Dossier;
use crate::assessing::interests::expect_all_decided;
use crate::assessing::low_price_inquiries;
use crate::assessing::score_input::{Additions, gather};
use crate::awarding::award_letters::{self, Occasion};
use crate::awarding::seats::Seats;
use crate::awarding::standstill;
use crate::bidding::originals::expect_unaltered;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::audit_heads::short_heads;
use crate::frame::error::{Bilingual, ServiceError};
use crate::frame::findings::{Findings, TEXT, TITLE};
use crate::frame::load;
use crate::tendering::steps::{Taking, take};
use trede_model::awarding::award_decision::AwardDecision;
use trede_model::awarding::award_letter::LetterLanguage;
use trede_model::awarding::evaluation::{Evaluation, EvaluationId};
use trede_model::bidding::bid::BidId;
use trede_model::tendering::lot::{Lot, LotPath, StepGrounds};
use trede_model::tendering::procedure::Step;
use trede_model::tendering::tender::Tender;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::canonical::canonical_bytes;
use trede_wire::json::parse;
use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::{LanguageCode, LotResult, ResultOptions, ScoreResult, score};

const NO_DECISION: ServiceError = ServiceError::NotFound { what: "award decision" };

/// An award as it is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAward {
    /// The evaluation that it rests on: the lot's latest.
    pub evaluation: EvaluationId,
    /// The bid that wins; of several winners the first.
    pub bid: BidId,
    /// The other winners, where the award model lets several bids win.
    pub others: Vec<BidId>,
    /// Why.
    pub motivation: String,
    /// How many days of standstill; left out, what the law asks for above the European threshold.
    pub standstill_days: Option<u16>,
    /// The court before which the decision can be brought.
    pub court: Option<String>,
    /// Whom to turn to.
    pub contact: Option<String>,
}

/// Proposes to award the lot (voornemen tot gunning).
///
/// # Errors
/// [`ServiceError::Refused`] when the lot is not evaluated, a later evaluation exists, scores changed
/// since, a bid is not what was received, the bid is not the one that came first in it, or a template makes no letter;
/// [`ServiceError::Invalid`] when evaluation or bid are not the lot's, or the standstill is too short.
pub fn propose(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    new: NewAward,
) -> Result<AwardDecision, ServiceError> {
    let mut findings = Findings::default();
    findings.needed_text("/motivation", &new.motivation, TEXT);
    findings.optional_text("/court", new.court.as_deref(), TITLE);
    findings.optional_text("/contact", new.contact.as_deref(), TITLE);
    let others = new.others;
    let decision = AwardDecision {
        municipality: at.municipality,
        lot: at.lot,
        id: new_id(),
        evaluation: new.evaluation,
        bid: new.bid,
        motivation: new.motivation,
        standstill_days: 0,
        standstill_until: None,
        court: new.court,
        contact: new.contact,
        proposed_at: services.now(),
        withdrawn_at: None,
        awarded_at: None,
    };
    // Read before the write: who writes elsewhere meanwhile does not make it collide.
    let audit_heads = services.db.read(|c| short_heads(c, at.municipality))?;
    let ending = Ending { operation: Operation::ProposeAward, step: Step::ProposeAward, reason: None };
    end(services, actor, at, ending, findings, |c, (tender, lot)| {
        let decision = with_standstill(decision.clone(), new.standstill_days, tender)?;
        let (evaluation, result, dossier) = check_grounds(c, (tender, lot), at, (&decision, &others))?;
        let seats = Seats::of(&result)?;
        store::awarding::award_decisions::insert(c, &decision)?;
        award_letters::send(
            c,
            &Occasion {
                at,
                tender,
                lot,
                decision: &decision,
                result: &result,
                told: &in_both_languages(&evaluation),
                dossier: &dossier,
                audit_heads: &audit_heads,
                seats: seats.as_ref(),
                sent_at: decision.proposed_at,
            },
        )?;
        Ok(decision)
    })
}

/// What can be done about an interest that nothing was decided about, in Dutch and in English.
const UNDECIDED: [&str; 2] = [
    "; besluit dat de scores blijven staan (`interest-measures`), of trek het perceel in",
    "; decide that the scores stand (`interest-measures`), or call the lot off",
];

/// The decision with the standstill that it promises; with one, the bidders must know where to go.
fn with_standstill(
    mut decision: AwardDecision,
    declared: Option<u16>,
    tender: &Tender,
) -> Result<AwardDecision, ServiceError> {
    let mut findings = Findings::default();
    decision.standstill_days = standstill::days(&mut findings, declared, tender.facts.above_threshold);
    decision.standstill_until = standstill::last_day(decision.proposed_at, decision.standstill_days);
    if decision.standstill_days > 0 {
        for (pointer, told) in [("/court", &decision.court), ("/contact", &decision.contact)] {
            if told.is_none() {
                findings.add(pointer, "text-needed", "the letters tell it, as there is a standstill");
            }
        }
    }
    findings.into_result().map(|()| decision)
}

fn check_grounds(
    c: &mut AnyConnection,
    (tender, found): (&Tender, &Lot),
    at: LotPath,
    (decision, others): (&AwardDecision, &[BidId]),
) -> Result<(Evaluation, LotResult, Dossier), ServiceError> {
    let (municipality, lot) = (decision.municipality, decision.lot);
    let Some(evaluation) = store::awarding::evaluations::find(c, at, decision.evaluation)? else {
        let detail = "the lot has no such evaluation";
        return Err(ServiceError::invalid("/evaluationId", "evaluation-unknown", detail));
    };
    if store::bidding::bids::find(c, municipality, lot, decision.bid)?.is_none() {
        return Err(ServiceError::invalid("/bidId", "bid-unknown", "there is no such bid on this lot"));
    }
    let latest = store::awarding::evaluations::latest_sequence(c, municipality, lot)?;
    if evaluation.summary.sequence != latest {
        return Err(ServiceError::refused(
            "evaluation-corrected",
            "a later evaluation of the lot corrects this one",
        ));
    }
    expect_up_to_date(c, (tender, found), &evaluation)?;
    let result = lot_result(&evaluation)?;
    expect_winners(&result, decision.bid, others)?;
    let dossier = Dossier::load(c, at)?;
    // One that was declared after the quality was fixed: nobody wins by scores that somebody with an interest gave,
    // unless it was decided that they stand.
    expect_all_decided(&dossier, UNDECIDED)?;
    let flagged = result.abnormally_low.iter().map(|flag| flag.id.clone());
    low_price_inquiries::expect_decided(&dossier, &flagged.collect())?;
    Ok((evaluation, result, dossier))
}

/// What the evaluation says in each language of letters: the engine makes it again from the same input. None where
/// this version of the engine cannot.
pub(super) fn in_both_languages(evaluation: &Evaluation) -> Vec<(LetterLanguage, LotResult)> {
    let Ok(input) = parse::<ScoreFile>(evaluation.input.as_bytes()) else { return Vec::new() };
    let languages = [(LetterLanguage::Dutch, LanguageCode::Nl), (LetterLanguage::English, LanguageCode::En)];
    let told = languages.into_iter().filter_map(|(letter, language)| {
        let options = ResultOptions { language, explain: false, analyse: false };
        Some((letter, score(&input, options).ok()?.lots.into_iter().next()?))
    });
    told.collect()
}

/// An award rests on the scores as they are, not as they were: they may change until it is proposed.
fn expect_up_to_date(
    c: &mut AnyConnection,
    (tender, lot): (&Tender, &Lot),
    evaluation: &Evaluation,
) -> Result<(), ServiceError> {
    let input = gather(c, tender, lot, &Additions::of(evaluation)?)?;
    if canonical_bytes(&input) == evaluation.input.as_bytes() {
        return Ok(());
    }
    Err(ServiceError::refused(
        "evaluation-outdated",
        "bids or scores changed since this evaluation; evaluate the lot again",
    ))
}

/// What the evaluation made of the lot.
pub(super) fn lot_result(evaluation: &Evaluation) -> Result<LotResult, ServiceError> {
    let result: ScoreResult =
        serde_json::from_str(&evaluation.result).map_err(|error| ServiceError::Internal(error.into()))?;
    result.lots.into_iter().next().ok_or(ServiceError::NotFound { what: "result of the lot" })
}

/// All bids that win are named, and no other: the number that the award model declares decides with the ranking.
fn expect_winners(result: &LotResult, bid: BidId, others: &[BidId]) -> Result<(), ServiceError> {
    let Some(seats) = Seats::of(result)? else {
        if !others.is_empty() {
            let detail = "the award model lets one bid win (`winners` says how many); leave the others out";
            return Err(ServiceError::invalid("/otherBidIds", "one-winner", detail));
        }
        return expect_first(result, bid);
    };
    if result.winners.as_ref().is_some_and(|chosen| !chosen.waiting.is_empty()) {
        let detail = "equal bids of which it matters who comes first wait for a drawing of lots";
        return Err(ServiceError::refused("tie-open", detail));
    }
    let winners: Vec<BidId> = seats.winners.iter().map(|seat| seat.bid).collect();
    if winners.first() != Some(&bid) {
        let detail = "another bid, or none, came first in this evaluation";
        return Err(ServiceError::refused("bid-not-first", detail));
    }
    let (mut named, mut following) = (others.to_vec(), winners.iter().skip(1).copied().collect::<Vec<_>>());
    named.sort_unstable();
    following.sort_unstable();
    if named != following {
        let ids: Vec<String> = winners.iter().skip(1).map(BidId::to_string).collect();
        let ids = ids.join(", ");
        let told = Bilingual::new(
            format!("volgens deze beoordeling winnen naast de eerste: {ids}"),
            format!("by this evaluation these win beside the first: {ids}"),
        );
        return Err(ServiceError::refused_in_both("winners-differ", told));
    }
    Ok(())
}

/// The ranking decides; to pass over who is first, another evaluation excludes them with a reason.
fn expect_first(result: &LotResult, bid: BidId) -> Result<(), ServiceError> {
    match result.first.as_slice() {
        [winner] if *winner == bid.to_string() => Ok(()),
        [_, _, ..] => Err(ServiceError::refused("tie-open", "equal bids wait for a drawing of lots")),
        _ => {
            Err(ServiceError::refused("bid-not-first", "another bid, or none, came first in this evaluation"))
        }
    }
}

/// Takes the proposal back, so that the lot can be evaluated again.
///
/// # Errors
/// [`ServiceError::Refused`] when no award is proposed.
pub fn withdraw(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    reason: String,
) -> Result<AwardDecision, ServiceError> {
    let ending = Ending {
        operation: Operation::WithdrawAwardProposal,
        step: Step::WithdrawProposal,
        reason: Some(reason),
    };
    let now = services.now();
    end(services, actor, at, ending, Findings::default(), |c, _| {
        let mut decision =
            store::awarding::award_decisions::in_force(c, at.municipality, at.lot)?.ok_or(NO_DECISION)?;
        decision.withdrawn_at = Some(now);
        store::awarding::award_decisions::update(c, &decision)?;
        Ok(decision)
    })
}

/// Makes the proposed award final (definitieve gunning).
///
/// # Errors
/// [`ServiceError::Refused`] when no award is proposed, during the standstill, or while an objection stands.
pub fn award(services: &Services, actor: &Actor, at: LotPath) -> Result<AwardDecision, ServiceError> {
    let ending = Ending { operation: Operation::AwardLot, step: Step::Award, reason: None };
    let now = services.now();
    end(services, actor, at, ending, Findings::default(), |c, _| {
        let mut decision =
            store::awarding::award_decisions::in_force(c, at.municipality, at.lot)?.ok_or(NO_DECISION)?;
        let dossier = Dossier::load(c, at)?;
        standstill::expect_over(&dossier, &decision, now)?;
        expect_all_decided(&dossier, UNDECIDED)?;
        decision.awarded_at = Some(now);
        store::awarding::award_decisions::update(c, &decision)?;
        Ok(decision)
    })
}

/// Ends the lot without an award, for want of a suitable bid.
///
/// # Errors
/// [`ServiceError::Refused`] in a state that this does not follow.
pub fn declare_unsuccessful(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    reason: String,
) -> Result<Lot, ServiceError> {
    let ending = Ending {
        operation: Operation::DeclareUnsuccessful,
        step: Step::DeclareUnsuccessful,
        reason: Some(reason),
    };
    end(services, actor, at, ending, Findings::default(), |_, (_, lot)| Ok(lot.clone()))
}

/// Calls the lot off; a proposed award falls with it.
///
/// # Errors
/// [`ServiceError::Refused`] when the lot is a draft or has ended.
pub fn cancel(services: &Services, actor: &Actor, at: LotPath, reason: String) -> Result<Lot, ServiceError> {
    let ending = Ending { operation: Operation::CancelLot, step: Step::Cancel, reason: Some(reason) };
    let now = services.now();
    end(services, actor, at, ending, Findings::default(), |c, (_, lot)| {
        store::awarding::award_decisions::withdraw(c, lot.municipality, lot.id, now)?;
        Ok(lot.clone())
    })
}

/// The award decision on the lot that is in force.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none.
pub fn get(services: &Services, actor: &Actor, at: LotPath) -> Result<AwardDecision, ServiceError> {
    authorise(actor, at.municipality, Operation::GetAwardDecision)?;
    services.db.read(|c| {
        load::lot(c, actor, at)?;
        store::awarding::award_decisions::in_force(c, at.municipality, at.lot)?.ok_or(NO_DECISION)
    })
}

struct Ending {
    operation: Operation,
    step: Step,
    reason: Option<String>,
}

/// Takes one lot a step further, with what belongs to the step.
fn end<T>(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    ending: Ending,
    mut findings: Findings,
    decide: impl Fn(&mut AnyConnection, (&Tender, &Lot)) -> Result<T, ServiceError>,
) -> Result<T, ServiceError> {
    authorise(actor, at.municipality, ending.operation)?;
    findings.optional_text("/reason", ending.reason.as_deref(), TEXT);
    findings.into_result()?;
    let taking = Taking {
        step: ending.step,
        act: services.act(actor, at.municipality, ending.operation, at.to_string()),
        grounds: StepGrounds { reason: ending.reason, ..StepGrounds::default() },
    };
    services.db.write(&taking.act, |c| {
        let (tender, lot) = load::lot(c, actor, at)?;
        if RESTING_ON_BIDS.contains(&taking.step) {
            lot.clone().at(taking.act.at, tender.facts.deadline_at).take(taking.step, taking.act.at)?;
            // Before the step changes the lot: what is there is compared with what the last act left.
            expect_unaltered(c, services, &tender, &lot)?;
        }
        let lot = take(c, &tender, lot, &taking)?;
        decide(c, (&tender, &lot))
    })
}

/// The steps that rest on the bids being what was received.
const RESTING_ON_BIDS: [Step; 3] = [Step::ProposeAward, Step::WithdrawProposal, Step::Award];
