//! Abnormally low prices: a flag asks for a question, the bidder answers, and somebody decides with reasons.
//! Nothing is rejected by itself (Aw 2012 art. 2.116).

use std::collections::BTreeSet;

use crate::Services;
use crate::assessing::acting_for::acts_for;
use crate::assessing::disqualifications::{NewDisqualification, expect_bid, of_lot, standing};
use crate::assessing::dossier::{Dossier, Scene, Told, add, record};
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::{Bilingual, ServiceError};
use crate::frame::findings::{Findings, TEXT};
use crate::frame::load;
use crate::frame::opened::expect_prices_opened;
use trede_formats::dossier::{
    DisqualificationGround, Fact, LowPriceAnswer, LowPriceDecision, LowPriceOutcome, LowPriceQuestion,
};
use trede_model::assessing::dossier::{DossierEntry, DossierEntryId};
use trede_model::bidding::bid::BidId;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::procedure::State;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// A question about a low price, with what followed.
#[derive(Clone, Debug, PartialEq)]
pub struct Inquiry {
    /// When and by whom it was asked.
    pub entry: DossierEntry,
    /// What was asked.
    pub question: LowPriceQuestion,
    /// The explanation, when there is one.
    pub answer: Option<(DossierEntry, LowPriceAnswer)>,
    /// What was decided, when it was.
    pub decision: Option<(DossierEntry, LowPriceDecision)>,
}

/// All questions of a dossier, the first first.
pub(crate) fn inquiries(dossier: &Dossier) -> Vec<Inquiry> {
    let mut found: Vec<Inquiry> = Vec::new();
    for Told { entry, fact } in &dossier.0 {
        let of = |id: DossierEntryId| move |inquiry: &&mut Inquiry| inquiry.entry.id == id;
        match fact {
            Fact::LowPriceQuestioned(question) => found.push(Inquiry {
                entry: entry.clone(),
                question: question.clone(),
                answer: None,
                decision: None,
            }),
            Fact::LowPriceAnswered(answer) => {
                if let Some(inquiry) = found.iter_mut().find(of(answer.inquiry_id)) {
                    inquiry.answer = Some((entry.clone(), answer.clone()));
                }
            }
            Fact::LowPriceDecided(decision) => {
                if let Some(inquiry) = found.iter_mut().find(of(decision.inquiry_id)) {
                    inquiry.decision = Some((entry.clone(), decision.clone()));
                }
            }
            _ => {}
        }
    }
    found
}

/// Asks a bidder to explain a low price.
///
/// # Errors
/// [`ServiceError::Refused`] unless the lot is evaluated, or when the bidder was asked already or takes no part;
/// [`ServiceError::Invalid`] with all findings.
pub fn create(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    question: LowPriceQuestion,
) -> Result<Told, ServiceError> {
    record(services, actor, at, Operation::AskLowPrice, |c, scene, act| {
        let mut findings = Findings::default();
        findings.needed_text("/question", &question.question, TEXT);
        findings.instant("/answerDueAt", Some(question.answer_due_at));
        findings.into_result()?;
        expect_evaluated(scene)?;
        expect_bid(c, at, question.bid_id)?;
        if question.answer_due_at <= act.at {
            let detail = "the bidder needs time to answer: a moment ahead";
            return Err(ServiceError::invalid("/answerDueAt", "moment-passed", detail));
        }
        if standing(&scene.dossier).contains_key(&question.bid_id) {
            return Err(ServiceError::refused("bid-disqualified", "the bid takes no part any more"));
        }
        if inquiries(&scene.dossier).iter().any(|asked| asked.question.bid_id == question.bid_id) {
            return Err(ServiceError::refused("inquiry-exists", "this bidder was asked already"));
        }
        Ok(Fact::LowPriceQuestioned(question.clone()))
    })
}

fn expect_evaluated(scene: &Scene) -> Result<(), ServiceError> {
    match scene.lot.state {
        State::Evaluated => return Ok(()),
        State::Opened => expect_prices_opened(&scene.tender, &scene.lot)?,
        _ => {}
    }
    let told = Bilingual::new(
        format!("dit kan tussen de beoordeling en het voornemen; het perceel is «{}»", scene.lot.state),
        format!("possible between evaluation and proposal; the lot is «{}»", scene.lot.state),
    );
    Err(ServiceError::refused_in_both("state-forbids", told))
}

/// Records the explanation of the bidder: its own, or what it sent in another way.
///
/// # Errors
/// [`ServiceError::NotFound`] when no question of that id was asked of the caller, [`ServiceError::NotTheirs`] for a
/// platform that does not act for the bidder, [`ServiceError::Refused`] when it was answered or decided on already.
pub fn answer(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    id: DossierEntryId,
    answer: &str,
) -> Result<Told, ServiceError> {
    record(services, actor, at, Operation::AnswerLowPrice, |c, scene, _| {
        let mut findings = Findings::default();
        findings.needed_text("/answer", answer, TEXT);
        findings.into_result()?;
        let inquiry = of_id(scene, id)?;
        if !may_see(c, actor, at, inquiry.question.bid_id)? {
            return Err(NO_INQUIRY);
        }
        expect_may_answer(c, actor, at, inquiry.question.bid_id)?;
        if inquiry.answer.is_some() || inquiry.decision.is_some() {
            return Err(ServiceError::refused("inquiry-answered", "it was answered or decided on already"));
        }
        Ok(Fact::LowPriceAnswered(LowPriceAnswer { inquiry_id: id, answer: answer.to_owned() }))
    })
}

const NO_INQUIRY: ServiceError = ServiceError::NotFound { what: "inquiry" };

fn of_id(scene: &Scene, id: DossierEntryId) -> Result<Inquiry, ServiceError> {
    inquiries(&scene.dossier).into_iter().find(|inquiry| inquiry.entry.id == id).ok_or(NO_INQUIRY)
}

/// A bidder sees what it was asked itself, and so does who acts for it.
fn may_see(c: &mut AnyConnection, actor: &Actor, at: LotPath, bid: BidId) -> Result<bool, ServiceError> {
    let sees_all = [Role::Administrator, Role::Auditor, Role::Buyer, Role::Platform];
    Ok(sees_all.iter().any(|role| actor.is(*role)) || is_its_own(c, actor, at, bid)?)
}

/// The bidder answers, or who acts for it; the buyer writes down what the bidder sent in another way.
fn expect_may_answer(
    c: &mut AnyConnection,
    actor: &Actor,
    at: LotPath,
    bid: BidId,
) -> Result<(), ServiceError> {
    if actor.is(Role::Buyer) || is_its_own(c, actor, at, bid)? {
        return Ok(());
    }
    let detail = "a platform answers for whom it sent the bid, or who delegated it before the deadline";
    Err(ServiceError::NotTheirs { code: "another-bidder", detail })
}

fn is_its_own(c: &mut AnyConnection, actor: &Actor, at: LotPath, bid: BidId) -> Result<bool, ServiceError> {
    let Some(bid) = store::bidding::bids::find(c, at.municipality, at.lot, bid)? else { return Ok(false) };
    Ok(Some(bid.bidder) == actor.kvk || acts_for(c, actor, at, &bid)?)
}

/// Decides, with reasons, whether the price is explained. A rejected bid takes no part any more.
///
/// # Errors
/// [`ServiceError::NotFound`] when no such question was asked, [`ServiceError::Refused`] when it was decided on
/// already, or the bidder still has time to answer.
pub fn decide(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    id: DossierEntryId,
    (outcome, reason): (LowPriceOutcome, &str),
) -> Result<Told, ServiceError> {
    let rejection = new_id();
    record(services, actor, at, Operation::DecideLowPrice, |c, scene, act| {
        let mut findings = Findings::default();
        findings.needed_text("/reason", reason, TEXT);
        findings.into_result()?;
        expect_evaluated(scene)?;
        let inquiry = of_id(scene, id)?;
        if inquiry.decision.is_some() {
            return Err(ServiceError::refused("inquiry-decided", "it was decided on already"));
        }
        if inquiry.answer.is_none() && act.at < inquiry.question.answer_due_at {
            let due = inquiry.question.answer_due_at;
            let told = Bilingual::new(
                format!("de inschrijver kan tot {due} antwoorden"),
                format!("the bidder has until {due} to answer"),
            );
            return Err(ServiceError::refused_in_both("answer-awaited", told));
        }
        let bid = inquiry.question.bid_id;
        if outcome == LowPriceOutcome::Rejected && !standing(&scene.dossier).contains_key(&bid) {
            let ground = DisqualificationGround::AbnormallyLow;
            let new = NewDisqualification { bid, ground, reason: reason.to_owned() };
            let found = expect_bid(c, at, bid)?;
            add(c, act, at, rejection, Fact::BidDisqualified(of_lot(scene, &found, new)?))?;
        }
        let reason = reason.to_owned();
        Ok(Fact::LowPriceDecided(LowPriceDecision { inquiry_id: id, outcome, reason }))
    })
}

/// The questions about low prices on a lot: all, or those that were asked of the caller.
///
/// # Errors
/// [`ServiceError::NotFound`] when the tender has no such lot.
pub fn list(services: &Services, actor: &Actor, at: LotPath) -> Result<Vec<Inquiry>, ServiceError> {
    authorise(actor, at.municipality, Operation::ListLowPriceInquiries)?;
    let found = services.db.read(|c| {
        load::lot(c, actor, at)?;
        let mut found = Vec::new();
        for inquiry in inquiries(&Dossier::load(c, at)?) {
            if may_see(c, actor, at, inquiry.question.bid_id)? {
                found.push(inquiry);
            }
        }
        Ok::<_, ServiceError>(found)
    })?;
    let object = format!("{at}/low-price-inquiries");
    services.record_read(actor, at.municipality, Operation::ListLowPriceInquiries, object)?;
    Ok(found)
}

/// Refuses an award while a flagged price was not decided on.
pub(crate) fn expect_decided(dossier: &Dossier, flagged: &BTreeSet<String>) -> Result<(), ServiceError> {
    let inquiries = inquiries(dossier);
    let is_accepted = |bid: &String| {
        let of_bid = inquiries.iter().find(|inquiry| inquiry.question.bid_id.to_string() == *bid);
        let decision = of_bid.and_then(|inquiry| inquiry.decision.as_ref());
        decision.is_some_and(|(_, decided)| decided.outcome == LowPriceOutcome::Accepted)
    };
    let open: Vec<&str> = flagged.iter().filter(|bid| !is_accepted(bid)).map(String::as_str).collect();
    if open.is_empty() {
        return Ok(());
    }
    let open = open.join(", ");
    let told = Bilingual::new(
        format!("deze inschrijvingen lijken abnormaal laag en over hun uitleg is nog niet besloten: {open}"),
        format!("these bids are flagged as abnormally low and nothing was decided on an explanation: {open}"),
    );
    Err(ServiceError::refused_in_both("abnormally-low-undecided", told))
}
