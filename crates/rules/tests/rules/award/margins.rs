//! The margin of a loser: what it needed to win, and that a hair less would not have been enough.

use rust_decimal::Decimal;
use trede_rules::award::commitment::Measure;
use trede_rules::award::criterion::Content;
use trede_rules::award::model::Method;
use trede_rules::award::pso_level::LevelMeasure;
use trede_rules::award::quality::Scale;
use trede_rules::award::robustness::{Margin, margins};
use trede_rules::award::straight_line::Outside;
use trede_rules::pso::LevelRank;

use super::every_method::{full_bid, price_and_quality};
use crate::builders::bid::{Written, a_bid, bid};
use crate::builders::criterion::{Declared, assessed, commitment, levels, life_cycle, on_scale, scale};
use crate::builders::model::{Model, a_model, corridor};
use crate::builders::scored::{Scored, scored};
use crate::builders::{n, x};

fn margin(lot: &Scored, id: &str) -> Margin {
    let index = lot.index(id);
    margins(&lot.lot, &lot.evaluation).into_iter().find(|margin| margin.bid == index).unwrap()
}

/// Whether A is the only bid on the first place.
fn wins<const N: usize>(model: &Model, bids: [Written; N]) -> bool {
    let lot = scored(model.clone(), bids);
    let ranking = lot.ranking();
    ranking.starts_with("A1") && !ranking.contains("B1") && !ranking.contains("C1")
}

#[test]
fn the_highest_winning_price_wins_and_a_cent_more_does_not() {
    let mut found = 0;
    for model in price_and_quality() {
        let code = model.0.method.code();
        for quality in [3, 6, 9] {
            let bids = |price: Decimal| {
                let ours = a_bid("A").price(price).score("quality", quality).score("plan", 5);
                [ours, full_bid("B", 210, 8, 7), full_bid("C", 190, 5, 6)]
            };
            let lot = scored(model.clone(), bids(n(280)));
            if wins(&model, bids(n(280))) {
                continue;
            }
            match margin(&lot, "A").price {
                Some(price) => {
                    found += 1;
                    assert!(wins(&model, bids(price)), "{code} at {price}");
                    assert!(
                        price == n(280) || !wins(&model, bids(price + n("0.01"))),
                        "{code} above {price}"
                    );
                }
                None => assert!(!wins(&model, bids(n("0.01"))), "{code} at a cent"),
            }
        }
    }
    assert!(found > 20, "{found}");
}

#[test]
fn the_lowest_winning_score_wins_and_a_step_less_does_not() {
    let mut found = 0;
    for model in price_and_quality() {
        let code = model.0.method.code();
        let bids = |quality: Decimal| {
            let ours = a_bid("A").price(230).score("quality", quality).score("plan", 5);
            [ours, full_bid("B", 210, 6, 5), full_bid("C", 190, 4, 5)]
        };
        let lot = scored(model.clone(), bids(n(3)));
        let has_quality = lot.lot.declared().layout.leaf("quality").is_some();
        if !has_quality || wins(&model, bids(n(3))) {
            continue;
        }
        match margin(&lot, "A").scores.iter().find(|at| at.criterion == "quality") {
            Some(at) => {
                found += 1;
                assert!(at.score > n(3), "{code}: {}", at.score);
                assert!(wins(&model, bids(at.score)), "{code} at {}", at.score);
                assert!(!wins(&model, bids(at.score - n(1))), "{code} a step below {}", at.score);
            }
            None => assert!(!wins(&model, bids(n(10))), "{code} with full marks"),
        }
    }
    assert!(found > 10, "{found}");
}

#[test]
fn the_points_are_the_fewest_that_win_on_one_criterion() {
    let model = a_model().price(20).quality(40).named("plan", 10);
    let ours = a_bid("A").price(100).score("quality", 5).score("plan", 2);
    let lot = scored(model, [ours, full_bid("B", 100, 6, 3)]);
    // A lies 5 behind: a step of quality is worth 4 points, one of the plan 1.
    let margin = margin(&lot, "A");
    let told: Vec<_> =
        margin.scores.iter().map(|at| (at.criterion.as_str(), at.score, at.points.clone())).collect();
    assert_eq!(told, [("quality", n(7), x(8)), ("plan", n(8), x(6))]);
    assert_eq!((margin.behind, margin.points), (Some(x(5)), Some(x(6))));
}

#[test]
fn the_points_go_by_the_step_of_the_scale_which_is_that_of_the_scores_where_none_is_declared() {
    let points = |step: Option<&str>, own: &'static str| {
        let declared = Scale { step: step.map(n), ..scale(0, 10) };
        let model = a_model().price(60).criterion(on_scale("quality", declared).weighs(40));
        let lot = scored(model, [bid("A", 100, 6), bid("B", 120, own)]);
        margin(&lot, "B").points
    };
    // B lies 10 points behind, which is 2.5 on the scale.
    assert_eq!(points(None, "6"), Some(x(12)));
    assert_eq!(points(None, "6.0"), Some(x(12)));
    assert_eq!(points(Some("0.5"), "6"), Some(x(12)), "8.5 draws level, 9 wins");
    assert_eq!(points(Some("0.25"), "6"), Some(x(11)));
    assert_eq!(points(Some("2"), "6"), Some(x(16)));
}

#[test]
fn a_lot_of_equal_quality_lies_behind_by_its_price_alone() {
    let lot = scored(a_model().price(60).quality(40), [bid("A", 100, 8), bid("B", 120, 8)]);
    let margin = margin(&lot, "B");
    assert_eq!((margin.behind.clone(), margin.points), (Some(x(10)), None), "8 of 40 points are left");
}

#[test]
fn points_up_to_the_full_weight_are_told_and_not_more() {
    let points = |best: &'static str, own: &'static str| {
        let lot = scored(a_model().price(60).quality(40), [bid("A", 100, best), bid("B", 120, own)]);
        margin(&lot, "B").points
    };
    assert_eq!(points("10", "10"), None);
    assert_eq!(points("7.5", "5"), None, "full marks draw level");
    assert_eq!(points("7.4", "5"), Some(x(20)), "full marks win");
}

#[test]
fn lower_totals_lie_behind_by_what_they_are_higher() {
    let model = a_model().by(Method::AwardOnValue).without_weights().bare_price().valued("quality", 100);
    let lot = scored(model, [bid("A", 500, 5), bid("B", 530, 6)]);
    let margin = margin(&lot, "B");
    assert_eq!((margin.behind, margin.points), (Some(x(20)), Some(x(30))), "8 draws level, 9 wins");
    assert_eq!(margin.price, Some(n("509.99")));
}

#[test]
fn only_bids_behind_the_first_have_a_margin() {
    let model = || a_model().by(Method::LowestPrice).without_weights().bare_price();
    let lot = scored(model(), [a_bid("A").price(100), a_bid("B").price(100), a_bid("C").price(101)]);
    let found = margins(&lot.lot, &lot.evaluation);
    assert_eq!(found.iter().map(|margin| margin.bid).collect::<Vec<_>>(), [2]);
    assert_eq!((found[0].price, found[0].points.clone()), (Some(n("99.99")), None));
    let none = scored(
        model(),
        [a_bid("A").price(1).dropped_out(trede_rules::award::bid::DropOutStage::BeforeEvaluation)],
    );
    assert!(margins(&none.lot, &none.evaluation).is_empty());
}

#[test]
fn a_corridor_that_rejects_bounds_the_price_that_can_win() {
    let with = |below| {
        let model = a_model().by(corridor(200, 100, below, Outside::Extrapolate)).price(60).quality(40);
        let lot = scored(model, [bid("A", 110, 10), bid("B", 150, 8)]);
        margin(&lot, "B").price
    };
    // B needs 54 + 40 − 32 = 62 points of the price: more than a price of 100 earns.
    assert_eq!([with(Outside::Reject), with(Outside::Clip)], [None, None]);
    assert_eq!(with(Outside::Extrapolate), Some(n("96.66")));
}

#[test]
fn the_lowest_price_that_is_tried_is_a_cent_where_zero_is_refused() {
    let ratio = a_model().by(Method::PriceQualityRatio(n(1))).bare_price().quality(10);
    let lot = scored(ratio, [bid("A", 1, 10), bid("B", 100, 1)]);
    assert_eq!(margin(&lot, "B").price, Some(n("0.09")));
    // B has 60 points at the lowest price; A keeps 59.94 of quality, and 0.6 for each cent of B.
    let only_at_zero = |model: Model| {
        let lot = scored(model, [bid("A", 1, "9.99"), bid("B", 100, 0)]);
        margin(&lot, "B").price
    };
    let model = || a_model().price(60).quality(60);
    assert_eq!([only_at_zero(model()), only_at_zero(model().zero_takes_all())], [None, Some(n(0))]);
}

const ROWS: [(&str, i64); 4] = [("basistrede", 2), ("trede-1", 4), ("trede-2", 8), ("trede-3", 10)];

fn with_level(measure: LevelMeasure) -> Model {
    let level = levels("pso", measure, &ROWS);
    let level = if matches!(level.content, Content::PsoLevel(ref table) if table.is_discount()) {
        level
    } else {
        level.weighs(10)
    };
    a_model().price(50).quality(40).pso().criterion(level)
}

#[test]
fn the_lowest_level_that_wins_is_told() {
    for measure in [LevelMeasure::Points, LevelMeasure::DiscountPercent] {
        let model = with_level(measure);
        let bids = |level: &str| [bid("A", 100, 5).level(level), bid("B", 98, "5.5")];
        let lot = scored(model.clone(), bids("aspirant"));
        let rank = margin(&lot, "A").level.unwrap();
        let ladder = &lot.lot.declared().model.pso.as_ref().unwrap().ladder;
        assert!(wins(&model, bids(ladder.code_of(rank))));
        assert!(!wins(&model, bids(ladder.code_of(LevelRank(rank.0 - 1)))));
    }
}

#[test]
fn only_a_level_above_its_own_is_told_and_none_where_none_wins() {
    let level = |price: i64, own: &str| {
        let lot = scored(with_level(LevelMeasure::Points), [bid("A", price, 5).level(own), bid("B", 100, 5)]);
        margin(&lot, "A").level.map(|rank| rank.0)
    };
    assert_eq!(level(103, "none"), Some(2));
    assert_eq!(level(110, "none"), Some(4));
    assert_eq!(level(110, "trede-1"), Some(4));
    assert_eq!(level(124, "trede-2"), Some(5));
    assert_eq!(level(200, "none"), None);
    let unscored = scored(a_model().price(50).quality(40).pso(), [bid("A", 100, 5), bid("B", 98, "5.5")]);
    assert_eq!(margin(&unscored, "A").level, None);
    let consortium = scored(
        with_level(LevelMeasure::Points),
        [bid("A", 103, 5).levels(&[("none", 100)]), bid("B", 100, 5)],
    );
    assert_eq!(margin(&consortium, "A").level, None);
}

#[test]
fn the_lowest_offer_that_wins_is_told_in_its_own_steps() {
    let model = |measure| {
        let mut criterion = commitment("sr", 0, 5).weighs(10);
        if let Content::Commitment(terms) = &mut criterion.content {
            terms.measure = measure;
        }
        a_model().price(50).quality(40).criterion(criterion)
    };
    let needed = |measure, own: &str, price: i64| {
        let bids = [bid("A", price, 5).offer("sr", own), bid("B", 100, 5).offer("sr", 0)];
        margin(&scored(model(measure), bids), "A").commitments[0].1
    };
    // At 105 A lacks 50 − 47.619… = 2.380… points: more than 1.1904 percent.
    assert_eq!(needed(Measure::Percentage, "0", 105), Some(n("1.20")));
    assert_eq!(needed(Measure::Percentage, "1.19", 105), Some(n("1.20")));
    assert_eq!(needed(Measure::Places, "0", 105), Some(n(2)));
    assert_eq!(needed(Measure::Amount, "0", 105), Some(n("1.20")));
    assert_eq!(needed(Measure::Percentage, "0", 126), None);
    assert_eq!(needed(Measure::Percentage, "5", 130), None);
    assert_eq!(needed(Measure::Percentage, "0", 124), Some(n("4.84")));
}

#[test]
fn a_total_just_at_the_minimum_can_win() {
    let model = |minimum: i64| a_model().price(50).quality(50).total_at_least(minimum);
    let price = |minimum: i64| {
        let lot = scored(model(minimum), [bid("A", 100, 9), bid("B", 100, 5)]);
        margin(&lot, "B").price
    };
    // B has 75 points at any price up to 100; A keeps 45 and half of B's price.
    assert_eq!([price(60), price(75)], [Some(n("59.99")), Some(n("59.99"))]);
}

#[test]
fn a_level_that_lowers_the_price_below_a_rejecting_corridor_wins_as_the_price_was_bid_inside_it() {
    let level = |below| {
        let discount = levels("pso", LevelMeasure::DiscountPercent, &[("basistrede", 5), ("trede-1", 20)]);
        let model = a_model().by(corridor(200, 100, below, Outside::Clip)).price(60).quality(40).pso();
        let lot = scored(model.criterion(discount), [bid("A", 110, 5), bid("B", 100, "5.5")]);
        margin(&lot, "A").level.map(|rank| rank.0)
    };
    assert_eq!([level(Outside::Extrapolate), level(Outside::Reject)], [Some(3), Some(3)]);
}

#[test]
fn a_cost_over_the_life_cycle_is_lowered_as_a_whole() {
    let model = a_model().by(Method::LowestCost).without_weights().criterion(life_cycle(2, 0));
    let lot = scored(model, [a_bid("A").costs(100, &[10, 10], 0), a_bid("B").costs(110, &[10, 10], 0)]);
    let margin = margin(&lot, "B");
    assert_eq!((margin.behind, margin.price), (Some(x(10)), Some(n("119.99"))));
}

#[test]
fn two_prices_have_no_one_price_to_lower() {
    let model = a_model()
        .criterion(crate::builders::criterion::price("work").weighs(30))
        .criterion(crate::builders::criterion::price("upkeep").weighs(30));
    let bid = |id: &str, work: i64| a_bid(id).price_of("work", work).price_of("upkeep", 5);
    let lot = scored(model, [bid("A", 10), bid("B", 12)]);
    assert_eq!(margin(&lot, "B").price, None);
    assert_eq!(margin(&lot, "B").behind, Some(x(5)));
}

#[test]
fn with_relative_quality_no_number_of_points_is_told() {
    let model = a_model().price(50).criterion(assessed("quality").weighs(50).relative());
    let lot = scored(model.clone(), [bid("A", 100, 8), bid("B", 110, 4)]);
    assert_eq!(margin(&lot, "B").points, None);
    let price = margin(&lot, "B").price.unwrap();
    let bids = |price: Decimal| [bid("A", price, 4), bid("B", 100, 8)];
    assert!(wins(&model, bids(price)) && !wins(&model, bids(price + n("0.01"))));
}

#[test]
fn the_extended_ratio_has_no_distance_of_totals() {
    use trede_rules::award::model::Decision;
    let model = a_model().by(Method::ExtendedRatio(n(5), Decision::MostPoints)).bare_price().quality(10);
    let lot = scored(model, [bid("A", 100, 10), bid("B", 100, 9)]);
    let margin = margin(&lot, "B");
    assert_eq!((margin.behind, margin.points), (None, None));
    // At 85.5 A lies on the edge of the corridor and has more points: B wins below that.
    assert_eq!(margin.price, Some(n("85.49")));
}
