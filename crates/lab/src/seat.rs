//! A lot that is filled with one drawn tender after another, and what comes of each.

use chrono::DateTime;
use rust_decimal::Decimal;

use crate::figures::{cents, scaled};
use crate::market::Drawn;
use crate::study::{Ask, AskedFact, Trial};
use trede_base::exact::Exact;
use trede_base::money::Price;
use trede_rules::award::bid::{Answer, Bid, DropOutStage, DroppedOut, Fact};
use trede_rules::award::commitment::Measure;
use trede_rules::award::model::TieStep;
use trede_rules::award::quality::AssessedScore;
use trede_rules::award::scoring::CriterionScore;
use trede_rules::award::{Evaluation, Finding, Lot, Outcome};
use trede_rules::pso::{LevelRank, Standing};

/// Decimals that are kept of an offer in its measure.
pub const OFFER_DECIMALS: u32 = 6;

/// A lot of a model with a bid of each bidder, none of which says anything yet.
///
/// # Errors
/// When the bids lack what a declared rule needs.
pub fn empty_lot(trial: &Trial, bidders: usize) -> Result<Lot, Vec<Finding>> {
    let answer = |ask: &Ask| match ask {
        Ask::Price { .. } => Answer::Price(Price::ZERO),
        Ask::Score { .. } => Answer::Score(AssessedScore::given(Decimal::ZERO)),
        Ask::Offer(_) => Answer::Offer(Decimal::ZERO),
        Ask::Number(_) => Answer::Number(Decimal::ZERO),
        Ask::Level => Answer::Level,
        Ask::Nothing => Answer::Fixed,
    };
    let fact = |fact: &AskedFact| match fact {
        AskedFact::Number(_) => Fact::Number(Decimal::ZERO),
        AskedFact::Met(_) => Fact::Met(true),
    };
    let bid = |index: usize| Bid {
        // The order of the identifiers is the order of the bidders.
        id: format!("b{index:03}"),
        bidder: None,
        received_at: Some(DateTime::UNIX_EPOCH),
        answers: trial.asks.iter().map(answer).collect(),
        facts: trial.facts.iter().map(fact).collect(),
        standing: Standing::Single(LevelRank::NONE),
        notes: Vec::new(),
        initial_price: None,
        exclusion: None,
    };
    Lot::new(trial.declared.clone(), (0..bidders).map(bid).collect(), None)
}

/// The place at which a model scores what was drawn.
#[derive(Debug)]
pub struct Seat<'a> {
    /// The model.
    pub trial: &'a Trial,
    /// The lot with the bids of the tender that was drawn last.
    pub lot: Lot,
    by_receipt: bool,
}

impl<'a> Seat<'a> {
    /// A seat for a model.
    #[must_use]
    pub fn new(trial: &'a Trial, lot: &Lot) -> Self {
        let by_receipt = trial.declared.model.ties.contains(&TieStep::EarliestBid);
        Seat { trial, lot: lot.clone(), by_receipt }
    }

    /// Enters a tender.
    pub fn enter(&mut self, drawn: &Drawn) {
        for (index, (bid, own)) in self.lot.changeable().zip(&drawn.bids).enumerate() {
            for (answer, ask) in bid.answers.iter_mut().zip(&self.trial.asks) {
                answer_with(answer, ask, index, drawn);
            }
            for (fact, asked) in bid.facts.iter_mut().zip(&self.trial.facts) {
                *fact = match asked {
                    AskedFact::Number(key) => Fact::Number(drawn.value(index, *key)),
                    AskedFact::Met(requirement) => Fact::Met(drawn.meets(index, *requirement)),
                };
            }
            *bid.standing = Standing::Single(LevelRank(own.level));
            if self.by_receipt {
                let seconds = i64::try_from(own.lot >> 40).unwrap_or_default();
                *bid.received_at = DateTime::from_timestamp(seconds, 0);
            }
            *bid.exclusion = (!own.takes_part)
                .then(|| DroppedOut { stage: DropOutStage::BeforeEvaluation, reason: String::new() });
        }
    }

    /// Takes the level from every bid.
    pub fn forget_levels(&mut self) {
        for bid in self.lot.changeable() {
            *bid.standing = Standing::Single(LevelRank::NONE);
        }
    }

    /// Gives a bid another score on a criterion; the score before.
    pub fn rescore(&mut self, bid: usize, leaf: usize, score: Exact) -> Option<Exact> {
        let changeable = self.lot.changeable().nth(bid)?;
        match changeable.answers.get_mut(leaf)? {
            Answer::Score(assessed) => Some(std::mem::replace(&mut assessed.score, score)),
            _ => None,
        }
    }

    /// What the buyer pays for a bid, in cents.
    #[must_use]
    pub fn paid(&self, drawn: &Drawn, bid: usize) -> i64 {
        let prices = self.trial.prices.iter().map(|key| cents(drawn.value(bid, *key)));
        prices.fold(self.trial.fixed_cents, i64::saturating_add)
    }

    /// What a bid commits to: cents, and places in units of [`OFFER_DECIMALS`].
    #[must_use]
    pub fn committed(&self, drawn: &Drawn, bid: usize) -> (i64, i64) {
        let (mut euros, mut places) = (0i64, 0i64);
        for offer in &self.trial.offers {
            let drawn_offer = drawn.value(bid, offer.key);
            match offer.measure {
                Measure::Percentage => {
                    let price = Decimal::new(self.paid(drawn, bid), 2);
                    let part =
                        price.checked_mul(drawn_offer).and_then(|p| p.checked_div(Decimal::ONE_HUNDRED));
                    euros = euros.saturating_add(cents(part.unwrap_or_default()));
                }
                Measure::Amount => euros = euros.saturating_add(cents(drawn_offer)),
                Measure::Places => places = places.saturating_add(scaled(drawn_offer, OFFER_DECIMALS)),
            }
        }
        (euros, places)
    }
}

#[inline]
fn answer_with(answer: &mut Answer, ask: &Ask, bid: usize, drawn: &Drawn) {
    match (answer, ask) {
        (Answer::Price(price), Ask::Price { key, per_unit }) => {
            let number = drawn.value(bid, *key);
            let read = if *per_unit { Price::per_unit(number) } else { Price::payable(number) };
            *price = read.unwrap_or(Price::ZERO);
        }
        (Answer::Score(assessed), Ask::Score { key, grid }) => {
            assessed.score = Exact::from(grid.nearest(drawn.value(bid, *key)));
        }
        (Answer::Offer(number), Ask::Offer(key)) | (Answer::Number(number), Ask::Number(key)) => {
            *number = drawn.value(bid, *key);
        }
        _ => {}
    }
}

/// The score of a bid on a criterion.
#[must_use]
pub fn score_of(outcome: &Outcome, criterion: usize) -> Option<&CriterionScore> {
    outcome.scores().get(criterion)
}

/// The bid that wins: the first, or of those that are equal the one that comes first where lots are drawn.
#[must_use]
pub fn winner(evaluation: &Evaluation, drawn: &Drawn) -> Option<usize> {
    let first = evaluation.ranking.places.iter().take_while(|place| place.rank == 1);
    first.map(|place| place.bid).min_by_key(|bid| drawn.bids.get(*bid).map_or(u64::MAX, |own| own.lot))
}
