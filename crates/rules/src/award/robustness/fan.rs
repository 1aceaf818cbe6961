//! The weight fan (waaier van een weging): what the total of every bid becomes while one weight goes from nothing to
//! all there is and the others are rescaled in proportion, before rounding; and where the lead changes hands.

use super::interval::{Interval, Line};
use super::stability::{Entry, Ranked, Rescaling, Sums, stretches};
use crate::award::Evaluation;
use crate::award::lot::Lot;
use crate::award::model::Method;
use trede_base::exact::Exact;

/// The totals over one weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeightFan {
    /// The criterion or group whose weight is varied.
    pub criterion: String,
    /// Its declared weight.
    pub declared: Exact,
    /// The sum of all weights: the fan runs from 0 to here.
    pub whole: Exact,
    /// A straight line for each ranked bid, the winner first.
    pub lines: Vec<FanLine>,
    /// Where another bid takes the lead, in the order of the weight.
    pub changes: Vec<LeaderChange>,
}

/// The total of a bid over a weight: a straight line between its two ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FanLine {
    /// The bid, by its place in the lot.
    pub bid: usize,
    /// Its total where the weight is 0.
    pub at_zero: Exact,
    /// Its total where the weight is all there is.
    pub at_whole: Exact,
}

/// A weight at which the lead changes hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaderChange {
    /// The weight.
    pub at: Exact,
    /// The total that both have there.
    pub total: Exact,
    /// The bid that leads below it.
    pub from: usize,
    /// The bid that leads above it.
    pub to: usize,
}

/// The fan of each weight and group of weights; empty without a ranking, and where the method makes of weights and
/// prices something else than a sum.
#[must_use]
pub fn weight_fans(lot: &Lot, evaluation: &Evaluation) -> Vec<WeightFan> {
    let Some(winner) = evaluation.ranking.places.first().map(|place| place.bid) else { return Vec::new() };
    let method = &lot.declared().model.method;
    let Some(ranked) = Ranked::of(lot, evaluation, winner).filter(|_| adds_up(method)) else {
        return Vec::new();
    };
    let entries = ranked.entries();
    let sums = Sums::of(&entries, ranked.bids.len());
    let single = entries.iter().filter_map(|entry| fan(&ranked, &sums, &[entry], &entry.id));
    let groups = ranked.groups(&entries);
    let groups = groups.iter().filter_map(|(id, members)| fan(&ranked, &sums, members, id));
    single.chain(groups).collect()
}

/// Whether the total is the sum of what the criteria bring.
fn adds_up(method: &Method) -> bool {
    let makes_something_else = matches!(
        method,
        Method::QualityMarkUp
            | Method::Features
            | Method::PriceQualityRatio(_)
            | Method::PricePerPoint
            | Method::ExtendedRatio(..)
            | Method::UtilityIndex
    );
    method.weighs_quality() && !makes_something_else
}

fn fan(ranked: &Ranked<'_>, sums: &Sums, members: &[&Entry], id: &str) -> Option<WeightFan> {
    let rescaling = Rescaling::of(sums, members)?;
    let lines = rescaling.lines(members, &sums.all);
    let whole = rescaling.whole.clone();
    let bid_of = |line: usize| ranked.bids.get(line).map(|(bid, _)| *bid);
    let shown = lines.iter().enumerate().filter_map(|(index, line)| {
        let (at_zero, at_whole) = (line.at(&Exact::ZERO).simplified(), line.at(&whole).simplified());
        Some(FanLine { bid: bid_of(index)?, at_zero, at_whole })
    });
    let range = Interval { from: Exact::ZERO, to: Some(whole.clone()) };
    let leads = stretches(&range, &lines);
    let changes = leads.iter().zip(leads.iter().skip(1)).filter_map(|((_, from), (stretch, to))| {
        let total = lines.get(*to).map(|line: &Line| line.at(&stretch.from).simplified())?;
        let at = stretch.from.simplified();
        Some(LeaderChange { at, total, from: bid_of(*from)?, to: bid_of(*to)? })
    });
    Some(WeightFan {
        criterion: id.to_owned(),
        declared: rescaling.weight.clone(),
        lines: shown.collect(),
        changes: changes.collect(),
        whole,
    })
}
