//! Rank reversal: who would win if a bid dropped out, against scoring the lot again without it.

use proptest::prelude::*;
use trede_rules::award::Lot;
use trede_rules::award::evaluate;
use trede_rules::award::evaluation::candidates;
use trede_rules::award::ranking::first;
use trede_rules::award::robustness::drop_out_effects;

use super::every_method::{every_method, full_bid};
use crate::builders::bid::{Written, bid};
use crate::builders::criterion::{Declared, on_scale, scale};
use crate::builders::model::{Model, a_model};
use crate::builders::scored::{Scored, scored};

/// The names of the bids that are first.
fn winners(lot: &Lot) -> Vec<String> {
    let evaluation = evaluate(lot).unwrap();
    let first = first(lot, &candidates(&evaluation.outcomes));
    first.into_iter().map(|bid| lot.id_of(bid).to_owned()).collect()
}

/// Each effect is what scoring without the bid gives.
fn agree(model: &Model, bids: &[Written]) {
    let declared = model.clone().declared();
    let lot_of = |bids: &[Written]| {
        let bids = bids.iter().map(|bid| bid.clone().for_model(&declared)).collect();
        Lot::new(declared.clone(), bids, None).unwrap()
    };
    let lot = lot_of(bids);
    let evaluation = evaluate(&lot).unwrap();
    let all = winners(&lot);
    for effect in drop_out_effects(&lot, &evaluation) {
        let id = lot.id_of(effect.bid);
        let rest: Vec<Written> = bids.iter().filter(|bid| bid.bid.id != id).cloned().collect();
        let expected = if rest.is_empty() { Vec::new() } else { winners(&lot_of(&rest)) };
        let told: Vec<String> = effect.winners.iter().map(|bid| lot.id_of(*bid).to_owned()).collect();
        let code = model.0.method.code();
        assert_eq!(told, expected, "{code} without {id}");
        assert_eq!(effect.reverses, !all.contains(&id.to_owned()) && told != all, "{code} without {id}");
    }
}

fn with_relative_quality() -> Model {
    a_model().price(50).criterion(on_scale("quality", scale(0, 10)).weighs(50).relative())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn an_effect_is_what_scoring_without_the_bid_gives(
        bids in prop::collection::vec((100_i64..130, 0_i64..11, 0_i64..11), 1..6)
    ) {
        let bids: Vec<Written> = bids.iter().enumerate()
            .map(|(index, (price, quality, plan))| full_bid(&format!("B{index}"), *price, *quality + 1, *plan))
            .collect();
        for model in every_method().iter().chain([&with_relative_quality()]) {
            if model.0.criteria.iter().any(|criterion| criterion.id == "quality") {
                let within: Vec<Written> = bids.iter().map(|bid| bid.clone().score("quality", 5)).collect();
                agree(model, &within);
            }
        }
    }

    #[test]
    fn an_effect_is_what_scoring_without_the_bid_gives_for_any_quality(
        bids in prop::collection::vec((100_i64..160, 1_i64..11, 0_i64..11), 1..6)
    ) {
        let bids: Vec<Written> = bids.iter().enumerate()
            .map(|(index, (price, quality, plan))| full_bid(&format!("B{index}"), *price, *quality, *plan))
            .collect();
        for model in every_method().iter().chain([&with_relative_quality()]) {
            agree(model, &bids);
        }
    }
}

/// Constructed after the example of pianoo.nl: 70·Q + 30·Pmin/P.
fn reversal() -> Scored {
    let model = a_model().price(30).criterion(on_scale("quality", scale(0, 1)).weighs(70));
    scored(model, [bid("A", 100, "0.45"), bid("B", 140, "0.55"), bid("C", 60, "0.2")])
}

#[test]
fn the_order_of_two_reverses_when_a_third_drops_out() {
    let lot = reversal();
    let told: Vec<(String, String, bool)> = drop_out_effects(&lot.lot, &lot.evaluation)
        .into_iter()
        .map(|effect| (lot.lot.id_of(effect.bid).to_owned(), lot.names(&effect.winners), effect.reverses))
        .collect();
    let expected = [("A", "B", false), ("B", "A", false), ("C", "A", true)];
    assert_eq!(told, expected.map(|(bid, winner, reverses)| (bid.to_owned(), winner.to_owned(), reverses)));
}

#[test]
fn a_minimum_total_holds_in_the_ranking_without_a_bid_as_well() {
    // Without C the winner A would reach 61.5; a minimum above that leaves nobody.
    let model = a_model().price(30).criterion(on_scale("quality", scale(0, 1)).weighs(70));
    let bids = || [bid("A", 100, "0.45"), bid("C", 60, "0.2")];
    let at = |minimum: &str| {
        let lot = scored(model.clone().total_at_least(minimum), bids());
        let effects = drop_out_effects(&lot.lot, &lot.evaluation);
        let effect = effects.iter().find(|effect| lot.lot.id_of(effect.bid) == "A").unwrap();
        lot.names(&effect.winners)
    };
    assert_eq!(at("44"), "C", "the minimum itself passes");
}

#[test]
fn a_bid_alone_leaves_nobody() {
    let lot = scored(a_model().price(30).quality(70), [bid("A", 100, 5)]);
    let effects = drop_out_effects(&lot.lot, &lot.evaluation);
    assert_eq!((effects[0].winners.len(), effects[0].reverses), (0, false));
}
