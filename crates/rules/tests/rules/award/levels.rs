//! What a PSO level earns, and what it is worth in euros before publication.

use trede_base::exact::Exact;
use trede_rules::award::level_worth::level_worth;
use trede_rules::award::model::{Decision, Method};
use trede_rules::award::price_formula::Floor;
use trede_rules::award::pso_level::{LevelMeasure, LevelTable};
use trede_rules::award::straight_line::{Outside, StraightLine};
use trede_rules::pso::{LevelRank, Standing};

use super::every_method::{full_bid, nearly};
use crate::builders::bid::a_bid;
use crate::builders::criterion::{Declared, levels, on_scale, scale};
use crate::builders::model::{By, Model, a_model, corridor};
use crate::builders::scored::scored;
use crate::builders::{n, x};

fn table(rows: &[(usize, i64)]) -> LevelTable {
    let rows: Vec<_> = rows.iter().map(|(rank, value)| (LevelRank(*rank), n(*value))).collect();
    LevelTable::new(LevelMeasure::Points, 5, &rows)
}

#[test]
fn a_table_fills_no_row_in_by_itself() {
    assert_eq!(table(&[(2, 4), (4, 10)]).values, [0, 0, 4, 0, 10, 0].map(n));
    assert_eq!(table(&[(0, 1), (5, 2)]).values, [1, 0, 0, 0, 0, 2].map(n));
    assert_eq!(table(&[]).values, [0; 6].map(n));
}

#[test]
fn a_rank_beyond_the_table_earns_nothing() {
    assert_eq!(table(&[(1, 4), (5, 7)]).at(LevelRank(6)), n(0));
    assert_eq!(table(&[(1, 4), (5, 7)]).at(LevelRank(5)), n(7));
}

#[test]
fn a_consortium_earns_by_the_shares_of_its_members() {
    let table = table(&[(1, 4), (3, 10)]);
    let standing = Standing::Weighted(vec![(LevelRank(1), n(25)), (LevelRank(3), n(75))]);
    assert_eq!(table.value_of(&standing), x("8.5"));
    assert_eq!(table.value_of(&Standing::Single(LevelRank(3))), x(10));
    assert_eq!(table.value_of(&Standing::Weighted(Vec::new())), x(0));
}

#[test]
fn only_a_discount_lowers_the_price() {
    let is_discount = |measure| LevelTable::new(measure, 1, &[]).is_discount();
    assert!(is_discount(LevelMeasure::DiscountPercent) && is_discount(LevelMeasure::DiscountAmount));
    assert!(!is_discount(LevelMeasure::Points));
    assert!(!is_discount(LevelMeasure::Score(StraightLine::new(n(0), n(1)).unwrap())));
}

const ROWS: [(&str, i64); 3] = [("trede-1", 4), ("trede-2", 6), ("trede-3", 10)];

/// Methods in which a level earns points, with a level criterion of weight 10 beside quality.
fn with_level_points() -> Vec<Model> {
    let level = || levels("pso", LevelMeasure::Points, &ROWS).weighs(10);
    let weighed = [
        Method::RelativeLowest,
        Method::LinearOnLowest(Floor::None),
        Method::LevelPoints(Floor::None),
        Method::Logarithmic(n(2)),
        Method::QualityMarkUp,
        Method::UtilityIndex,
    ];
    let on_a_corridor = corridor(2000, 100, Outside::Extrapolate, Outside::Extrapolate);
    let mut models: Vec<Model> = std::iter::once(on_a_corridor)
        .chain(weighed.map(By::from))
        .map(|method| a_model().by(method).price(50).quality(40).pso().criterion(level()))
        .collect();
    let bare = [
        Method::PriceQualityRatio(n(7)),
        Method::PricePerPoint,
        Method::ExtendedRatio(n(0), Decision::MostPoints),
    ];
    models.extend(
        bare.into_iter().map(|method| a_model().by(method).bare_price().quality(40).pso().criterion(level())),
    );
    let score = || LevelMeasure::Score(StraightLine::new(n(0), n(20)).unwrap());
    models.push(
        a_model()
            .by(Method::AwardOnValue)
            .without_weights()
            .bare_price()
            .valued("quality", 300)
            .pso()
            .criterion(levels("pso", score(), &ROWS).worth(200)),
    );
    models.push(
        a_model()
            .by(Method::Features)
            .bare_price()
            .criterion(on_scale("quality", scale(0, 10)).weighs("0.2"))
            .pso()
            .criterion(levels("pso", score(), &ROWS).weighs("0.1")),
    );
    models
}

/// A bid with the level at the reference price and one without at the price that makes up for it reach one total.
#[test]
fn a_level_is_worth_the_euros_that_a_bid_without_it_must_be_cheaper() {
    for model in with_level_points() {
        let code = model.0.method.code();
        let bids = || [full_bid("A", 1000, 8, 0), full_bid("B", 1500, 6, 0)];
        let lot = scored(model.clone(), bids());
        let worth = level_worth(lot.lot.declared(), &lot.evaluation, &x(1000));
        assert_eq!(worth.len(), 7, "{code}");
        assert_eq!(worth[0].euros, Some(Exact::ZERO), "{code}");
        for at in &worth[3..=5] {
            let euros = at.euros.clone().unwrap();
            assert!(euros.is_positive(), "{code}");
            let ladder = &lot.lot.declared().model.pso.as_ref().unwrap().ladder;
            let cheaper = x(1000).minus(&euros);
            let held = full_bid("A", 1000, 8, 0).level(ladder.code_of(at.level));
            // Unit prices have six decimals: the totals then agree to as many digits.
            let cheaper = cheaper.rounded(6, trede_base::exact::Half::Up).finite().unwrap();
            let pair = scored(model.clone(), [held, a_bid("B").price(cheaper).score("quality", 8)]);
            let gap = pair.exact_total("A").minus(&pair.exact_total("B"));
            assert!(gap < x("0.00001") && gap > x("-0.00001"), "{code}: {}", gap.shown());
        }
    }
}

#[test]
fn a_level_adds_its_points_and_higher_levels_no_less() {
    let model = a_model()
        .price(50)
        .quality(40)
        .pso()
        .criterion(levels("pso", LevelMeasure::Points, &ROWS).weighs(10));
    let lot = scored(model, [full_bid("A", 1000, 8, 0)]);
    let points: Vec<_> = level_worth(lot.lot.declared(), &lot.evaluation, &x(1000))
        .into_iter()
        .map(|worth| worth.points)
        .collect();
    assert_eq!(points, [0, 0, 0, 4, 6, 10, 10].map(x));
}

#[test]
fn a_discount_is_worth_its_percent_of_the_price_or_its_amount() {
    for (measure, worth) in [(LevelMeasure::DiscountPercent, 40), (LevelMeasure::DiscountAmount, 4)] {
        let model = a_model()
            .by(Method::FictitiousDiscount)
            .without_weights()
            .pso()
            .bare_price()
            .criterion(levels("pso", measure, &ROWS));
        let lot = scored(model, [a_bid("A").price(5)]);
        let found = level_worth(lot.lot.declared(), &lot.evaluation, &x(1000));
        assert_eq!(found[3].euros, Some(x(worth)));
        assert_eq!(found[3].points, x(0), "a discount earns no points");
    }
}

#[test]
fn no_price_makes_up_for_a_level_where_price_does_not_count_or_has_no_end() {
    let level = || levels("pso", LevelMeasure::Points, &ROWS).weighs(10);
    let euros = |model: Model| {
        let lot = scored(model, [full_bid("A", 1000, 8, 0)]);
        let found = level_worth(lot.lot.declared(), &lot.evaluation, &x(1000));
        found.into_iter().map(|worth| worth.euros).collect::<Vec<_>>()
    };
    let quality_only = a_model().by(Method::QualityOnly).quality(40).pso().criterion(level());
    assert_eq!(euros(quality_only), vec![None; 7]);
    // Of two bids the cheaper takes all price points, however little cheaper it is.
    let to_highest = a_model().by(Method::LowestToHighest).price(50).quality(40).pso().criterion(level());
    let nothing = Some(Exact::ZERO);
    let expected = [nothing.clone(), nothing.clone(), nothing, None, None, None, None];
    assert_eq!(euros(to_highest), expected, "levels without points need no reduction");
    // Points worth more than the whole price: the price would have to be below zero.
    let model =
        a_model().by(Method::AwardOnValue).without_weights().bare_price().valued("quality", 300).pso();
    let score = LevelMeasure::Score(StraightLine::new(n(0), n(10)).unwrap());
    let lot = scored(model.criterion(levels("pso", score, &ROWS).worth(500)), [full_bid("A", 1000, 8, 0)]);
    let at =
        |reference: i64| level_worth(lot.lot.declared(), &lot.evaluation, &x(reference))[5].euros.clone();
    assert_eq!([at(500), at(499)], [Some(x(500)), None]);
}

#[test]
fn nothing_is_told_of_levels_that_no_criterion_scores() {
    let lot = scored(a_model().price(50).quality(40).pso(), [full_bid("A", 1000, 8, 0)]);
    assert!(level_worth(lot.lot.declared(), &lot.evaluation, &x(1000)).is_empty());
    let bare = scored(a_model().price(50).quality(40), [full_bid("A", 1000, 8, 0)]);
    assert!(level_worth(bare.lot.declared(), &bare.evaluation, &x(1000)).is_empty());
}

#[test]
fn the_best_other_quality_is_that_of_ranked_bids_without_their_level() {
    // Ratio: the level's points are worth more beside little quality, so the best quality is taken.
    let model = a_model()
        .by(Method::PriceQualityRatio(n(1)))
        .bare_price()
        .quality(40)
        .pso()
        .criterion(levels("pso", LevelMeasure::Points, &ROWS).weighs(10));
    let lot = scored(model, [full_bid("A", 1000, 5, 0).level("trede-3"), full_bid("B", 1000, 4, 0)]);
    let found = level_worth(lot.lot.declared(), &lot.evaluation, &x(300));
    assert!(nearly(found[5].euros.as_ref().unwrap(), &x(100)), "300 − 300 × 20/30");
}
