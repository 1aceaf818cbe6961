//! Stability (stabiliteit): in which exact interval or intervals of a weight the winner stays, the other
//! weights rescaled in proportion, before rounding; for methods without weights, of each money value.
//!
//! As one weight moves and the others shrink or grow with it, every method compares straight lines: a total,
//! or a total multiplied by prices. So the ends are roots of lines, found exactly and not by trying.

use super::interval::{Hole, Interval, Line, joined, take_out};
use crate::award::criterion::Content;
use crate::award::layout::Role;
use crate::award::lot::Lot;
use crate::award::model::{Decision, Method};
use crate::award::pso_level::{LevelMeasure, LevelTable};
use crate::award::total::relative_quality;
use crate::award::{Evaluation, Outcome};
use crate::pso::{LevelRank, Standing};
use trede_base::exact::Exact;

/// What is varied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Varied {
    /// The weight of a criterion or group.
    Weight(String),
    /// The value in euros of a criterion.
    Value(String),
    /// The discount that a criterion gives for a level.
    Discount(String, LevelRank),
}

/// How far one number of the model can shift before the winner changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stability {
    /// What is varied.
    pub varied: Varied,
    /// Its declared value.
    pub declared: Exact,
    /// Where the winner is not beaten, before rounding; at an inner end it ties with another bid.
    pub intervals: Vec<Interval>,
}

/// The stability of the first bid of the ranking in each weight or money value; empty without a ranking.
#[must_use]
pub fn stability(lot: &Lot, evaluation: &Evaluation) -> Vec<Stability> {
    let Some(winner) = evaluation.ranking.places.first().map(|place| place.bid) else { return Vec::new() };
    let field = Ranked::of(lot, evaluation, winner);
    let Some(field) = field else { return Vec::new() };
    if lot.declared().model.method.weighs_quality() { field.weights() } else { field.money_values() }
}

/// The ranked bids, the winner first.
pub(super) struct Ranked<'a> {
    lot: &'a Lot,
    pub(super) bids: Vec<(usize, &'a Outcome)>,
    best: &'a [Exact],
}

/// A criterion or group that can be varied: its weight, and what it brings each bid before rounding.
pub(super) struct Entry {
    pub(super) id: String,
    weight: Exact,
    is_price: bool,
    points: Vec<Exact>,
}

/// How what bids earn moves with the weight of some entries, while the others are rescaled in proportion.
pub(super) struct Rescaling {
    pub(super) whole: Exact,
    pub(super) weight: Exact,
    own: Exact,
    rest: Exact,
}

impl Rescaling {
    /// None where the weight is nothing, or all there is: then it cannot be varied.
    pub(super) fn of(sums: &Sums, members: &[&Entry]) -> Option<Self> {
        let whole = sums.weight.clone();
        let weight = Exact::sum(members.iter().map(|entry| &entry.weight));
        let (own, rest) = (Exact::ONE.over(&weight)?, Exact::ONE.over(&whole.minus(&weight))?);
        Some(Rescaling { whole, weight, own, rest })
    }

    /// weight·own/declared weight + (whole − weight)·others/declared rest
    fn line(&self, own: &Exact, all: &Exact) -> Line {
        let (own, others) = (own.times(&self.own), all.minus(own).times(&self.rest));
        Line { constant: self.whole.times(&others), slope: own.minus(&others) }
    }

    /// What each bid earns together, as a line over the weight.
    pub(super) fn lines(&self, members: &[&Entry], all: &[Exact]) -> Vec<Line> {
        let own = |bid: usize| Exact::sum(members.iter().filter_map(|entry| entry.points.get(bid)));
        all.iter().enumerate().map(|(bid, all)| self.line(&own(bid), all)).collect()
    }
}

/// What all criteria bring each bid together, so that the rest of them is one subtraction and the cost of an analysis
/// grows with the number of criteria and not with its square.
pub(super) struct Sums {
    weight: Exact,
    price_weight: Exact,
    pub(super) all: Vec<Exact>,
    quality: Vec<Exact>,
}

impl Sums {
    pub(super) fn of(entries: &[Entry], bids: usize) -> Self {
        let price = entries.iter().filter(|entry| entry.is_price);
        let sums = |of_price: bool| -> Vec<Exact> {
            let of_bid = |bid: usize| {
                let counted = entries.iter().filter(|entry| entry.is_price == of_price);
                Exact::sum(counted.filter_map(|entry| entry.points.get(bid)))
            };
            (0..bids).map(of_bid).collect()
        };
        // What the price earns has a denominator of the bid's own, and comes to the shared one of quality last.
        let quality = sums(false);
        let all = quality.iter().zip(sums(true)).map(|(quality, price)| quality.plus(&price)).collect();
        Sums {
            weight: Exact::sum(entries.iter().map(|entry| &entry.weight)),
            price_weight: Exact::sum(price.map(|entry| &entry.weight)),
            all,
            quality,
        }
    }
}

impl<'a> Ranked<'a> {
    pub(super) fn of(lot: &'a Lot, evaluation: &'a Evaluation, winner: usize) -> Option<Self> {
        let mut bids = vec![(winner, evaluation.outcomes.get(winner)?)];
        for place in evaluation.ranking.places.iter().filter(|place| place.bid != winner) {
            bids.push((place.bid, evaluation.outcomes.get(place.bid)?));
        }
        Some(Ranked { lot, bids, best: &evaluation.field.best })
    }

    fn weights(&self) -> Vec<Stability> {
        let entries = self.entries();
        let sums = Sums::of(&entries, self.bids.len());
        let mut found: Vec<Stability> =
            entries.iter().filter_map(|entry| self.of_weight(&sums, &[entry], &entry.id)).collect();
        for (group, members) in self.groups(&entries) {
            found.extend(self.of_weight(&sums, &members, &group));
        }
        found
    }

    /// The criteria that add to a total by a weight; what is held against the best counts as one.
    pub(super) fn entries(&self) -> Vec<Entry> {
        let layout = &self.lot.declared().layout;
        let mut entries = Vec::new();
        for (index, leaf) in layout.leaves.iter().enumerate() {
            let is_price = matches!(leaf.role, Role::Price(_));
            let counts = matches!(leaf.role, Role::Quality | Role::RelativeNumber(_)) || is_price;
            if counts && !leaf.full.is_zero() {
                let points = |(_, outcome): &(usize, &Outcome)| {
                    outcome.scores().get(index).map(|score| score.step.result.clone()).unwrap_or_default()
                };
                let points = self.bids.iter().map(points).collect();
                entries.push(Entry { id: leaf.id.clone(), weight: leaf.full.clone(), is_price, points });
            }
        }
        for (index, node) in layout.nodes.iter().enumerate() {
            let group = layout.groups.iter().find(|group| group.leaves == node.leaves).map(|group| &group.id);
            let id = group.or_else(|| layout.leaves.get(node.leaves.start).map(|leaf| &leaf.id));
            let points = |(_, outcome): &(usize, &Outcome)| {
                let (points, best) = (outcome.parts.nodes.get(index)?, self.best.get(index)?);
                Some(relative_quality(&node.full, points, best).result)
            };
            let points = self.bids.iter().map(|bid| points(bid).unwrap_or_default()).collect();
            let id = id.cloned().unwrap_or_default();
            entries.push(Entry { id, weight: node.full.clone(), is_price: false, points });
        }
        entries
    }

    /// Groups of more than one entry, whose weight can be varied as a whole.
    pub(super) fn groups<'e>(&self, entries: &'e [Entry]) -> Vec<(String, Vec<&'e Entry>)> {
        let layout = &self.lot.declared().layout;
        let mut groups = Vec::new();
        for group in &layout.groups {
            let leaves = layout.leaves.get(group.leaves.clone()).unwrap_or_default();
            let members: Vec<&Entry> =
                entries.iter().filter(|entry| leaves.iter().any(|leaf| leaf.id == entry.id)).collect();
            if members.len() > 1 && members.iter().all(|entry| !entry.is_price) {
                groups.push((group.id.clone(), members));
            }
        }
        groups
    }

    /// The intervals of the weight of some entries together, which keep their proportion to each other.
    fn of_weight(&self, sums: &Sums, members: &[&Entry], id: &str) -> Option<Stability> {
        let rescaling = Rescaling::of(sums, members)?;
        let whole = &rescaling.whole;
        let quality_only: Vec<&Entry> = members.iter().filter(|entry| !entry.is_price).copied().collect();
        let lines = |with_price: bool| -> Vec<Line> {
            if with_price {
                rescaling.lines(members, &sums.all)
            } else {
                rescaling.lines(&quality_only, &sums.quality)
            }
        };
        let of_price = members.iter().filter(|entry| entry.is_price).map(|entry| &entry.weight);
        let price_weight = rescaling.line(&Exact::sum(of_price), &sums.price_weight);
        let range = Interval { from: Exact::ZERO, to: Some(whole.clone()) };
        let intervals = match &self.lot.declared().model.method {
            Method::QualityMarkUp => {
                // P·(1 + (WQ − L)/WP), times WP: P·(W − L), since WQ + WP is the whole.
                let all = Line { constant: whole.clone(), slope: Exact::ZERO };
                let quality = lines(false);
                self.unbeaten(
                    &range,
                    |bid| all.minus(quality.get(bid)?).times(self.price(bid)?).into(),
                    false,
                )
            }
            Method::Features => {
                // P/(1 + L/(1 − vmax)): lowest where (1 − vmax + L)/P is highest.
                let room = Line { constant: Exact::ONE.minus(whole), slope: Exact::ZERO };
                let quality = lines(true);
                self.unbeaten(&range, |bid| self.per_euro(&room.plus(quality.get(bid)?), bid), true)
            }
            Method::PriceQualityRatio(_) | Method::PricePerPoint => {
                let quality = lines(true);
                self.unbeaten(&range, |bid| self.per_euro(quality.get(bid)?, bid), true)
            }
            Method::ExtendedRatio(percent, decision) => {
                self.in_corridor(&range, &lines(true), &Exact::from(*percent), *decision)
            }
            Method::UtilityIndex => self.by_utility(&range, &lines(false), &price_weight),
            Method::AbsoluteLinear
            | Method::RelativeLowest
            | Method::LinearOnLowest(_)
            | Method::LowestToHighest
            | Method::Logarithmic(_)
            | Method::DiscountOnBase(_)
            | Method::TwoSlopes(_)
            | Method::RelativeToMean(_)
            | Method::LevelPoints(_)
            | Method::QualityOnly
            | Method::RelativeQuality
            | Method::LowestPrice
            | Method::LowestCost
            | Method::FictitiousDiscount
            | Method::AwardOnValue => {
                let totals = lines(true);
                self.unbeaten(&range, |bid| totals.get(bid).cloned(), true)
            }
        };
        let declared = rescaling.weight.clone();
        Some(Stability { varied: Varied::Weight(id.to_owned()), declared, intervals })
    }

    /// Where no other bid's line is better than the winner's.
    fn unbeaten(
        &self,
        range: &Interval,
        line: impl Fn(usize) -> Option<Line>,
        highest: bool,
    ) -> Vec<Interval> {
        let mut intervals = vec![range.clone()];
        let Some(winner) = line(0) else { return intervals };
        for other in (1..self.bids.len()).filter_map(&line) {
            let better = if highest { other.minus(&winner) } else { winner.minus(&other) };
            if let Some(hole) = better.positive_part() {
                intervals = take_out(&intervals, &hole);
            }
        }
        joined(intervals)
    }

    fn price(&self, bid: usize) -> Option<&Exact> {
        self.bids.get(bid)?.1.parts.prices.first()
    }

    fn per_euro(&self, line: &Line, bid: usize) -> Option<Line> {
        Some(line.times(&Exact::ONE.over(self.price(bid)?)?))
    }

    /// [1 − (Qbest − Q)·N]/P, times WP: (WP − Lbest + L)/P, in each stretch where one bid is the best.
    fn by_utility(&self, range: &Interval, quality: &[Line], price_weight: &Line) -> Vec<Interval> {
        let mut intervals = Vec::new();
        for (stretch, best) in stretches(range, quality) {
            let Some(best) = quality.get(best) else { continue };
            let bracket = |bid: usize| Some(price_weight.minus(best).plus(quality.get(bid)?));
            let in_stretch = self.unbeaten(&stretch, |bid| self.per_euro(&bracket(bid)?, bid), true);
            // Where the winner's bracket is not above zero it scores 0, and the best quality beats it.
            let zero = bracket(0).and_then(|line| {
                Line { constant: Exact::ZERO, slope: Exact::ZERO }.minus(&line).positive_part()
            });
            intervals.extend(zero.map_or(in_stretch.clone(), |hole| take_out(&in_stretch, &hole)));
        }
        joined(intervals)
    }

    /// The winner is inside the corridor of the best ratio, and no other inside decides better.
    fn in_corridor(
        &self,
        range: &Interval,
        quality: &[Line],
        percent: &Exact,
        decision: Decision,
    ) -> Vec<Interval> {
        let ratios: Vec<Line> =
            (0..self.bids.len()).filter_map(|bid| self.per_euro(quality.get(bid)?, bid)).collect();
        let kept = Exact::HUNDRED.minus(percent).over(&Exact::HUNDRED).unwrap_or_default();
        let mut intervals = Vec::new();
        for (stretch, best) in stretches(range, &ratios) {
            let Some(bound) = ratios.get(best).map(|line| line.times(&kept)) else { continue };
            let mut left = vec![stretch];
            if let Some(hole) = ratios.first().and_then(|winner| bound.minus(winner).positive_part()) {
                left = take_out(&left, &hole);
            }
            for other in 1..self.bids.len() {
                let hole = self.beats_inside(other, &ratios, quality, &bound, decision);
                left = hole.map_or(left.clone(), |hole| take_out(&left, &hole));
            }
            intervals.extend(left);
        }
        joined(intervals)
    }

    fn beats_inside(
        &self,
        other: usize,
        ratios: &[Line],
        quality: &[Line],
        bound: &Line,
        by: Decision,
    ) -> Option<Hole> {
        let inside = ratios.get(other)?.minus(bound).positive_part()?;
        let better = match by {
            Decision::MostPoints => quality.get(other)?.minus(quality.first()?).positive_part()?,
            Decision::LowestPrice => {
                (self.price(other)? < self.price(0)?).then_some(Hole { from: None, to: None })?
            }
        };
        inside.overlap(&better)
    }

    fn money_values(&self) -> Vec<Stability> {
        let entries = self.entries();
        let sums = Sums::of(&entries, self.bids.len());
        let mut found: Vec<Stability> = entries.iter().map(|entry| self.of_value(entry, &sums)).collect();
        let leaves = &self.lot.declared().layout.leaves;
        // Beside another discount, or above a cap, the price is no straight line of one percentage.
        let alone = leaves.iter().filter(|leaf| leaf.role == Role::Discount).count() == 1;
        for leaf in leaves {
            let Content::PsoLevel(table) = &leaf.content else { continue };
            if leaf.role == Role::Discount && alone && table.cap.is_none() {
                let ranks = (0..table.values.len()).map(LevelRank);
                found.extend(ranks.filter_map(|rank| self.of_discount(&leaf.id, table, rank, &sums)));
            }
        }
        found
    }

    fn of_value(&self, entry: &Entry, sums: &Sums) -> Stability {
        let line = |bid: usize| {
            let slope = entry.points.get(bid)?.over(&entry.weight)?.negated();
            Some(Line::through(&entry.weight, &self.evaluated_price(bid, sums)?, slope))
        };
        let intervals = self.unbeaten(&Interval { from: Exact::ZERO, to: None }, line, false);
        Stability { varied: Varied::Value(entry.id.clone()), declared: entry.weight.clone(), intervals }
    }

    /// The evaluated price before any rounding.
    fn evaluated_price(&self, bid: usize, sums: &Sums) -> Option<Exact> {
        Some(self.price(bid)?.minus(sums.all.get(bid)?))
    }

    /// The discount of one level; only bids that stand on it move. A level that nobody stands on is left out.
    fn of_discount(&self, id: &str, table: &LevelTable, rank: LevelRank, sums: &Sums) -> Option<Stability> {
        let standing = |bid: usize| -> Option<Exact> {
            match &self.lot.bid(self.bids.get(bid)?.0)?.standing {
                Standing::Single(own) => Some(if *own == rank { Exact::ONE } else { Exact::ZERO }),
                Standing::Weighted(members) => {
                    let own = members.iter().filter(|(level, _)| *level == rank);
                    let shares: Vec<Exact> = own.map(|(_, share)| Exact::from(*share)).collect();
                    Exact::sum(&shares).over(&Exact::HUNDRED)
                }
            }
        };
        if !(0..self.bids.len()).filter_map(standing).any(|share| share.is_positive()) {
            return None;
        }
        let declared = Exact::from(table.at(rank));
        let percent = table.measure == LevelMeasure::DiscountPercent;
        let per_unit = |bid: usize| {
            let price = self.bids.get(bid)?.1.real_price(self.lot.declared())?;
            if percent { price.over(&Exact::HUNDRED) } else { Some(Exact::ONE) }
        };
        let line = |bid: usize| {
            let slope = standing(bid)?.times(&per_unit(bid)?).negated();
            Some(Line::through(&declared, &self.evaluated_price(bid, sums)?, slope))
        };
        let range = Interval { from: Exact::ZERO, to: percent.then_some(Exact::HUNDRED) };
        let intervals = self.unbeaten(&range, line, false);
        Some(Stability { varied: Varied::Discount(id.to_owned(), rank), declared, intervals })
    }
}

/// The stretches of a range in which one line is the highest, with the index of that line.
pub(super) fn stretches(range: &Interval, lines: &[Line]) -> Vec<(Interval, usize)> {
    let Some(end) = &range.to else { return Vec::new() };
    let mut stretches = Vec::new();
    let mut from = range.from.clone();
    while from < *end {
        // The highest at the start; among equals the steepest, which is the highest just after it.
        let by_height = |a: &&(usize, &Line), b: &&(usize, &Line)| {
            a.1.at(&from).cmp(&b.1.at(&from)).then_with(|| a.1.slope.cmp(&b.1.slope))
        };
        let all: Vec<(usize, &Line)> = lines.iter().enumerate().collect();
        let Some((best, line)) = all.iter().max_by(by_height).copied() else { break };
        // Only a steeper line overtakes this one, and the first that it meets does.
        let steeper = lines.iter().filter(|other| other.slope > line.slope);
        let crossings = steeper.filter_map(|other| other.minus(line).root());
        let next = crossings.filter(|root| *root > from && root <= end).min();
        let to = next.unwrap_or_else(|| end.clone());
        stretches.push((Interval { from: from.clone(), to: Some(to.clone()) }, best));
        from = to;
    }
    stretches
}
