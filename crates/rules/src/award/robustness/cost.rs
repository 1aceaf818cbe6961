//! What the analyses of a lot cost, known before they are begun.

use super::drop_out;
use super::margin::contenders;
use crate::award::Evaluation;
use crate::award::criterion::Content;
use crate::award::lot::Lot;
use crate::award::model::Shape;
use crate::award::together::falls_by_others;

/// The most steps that the analyses of one lot may take.
pub const MOST_STEPS: u64 = 50_000_000;

/// What the analyses cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnalysisCost {
    /// How many bids are ranked.
    pub bids: usize,
    /// How many criteria there are.
    pub criteria: usize,
    /// How many times about a bid is held against a field.
    pub steps: u64,
}

impl AnalysisCost {
    /// Whether the analyses are made at all.
    #[must_use]
    pub fn is_bearable(&self) -> bool {
        self.steps <= MOST_STEPS
    }
}

/// Halvings until a price in cents or a score in billionths is found.
const HALVINGS: u64 = 40;

/// What the analyses of an evaluated lot cost: with n bids and m criteria about n·m for the stability, 40·n for the
/// margins of a method that is not relative, and n² where every what-if scores the whole set.
#[must_use]
pub fn analysis_cost(lot: &Lot, evaluation: &Evaluation) -> AnalysisCost {
    let declared = lot.declared();
    let layout = &declared.layout;
    let bids = evaluation.ranking.places.len();
    let losers = whole(evaluation.ranking.places.iter().filter(|place| place.rank > 1).count());
    let (ranked, criteria) = (whole(bids), whole(layout.leaves.len()));
    let all = whole(evaluation.outcomes.len());
    let in_set = if falls_by_others(declared) { all } else { whole(contenders(lot, evaluation).len()) };
    let by_quality = matches!(declared.model.method.shape(), Shape::Index | Shape::CorridorOfRatios);
    let whole_set = falls_by_others(declared) || by_quality || !layout.nodes.is_empty();
    let by_score = if whole_set { in_set } else { 1 };
    let of = |kind: fn(&Content) -> bool| whole(layout.leaves.iter().filter(|l| kind(&l.content)).count());
    let assessed = of(|content| matches!(content, Content::AssessedQuality(_)));
    let offers = of(|content| matches!(content, Content::Commitment(_)));
    let levels = declared.model.pso.as_ref().map_or(0, |rules| whole(rules.ladder.levels().len()));
    let scored_anew = criteria.saturating_add(in_set);
    let of_loser = HALVINGS
        .saturating_mul(scored_anew)
        .saturating_add(levels.saturating_mul(scored_anew))
        .saturating_add(offers.saturating_mul(HALVINGS).saturating_mul(scored_anew))
        .saturating_add(HALVINGS.saturating_add(assessed.saturating_mul(2)).saturating_mul(by_score))
        .saturating_add(assessed.saturating_mul(HALVINGS / 8));
    let stretches = if by_quality { ranked } else { 1 };
    let steps = losers
        .saturating_mul(of_loser)
        .saturating_add(whole(drop_out::sets(lot, evaluation)).saturating_mul(all))
        .saturating_add(criteria.saturating_mul(ranked).saturating_mul(stretches));
    AnalysisCost { bids, criteria: layout.leaves.len(), steps }
}

fn whole(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
