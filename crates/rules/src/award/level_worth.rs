//! What each PSO level is worth in euros at a reference price, told before publication.
//!
//! Two bids are compared that are alike but for level and price: one has the level and the reference price,
//! the other has no level. The level is worth the euros that the other must be cheaper to reach the same
//! total. The cheaper of the two is then the lowest bid.

use super::check::DeclaredModel;
use super::criterion::Content;
use super::evaluation::Evaluation;
use super::layout::Role;
use super::model::Method;
use super::price_formula::price_that_earns;
use super::pso_level::LevelMeasure;
use super::scoring::{discounted, undiscounted};
use super::total::{feature_coefficient, mark_up_factor};
use crate::pso::{LevelRank, Standing};
use trede_base::exact::Exact;

/// What one level is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelWorth {
    /// The level.
    pub level: LevelRank,
    /// The points (or euros of value) that it adds.
    pub points: Exact,
    /// The euros that a bid without a level must be cheaper; none where no price makes up for it.
    pub euros: Option<Exact>,
}

/// What each level of the ladder is worth at a reference price; empty where no criterion scores the level.
/// The methods in which quality and price multiply use the best other quality of the bids in `evaluation`.
#[must_use]
pub fn level_worth(declared: &DeclaredModel, evaluation: &Evaluation, reference: &Exact) -> Vec<LevelWorth> {
    let Some(rules) = &declared.model.pso else { return Vec::new() };
    if !declared.layout.leaves.iter().any(|leaf| matches!(leaf.content, Content::PsoLevel(_))) {
        return Vec::new();
    }
    let base = points_of(declared, LevelRank::NONE);
    let other_quality = other_quality(declared, evaluation);
    (0..=rules.ladder.levels().len())
        .map(LevelRank)
        .map(|level| {
            let points = points_of(declared, level).minus(&base);
            let euros = same_total_without(declared, reference, level, &points, &other_quality)
                .filter(|price| !price.is_negative())
                .map(|price| reference.minus(&price).simplified());
            LevelWorth { level, points, euros }
        })
        .collect()
}

fn points_of(declared: &DeclaredModel, level: LevelRank) -> Exact {
    let points: Vec<Exact> = declared
        .layout
        .leaves
        .iter()
        .filter(|leaf| !matches!(leaf.role, Role::Discount))
        .filter_map(|leaf| match &leaf.content {
            Content::PsoLevel(table) => {
                let value = Exact::from(table.at(level));
                let earned = leaf.line.as_ref().map(|line| line.earned(&value));
                Some(earned.filter(|_| matches!(table.measure, LevelMeasure::Score(_))).unwrap_or(value))
            }
            _ => None,
        })
        .collect();
    Exact::sum(&points)
}

/// The most quality that a bid has besides its level.
fn other_quality(declared: &DeclaredModel, evaluation: &Evaluation) -> Exact {
    let levels: Vec<usize> = declared
        .layout
        .leaves
        .iter()
        .enumerate()
        .filter(|(_, leaf)| matches!(leaf.content, Content::PsoLevel(_)))
        .map(|(index, _)| index)
        .collect();
    let without_level = |outcome: &super::outcome::Outcome| {
        let level = levels.iter().filter_map(|index| outcome.scores.get(*index)).map(|score| &score.declared);
        outcome.quality.minus(&Exact::sum(level))
    };
    evaluation
        .outcomes
        .iter()
        .filter(|outcome| outcome.is_ranked())
        .map(without_level)
        .max()
        .unwrap_or_default()
}

fn same_total_without(
    declared: &DeclaredModel,
    reference: &Exact,
    level: LevelRank,
    points: &Exact,
    other_quality: &Exact,
) -> Option<Exact> {
    let layout = &declared.layout;
    let with_level = discounted(layout, reference, &Standing::Single(level));
    let better = other_quality.plus(points);
    let weight = &layout.price_weight;
    let price = match &declared.model.method {
        Method::QualityOnly | Method::RelativeQuality | Method::LowestToHighest => None,
        Method::LowestPrice | Method::LowestCost | Method::FictitiousDiscount => Some(with_level),
        Method::AwardOnValue => Some(with_level.minus(points)),
        Method::RelativeLowest => {
            let kept = weight.minus(points).over(weight)?;
            Some(with_level.times(&kept))
        }
        Method::LinearOnLowest(_) | Method::LevelPoints(_) => {
            with_level.over(&Exact::ONE.plus(&points.over(weight)?))
        }
        Method::Logarithmic(base) => {
            let exponent = points.over(weight)?.negated();
            Some(with_level.times(&Exact::from(*base).to_the_power(&exponent)?))
        }
        Method::QualityMarkUp => {
            let factor = |quality: &Exact| mark_up_factor(&layout.quality_weight, weight, quality);
            with_level.times(&factor(&better)).over(&factor(other_quality))
        }
        Method::PriceQualityRatio(_) | Method::ExtendedRatio(..) | Method::PricePerPoint => {
            with_level.times(other_quality).over(&better)
        }
        Method::UtilityIndex => Some(with_level.times(&Exact::ONE.minus(&points.over(weight)?))),
        Method::Features => {
            let coefficient = |quality: &Exact| feature_coefficient(quality, &layout.quality_weight);
            with_level.times(&coefficient(other_quality)).over(&coefficient(&better))
        }
        method @ Method::AbsoluteLinear(corridor) => {
            let [_] = layout.prices.as_slice() else { return None };
            let share = corridor.line.share(&with_level).plus(&points.over(weight)?);
            price_that_earns(method, &share, None)
        }
    };
    undiscounted(layout, &price?, &Standing::Single(LevelRank::NONE))
}
