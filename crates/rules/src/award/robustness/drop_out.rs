//! Rank reversal (rangwisseling): who would win if a bidder dropped out and the scores were computed again.

use std::collections::BTreeSet;

use super::what_if::firsts;
use crate::award::evaluation::{Evaluation, candidates};
use crate::award::lot::Lot;
use crate::award::model::Method;
use crate::award::ranking::{Candidate, first};
use crate::award::scoring::Parts;
use crate::award::together::Entrant;

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

/// The effect of each ranked bid dropping out: who is first when the set of the other bids is scored, with the
/// bids that fall below a minimum found anew.
///
/// Only a bid that alone holds a mark of the field (the lowest price, the best quality …) changes the scores
/// of others, and there are few of those: the cost grows with the number of bids, not with its square. Where a
/// bid fell below the minimum total, every bid can change who falls, and each set is scored.
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
            let now = if evaluation.rounds > 1 || holders.contains(&bid) {
                firsts(lot, evaluation, &rest_of(evaluation, bid))
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

/// How many sets of bids are scored for it.
pub(super) fn sets(lot: &Lot, evaluation: &Evaluation) -> usize {
    let all = candidates(&evaluation.outcomes);
    if evaluation.rounds > 1 { all.len() } else { holders(lot, evaluation, &all).len() }
}

fn rest_of(evaluation: &Evaluation, out: usize) -> Vec<Entrant<'_>> {
    let outcomes = evaluation.outcomes.iter().enumerate().filter(|(bid, _)| *bid != out);
    outcomes.filter_map(|(bid, outcome)| outcome.entrant(bid)).collect()
}

/// The bids without which the scores of others change.
fn holders(lot: &Lot, evaluation: &Evaluation, all: &[Candidate<'_>]) -> BTreeSet<usize> {
    let in_field: Vec<(usize, &Parts)> = evaluation.in_field().collect();
    let mut holders = evaluation.field.sole_holders(lot.declared(), &in_field);
    if matches!(lot.declared().model.method, Method::ExtendedRatio(..)) {
        holders.extend(all.iter().max_by(|a, b| a.total.cmp(b.total)).map(|best| best.bid));
    }
    holders
}
