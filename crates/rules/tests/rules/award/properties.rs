//! What holds for any lot, whatever the method.

use proptest::prelude::*;
use trede_base::exact::Exact;
use trede_rules::award::model::Best;
use trede_rules::award::{Lot, evaluate};

use super::every_method::{every_method, full_bid};
use crate::builders::bid::Written;
use crate::builders::model::Model;
use crate::builders::scored::Scored;

fn score(model: &Model, bids: &[Written]) -> Scored {
    let declared = model.clone().declared();
    let bids = bids.iter().map(|bid| bid.clone().for_model(&declared)).collect();
    let lot = Lot::new(declared, bids, None).unwrap();
    let evaluation = evaluate(&lot).unwrap();
    Scored { lot, evaluation }
}

fn written(bids: &[(i64, i64, i64)]) -> Vec<Written> {
    let numbered = bids.iter().enumerate();
    numbered
        .map(|(index, (price, quality, plan))| full_bid(&format!("B{index}"), *price, *quality, *plan))
        .collect()
}

fn some_bids() -> impl Strategy<Value = Vec<(i64, i64, i64)>> {
    prop::collection::vec((100_i64..400, 1_i64..11, 1_i64..11), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_order_in_which_bids_are_given_changes_nothing(bids in some_bids()) {
        for model in every_method() {
            let forth = written(&bids);
            let mut back = forth.clone();
            back.reverse();
            prop_assert_eq!(score(&model, &forth).ranking(), score(&model, &back).ranking());
        }
    }

    #[test]
    fn a_better_total_never_ranks_behind_a_worse_one(bids in some_bids()) {
        for model in every_method() {
            let lot = score(&model, &written(&bids));
            if lot.evaluation.ranking.corridor_from.is_some() {
                continue;
            }
            let totals = lot.evaluation.ranking.places.iter()
                .map(|place| lot.evaluation.outcomes[place.bid].declared_total.clone().unwrap());
            let totals: Vec<Exact> = totals.collect();
            let in_order = totals.windows(2).all(|two| match model.0.method.best() {
                Best::Highest => two[0] >= two[1],
                Best::Lowest => two[0] <= two[1],
            });
            prop_assert!(in_order, "{}", model.0.method.code());
        }
    }

    #[test]
    fn a_lower_price_never_makes_a_total_worse(bids in some_bids(), less in 1_i64..99) {
        for model in every_method() {
            let before = score(&model, &written(&bids));
            let mut cheaper = bids.clone();
            cheaper[0].0 -= less;
            let after = score(&model, &written(&cheaper));
            let (was, is) = (before.exact_total("B0"), after.exact_total("B0"));
            let no_worse = match model.0.method.best() {
                Best::Highest => is >= was,
                Best::Lowest => is <= was,
            };
            prop_assert!(no_worse, "{}: {} then {}", model.0.method.code(), was.shown(), is.shown());
        }
    }

    #[test]
    fn a_better_score_never_makes_a_total_worse(bids in some_bids(), more in 1_i64..10) {
        for model in every_method() {
            let before = score(&model, &written(&bids));
            let mut better = bids.clone();
            better[0].1 = 10.min(better[0].1 + more);
            let after = score(&model, &written(&better));
            let (was, is) = (before.exact_total("B0"), after.exact_total("B0"));
            let no_worse = match model.0.method.best() {
                Best::Highest => is >= was,
                Best::Lowest => is <= was,
            };
            prop_assert!(no_worse, "{}: {} then {}", model.0.method.code(), was.shown(), is.shown());
        }
    }

    #[test]
    fn a_rank_is_one_more_than_the_bids_before_it(bids in some_bids()) {
        for model in every_method() {
            let lot = score(&model, &written(&bids));
            let ranks: Vec<usize> = lot.evaluation.ranking.places.iter().map(|place| place.rank).collect();
            for (index, rank) in ranks.iter().enumerate() {
                prop_assert!(*rank == index + 1 || (index > 0 && *rank == ranks[index - 1]));
            }
        }
    }

    #[test]
    fn the_steps_of_a_total_end_in_the_total(bids in some_bids()) {
        for model in every_method() {
            let lot = score(&model, &written(&bids));
            for outcome in &lot.evaluation.outcomes {
                let steps = outcome.total_steps(lot.lot.declared(), &lot.evaluation.field);
                prop_assert_eq!(&steps.last().unwrap().step.result, outcome.exact_total.as_ref().unwrap());
            }
        }
    }
}
