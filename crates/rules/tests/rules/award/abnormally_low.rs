//! Abnormally low bids: the bound is inclusive, and a flag never excludes.

use trede_rules::award::FindingCode;
use trede_rules::award::abnormally_low::{AbnormallyLowRule, AmountList, Prices};

use crate::builders::bid::{a_bid, bid};
use crate::builders::criterion::{Declared, price};
use crate::builders::model::a_model;
use crate::builders::scored::scored;
use crate::builders::{n, x};

fn prices(finals: &[&str], initials: &[&str]) -> Prices {
    let exact = |prices: &[&str]| prices.iter().map(|price| x(*price)).collect();
    Prices::new(exact(finals), exact(initials))
}

fn mean(others: AmountList) -> AbnormallyLowRule {
    AbnormallyLowRule::BelowMeanOfOthers { percent: n(40), others }
}

fn next(others: AmountList) -> AbnormallyLowRule {
    AbnormallyLowRule::BelowNext { percent: n(30), others }
}

#[test]
fn forty_percent_below_the_mean_of_the_others_is_just_low_enough() {
    let flag = |own: &str| prices(&[own, "90", "110"], &["0", "0", "0"]).flag(mean(AmountList::Final), 0);
    assert_eq!(flag("60").unwrap().against, x(100), "the mean is over the others only");
    assert_eq!(flag("60").unwrap().price, x(60));
    assert!(flag("60.01").is_none());
}

#[test]
fn the_mean_can_be_over_the_initial_prices() {
    let field = prices(&["60", "1", "1"], &["5", "90", "110"]);
    assert_eq!(field.flag(mean(AmountList::Initial), 0).unwrap().against, x(100));
    assert!(field.flag(mean(AmountList::Final), 0).is_none());
}

#[test]
fn a_bid_alone_has_no_others_to_be_held_against() {
    assert!(prices(&["60"], &["60"]).flag(mean(AmountList::Final), 0).is_none());
    assert!(prices(&["60"], &["60"]).flag(next(AmountList::Final), 0).is_none());
    assert!(prices(&["60"], &["60"]).flag(next(AmountList::Final), 1).is_none());
}

#[test]
fn others_of_zero_flag_nobody() {
    assert!(prices(&["0", "0"], &["0", "0"]).flag(mean(AmountList::Final), 0).is_none());
}

#[test]
fn thirty_percent_below_the_next_price_is_just_low_enough() {
    let flag = |own: &str| prices(&[own, "100", "200"], &["0", "0", "0"]).flag(next(AmountList::Final), 0);
    assert_eq!(flag("70").unwrap().against, x(100));
    assert!(flag("70.01").is_none());
}

#[test]
fn the_next_price_is_that_of_another_bid_that_is_not_lower() {
    let field = prices(&["100", "100", "50"], &["0", "0", "0"]);
    assert!(field.flag(next(AmountList::Final), 0).is_none(), "an equal price is the next one");
    assert_eq!(field.flag(next(AmountList::Final), 2).unwrap().against, x(100));
    // The own initial price is not the next one: it stands in the list as the bid's own.
    let field = prices(&["60", "90"], &["60", "100"]);
    assert_eq!(field.flag(next(AmountList::Initial), 0).unwrap().against, x(100));
    let field = prices(&["60", "90"], &["80", "100"]);
    assert_eq!(field.flag(next(AmountList::Initial), 0).unwrap().against, x(100));
}

#[test]
fn the_buyers_own_bound_is_inclusive() {
    let flag = |own: &str| prices(&[own], &[own]).flag(AbnormallyLowRule::BelowAmount(n(50)), 0);
    assert_eq!(flag("50").unwrap().against, x(50));
    assert!(flag("50.01").is_none());
}

#[test]
fn a_flag_asks_for_an_explanation_once_and_leaves_the_bid_in_the_ranking() {
    let rules = [50, 60].map(|bound| AbnormallyLowRule::BelowAmount(n(bound)).into()).to_vec();
    let model = a_model().price(60).quality(40).with(|model| model.abnormally_low = rules);
    let lot = scored(model, [bid("A", 40, 5), bid("B", 55, 5), bid("C", 100, 5)]);
    let flagged: Vec<usize> = lot.evaluation.abnormally_low.iter().map(|(bid, _)| *bid).collect();
    assert_eq!(lot.names(&flagged), "A A B");
    assert_eq!(lot.warned(FindingCode::AskForExplanation), [["A"], ["B"]]);
    assert_eq!(lot.ranking(), "A1 B2 C3");
}

#[test]
fn prices_of_one_bid_are_flagged_by_their_sum_and_an_excluded_bid_is_not_asked() {
    let model = a_model()
        .criterion(price("work").weighs(30))
        .criterion(price("upkeep").weighs(30))
        .flagging(AbnormallyLowRule::BelowAmount(n(50)));
    let written =
        |id: &str, work: i64, upkeep: i64| a_bid(id).price_of("work", work).price_of("upkeep", upkeep);
    let out = written("C", 1, 1).dropped_out(trede_rules::award::bid::DropOutStage::BeforeEvaluation);
    let lot = scored(model, [written("A", 20, 30), written("B", 20, 31), out]);
    assert_eq!(lot.warned(FindingCode::AskForExplanation), [["A"]]);
    assert_eq!(lot.evaluation.abnormally_low[0].1.price, x(50));
}
