//! What each PSO level is worth in euros at a reference price, told before publication.
//!
//! Two bids are compared that are alike but for level and price: one has the level and the reference price,
//! the other has no level. The level is worth the euros that the other must be cheaper to reach the same
//! total. The cheaper of the two is then the lowest bid.

use super::award_factor::same_total;
use super::check::DeclaredModel;
use super::criterion::Content;
use super::discount::{discounted, undiscounted};
use super::evaluation::Evaluation;
use super::field::Field;
use super::layout::{Leaf, Role};
use super::model::Method;
use super::price_formula::{PriceField, price_score, price_that_earns};
use super::pso_level::LevelMeasure;
use super::scoring::Parts;
use super::together::counted;
use super::total::{feature_coefficient, mark_up_factor, quality_points};
use crate::pso::{LevelRank, Standing};
use trede_base::exact::Exact;

/// What one level is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelWorth {
    /// The level.
    pub level: LevelRank,
    /// The points (or euros of value) that it adds.
    pub points: Exact,
    /// The euros that a bid without a level must be cheaper; none where no price makes up for it, or where both
    /// prices are held against their mean.
    pub euros: Option<Exact>,
}

/// What each level of the ladder is worth at a reference price; empty where no criterion scores the level.
/// Both bids have the best other quality of the bids in `evaluation`, which tells in the methods where quality and
/// price multiply. A worth holds only if both bids, scored together, come to one total.
#[must_use]
pub fn level_worth(declared: &DeclaredModel, evaluation: &Evaluation, reference: &Exact) -> Vec<LevelWorth> {
    let Some(rules) = &declared.model.pso else { return Vec::new() };
    if !declared.layout.leaves.iter().any(|leaf| matches!(leaf.content, Content::PsoLevel(_))) {
        return Vec::new();
    }
    let pair = Pair { declared, base: other_parts(declared, evaluation), reference };
    (0..=rules.ladder.levels().len()).map(LevelRank).map(|level| pair.worth(level)).collect()
}

/// What a level brings on each criterion that scores it, as it counts.
fn points_of(declared: &DeclaredModel, leaf: &Leaf, level: LevelRank) -> Exact {
    let Content::PsoLevel(table) = &leaf.content else { return Exact::ZERO };
    if leaf.role == Role::Discount {
        return Exact::ZERO;
    }
    let value = Exact::from(table.at(level));
    let earned = leaf.line.as_ref().filter(|_| matches!(table.measure, LevelMeasure::Score(_)));
    let points = earned.map_or(value.clone(), |line| line.earned(&value));
    match leaf.role {
        Role::InNode(_) => points,
        _ => declared.model.rounding.of_criterion(&points, &leaf.full),
    }
}

/// The parts of a bid with this level, besides its price.
fn add_level(declared: &DeclaredModel, parts: &mut Parts, level: LevelRank) {
    for leaf in &declared.layout.leaves {
        let points = points_of(declared, leaf, level);
        match leaf.role {
            Role::InNode(node) => {
                if let Some(own) = parts.nodes.get_mut(node) {
                    *own = own.plus(&points);
                }
            }
            _ => parts.quality = parts.quality.plus(&points),
        }
    }
}

/// The best that a ranked bid has besides its level.
fn other_parts(declared: &DeclaredModel, evaluation: &Evaluation) -> Parts {
    let leaves = &declared.layout.leaves;
    let mut best = Parts {
        nodes: vec![Exact::ZERO; declared.layout.nodes.len()],
        numbers: vec![Exact::ONE; declared.layout.numbers.len()],
        ..Parts::default()
    };
    for outcome in evaluation.outcomes.iter().filter(|outcome| outcome.is_ranked()) {
        let mut own = outcome.parts.clone();
        for (leaf, score) in leaves.iter().zip(outcome.scores()) {
            match (&leaf.content, leaf.role) {
                (Content::PsoLevel(_), Role::InNode(node)) => {
                    if let Some(points) = own.nodes.get_mut(node) {
                        *points = points.minus(&score.step.result);
                    }
                }
                (Content::PsoLevel(_), Role::Quality) => own.quality = own.quality.minus(&score.declared),
                _ => {}
            }
        }
        best.quality = best.quality.at_least(&own.quality).clone();
        for (best, points) in best.nodes.iter_mut().zip(&own.nodes) {
            *best = best.at_least(points).clone();
        }
    }
    best
}

/// Two bids that are alike but for level and price.
struct Pair<'a> {
    declared: &'a DeclaredModel,
    /// What both have besides level and price.
    base: Parts,
    reference: &'a Exact,
}

impl Pair<'_> {
    fn worth(&self, level: LevelRank) -> LevelWorth {
        let declared = self.declared;
        let with = self.parts(level, self.reference);
        let without = self.parts(LevelRank::NONE, self.reference);
        let field = Field::of(declared, [&with, &without].into_iter()).unwrap_or_default();
        let better = quality_points(declared, &with, &field);
        let other = quality_points(declared, &without, &field);
        let points = better.minus(&other);
        let leaf = declared.layout.prices.first().and_then(|leaf| declared.layout.leaves.get(*leaf));
        let euros = leaf
            .filter(|leaf| is_admitted(leaf, self.reference))
            .and_then(|leaf| {
                let price = same_total_without(declared, leaf, &with, &better, &other)?;
                let real = undiscounted(declared, &price, &Standing::Single(LevelRank::NONE), &[])?;
                (is_admitted(leaf, &real) && self.is_level(&with, &real)).then_some(real)
            })
            .map(|price| self.reference.minus(&price).simplified());
        LevelWorth { level, points: points.simplified(), euros }
    }

    fn parts(&self, level: LevelRank, price: &Exact) -> Parts {
        let mut parts = self.base.clone();
        add_level(self.declared, &mut parts, level);
        parts.prices = vec![discounted(self.declared, price, &Standing::Single(level), &[])];
        parts
    }

    /// Whether the bid with the level and one without it at this price come to the same total together.
    fn is_level(&self, with: &Parts, price: &Exact) -> bool {
        let declared = self.declared;
        let without = self.parts(LevelRank::NONE, price);
        let Some(field) = Field::of(declared, [with, &without].into_iter()) else { return false };
        let total = |parts| counted(declared, parts, &field).map(|counted| counted.exact);
        let (Some(one), Some(other)) = (total(with), total(&without)) else { return false };
        same_total(&declared.model.method, &one, &other)
    }
}

fn is_admitted(leaf: &Leaf, price: &Exact) -> bool {
    let rejected = leaf.content.corridor().is_some_and(|corridor| corridor.rejects(price));
    let above = leaf.content.ceiling().is_some_and(|ceiling| *price > Exact::from(ceiling));
    !price.is_negative() && !rejected && !above
}

fn same_total_without(
    declared: &DeclaredModel,
    leaf: &Leaf,
    with: &Parts,
    better: &Exact,
    other: &Exact,
) -> Option<Exact> {
    let layout = &declared.layout;
    let price = with.prices.first()?;
    let points = better.minus(other);
    let weight = &layout.price_weight;
    match &declared.model.method {
        Method::QualityOnly | Method::RelativeQuality => None,
        Method::LowestToHighest => points.is_zero().then(|| price.clone()),
        Method::LowestPrice | Method::LowestCost | Method::FictitiousDiscount => Some(price.clone()),
        Method::AwardOnValue => Some(price.minus(&points)),
        Method::RelativeLowest => {
            let kept = weight.minus(&points).over(weight)?;
            Some(price.times(&kept))
        }
        Method::LinearOnLowest(_) | Method::LevelPoints(_) => {
            price.over(&Exact::ONE.plus(&points.over(weight)?))
        }
        Method::Logarithmic(base) => {
            let exponent = points.over(weight)?.negated();
            Some(price.times(&Exact::from(*base).to_the_power(&exponent)?))
        }
        Method::DiscountOnBase(formula) => formula.price_without(price, &points, weight),
        // Both prices move the mean, so that the price would be the root of a square: it is not told.
        Method::TwoSlopes(_) | Method::RelativeToMean(_) => points.is_zero().then(|| price.clone()),
        Method::QualityMarkUp => {
            let factor = |quality: &Exact| mark_up_factor(&layout.quality_weight, weight, quality);
            price.times(&factor(better)).over(&factor(other))
        }
        Method::PriceQualityRatio(_) | Method::ExtendedRatio(..) | Method::PricePerPoint => {
            price.times(other).over(better)
        }
        Method::UtilityIndex => Some(price.times(&Exact::ONE.minus(&points.over(weight)?))),
        Method::Features => {
            let coefficient = |quality: &Exact| feature_coefficient(quality, &layout.quality_weight);
            price.times(&coefficient(other)).over(&coefficient(better))
        }
        method @ Method::AbsoluteLinear => {
            let [_] = layout.prices.as_slice() else { return None };
            let field = PriceField { lowest: price.clone(), highest: price.clone(), sum: None };
            let earned = price_score(method, leaf, price, &field)?.result;
            price_that_earns(method, leaf, &earned.plus(&points).over(weight)?, None)
        }
    }
}
