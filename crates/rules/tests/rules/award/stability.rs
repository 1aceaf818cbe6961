//! Stability: the intervals of a weight or value in which the winner stays, against scoring again with that weight.

use proptest::prelude::*;
use trede_base::exact::Exact;
use trede_rules::award::criterion::Criterion;
use trede_rules::award::model::{AwardModel, Method};
use trede_rules::award::pso_level::LevelMeasure;
use trede_rules::award::robustness::{Interval, Stability, Varied, stability};
use trede_rules::award::{DeclaredModel, Lot, evaluate};

use super::every_method::{full_bid, price_and_quality};
use crate::builders::bid::{Written, a_bid, bid};
use crate::builders::criterion::{Declared, assessed, group, levels, price};
use crate::builders::model::{Model, a_model};
use crate::builders::scored::{Scored, scored};
use crate::builders::{fraction, x};

fn holds(intervals: &[Interval], at: &Exact) -> bool {
    intervals.iter().any(|within| *at >= within.from && within.to.as_ref().is_none_or(|to| at <= to))
}

/// The model with the weight of one criterion changed and the others in proportion; none where these have no
/// finite decimal.
pub(super) fn reweighed(model: &AwardModel, id: &str, weight: &Exact, whole: &Exact) -> Option<AwardModel> {
    let mut changed = model.clone();
    let own = changed.criteria.iter().find(|criterion| criterion.id == id)?.weight?;
    for criterion in &mut changed.criteria {
        let Some(was) = criterion.weight else { continue };
        let now = if criterion.id == id {
            weight.clone()
        } else {
            let rest = whole.minus(&Exact::from(own));
            Exact::from(was).times(&whole.minus(weight)).over(&rest)?
        };
        criterion.weight = Some(now.finite()?);
    }
    Some(changed)
}

/// Whether the bid with this name is on the first place, alone or with others.
fn is_first(model: AwardModel, bids: &[Written], id: &str) -> bool {
    let declared = DeclaredModel::check(model).unwrap();
    let bids = bids.iter().map(|bid| bid.clone().for_model(&declared)).collect();
    let lot = Lot::new(declared, bids, None).unwrap();
    let evaluation = evaluate(&lot).unwrap();
    let places = &evaluation.ranking.places;
    places.iter().any(|place| place.rank == 1 && lot.id_of(place.bid) == id)
}

/// The winner stays first exactly where an interval says so.
fn agree(model: &Model, bids: &[Written]) -> usize {
    let declared = model.clone().declared();
    let lot =
        Lot::new(declared.clone(), bids.iter().map(|bid| bid.clone().for_model(&declared)).collect(), None);
    let lot = lot.unwrap();
    let evaluation = evaluate(&lot).unwrap();
    let Some(winner) = evaluation.ranking.places.first() else { return 0 };
    let winner = lot.id_of(winner.bid);
    let weights = model.0.criteria.iter().filter_map(|criterion| criterion.weight).map(Exact::from);
    let whole = weights.fold(Exact::ZERO, |sum, weight| sum.plus(&weight));
    let mut compared = 0;
    for found in stability(&lot, &evaluation) {
        let Varied::Weight(id) = &found.varied else { continue };
        let ends = found.intervals.iter().flat_map(|within| [Some(within.from.clone()), within.to.clone()]);
        let ends =
            ends.flatten().flat_map(|end| [end.clone(), end.plus(&x("0.0001")), end.minus(&x("0.0001"))]);
        let grid = (1..34).map(|step| whole.times(&fraction(step * 3 - 2, 100)));
        for at in grid.chain(ends).filter(|at| at.is_positive() && *at < whole) {
            let Some(changed) = reweighed(&model.0, id, &at, &whole) else { continue };
            let code = model.0.method.code();
            // Just at the edge of the corridor another bid is inside and may decide: an end is no tie there.
            let is_end = |within: &Interval| within.from == at || within.to.as_ref() == Some(&at);
            if matches!(model.0.method, Method::ExtendedRatio(..)) && found.intervals.iter().any(is_end) {
                continue;
            }
            let first = is_first(changed, bids, winner);
            assert_eq!(
                first,
                holds(&found.intervals, &at),
                "{code}: {id} at {} in {:?}",
                at.shown(),
                found.intervals
            );
            compared += 1;
        }
        assert!(holds(&found.intervals, &found.declared));
    }
    compared
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn the_winner_stays_where_an_interval_says_so(
        bids in prop::collection::vec((100_i64..200, 1_i64..11, 1_i64..11), 2..5)
    ) {
        let bids: Vec<Written> = bids.iter().enumerate()
            .map(|(index, (price, quality, plan))| full_bid(&format!("B{index}"), *price, *quality, *plan))
            .collect();
        for model in price_and_quality() {
            let logarithmic = matches!(model.0.method, Method::Logarithmic(_));
            let compared = agree(&model, &bids);
            prop_assert!(logarithmic || model.0.weight_unit.is_none() || compared > 60);
        }
    }
}

fn found(lot: &Scored, id: &str) -> Stability {
    let all = stability(&lot.lot, &lot.evaluation);
    let named = |varied: &Varied| match varied {
        Varied::Weight(name) | Varied::Value(name) => name == id,
        Varied::Discount(name, rank) => format!("{name} {}", rank.0) == id,
    };
    all.into_iter().find(|found| named(&found.varied)).unwrap()
}

fn told(found: &Stability) -> Vec<(String, Option<String>)> {
    found.intervals.iter().map(|within| (within.from.shown(), within.to.as_ref().map(Exact::shown))).collect()
}

#[test]
fn two_criteria_tie_at_the_end_of_an_interval() {
    // A: 100 w + 50 (100 − w); B: 50 w + 100 (100 − w), in shares: equal at half.
    let lot = scored(a_model().price(60).quality(40), [bid("A", 100, 5), bid("B", 200, 10)]);
    assert_eq!(told(&found(&lot, "price")), [("50".to_owned(), Some("100".to_owned()))]);
    assert_eq!(told(&found(&lot, "quality")), [("0".to_owned(), Some("50".to_owned()))]);
    assert_eq!(found(&lot, "price").declared, x(60));
}

#[test]
fn a_winner_on_everything_stays_whatever_the_weights() {
    let lot = scored(a_model().price(60).quality(40), [bid("A", 100, 9), bid("B", 200, 3)]);
    assert_eq!(told(&found(&lot, "price")), [("0".to_owned(), Some("100".to_owned()))]);
}

#[test]
fn a_group_is_varied_as_a_whole_and_a_single_criterion_as_itself() {
    let group = group("quality", [assessed("a").weighs(20), assessed("b").weighs(20)]).weighs(40);
    let written = |id: &str, price: i64, a: i64, b: i64| a_bid(id).price(price).score("a", a).score("b", b);
    let lot =
        scored(a_model().price(60).criterion(group), [written("A", 100, 2, 8), written("B", 200, 10, 10)]);
    let all = stability(&lot.lot, &lot.evaluation);
    let names: Vec<_> = all.iter().map(|found| found.varied.clone()).collect();
    assert_eq!(names, ["price", "a", "b", "quality"].map(|id| Varied::Weight(id.to_owned())));
    assert_eq!(found(&lot, "quality").declared, x(40));
    assert_eq!(told(&found(&lot, "quality")), [("0".to_owned(), Some("50".to_owned()))]);
}

#[test]
fn what_is_held_against_the_best_is_one_weight() {
    let model = a_model().price(50).criterion(assessed("quality").weighs(50).relative());
    let lot = scored(model, [bid("A", 100, 3), bid("B", 200, 6)]);
    assert_eq!(found(&lot, "quality").declared, x(50));
    assert_eq!(told(&found(&lot, "quality")), [("0".to_owned(), Some("50".to_owned()))]);
    let all = a_model().by(Method::RelativeQuality).quality(60).named("plan", 40);
    let lot = scored(all, [full_bid("A", 1, 5, 5)]);
    assert!(
        stability(&lot.lot, &lot.evaluation).is_empty(),
        "a weight that is all there is cannot be varied"
    );
}

#[test]
fn a_value_in_euros_has_a_lower_and_perhaps_no_upper_end() {
    let model = a_model().by(Method::AwardOnValue).without_weights().bare_price().valued("quality", 100);
    let lot = scored(model.clone(), [bid("A", 500, 8), bid("B", 470, 4)]);
    assert_eq!(told(&found(&lot, "quality")), [("75".to_owned(), None)]);
    let lot = scored(model, [bid("A", 500, 8), bid("B", 410, 4), bid("C", 520, 10)]);
    assert_eq!(lot.ranking(), "B1 A2 C2");
    assert_eq!(told(&found(&lot, "quality")), [("0".to_owned(), Some(fraction(1100, 6).shown()))]);
}

#[test]
fn a_discount_is_varied_for_each_level_that_somebody_stands_on() {
    let model = |measure| {
        a_model().by(Method::FictitiousDiscount).without_weights().pso().bare_price().criterion(levels(
            "pso",
            measure,
            &[("trede-1", 5), ("trede-2", 10)],
        ))
    };
    let bids = || {
        [
            a_bid("A").price(1000).level("trede-2"),
            a_bid("B").price(960).level("trede-1"),
            a_bid("C").price(980),
        ]
    };
    let lot = scored(model(LevelMeasure::DiscountPercent), bids());
    assert_eq!(lot.ranking(), "A1 B2 C3");
    assert_eq!(told(&found(&lot, "pso 4")), [("8.8".to_owned(), Some("100".to_owned()))]);
    assert_eq!(told(&found(&lot, "pso 3")), [("0".to_owned(), Some("6.25".to_owned()))]);
    assert_eq!(told(&found(&lot, "pso 0")), [("0".to_owned(), Some(fraction(8000, 980).shown()))]);
    assert_eq!(stability(&lot.lot, &lot.evaluation).len(), 3);
    let lot = scored(model(LevelMeasure::DiscountAmount), bids());
    assert_eq!(lot.ranking(), "B1 C2 A3");
    assert_eq!(told(&found(&lot, "pso 4")), [("0".to_owned(), Some("45".to_owned()))]);
    assert_eq!(told(&found(&lot, "pso 3")), [("0".to_owned(), None)]);
}

#[test]
fn a_member_of_a_consortium_moves_by_its_share() {
    let model = a_model()
        .by(Method::FictitiousDiscount)
        .without_weights()
        .pso()
        .bare_price()
        .criterion(levels("pso", LevelMeasure::DiscountPercent, &[("trede-2", 10)]));
    let lot = scored(
        model,
        [a_bid("A").price(1000).levels(&[("trede-2", 50), ("none", 50)]), a_bid("B").price(970)],
    );
    assert_eq!(lot.total("A"), x(950));
    assert_eq!(told(&found(&lot, "pso 4")), [("6".to_owned(), Some("100".to_owned()))]);
}

#[test]
fn nothing_is_stable_where_nobody_is_ranked() {
    let out = bid("A", 1, 1).dropped_out(trede_rules::award::bid::DropOutStage::BeforeEvaluation);
    let lot = scored(a_model().price(60).quality(40), [out]);
    assert!(stability(&lot.lot, &lot.evaluation).is_empty());
}

#[test]
fn the_price_is_never_part_of_a_group_that_is_varied() {
    let mixed: Criterion = group("all", [price("price").weighs(60), assessed("quality").weighs(40)]);
    let lot = scored(a_model().criterion(mixed.weighs(100)), [bid("A", 100, 5), bid("B", 200, 10)]);
    let names: Vec<_> = stability(&lot.lot, &lot.evaluation).into_iter().map(|found| found.varied).collect();
    assert_eq!(names, ["price", "quality"].map(|id| Varied::Weight(id.to_owned())));
}
