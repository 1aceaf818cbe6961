//! What the engine came to for a bid on a criterion: what the formulas are checked against.

use trede_base::exact::Exact;
use trede_rules::award::Outcome;
use trede_rules::award::scoring::CriterionScore;

/// The answer that was scored.
pub(super) fn raw(outcome: &Outcome, leaf: usize) -> Option<Exact> {
    score(outcome, leaf).map(|score| score.raw.clone())
}

/// The weighted score, exact.
pub(super) fn points(outcome: &Outcome, leaf: usize) -> Option<Exact> {
    score(outcome, leaf).map(|score| score.step.result.clone())
}

/// The weighted score as it counts.
pub(super) fn declared(outcome: &Outcome, leaf: usize) -> Option<Exact> {
    score(outcome, leaf).map(|score| score.declared.clone())
}

fn score(outcome: &Outcome, leaf: usize) -> Option<&CriterionScore> {
    outcome.scores().get(leaf)
}
