//! Plays a score file as far as one stage, so that a demonstration shows a tender in each of them.

use serde_json::Value;
use trede_service::awarding::awards::{self, NewAward};
use trede_service::awarding::call_offs::{self, NewCallOff};

use super::*;

/// How far a tender is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Made, with its award models.
    Draft,
    /// Bids can be made.
    Published,
    /// The deadline has passed, the bids are sealed.
    Closed,
    /// Opened, and some scores are handed in.
    HalfScored,
    /// The bidders were told who will win.
    Proposed,
    /// Awarded after the standstill.
    Awarded,
    /// Awarded as a framework agreement, under which orders were placed.
    Ordered,
}

/// The assessors of a tender that is half scored; the first is the one a visitor can be.
const ASSESSORS: [&str; 3] = ["demo-assessor", "beoordelaar Noor", "beoordelaar Ilse"];
const STANDSTILL_DAYS: u16 = 20;
const PROPOSED_AFTER: TimeDelta = TimeDelta::days(16);
const AWARDED_AFTER: TimeDelta = TimeDelta::days(40);
/// Orders under a framework agreement: how long after the deadline, what, and for how many cents.
const ORDERS: [(TimeDelta, &str, i64); 2] = [
    (TimeDelta::days(45), "Snoeien van de bomen langs de Vecht", 1_850_000),
    (TimeDelta::days(52), "Bermen maaien, tweede ronde", 2_340_050),
];

/// Plays the file in a municipality that is registered, with the bids due at the deadline, as far as the stage.
///
/// # Errors
/// What the use cases answer when the file does not hold: it is played by the rules.
pub fn play_until(
    (db, keys): (&Db, &SealingKeys),
    municipality: MunicipalityId,
    (file, stage): (&ScoreFile, Stage),
    deadline: DateTime<Utc>,
) -> Result<TenderId, ServiceError> {
    let play = Play { db, keys, municipality, deadline };
    let (tender, paths) = play.draft(file)?;
    if stage == Stage::Draft {
        return Ok(tender);
    }
    let moment = play.at(-PUBLISHED_BEFORE);
    tender_steps::publish(&moment.services, &moment.actor(Role::Buyer, "inkoper"), municipality, tender)?;
    if stage == Stage::Published {
        return Ok(tender);
    }
    let names = bidders_of(file);
    let mut lots = Vec::with_capacity(paths.len());
    for (lot, at) in file.lots.iter().zip(paths) {
        lots.push((lot, at, play.bid(lot, at, &names)?));
    }
    if stage == Stage::Closed {
        return Ok(tender);
    }
    play.at(OPENED_AFTER).open(tender)?;
    for (lot, at, bids) in lots {
        if stage == Stage::HalfScored {
            play.at(TimeDelta::hours(2)).score_half(at, lot, &bids)?;
        } else {
            play.decide(at, play.evaluate(lot, at, bids)?.evaluation, stage)?;
        }
    }
    Ok(tender)
}

impl Play<'_> {
    /// Proposes to award the lot to who came first, and awards it when the stage says so.
    fn decide(&self, at: LotPath, evaluation: EvaluationId, stage: Stage) -> Result<(), ServiceError> {
        let moment = self.at(PROPOSED_AFTER);
        let buyer = moment.actor(Role::Buyer, "inkoper");
        let found = evaluations::get(&moment.services, &buyer, at, evaluation)?;
        let result: Value = serde_json::from_str(&found.result).unwrap_or_default();
        let first = result.pointer("/lots/0/first/0").and_then(Value::as_str);
        let Some(bid) = first.and_then(|first| first.parse().ok()) else { return Ok(()) };
        let winners = result.pointer("/lots/0/winners/bids").and_then(Value::as_array);
        let others = winners.into_iter().flatten().skip(1).filter_map(|id| id.as_str()?.parse().ok());
        let new = NewAward {
            evaluation,
            bid,
            others: others.collect(),
            motivation: "De inschrijving met de beste verhouding tussen prijs, kwaliteit en sociale waarde."
                .to_owned(),
            standstill_days: Some(STANDSTILL_DAYS),
            court: Some("Rechtbank Midden-Nederland".to_owned()),
            contact: Some("inkoop@voorbeeldstad.example".to_owned()),
        };
        awards::propose(&moment.services, &buyer, at, new)?;
        if stage >= Stage::Awarded {
            awards::award(&self.at(AWARDED_AFTER).services, &buyer, at)?;
        }
        if stage == Stage::Ordered {
            self.order(at)?;
        }
        Ok(())
    }

    /// Each order goes to whose turn it is.
    fn order(&self, at: LotPath) -> Result<(), ServiceError> {
        for (number, (after, title, value_cents)) in ORDERS.into_iter().enumerate() {
            let moment = self.at(after);
            let new = NewCallOff {
                reference: format!("NO-{:02}", number + 1),
                title: title.to_owned(),
                value_cents,
                placed_on: (self.deadline + after).date_naive(),
                by: None,
                bid: None,
                declined: Vec::new(),
                tender: None,
                lot: None,
                deviation: None,
            };
            call_offs::create(&moment.services, &moment.actor(Role::Buyer, "inkoper"), at, new)?;
        }
        Ok(())
    }
}

impl Moment {
    /// The first assessor has scored one bid and begun on the next; the others have scored all.
    fn score_half(&self, at: LotPath, lot: &LotInput, bids: &StoredBids) -> Result<(), ServiceError> {
        for (place, name) in ASSESSORS.into_iter().enumerate() {
            let assessor = self.actor(Role::Assessor, name);
            let nothing = InterestDeclaration { has_interest: false, explanation: None };
            interests::declare(&self.services, &assessor, at, nothing)?;
            let known = lot.bids.iter().filter_map(|input| Some((*bids.get(&input.id)?, input)));
            for (number, (bid, input)) in known.enumerate() {
                if place == 0 && number > 1 {
                    continue;
                }
                for (criterion, score) in &input.scores {
                    let submitted = place > 0 || number == 0;
                    let own = NewAssessment { submitted, ..score_of(bid, criterion, score) };
                    self.score(at, &assessor, own)?;
                }
            }
        }
        Ok(())
    }
}
