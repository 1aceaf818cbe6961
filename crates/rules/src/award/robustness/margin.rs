//! The margin (marge): for each loser what it needed to win, the other bids fixed.

use rust_decimal::Decimal;

use super::gains::{ScoreMargin, least_points, score_margins};
use super::rival::Rival;
use crate::award::admission::refused_price;
use crate::award::bid::{Answer, Bid};
use crate::award::commitment::Measure;
use crate::award::criterion::Content;
use crate::award::discount::{discounted, undiscounted};
use crate::award::lot::Lot;
use crate::award::model::{Best, Shape, ZeroPrice};
use crate::award::scoring::Parts;
use crate::award::straight_line::Outside;
use crate::award::together::falls_by_others;
use crate::award::{Evaluation, Outcome};
use crate::pso::{LevelRank, Standing};
use trede_base::exact::Exact;

/// What a loser needed to win: a total strictly better than that of every other bid, before tie steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Margin {
    /// The bid.
    pub bid: usize,
    /// How far its total lies behind the winner's, in the unit of the total; none for the extended ratio,
    /// where the total alone does not rank.
    pub behind: Option<Exact>,
    /// The least number of points (or euros of value) more, at the step of the scales, with which it wins; none
    /// where the assessed criteria have not so many left.
    pub points: Option<Exact>,
    /// By assessed criterion, the lowest score with which it wins.
    pub scores: Vec<ScoreMargin>,
    /// The highest price in whole cents with which it wins.
    pub price: Option<Decimal>,
    /// The lowest PSO level above its own with which it wins.
    pub level: Option<LevelRank>,
    /// By commitment criterion, the lowest offer above its own with which it wins.
    pub commitments: Vec<(String, Option<Decimal>)>,
}

/// The margin of each ranked bid that is not first.
#[must_use]
pub fn margins(lot: &Lot, evaluation: &Evaluation) -> Vec<Margin> {
    let places = &evaluation.ranking.places;
    let Some(winner) = places.first().and_then(|place| evaluation.outcomes.get(place.bid)) else {
        return Vec::new();
    };
    let contenders = contenders(lot, evaluation);
    places
        .iter()
        .filter(|place| place.rank > 1)
        .filter_map(|place| Rival::of(lot, evaluation, &contenders, place.bid)?.margin(winner))
        .collect()
}

/// The bids that can come out best whatever one other bid does: a bid that is worse than another in both
/// quality and price never does, so that few need to be compared with.
pub(super) fn contenders(lot: &Lot, evaluation: &Evaluation) -> Vec<usize> {
    let layout = &lot.declared().layout;
    let ranked: Vec<usize> = evaluation.ranking.places.iter().map(|place| place.bid).collect();
    // Inside the corridor of the extended ratio a bid can win that is worse than another outside it.
    let two_stage = lot.declared().model.method.shape() == Shape::CorridorOfRatios;
    let by_set = falls_by_others(lot.declared());
    if two_stage
        || by_set
        || !layout.nodes.is_empty()
        || !layout.numbers.is_empty()
        || layout.prices.len() > 1
    {
        return ranked;
    }
    let key = |bid: &usize| {
        let outcome = evaluation.outcomes.get(*bid);
        let price = outcome.and_then(|outcome| outcome.parts.prices.first()).cloned().unwrap_or_default();
        (price, outcome.map(|outcome| outcome.parts.quality.clone()).unwrap_or_default())
    };
    let mut by_price: Vec<(Exact, Exact, usize)> =
        ranked.iter().map(|bid| (key(bid).0, key(bid).1, *bid)).collect();
    by_price.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
    let mut front: Vec<(Exact, usize)> = Vec::new();
    for (_, quality, bid) in by_price {
        if front.last().is_none_or(|(best, _)| quality > *best) {
            front.push((quality, bid));
        }
    }
    front.into_iter().map(|(_, bid)| bid).collect()
}

impl Rival<'_> {
    fn margin(&self, winner: &Outcome) -> Option<Margin> {
        let (own, best) = (self.outcome.declared_total.as_ref()?, winner.declared_total.as_ref()?);
        let method = &self.lot.declared().model.method;
        let behind = match method.best() {
            Best::Highest => best.minus(own),
            Best::Lowest => own.minus(best),
        };
        let two_stage = method.shape() == Shape::CorridorOfRatios;
        let scores = score_margins(self);
        Some(Margin {
            bid: self.index,
            behind: (!two_stage).then_some(behind),
            points: least_points(self, &scores),
            scores,
            price: self.price(),
            level: self.level(),
            commitments: self.commitments(),
        })
    }

    /// Lower prices that the model admits never score worse, so the highest winning price is found by halving.
    fn price(&self) -> Option<Decimal> {
        let declared = self.lot.declared();
        let layout = &declared.layout;
        let [leaf] = layout.prices.as_slice() else { return None };
        let current = self.outcome.real_price(declared)?.floor_hundredths()?;
        let guard = layout.leaves.get(*leaf)?;
        let wins = |cents: i64| {
            // Nothing else of the bid changes, so only its price can keep it out.
            let price = Exact::from(Decimal::new(cents, 2));
            if !refused_price(guard, &price).is_empty() {
                return false;
            }
            let price = discounted(declared, &price, &self.bid.standing, self.outcome.scores());
            self.wins(&Parts { prices: vec![price], ..self.outcome.parts.clone() })
        };
        let lowest = self.lowest_price()?;
        let found = highest_that(lowest, current, wins).or_else(|| {
            // A price of zero that takes all has a rule of its own, by which it can lose where a cent wins.
            (lowest == 0).then(|| highest_that(1, current, wins)).flatten()
        });
        found.map(|cents| Decimal::new(cents, 2))
    }

    /// The lowest price in cents that the method can score for this bid.
    fn lowest_price(&self) -> Option<i64> {
        let declared = self.lot.declared();
        let method = &declared.model.method;
        let leaf = declared.layout.prices.first().and_then(|leaf| declared.layout.leaves.get(*leaf))?;
        let corridor = leaf.content.corridor().filter(|corridor| corridor.below == Outside::Reject);
        let bound = corridor.map(|corridor| Exact::from(corridor.line.full())).unwrap_or_default();
        let up = |price: &Exact| price.negated().floor_hundredths()?.checked_neg();
        let scores = self.outcome.scores();
        let after_discount = |price: &Exact| undiscounted(declared, price, &self.bid.standing, scores);
        let nothing_left = after_discount(&Exact::ZERO)?;
        let refuses_zero = declared.model.zero_price == ZeroPrice::Refuse || nothing_left.is_positive();
        if method.divides_by_price() && refuses_zero {
            // The first cent that the discount leaves something of.
            return nothing_left.floor_hundredths()?.checked_add(1);
        }
        if method.needs_positive_price() {
            return up(nothing_left.at_least(&bound));
        }
        up(&bound)
    }

    fn level(&self) -> Option<LevelRank> {
        let declared = self.lot.declared();
        let own = self.bid.level()?;
        let levels = declared.model.pso.as_ref()?.ladder.levels().len();
        let scores_level =
            declared.layout.leaves.iter().any(|leaf| matches!(leaf.content, Content::PsoLevel(_)));
        let mut higher = (own.0 + 1..=levels).map(LevelRank).filter(|_| scores_level);
        higher.find(|rank| {
            let standing = Standing::Single(*rank);
            self.wins_as(&Bid { standing, ..self.bid.clone() })
        })
    }

    fn commitments(&self) -> Vec<(String, Option<Decimal>)> {
        let leaves = &self.lot.declared().layout.leaves;
        let mut found = Vec::new();
        for (index, (leaf, answer)) in leaves.iter().zip(&self.bid.answers).enumerate() {
            let (Content::Commitment(terms), Answer::Offer(offer)) = (&leaf.content, answer) else {
                continue;
            };
            let decimals = if terms.measure == Measure::Places { 0 } else { 2 };
            let wins = |steps: i64| {
                let mut bid = self.bid.clone();
                if let Some(answer) = bid.answers.get_mut(index) {
                    *answer = Answer::Offer(Decimal::new(steps, decimals));
                }
                self.wins_as(&bid)
            };
            let in_steps = |offer: Decimal| {
                let scaled = Exact::from(offer)
                    .times(&Exact::from(Decimal::new(1, 2)))
                    .times(&Exact::from(10i32.pow(decimals)));
                scaled.floor_hundredths()
            };
            let lowest = match (in_steps(*offer), in_steps(terms.maximum)) {
                (Some(own), Some(most)) => lowest_that(own, most, wins),
                _ => None,
            };
            found.push((leaf.id.clone(), lowest.map(|steps| Decimal::new(steps, decimals))));
        }
        found
    }
}

/// The highest whole number from `floor` to `ceiling` for which a falling condition holds.
fn highest_that(floor: i64, ceiling: i64, holds: impl Fn(i64) -> bool) -> Option<i64> {
    if floor > ceiling || !holds(floor) {
        return None;
    }
    let (mut yes, mut no) = (floor, ceiling.checked_add(1)?);
    while no - yes > 1 {
        let middle = yes + (no - yes) / 2;
        if holds(middle) { yes = middle } else { no = middle }
    }
    Some(yes)
}

/// The lowest whole number above `own` and at most `most` for which a rising condition holds.
fn lowest_that(own: i64, most: i64, holds: impl Fn(i64) -> bool) -> Option<i64> {
    if own >= most || !holds(most) {
        return None;
    }
    let (mut no, mut yes) = (own, most);
    while yes - no > 1 {
        let middle = no + (yes - no) / 2;
        if holds(middle) { yes = middle } else { no = middle }
    }
    Some(yes)
}
