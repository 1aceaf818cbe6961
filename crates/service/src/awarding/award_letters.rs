//! Letters about a proposed award: written for all bidders in the transaction that proposes it, and read by each
//! bidder alone.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::Services;
use crate::assessing::disqualifications;
use crate::assessing::dossier::Dossier;
use crate::awarding::compared::{advantages, comparable};
use crate::awarding::letter_templates::current;
use crate::awarding::seats::Seats;
use crate::awarding::standstill::written;
use crate::bidding::bids::name_in;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::documents;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::frame::load;
use trede_base::ids::{Id, KvkNumber};
use trede_base::page::{Page, PageRequest};
use trede_formats::award_letter::{Letter, OwnScore, listed, render};
use trede_model::assessing::assessment::AssessmentKind;
use trede_model::awarding::award_decision::AwardDecision;
use trede_model::awarding::award_letter::{
    AwardLetter, AwardLetterId, LetterKind, LetterLanguage, LetterTemplate, Text,
};
use trede_model::bidding::bid::{Bid, BidId};
use trede_model::frame::role::Role;
use trede_model::tendering::lot::{Lot, LotPath};
use trede_model::tendering::tender::Tender;
use trede_rules::explaining::Language;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::score_result::{CriterionResult, LotResult};

/// What the letters on one decision tell of.
pub(crate) struct Occasion<'a> {
    pub(crate) at: LotPath,
    pub(crate) tender: &'a Tender,
    pub(crate) lot: &'a Lot,
    pub(crate) decision: &'a AwardDecision,
    /// What the evaluation that it rests on made of the lot.
    pub(crate) result: &'a LotResult,
    /// The same in the other language of letters, when it could be made again.
    pub(crate) told: &'a [(LetterLanguage, LotResult)],
    pub(crate) dossier: &'a Dossier,
    /// How the audit trail stands, as a letter tells it.
    pub(crate) audit_heads: &'a [String],
    /// Who wins and who stands by, where several can win.
    pub(crate) seats: Option<&'a Seats>,
    /// When they are sent.
    pub(crate) sent_at: DateTime<Utc>,
}

/// The motivations of the scores that count, by bid and criterion, without who gave them.
type Motivations = BTreeMap<(BidId, String), Vec<String>>;

/// Writes a letter to each bidder of the lot.
///
/// # Errors
/// [`ServiceError::Refused`] when a template makes no text of a letter: it says which, and on which line; and when the
/// font of documents lacks a sign that stands in one.
pub(crate) fn send(c: &mut AnyConnection, occasion: &Occasion<'_>) -> Result<(), ServiceError> {
    let templates = Templates::now(c, occasion)?;
    for bid in store::bidding::bids::all_of_lot(c, occasion.at.municipality, occasion.at.lot)? {
        let letter = occasion.letter(&bid, &templates.motivations);
        let id = Id::derived(&[occasion.decision.id.uuid().as_bytes(), bid.id.uuid().as_bytes()]);
        templates.write(c, occasion, (id, &bid), &letter)?;
    }
    Ok(())
}

/// Writes a letter to the bid that takes the place of a winner.
///
/// # Errors
/// [`ServiceError::Refused`] when a template makes no text of it: it says which, and on which line.
pub(crate) fn send_to_successor(
    c: &mut AnyConnection,
    occasion: &Occasion<'_>,
    successor: BidId,
) -> Result<(), ServiceError> {
    let found = store::bidding::bids::find(c, occasion.at.municipality, occasion.at.lot, successor)?;
    let bid = found.ok_or(ServiceError::NotFound { what: "bid" })?;
    let templates = Templates::now(c, occasion)?;
    let letter = Letter { promoted: true, ..occasion.letter(&bid, &templates.motivations) };
    let parts = [occasion.decision.id.uuid(), bid.id.uuid()];
    let [decision, own] = parts.each_ref().map(|id| id.as_bytes().as_slice());
    templates.write(c, occasion, (Id::derived(&[decision, own, b"successor"]), &bid), &letter)
}

/// By what letters are written now.
struct Templates {
    dutch: LetterTemplate,
    english: LetterTemplate,
    motivations: Motivations,
}

impl Templates {
    fn now(c: &mut AnyConnection, occasion: &Occasion<'_>) -> Result<Self, ServiceError> {
        let municipality = occasion.at.municipality;
        Ok(Self {
            dutch: current(c, municipality, LetterLanguage::Dutch)?,
            english: current(c, municipality, LetterLanguage::English)?,
            motivations: motivations(c, occasion.at)?,
        })
    }

    /// Writes and stores one letter.
    fn write(
        &self,
        c: &mut AnyConnection,
        occasion: &Occasion<'_>,
        (id, bid): (AwardLetterId, &Bid),
        letter: &Letter,
    ) -> Result<(), ServiceError> {
        let write = |template: &LetterTemplate| {
            let told = occasion.in_language(letter.clone(), bid.id, template.language);
            let text = render(&template.template, &told).map_err(|error| {
                let detail = format!(
                    "the template of letters in `{}` makes no text of the letter to {}: {error}",
                    template.language, letter.bidder
                );
                ServiceError::refused("letter-failed", detail)
            })?;
            documents::expect_writable(&text)?;
            Ok::<_, ServiceError>(Text { text, template: template.version })
        };
        let letter = AwardLetter {
            municipality: occasion.at.municipality,
            lot: occasion.at.lot,
            id,
            decision: occasion.decision.id,
            bid: bid.id,
            bidder: bid.bidder,
            kind: letter.kind,
            dutch: write(&self.dutch)?,
            english: write(&self.english)?,
            sent_at: occasion.sent_at,
        };
        Ok(store::awarding::award_letters::insert(c, &letter)?)
    }
}

/// A consensus takes the place of what was found alone.
fn motivations(c: &mut AnyConnection, at: LotPath) -> Result<Motivations, ServiceError> {
    let mut found: Motivations = BTreeMap::new();
    let given = store::assessing::assessments::all_of_lot(c, at.municipality, at.lot)?;
    let of_kind = |kind: AssessmentKind| {
        given.iter().filter(move |given| given.kind == kind && given.submitted_at.is_some())
    };
    for alone in of_kind(AssessmentKind::Individual) {
        found.entry((alone.bid, alone.criterion.clone())).or_default().push(alone.motivation.clone());
    }
    for agreed in of_kind(AssessmentKind::Consensus) {
        found.insert((agreed.bid, agreed.criterion.clone()), vec![agreed.motivation.clone()]);
    }
    Ok(found)
}

impl Occasion<'_> {
    fn letter(&self, bid: &Bid, motivations: &Motivations) -> Letter {
        let id = bid.id.to_string();
        let ranked = self.result.ranking.iter().find(|ranked| ranked.id == id);
        let excluded = self.result.excluded.iter().find(|excluded| excluded.id == id);
        let winner = self.winner();
        let wins = ranked.is_some() && self.wins(bid.id);
        // Of several winners each is told apart, and a winner is told nothing of the scores of the others.
        let alone = winner.filter(|_| !self.has_several());
        let compared = ranked.filter(|_| !wins || !self.has_several());
        let criteria = ranked.map(|own| &own.criteria).or(excluded.map(|own| &own.criteria));
        let criteria = criteria.map(Vec::as_slice).unwrap_or_default();
        Letter {
            kind: match ranked {
                Some(_) if wins => LetterKind::Winner,
                Some(_) => LetterKind::Ranked,
                None => LetterKind::Excluded,
            },
            tender: self.tender.facts.title.clone(),
            reference: self.tender.facts.external_reference.clone(),
            buyer: self.tender.facts.buyer.clone(),
            lot_number: self.lot.facts.number,
            lot: self.lot.facts.title.clone(),
            sent_on: String::new(),
            bidder: name_in(bid).unwrap_or_else(|| bid.bidder.to_string()),
            winner: winner.and_then(|winner| winner.bidder.clone()).unwrap_or_default(),
            winners: self.names_of_several(),
            framework: self.is_framework(),
            promoted: false,
            reserve: self.reserve_place(bid.id),
            rank: ranked.map(|own| own.rank),
            ranked: self.result.ranking.len(),
            total: ranked.map(|own| own.total.declared.clone()),
            winner_total: alone.map(|winner| winner.total.declared.clone()),
            scores: match ranked {
                Some(_) => criteria.iter().map(|own| self.score(bid.id, own, motivations)).collect(),
                None => self.scores_of_excluded(bid.id, criteria, motivations),
            },
            // What takes no part was not compared, so nothing of the winner's was better.
            advantages: match (compared, winner) {
                (Some(own), Some(winner)) => advantages(own, winner, |_| true),
                _ => Vec::new(),
            },
            comparisons: compared.map(|own| self.comparisons(own)).unwrap_or_default(),
            reasons: self.reasons(bid.id, self.result),
            motivation: self.decision.motivation.clone(),
            standstill_days: self.decision.standstill_days,
            standstill_until: None,
            court: self.decision.court.clone(),
            contact: self.decision.contact.clone(),
            audit_heads: self.audit_heads.to_vec(),
        }
    }

    fn in_language(&self, letter: Letter, bid: BidId, language: LetterLanguage) -> Letter {
        let pick = |(dutch, english): (String, String)| match language {
            LetterLanguage::Dutch => dutch,
            LetterLanguage::English => english,
        };
        let number = |plain: String| shown(&plain, language);
        let told = self.told.iter().find(|(told, _)| *told == language).map(|(_, result)| result);
        let reasons = told.map(|result| self.reasons(bid, result));
        let winner =
            if letter.winners.is_empty() { letter.winner } else { listed(&letter.winners, language) };
        Letter {
            winner,
            sent_on: pick(written(dutch_day(self.sent_at))),
            standstill_until: self.decision.standstill_until.map(|day| pick(written(day))),
            total: letter.total.map(number),
            winner_total: letter.winner_total.map(number),
            scores: letter.scores.into_iter().map(|own| own.with_numbers(number)).collect(),
            comparisons: letter.comparisons.into_iter().map(|found| found.with_numbers(number)).collect(),
            advantages: letter.advantages.into_iter().map(|found| found.with_numbers(number)).collect(),
            reasons: reasons.unwrap_or(letter.reasons),
            ..letter
        }
    }

    /// The one winner's score on a criterion.
    fn winners(&self, own: &CriterionResult) -> Option<&CriterionResult> {
        comparable(own, self.winner().filter(|_| !self.has_several())?)
    }

    fn score(&self, bid: BidId, own: &CriterionResult, motivations: &Motivations) -> OwnScore {
        OwnScore {
            criterion: name(own),
            full: own.full.clone(),
            score: own.declared.clone(),
            winner: self.winners(own).map(|theirs| theirs.declared.clone()),
            motivations: motivations.get(&(bid, own.id.clone())).cloned().unwrap_or_default(),
        }
    }

    /// The scores of a bid that takes no part: those that assessors gave and motivated, beside nobody's. A price or a
    /// level of a bid that was not compared earned nothing.
    fn scores_of_excluded(
        &self,
        bid: BidId,
        criteria: &[CriterionResult],
        motivations: &Motivations,
    ) -> Vec<OwnScore> {
        let motivated = criteria.iter().filter(|own| motivations.contains_key(&(bid, own.id.clone())));
        motivated.map(|own| OwnScore { winner: None, ..self.score(bid, own, motivations) }).collect()
    }

    fn reasons(&self, bid: BidId, result: &LotResult) -> Vec<String> {
        let id = bid.to_string();
        let excluded = result.excluded.iter().find(|excluded| excluded.id == id);
        let reasons = excluded.map(|own| own.reasons.iter().map(|reason| reason.detail.clone()).collect());
        reasons.unwrap_or_else(|| {
            // A bid that dropped out before it was scored stands in no evaluation.
            let standing = disqualifications::standing(self.dossier);
            standing.get(&bid).map(|(_, fact)| fact.reason.clone()).into_iter().collect()
        })
    }
}

/// A number as the reader's country writes it, to four decimals.
fn shown(plain: &str, language: LetterLanguage) -> String {
    let language = match language {
        LetterLanguage::Dutch => Language::Dutch,
        LetterLanguage::English => Language::English,
    };
    let short = plain.parse::<Decimal>().map(|number| number.round_dp(4).normalize().to_string());
    language.localised(short.as_deref().unwrap_or(plain))
}

pub(super) fn name(criterion: &CriterionResult) -> String {
    criterion.title.clone().unwrap_or_else(|| criterion.id.clone())
}

/// Whose letters the caller may read: all, or those to itself.
enum Reading {
    All,
    Own(Option<KvkNumber>),
}

fn reading(actor: &Actor) -> Reading {
    let sees_all = [Role::Administrator, Role::Auditor, Role::Buyer, Role::Platform];
    if sees_all.iter().any(|role| actor.is(*role)) { Reading::All } else { Reading::Own(actor.kvk) }
}

/// One page of the letters on a lot that the caller may read.
///
/// # Errors
/// [`ServiceError::NotFound`] when the tender has no such lot.
pub fn list(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    request: &PageRequest<AwardLetterId>,
) -> Result<Page<AwardLetter>, ServiceError> {
    authorise(actor, at.municipality, Operation::ListAwardLetters)?;
    let page = services.db.read(|c| {
        load::lot(c, actor, at)?;
        let reader = match reading(actor) {
            Reading::All => None,
            Reading::Own(None) => {
                return Ok(Page { items: Vec::new(), has_previous: false, has_next: false });
            }
            Reading::Own(own) => own,
        };
        Ok::<_, ServiceError>(store::awarding::award_letters::list(
            c,
            at.municipality,
            at.lot,
            reader,
            request,
        )?)
    })?;
    services.record_read(
        actor,
        at.municipality,
        Operation::ListAwardLetters,
        format!("{at}/award-letters"),
    )?;
    Ok(page)
}

/// One letter.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none of that id that the caller may read.
pub fn get(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    id: AwardLetterId,
) -> Result<AwardLetter, ServiceError> {
    authorise(actor, at.municipality, Operation::GetAwardLetter)?;
    let letter = services.db.read(|c| {
        load::lot(c, actor, at)?;
        of_reader(c, actor, at, id)
    })?;
    services.record_read(
        actor,
        at.municipality,
        Operation::GetAwardLetter,
        format!("{at}/award-letters/{id}"),
    )?;
    Ok(letter)
}

/// The letter of that id, when the caller may read it.
pub(crate) fn of_reader(
    c: &mut AnyConnection,
    actor: &Actor,
    at: LotPath,
    id: AwardLetterId,
) -> Result<AwardLetter, ServiceError> {
    const NO_LETTER: ServiceError = ServiceError::NotFound { what: "letter" };
    let reader = match reading(actor) {
        Reading::All => None,
        Reading::Own(None) => return Err(NO_LETTER),
        Reading::Own(own) => own,
    };
    store::awarding::award_letters::find(c, at.municipality, at.lot, id, reader)?.ok_or(NO_LETTER)
}
