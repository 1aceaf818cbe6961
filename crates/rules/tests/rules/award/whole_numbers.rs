//! A lot in whole numbers and the same lot in exact fractions come to the same, also where numbers no longer fit.

use proptest::prelude::*;
use trede_base::exact::{Exact, Half};
use trede_rules::award::award_factor::{AwardFactor, Factor, award_factor};
use trede_rules::award::criterion::{Content, Criterion};
use trede_rules::award::discount::{DiscountMeasure, DiscountTerms};
use trede_rules::award::model::{Bound, Method};
use trede_rules::award::numeric::{NumericScoring, PointTable};
use trede_rules::award::price_sheet::{PriceSheet, SheetLine};
use trede_rules::award::robustness::{drop_out_effects, margins, stability, weight_fans};
use trede_rules::award::rounding::{Decimals, Stages};
use trede_rules::award::scoring::CriterionScore;
use trede_rules::award::straight_line::Outside;
use trede_rules::award::{Evaluation, Lot, Rounding, evaluate};
use trede_rules::explaining::{Language, Rule, Step};

use super::drawn_tender::drawn;
use crate::builders::bid::a_bid;
use crate::builders::criterion::{Declared, assessed, bare, commitment, number, on_scale, price, scale};
use crate::builders::model::a_model;
use crate::builders::n;
use crate::builders::scored::scored;

/// Everything that can be told of an evaluation, as it is shown.
fn told(lot: &Lot, evaluation: &Evaluation) -> Vec<String> {
    let mut told = vec![
        format!("{:?}", evaluation.ranking.places),
        format!("{:?}", evaluation.ranking.ties),
        format!("{:?}", evaluation.warnings),
        evaluation.rounds.to_string(),
    ];
    for outcome in &evaluation.outcomes {
        let reasons = outcome.exclusions.iter().map(|reason| reason.reason(Language::English));
        told.extend(reasons);
        let totals = [&outcome.exact_total, &outcome.declared_total];
        told.extend(totals.into_iter().flatten().flat_map(|total| [total.shown(), total.fraction()]));
        let parts = &outcome.parts;
        let numbers = parts.prices.iter().chain(&parts.numbers).chain(&parts.nodes);
        told.extend(numbers.chain([&parts.quality, &outcome.quality]).map(|number| number.fraction()));
        let steps = outcome.total_steps(lot.declared(), &evaluation.field);
        told.extend(steps.iter().map(|placed| placed.step.result.fraction()));
        told.push(outcome.asked(lot.declared()).fraction());
    }
    told.extend(evaluation.low_bid_steps.iter().map(|step| step.result.fraction()));
    let flags = evaluation.abnormally_low.iter();
    told.extend(flags.map(|(bid, flag)| format!("{bid} {:?} {}", flag.rule, flag.against.fraction())));
    told
}

/// Scores with their steps, as they are shown.
fn told_of(scores: &[CriterionScore]) -> Vec<String> {
    let told = |score: &CriterionScore| {
        let numbers = [&score.raw, &score.declared].map(Exact::fraction);
        format!("{} {numbers:?}", told_of_step(&score.step))
    };
    scores.iter().map(told).collect()
}

fn told_of_step(step: &Step) -> String {
    let terms: Vec<String> = step.terms.to_vec().iter().map(Exact::fraction).collect();
    format!("{:?} {terms:?} {}", step.rule, step.result.fraction())
}

/// An award factor, as it is shown.
fn told_of_factor(factor: &AwardFactor) -> Vec<String> {
    let told = |factor: &Factor| {
        let steps = [&factor.points, &factor.euros].map(|step| step.as_ref().map(told_of_step));
        format!("{steps:?} {:?} {:?}", factor.without.as_ref().map(Exact::fraction), factor.missing)
    };
    [&factor.level, &factor.commitments, &factor.together].map(told).into()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn whole_numbers_and_exact_fractions_come_to_the_same(drawn in drawn()) {
        let lot = drawn.lot();
        prop_assume!(lot.is_some());
        let lot = lot.unwrap();
        let fractions = lot.in_fractions();
        prop_assert_eq!(fractions.in_whole_numbers(), 0);
        match (evaluate(&lot), evaluate(&fractions)) {
            (Ok(whole), Ok(exact)) => {
                prop_assert_eq!(told(&lot, &whole), told(&fractions, &exact));
                for (index, (one, other)) in whole.outcomes.iter().zip(&exact.outcomes).enumerate() {
                    prop_assert_eq!(&one.exclusions, &other.exclusions);
                    prop_assert_eq!(told_of(one.scores()), told_of(other.scores()));
                    let factor = award_factor(&lot, &whole, index).as_ref().map(told_of_factor);
                    let other = award_factor(&fractions, &exact, index).as_ref().map(told_of_factor);
                    prop_assert_eq!(factor, other);
                }
                prop_assert_eq!(margins(&lot, &whole), margins(&fractions, &exact));
                prop_assert_eq!(drop_out_effects(&lot, &whole), drop_out_effects(&fractions, &exact));
                prop_assert_eq!(stability(&lot, &whole), stability(&fractions, &exact));
                prop_assert_eq!(weight_fans(&lot, &whole), weight_fans(&fractions, &exact));
            }
            (Err(whole), Err(exact)) => prop_assert_eq!(whole, exact),
            (whole, exact) => prop_assert!(false, "{} but {}", whole.is_ok(), exact.is_ok()),
        }
    }

    #[test]
    fn points_are_the_sum_of_the_scores(drawn in drawn()) {
        let lot = drawn.lot();
        prop_assume!(lot.is_some());
        let lot = lot.unwrap();
        let Ok(evaluation) = evaluate(&lot) else { return Ok(()) };
        for outcome in evaluation.outcomes.iter().filter(|outcome| outcome.is_ranked()) {
            let steps = outcome.total_steps(lot.declared(), &evaluation.field);
            let before_rounding = lot.declared().model.rounding.total_rule().map_or(1, |_| 2);
            let step = &steps[steps.len() - before_rounding].step;
            prop_assert_eq!(Some(&step.result), outcome.exact_total.as_ref());
            if step.rule == Rule::WeightedSum {
                prop_assert_eq!(&Exact::sum(step.terms.to_vec().iter()), &step.result);
            }
        }
    }
}

fn lot_of(weight: &str, scores: &[&str]) -> Lot {
    let declared = a_model().price("60").named("plan", weight).declared();
    let bids = scores.iter().enumerate();
    let bids = bids.map(|(index, score)| a_bid(&index.to_string()).price(100).score("plan", *score));
    let bids = bids.map(|bid| bid.for_model(&declared)).collect();
    Lot::new(declared, bids, None).unwrap()
}

#[test]
fn a_bid_whose_answer_is_too_long_is_scored_in_fractions_and_the_others_are_not() {
    let long = "7.12345678901234567";
    assert_eq!(lot_of("40", &["8", "7.5", "0.0000000001"]).in_whole_numbers(), 3);
    assert_eq!(lot_of("40", &["8", long, "7.5"]).in_whole_numbers(), 2);
    let lot = lot_of("40", &["8", long, "7.5"]);
    let evaluation = evaluate(&lot).unwrap();
    let points: Vec<String> =
        evaluation.outcomes.iter().map(|outcome| outcome.parts.quality.shown()).collect();
    assert_eq!(points, ["32", "28.49382715604938268", "30"]);
}

#[test]
fn a_lot_without_a_denominator_that_fits_is_scored_in_fractions() {
    let weight = "0.123456789012345678";
    assert_eq!(lot_of(weight, &["8", "7.1234567891"]).in_whole_numbers(), 0);
    let lot = lot_of(weight, &["10"]);
    assert_eq!(evaluate(&lot).unwrap().outcomes[0].parts.quality.shown(), weight);
}

#[test]
fn thirds_and_sevenths_add_up_in_whole_numbers() {
    let model = a_model()
        .by(Method::QualityOnly)
        .criterion(on_scale("a", scale(0, 3)).weighs(50))
        .criterion(on_scale("b", scale(0, 7)).weighs(50));
    let lot = scored(model, [a_bid("A").score("a", 2).score("b", 3)]);
    assert_eq!(lot.lot.in_whole_numbers(), 1);
    assert_eq!(lot.total("A").fraction(), "1150/21");
}

#[test]
fn a_bid_that_misses_a_requirement_is_excluded_as_before() {
    let model =
        a_model().price(60).criterion(commitment("offer", 2, 5).weighs(40)).knock_out("iso", Bound::Met);
    let a = a_bid("A").price(100).offer("offer", 1).met("iso", true);
    let b = a_bid("B").price(100).offer("offer", 2).met("iso", false);
    let c = a_bid("C").price(100).offer("offer", 2).met("iso", true);
    let lot = scored(model, [a, b, c]);
    assert_eq!(lot.lot.in_whole_numbers(), 3);
    assert_eq!(lot.excluded_by("A"), ["threshold"]);
    assert_eq!(lot.excluded_by("B"), ["knock-out"]);
    assert_eq!(lot.ranking(), "C1");
}

/// A table from 0 to 10, in points or euros.
fn table() -> PointTable {
    PointTable([(0, 0), (4, 3), (10, 25)].map(|(from, points)| (n(from), n(points))).into())
}

fn lowering(id: &str, measure: DiscountMeasure, most: i64) -> Criterion {
    Criterion { discount: Some(DiscountTerms { measure, most: n(most), cap: Some(n(90)) }), ..assessed(id) }
}

#[test]
fn tables_of_points_and_points_between_their_rows_are_whole_numbers() {
    let between = NumericScoring::Interpolated { table: table(), outside: Outside::Reject };
    let model = a_model()
        .by(Method::QualityOnly)
        .criterion(number("steps", NumericScoring::Points(table())).weighs(50))
        .criterion(number("line", between).weighs(50));
    let bid = |id: &str, steps: i64, line: i64| a_bid(id).number("steps", steps).number("line", line);
    let lot = scored(model, [bid("A", 9, 5), bid("B", 10, 4), bid("C", 0, 11)]);
    assert_eq!(lot.lot.in_whole_numbers(), 3);
    // 3 + 3 + 22/6, and 25 + 3.
    assert_eq!([lot.total("A").fraction(), lot.total("B").fraction()], ["29/3", "28/1"]);
    assert_eq!(lot.excluded_by("C"), ["outside-bounds"]);
}

#[test]
fn points_are_whole_numbers_beside_prices_that_are_discounted_added_up_or_rounded() {
    let sheet = PriceSheet {
        lines: vec![SheetLine { id: "hour".to_owned(), quantity: n("2.5") }],
        line_decimals: Some(0),
    };
    let sheet = Content::Price { per_unit: false, ceiling: None, corridor: None, sheet: Some(sheet) };
    let half = Decimals { decimals: 0, half: Half::Up };
    let stages = Stages { price: Some(half), criterion: Some(half), ..Stages::default() };
    let model = a_model()
        .by(Method::AwardOnValue)
        .without_weights()
        .criterion(bare("price", sheet))
        .criterion(price("rent"))
        .criterion(lowering("co2", DiscountMeasure::Percent, 10))
        .valued("plan", 77)
        .with(|model| model.rounding = Rounding::Several(stages));
    // 2.5 × 100.3 is 251, with 400 of rent 651, less 3.3 percent 630; a third of 77 is 25.67.
    let bid =
        a_bid("A").sheet([n("100.3")]).price_of("rent", 400).score("co2", "3.3").score("plan", "3.3333");
    let lot = scored(model, [bid]);
    assert_eq!(lot.lot.in_whole_numbers(), 1);
    assert_eq!(lot.outcome("A").asked(lot.lot.declared()).shown(), "651");
    assert_eq!(lot.total("A").shown(), "604");
}

#[test]
fn shares_that_are_rounded_are_scored_in_fractions() {
    let stages = Stages { share: Some(Decimals { decimals: 2, half: Half::Up }), ..Stages::default() };
    let model = a_model()
        .by(Method::QualityOnly)
        .criterion(on_scale("plan", scale(0, 3)).weighs(70))
        .with(|model| model.rounding = Rounding::Several(stages));
    let lot = scored(model, [a_bid("A").score("plan", 1)]);
    assert_eq!(lot.lot.in_whole_numbers(), 0);
    assert_eq!(lot.total("A").shown(), "23.1");
}
