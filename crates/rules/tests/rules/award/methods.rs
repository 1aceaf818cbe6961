//! What the rules ask of a method, and how each makes a total of price and quality.

use trede_rules::award::layout::Leaf;
use trede_rules::award::model::{Best, Decision, Method};
use trede_rules::award::price_formula::{Floor, PriceField, price_score, price_that_earns};
use trede_rules::award::straight_line::Outside;
use trede_rules::explaining::Rule;

use super::every_method::every_method;
use crate::builders::bid::{a_bid, bid};
use crate::builders::criterion::{Declared, assessed, number};
use crate::builders::model::{By, a_model, corridor};
use crate::builders::scored::scored;
use crate::builders::{fraction, n, x};
use trede_rules::award::numeric::NumericScoring;

/// Code; the lowest total wins; uses the price; weighs it; knows several; values in euros; weighs quality;
/// depends on the other bids; divides by a price.
type Answers = (&'static str, [u8; 8]);

const ANSWERS: [Answers; 21] = [
    ("absolute-linear", [0, 1, 1, 1, 0, 1, 0, 0]),
    ("relative-lowest", [0, 1, 1, 1, 0, 1, 1, 1]),
    ("linear-on-lowest", [0, 1, 1, 1, 0, 1, 1, 1]),
    ("lowest-to-highest", [0, 1, 1, 1, 0, 1, 1, 0]),
    ("logarithmic", [0, 1, 1, 1, 0, 1, 1, 1]),
    ("level-points", [0, 1, 1, 1, 0, 1, 1, 1]),
    ("discount-on-base", [0, 1, 1, 1, 0, 1, 1, 0]),
    ("two-slopes", [0, 1, 1, 1, 0, 1, 1, 0]),
    ("relative-to-mean", [0, 1, 1, 1, 0, 1, 1, 1]),
    ("quality-mark-up", [1, 1, 1, 0, 0, 1, 0, 0]),
    ("utility-index", [0, 1, 1, 0, 0, 1, 1, 1]),
    ("price-quality-ratio", [0, 1, 0, 0, 0, 1, 0, 1]),
    ("extended-ratio", [0, 1, 0, 0, 0, 1, 1, 1]),
    ("price-per-point", [1, 1, 0, 0, 0, 1, 0, 0]),
    ("features", [1, 1, 0, 0, 0, 1, 0, 0]),
    ("award-on-value", [1, 1, 0, 0, 1, 0, 0, 0]),
    ("quality-only", [0, 0, 0, 0, 0, 1, 0, 0]),
    ("relative-quality", [0, 0, 0, 0, 0, 1, 1, 0]),
    ("lowest-price", [1, 1, 0, 0, 0, 0, 0, 0]),
    ("lowest-cost", [1, 1, 0, 0, 0, 0, 0, 0]),
    ("fictitious-discount", [1, 1, 0, 0, 0, 0, 0, 0]),
];

#[test]
fn each_method_answers_each_question() {
    let mut seen = Vec::new();
    for model in every_method() {
        let method = &model.0.method;
        let answers = [
            method.best() == Best::Lowest,
            method.uses_price(),
            method.weighs_price(),
            method.allows_several_prices(),
            method.values_in_euros(),
            method.weighs_quality(),
            method.is_relative(),
            method.divides_by_price(),
        ];
        let row = ANSWERS.iter().find(|(code, _)| *code == method.code()).unwrap();
        assert_eq!(answers.map(u8::from), row.1, "{}", row.0);
        seen.push(row.0);
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), ANSWERS.len());
}

fn field(lowest: i64, highest: i64) -> PriceField {
    PriceField { lowest: x(lowest), highest: x(highest), sum: None }
}

/// The price criterion of a method with this weight.
fn leaf(method: impl Into<By>, weight: i64) -> Leaf {
    a_model().by(method).price(weight).declared().layout.leaves.remove(0)
}

/// A price criterion without a corridor.
fn plain(weight: i64) -> Leaf {
    leaf(Method::RelativeLowest, weight)
}

#[test]
fn outside_a_corridor_a_price_earns_by_the_rule_of_its_own_side() {
    let points = |below, above, price: i64| {
        let step = price_score(
            &Method::AbsoluteLinear,
            &leaf(corridor(200, 100, below, above), 40),
            &x(price),
            &field(1, 1),
        )
        .unwrap();
        (step.result.shown(), step.rule)
    };
    assert_eq!(points(Outside::Clip, Outside::Extrapolate, 50), ("40".into(), Rule::CorridorFullPoints));
    assert_eq!(points(Outside::Clip, Outside::Extrapolate, 250), ("-20".into(), Rule::AbsoluteLinear));
    assert_eq!(points(Outside::Extrapolate, Outside::Clip, 50), ("60".into(), Rule::AbsoluteLinear));
    assert_eq!(points(Outside::Extrapolate, Outside::Clip, 250), ("0".into(), Rule::CorridorNoPoints));
    assert_eq!(points(Outside::Clip, Outside::Clip, 100), ("40".into(), Rule::AbsoluteLinear));
    assert_eq!(points(Outside::Clip, Outside::Clip, 200), ("0".into(), Rule::AbsoluteLinear));
}

#[test]
fn linear_points_stop_at_zero_only_where_a_floor_was_declared() {
    let points = |floor, price: i64| {
        let step =
            price_score(&Method::LinearOnLowest(floor), &plain(80), &x(price), &field(100, 300)).unwrap();
        (step.result.shown(), step.rule)
    };
    assert_eq!(points(Floor::Zero, 250), ("0".into(), Rule::LinearFloor));
    assert_eq!(points(Floor::None, 250), ("-40".into(), Rule::LinearOnLowest));
    assert_eq!(
        points(Floor::Zero, 200),
        ("0".into(), Rule::LinearOnLowest),
        "twice the lowest is no floor yet"
    );
    assert_eq!(points(Floor::Zero, 150), ("40".into(), Rule::LinearOnLowest));
}

#[test]
fn from_lowest_to_highest_the_dearest_earns_nothing_and_equal_prices_all_earn_everything() {
    let points = |price: i64, field| {
        let step = price_score(&Method::LowestToHighest, &plain(60), &x(price), &field).unwrap();
        (step.result.shown(), step.rule)
    };
    assert_eq!(points(100, field(100, 300)), ("60".into(), Rule::LowestToHighest));
    assert_eq!(points(250, field(100, 300)), ("15".into(), Rule::LowestToHighest));
    assert_eq!(points(300, field(100, 300)), ("0".into(), Rule::LowestToHighest));
    assert_eq!(points(100, field(100, 100)), ("60".into(), Rule::EqualPrices));
}

#[test]
fn beside_a_price_of_zero_nothing_is_left_in_any_formula_that_divides() {
    for method in [
        Method::RelativeLowest,
        Method::LinearOnLowest(Floor::None),
        Method::LevelPoints(Floor::Zero),
        Method::Logarithmic(n(2)),
    ] {
        let points = |price: i64| {
            let step = price_score(&method, &plain(60), &x(price), &field(0, 300)).unwrap();
            (step.result.shown(), step.rule)
        };
        assert_eq!(points(0), ("60".into(), Rule::ZeroPriceTakesAll), "{method:?}");
        assert_eq!(points(300), ("0".into(), Rule::ZeroPriceLeavesNothing), "{method:?}");
    }
}

#[test]
fn a_method_without_a_price_formula_gives_no_points_for_a_price() {
    for method in [Method::QualityOnly, Method::LowestPrice, Method::UtilityIndex, Method::Features] {
        assert_eq!(price_score(&method, &plain(1), &x(1), &field(1, 1)), None, "{method:?}");
    }
}

#[test]
fn the_price_that_earns_a_share_is_the_formula_turned_round() {
    let others = field(100, 300);
    for method in [
        Method::RelativeLowest,
        Method::LinearOnLowest(Floor::None),
        Method::LevelPoints(Floor::Zero),
        Method::LowestToHighest,
    ] {
        for share in ["0.25", "0.5", "1"] {
            let price = price_that_earns(&method, &plain(1), &x(share), Some(&others)).unwrap();
            let earned = price_score(&method, &plain(1), &price, &others).unwrap().result;
            assert_eq!(earned, x(share), "{method:?} at {}", price.shown());
        }
        assert_eq!(price_that_earns(&method, &plain(1), &x("1.01"), Some(&others)), None, "{method:?}");
        assert_eq!(price_that_earns(&method, &plain(1), &x("0.5"), None), None, "{method:?}");
    }
    let log = Method::Logarithmic(n(2));
    let price = price_that_earns(&log, &plain(1), &x("0.5"), Some(&others)).unwrap();
    assert_eq!(crate::builders::rounded(&price, 4), "141.4214");
    assert_eq!(price_that_earns(&Method::LowestPrice, &plain(1), &x("0.5"), Some(&others)), None);
}

#[test]
fn no_price_earns_a_share_that_the_formula_does_not_reach() {
    let others = field(100, 300);
    assert_eq!(price_that_earns(&Method::RelativeLowest, &plain(1), &x(0), Some(&others)), None);
    assert_eq!(price_that_earns(&Method::RelativeLowest, &plain(1), &x("-0.1"), Some(&others)), None);
    assert_eq!(price_that_earns(&Method::LowestToHighest, &plain(1), &x("-0.1"), Some(&others)), None);
    assert_eq!(price_that_earns(&Method::LowestToHighest, &plain(1), &x(0), Some(&others)), Some(x(300)));
    assert_eq!(
        price_that_earns(&Method::LowestToHighest, &plain(1), &x("0.5"), Some(&field(100, 100))),
        None
    );
    assert_eq!(
        price_that_earns(&Method::LowestToHighest, &plain(1), &x(1), Some(&field(100, 100))),
        Some(x(100))
    );
    let linear = Method::LinearOnLowest(Floor::None);
    assert_eq!(price_that_earns(&linear, &plain(1), &x("-0.5"), Some(&others)), Some(x(250)));
}

#[test]
fn beyond_a_corridor_a_price_earns_more_only_where_the_line_goes_on() {
    let at = |below, above, share: &str| {
        price_that_earns(&Method::AbsoluteLinear, &leaf(corridor(200, 100, below, above), 1), &x(share), None)
    };
    let (clip, on, reject) = (Outside::Clip, Outside::Extrapolate, Outside::Reject);
    assert_eq!(at(clip, clip, "1"), Some(x(100)));
    assert_eq!(at(clip, clip, "0"), Some(x(200)));
    assert_eq!(at(on, clip, "1.5"), Some(x(50)));
    assert_eq!(at(clip, on, "1.5"), None);
    assert_eq!(at(reject, on, "1.5"), None);
    assert_eq!(at(clip, on, "-0.5"), Some(x(250)));
    assert_eq!(at(on, clip, "-0.5"), None);
    assert_eq!(at(on, reject, "-0.5"), None);
}

#[test]
fn a_mark_up_adds_for_the_points_that_are_missing() {
    // 100 × (1 + (40 − 30) / 60) = 116.66…
    let model = a_model().by(Method::QualityMarkUp).price(60).quality(40);
    let lot = scored(model, [bid("A", 90, "7.5"), bid("B", 90, 10)]);
    assert_eq!([lot.total("A"), lot.total("B")], [x(105), x(90)]);
    assert_eq!(lot.ranking(), "B1 A2");
}

#[test]
fn the_utility_index_holds_quality_and_price_against_the_best_of_both() {
    // A: (1 − (0.9 − 0.5) × 40/60) / 100 × 100; B: 1 / 110 × 100.
    let model = || a_model().by(Method::UtilityIndex).price(60).quality(40);
    let lot = scored(model(), [bid("A", 100, 5), bid("B", 110, 9)]);
    assert_eq!(lot.total("A"), fraction(11, 15));
    assert_eq!(lot.total("B"), fraction(10, 11));
    assert_eq!(lot.evaluation.field.best_quality, x(36));
}

#[test]
fn a_bracket_of_zero_in_the_utility_index_scores_nothing_whatever_the_price() {
    // With weights of 50 and 50 the bracket of a bid without quality beside full quality is 0.
    let model = || a_model().by(Method::UtilityIndex).price(50).quality(50);
    let lot = scored(model(), [bid("A", 1, 0), bid("B", 1000, 10)]);
    assert_eq!(lot.total("A"), x(0));
    let steps = lot.outcome("A").total_steps(lot.lot.declared(), &lot.evaluation.field);
    assert_eq!(steps.last().unwrap().step.rule, Rule::UtilityNone);
    let above = scored(model(), [bid("A", 1000, "0.1"), bid("B", 1000, 10)]);
    assert_eq!(above.total("A"), x("0.01"));
}

#[test]
fn price_per_point_has_no_value_without_points() {
    let model = a_model().by(Method::PricePerPoint).bare_price().quality(10);
    let lot = scored(model, [bid("A", 100, 0), bid("B", 100, 8)]);
    assert_eq!(lot.excluded_by("A"), ["no-points"]);
    assert_eq!(lot.outcome("A").declared_total, None);
    assert_eq!(lot.total("B"), x("12.5"));
}

#[test]
fn quality_and_price_points_add_up_and_two_prices_each_earn_their_own() {
    let model = a_model()
        .criterion(crate::builders::criterion::price("work").weighs(40))
        .criterion(crate::builders::criterion::price("upkeep").weighs(20))
        .quality(40);
    let written = |id: &str, work: i64, upkeep: i64| {
        a_bid(id).price_of("work", work).price_of("upkeep", upkeep).score("quality", 5)
    };
    let lot = scored(model, [written("A", 100, 40), written("B", 200, 10)]);
    assert_eq!(lot.total("A"), x(40 + 5 + 20));
    assert_eq!(lot.total("B"), x(20 + 20 + 20));
    assert_eq!(lot.points("A", "upkeep"), x(5));
    assert_eq!(lot.outcome("A").real_price(lot.lot.declared()), None, "there is no one price");
}

#[test]
fn a_number_earns_by_its_share_of_the_lowest_or_the_highest() {
    let model = |scoring| a_model().by(Method::QualityOnly).criterion(number("n", scoring).weighs(20));
    let bids = || [a_bid("A").number("n", 4), a_bid("B").number("n", 5)];
    let lowest = scored(model(NumericScoring::RelativeLowest), bids());
    assert_eq!([lowest.total("A"), lowest.total("B")], [x(20), x(16)]);
    assert_eq!(lowest.step("B", "n").rule, Rule::NumericLowest);
    let highest = scored(model(NumericScoring::RelativeHighest), bids());
    assert_eq!([highest.total("A"), highest.total("B")], [x(16), x(20)]);
    assert_eq!(highest.step("B", "n").rule, Rule::NumericHighest);
    let zero = [a_bid("A").number("n", 0), a_bid("B").number("n", 5)];
    let zero = scored(model(NumericScoring::RelativeLowest), zero);
    assert_eq!([zero.total("A"), zero.total("B")], [x(20), x(0)], "the lowest of zero earns everything");
    let none = scored(model(NumericScoring::RelativeHighest), [a_bid("A").number("n", 0)]);
    assert_eq!(none.total("A"), x(0));
}

#[test]
fn what_is_held_against_the_best_gives_the_best_full_marks() {
    let model = a_model().price(50).criterion(assessed("quality").weighs(50).relative());
    let lot = scored(model, [bid("A", 100, 4), bid("B", 100, 8)]);
    assert_eq!([lot.points("A", "quality"), lot.points("B", "quality")], [x(25), x(50)]);
    assert_eq!([lot.total("A"), lot.total("B")], [x(75), x(100)]);
    let lot = scored(
        a_model().by(Method::RelativeQuality).quality(60).named("plan", 40),
        [("A", 3, 3), ("B", 6, 6)].map(|(id, a, b)| a_bid(id).score("quality", a).score("plan", b)),
    );
    assert_eq!([lot.total("A"), lot.total("B")], [x(50), x(100)]);
}

#[test]
fn nothing_is_earned_against_a_best_of_nothing() {
    let model = a_model().by(Method::RelativeQuality).quality(60);
    assert_eq!(scored(model, [a_bid("A").score("quality", 0)]).total("A"), x(0));
}

#[test]
fn the_extended_ratio_lets_the_lowest_price_decide_inside_its_corridor() {
    let model = |percent: &str| {
        a_model().by(Method::ExtendedRatio(n(percent), Decision::LowestPrice)).bare_price().quality(10)
    };
    // Ratios 0.1, 0.09 and 0.08; the corridor of 10 percent begins at 0.09, which is inside.
    let bids = || [bid("A", 100, 10), bid("B", 80, "7.2"), bid("C", 50, 4)];
    let lot = scored(model("10"), bids());
    assert_eq!(lot.evaluation.ranking.corridor_from, Some(x("0.09")));
    assert_eq!(lot.ranking(), "B1 A2 C3");
    assert_eq!(scored(model("9.99"), bids()).ranking(), "A1 B2 C3");
    assert_eq!(scored(model("20"), bids()).ranking(), "C1 B2 A3");
}

#[test]
fn other_methods_have_no_corridor() {
    let lot = scored(a_model().price(60).quality(40), [bid("A", 100, 8)]);
    assert_eq!(lot.evaluation.ranking.corridor_from, None);
    assert_eq!(lot.evaluation.ranking.places[0].inside_corridor, None);
}
