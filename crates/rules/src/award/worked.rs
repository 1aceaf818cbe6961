//! The scores of a bid with their steps, worked out when somebody reads them: a ranking needs the totals alone.

use std::sync::{Arc, OnceLock};

use super::check::DeclaredModel;
use super::counted_price::price_as_bid;
use super::criterion::Content;
use super::field::Field;
use super::layout::{Leaf, Role};
use super::lot::Entered;
use super::price_formula::price_score;
use super::scoring::{CriterionScore, OwnScores, Parts, PlacedStep, own_scores};
use super::total::{relative_quality, score_of_number};
use crate::explaining::{Rule, Step, Terms};
use trede_base::exact::Exact;

/// A lot and the fields that its bids were held against.
#[derive(Debug)]
pub(super) struct Held {
    pub lot: Arc<Entered>,
    /// The field of each round, once they are known.
    pub fields: OnceLock<Vec<Field>>,
}

/// The scores of one bid, and the steps beside them.
#[derive(Clone, Debug)]
pub(super) struct Worked {
    held: Arc<Held>,
    bid: usize,
    /// The round in which the bid was last held against the others; none when it never was.
    round: Option<usize>,
    made: OnceLock<Box<OwnScores>>,
}

impl Worked {
    pub fn of(held: &Arc<Held>, bid: usize) -> Self {
        Worked { held: Arc::clone(held), bid, round: None, made: OnceLock::new() }
    }

    /// The round in which the bid was last held against the others.
    pub fn in_round(&mut self, round: usize) {
        self.round = Some(round);
        self.made = OnceLock::new();
    }

    pub fn scores(&self) -> &[CriterionScore] {
        &self.made().scores
    }

    pub fn steps(&self) -> &[PlacedStep] {
        &self.made().steps
    }

    /// The price that was bid on this criterion: no score needs to be worked out for it.
    pub fn price_as_bid(&self, leaf: usize) -> Option<Exact> {
        let lot = &self.held.lot;
        let answer = lot.bids.get(self.bid)?.answers.get(leaf)?;
        price_as_bid(lot.declared.layout.leaves.get(leaf)?, answer)
    }

    /// The scores held against another field than the recorded one.
    pub fn scores_against(&self, field: &Field) -> Vec<CriterionScore> {
        self.held_against(Some(field)).scores
    }

    fn made(&self) -> &OwnScores {
        let field = || self.held.fields.get()?.get(self.round?);
        self.made.get_or_init(|| Box::new(self.held_against(field())))
    }

    fn held_against(&self, field: Option<&Field>) -> OwnScores {
        let declared = &self.held.lot.declared;
        let Some(bid) = self.held.lot.bids.get(self.bid) else { return OwnScores::default() };
        let mut own = own_scores(declared, bid);
        let Some(field) = field else { return own };
        for (index, (leaf, score)) in declared.layout.leaves.iter().zip(&mut own.scores).enumerate() {
            if let Some(step) = against_field(declared, index, leaf, &own.parts, field) {
                own.steps.extend(mean_of_bids(leaf, &step, field));
                score.declared = declared.model.rounding.of_criterion(&step.result, &leaf.full);
                score.step = step;
            }
        }
        own
    }
}

/// The score of a criterion that depends on the field; none for one that does not.
fn against_field(
    declared: &DeclaredModel,
    index: usize,
    leaf: &Leaf,
    parts: &Parts,
    field: &Field,
) -> Option<Step> {
    match (leaf.role, &leaf.content) {
        (Role::Price(k), _) => {
            let (price, field) = pair(&parts.prices, &field.prices, k)?;
            price_score(&declared.model.method, leaf, price, field)
        }
        (Role::RelativeNumber(k), Content::Numeric(scoring)) => {
            let (number, field) = pair(&parts.numbers, &field.numbers, k)?;
            Some(score_of_number(leaf, scoring, number, field))
        }
        (Role::InNode(node), _) if declared.layout.is_node_by_itself(index) => {
            node_step(declared, parts, node, field)
        }
        _ => None,
    }
}

/// How the mean came about that a step holds an answer against: nobody sees it in another bid.
fn mean_of_bids(leaf: &Leaf, step: &Step, field: &Field) -> Option<PlacedStep> {
    let with_mean = [
        Rule::SlopeToMean,
        Rule::SlopeFromMean,
        Rule::MeanOverPrice,
        Rule::MeanOverPriceCapped,
        Rule::LinearOnMean,
        Rule::LinearOnMeanCapped,
        Rule::MeanFloor,
        Rule::NumericMeanOver,
        Rule::NumericMeanOverCapped,
        Rule::NumericOverMean,
        Rule::NumericOverMeanCapped,
    ];
    let field = match leaf.role {
        Role::Price(k) => field.prices.get(k),
        Role::RelativeNumber(k) => field.numbers.get(k),
        Role::Discount | Role::Quality | Role::InNode(_) | Role::Fixed => None,
    }?;
    let (sum, count) = field.sum.as_ref().filter(|_| with_mean.contains(&step.rule))?;
    let terms = Terms::of([sum.clone(), Exact::from(*count)]);
    let step = Step { rule: Rule::MeanOfBids, terms, result: field.mean() };
    Some(PlacedStep { criterion: Some(leaf.id.clone()), step })
}

/// How what is held against the best comes out for a bid.
pub(super) fn node_step(declared: &DeclaredModel, parts: &Parts, node: usize, field: &Field) -> Option<Step> {
    let (points, best) = pair(&parts.nodes, &field.best, node)?;
    Some(relative_quality(&declared.layout.nodes.get(node)?.full, points, best))
}

fn pair<'a, A, B>(values: &'a [A], fields: &'a [B], index: usize) -> Option<(&'a A, &'a B)> {
    Some((values.get(index)?, fields.get(index)?))
}
