//! What is found in a model before it is used: weights, choices, levels, and the known defects of methods.

use trede_base::exact::Half;
use trede_rules::award::abnormally_low::{AbnormallyLowRule, AmountList};
use trede_rules::award::check::is_relative;
use trede_rules::award::criterion::Content;
use trede_rules::award::model::{Bound, Decision, Method, TieStep, WeightUnit};
use trede_rules::award::price_formula::Floor;
use trede_rules::award::pso_level::LevelMeasure;
use trede_rules::award::quality::Normalisation;
use trede_rules::award::straight_line::{Outside, StraightLine};
use trede_rules::award::{DeclaredModel, FindingCode as Code, Rounding, Severity};
use trede_rules::explaining::Language;

use super::every_method::every_method;
use crate::builders::criterion::{
    Declared, assessed, bare, between_bounds, commitment, fixed_price, group, levels, number, on_scale,
    price, scale,
};
use crate::builders::model::{Model, a_model, corridor};
use crate::builders::n;
use trede_rules::award::numeric::NumericScoring;

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

#[test]
fn a_model_of_each_method_is_usable() {
    for model in every_method() {
        assert_eq!(errors(model.clone()), [], "{}", model.0.method.code());
    }
}

#[test]
fn errors_come_before_warnings_and_make_the_model_unusable() {
    let model = a_model().price(60).quality(0).with(|model| model.ties.clear());
    let found = DeclaredModel::check(model.0).unwrap_err();
    let severities: Vec<_> = found.iter().map(|found| found.code.severity()).collect();
    assert!(severities.is_sorted() && severities.contains(&Severity::Warning));
    assert_eq!(found[0].code, Code::WeightNotPositive);
}

// Weights.

#[test]
fn percentages_sum_to_exactly_a_hundred_and_points_to_anything() {
    let with = |quality: &str, unit| {
        errors(a_model().price(60).quality(quality).with(|model| model.weight_unit = Some(unit)))
    };
    assert_eq!(with("40", WeightUnit::Percent), []);
    assert_eq!(with("39.99", WeightUnit::Percent), one(Code::WeightsDoNotSum, "/criteria"));
    assert_eq!(with("39.99", WeightUnit::Points), []);
}

#[test]
fn weights_have_a_unit() {
    let model = a_model().price(60).quality(40).without_weights();
    assert_eq!(errors(model), one(Code::WeightUnitMissing, "/weightUnit"));
    let percent = |model: Model| model.with(|model| model.weight_unit = Some(WeightUnit::Percent));
    let plain = a_model().by(Method::LowestPrice).bare_price();
    assert_eq!(errors(percent(plain)), [], "without a weight there is nothing to sum");
}

#[test]
fn a_weight_is_asked_where_the_method_weighs_and_refused_where_it_does_not() {
    assert_eq!(errors(a_model().bare_price().quality(40)), one(Code::WeightMissing, "/criteria/0/weight"));
    let ratio = || a_model().by(Method::PricePerPoint);
    assert_eq!(errors(ratio().price(60).quality(40)), one(Code::WeightUnused, "/criteria/0/weight"));
    assert_eq!(
        errors(ratio().bare_price().criterion(assessed("q"))),
        one(Code::WeightMissing, "/criteria/1/weight")
    );
    let fixed = a_model().by(Method::QualityOnly).quality(40).criterion(fixed_price(5).weighs(1));
    assert_eq!(errors(fixed), one(Code::WeightUnused, "/criteria/1/weight"));
    let discount = levels("pso", LevelMeasure::DiscountPercent, &[("trede-1", 5)]);
    let weighed = a_model().price(60).pso().criterion(discount.weighs(10));
    assert_eq!(errors(weighed), one(Code::WeightUnused, "/criteria/1/weight"));
}

#[test]
fn a_value_in_euros_belongs_to_award_on_value_only() {
    let on_value = || a_model().by(Method::AwardOnValue).without_weights().bare_price();
    assert_eq!(errors(on_value().criterion(assessed("q"))), one(Code::ValueMissing, "/criteria/1/value"));
    assert_eq!(errors(on_value().criterion(assessed("q").worth(5))), []);
    let both = on_value().criterion(assessed("q").worth(5).weighs(5));
    assert_eq!(
        errors(both),
        [
            (Code::WeightUnused, "/criteria/1/weight".to_owned()),
            (Code::WeightUnitMissing, "/weightUnit".to_owned()),
        ]
    );
    let valued = a_model().price(60).criterion(assessed("q").weighs(40).worth(5));
    assert_eq!(errors(valued), one(Code::ValueUnused, "/criteria/1/value"));
    let price_valued = a_model().criterion(price("price").weighs(60).worth(5));
    assert_eq!(errors(price_valued), one(Code::ValueUnused, "/criteria/0/value"));
}

#[test]
fn a_weight_or_value_is_above_zero() {
    let with = |weight: &str| errors(a_model().price(60).quality(weight));
    assert_eq!(with("0.01"), []);
    assert_eq!(with("0"), one(Code::WeightNotPositive, "/criteria/1/weight"));
    assert_eq!(with("-1"), one(Code::WeightNotPositive, "/criteria/1/weight"));
    let valued = a_model().by(Method::AwardOnValue).without_weights().bare_price().valued("q", 0);
    assert_eq!(errors(valued), one(Code::WeightNotPositive, "/criteria/1/value"));
}

#[test]
fn sub_criteria_sum_to_their_group() {
    let with = |b: &str| {
        let group = group("quality", [assessed("a").weighs(30), assessed("b").weighs(b)]).weighs(40);
        a_model().price(60).criterion(group)
    };
    assert_eq!(errors(with("10")), []);
    assert_eq!(errors(with("9")), one(Code::SubWeightsDoNotSum, "/criteria/1/criteria"));
    assert_eq!(with("9").details_of(Code::SubWeightsDoNotSum), ["quality", "39", "40"]);
    let valued = group("quality", [assessed("a").worth(30), assessed("b").worth(10)]).worth(41);
    let model = a_model().by(Method::AwardOnValue).without_weights().bare_price().criterion(valued);
    assert_eq!(errors(model), one(Code::SubWeightsDoNotSum, "/criteria/1/criteria"));
}

#[test]
fn a_group_carries_what_its_criteria_carry() {
    let without = a_model().price(60).criterion(group("quality", [assessed("a").weighs(40)]));
    assert_eq!(errors(without), one(Code::WeightMissing, "/criteria/1/weight"));
    let plain = group("all", [price("price")]);
    assert_eq!(errors(a_model().by(Method::LowestPrice).without_weights().criterion(plain)), []);
    let mixed = group("all", [price("price"), assessed("a").weighs(40)]).weighs(40);
    assert_eq!(errors(a_model().by(Method::PricePerPoint).criterion(mixed)), []);
}

#[test]
fn features_stay_below_one_and_above_three_tenths_are_told() {
    let with = |sum: &str| a_model().by(Method::Features).bare_price().quality(sum);
    assert!(!with("0.3").tells(Code::FeaturesAboveLimit));
    assert_eq!(with("0.31").details_of(Code::FeaturesAboveLimit), ["0.31"]);
    assert!(!with("0.99").tells(Code::FeaturesTooMuch));
    assert_eq!(errors(with("1")), one(Code::FeaturesTooMuch, "/criteria"));
    assert!(!a_model().price(60).quality(40).tells(Code::FeaturesTooMuch));
}

// Choices.

#[test]
fn a_relative_method_says_what_happens_when_a_bidder_drops_out() {
    let undeclared = |model: Model| errors(model.with(|model| model.drop_out = None));
    for model in every_method() {
        let expected =
            if model.0.method.is_relative() { one(Code::DropOutUndeclared, "/dropOut") } else { vec![] };
        assert_eq!(undeclared(model.clone()), expected, "{}", model.0.method.code());
    }
    let absolute = || a_model().by(Method::QualityOnly);
    let node = absolute().criterion(assessed("q").weighs(40).relative());
    assert_eq!(undeclared(node), one(Code::DropOutUndeclared, "/dropOut"));
    let relative = absolute().criterion(number("n", NumericScoring::RelativeLowest).weighs(40));
    assert_eq!(undeclared(relative), one(Code::DropOutUndeclared, "/dropOut"));
}

#[test]
fn only_methods_that_weigh_the_price_can_give_a_zero_price_everything() {
    for model in every_method() {
        let method = model.0.method.clone();
        let refused = method.divides_by_price() && !method.allows_several_prices();
        let expected = if refused { one(Code::ZeroPriceRatio, "/zeroPrice") } else { vec![] };
        assert_eq!(errors(model.zero_takes_all()), expected, "{}", method.code());
    }
}

#[test]
fn a_minimum_total_needs_a_method_where_the_highest_wins() {
    for model in every_method() {
        let lowest = model.0.method.best() == trede_rules::award::model::Best::Lowest;
        let expected = if lowest { one(Code::ThresholdUnusable, "/totalThreshold") } else { vec![] };
        assert_eq!(errors(model.total_at_least(1)), expected);
    }
}

#[test]
fn a_bound_for_abnormally_low_bids_is_a_percentage_or_an_amount() {
    let with = |rule| errors(a_model().price(60).flagging(rule));
    let wrong = || one(Code::OutOfRange, "/abnormallyLow/0");
    let mean = |percent: &str| AbnormallyLowRule::BelowMeanOfOthers {
        percent: n(percent),
        others: AmountList::Final,
    };
    let next =
        |percent: &str| AbnormallyLowRule::BelowNext { percent: n(percent), others: AmountList::Final };
    assert_eq!([with(mean("0")), with(mean("100")), with(next("100"))], [vec![], vec![], vec![]]);
    assert_eq!([with(mean("-1")), with(mean("100.1")), with(next("100.1"))], [wrong(), wrong(), wrong()]);
    assert_eq!(
        [with(AbnormallyLowRule::BelowAmount(n(1000))), with(AbnormallyLowRule::BelowAmount(n(-1)))],
        [vec![], wrong()]
    );
}

#[test]
fn what_is_not_declared_is_told() {
    let silent = |model: Model| model.with(|model| model.abnormally_low.clear());
    assert!(silent(a_model().price(60)).tells(Code::AbnormallyLowUndeclared));
    assert!(!a_model().price(60).tells(Code::AbnormallyLowUndeclared));
    assert!(!silent(a_model().by(Method::QualityOnly).quality(40)).tells(Code::AbnormallyLowUndeclared));
    assert!(a_model().price(60).ties(&[]).tells(Code::TiesUndeclared));
    assert!(!a_model().price(60).tells(Code::TiesUndeclared));
}

#[test]
fn tie_steps_name_known_criteria_and_the_lot_comes_last() {
    let model = || a_model().price(60).quality(40);
    let criterion = |id: &str| TieStep::Criterion(id.to_owned());
    assert_eq!(errors(model().ties(&[criterion("quality"), TieStep::Lot])), []);
    let unknown = model().ties(&[TieStep::LowestPrice, criterion("plan")]);
    assert_eq!(errors(unknown.clone()), one(Code::UnknownCriterion, "/ties/1/criterion"));
    assert_eq!(unknown.details_of(Code::UnknownCriterion), ["plan", "price, quality"]);
    assert_eq!(errors(model().ties(&[TieStep::Lot, TieStep::LowestPrice])), one(Code::LotNotLast, "/ties/0"));
    let grouped = a_model().criterion(group("all", [assessed("a").weighs(4)]).weighs(4)).price(1);
    assert_eq!(errors(grouped.ties(&[criterion("all")])), []);
}

#[test]
fn knock_outs_have_identifiers_of_their_own() {
    let model = || a_model().price(60).criterion(number("days", NumericScoring::RelativeLowest).weighs(40));
    let twice = model().knock_out("iso", Bound::Met).knock_out("iso", Bound::Met);
    assert_eq!(errors(twice), one(Code::DuplicateId, "/knockOuts/1/id"));
    assert_eq!(
        errors(model().knock_out("days", Bound::Maximum(n(30)))),
        [],
        "the fact of a number can be shared"
    );
    assert_eq!(errors(model().knock_out("days", Bound::Met)), one(Code::DuplicateId, "/knockOuts/0/id"));
    assert_eq!(errors(model().knock_out("iso", Bound::Met).knock_out("vca", Bound::Met)), []);
}

#[test]
fn a_score_depends_on_others_by_the_method_or_by_a_criterion() {
    let relative = |model: Model| {
        let declared = model.declared();
        is_relative(&declared.model, &declared.layout)
    };
    assert!(relative(a_model().price(60)));
    let absolute = || a_model().by(Method::QualityOnly);
    assert!(!relative(absolute().quality(40)));
    assert!(relative(absolute().criterion(assessed("q").weighs(40).relative())));
    assert!(relative(absolute().criterion(number("n", NumericScoring::RelativeHighest).weighs(40))));
    assert!(relative(a_model().by(Method::RelativeQuality).quality(40)));
}

// Levels.

fn with_levels(measure: LevelMeasure, rows: &[(&str, i64)]) -> Model {
    let discount = matches!(measure, LevelMeasure::DiscountAmount | LevelMeasure::DiscountPercent);
    let criterion = levels("pso", measure, rows);
    a_model().price(60).pso().criterion(if discount { criterion } else { criterion.weighs(10) })
}

#[test]
fn a_higher_level_never_earns_less() {
    let falling = with_levels(LevelMeasure::Points, &[("trede-1", 6), ("trede-2", 5)]);
    assert_eq!(errors(falling.clone()), one(Code::PsoScoresFall, "/criteria/1/levels/rows"));
    assert_eq!(falling.details_of(Code::PsoScoresFall), ["trede-2", "5", "trede-1", "6"]);
}

#[test]
fn levels_that_earn_the_same_are_told_together() {
    let rows = [
        ("aspirant", 1),
        ("basistrede", 2),
        ("trede-1", 4),
        ("trede-2", 6),
        ("trede-3", 8),
        ("trede-3-30+", 8),
    ];
    let model = with_levels(LevelMeasure::Points, &rows);
    assert_eq!(model.details_of(Code::PsoScoresEqual), ["trede-3 = trede-3-30+"]);
    let rising = [
        ("aspirant", 1),
        ("basistrede", 2),
        ("trede-1", 4),
        ("trede-2", 6),
        ("trede-3", 8),
        ("trede-3-30+", 9),
    ];
    assert!(!with_levels(LevelMeasure::Points, &rising).tells(Code::PsoScoresEqual));
}

#[test]
fn a_level_earns_at_most_the_weight_the_scale_or_just_under_the_whole_price() {
    let above = |measure, value: i64| errors(with_levels(measure, &[("trede-1", value)]));
    let wrong = || one(Code::PsoAboveWeight, "/criteria/1/levels/rows");
    assert_eq!([above(LevelMeasure::Points, 10), above(LevelMeasure::Points, 11)], [vec![], wrong()]);
    let line = || LevelMeasure::Score(StraightLine::new(n(0), n(20)).unwrap());
    assert_eq!([above(line(), 20), above(line(), 21)], [vec![], wrong()]);
    assert_eq!(
        [above(LevelMeasure::DiscountPercent, 99), above(LevelMeasure::DiscountPercent, 100)],
        [vec![], wrong()]
    );
    assert_eq!(above(LevelMeasure::DiscountAmount, 1_000_000), []);
}

#[test]
fn a_level_earns_nothing_below_zero() {
    let below = |value: i64| errors(with_levels(LevelMeasure::Points, &[("none", value), ("trede-1", 5)]));
    assert_eq!(below(0), []);
    assert_eq!(below(-1), one(Code::NegativeOffer, "/criteria/1/levels/rows"));
}

#[test]
fn a_model_that_scores_the_level_declares_its_rules() {
    let rows = [("trede-1", 5)];
    let without = with_levels(LevelMeasure::Points, &rows).with(|model| model.pso = None);
    assert_eq!(errors(without), one(Code::PsoRulesMissing, "/pso"));
    let silent = with_levels(LevelMeasure::Points, &rows).with(|model| {
        let rules = model.pso.as_mut().unwrap();
        rules.motivation = None;
        rules.equivalence = None;
        rules.level_date = None;
        rules.consortium = None;
        model.above_threshold = Some(true);
    });
    let undeclared = [
        Code::PsoNoMotivation,
        Code::PsoNoEquivalence,
        Code::PsoDateUndeclared,
        Code::PsoConsortiumUndeclared,
        Code::PsoAboveThreshold,
    ];
    for code in undeclared {
        assert!(silent.clone().tells(code), "{code:?}");
        assert!(!with_levels(LevelMeasure::Points, &rows).tells(code), "{code:?}");
    }
    let unscored = a_model().price(60).pso().with(|model| model.pso.as_mut().unwrap().motivation = None);
    assert!(!unscored.tells(Code::PsoNoMotivation));
    let below = with_levels(LevelMeasure::Points, &rows).with(|model| model.above_threshold = Some(false));
    assert!(!below.tells(Code::PsoAboveThreshold));
}

// Known defects.

#[test]
fn each_method_tells_its_known_defects_in_two_languages() {
    let defects = |model: Model| {
        let found = model.findings().into_iter().filter(|found| found.code == Code::MethodDefect);
        found.map(|found| found.detail(Language::Dutch)).collect::<Vec<_>>()
    };
    let count = |method: Method| {
        let model = every_method().into_iter().find(|model| model.0.method.code() == method.code()).unwrap();
        defects(model.by(method)).len()
    };
    assert_eq!(count(Method::RelativeLowest), 2);
    assert_eq!(count(Method::LevelPoints(Floor::Zero)), 2);
    for method in [
        Method::LinearOnLowest(Floor::Zero),
        Method::LinearOnLowest(Floor::None),
        Method::LevelPoints(Floor::None),
        Method::LowestToHighest,
        Method::Logarithmic(n(2)),
        Method::FictitiousDiscount,
        Method::AwardOnValue,
        Method::QualityMarkUp,
        Method::PriceQualityRatio(n(1)),
        Method::ExtendedRatio(n(5), Decision::MostPoints),
        Method::PricePerPoint,
        Method::UtilityIndex,
        Method::RelativeQuality,
    ] {
        assert_eq!(count(method.clone()), 1, "{method:?}");
    }
    for method in [Method::QualityOnly, Method::LowestPrice, Method::LowestCost, Method::Features] {
        assert_eq!(count(method.clone()), 0, "{method:?}");
    }
    let negative = a_model().by(Method::LinearOnLowest(Floor::None)).price(60);
    assert_eq!(
        defects(negative),
        ["bekend gebrek van `linear-on-lowest`: punten worden negatief boven tweemaal de laagste prijs"]
    );
}

#[test]
fn rank_reversal_is_told_where_scores_depend_on_others_and_not_for_the_logarithm() {
    for model in every_method() {
        let method = model.0.method.clone();
        let reverses = method.is_relative() && !matches!(method, Method::Logarithmic(_));
        assert_eq!(model.tells(Code::RankReversal), reverses, "{}", method.code());
    }
}

#[test]
fn a_corridor_that_clips_is_told_on_the_side_where_it_clips() {
    let model = |below, above| a_model().by(corridor(300, 100, below, above)).price(60);
    let (clip, on) = (Outside::Clip, Outside::Extrapolate);
    assert_eq!(model(clip, on).details_of(Code::CorridorClipsBelow), ["100"]);
    assert!(!model(clip, on).tells(Code::CorridorClipsAbove));
    assert_eq!(model(on, clip).details_of(Code::CorridorClipsAbove), ["300"]);
    assert!(!model(on, clip).tells(Code::CorridorClipsBelow));
}

#[test]
fn a_utility_index_with_more_quality_than_price_can_have_an_empty_bracket() {
    let model = |quality: i64| a_model().by(Method::UtilityIndex).price(50).quality(quality);
    assert!(!model(50).tells(Code::BracketCanBeNegative));
    assert_eq!(model(51).details_of(Code::BracketCanBeNegative), ["51", "50"]);
    assert!(!a_model().price(40).quality(60).tells(Code::BracketCanBeNegative));
}

#[test]
fn the_lowest_price_or_cost_needs_a_motivation() {
    for method in [Method::LowestPrice, Method::LowestCost] {
        let model = a_model().by(method).without_weights().bare_price();
        assert!(!model.clone().tells(Code::NoMotivation));
        assert!(model.with(|model| model.motivation = None).tells(Code::NoMotivation));
    }
    assert!(!a_model().price(60).with(|model| model.motivation = None).tells(Code::NoMotivation));
}

#[test]
fn a_scale_that_cannot_earn_from_nothing_to_everything_is_told() {
    let with = |scale| a_model().price(60).criterion(on_scale("q", scale).weighs(40));
    assert!(!with(scale(0, 10)).tells(Code::UnequalScales));
    assert_eq!(with(scale(2, 10)).details_of(Code::UnequalScales), ["q", "20", "100"]);
    assert_eq!(with(scale(-10, 10)).details_of(Code::UnequalScales), ["q", "-100", "100"]);
    assert!(!with(between_bounds(2, 10)).tells(Code::UnequalScales));
    let marked = |normalisation, marks: &[i64]| {
        let marks = marks.iter().map(|mark| (mark.to_string(), n(*mark))).collect();
        with(trede_rules::award::quality::Scale { marks, normalisation, ..scale(0, 10) })
    };
    let (share, between) = (Normalisation::ShareOfHighest, Normalisation::BetweenBounds);
    assert!(!marked(share, &[0, 5, 10]).tells(Code::UnequalScales));
    assert_eq!(marked(share, &[0, 5, 8]).details_of(Code::UnequalScales), ["q", "0", "80"]);
    assert_eq!(marked(share, &[5, 10]).details_of(Code::UnequalScales), ["q", "50", "100"]);
    assert!(!marked(between, &[5, 10]).tells(Code::UnequalScales));
    assert_eq!(marked(between, &[0, 8]).details_of(Code::UnequalScales), ["q", "0", "80"]);
    let valued = a_model().by(Method::AwardOnValue).without_weights().bare_price();
    assert!(!valued.criterion(on_scale("q", scale(2, 10)).worth(40)).tells(Code::UnequalScales));
}

#[test]
fn an_offer_above_a_clipped_maximum_is_told_to_be_worthless() {
    let model = |above| {
        let mut criterion = commitment("sr", 2, 5).weighs(20);
        if let Content::Commitment(terms) = &mut criterion.content {
            terms.above_maximum = above;
        }
        a_model().price(60).criterion(criterion)
    };
    use trede_rules::award::commitment::AboveMaximum;
    assert_eq!(model(AboveMaximum::Clip).details_of(Code::MoreIsWorthless), ["5"]);
    assert!(!model(AboveMaximum::Refuse).tells(Code::MoreIsWorthless));
}

#[test]
fn rounding_is_no_reason_to_refuse_a_model() {
    let model =
        a_model().price(60).with(|model| model.rounding = Rounding::Total { decimals: 3, half: Half::Even });
    assert_eq!(errors(model), []);
    let empty = bare("all", Content::Group(Vec::new()));
    assert!(a_model().price(60).criterion(empty).tells(Code::EmptyGroup));
}
