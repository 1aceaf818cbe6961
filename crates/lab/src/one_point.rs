//! Whether one point of one assessor decides: with it one bid higher on one criterion, or the winner lower, others
//! would be first.

use crate::seat::Seat;
use trede_base::exact::Exact;
use trede_rules::award::criterion::Content;
use trede_rules::award::model::{Best, Method};
use trede_rules::award::rounding::Rounding;
use trede_rules::award::total::method_total;
use trede_rules::award::{DeclaredModel, Evaluation, Outcome, evaluate};

/// One point of one assessor on a model.
#[derive(Clone, Debug)]
pub struct OnePoint {
    /// By how much a score changes.
    step: Exact,
    /// The assessed criteria with their ends, what matters most first.
    criteria: Vec<Assessed>,
    /// The most that one point can change in points or value; none where that depends on the other bids.
    reach: Option<Exact>,
    /// What rounding of the total can hide.
    hidden: Exact,
}

#[derive(Clone, Debug)]
struct Assessed {
    leaf: usize,
    lowest: Exact,
    highest: Exact,
    gain: Exact,
}

impl OnePoint {
    /// One point on a model; none where no criterion is assessed.
    #[must_use]
    pub fn of(declared: &DeclaredModel, step: &Exact) -> Option<Self> {
        let mut criteria: Vec<Assessed> = Vec::new();
        for (leaf, criterion) in declared.layout.leaves.iter().enumerate() {
            let (Content::AssessedQuality(scale), Some(line)) = (&criterion.content, &criterion.line) else {
                continue;
            };
            let gain = line.earned(step).minus(&line.earned(&Exact::ZERO));
            criteria.push(Assessed {
                leaf,
                lowest: scale.lowest.into(),
                highest: scale.highest.into(),
                gain,
            });
        }
        criteria.sort_by(|a, b| b.gain.cmp(&a.gain));
        let largest = criteria.first()?.gain.clone();
        let by_others = !declared.layout.nodes.is_empty()
            || declared.model.total_threshold.is_some()
            || matches!(declared.model.method, Method::UtilityIndex | Method::ExtendedRatio(..))
            || matches!(declared.model.rounding, Rounding::Several(_));
        let (of_criterion, hidden) = match declared.model.rounding {
            Rounding::None => (Exact::ZERO, Exact::ZERO),
            Rounding::Criterion { decimals, .. } => (last_decimal(decimals), Exact::ZERO),
            Rounding::Total { decimals, .. } => (Exact::ZERO, last_decimal(decimals)),
            // What several stages can do is not bounded: each such tender is scored again.
            Rounding::Several(_) => (Exact::ZERO, Exact::ZERO),
        };
        let reach = (!by_others).then(|| largest.plus(&of_criterion));
        Some(OnePoint { step: step.clone(), criteria, reach, hidden })
    }

    /// Whether it decides the tender that the seat holds, evaluated so.
    pub fn decides(&self, seat: &mut Seat<'_>, evaluation: &Evaluation) -> bool {
        let places = &evaluation.ranking.places;
        let first: Vec<usize> =
            places.iter().take_while(|place| place.rank == 1).map(|place| place.bid).collect();
        let [winner] = first.as_slice() else { return first.len() > 1 };
        let Some(best) = evaluation.outcomes.get(*winner) else { return false };
        let declared = &seat.trial.declared;
        let mut rivals: Vec<usize> = Vec::new();
        let mut can_fall = false;
        for place in places.iter().filter(|place| place.bid != *winner) {
            let Some(rival) = evaluation.outcomes.get(place.bid) else { continue };
            if self.reaches(declared, evaluation, rival, best, true) {
                rivals.push(place.bid);
            }
            can_fall = can_fall || self.reaches(declared, evaluation, best, rival, false);
        }
        let up = self.step.clone();
        let down = self.step.negated();
        rivals.iter().any(|rival| self.turns(seat, *rival, &up, *winner))
            || (can_fall && self.turns(seat, *winner, &down, *winner))
    }

    /// Whether the total of `moved` could come to that of `other` by the most that one point can do.
    fn reaches(
        &self,
        declared: &DeclaredModel,
        evaluation: &Evaluation,
        moved: &Outcome,
        other: &Outcome,
        upwards: bool,
    ) -> bool {
        let (Some(reach), Some(total), Some(bound)) = (&self.reach, &moved.exact_total, &other.exact_total)
        else {
            return true;
        };
        let reach = if upwards { reach.clone() } else { reach.negated() };
        let moved_total = match &declared.model.method {
            Method::LowestPrice | Method::LowestCost | Method::FictitiousDiscount => return false,
            Method::AwardOnValue => total.minus(&reach),
            Method::QualityMarkUp
            | Method::PriceQualityRatio(_)
            | Method::PricePerPoint
            | Method::Features => {
                let quality = moved.quality.plus(&reach);
                if !quality.is_positive() {
                    return true;
                }
                method_total(declared, &moved.parts, &quality, &Exact::ZERO, &evaluation.field).result
            }
            _ => total.plus(&reach),
        };
        let is_higher_better = declared.model.method.best() == Best::Highest;
        if upwards == is_higher_better {
            moved_total.plus(&self.hidden) >= *bound
        } else {
            moved_total.minus(&self.hidden) <= *bound
        }
    }

    /// Whether others are first when this bid scores so much more on one criterion.
    fn turns(&self, seat: &mut Seat<'_>, bid: usize, change: &Exact, winner: usize) -> bool {
        self.criteria.iter().any(|criterion| self.turns_on(seat, bid, criterion, change, winner))
    }

    fn turns_on(
        &self,
        seat: &mut Seat<'_>,
        bid: usize,
        criterion: &Assessed,
        change: &Exact,
        winner: usize,
    ) -> bool {
        let Some(before) = seat.rescore(bid, criterion.leaf, Exact::ZERO) else { return false };
        let score = before.plus(change);
        let on_scale = score >= criterion.lowest && score <= criterion.highest;
        let turns = on_scale && {
            seat.rescore(bid, criterion.leaf, score);
            evaluate(&seat.lot).is_ok_and(|now| {
                let places = &now.ranking.places;
                let others = places.iter().take_while(|place| place.rank == 1).any(|p| p.bid != winner);
                others || places.is_empty()
            })
        };
        seat.rescore(bid, criterion.leaf, before);
        turns
    }
}

/// One in the last decimal.
fn last_decimal(decimals: u32) -> Exact {
    Exact::from(rust_decimal::Decimal::new(1, decimals))
}

/// Whether a model has a criterion that assessors score.
#[must_use]
pub fn is_assessed(declared: &DeclaredModel) -> bool {
    declared.layout.leaves.iter().any(|leaf| matches!(leaf.content, Content::AssessedQuality(_)))
}
