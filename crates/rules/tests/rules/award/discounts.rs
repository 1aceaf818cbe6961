//! Discounts of every kind together, forth and back.

use trede_base::exact::Exact;
use trede_rules::award::criterion::Criterion;
use trede_rules::award::discount::{DiscountMeasure, DiscountOrder, DiscountTerms, discounted, undiscounted};
use trede_rules::award::model::{Method, TieStep};
use trede_rules::pso::{LevelRank, Standing};

use crate::builders::bid::a_bid;
use crate::builders::criterion::{assessed, price};
use crate::builders::model::{Model, a_model};
use crate::builders::scored::scored;
use crate::builders::{n, x};

fn lowering(id: &str, measure: DiscountMeasure, most: i64, cap: Option<i64>) -> Criterion {
    let terms = DiscountTerms { measure, most: n(most), cap: cap.map(n) };
    Criterion { discount: Some(terms), ..assessed(id) }
}

fn model(order: DiscountOrder) -> Model {
    a_model()
        .by(Method::FictitiousDiscount)
        .without_weights()
        .criterion(price("price"))
        .criterion(lowering("co2", DiscountMeasure::Percent, 10, Some(40)))
        .criterion(lowering("plan", DiscountMeasure::Percent, 20, None))
        .criterion(lowering("jobs", DiscountMeasure::Amount, 50, None))
        .criterion(lowering("soil", DiscountMeasure::Percent, 30, Some(60)))
        .with(|model| model.discount_order = order)
}

/// The price before the discounts is found again from the price after them, below, at and above every cap.
#[test]
fn a_price_comes_back_from_what_its_discounts_left() {
    for order in [DiscountOrder::OneAfterAnother, DiscountOrder::EachOnBid] {
        for scores in [[10, 10, 10, 10], [5, 0, 3, 10], [0, 10, 0, 5], [7, 3, 9, 0]] {
            for price in [100, 199, 200, 201, 399, 400, 401, 1_000, 5_000] {
                let [co2, plan, jobs, soil] = scores;
                let bid = a_bid("A").price(price).score("co2", co2).score("plan", plan);
                let lot = scored(model(order), [bid.score("jobs", jobs).score("soil", soil)]);
                let (declared, outcome) = (lot.lot.declared(), lot.outcome("A"));
                let standing = Standing::Single(LevelRank::NONE);
                let left = discounted(declared, &x(price), &standing, outcome.scores());
                assert_eq!(Some(&left), outcome.parts.prices.first());
                assert_eq!(undiscounted(declared, &left, &standing, outcome.scores()), Some(x(price)));
            }
        }
    }
}

#[test]
fn percentages_follow_each_other_or_are_each_taken_from_the_bid() {
    let total = |order| {
        let bid = a_bid("A").price(1_000).score("co2", 5).score("plan", 5);
        scored(model(order), [bid.score("jobs", 10).score("soil", 2)]).total("A")
    };
    // 1,000 − min(50; 40) = 960; × 0.9 = 864; − 50 = 814; − min(6 percent = 48.84; 60).
    assert_eq!(total(DiscountOrder::OneAfterAnother), x("765.16"));
    // 1,000 − 40 − 100 − 50 − 60.
    assert_eq!(total(DiscountOrder::EachOnBid), x(750));
}

#[test]
fn a_tie_can_go_by_what_a_criterion_takes_off() {
    let ties = [TieStep::Criterion("plan".to_owned()), TieStep::Lot];
    let bid = |id: &str, price: i64, plan: i64, jobs: i64| {
        a_bid(id).price(price).score("co2", 0).score("plan", plan).score("jobs", jobs).score("soil", 0)
    };
    // 100 and 125 less 20 percent are both 100.
    let lot =
        scored(model(DiscountOrder::EachOnBid).ties(&ties), [bid("A", 100, 0, 0), bid("B", 125, 10, 0)]);
    assert_eq!([lot.total("A"), lot.total("B")], [x(100), x(100)]);
    assert_eq!(lot.ranking(), "B1 A2");
    assert_eq!(Exact::ZERO, lot.points("B", "plan"), "a discount earns no points");
}
