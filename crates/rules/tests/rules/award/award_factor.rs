//! The award factor: the price reduction that gives the same total without the level and the commitment.

use trede_rules::award::award_factor::{Missing, award_factor, others_of, price_for_total};
use trede_rules::award::model::{Decision, Method};
use trede_rules::award::price_formula::Floor;
use trede_rules::award::pso_level::LevelMeasure;
use trede_rules::award::straight_line::{Outside, StraightLine};

use crate::builders::bid::{Written, a_bid};
use crate::builders::criterion::{Declared, assessed, commitment, levels, on_scale, scale};
use crate::builders::model::{By, Model, a_model, corridor};
use crate::builders::scored::{Scored, scored};
use crate::builders::{n, x};

const ROWS: [(&str, i64); 2] = [("trede-1", 4), ("trede-2", 10)];

/// Methods with a level and an offer beside price and quality.
fn models() -> Vec<Model> {
    let weighed = [
        Method::RelativeLowest,
        Method::LinearOnLowest(Floor::None),
        Method::LevelPoints(Floor::None),
        Method::LowestToHighest,
        Method::Logarithmic(n(2)),
        Method::QualityMarkUp,
        Method::UtilityIndex,
    ];
    let on_a_corridor = corridor(2000, 100, Outside::Extrapolate, Outside::Extrapolate);
    let level = || levels("pso", LevelMeasure::Points, &ROWS).weighs(10);
    let offer = || commitment("sr", 0, 5).weighs(10);
    let mut models: Vec<Model> = std::iter::once(on_a_corridor)
        .chain(weighed.map(By::from))
        .map(|method| a_model().by(method).price(50).quality(30).pso().criterion(level()).criterion(offer()))
        .collect();
    let bare = [
        Method::PriceQualityRatio(n(7)),
        Method::PricePerPoint,
        Method::ExtendedRatio(n(3), Decision::MostPoints),
    ];
    models.extend(bare.into_iter().map(|method| {
        a_model().by(method).bare_price().quality(30).pso().criterion(level()).criterion(offer())
    }));
    let score = || LevelMeasure::Score(StraightLine::new(n(0), n(10)).unwrap());
    models.push(
        a_model()
            .by(Method::AwardOnValue)
            .without_weights()
            .bare_price()
            .valued("quality", 300)
            .pso()
            .criterion(levels("pso", score(), &ROWS).worth(50))
            .criterion(commitment("sr", 0, 5).worth(60)),
    );
    models.push(
        a_model()
            .by(Method::Features)
            .bare_price()
            .criterion(on_scale("quality", scale(0, 10)).weighs("0.15"))
            .pso()
            .criterion(levels("pso", score(), &ROWS).weighs("0.05"))
            .criterion(commitment("sr", 0, 5).weighs("0.05")),
    );
    models
}

fn ours(price: impl crate::builders::Number) -> Written {
    a_bid("A").price(price).score("quality", 7)
}

fn others() -> [Written; 2] {
    [
        a_bid("B").price(900).score("quality", 9).offer("sr", 1),
        a_bid("C").price(1400).score("quality", 3).offer("sr", 2),
    ]
}

fn with_others(model: &Model, ours: Written) -> Scored {
    let [b, c] = others();
    scored(model.clone(), [ours, b, c])
}

fn same(a: &trede_base::exact::Exact, b: &trede_base::exact::Exact) -> bool {
    let gap = a.minus(b);
    gap < x("0.00001") && gap > x("-0.00001")
}

#[test]
fn a_bid_without_level_and_offer_reaches_the_same_total_when_it_is_cheaper_by_the_factor() {
    // Little quality of its own, so that others stay the best in the utility index.
    let ours = |price: rust_decimal::Decimal| self::ours(price).score("quality", 1);
    for model in models() {
        let code = model.0.method.code();
        let lot = with_others(&model, ours(n(2000)).level("trede-2").offer("sr", 4));
        let factor = award_factor(&lot.lot, &lot.evaluation, 0).unwrap();
        let reaches = |factor: &trede_rules::award::award_factor::Factor,
                       without: &dyn Fn(rust_decimal::Decimal) -> Written| {
            let euros = &factor.euros.as_ref().unwrap_or_else(|| panic!("{code}")).result;
            assert!(euros.is_positive(), "{code}: {}", euros.shown());
            let price = x(2000).minus(euros).rounded(6, trede_base::exact::Half::Up).finite().unwrap();
            let cheaper = with_others(&model, without(price));
            assert!(same(&cheaper.exact_total("A"), &lot.exact_total("A")), "{code} at {price}");
        };
        reaches(&factor.level, &|price| ours(price).offer("sr", 4));
        reaches(&factor.commitments, &|price| ours(price).level("trede-2").offer("sr", 0));
        reaches(&factor.together, &|price| ours(price).offer("sr", 0));
    }
}

#[test]
fn the_points_of_a_factor_are_what_the_total_is_better_by() {
    let lot = with_others(&models()[1], ours(1000).level("trede-2").offer("sr", 4));
    let factor = award_factor(&lot.lot, &lot.evaluation, 0).unwrap();
    assert_eq!(factor.level.points.clone().unwrap().result, x(10));
    assert_eq!(factor.commitments.points.clone().unwrap().result, x(8));
    assert_eq!(factor.together.points.clone().unwrap().result, x(18));
    let on_value = &models()[11];
    let lot = with_others(on_value, ours(1000).level("trede-1").offer("sr", 4));
    let factor = award_factor(&lot.lot, &lot.evaluation, 0).unwrap();
    assert_eq!(
        factor.level.points.clone().unwrap().result,
        x(20),
        "the lowest wins: what is taken off counts as better"
    );
    assert_eq!(factor.level.euros.unwrap().result, x(20));
    assert_eq!(factor.commitments.euros.unwrap().result, x(48));
}

#[test]
fn a_discount_is_worth_the_part_of_the_price_that_it_takes_off() {
    for (measure, worth) in [(LevelMeasure::DiscountPercent, 100), (LevelMeasure::DiscountAmount, 10)] {
        let model = a_model()
            .by(Method::FictitiousDiscount)
            .without_weights()
            .pso()
            .bare_price()
            .criterion(levels("pso", measure, &ROWS));
        let lot = scored(model, [a_bid("A").price(1000).level("trede-2"), a_bid("B").price(900)]);
        let factor = award_factor(&lot.lot, &lot.evaluation, 0).unwrap();
        assert_eq!(factor.level.points.clone().unwrap().result, x(worth));
        assert_eq!(factor.level.euros.unwrap().result, x(worth));
        assert_eq!(factor.commitments.points.clone().unwrap().result, x(0));
        assert_eq!(factor.commitments.euros.unwrap().result, x(0));
    }
}

#[test]
fn a_bid_without_a_level_needs_no_reduction() {
    let lot = with_others(&models()[1], ours(1000).offer("sr", 0));
    let factor = award_factor(&lot.lot, &lot.evaluation, 0).unwrap();
    assert_eq!(factor.level.points.clone().unwrap().result, x(0));
    let step = factor.level.euros.unwrap();
    assert_eq!((step.result.clone(), step.terms.to_vec()), (x(0), vec![x(1000), x(1000)]));
}

#[test]
fn there_is_no_factor_where_nothing_social_is_scored_or_the_bid_has_no_total() {
    let plain = scored(a_model().price(50).quality(50), [ours(1000)]);
    assert_eq!(award_factor(&plain.lot, &plain.evaluation, 0), None);
    assert_eq!(award_factor(&plain.lot, &plain.evaluation, 7), None);
    let only_offer = scored(
        a_model().price(50).criterion(commitment("sr", 0, 5).weighs(10)),
        [
            a_bid("A").price(100).offer("sr", 5),
            a_bid("B")
                .price(100)
                .offer("sr", 5)
                .dropped_out(trede_rules::award::bid::DropOutStage::BeforeEvaluation),
        ],
    );
    assert!(award_factor(&only_offer.lot, &only_offer.evaluation, 0).is_some());
    assert_eq!(award_factor(&only_offer.lot, &only_offer.evaluation, 1), None);
}

#[test]
fn no_reduction_makes_up_for_more_points_than_the_price_can_earn() {
    // The cheapest bid already has all price points.
    let lot = scored(models()[1].clone(), [ours(800).level("trede-2").offer("sr", 0), others()[0].clone()]);
    let factor = award_factor(&lot.lot, &lot.evaluation, 0).unwrap();
    assert_eq!(factor.level.points.clone().unwrap().result, x(10));
    assert_eq!(factor.level.euros, None);
}

#[test]
fn a_reduction_may_take_the_whole_price_but_not_more() {
    let on_value = &models()[11];
    let euros = |price: i64| {
        let lot = with_others(on_value, ours(price).level("trede-2").offer("sr", 0));
        award_factor(&lot.lot, &lot.evaluation, 0).unwrap().level.euros.map(|step| step.result)
    };
    assert_eq!([euros(50), euros(49)], [Some(x(50)), None]);
}

#[test]
fn methods_without_a_price_have_a_factor_in_points_only() {
    let model = a_model()
        .by(Method::QualityOnly)
        .quality(30)
        .pso()
        .criterion(levels("pso", LevelMeasure::Points, &ROWS).weighs(10));
    let lot = scored(model, [a_bid("A").score("quality", 5).level("trede-1")]);
    let factor = award_factor(&lot.lot, &lot.evaluation, 0).unwrap();
    assert_eq!((factor.level.points.clone().unwrap().result, factor.level.euros), (x(4), None));
    assert_eq!(factor.commitments.euros, None);
}

#[test]
fn a_bid_alone_has_a_factor_only_where_its_score_hangs_on_no_other() {
    let alone = |model: &Model| {
        let lot = scored(model.clone(), [ours(1000).level("trede-1").offer("sr", 0)]);
        award_factor(&lot.lot, &lot.evaluation, 0).unwrap().level.euros.map(|step| step.result)
    };
    let models = models();
    assert_eq!(alone(&models[0]), Some(x(152)), "4 of 50 points on a corridor of 1,900 euros");
    assert_eq!(alone(&models[1]), None);
    assert_eq!(alone(&models[7]), Some(x(0)), "it is the best quality itself");
}

#[test]
fn the_field_of_the_others_lacks_the_bid_itself() {
    let lot = scored(
        a_model().price(50).criterion(assessed("quality").weighs(50).relative()),
        [(100, 5), (200, 8), (300, 10)]
            .map(|(price, score)| a_bid(&format!("B{price}")).price(price).score("quality", score)),
    );
    let told = |bid| {
        let field = others_of(&lot.lot, &lot.evaluation, bid).unwrap();
        let price = &field.prices[0];
        (price.lowest.shown(), price.highest.shown(), field.best[0].shown())
    };
    assert_eq!(told(0), ("200".into(), "300".into(), "50".into()));
    assert_eq!(told(1), ("100".into(), "300".into(), "50".into()));
    assert_eq!(told(2), ("100".into(), "200".into(), "40".into()));
    let alone = scored(a_model().price(50), [a_bid("A").price(1)]);
    assert!(others_of(&alone.lot, &alone.evaluation, 0).is_none());
}

#[test]
fn two_prices_leave_open_which_of_them_would_be_lower() {
    let model = a_model()
        .criterion(crate::builders::criterion::price("work").weighs(30))
        .criterion(crate::builders::criterion::price("upkeep").weighs(30))
        .pso()
        .criterion(levels("pso", LevelMeasure::Points, &ROWS).weighs(10));
    let bid = |id: &str| a_bid(id).price_of("work", 10).price_of("upkeep", 5);
    let lot = scored(model, [bid("A").level("trede-1"), bid("B")]);
    let factor = award_factor(&lot.lot, &lot.evaluation, 0).unwrap();
    assert_eq!((factor.level.points.clone().unwrap().result, factor.level.euros), (x(4), None));
    let declared = lot.lot.declared();
    let parts = &lot.outcome("A").parts;
    assert_eq!(price_for_total(declared, &x(50), parts, Some(&lot.evaluation.field)), None);
}

#[test]
fn a_total_above_the_bracket_of_the_utility_index_has_no_price() {
    let lot = scored(
        a_model().by(Method::UtilityIndex).price(50).quality(50),
        [a_bid("A").price(100).score("quality", 8), a_bid("B").price(100).score("quality", 10)],
    );
    let price = |target: &str| {
        let others = others_of(&lot.lot, &lot.evaluation, 0).unwrap();
        price_for_total(lot.lot.declared(), &x(target), &lot.outcome("A").parts, Some(&others))
    };
    // The bracket is 1 − (1 − 0.8) = 0.8.
    assert_eq!([price("0.8"), price("0.4"), price("0.81")], [Some(x(100)), Some(x(200)), None]);
}

#[test]
fn a_factor_says_why_it_is_missing() {
    let level = || levels("pso", LevelMeasure::Points, &ROWS).weighs(10);
    let per_point = a_model().by(Method::PricePerPoint).bare_price().quality(30).pso().criterion(level());
    let lot = scored(per_point, [a_bid("A").price(100).score("quality", 0).level("trede-1")]);
    let factor = award_factor(&lot.lot, &lot.evaluation, 0).unwrap().level;
    assert_eq!((factor.points, factor.euros, factor.without), (None, None, None));
    assert_eq!(
        factor.missing,
        Some(Missing::NoOtherPoints),
        "without the level there is nothing to divide by"
    );
    // The cheapest bid already has all price points.
    let lot = scored(models()[1].clone(), [ours(800).level("trede-2").offer("sr", 0), others()[0].clone()]);
    let factor = award_factor(&lot.lot, &lot.evaluation, 0).unwrap();
    assert_eq!(factor.level.missing, Some(Missing::NoPrice));
    assert_eq!(factor.commitments.missing, None, "no reduction is needed");
}

#[test]
fn a_factor_tells_no_price_that_a_rejecting_corridor_refuses() {
    let euros = |below| {
        let level = levels("pso", LevelMeasure::Points, &ROWS).weighs(10);
        let model = a_model().by(corridor(200, 100, below, Outside::Clip)).price(50).pso().criterion(level);
        let lot = scored(model, [a_bid("A").price(110).level("trede-2"), a_bid("B").price(150)]);
        award_factor(&lot.lot, &lot.evaluation, 0).unwrap().level.euros.map(|step| step.result)
    };
    // 10 points are 20 euros of the corridor.
    assert_eq!([euros(Outside::Extrapolate), euros(Outside::Reject)], [Some(x(20)), None]);
}
