//! From scores to the total of a bid, by each method.

use super::check::DeclaredModel;
use super::field::Field;
use super::layout::Leaf;
use super::model::Method;
use super::numeric::NumericScoring;
use super::price_formula::{self, PriceField};
use super::scoring::Parts;
use crate::explaining::{Rule, Step, Terms};
use trede_base::exact::Exact;

/// What a relative number earns against the field.
#[must_use]
pub fn score_of_number(leaf: &Leaf, scoring: &NumericScoring, number: &Exact, field: &PriceField) -> Step {
    let full = &leaf.full;
    if let Some(step) = scoring.in_field(full, number, field) {
        return step;
    }
    let by_lowest = *scoring == NumericScoring::RelativeLowest;
    if by_lowest && number.is_zero() {
        return Step { rule: Rule::NumericAllZero, terms: Terms::of([full.clone()]), result: full.clone() };
    }
    if !by_lowest && field.highest.is_zero() {
        return Step { rule: Rule::NumericNothing, terms: Terms::of([full.clone()]), result: Exact::ZERO };
    }
    if by_lowest {
        let terms = Terms::of([full.clone(), field.lowest.clone(), number.clone()]);
        let result = full.times(&field.lowest).over(number).unwrap_or_else(|| full.clone());
        return Step { rule: Rule::NumericLowest, terms, result };
    }
    let terms = Terms::of([full.clone(), number.clone(), field.highest.clone()]);
    let result = full.times(number).over(&field.highest).unwrap_or_default();
    Step { rule: Rule::NumericHighest, terms, result }
}

/// `relative-quality`: the best bid gets full marks, the others in proportion: K·Kmax/Khighest.
#[must_use]
pub fn relative_quality(full: &Exact, points: &Exact, best: &Exact) -> Step {
    if best.is_zero() {
        return Step { rule: Rule::QualityNothing, terms: Terms::of([full.clone()]), result: Exact::ZERO };
    }
    let result = full.times(points).over(best).unwrap_or_default();
    let terms = Terms::of([full.clone(), points.clone(), best.clone()]);
    Step { rule: Rule::RelativeQuality, terms, result }
}

/// The points (or value in euros) of all but the price, as they count.
#[must_use]
pub fn quality_points(declared: &DeclaredModel, parts: &Parts, field: &Field) -> Exact {
    if parts.nodes.is_empty() && parts.numbers.is_empty() {
        return parts.quality.clone();
    }
    let layout = &declared.layout;
    let rounding = declared.model.rounding;
    let nodes = layout.nodes.iter().zip(&parts.nodes).zip(&field.best).map(|((node, points), best)| {
        rounding.of_criterion(&relative_quality(&node.full, points, best).result, &node.full)
    });
    let leaves = layout.numbers.iter().filter_map(|leaf| layout.leaves.get(*leaf));
    let numbers = leaves.zip(&parts.numbers).zip(&field.numbers).map(|((leaf, number), field)| {
        let super::criterion::Content::Numeric(scoring) = &leaf.content else { return Exact::ZERO };
        rounding.of_criterion(&score_of_number(leaf, scoring, number, field).result, &leaf.full)
    });
    let relative: Vec<Exact> = nodes.chain(numbers).collect();
    parts.quality.plus(&Exact::sum(&relative))
}

/// The points of the prices, as they count.
#[must_use]
pub fn price_points(declared: &DeclaredModel, parts: &Parts, field: &Field) -> Exact {
    let layout = &declared.layout;
    let points_of = |leaf: &usize, price, field| {
        let leaf = layout.leaves.get(*leaf)?;
        let points = price_formula::price_points(&declared.model.method, leaf, price, field)?;
        Some(declared.model.rounding.of_criterion(&points, &leaf.full))
    };
    if let ([leaf], [price], [field]) = (&*layout.prices, &*parts.prices, &*field.prices) {
        return points_of(leaf, price, field).unwrap_or_default();
    }
    let prices = layout.prices.iter().zip(&parts.prices).zip(&field.prices);
    let points: Vec<Exact> =
        prices.filter_map(|((leaf, price), field)| points_of(leaf, price, field)).collect();
    Exact::sum(&points)
}

/// The exact total of a bid in a field.
#[must_use]
pub fn total(declared: &DeclaredModel, parts: &Parts, field: &Field) -> Exact {
    let quality = quality_points(declared, parts, field);
    let points = price_points(declared, parts, field);
    method_result(declared, parts, &quality, &points, field)
}

/// The total, as [`method_total`] has it, where nobody reads how.
#[must_use]
pub fn method_result(
    declared: &DeclaredModel,
    parts: &Parts,
    quality: &Exact,
    price_points: &Exact,
    field: &Field,
) -> Exact {
    match &declared.model.method {
        Method::RelativeLowest
        | Method::LinearOnLowest(_)
        | Method::LowestToHighest
        | Method::AbsoluteLinear => quality.plus(price_points),
        _ => method_total(declared, parts, quality, price_points, field).result,
    }
}

/// The last step: quality and price become the total. `quality` are the points (or value in euros) of all
/// but the price, `price_points` those of the price.
#[must_use]
pub fn method_total(
    declared: &DeclaredModel,
    parts: &Parts,
    quality: &Exact,
    price_points: &Exact,
    field: &Field,
) -> Step {
    let nothing = Exact::ZERO;
    let price = parts.prices.first().unwrap_or(&nothing);
    match &declared.model.method {
        Method::LowestPrice | Method::LowestCost | Method::FictitiousDiscount => plain(price),
        Method::AwardOnValue => award_on_value(price, quality),
        Method::QualityMarkUp => quality_mark_up(declared, price, quality),
        Method::PriceQualityRatio(constant) => price_quality_ratio(&Exact::from(*constant), quality, price),
        Method::ExtendedRatio(..) => price_quality_ratio(&Exact::ONE, quality, price),
        Method::PricePerPoint => price_per_point(price, quality),
        Method::UtilityIndex => utility_index(declared, price, quality, field),
        Method::Features => features(declared, price, quality),
        Method::AbsoluteLinear
        | Method::RelativeLowest
        | Method::LinearOnLowest(_)
        | Method::LowestToHighest
        | Method::Logarithmic(_)
        | Method::DiscountOnBase(_)
        | Method::TwoSlopes(_)
        | Method::RelativeToMean(_)
        | Method::LevelPoints(_)
        | Method::QualityOnly
        | Method::RelativeQuality => weighted_sum(quality, price_points),
    }
}

/// The sum of the weighted scores (gewogen som).
fn weighted_sum(quality: &Exact, price_points: &Exact) -> Step {
    let terms = Terms::of([quality.clone(), price_points.clone()]);
    Step { rule: Rule::WeightedSum, terms, result: quality.plus(price_points) }
}

/// `lowest-price`, `lowest-cost` and `fictitious-discount`: the price as it counts, F = P·(1 − adv(level)),
/// or P − amount; the contract is signed at the real price.
///
/// Source of the discount's form: CO2-Prestatieladder, 1/2/4/7/10 percent.
fn plain(price: &Exact) -> Step {
    Step { rule: Rule::PlainPrice, terms: Terms::of([price.clone()]), result: price.clone() }
}

/// `award-on-value`, gunnen op waarde: F = P − Σ V_k·s_k. Below zero is allowed and not clipped
/// (RBSGR 2011 BU6124).
fn award_on_value(price: &Exact, value: &Exact) -> Step {
    let terms = Terms::of([price.clone(), value.clone()]);
    Step { rule: Rule::AwardOnValue, terms, result: price.minus(value) }
}

/// `quality-mark-up`: F = P·(1 + ((max − pts)/max)·(WQ/WP)), where max is WQ, the points of full quality.
fn quality_mark_up(declared: &DeclaredModel, price: &Exact, points: &Exact) -> Step {
    let (quality, weight) = (&declared.layout.quality_weight, &declared.layout.price_weight);
    let mark_up = mark_up_factor(quality, weight, points);
    let terms = Terms::of([price.clone(), points.clone(), quality.clone(), weight.clone()]);
    Step { rule: Rule::QualityMarkUp, terms, result: price.times(&mark_up) }
}

/// 1 + (WQ − pts)/WP: the factor of the quality mark-up.
#[must_use]
pub fn mark_up_factor(quality_weight: &Exact, price_weight: &Exact, points: &Exact) -> Exact {
    let missing = quality_weight.minus(points);
    Exact::ONE.plus(&missing.over(price_weight).unwrap_or_default())
}

/// `price-quality-ratio`, einfache Richtwertmethode: Z = L/P, times a constant for reading.
fn price_quality_ratio(constant: &Exact, points: &Exact, price: &Exact) -> Step {
    let terms = Terms::of([constant.clone(), points.clone(), price.clone()]);
    let result = constant.times(points).over(price).unwrap_or_default();
    Step { rule: Rule::PriceQualityRatio, terms, result }
}

/// `price-per-point`: P/L. A bid without points has no ratio, and is not ranked.
fn price_per_point(price: &Exact, points: &Exact) -> Step {
    let terms = Terms::of([price.clone(), points.clone()]);
    Step { rule: Rule::PricePerPoint, terms, result: price.over(points).unwrap_or_default() }
}

/// `utility-index`: [1 − (Qbest − Q)·N]/P·Pbest with N = WQ/WP and Q in [0, 1]; PSO and commitments count
/// in Q; a bracket of zero or less scores 0.
fn utility_index(declared: &DeclaredModel, price: &Exact, points: &Exact, field: &Field) -> Step {
    let weight = &declared.layout.quality_weight;
    let share = |points: &Exact| points.over(weight).unwrap_or_default().simplified();
    let (best, own) = (share(&field.best_quality), share(points));
    let ratio = weight.over(&declared.layout.price_weight).unwrap_or_default().simplified();
    let bracket = Exact::ONE.minus(&best.minus(&own).times(&ratio));
    if !bracket.is_positive() {
        return Step { rule: Rule::UtilityNone, terms: Terms::of([best, own, ratio]), result: Exact::ZERO };
    }
    let lowest = field.prices.first().map(|field| field.lowest.clone()).unwrap_or_default();
    let result = bracket.times(&lowest).over(price).unwrap_or_default();
    Step { rule: Rule::UtilityIndex, terms: Terms::of([best, own, ratio, price.clone(), lowest]), result }
}

/// `features`, Prozorro MEAT: value = P / (1 + vn/(1 − vmax)).
fn features(declared: &DeclaredModel, price: &Exact, chosen: &Exact) -> Step {
    let coefficient = feature_coefficient(chosen, &declared.layout.quality_weight);
    let result = price.over(&coefficient).unwrap_or_default();
    Step { rule: Rule::FeatureValue, terms: Terms::of([price.clone(), coefficient]), result }
}

/// coef = 1 + vn/(1 − vmax), where vn is the sum of the chosen shares and vmax that of the largest.
#[must_use]
pub fn feature_coefficient(chosen: &Exact, most: &Exact) -> Exact {
    Exact::ONE.plus(&chosen.over(&Exact::ONE.minus(most)).unwrap_or_default())
}
