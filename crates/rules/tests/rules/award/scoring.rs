//! What a bid earns by its own answers: scales, levels, offers, numbers, costs, and where that is rounded.

use trede_base::exact::Half;
use trede_rules::award::Rounding;
use trede_rules::award::commitment::{CommitmentTerms, OfferScoring, Steps};
use trede_rules::award::criterion::Criterion;
use trede_rules::award::discount::{discounted, undiscounted};
use trede_rules::award::life_cycle_cost::{LifeCycleCosts, LifeCycleTerms, life_cycle_cost};
use trede_rules::award::model::{Combination, Method};
use trede_rules::award::numeric::NumericScoring;
use trede_rules::award::pso_level::LevelMeasure;
use trede_rules::award::quality::AssessedScore;
use trede_rules::award::straight_line::{Outside, Side, StraightLine};
use trede_rules::explaining::Rule;
use trede_rules::pso::{LevelRank, Standing};

use crate::builders::bid::{Written, a_bid, bid};
use crate::builders::criterion::{
    Declared, between_bounds, commitment, commitment_between, fixed_price, levels, life_cycle, number,
    number_between, offer, on_scale, scale, steps,
};
use crate::builders::model::{Model, a_model};
use crate::builders::scored::scored;
use crate::builders::{euros, fraction, n, x};

fn quality_only(criterion: Criterion) -> Model {
    a_model().by(Method::QualityOnly).pso().criterion(criterion)
}

/// What one bid earns on one criterion, and by which rule.
fn earned(criterion: Criterion, bid: Written) -> (String, Rule) {
    let id = criterion.id.clone();
    let lot = scored(quality_only(criterion), [bid]);
    assert_eq!(lot.total("A"), lot.points("A", &id));
    (lot.points("A", &id).shown(), lot.step("A", &id).rule)
}

#[test]
fn a_score_is_a_share_of_the_highest_or_of_the_way_between_the_bounds() {
    let on = |scale, score: i64| earned(on_scale("q", scale).weighs(40), a_bid("A").score("q", score));
    assert_eq!(on(scale(0, 10), 8), ("32".into(), Rule::AssessedScore));
    assert_eq!(on(scale(2, 10), 2), ("8".into(), Rule::AssessedScore));
    assert_eq!(on(between_bounds(2, 10), 2), ("0".into(), Rule::AssessedBetween));
    assert_eq!(on(between_bounds(2, 10), 4), ("10".into(), Rule::AssessedBetween));
    assert_eq!(on(scale(-10, 10), -5), ("-20".into(), Rule::AssessedScore));
}

#[test]
fn the_share_of_a_score_is_what_it_earns_of_the_full_weight() {
    let lot = scored(quality_only(on_scale("q", scale(0, 10)).weighs(40)), [a_bid("A").score("q", 8)]);
    assert_eq!(lot.outcome("A").scores()[0].share(&x(40)), x("0.8"));
    assert_eq!(lot.outcome("A").scores()[0].share(&x(0)), x(0));
}

#[test]
fn a_level_earns_points_or_a_score_on_a_line() {
    let rows = [("trede-1", 4), ("trede-2", 8)];
    let points = levels("pso", LevelMeasure::Points, &rows).weighs(10);
    assert_eq!(earned(points, a_bid("A").level("trede-2")), ("8".into(), Rule::LevelPoints));
    let line = || StraightLine::new(n(0), n(10)).unwrap();
    let score = levels("pso", LevelMeasure::Score(line()), &rows).weighs(20);
    assert_eq!(earned(score, a_bid("A").level("trede-1")), ("8".into(), Rule::LevelScore));
    let from_two = StraightLine::new(n(2), n(10)).unwrap();
    let score = levels("pso", LevelMeasure::Score(from_two), &rows).weighs(20);
    assert_eq!(earned(score, a_bid("A").level("trede-1")), ("5".into(), Rule::LevelScore));
}

#[test]
fn an_offer_earns_on_its_line_and_nothing_more_above_the_maximum() {
    let on = |criterion: Criterion, offer: &str| earned(criterion.weighs(30), a_bid("A").offer("sr", offer));
    assert_eq!(on(commitment("sr", 2, 5), "4"), ("24".into(), Rule::CommitmentLine));
    assert_eq!(on(commitment("sr", 2, 5), "5"), ("30".into(), Rule::CommitmentLine));
    assert_eq!(on(commitment("sr", 2, 5), "7"), ("30".into(), Rule::CommitmentLine));
    assert_eq!(on(commitment_between("sr", 2, 5), "2"), ("0".into(), Rule::CommitmentLine));
    assert_eq!(on(commitment_between("sr", 2, 5), "3"), ("10".into(), Rule::CommitmentLine));
}

#[test]
fn an_offer_below_the_minimum_scores_no_less_than_nothing_and_keeps_its_own_number() {
    let model = quality_only(commitment_between("sr", 2, 5).weighs(30));
    let lot = scored(model, [a_bid("A").offer("sr", 1)]);
    assert_eq!(lot.points("A", "sr"), x(0));
    assert_eq!(lot.outcome("A").scores()[0].raw, x(1));
    assert_eq!(lot.excluded_by("A"), ["threshold"]);
}

#[test]
fn an_offer_earns_the_percent_of_the_highest_step_it_reaches() {
    let table = steps(&[(2, 10), (3, 50), (5, 100)]);
    assert_eq!([1, 2, 4, 5, 9].map(|at| table.percent_at(n(at))), [0, 10, 50, 100, 100].map(n));
    let by_table = |offered: &str| {
        let criterion = offer("sr", n(2), n(5), OfferScoring::Steps(steps(&[(2, 10), (3, 50), (6, 100)])));
        earned(criterion.weighs(30), a_bid("A").offer("sr", offered))
    };
    assert_eq!(by_table("3"), ("15".into(), Rule::CommitmentStep));
    assert_eq!(by_table("6"), ("15".into(), Rule::CommitmentStep), "what counts is at most the maximum of 5");
    assert_eq!(Steps(Vec::new()).percent_at(n(9)), n(0));
}

#[test]
fn a_commitment_counts_up_to_its_maximum() {
    let terms = CommitmentTerms {
        measure: trede_rules::award::commitment::Measure::Places,
        minimum: n(1),
        maximum: n(5),
        above_maximum: trede_rules::award::commitment::AboveMaximum::Clip,
        scoring: OfferScoring::Steps(steps(&[(1, 100)])),
    };
    assert_eq!([4, 5, 6].map(|offer| terms.counted(n(offer))), [4, 5, 5].map(n));
}

#[test]
fn a_number_outside_its_line_is_clipped_or_goes_on_as_declared() {
    let on = |outside, number: i64| {
        earned(number_between("days", 30, 10, outside).weighs(20), a_bid("A").number("days", number)).0
    };
    assert_eq!([30, 20, 10].map(|days| on(Outside::Clip, days)), ["0", "10", "20"]);
    assert_eq!([40, 5].map(|days| on(Outside::Clip, days)), ["0", "20"]);
    assert_eq!([40, 5].map(|days| on(Outside::Extrapolate, days)), ["-10", "25"]);
}

#[test]
fn a_number_by_a_table_earns_the_percent_of_its_step() {
    let criterion = || number("n", NumericScoring::Steps(steps(&[(1, 25), (4, 75)]))).weighs(20);
    let on = |at: i64| earned(criterion(), a_bid("A").number("n", at));
    assert_eq!(on(0), ("0".into(), Rule::NumericStep));
    assert_eq!(on(3), ("5".into(), Rule::NumericStep));
    assert_eq!(on(4), ("15".into(), Rule::NumericStep));
}

#[test]
fn a_fixed_price_earns_nothing_and_is_shown() {
    let model = quality_only(on_scale("q", scale(0, 10)).weighs(10)).criterion(fixed_price(5_000));
    let lot = scored(model, [a_bid("A").score("q", 5)]);
    assert_eq!(lot.total("A"), x(5));
    assert_eq!(lot.outcome("A").scores()[1].raw, x(5_000));
    assert_eq!(lot.step("A", "fixed").rule, Rule::FixedPrice);
}

#[test]
fn a_straight_line_knows_on_which_side_a_value_lies() {
    let line = StraightLine::new(n(200), n(100)).unwrap();
    let sides = [250, 200, 150, 100, 50].map(|at| line.side(&x(at)));
    assert_eq!(sides, [Side::BeyondZero, Side::Between, Side::Between, Side::Between, Side::BeyondFull]);
    assert_eq!([line.share(&x(150)), line.value_at(&x("0.25"))], [x("0.5"), x(175)]);
    let from_zero = StraightLine::new(n(0), n(8)).unwrap();
    assert_eq!([from_zero.share(&x(2)), from_zero.value_at(&x("0.25"))], [x("0.25"), x(2)]);
    assert_eq!(StraightLine::new(n(5), n(5)), None);
}

fn life_cycle_of(years: &[i64], rate: i64, residual: i64) -> trede_base::exact::Exact {
    let costs = LifeCycleCosts {
        purchase: euros(1000),
        yearly: years.iter().map(|cost| euros(*cost).into()).collect(),
        per_year: false,
        residual: euros(residual),
        payments: Vec::new(),
        usage: Vec::new(),
    };
    let years = u32::try_from(years.len()).unwrap();
    life_cycle_cost(&LifeCycleTerms::yearly(years, n(rate)), &costs)
}

#[test]
fn costs_are_discounted_at_the_end_of_each_year_and_the_residual_at_the_last() {
    assert_eq!(life_cycle_of(&[110, 121], 10, 0), x(1200));
    assert_eq!(life_cycle_of(&[110, 121], 10, 242), x(1000));
    assert_eq!(life_cycle_of(&[5, 7], 0, 12), x(1000));
    assert_eq!(life_cycle_of(&[100], 200, 0), x(1000).plus(&fraction(100, 3)));
}

#[test]
fn the_step_of_a_life_cycle_cost_shows_purchase_years_and_residual() {
    let model = a_model().by(Method::LowestCost).without_weights().criterion(life_cycle(2, 10));
    let lot = scored(model, [a_bid("A").costs(1000, &[110, 121], 242)]);
    assert_eq!(lot.total("A"), x(1000));
    let told: Vec<_> =
        lot.outcome("A").steps().iter().map(|at| (at.step.rule, at.step.terms.to_vec())).collect();
    let expected = [
        (Rule::PresentValue, vec![x(110), x(10), x(1)]),
        (Rule::PresentValue, vec![x(121), x(10), x(2)]),
        (Rule::YearlySum, vec![x(100), x(100)]),
        (Rule::PresentResidual, vec![x(242), x(10), x(2)]),
        (Rule::LifeCycleCost, vec![x(1000), x(200), x(200)]),
    ];
    assert_eq!(told, expected);
    assert_eq!(lot.outcome("A").scores()[0].raw, x(1000));
}

#[test]
fn a_mean_of_assessors_is_told_as_a_step() {
    let individual = [("Ada", 6), ("Bo", 7)].map(|(name, score)| (name.to_owned(), n(score))).to_vec();
    let score = AssessedScore {
        score: x("6.5"),
        individual,
        combined: Some(Combination::Mean),
        rounded_to: None,
        spread_flagged: false,
    };
    let model = quality_only(on_scale("q", scale(0, 10)).weighs(10));
    let lot = scored(model.clone(), [a_bid("A").assessed("q", score.clone())]);
    let step = &lot.outcome("A").steps()[0].step;
    assert_eq!((step.rule, step.terms.to_vec()), (Rule::AssessorMean, vec![x(6), x(7)]));
    let agreed = AssessedScore { combined: None, ..score };
    assert!(scored(model, [a_bid("A").assessed("q", agreed)]).outcome("A").steps().is_empty());
}

fn with_discount(measure: LevelMeasure, rows: &[(&str, i64)]) -> Model {
    a_model().price(60).pso().criterion(levels("pso", measure, rows))
}

#[test]
fn the_lowest_price_is_taken_over_the_prices_after_discount() {
    let rows = [("trede-1", 10), ("trede-2", 20)];
    let lot = scored(
        with_discount(LevelMeasure::DiscountPercent, &rows),
        [a_bid("A").price(100).level("trede-2"), a_bid("B").price(90)],
    );
    assert_eq!(lot.outcome("A").parts.prices, [x(80)]);
    assert_eq!([lot.total("A"), lot.total("B")], [x(60), fraction(60 * 8, 9)]);
    assert_eq!(lot.outcome("A").steps()[0].step.rule, Rule::DiscountPercent);
    assert_eq!(lot.step("A", "pso").result, x(80));
    let lot = scored(
        with_discount(LevelMeasure::DiscountAmount, &rows),
        [a_bid("A").price(100).level("trede-1"), a_bid("B").price(90)],
    );
    assert_eq!(lot.outcome("A").parts.prices, [x(90)]);
    assert_eq!(lot.ranking(), "A1 B1");
    assert_eq!(lot.outcome("A").steps()[0].step.rule, Rule::DiscountAmount);
}

#[test]
fn a_discount_larger_than_the_price_is_refused_where_the_formula_divides() {
    let model = with_discount(LevelMeasure::DiscountAmount, &[("trede-1", 100)]);
    let bids = |price: &'static str| [a_bid("A").price(price).level("trede-1"), a_bid("B").price(500)];
    use trede_rules::award::FindingCode::DiscountExceedsPrice;
    assert_eq!(crate::builders::scored::refused(model.clone(), bids("99.99")), [DiscountExceedsPrice]);
    assert_eq!(crate::builders::scored::refused(model.clone(), bids("100")), [DiscountExceedsPrice]);
    assert_eq!(scored(model.clone(), bids("100.01")).ranking(), "A1 B2");
    let on_line = model.clone().by(Method::LowestToHighest);
    assert_eq!(crate::builders::scored::refused(on_line.clone(), bids("99.99")), [DiscountExceedsPrice]);
    assert_eq!(scored(on_line, bids("100")).ranking(), "A1 B2");
    let plain = a_model()
        .by(Method::FictitiousDiscount)
        .without_weights()
        .pso()
        .bare_price()
        .criterion(levels("pso", LevelMeasure::DiscountAmount, &[("trede-1", 100)]));
    assert_eq!(scored(plain, bids("50")).total("A"), x(-50));
}

#[test]
fn a_discount_can_be_taken_back() {
    for (measure, after) in [(LevelMeasure::DiscountPercent, 900), (LevelMeasure::DiscountAmount, 990)] {
        let declared = with_discount(measure, &[("trede-1", 10)]).declared();
        let level = declared.model.pso.as_ref().unwrap().ladder.rank_of("trede-1").unwrap();
        let standing = Standing::Single(level);
        assert_eq!(discounted(&declared, &x(1000), &standing, &[]), x(after));
        assert_eq!(undiscounted(&declared, &x(after), &standing, &[]), Some(x(1000)));
        let none = Standing::Single(LevelRank::NONE);
        assert_eq!(discounted(&declared, &x(1000), &none, &[]), x(1000));
    }
}

#[test]
fn criteria_are_rounded_before_the_sum_or_the_total_after_it_and_never_both() {
    let model = || a_model().by(Method::QualityOnly).quality(1).named("plan", 1);
    let written = || [a_bid("A").score("quality", "1.25").score("plan", "1.25")];
    assert_eq!(scored(model(), written()).total("A"), x("0.25"));
    assert_eq!(scored(model().rounding_criteria(1), written()).total("A"), x("0.2"));
    let total = scored(model().rounding_totals(1), written());
    assert_eq!([total.total("A"), total.exact_total("A")], [x("0.3"), x("0.25")]);
    assert_eq!(total.points("A", "plan"), x("0.125"));
    let steps = total.outcome("A").total_steps(total.lot.declared(), &total.evaluation.field);
    assert_eq!(steps.last().unwrap().step.rule, Rule::RoundedTotal);
}

#[test]
fn a_half_is_rounded_as_declared() {
    let rounding = |half| Rounding::Total { decimals: 2, half };
    assert_eq!(rounding(Half::Up).of_total(&x("0.125")), x("0.13"));
    assert_eq!(rounding(Half::Even).of_total(&x("0.125")), x("0.12"));
    assert_eq!(rounding(Half::Up).of_criterion(&x("0.125"), &x(1)), x("0.125"));
    let criterion = Rounding::Criterion { decimals: 0, half: Half::Up };
    assert_eq!([criterion.of_criterion(&x("0.5"), &x(1)), criterion.of_total(&x("0.5"))], [x(1), x("0.5")]);
    assert_eq!(Rounding::None.of_total(&x("0.125")), x("0.125"));
}

#[test]
fn what_is_held_against_the_best_is_rounded_after_that_and_once() {
    let relative = on_scale("quality", scale(0, 10)).weighs(10).relative();
    let model = a_model().price(10).criterion(relative).rounding_criteria(0);
    // 10 × 3.5/7.5 = 4.67 → 5; rounded before, it would be 10 × 4/8 = 5 and for B 10 × 3/8 = 3.75.
    let lot = scored(model, [bid("A", 1, "3.4"), bid("B", 1, "7.4")]);
    assert_eq!(lot.points("A", "quality"), x(5));
    assert_eq!(lot.total("A"), x(15));
}

#[test]
fn the_steps_to_a_total_can_be_added_up_again() {
    let model = a_model().price(60).quality(30).named("plan", 10);
    let lot = scored(
        model,
        [
            a_bid("A").price(200).score("quality", 5).score("plan", 5),
            a_bid("B").price(100).score("quality", 5).score("plan", 5),
        ],
    );
    let steps = lot.outcome("A").total_steps(lot.lot.declared(), &lot.evaluation.field);
    assert_eq!(steps.len(), 1);
    assert_eq!(steps[0].step.terms.to_vec(), [x(15), x(5), x(30)]);
    assert_eq!(steps[0].step.result, x(50));
}

#[test]
fn the_steps_of_value_name_the_sum_of_the_values_and_then_the_price() {
    let model = a_model().by(Method::AwardOnValue).without_weights().bare_price().valued("quality", 200);
    let lot = scored(model, [bid("A", 1000, 5)]);
    let steps = lot.outcome("A").total_steps(lot.lot.declared(), &lot.evaluation.field);
    assert_eq!(
        steps.iter().map(|placed| placed.step.rule).collect::<Vec<_>>(),
        [Rule::ValueSum, Rule::AwardOnValue]
    );
    let model = a_model().by(Method::Features).bare_price().quality("0.2");
    let lot = scored(model, [bid("A", 1000, 5)]);
    let steps = lot.outcome("A").total_steps(lot.lot.declared(), &lot.evaluation.field);
    let rules: Vec<_> = steps.iter().map(|placed| placed.step.rule).collect();
    assert_eq!(rules, [Rule::WeightedSum, Rule::FeatureCoefficient, Rule::FeatureValue]);
    let plain = a_model().by(Method::LowestPrice).without_weights().bare_price();
    let lot = scored(plain, [a_bid("A").price(5)]);
    let steps = lot.outcome("A").total_steps(lot.lot.declared(), &lot.evaluation.field);
    assert_eq!(steps.iter().map(|placed| placed.step.rule).collect::<Vec<_>>(), [Rule::PlainPrice]);
}

#[test]
fn a_group_that_is_held_against_the_best_has_a_step_of_its_own() {
    let group = crate::builders::criterion::group(
        "quality",
        [on_scale("a", scale(0, 10)).weighs(20), on_scale("b", scale(0, 10)).weighs(20)],
    );
    let model = a_model().price(60).criterion(group.weighs(40).relative());
    let written = |id: &str, a: i64, b: i64| a_bid(id).price(1).score("a", a).score("b", b);
    let lot = scored(model, [written("A", 2, 3), written("B", 4, 6)]);
    let steps = lot.outcome("A").total_steps(lot.lot.declared(), &lot.evaluation.field);
    assert_eq!(steps[0].criterion.as_deref(), Some("quality"));
    assert_eq!(steps[0].step.result, x(20));
    assert_eq!(steps[1].step.terms.to_vec(), [x(20), x(60)]);
    assert_eq!(lot.total("A"), x(80));
}
