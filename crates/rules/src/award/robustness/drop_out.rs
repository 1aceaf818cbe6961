//! Rank reversal (rangwisseling): who would win if a bidder dropped out and the scores were computed again.

use crate::award::evaluation::{Evaluation, candidates};
use crate::award::field::Field;
use crate::award::lot::Lot;
use crate::award::model::Method;
use crate::award::ranking::{Candidate, first};
use crate::award::scoring::Parts;
use crate::award::total::{quality_points, total};
use trede_base::exact::Exact;

/// What the ranking becomes without one bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropOutEffect {
    /// The bid that drops out.
    pub bid: usize,
    /// The bids that are then first.
    pub winners: Vec<usize>,
    /// Whether another bid wins although the winner did not drop out.
    pub reverses: bool,
}

/// The effect of each ranked bid dropping out.
///
/// Only a bid that alone holds a mark of the field (the lowest price, the best quality …) changes the scores
/// of others, and there are few of those: the cost grows with the number of bids, not with its square.
#[must_use]
pub fn drop_out_effects(lot: &Lot, evaluation: &Evaluation) -> Vec<DropOutEffect> {
    let all = candidates(&evaluation.outcomes);
    let winners = first(lot, &all);
    let holders = holders(lot, evaluation, &all);
    let without_winner = |bid: usize| {
        let rest: Vec<Candidate<'_>> = all.iter().filter(|candidate| candidate.bid != bid).copied().collect();
        first(lot, &rest)
    };
    all.iter()
        .map(|candidate| {
            let bid = candidate.bid;
            let was_winner = winners.contains(&bid);
            let now = if holders.contains(&bid) {
                winners_without(lot, evaluation, &all, bid)
            } else if was_winner {
                without_winner(bid)
            } else {
                winners.clone()
            };
            let reverses = !was_winner && now != winners;
            DropOutEffect { bid, winners: now, reverses }
        })
        .collect()
}

fn holders(lot: &Lot, evaluation: &Evaluation, all: &[Candidate<'_>]) -> std::collections::BTreeSet<usize> {
    let in_field: Vec<(usize, &Parts)> = evaluation.in_field().collect();
    let mut holders = evaluation.field.sole_holders(lot.declared(), &in_field);
    if matches!(lot.declared().model.method, Method::ExtendedRatio(..)) {
        holders.extend(all.iter().max_by(|a, b| a.total.cmp(b.total)).map(|best| best.bid));
    }
    holders
}

fn winners_without(lot: &Lot, evaluation: &Evaluation, all: &[Candidate<'_>], bid: usize) -> Vec<usize> {
    let declared = lot.declared();
    let rest = evaluation.in_field().filter(|(index, _)| *index != bid);
    let Some(field) = Field::of(declared, rest.map(|(_, parts)| parts)) else { return Vec::new() };
    let recomputed: Vec<(Candidate<'_>, Exact, Exact)> = all
        .iter()
        .filter(|candidate| candidate.bid != bid)
        .filter_map(|candidate| {
            let parts = &evaluation.outcomes.get(candidate.bid)?.parts;
            let total = declared.model.rounding.of_total(&total(declared, parts, &field));
            let passes = declared.model.total_threshold.is_none_or(|minimum| total >= Exact::from(minimum));
            passes.then(|| (*candidate, total, quality_points(declared, parts, &field)))
        })
        .collect();
    let candidates: Vec<Candidate<'_>> = recomputed
        .iter()
        .map(|(candidate, total, quality)| Candidate { total, quality, ..*candidate })
        .collect();
    first(lot, &candidates)
}
