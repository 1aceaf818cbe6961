//! The margin (marge): for each loser what it needed to win, the other bids fixed.

use rust_decimal::Decimal;

use crate::domain::award::award_factor::others_of;
use crate::domain::award::bid::{Answer, Bid};
use crate::domain::award::commitment::Measure;
use crate::domain::award::criterion::Content;
use crate::domain::award::evaluation::{Evaluation, Outcome};
use crate::domain::award::field::Field;
use crate::domain::award::lot::Lot;
use crate::domain::award::model::{Best, Method, ZeroPrice};
use crate::domain::award::scoring::{Parts, discounted, own_scores};
use crate::domain::award::total::{quality_points, total};
use crate::domain::exact::Exact;
use crate::domain::pso::{LevelRank, Standing};

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
    if !layout.nodes.is_empty() || !layout.numbers.is_empty() || layout.prices.len() > 1 {
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
    field: std::borrow::Cow<'a, Field>,
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

    /// Whether these parts would beat every other bid.
    fn wins(&self, parts: &Parts) -> bool {
        let declared = self.lot.declared();
        let field = self.field.with(declared, parts);
        let unchanged = field.is_same_as(&self.field);
        let rounding = declared.model.rounding;
        let own = rounding.of_total(&total(declared, parts, &field));
        if declared.model.total_threshold.is_some_and(|minimum| own < Exact::from(minimum)) {
            return false;
        }
        let better = |a: &Exact, b: &Exact| match declared.model.method.best() {
            Best::Highest => a > b,
            Best::Lowest => a < b,
        };
        if let Method::ExtendedRatio(percent, decision) = declared.model.method {
            return self.decides(parts, &own, &field, &Exact::from(percent), decision);
        }
        self.others.iter().all(|other| match &other.declared_total {
            Some(total) if unchanged && !self.outcome_was_a_mark() => better(&own, total),
            _ => better(&own, &rounding.of_total(&total(declared, &other.parts, &field))),
        })
    }

    /// Whether the others' recorded totals were held against this bid itself.
    fn outcome_was_a_mark(&self) -> bool {
        matches!(self.field, std::borrow::Cow::Owned(_))
    }

    fn decides(
        &self,
        parts: &Parts,
        own: &Exact,
        field: &Field,
        percent: &Exact,
        decision: crate::domain::award::model::Decision,
    ) -> bool {
        use crate::domain::award::model::Decision;
        let declared = self.lot.declared();
        let best = self.others.iter().filter_map(|other| other.declared_total.as_ref()).max();
        let best = best.map_or(own, |best| best.at_least(own));
        let kept = Exact::HUNDRED.minus(percent).over(&Exact::HUNDRED).unwrap_or_default();
        let bound = best.times(&kept);
        let quality = quality_points(declared, parts, field);
        let beaten = |other: &&Outcome| match decision {
            Decision::MostPoints => quality > other.quality,
            Decision::LowestPrice => parts.prices.first() < other.parts.prices.first(),
        };
        let inside = |other: &&&Outcome| other.declared_total.as_ref().is_some_and(|total| *total >= bound);
        *own >= bound && self.others.iter().filter(inside).all(beaten)
    }

    fn parts_of(&self, bid: &Bid) -> Parts {
        own_scores(self.lot.declared(), bid).parts
    }

    /// Lower prices never score worse, so the highest winning price is found by halving.
    fn price(&self) -> Option<Decimal> {
        let declared = self.lot.declared();
        let layout = &declared.layout;
        let current = self.outcome.real_price(declared)?.floor_hundredths()?;
        let refuses_zero =
            declared.model.method.divides_by_price() && declared.model.zero_price == ZeroPrice::Refuse;
        let floor = i64::from(refuses_zero);
        let wins = |cents: i64| {
            let price = discounted(layout, &Exact::from(Decimal::new(cents, 2)), &self.bid.standing);
            self.wins(&Parts { prices: vec![price], ..self.outcome.parts.clone() })
        };
        highest_that(floor, current, wins).map(|cents| Decimal::new(cents, 2))
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
            self.wins(&self.parts_of(&Bid { standing, ..self.bid.clone() }))
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
                self.wins(&self.parts_of(&bid))
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
