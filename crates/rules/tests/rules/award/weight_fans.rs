//! The weight fan, against scoring again with the weights that it stands for.

use proptest::prelude::*;
use trede_base::exact::Exact;
use trede_rules::award::model::{AwardModel, Method};
use trede_rules::award::robustness::{WeightFan, weight_fans};
use trede_rules::award::{DeclaredModel, Lot, evaluate};

use super::every_method::{full_bid, price_and_quality};
use super::stability::reweighed;
use crate::builders::bid::{Written, a_bid, bid};
use crate::builders::criterion::{Declared, assessed, group};
use crate::builders::model::a_model;
use crate::builders::scored::scored;
use crate::builders::{fraction, x};

fn lot_of(model: AwardModel, bids: &[Written]) -> Lot {
    let declared = DeclaredModel::check(model).unwrap();
    let bids = bids.iter().map(|bid| bid.clone().for_model(&declared)).collect();
    Lot::new(declared, bids, None).unwrap()
}

/// What the line of a bid says at a weight.
fn line_at(fan: &WeightFan, bid: usize, at: &Exact) -> Exact {
    let line = fan.lines.iter().find(|line| line.bid == bid).unwrap();
    let slope = line.at_whole.minus(&line.at_zero).over(&fan.whole).unwrap();
    line.at_zero.plus(&slope.times(at))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn a_line_is_the_total_with_the_weights_rescaled(
        bids in prop::collection::vec((100_i64..200, 1_i64..11, 1_i64..11), 2..5)
    ) {
        let bids: Vec<Written> = bids.iter().enumerate()
            .map(|(index, (price, quality, plan))| full_bid(&format!("B{index}"), *price, *quality, *plan))
            .collect();
        let mut compared = 0;
        for model in price_and_quality() {
            let lot = lot_of(model.0.clone(), &bids);
            for fan in weight_fans(&lot, &evaluate(&lot).unwrap()) {
                for step in 1..10 {
                    let at = fan.whole.times(&fraction(step, 10));
                    let Some(changed) = reweighed(&model.0, &fan.criterion, &at, &fan.whole) else { continue };
                    let again = lot_of(changed, &bids);
                    let again = evaluate(&again).unwrap();
                    for line in &fan.lines {
                        let total = again.outcomes[line.bid].exact_total.clone().unwrap();
                        prop_assert_eq!(line_at(&fan, line.bid, &at), total, "{} {}", model.0.method.code(), fan.criterion);
                        compared += 1;
                    }
                    let leader = fan.changes.iter().rev().find(|change| change.at < at);
                    let leader = leader.map_or_else(|| fan.changes.first().map(|change| change.from), |change| Some(change.to));
                    if let Some(leader) = leader.filter(|_| fan.changes.iter().all(|change| change.at != at)) {
                        let best = fan.lines.iter().map(|line| line_at(&fan, line.bid, &at)).max().unwrap();
                        prop_assert_eq!(line_at(&fan, leader, &at), best);
                    }
                }
            }
        }
        prop_assert!(compared > 60, "{}", compared);
    }
}

#[test]
fn the_lead_changes_where_two_lines_cross() {
    // A: 100 w + 50 (100 − w); B: 50 w + 100 (100 − w), in hundredths: equal at half, at 75.
    let lot = scored(a_model().price(60).quality(40), [bid("A", 100, 5), bid("B", 200, 10)]);
    let fans = weight_fans(&lot.lot, &lot.evaluation);
    let names: Vec<_> = fans.iter().map(|fan| fan.criterion.as_str()).collect();
    assert_eq!(names, ["price", "quality"]);
    let price = &fans[0];
    assert_eq!((&price.declared, &price.whole), (&x(60), &x(100)));
    let ends: Vec<_> = price.lines.iter().map(|line| (line.bid, &line.at_zero, &line.at_whole)).collect();
    assert_eq!(ends, [(0, &x(50), &x(100)), (1, &x(100), &x(50))]);
    let [change] = price.changes.as_slice() else { panic!("{:?}", price.changes) };
    assert_eq!((&change.at, &change.total, change.from, change.to), (&x(50), &x(75), 1, 0));
}

#[test]
fn a_group_has_a_fan_of_its_own_and_a_winner_on_everything_never_loses_the_lead() {
    let quality = group("quality", [assessed("a").weighs(20), assessed("b").weighs(20)]).weighs(40);
    let written = |id: &str, price: i64, a: i64, b: i64| a_bid(id).price(price).score("a", a).score("b", b);
    let lot =
        scored(a_model().price(60).criterion(quality), [written("A", 100, 9, 8), written("B", 200, 3, 2)]);
    let fans = weight_fans(&lot.lot, &lot.evaluation);
    let names: Vec<_> = fans.iter().map(|fan| fan.criterion.as_str()).collect();
    assert_eq!(names, ["price", "a", "b", "quality"]);
    assert!(fans.iter().all(|fan| fan.changes.is_empty()), "{fans:?}");
}

#[test]
fn there_is_no_fan_where_a_total_is_no_sum() {
    let bids = || [full_bid("A", 100, 5, 5), full_bid("B", 200, 10, 5)];
    let ratio = a_model().by(Method::PricePerPoint).bare_price().quality(60).named("plan", 40);
    let lot = scored(ratio, bids());
    assert!(weight_fans(&lot.lot, &lot.evaluation).is_empty());
    let out = bid("A", 1, 1).dropped_out(trede_rules::award::bid::DropOutStage::BeforeEvaluation);
    let lot = scored(a_model().price(60).quality(40), [out]);
    assert!(weight_fans(&lot.lot, &lot.evaluation).is_empty());
}
