//! A lot in whole numbers and the same lot in exact fractions come to the same, also where numbers no longer fit.

use proptest::prelude::*;
use rust_decimal::Decimal;
use trede_base::exact::{Exact, Half};
use trede_rules::award::bid::DropOutStage;
use trede_rules::award::commitment::{AboveMaximum, OfferScoring};
use trede_rules::award::criterion::{Content, Criterion};
use trede_rules::award::model::{Bound, Combination, Method};
use trede_rules::award::numeric::NumericScoring;
use trede_rules::award::price_formula::Floor;
use trede_rules::award::pso_level::LevelMeasure;
use trede_rules::award::quality::AssessedScore;
use trede_rules::award::robustness::{drop_out_effects, margins, stability};
use trede_rules::award::scoring::CriterionScore;
use trede_rules::award::straight_line::{Outside, StraightLine};
use trede_rules::award::{DeclaredModel, Evaluation, Lot, Rounding, evaluate};
use trede_rules::explaining::Language;

use crate::builders::bid::{Written, a_bid};
use crate::builders::criterion::{
    Declared, between_bounds, commitment, commitment_between, group, levels, minimum_percent, minimum_score,
    number, number_between, offer, on_scale, price, scale, steps,
};
use crate::builders::model::{Model, a_model};
use crate::builders::n;
use crate::builders::scored::scored;

/// How a tender was drawn: short numbers as people write them, or so long that whole numbers overflow.
#[derive(Clone, Debug)]
struct Drawn {
    method: usize,
    rounding: usize,
    recompute: bool,
    minimum: bool,
    long: bool,
    /// Kind and weight of each criterion besides the price.
    criteria: Vec<(usize, i64)>,
    bids: Vec<DrawnBid>,
}

#[derive(Clone, Debug)]
struct DrawnBid {
    cents: i64,
    level: usize,
    gone: bool,
    /// In millionths of what may be answered.
    answers: Vec<i64>,
}

const KINDS: usize = 14;

fn drawn() -> impl Strategy<Value = Drawn> {
    let criteria = prop::collection::vec((0..KINDS, 1_i64..9_999), 1..7);
    let answers = prop::collection::vec(prop_oneof![0_i64..=1_000_000, Just(500_000), Just(1_000_000)], 7);
    let bid = (1_i64..900_000_000, 0_usize..5, prop::bool::weighted(0.1), answers)
        .prop_map(|(cents, level, gone, answers)| DrawnBid { cents, level, gone, answers });
    let flags = (any::<bool>(), prop::bool::weighted(0.3), prop::bool::weighted(0.3));
    (0_usize..7, 0_usize..6, flags, criteria, prop::collection::vec(bid, 1..7)).prop_map(
        |(method, rounding, (recompute, minimum, long), criteria, bids)| Drawn {
            method,
            rounding,
            recompute,
            minimum,
            long,
            criteria,
            bids,
        },
    )
}

impl Drawn {
    fn weight(&self, mantissa: i64) -> Decimal {
        if self.long { Decimal::new(mantissa * 1_000_000_007_123, 11) } else { Decimal::new(mantissa, 2) }
    }

    fn criterion(&self, index: usize) -> Criterion {
        let (kind, mantissa) = self.criteria[index];
        let (id, weight) = (format!("c{index}"), self.weight(mantissa));
        let table = steps(&[("0", "0"), ("0.25", "33.3"), ("0.5", "50"), ("0.75", "100")]);
        let criterion = match kind {
            0 => on_scale(&id, scale(0, 10)),
            1 => on_scale(&id, between_bounds("-3.5", 7)),
            2 => on_scale(&id, scale(0, 3)).at_least(minimum_score("0.6")),
            3 => on_scale(&id, scale(0, "9.7")).at_least(minimum_percent("12.5")),
            4 => on_scale(&id, scale(0, 6)).relative(),
            5 => {
                let part = |factor: i64| weight * Decimal::new(factor, 2);
                let rows = [("trede-1", part(25)), ("trede-2", part(60)), ("trede-3", weight)];
                levels(&id, LevelMeasure::Points, &rows)
            }
            6 => {
                let line = StraightLine::new(n(0), n(7)).unwrap();
                levels(&id, LevelMeasure::Score(line), &[("trede-1", 2), ("trede-2", 4), ("trede-3", 7)])
            }
            7 => commitment(&id, "0.1", "0.9"),
            8 => commitment_between(&id, "0.05", "0.8"),
            9 => {
                let mut refusing = offer(&id, n("0.1"), n("0.95"), OfferScoring::Steps(table));
                if let Content::Commitment(terms) = &mut refusing.content {
                    terms.above_maximum = AboveMaximum::Refuse;
                }
                refusing
            }
            10 => number_between(&id, "0.9", "0.2", Outside::Clip),
            11 => number_between(&id, "0.05", "0.97", Outside::Reject),
            12 => number(&id, NumericScoring::Steps(table)),
            _ => number(&id, NumericScoring::RelativeHighest),
        };
        criterion.weighs(weight)
    }

    fn model(&self) -> Model {
        let rounding = match self.rounding {
            0 => Rounding::Criterion { decimals: 0, half: Half::Even },
            1 => Rounding::Criterion { decimals: 1, half: Half::Up },
            2 => Rounding::Criterion { decimals: 3, half: Half::Even },
            3 => Rounding::Total { decimals: 2, half: Half::Up },
            _ => Rounding::None,
        };
        let weighs = |model: Model| model.criterion(price("price").weighs(self.weight(4_000)));
        let bare = |model: Model| model.criterion(price("price"));
        let model = match self.method {
            0 | 1 => weighs(a_model().by(Method::RelativeLowest)),
            2 => weighs(a_model().by(Method::LinearOnLowest(Floor::Zero))),
            3 => weighs(a_model().by(Method::LowestToHighest)),
            4 => weighs(a_model().by(Method::QualityMarkUp)),
            5 => bare(a_model().by(Method::PriceQualityRatio(n(1000)))),
            _ => bare(a_model().by(Method::PricePerPoint)),
        };
        let mut model = if self.recompute { model.recomputing() } else { model };
        let mut criteria = (0..self.criteria.len()).map(|index| self.criterion(index));
        if self.minimum
            && let (Some(first), Some(second)) = (criteria.next(), criteria.next())
            && !first.relative_to_best
            && !second.relative_to_best
        {
            let weight = first.weight.unwrap() + second.weight.unwrap();
            model = model.criterion(group("g", [first, second]).weighs(weight).at_least(minimum_percent(20)));
        }
        let model = criteria.fold(model, Model::criterion).pso();
        let threshold = (self.minimum && self.method < 4).then(|| n(9));
        model.with(|model| (model.rounding, model.total_threshold) = (rounding, threshold))
    }

    fn bid(&self, index: usize) -> Written {
        let drawn = &self.bids[index];
        let level = ["none", "trede-1", "trede-2", "trede-3"].get(drawn.level);
        let written = a_bid(&format!("B{index}")).price(Decimal::new(drawn.cents, 2));
        let mut written = match level {
            Some(level) => written.level(level),
            None => written.levels(&[("trede-1", 33), ("trede-3", 67)]),
        };
        for (index, (kind, _)) in self.criteria.iter().enumerate() {
            let (id, share) = (format!("c{index}"), self.share(drawn.answers[index]));
            written = match kind {
                0 => written.assessed(&id, mean(share * n(10))),
                1 => written.score(&id, share * n("10.5") - n("3.5")),
                2 => written.assessed(&id, mean(share * n(3))),
                3 => written.score(&id, share * n("9.7")),
                4 => written.score(&id, share * n(6)),
                5 | 6 => written,
                7..=9 => written.offer(&id, share),
                _ => written.number(&id, share),
            };
        }
        if drawn.gone { written.dropped_out(DropOutStage::AfterRanking) } else { written }
    }

    /// Tenths, or more decimals than whole numbers have room for.
    fn share(&self, millionths: i64) -> Decimal {
        let share = Decimal::new(millionths, 6);
        if self.long { share * n("0.9999999999937") } else { share.round_dp(1) }
    }

    fn lot(&self) -> Option<Lot> {
        let declared = DeclaredModel::check(self.model().0).ok()?;
        let bids = (0..self.bids.len()).map(|bid| self.bid(bid).for_model(&declared)).collect();
        Some(Lot::new(declared, bids, None).unwrap())
    }
}

/// The mean of three assessors, a third of which has no finite decimal.
fn mean(score: Decimal) -> AssessedScore {
    let assessment = a_model().assessed_by(Combination::Mean, None).0.assessment;
    let third = score.round_dp(0).min(n(1));
    let individual = [("x", score), ("y", score), ("z", third)].map(|(who, score)| (who.to_owned(), score));
    AssessedScore::combine(assessment.as_ref(), None, individual.into()).unwrap()
}

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
    }
    told
}

/// Scores with their steps, as they are shown.
fn told_of(scores: &[CriterionScore]) -> Vec<String> {
    let told = |score: &CriterionScore| {
        let terms: Vec<String> = score.step.terms.to_vec().iter().map(Exact::fraction).collect();
        let numbers = [&score.raw, &score.step.result, &score.declared].map(Exact::fraction);
        format!("{:?} {terms:?} {numbers:?}", score.step.rule)
    };
    scores.iter().map(told).collect()
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
                for (whole, exact) in whole.outcomes.iter().zip(&exact.outcomes) {
                    prop_assert_eq!(&whole.exclusions, &exact.exclusions);
                    prop_assert_eq!(told_of(whole.scores()), told_of(exact.scores()));
                }
                prop_assert_eq!(margins(&lot, &whole), margins(&fractions, &exact));
                prop_assert_eq!(drop_out_effects(&lot, &whole), drop_out_effects(&fractions, &exact));
                prop_assert_eq!(stability(&lot, &whole), stability(&fractions, &exact));
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
            let total = &steps[steps.len() - before_rounding].step.result;
            prop_assert_eq!(Some(total), outcome.exact_total.as_ref());
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
