//! Every method with criteria that suit it, for what must hold for each of them.

use trede_base::exact::Exact;
use trede_rules::award::base_price::{DiscountOnBase, TwoSlopes};
use trede_rules::award::model::{Decision, Method};
use trede_rules::award::price_formula::Floor;
use trede_rules::award::pso_level::LevelMeasure;
use trede_rules::award::relative_mean::MeanFormula;
use trede_rules::award::straight_line::Outside;

use crate::builders::bid::{Written, a_bid};
use crate::builders::criterion::{levels, price};
use crate::builders::model::{By, Model, a_model, corridor};
use crate::builders::n;

/// The methods in which price and quality become one total, each with `price`, `quality` and `plan`.
pub fn price_and_quality() -> Vec<Model> {
    let mut models: Vec<Model> = methods_that_weigh_price()
        .into_iter()
        .map(|method| a_model().by(method).price(50).quality(25).named("plan", 25))
        .collect();
    models.extend(
        methods_of_bare_price()
            .into_iter()
            .map(|method| a_model().by(method).bare_price().quality(50).named("plan", 50)),
    );
    models.push(a_model().by(Method::Features).bare_price().quality("0.15").named("plan", "0.15"));
    models.push(
        a_model()
            .by(Method::AwardOnValue)
            .without_weights()
            .bare_price()
            .valued("quality", 300)
            .valued("plan", 200),
    );
    models
}

/// All methods: those above, those of quality alone, and those of price alone.
pub fn every_method() -> Vec<Model> {
    let mut models = price_and_quality();
    for method in [Method::QualityOnly, Method::RelativeQuality] {
        models.push(a_model().by(method).quality(60).named("plan", 40));
    }
    for method in [Method::LowestPrice, Method::LowestCost] {
        models.push(a_model().by(method).without_weights().bare_price());
    }
    let discount =
        levels("pso", LevelMeasure::DiscountPercent, &[("trede-1", 2), ("trede-2", 4), ("trede-3", 7)]);
    models.push(
        a_model()
            .by(Method::FictitiousDiscount)
            .without_weights()
            .pso()
            .criterion(price("price"))
            .criterion(discount),
    );
    models
}

fn methods_that_weigh_price() -> Vec<By> {
    let corridors = [
        corridor(900, 100, Outside::Extrapolate, Outside::Extrapolate),
        corridor(300, 200, Outside::Clip, Outside::Clip),
    ];
    let others = [
        Method::RelativeLowest,
        Method::LinearOnLowest(Floor::Zero),
        Method::LinearOnLowest(Floor::None),
        Method::LowestToHighest,
        Method::Logarithmic(n(2)),
        Method::LevelPoints(Floor::None),
        Method::DiscountOnBase(DiscountOnBase {
            base: n(1000),
            significant_percent: n(5),
            floor: Floor::None,
        }),
        Method::TwoSlopes(TwoSlopes { base: n(1000), at_mean_percent: n(80) }),
        Method::RelativeToMean(MeanFormula::Ratio { capped: false }),
        Method::RelativeToMean(MeanFormula::Linear { floor: Floor::None, capped: true }),
        Method::QualityMarkUp,
        Method::UtilityIndex,
    ];
    corridors.into_iter().chain(others.map(By::from)).collect()
}

fn methods_of_bare_price() -> Vec<Method> {
    vec![
        Method::PriceQualityRatio(n(1000)),
        Method::ExtendedRatio(n(5), Decision::MostPoints),
        Method::ExtendedRatio(n(10), Decision::LowestPrice),
        Method::PricePerPoint,
    ]
}

/// A bid that answers every criterion above.
pub fn full_bid(id: &str, price: i64, quality: i64, plan: i64) -> Written {
    a_bid(id).price(price).score("quality", quality).score("plan", plan)
}

/// Equal but for what a logarithm of 20 decimals leaves.
pub fn nearly(a: &Exact, b: &Exact) -> bool {
    let half = trede_base::exact::Half::Up;
    a.rounded(12, half) == b.rounded(12, half)
}
