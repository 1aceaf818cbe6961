//! The margin (marge): for each loser what it needed to win, the other bids fixed.

use rust_decimal::Decimal;

use crate::award::admission::exclusions;
use crate::award::award_factor::others_of;
use crate::award::bid::{Answer, Bid};
use crate::award::commitment::Measure;
use crate::award::criterion::Content;
use crate::award::field::Field;
use crate::award::lot::Lot;
use crate::award::model::{Best, Decision, Method, ZeroPrice};
use crate::award::scoring::{Parts, discounted, own_scores, undiscounted};
use crate::award::straight_line::Outside;
use crate::award::total::{quality_points, total};
use crate::award::{Evaluation, Outcome};
use crate::pso::{LevelRank, Standing};
use trede_base::exact::Exact;
use trede_base::money::Price;

/// What a loser needed to win: a total strictly better than that of every other bid, before tie steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Margin {
    /// The bid.
    pub bid: usize,
    /// How far its total lies behind the winner's, in the unit of the total; none for the extended ratio,
    /// where the total alone does not rank.
    pub behind: Option<Exact>,
    /// More points (or euros of value) than this; none where no points of its own would do, or where the
    /// criteria have not so many left.
    pub points: Option<Exact>,
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
fn contenders(lot: &Lot, evaluation: &Evaluation) -> Vec<usize> {
    let layout = &lot.declared().layout;
    let ranked: Vec<usize> = evaluation.ranking.places.iter().map(|place| place.bid).collect();
    // Inside the corridor of the extended ratio a bid can win that is worse than another outside it.
    let two_stage = matches!(lot.declared().model.method, Method::ExtendedRatio(..));
    if two_stage || !layout.nodes.is_empty() || !layout.numbers.is_empty() || layout.prices.len() > 1 {
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

/// A loser that tries to win.
struct Rival<'a> {
    lot: &'a Lot,
    bid: &'a Bid,
    index: usize,
    outcome: &'a Outcome,
    others: Vec<&'a Outcome>,
    /// The field of the others.
    field: std::borrow::Cow<'a, Field>,
    /// The field that the recorded totals were held against.
    recorded: &'a Field,
}

impl<'a> Rival<'a> {
    fn of(lot: &'a Lot, evaluation: &'a Evaluation, contenders: &[usize], index: usize) -> Option<Self> {
        let others = contenders.iter().filter(|other| **other != index);
        Some(Rival {
            lot,
            bid: lot.bid(index)?,
            index,
            outcome: evaluation.outcomes.get(index)?,
            others: others.filter_map(|other| evaluation.outcomes.get(*other)).collect(),
            field: others_of(lot, evaluation, index)?,
            recorded: &evaluation.field,
        })
    }

    fn margin(&self, winner: &Outcome) -> Option<Margin> {
        let (own, best) = (self.outcome.declared_total.as_ref()?, winner.declared_total.as_ref()?);
        let method = &self.lot.declared().model.method;
        let behind = match method.best() {
            Best::Highest => best.minus(own),
            Best::Lowest => own.minus(best),
        };
        let two_stage = matches!(method, Method::ExtendedRatio(..));
        let points = if two_stage { None } else { self.points(best, &behind) };
        Some(Margin {
            bid: self.index,
            behind: (!two_stage).then_some(behind),
            points,
            price: self.price(),
            level: self.level(),
            commitments: self.commitments(),
        })
    }

    /// Whether the bid would be admitted and beat every other bid.
    fn wins_as(&self, bid: &Bid) -> bool {
        let declared = self.lot.declared();
        let own = own_scores(declared, bid);
        exclusions(declared, bid, &own.scores, &own.parts).is_empty() && self.wins(&own.parts)
    }

    /// Whether these parts would beat every other bid.
    fn wins(&self, parts: &Parts) -> bool {
        let declared = self.lot.declared();
        let field = self.field.with(declared, parts);
        let counted = |parts: &Parts| declared.model.rounding.of_total(&total(declared, parts, &field));
        let own = counted(parts);
        if declared.model.total_threshold.is_some_and(|minimum| own < Exact::from(minimum)) {
            return false;
        }
        // The recorded totals hold as long as the field is what they were held against.
        let recorded_holds = field.is_same_as(self.recorded);
        let total_of = |other: &Outcome| match &other.declared_total {
            Some(total) if recorded_holds => total.clone(),
            _ => counted(&other.parts),
        };
        if let Method::ExtendedRatio(percent, decision) = declared.model.method {
            let others: Vec<(Exact, Exact, &Outcome)> = self
                .others
                .iter()
                .map(|other| (total_of(other), quality_points(declared, &other.parts, &field), *other))
                .collect();
            let quality = quality_points(declared, parts, &field);
            return decides(parts, (&own, &quality), &others, &Exact::from(percent), decision);
        }
        self.others.iter().all(|other| match declared.model.method.best() {
            Best::Highest => own > total_of(other),
            Best::Lowest => own < total_of(other),
        })
    }

    /// Lower prices that the model admits never score worse, so the highest winning price is found by halving.
    fn price(&self) -> Option<Decimal> {
        let declared = self.lot.declared();
        let layout = &declared.layout;
        let [leaf] = layout.prices.as_slice() else { return None };
        let current = self.outcome.real_price(declared)?.floor_hundredths()?;
        let wins = |cents: i64| {
            let price = Decimal::new(cents, 2);
            let mut bid = self.bid.clone();
            match (bid.answers.get_mut(*leaf), Price::payable(price)) {
                (Some(answer @ Answer::Price(_)), Ok(price)) => {
                    *answer = Answer::Price(price);
                    self.wins_as(&bid)
                }
                // A cost over the life cycle is lowered as a whole.
                _ => {
                    let price = discounted(layout, &Exact::from(price), &self.bid.standing);
                    self.wins(&Parts { prices: vec![price], ..self.outcome.parts.clone() })
                }
            }
        };
        highest_that(self.lowest_price()?, current, wins).map(|cents| Decimal::new(cents, 2))
    }

    /// The lowest price in cents that the method can score for this bid.
    fn lowest_price(&self) -> Option<i64> {
        let declared = self.lot.declared();
        let method = &declared.model.method;
        let lowest = match method {
            Method::AbsoluteLinear(corridor) if corridor.below == Outside::Reject => corridor.line.full(),
            method if method.divides_by_price() && declared.model.zero_price == ZeroPrice::Refuse => {
                Decimal::new(1, 2)
            }
            method if method.divides_by_price() || *method == Method::LowestToHighest => Decimal::ZERO,
            _ => return Some(0),
        };
        let real = undiscounted(&declared.layout, &Exact::from(lowest), &self.bid.standing)?;
        real.negated().floor_hundredths()?.checked_neg()
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

    /// The quality points that would draw level with the winner; more than these win.
    fn points(&self, best: &Exact, behind: &Exact) -> Option<Exact> {
        let declared = self.lot.declared();
        let layout = &declared.layout;
        let price = self.outcome.parts.prices.first();
        let own = &self.outcome.quality;
        let (quality_weight, price_weight) = (&layout.quality_weight, &layout.price_weight);
        let needed = match &declared.model.method {
            Method::LowestPrice
            | Method::LowestCost
            | Method::FictitiousDiscount
            | Method::UtilityIndex
            | Method::ExtendedRatio(..) => {
                return None;
            }
            Method::PriceQualityRatio(constant) => best.times(price?).over(&Exact::from(*constant))?,
            Method::PricePerPoint => price?.over(best)?,
            Method::QualityMarkUp => {
                let factor = best.over(price?)?.minus(&Exact::ONE);
                quality_weight.minus(&factor.times(price_weight))
            }
            Method::Features => {
                let coefficient = price?.over(best)?.minus(&Exact::ONE);
                coefficient.times(&Exact::ONE.minus(quality_weight))
            }
            _ => own.plus(behind),
        };
        (layout.nodes.is_empty() && needed <= *quality_weight).then(|| needed.minus(own).simplified())
    }
}

/// Whether a bid with this total and quality is inside the corridor of the best ratio, and decides there.
fn decides(
    parts: &Parts,
    (own, quality): (&Exact, &Exact),
    others: &[(Exact, Exact, &Outcome)],
    percent: &Exact,
    decision: Decision,
) -> bool {
    let best = others.iter().map(|(total, ..)| total).max().map_or(own, |best| best.at_least(own));
    let kept = Exact::HUNDRED.minus(percent).over(&Exact::HUNDRED).unwrap_or_default();
    let bound = best.times(&kept);
    let beaten = |(_, others_quality, other): &(Exact, Exact, &Outcome)| match decision {
        Decision::MostPoints => quality > others_quality,
        Decision::LowestPrice => parts.prices.first() < other.parts.prices.first(),
    };
    *own >= bound && others.iter().filter(|(total, ..)| *total >= bound).all(beaten)
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
