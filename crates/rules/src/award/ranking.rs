//! The ranking (rangorde): any difference decides, equal ranks are 1, 1, 3, and ties go by the declared steps.

use std::cmp::Ordering;

use super::check::DeclaredModel;
use super::criterion::Content;
use super::layout::{Leaf, Role};
use super::lot::Lot;
use super::model::{Best, Decision, Method, TieStep};
use super::outcome::Outcome;
use super::scoring::CriterionScore;
use trede_base::exact::Exact;

/// A bid as the ranking sees it.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Its index in the lot.
    pub bid: usize,
    /// The total as it counts.
    pub total: &'a Exact,
    /// Its points or value besides the price.
    pub quality: &'a Exact,
    /// The price after discount.
    pub price: &'a Exact,
    /// Its scores by criterion.
    pub scores: Scores<'a>,
}

/// The scores of a candidate: only a tie looks at them.
#[derive(Clone, Copy, Debug)]
pub enum Scores<'a> {
    /// Those of its outcome.
    OnDemand(&'a Outcome),
    /// Others, such as those held against another field.
    Given(&'a [CriterionScore]),
}

impl<'a> Scores<'a> {
    fn read(self) -> &'a [CriterionScore] {
        match self {
            Scores::OnDemand(outcome) => outcome.scores(),
            Scores::Given(scores) => scores,
        }
    }
}

/// A place in the ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The bid's index in the lot.
    pub bid: usize,
    /// 1, 1, 3 …
    pub rank: usize,
    /// Whether the bid lies inside the corridor of the extended ratio; none for other methods.
    pub inside_corridor: Option<bool>,
}

/// Bids with equal totals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TieGroup {
    /// Their indexes in the lot, in ranking order.
    pub bids: Vec<usize>,
    /// The declared step that told the last of them apart, if one did.
    pub decided_by: Option<TieStep>,
    /// Bids that only a drawing of lots can tell apart.
    pub for_lot: Vec<usize>,
    /// Bids that are still equal: they wait for that drawing.
    pub open: Vec<usize>,
}

/// The ranking of a lot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranking {
    /// Best first; bids that stay equal in the order of their identifiers.
    pub places: Vec<Place>,
    /// Groups of bids with equal totals.
    pub ties: Vec<TieGroup>,
    /// The lowest ratio that lies inside the corridor, for the extended ratio.
    pub corridor_from: Option<Exact>,
}

/// Ranks the candidates by the method and the declared tie steps.
#[must_use]
pub fn rank(lot: &Lot, candidates: &[Candidate<'_>]) -> Ranking {
    let order = Order::of(lot, candidates);
    let candidates = order.sorted(candidates);
    let places = Vec::with_capacity(candidates.len());
    let mut ranking = Ranking { corridor_from: order.corridor_from.clone(), places, ..Ranking::default() };
    // Bids whose totals are the same.
    let mut group: Vec<&Candidate<'_>> = Vec::new();
    let mut rank = 1;
    let mut before: Option<&Rough<'_>> = None;
    for (index, rough) in candidates.iter().enumerate() {
        let candidate = rough.candidate;
        if let Some(before) = before.replace(rough) {
            let by_far = order.is_far(before, rough);
            if by_far || order.compare(before.candidate, candidate).0 != Ordering::Equal {
                rank = index + 1;
            }
            if by_far || order.by_method(before.candidate, candidate) != Ordering::Equal {
                ranking.ties.extend(order.tie_group(&group));
                group.clear();
            }
        }
        group.push(candidate);
        let inside_corridor = order.corridor_from.as_ref().map(|from| candidate.total >= from);
        ranking.places.push(Place { bid: candidate.bid, rank, inside_corridor });
    }
    ranking.ties.extend(order.tie_group(&group));
    ranking
}

/// The bids on the first place.
#[must_use]
pub fn first(lot: &Lot, candidates: &[Candidate<'_>]) -> Vec<usize> {
    let order = Order::of(lot, candidates);
    let mut best: Vec<Candidate<'_>> = Vec::new();
    for candidate in candidates {
        match best.first().map(|best| order.compare(candidate, best).0) {
            Some(Ordering::Greater) => continue,
            Some(Ordering::Equal) => {}
            Some(Ordering::Less) | None => best.clear(),
        }
        best.push(*candidate);
    }
    best.iter().map(|candidate| candidate.bid).collect()
}

/// A candidate with its total in whole billionths, the best first: most totals lie so far apart that these tell.
struct Rough<'a> {
    /// Zero for all where they do not fit, or where the total alone does not rank.
    billionths: i64,
    candidate: &'a Candidate<'a>,
}

/// How two bids compare: `Less` is the better one.
struct Order<'a> {
    lot: &'a Lot,
    declared: &'a DeclaredModel,
    corridor_from: Option<Exact>,
}

impl<'a> Order<'a> {
    fn of(lot: &'a Lot, candidates: &[Candidate<'_>]) -> Self {
        let declared = lot.declared();
        let corridor_from = match declared.model.method {
            Method::ExtendedRatio(percent, _) => {
                let best = candidates.iter().map(|candidate| candidate.total).max();
                let kept =
                    Exact::HUNDRED.minus(&Exact::from(percent)).over(&Exact::HUNDRED).unwrap_or_default();
                best.map(|best| best.times(&kept))
            }
            _ => None,
        };
        Order { lot, declared, corridor_from }
    }

    /// The candidates, best first; those that stay equal in the order of their bids. They are sorted by whole
    /// billionths, and only where these lie near each other the exact numbers are compared.
    fn sorted<'c>(&self, candidates: &'c [Candidate<'c>]) -> Vec<Rough<'c>> {
        let highest = self.declared.model.method.best() == Best::Highest;
        let by_total_alone = self.corridor_from.is_none();
        let billionths = |candidate: &Candidate<'_>| {
            let total = candidate.total.whole_billionths().filter(|_| by_total_alone)?;
            i64::try_from(if highest { -total } else { total }).ok()
        };
        let mut sorted = Vec::with_capacity(candidates.len());
        let rough = |candidate| Some(Rough { billionths: billionths(candidate)?, candidate });
        sorted.extend(candidates.iter().map_while(rough));
        let exactly = |a: &Rough<'_>, b: &Rough<'_>| {
            self.compare(a.candidate, b.candidate).0.then(a.candidate.bid.cmp(&b.candidate.bid))
        };
        if sorted.len() < candidates.len() {
            sorted = candidates.iter().map(|candidate| Rough { billionths: 0, candidate }).collect();
        }
        sorted.sort_unstable_by_key(|rough| rough.billionths);
        for near in sorted.chunk_by_mut(|a, b| !self.is_far(a, b)) {
            near.sort_unstable_by(exactly);
        }
        sorted
    }

    /// Whether the whole billionths of two totals tell which is better: they were cut off, so they can be one too near.
    fn is_far(&self, a: &Rough<'_>, b: &Rough<'_>) -> bool {
        a.billionths.abs_diff(b.billionths) >= 2
    }

    /// By the method, then by the tie steps; with the step that decided.
    fn compare(&self, a: &Candidate<'_>, b: &Candidate<'_>) -> (Ordering, Option<usize>) {
        let by_method = self.by_method(a, b);
        if by_method != Ordering::Equal {
            return (by_method, None);
        }
        for (index, step) in self.declared.model.tie_steps().iter().enumerate() {
            let by_step = self.by_step(step, a, b);
            if by_step != Ordering::Equal {
                return (by_step, Some(index));
            }
        }
        (Ordering::Equal, None)
    }

    fn by_method(&self, a: &Candidate<'_>, b: &Candidate<'_>) -> Ordering {
        if let (Method::ExtendedRatio(_, decision), Some(from)) =
            (&self.declared.model.method, &self.corridor_from)
        {
            let (a_inside, b_inside) = (a.total >= from, b.total >= from);
            return match (a_inside, b_inside) {
                (true, true) => match decision {
                    Decision::MostPoints => b.quality.cmp(a.quality),
                    Decision::LowestPrice => a.price.cmp(b.price),
                },
                (false, false) => b.total.cmp(a.total),
                _ => b_inside.cmp(&a_inside),
            };
        }
        match self.declared.model.method.best() {
            Best::Highest => b.total.cmp(a.total),
            Best::Lowest => a.total.cmp(b.total),
        }
    }

    fn by_step(&self, step: &TieStep, a: &Candidate<'_>, b: &Candidate<'_>) -> Ordering {
        match step {
            TieStep::Criterion(id) => self.by_criterion(id, a, b),
            TieStep::LowestPrice => self.real_price(a).cmp(&self.real_price(b)),
            TieStep::EarliestBid => {
                let received = |c: &Candidate<'_>| self.lot.bid(c.bid).and_then(|bid| bid.received_at);
                received(a).cmp(&received(b))
            }
            TieStep::Lot => {
                let drawn = |c: &Candidate<'_>| self.lot.drawn_position(c.bid).unwrap_or(usize::MAX);
                drawn(a).cmp(&drawn(b))
            }
        }
    }

    /// The better score; for a price that earns no points, the lower price that was bid.
    fn by_criterion(&self, id: &str, a: &Candidate<'_>, b: &Candidate<'_>) -> Ordering {
        let Some(range) = self.declared.layout.range_of(id) else { return Ordering::Equal };
        let leaves = self.declared.layout.leaves.get(range.clone()).unwrap_or_default();
        let prices = leaves.iter().filter(|leaf| leaf.content.is_price()).count();
        let discounts = leaves.iter().filter(|leaf| leaf.role == Role::Discount).count();
        let raw = |c: &Candidate<'_>| {
            Exact::sum(c.scores.read().get(range.clone()).unwrap_or_default().iter().map(|score| &score.raw))
        };
        // A discount alone is better where it takes off more; with its price it is the price after discount.
        if discounts == leaves.len() {
            let taken_off = |c: &Candidate<'_>| {
                let scores = c.scores.read().get(range.clone()).unwrap_or_default();
                let of_level = |leaf: &Leaf| matches!(leaf.content, Content::PsoLevel(_));
                let pairs = leaves.iter().zip(scores);
                let values = pairs.map(|(leaf, s)| if of_level(leaf) { &s.raw } else { &s.step.result });
                Exact::sum(values)
            };
            return taken_off(b).cmp(&taken_off(a));
        }
        let weighs_price = self.declared.model.method.allows_several_prices();
        if !weighs_price && prices + discounts == leaves.len() {
            return if discounts == 0 { raw(a).cmp(&raw(b)) } else { a.price.cmp(b.price) };
        }
        let points = |c: &Candidate<'_>| {
            let scores = c.scores.read().get(range.clone()).unwrap_or_default();
            Exact::sum(scores.iter().map(|score| &score.declared))
        };
        points(b).cmp(&points(a))
    }

    fn real_price(&self, candidate: &Candidate<'_>) -> Exact {
        let prices = self.declared.layout.prices.iter().filter_map(|leaf| candidate.scores.read().get(*leaf));
        Exact::sum(prices.map(|score| &score.raw))
    }

    fn tie_group(&self, group: &[&Candidate<'_>]) -> Option<TieGroup> {
        if group.len() < 2 {
            return None;
        }
        let pairs = || group.iter().zip(group.iter().skip(1));
        let step = |index: usize| self.declared.model.tie_steps().get(index);
        let decided_by = pairs().filter_map(|(a, b)| self.compare(a, b).1).max().and_then(step).cloned();
        let (mut open, mut for_lot) = (Vec::new(), Vec::new());
        for (a, b) in pairs() {
            let (order, decided) = self.compare(a, b);
            if order == Ordering::Equal {
                add_pair(&mut open, a.bid, b.bid);
            }
            if order == Ordering::Equal || decided.and_then(step) == Some(&TieStep::Lot) {
                add_pair(&mut for_lot, a.bid, b.bid);
            }
        }
        Some(TieGroup {
            bids: group.iter().map(|candidate| candidate.bid).collect(),
            decided_by,
            for_lot,
            open,
        })
    }
}

fn add_pair(bids: &mut Vec<usize>, a: usize, b: usize) {
    if bids.last() != Some(&a) {
        bids.push(a);
    }
    bids.push(b);
}
