//! The lot in which a bid has no level and offers nothing: what the award factor compares its total with.

use trede_base::exact::Exact;
use trede_rules::award::award_factor::AwardFactor;
use trede_rules::award::bid::{Answer, Bid};
use trede_rules::award::check::is_relative;
use trede_rules::award::criterion::Threshold;
use trede_rules::award::robustness::MOST_STEPS;
use trede_rules::award::{DeclaredModel, Evaluation, Lot, evaluate};
use trede_rules::explaining::Language;
use trede_rules::pso::{LevelRank, Standing};

use super::StepResult;

/// The evaluation of a bid without its level and its commitments, and the place of the bid in it.
pub(super) struct Without {
    /// The lot of the bids that it is held against, and of itself.
    pub lot: Lot,
    /// Its evaluation.
    pub evaluation: Evaluation,
    /// The place of the bid.
    pub bid: usize,
}

impl Without {
    /// Scores a bid without its level and its commitments, beside the bids that it was held against; none where it has
    /// no total then, or where so many bids would each be held against all others that nobody would wait for it.
    pub fn of(lot: &Lot, evaluation: &Evaluation, bid: usize, factor: &AwardFactor) -> Option<Self> {
        let total = factor.together.without.as_ref()?;
        let declared = lot.declared();
        let stands_alone = !is_relative(&declared.model, &declared.layout);
        let work =
            lot.bids().len().checked_mul(lot.bids().len())?.checked_mul(declared.layout.leaves.len())?;
        if !stands_alone && u64::try_from(work).ok()? > MOST_STEPS {
            return None;
        }
        let own = lot.bid(bid)?;
        let others = evaluation.in_field().filter(|(other, _)| *other != bid && !stands_alone);
        let mut bids = vec![bare(own)];
        bids.extend(others.filter_map(|(other, _)| lot.bid(other)).map(|other| free(other.clone())));
        let lot = Lot::new(without_minimums(declared), bids, None).ok()?;
        let evaluation = evaluate(&lot).ok()?;
        let bid = lot.bids().iter().position(|other| other.id == own.id)?;
        let is_same = |found: &Exact| found == total;
        let fits = evaluation.outcomes.get(bid)?.exact_total.as_ref().is_some_and(is_same);
        fits.then_some(Without { lot, evaluation, bid })
    }
}

/// The bid without its level and its commitments.
fn bare(bid: &Bid) -> Bid {
    let mut bare = free(bid.clone());
    bare.standing = Standing::Single(LevelRank::NONE);
    for answer in &mut bare.answers {
        if let Answer::Offer(offer) = answer {
            *offer = rust_decimal::Decimal::ZERO;
        }
    }
    bare
}

/// The bid as one that takes part: it stands in the field already.
fn free(bid: Bid) -> Bid {
    Bid { facts: Vec::new(), exclusion: None, ..bid }
}

/// The model without what can keep a bid out.
fn without_minimums(declared: &DeclaredModel) -> DeclaredModel {
    let mut declared = declared.clone();
    declared.model.knock_outs.clear();
    declared.model.total_threshold = None;
    declared.layout.guards.clear();
    for group in &mut declared.layout.groups {
        group.threshold = Threshold::default();
    }
    declared
}

/// The steps that are not among `known`, named as those without a level and a commitment.
pub(super) fn told_apart(
    steps: Vec<StepResult>,
    known: &[StepResult],
    language: Language,
) -> Vec<StepResult> {
    let what = match language {
        Language::Dutch => "zonder trede en toezegging",
        Language::English => "without a level and a commitment",
    };
    // The award factor compares totals before they are rounded, and before a corridor is looked at.
    let ends = ["rounded-total", "ratio-corridor", "corridor-"];
    let is_after =
        |step: &StepResult| step.criterion.is_none() && ends.iter().any(|end| step.rule.starts_with(end));
    let is_new = |step: &StepResult| !known.contains(step) && !is_after(step);
    let named = |step: StepResult| StepResult { name: format!("{} ({what})", step.name), ..step };
    steps.into_iter().filter(is_new).map(named).collect()
}
