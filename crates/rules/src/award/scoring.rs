//! The scores of one bid that its own answers decide, before it is held against the other bids.

use super::bid::{Answer, Bid};
use super::check::DeclaredModel;
use super::commitment::{CommitmentTerms, OfferScoring, share_of_percent};
use super::criterion::Content;
use super::layout::{Leaf, Role, WeightedLine};
use super::numeric::NumericScoring;
use super::pso_level::{LevelMeasure, LevelTable};
use super::quality::{Normalisation, Scale};
use super::rounding::Rounding;
use super::straight_line::{Outside, Side};
use crate::explaining::{Rule, Step, Terms};
use crate::pso::Standing;
use trede_base::exact::Exact;

/// The score of a bid on one criterion: raw, normalised, weighted, and as it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionScore {
    /// The answer that was scored: price, score, value of the level, offer or number.
    pub raw: Exact,
    /// How the weighted score came about; its result is the weighted score, exact.
    pub step: Step,
    /// The weighted score as it counts, after the declared rounding.
    pub declared: Exact,
}

impl CriterionScore {
    /// The normalised score: the share of the full weight or value; zero where nothing can be earned.
    #[must_use]
    pub fn share(&self, full: &Exact) -> Exact {
        self.step.result.over(full).unwrap_or_default()
    }
}

/// What a bid brings into the comparison with the others.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// Its prices, after a fictitious discount.
    pub prices: Vec<Exact>,
    /// Its numbers that are held against those of the others.
    pub numbers: Vec<Exact>,
    /// Its own points in what is held against the best.
    pub nodes: Vec<Exact>,
    /// Its points, or value in euros, that no other bid changes.
    pub quality: Exact,
}

/// A step that belongs to the bid, or to a criterion beside its score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedStep {
    /// Identifier of the criterion or group, if it belongs to one.
    pub criterion: Option<String>,
    /// The step.
    pub step: Step,
}

/// The scores that the bid's own answers decide.
#[derive(Clone, Debug, Default)]
pub struct OwnScores {
    /// One for each criterion; prices and relative criteria are filled in later.
    pub scores: Vec<CriterionScore>,
    /// What goes into the comparison.
    pub parts: Parts,
    /// Steps beside the scores: discounts, life-cycle costs, means of assessors.
    pub steps: Vec<PlacedStep>,
}

/// Scores what the bid's own answers decide.
#[must_use]
pub fn own_scores(declared: &DeclaredModel, bid: &Bid) -> OwnScores {
    let layout = &declared.layout;
    let rounding = declared.model.rounding;
    let mut own = OwnScores {
        scores: Vec::with_capacity(layout.leaves.len()),
        parts: Parts { nodes: vec![Exact::ZERO; layout.nodes.len()], ..Parts::default() },
        steps: Vec::new(),
    };
    for (leaf, answer) in layout.leaves.iter().zip(&bid.answers) {
        let score = own.score(leaf, answer, &bid.standing, rounding);
        let score = own.takes_off(leaf, score);
        match leaf.role {
            Role::Price(_) => own.parts.prices.push(score.raw.clone()),
            Role::RelativeNumber(_) => own.parts.numbers.push(score.raw.clone()),
            // What is held against the best is rounded after that, and not before as well.
            Role::InNode(node) => {
                if let Some(points) = own.parts.nodes.get_mut(node) {
                    *points = points.plus(&score.step.result);
                }
            }
            Role::Quality | Role::Discount | Role::Fixed => {}
        }
        if layout.is_node_by_itself(own.scores.len()) {
            own.steps.push(PlacedStep { criterion: Some(leaf.id.clone()), step: score.step.clone() });
        }
        own.scores.push(score);
    }
    let of_quality = layout.leaves.iter().zip(&own.scores).filter(|(leaf, _)| leaf.role == Role::Quality);
    own.parts.quality = Exact::sum(of_quality.map(|(_, score)| &score.declared));
    own.count_prices(declared, &bid.standing);
    own
}

impl OwnScores {
    #[inline]
    pub(super) fn score(
        &mut self,
        leaf: &Leaf,
        answer: &Answer,
        standing: &Standing,
        rounding: Rounding,
    ) -> CriterionScore {
        match (&leaf.content, answer) {
            (Content::AssessedQuality(scale), Answer::Score(score)) => {
                self.note_mean(leaf, score);
                assessed(leaf, scale, &score.score).declared_by(rounding, leaf)
            }
            (Content::PsoLevel(table), _) if !table.is_discount() => {
                self.note_consortium(leaf, table, standing);
                level(leaf, table, standing).declared_by(rounding, leaf)
            }
            (Content::PsoLevel(table), _) => {
                self.note_consortium(leaf, table, standing);
                unscored(Rule::DiscountPercent, table.value_of(standing))
            }
            (Content::Commitment(terms), Answer::Offer(offer)) => {
                self.note_offer(leaf, terms, *offer);
                commitment(leaf, terms, *offer).declared_by(rounding, leaf)
            }
            (Content::Numeric(scoring), Answer::Number(number)) => {
                self.note_number(leaf, scoring, *number);
                numeric(leaf, scoring, *number).declared_by(rounding, leaf)
            }
            (Content::Price { .. }, Answer::Price(price)) => price_as_it_is(Exact::from(*price)),
            (Content::Price { sheet: Some(sheet), .. }, Answer::Sheet(prices)) => {
                self.sheet(leaf, sheet, prices)
            }
            (Content::LifeCycleCost { terms, .. }, Answer::Costs(costs)) => {
                self.life_cycle(leaf, terms, costs)
            }
            (Content::FixedPrice(price), _) => unscored(Rule::FixedPrice, Exact::from(*price)),
            // A lot is only made of answers that fit its criteria.
            _ => unscored(Rule::PlainPrice, Exact::ZERO),
        }
    }

    /// What a score takes off the price is told as a step of its own, and adds nothing itself.
    fn takes_off(&mut self, leaf: &Leaf, score: CriterionScore) -> CriterionScore {
        if leaf.role != Role::Discount || matches!(leaf.content, Content::PsoLevel(_)) {
            return score;
        }
        self.steps.push(PlacedStep { criterion: Some(leaf.id.clone()), step: score.step.clone() });
        CriterionScore { declared: Exact::ZERO, ..score }
    }
}

/// A score before it is rounded.
struct Scored {
    raw: Exact,
    step: Step,
}

impl Scored {
    #[inline]
    fn declared_by(self, rounding: Rounding, leaf: &Leaf) -> CriterionScore {
        let declared = rounding.of_criterion(&self.step.result, &leaf.full);
        CriterionScore { raw: self.raw, step: self.step, declared }
    }
}

#[inline]
fn assessed(leaf: &Leaf, scale: &Scale, score: &Exact) -> Scored {
    let (highest, full) = (Exact::from(scale.highest), leaf.full.clone());
    let (rule, terms) = match scale.normalisation {
        Normalisation::ShareOfHighest => (Rule::AssessedScore, Terms::of([score.clone(), highest, full])),
        Normalisation::BetweenBounds => {
            (Rule::AssessedBetween, Terms::of([score.clone(), scale.lowest.into(), highest, full]))
        }
    };
    let result = earned(leaf.line.as_ref(), score);
    Scored { raw: score.clone(), step: Step { rule, terms, result } }
}

#[inline]
fn level(leaf: &Leaf, table: &LevelTable, standing: &Standing) -> Scored {
    let value = table.value_of(standing);
    let step = match &table.measure {
        LevelMeasure::Score(line) => {
            let terms = Terms::of([value.clone(), line.zero().into(), line.full().into(), leaf.full.clone()]);
            Step { rule: Rule::LevelScore, terms, result: earned(leaf.line.as_ref(), &value) }
        }
        _ => Step { rule: Rule::LevelPoints, terms: Terms::of([value.clone()]), result: value.clone() },
    };
    Scored { raw: value, step }
}

#[inline]
fn commitment(leaf: &Leaf, terms: &CommitmentTerms, offer: rust_decimal::Decimal) -> Scored {
    let step = match &terms.scoring {
        OfferScoring::Line(line) => {
            let counted = terms.counted(offer).max(line.zero());
            let result = earned(leaf.line.as_ref(), &Exact::from(counted));
            let terms =
                Terms::of([counted.into(), line.zero().into(), line.full().into(), leaf.full.clone()]);
            Step { rule: Rule::CommitmentLine, terms, result }
        }
        OfferScoring::Steps(steps) => {
            by_step(Rule::CommitmentStep, steps.percent_at(terms.counted(offer)), &leaf.full)
        }
        OfferScoring::Points(table) => {
            in_points(Rule::CommitmentPoints, table.points_at(terms.counted(offer)))
        }
    };
    Scored { raw: Exact::from(offer), step }
}

fn numeric(leaf: &Leaf, scoring: &NumericScoring, number: rust_decimal::Decimal) -> Scored {
    let raw = Exact::from(number);
    let step = match scoring {
        NumericScoring::Between { line, outside } => {
            let counted = match (outside, line.side(&raw)) {
                (Outside::Clip, Side::BeyondZero) => line.zero(),
                (Outside::Clip, Side::BeyondFull) => line.full(),
                _ => number,
            };
            let terms =
                Terms::of([counted.into(), line.zero().into(), line.full().into(), leaf.full.clone()]);
            let result = earned(leaf.line.as_ref(), &Exact::from(counted));
            Step { rule: Rule::NumericLine, terms, result }
        }
        NumericScoring::Steps(steps) => by_step(Rule::NumericStep, steps.percent_at(number), &leaf.full),
        NumericScoring::Points(table) => in_points(Rule::NumericPoints, table.points_at(number)),
        NumericScoring::Interpolated { table, .. } => table.between(number),
        NumericScoring::RelativeLowest
        | NumericScoring::RelativeHighest
        | NumericScoring::RangeLowest
        | NumericScoring::RangeHighest
        | NumericScoring::MeanOverNumber { .. }
        | NumericScoring::NumberOverMean { .. } => {
            Step { rule: Rule::PlainPrice, terms: Terms::of([raw.clone()]), result: Exact::ZERO }
        }
    };
    Scored { raw, step }
}

fn by_step(rule: Rule, percent: rust_decimal::Decimal, full: &Exact) -> Step {
    let result = share_of_percent(percent).times(full);
    Step { rule, terms: Terms::of([percent.into(), full.clone()]), result }
}

/// Points as the table gives them for what was answered.
fn in_points(rule: Rule, points: rust_decimal::Decimal) -> Step {
    Step { rule, terms: Terms::of([points.into()]), result: points.into() }
}

#[inline]
fn earned(line: Option<&WeightedLine>, x: &Exact) -> Exact {
    line.map(|line| line.earned(x)).unwrap_or_default()
}

/// A price adds no points of its own; what it earns in a field comes later, if the method weighs it.
pub(super) fn price_as_it_is(price: Exact) -> CriterionScore {
    let step = Step { rule: Rule::PlainPrice, terms: Terms::of([price.clone()]), result: price.clone() };
    CriterionScore { step, declared: Exact::ZERO, raw: price }
}

/// Something that is shown but adds nothing to the total.
pub(super) fn unscored(rule: Rule, raw: Exact) -> CriterionScore {
    let step = Step { rule, terms: Terms::of([raw.clone()]), result: Exact::ZERO };
    CriterionScore { raw, step, declared: Exact::ZERO }
}
