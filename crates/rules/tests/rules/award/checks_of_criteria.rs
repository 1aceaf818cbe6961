//! What is found in the criteria of a model, each at its own place.

use trede_rules::award::commitment::OfferScoring;
use trede_rules::award::criterion::{Content, Criterion};
use trede_rules::award::model::{Decision, Method};
use trede_rules::award::numeric::NumericScoring;
use trede_rules::award::price_formula::Floor;
use trede_rules::award::pso_level::LevelMeasure;
use trede_rules::award::quality::Scale;
use trede_rules::award::straight_line::{Outside, StraightLine};
use trede_rules::award::{FindingCode as Code, Severity};

use super::every_method::every_method;
use crate::builders::criterion::{
    Declared, assessed, bare, between_bounds, commitment, fixed_price, group, levels, life_cycle,
    maximum_score, minimum_percent, minimum_points, minimum_score, number, number_between, offer, on_scale,
    price, scale, steps,
};
use crate::builders::model::{Model, a_model};
use crate::builders::n;

fn errors(model: Model) -> Vec<(Code, String)> {
    let found = model.findings().into_iter();
    found
        .filter(|found| found.code.severity() == Severity::Error)
        .map(|found| (found.code, found.place))
        .collect()
}

fn one(code: Code, place: &str) -> Vec<(Code, String)> {
    vec![(code, place.to_owned())]
}

/// What is wrong with a criterion of quality beside a price.
fn wrong(criterion: Criterion) -> Vec<(Code, String)> {
    errors(a_model().price(60).criterion(criterion.weighs(40)))
}

#[test]
fn a_model_has_criteria_and_a_group_has_some_too() {
    assert_eq!(errors(a_model()), one(Code::NoCriteria, "/criteria"));
    let empty = bare("all", Content::Group(Vec::new()));
    assert_eq!(errors(a_model().price(60).criterion(empty)), one(Code::EmptyGroup, "/criteria/1/criteria"));
}

#[test]
fn an_identifier_stands_once_over_the_whole_tree() {
    let tree = group("quality", [assessed("price").weighs(40)]).weighs(40);
    assert_eq!(
        errors(a_model().price(60).criterion(tree)),
        one(Code::DuplicateId, "/criteria/1/criteria/0/id")
    );
}

#[test]
fn a_scale_has_length_and_ends_above_zero() {
    let empty = || one(Code::ScaleEmpty, "/criteria/1/scale");
    assert_eq!(wrong(on_scale("q", scale(9, 10))), []);
    assert_eq!(wrong(on_scale("q", scale(10, 10))), empty());
    assert_eq!(wrong(on_scale("q", scale(11, 10))), empty());
    assert_eq!(wrong(on_scale("q", scale(-5, 0))), empty());
    assert_eq!(wrong(on_scale("q", between_bounds(-5, 0))), empty());
    assert_eq!(wrong(on_scale("q", between_bounds(-9, -5))), empty());
}

#[test]
fn a_mark_lies_on_its_scale_and_stands_once() {
    let marked = |marks: &[(&str, i64)]| {
        let marks = marks.iter().map(|(mark, score)| ((*mark).to_owned(), n(*score))).collect();
        wrong(on_scale("q", Scale { marks, ..scale(0, 10) }))
    };
    assert_eq!(marked(&[("low", 0), ("high", 10)]), []);
    assert_eq!(
        marked(&[("low", -1), ("high", 10)]),
        one(Code::MarkOutsideScale, "/criteria/1/scale/marks/0")
    );
    assert_eq!(marked(&[("low", 0), ("high", 11)]), one(Code::MarkOutsideScale, "/criteria/1/scale/marks/1"));
    assert_eq!(marked(&[("low", 0), ("low", 10)]), one(Code::DuplicateId, "/criteria/1/scale/marks/1"));
}

#[test]
fn a_life_cycle_lasts_one_to_a_hundred_years_at_a_rate_of_zero_to_a_hundred_percent() {
    let with = |years, rate: &str| {
        errors(a_model().by(Method::LowestCost).without_weights().criterion(life_cycle(years, rate)))
    };
    assert_eq!([with(1, "0"), with(100, "100")], [vec![], vec![]]);
    let years = || one(Code::OutOfRange, "/criteria/0/lifeCycle/years");
    assert_eq!([with(0, "3"), with(101, "3")], [years(), years()]);
    let rate = || one(Code::OutOfRange, "/criteria/0/lifeCycle/ratePercent");
    assert_eq!([with(5, "-0.1"), with(5, "100.1")], [rate(), rate()]);
}

#[test]
fn an_offer_has_a_minimum_below_its_maximum() {
    let bounds = |minimum: i64, maximum: i64| {
        let line = StraightLine::new(n(0), n(5)).unwrap();
        wrong(offer("sr", n(minimum), n(maximum), OfferScoring::Line(line)))
    };
    assert_eq!(bounds(0, 5), []);
    let empty = || one(Code::BoundsEmpty, "/criteria/1/commitment/minimum");
    assert_eq!([bounds(5, 5), bounds(6, 5), bounds(-1, 5)], [empty(), empty(), empty()]);
}

#[test]
fn the_steps_of_a_table_rise_and_an_offers_percents_do_not_fall() {
    let of_offer = |rows: &[(i64, i64)]| wrong(offer("sr", n(0), n(5), OfferScoring::Steps(steps(rows))));
    let of_number = |rows: &[(i64, i64)]| wrong(number("n", NumericScoring::Steps(steps(rows))));
    let at = |code, index: usize| one(code, &format!("/criteria/1/commitment/steps/{index}"));
    assert_eq!(of_offer(&[(1, 0), (2, 50), (3, 50), (4, 100)]), []);
    assert_eq!(of_offer(&[]), one(Code::StepsUnordered, "/criteria/1/commitment/steps"));
    assert_eq!(of_offer(&[(1, 10), (1, 20)]), at(Code::StepsUnordered, 1));
    assert_eq!(of_offer(&[(2, 10), (1, 20)]), at(Code::StepsUnordered, 1));
    assert_eq!(of_offer(&[(1, 20), (2, 10)]), at(Code::StepsFall, 1));
    assert_eq!(of_offer(&[(1, -1), (2, 10)]), at(Code::OutOfRange, 0));
    assert_eq!(of_offer(&[(1, 10), (2, 101)]), at(Code::OutOfRange, 1));
    assert_eq!(of_number(&[(1, 20), (2, 10)]), [], "a higher number may earn less");
    assert_eq!(of_number(&[(2, 20), (1, 10)]), one(Code::StepsUnordered, "/criteria/1/numeric/steps/1"));
}

fn quality_of(method: &Method, criterion: Criterion) -> Vec<Code> {
    let features = *method == Method::Features;
    let weighed = |criterion: Criterion| criterion.weighs(if features { "0.1" } else { "40" });
    let model = a_model().by(method.clone());
    let model = if method.weighs_price() { model.price(60) } else { model.bare_price() };
    errors(model.criterion(weighed(criterion))).into_iter().map(|(code, _)| code).collect()
}

#[test]
fn ratios_take_no_score_below_zero() {
    let negative = || on_scale("q", scale(-10, 10));
    let level = || levels("pso", LevelMeasure::Points, &[("none", -1), ("trede-1", 0)]);
    let ratios = [
        Method::PriceQualityRatio(n(1)),
        Method::ExtendedRatio(n(5), Decision::MostPoints),
        Method::PricePerPoint,
        Method::Features,
    ];
    for method in &ratios {
        assert_eq!(quality_of(method, negative()), [Code::NegativeScale], "{method:?}");
        assert_eq!(quality_of(method, on_scale("q", between_bounds(-10, 10))), [], "{method:?}");
        assert!(quality_of(method, level()).contains(&Code::NegativeScale), "{method:?}");
    }
    for method in [Method::RelativeLowest, Method::QualityMarkUp, Method::UtilityIndex] {
        assert_eq!(quality_of(&method, negative()), [], "{method:?}");
        assert!(quality_of(&method, negative().relative()).contains(&Code::NegativeScale), "{method:?}");
    }
    let zero = levels("pso", LevelMeasure::Points, &[("none", 0), ("trede-1", 0)]);
    assert!(!quality_of(&Method::PricePerPoint, zero).contains(&Code::NegativeScale));
}

#[test]
fn formulas_that_turn_round_above_full_points_take_no_number_that_goes_on() {
    let days = |outside| number_between("days", 30, 10, outside);
    for method in [
        Method::PriceQualityRatio(n(1)),
        Method::ExtendedRatio(n(5), Decision::MostPoints),
        Method::PricePerPoint,
        Method::Features,
        Method::QualityMarkUp,
        Method::UtilityIndex,
    ] {
        assert_eq!(
            quality_of(&method, days(Outside::Extrapolate)),
            [Code::ExtrapolationUnusable],
            "{method:?}"
        );
        assert_eq!(quality_of(&method, days(Outside::Clip)), [], "{method:?}");
    }
    assert_eq!(quality_of(&Method::RelativeLowest, days(Outside::Extrapolate)), []);
    let relative = quality_of(&Method::RelativeLowest, days(Outside::Extrapolate).relative());
    assert_eq!(relative, [Code::ExtrapolationUnusable]);
    assert_eq!(quality_of(&Method::RelativeLowest, days(Outside::Reject).relative()), []);
}

#[test]
fn a_minimum_stands_where_it_decides_by_the_bids_own_answers() {
    let unusable = |place: &str| one(Code::ThresholdUnusable, place);
    let own = "/criteria/1/threshold";
    assert_eq!(wrong(assessed("q").at_least(minimum_score(6))), []);
    assert_eq!(wrong(assessed("q").at_least(minimum_points(6))), []);
    assert_eq!(wrong(assessed("q").at_least(minimum_percent(6))), []);
    let level = || levels("pso", LevelMeasure::Points, &[("trede-1", 5)]);
    let of_level =
        |threshold| errors(a_model().price(60).pso().criterion(level().weighs(40).at_least(threshold)));
    assert_eq!(of_level(minimum_points(5)), []);
    assert_eq!(of_level(minimum_score(5)), unusable(own));
    let relative = || number("n", NumericScoring::RelativeLowest);
    assert_eq!(wrong(relative().at_least(maximum_score(6))), []);
    assert_eq!(wrong(relative().at_least(minimum_points(6))), unusable(own));
    assert_eq!(wrong(relative().at_least(minimum_percent(6))), unusable(own));
    assert_eq!(wrong(commitment("sr", 2, 5).at_least(minimum_score(3))), unusable(own));
    assert_eq!(wrong(commitment("sr", 2, 5).at_least(minimum_points(3))), []);
    let priced = a_model().criterion(price("price").weighs(60).at_least(minimum_points(1)));
    assert_eq!(errors(priced), unusable("/criteria/0/threshold"));
    let discount =
        levels("pso", LevelMeasure::DiscountPercent, &[("trede-1", 5)]).at_least(minimum_points(1));
    assert_eq!(errors(a_model().price(60).pso().criterion(discount)), unusable(own));
    let fixed =
        a_model().by(Method::QualityOnly).quality(5).criterion(fixed_price(5).at_least(minimum_points(1)));
    assert_eq!(errors(fixed), unusable(own));
}

#[test]
fn the_minimum_of_a_group_hangs_on_no_price_and_no_other_bid() {
    let with = |child: Criterion, threshold| {
        let tree = group("quality", [assessed("a").weighs(20), child]).weighs(40).at_least(threshold);
        errors(a_model().price(60).criterion(tree))
    };
    let unusable = || one(Code::ThresholdUnusable, "/criteria/1/threshold");
    assert_eq!(with(assessed("b").weighs(20), minimum_points(9)), []);
    assert_eq!(with(assessed("b").weighs(20), minimum_score(9)), unusable());
    assert_eq!(with(number("b", NumericScoring::RelativeLowest).weighs(20), minimum_points(9)), unusable());
    assert_eq!(with(price("b").weighs(20), minimum_points(9)), unusable());
    let deep = group("deep", [price("b").weighs(20)]).weighs(20);
    assert_eq!(with(deep, minimum_percent(9)), unusable());
}

#[test]
fn a_minimum_score_lies_on_the_scale_and_a_percent_up_to_a_hundred() {
    let with = |threshold| wrong(on_scale("q", scale(1, 10)).at_least(threshold));
    let off = || one(Code::OutOfRange, "/criteria/1/threshold");
    assert_eq!(
        [with(minimum_score(1)), with(minimum_score(10)), with(maximum_score(10))],
        [vec![], vec![], vec![]]
    );
    assert_eq!(
        [with(minimum_score(0)), with(minimum_score(11)), with(maximum_score(11))],
        [off(), off(), off()]
    );
    let percent = |percent: &str| wrong(assessed("q").at_least(minimum_percent(percent)));
    assert_eq!(percent("100"), []);
    assert_eq!(percent("100.1"), one(Code::OutOfRange, "/criteria/1/threshold/minimumPercent"));
}

#[test]
fn a_price_stands_where_the_method_uses_it() {
    for model in every_method() {
        let method = model.0.method.clone();
        let code = method.code();
        let with_price = |with: bool| {
            let mut changed = model.clone();
            changed.0.criteria.retain(|criterion| criterion.id != "price");
            if with {
                let priced = price("price");
                changed.0.criteria.push(if method.weighs_price() { priced.weighs(10) } else { priced });
            }
            changed.findings().into_iter().map(|found| found.code).collect::<Vec<_>>()
        };
        let without_any = method == Method::LowestPrice || method == Method::LowestCost;
        assert_eq!(
            with_price(false).contains(&Code::PriceMissing),
            method.uses_price() && !without_any,
            "{code}"
        );
        assert_eq!(with_price(true).contains(&Code::PriceUnused), !method.uses_price(), "{code}");
        assert!(!with_price(true).contains(&Code::PriceMissing), "{code}");
    }
}

#[test]
fn several_prices_stand_where_each_earns_points_or_all_are_added_up() {
    let second = |method: &Method| {
        let weighed = |id: &str| if method.weighs_price() { price(id).weighs(20) } else { price(id) };
        a_model().by(method.clone()).criterion(weighed("a")).criterion(weighed("b")).quality("0.1")
    };
    let each = [Method::RelativeLowest, Method::LowestToHighest, Method::LinearOnLowest(Floor::Zero)];
    for method in each.into_iter().chain([Method::PricePerPoint, Method::Features]) {
        assert!(!second(&method).tells(Code::SeveralPrices), "{method:?}");
    }
    for method in [Method::QualityMarkUp, Method::UtilityIndex] {
        assert_eq!(second(&method).details_of(Code::SeveralPrices)[1], "2", "{method:?}");
    }
    let with = |measure| {
        let discount = levels("pso", measure, &[("trede-1", 5)]);
        second(&Method::RelativeLowest).pso().criterion(discount).tells(Code::SeveralPrices)
    };
    assert!(!with(LevelMeasure::DiscountPercent), "a percentage is taken of each price");
    assert!(with(LevelMeasure::DiscountAmount), "nobody knows which price an amount lowers");
}

#[test]
fn a_discount_has_a_price_to_lower_and_a_fictitious_discount_has_a_discount() {
    let discount = || levels("pso", LevelMeasure::DiscountPercent, &[("trede-1", 5)]);
    let without = a_model().by(Method::QualityOnly).quality(40).pso().criterion(discount());
    assert_eq!(without.details_of(Code::PriceMissing), ["fictitious-discount"]);
    let bare = a_model().by(Method::FictitiousDiscount).without_weights().bare_price();
    assert_eq!(errors(bare.clone()), one(Code::DiscountMissing, "/criteria"));
    assert_eq!(errors(bare.pso().criterion(discount())), []);
    assert!(!a_model().price(60).pso().criterion(discount()).tells(Code::DiscountMissing));
}

#[test]
fn quality_stands_where_the_method_needs_it_and_not_where_it_is_not_used() {
    for model in every_method() {
        let method = model.0.method.clone();
        let mut bare = model.clone();
        bare.0.criteria.retain(|criterion| criterion.id == "price" || criterion.id == "pso");
        let bare = if bare.0.criteria.is_empty() { bare.criterion(fixed_price(5)) } else { bare };
        let needs = matches!(
            method,
            Method::QualityOnly
                | Method::RelativeQuality
                | Method::AwardOnValue
                | Method::PriceQualityRatio(_)
                | Method::ExtendedRatio(..)
                | Method::PricePerPoint
                | Method::Features
                | Method::QualityMarkUp
                | Method::UtilityIndex
        );
        assert_eq!(bare.tells(Code::QualityMissing), needs, "{}", method.code());
        assert!(!model.clone().tells(Code::QualityMissing), "{}", method.code());
        let plain = matches!(method, Method::LowestPrice | Method::LowestCost | Method::FictitiousDiscount);
        let extra = model.clone().criterion(assessed("extra"));
        assert_eq!(extra.tells(Code::QualityUnused), plain, "{}", method.code());
    }
    let fixed = a_model().by(Method::LowestPrice).without_weights().bare_price().criterion(fixed_price(5));
    assert_eq!(errors(fixed), []);
    assert_eq!(a_model().by(Method::QualityOnly).places_of(Code::QualityMissing), Vec::<String>::new());
}

#[test]
fn only_absolute_quality_is_held_against_the_best_and_only_once() {
    let relative = |criterion: Criterion| errors(a_model().price(60).criterion(criterion));
    let misplaced = |place: &str| one(Code::PriceInRelativeGroup, place);
    let own = "/criteria/1/relativeToBest";
    assert_eq!(relative(assessed("q").weighs(40).relative()), []);
    let tree = |child: Criterion| group("quality", [assessed("a").weighs(20), child]).weighs(40).relative();
    assert_eq!(relative(tree(assessed("b").weighs(20))), []);
    assert_eq!(relative(tree(price("b").weighs(20))), misplaced(own));
    assert_eq!(relative(tree(number("b", NumericScoring::RelativeLowest).weighs(20))), misplaced(own));
    assert_eq!(relative(tree(assessed("b").weighs(20).relative())), misplaced(own));
    let discount = levels("pso", LevelMeasure::DiscountPercent, &[("trede-1", 5)]);
    let lowered = a_model()
        .price(60)
        .pso()
        .criterion(group("g", [assessed("a").weighs(40), discount]).weighs(40).relative());
    assert_eq!(errors(lowered), misplaced(own));
    assert_eq!(relative(number("n", NumericScoring::RelativeLowest).weighs(40)), []);
}

#[test]
fn what_is_relative_already_is_not_held_against_the_best_again() {
    let (quality, utility) = (Method::RelativeQuality, Method::UtilityIndex);
    let on = |method: &Method, criterion: Criterion| {
        let model = a_model().by(method.clone());
        let model = if method.uses_price() { model.price(60) } else { model.named("other", 5) };
        errors(model.criterion(criterion.weighs(40)))
    };
    let misplaced = || one(Code::PriceInRelativeGroup, "/criteria/1/relativeToBest");
    for method in [&quality, &utility] {
        assert_eq!(on(method, assessed("q")), []);
        assert_eq!(on(method, assessed("q").relative()), misplaced());
        assert_eq!(on(method, number("n", NumericScoring::RelativeHighest)), misplaced());
    }
}
