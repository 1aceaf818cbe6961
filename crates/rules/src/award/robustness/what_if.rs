//! What a changed set of bids comes to: scored as every set is, and ranked as every set is.

use crate::award::evaluation::Evaluation;
use crate::award::lot::Lot;
use crate::award::model::TieStep;
use crate::award::ranking::{Candidate, Scores, first};
use crate::award::scoring::CriterionScore;
use crate::award::together::{Counted, Entrant, Verdict, score_together};

/// The bids that are first when these enter; their own answers stay what the evaluation saw.
pub(super) fn firsts(lot: &Lot, evaluation: &Evaluation, entrants: &[Entrant<'_>]) -> Vec<usize> {
    let declared = lot.declared();
    let together = score_together(declared, entrants);
    let field = together.field();
    // Only a tie that goes by the score on a criterion looks at scores held against the field.
    let by_criterion = declared.model.ties.iter().any(|step| matches!(step, TieStep::Criterion(_)));
    let ranked: Vec<(&Entrant<'_>, &Counted, Option<Vec<CriterionScore>>)> = entrants
        .iter()
        .zip(&together.verdicts)
        .filter_map(|(entrant, (_, verdict))| match verdict {
            Verdict::In(counted) if entrant.can_rank => {
                let anew = || Some(evaluation.outcomes.get(entrant.bid)?.scores_against(field));
                Some((entrant, counted, by_criterion.then(anew).flatten()))
            }
            _ => None,
        })
        .collect();
    let candidates: Vec<Candidate<'_>> = ranked
        .iter()
        .filter_map(|(entrant, counted, scores)| {
            let recorded = evaluation.outcomes.get(entrant.bid)?;
            Some(Candidate {
                bid: entrant.bid,
                total: &counted.declared,
                quality: &counted.quality,
                price: entrant.parts.prices.first().unwrap_or(NOTHING),
                scores: scores.as_deref().map_or(Scores::OnDemand(recorded), Scores::Given),
            })
        })
        .collect();
    first(lot, &candidates)
}

const NOTHING: &trede_base::exact::Exact = &trede_base::exact::Exact::ZERO;
