//! A loser that tries to win: whether it would with other answers, the other bids fixed.

use std::borrow::Cow;

use crate::award::award_factor::others_of;
use crate::award::bid::Bid;
use crate::award::field::Field;
use crate::award::lot::Lot;
use crate::award::model::{Best, Decision, Method};
use crate::award::scoring::Parts;
use crate::award::together::{Entrant, Verdict, counted, falls_by_others, score_together};
use crate::award::{Evaluation, Outcome};
use trede_base::exact::Exact;

/// A loser that tries to win.
pub(super) struct Rival<'a> {
    pub lot: &'a Lot,
    pub bid: &'a Bid,
    pub index: usize,
    pub outcome: &'a Outcome,
    /// The others that can come out best, whatever this bid does.
    others: Vec<&'a Outcome>,
    /// The field of the others.
    field: Cow<'a, Field>,
    /// The field that the recorded totals were held against.
    recorded: &'a Field,
    /// The best recorded total among the others.
    best_recorded: Option<Exact>,
    /// All others, where it depends on them who falls below the minimum; else none.
    set: Option<Vec<Entrant<'a>>>,
}

impl<'a> Rival<'a> {
    pub fn of(lot: &'a Lot, evaluation: &'a Evaluation, contenders: &[usize], index: usize) -> Option<Self> {
        let declared = lot.declared();
        let others = contenders.iter().filter(|other| **other != index);
        let others: Vec<&Outcome> = others.filter_map(|other| evaluation.outcomes.get(*other)).collect();
        let totals = others.iter().filter_map(|other| other.declared_total.as_ref());
        let best_recorded = match declared.model.method.best() {
            Best::Highest => totals.max(),
            Best::Lowest => totals.min(),
        };
        let set = falls_by_others(declared).then(|| {
            let rest = evaluation.outcomes.iter().enumerate().filter(|(other, _)| *other != index);
            rest.filter_map(|(other, outcome)| outcome.entrant(other)).collect()
        });
        Some(Rival {
            lot,
            bid: lot.bid(index)?,
            index,
            outcome: evaluation.outcomes.get(index)?,
            best_recorded: best_recorded.cloned(),
            others,
            field: others_of(lot, evaluation, index)?,
            recorded: &evaluation.field,
            set,
        })
    }

    /// Whether the bid would be admitted and beat every other bid.
    pub fn wins_as(&self, bid: &Bid) -> bool {
        let (parts, exclusions) = self.lot.entered().own_of_other(bid);
        exclusions.is_empty() && self.wins(&parts)
    }

    /// Whether these parts would beat every other bid: a total strictly better, before tie steps.
    pub fn wins(&self, parts: &Parts) -> bool {
        if let Some(set) = &self.set {
            return self.wins_in(set, parts);
        }
        let declared = self.lot.declared();
        let field = self.field.with(declared, parts);
        let Some(own) = counted(declared, parts, &field) else { return false };
        if declared.model.total_threshold.is_some_and(|minimum| own.declared < Exact::from(minimum)) {
            return false;
        }
        // The recorded totals hold as long as the field is what they were held against.
        let recorded_holds = field.is_same_as(self.recorded);
        if let Method::ExtendedRatio(percent, decision) = declared.model.method {
            let others: Vec<Standing<'_>> = self
                .others
                .iter()
                .filter_map(|other| Standing::of(counted(declared, &other.parts, &field)?, &other.parts))
                .collect();
            let Some(own) = Standing::of(own, parts) else { return false };
            return own.decides(&others, &Exact::from(percent), decision);
        }
        let best = declared.model.method.best();
        if recorded_holds {
            return self.best_recorded.as_ref().is_none_or(|other| is_better(best, &own.declared, other));
        }
        self.others.iter().all(|other| {
            let other = counted(declared, &other.parts, &field);
            other.is_none_or(|other| is_better(best, &own.declared, &other.declared))
        })
    }

    /// The same by scoring the whole set.
    fn wins_in(&self, set: &[Entrant<'_>], parts: &Parts) -> bool {
        let declared = self.lot.declared();
        let mut entrants = Vec::with_capacity(set.len() + 1);
        entrants.push(Entrant { bid: self.index, parts, can_rank: true });
        entrants.extend_from_slice(set);
        let together = score_together(declared, &entrants);
        let mut standings = entrants.iter().zip(together.verdicts).filter_map(|(entrant, (_, verdict))| {
            let Verdict::In(counted) = verdict else { return None };
            entrant.can_rank.then(|| Standing::of(counted, entrant.parts).map(|s| (entrant.bid, s)))?
        });
        let Some((_, own)) = standings.next().filter(|(bid, _)| *bid == self.index) else { return false };
        let others: Vec<Standing<'_>> = standings.map(|(_, standing)| standing).collect();
        if let Method::ExtendedRatio(percent, decision) = declared.model.method {
            return own.decides(&others, &Exact::from(percent), decision);
        }
        let best = declared.model.method.best();
        others.iter().all(|other| is_better(best, &own.total, &other.total))
    }
}

fn is_better(best: Best, own: &Exact, other: &Exact) -> bool {
    match best {
        Best::Highest => own > other,
        Best::Lowest => own < other,
    }
}

/// Total, quality and price of a bid.
struct Standing<'a> {
    total: Exact,
    quality: Exact,
    price: Option<&'a Exact>,
}

impl<'a> Standing<'a> {
    fn of(counted: crate::award::together::Counted, parts: &'a Parts) -> Option<Self> {
        let (total, quality) = (counted.declared, counted.quality);
        Some(Standing { total, quality, price: parts.prices.first() })
    }

    /// Whether a bid is inside the corridor of the best ratio, and decides there.
    fn decides(&self, others: &[Standing<'_>], percent: &Exact, decision: Decision) -> bool {
        let best = others.iter().map(|other| &other.total).max();
        let best = best.map_or(&self.total, |best| best.at_least(&self.total));
        let kept = Exact::HUNDRED.minus(percent).over(&Exact::HUNDRED).unwrap_or_default();
        let bound = best.times(&kept);
        let beaten = |other: &Standing<'_>| match decision {
            Decision::MostPoints => self.quality > other.quality,
            Decision::LowestPrice => self.price < other.price,
        };
        self.total >= bound && others.iter().filter(|other| other.total >= bound).all(beaten)
    }
}
