//! The ranking: any difference decides, equal ranks are 1, 1, 3, and ties go by the declared steps.

use trede_rules::award::FindingCode;
use trede_rules::award::drawing::drawn_order;
use trede_rules::award::evaluate;
use trede_rules::award::evaluation::candidates;
use trede_rules::award::model::{Method, TieStep};
use trede_rules::award::ranking::first;

use crate::builders::bid::{a_bid, bid};
use crate::builders::criterion::{Declared, assessed, group};
use crate::builders::model::{Model, a_model};
use crate::builders::scored::{Scored, a_drawing, drawn, drawn_lot, scored};
use crate::builders::x;

fn model() -> Model {
    a_model().by(Method::AwardOnValue).without_weights().bare_price().valued("quality", 100)
}

fn by(step: TieStep) -> Model {
    model().ties(&[step, TieStep::Lot])
}

#[test]
fn equal_totals_share_a_rank_and_the_next_rank_is_skipped() {
    let lot = scored(model(), [bid("A", 100, 5), bid("B", 90, 4), bid("C", 200, 0), bid("D", 49, 0)]);
    assert_eq!(lot.ranking(), "D1 A2 B2 C4");
}

#[test]
fn totals_that_differ_by_less_than_a_billionth_are_still_different() {
    let model = a_model().by(Method::PriceQualityRatio(crate::builders::n(1))).bare_price().quality(10);
    // 1/1000000.000001 and 1/1000000: less than a billionth apart.
    let lot = scored(model, [bid("A", "1000000.000001", 1), bid("B", "1000000", 1)]);
    assert_eq!(lot.ranking(), "B1 A2");
}

#[test]
fn the_lower_real_price_wins_a_tie_where_that_was_declared() {
    let lot = scored(by(TieStep::LowestPrice), [bid("A", 100, 5), bid("B", 90, 4)]);
    assert_eq!(lot.ranking(), "B1 A2");
    assert_eq!(lot.evaluation.ranking.ties[0].decided_by, Some(TieStep::LowestPrice));
    assert!(lot.evaluation.ranking.ties[0].open.is_empty());
}

#[test]
fn the_earlier_bid_wins_a_tie_where_that_was_declared() {
    let at = |id: &str, minute: u8| bid(id, 100, 5).received(&format!("2026-05-01T10:{minute:02}:00Z"));
    let lot = scored(by(TieStep::EarliestBid), [at("A", 30), at("B", 29)]);
    assert_eq!(lot.ranking(), "B1 A2");
}

#[test]
fn the_better_score_on_a_criterion_or_group_wins_a_tie() {
    let quality = || by(TieStep::Criterion("quality".to_owned()));
    assert_eq!(scored(quality(), [bid("A", 90, 4), bid("B", 100, 5)]).ranking(), "B1 A2");
    let group = group("quality", [assessed("a").weighs(20), assessed("b").weighs(20)]).weighs(40);
    let model = a_model().price(40).criterion(group).ties(&[TieStep::Criterion("quality".to_owned())]);
    let written = |id: &str, price: i64, a: i64, b: i64| a_bid(id).price(price).score("a", a).score("b", b);
    // 40 + 10 + 2 and 20 + 20 + 12.
    let lot = scored(model, [written("A", 100, 5, 1), written("B", 200, 10, 6)]);
    assert_eq!([lot.total("A"), lot.total("B")], [x(52), x(52)]);
    assert_eq!(lot.ranking(), "B1 A2");
}

#[test]
fn a_price_that_earns_no_points_wins_a_tie_by_being_lower_and_one_that_earns_points_by_those() {
    let step = || TieStep::Criterion("price".to_owned());
    assert_eq!(scored(by(step()), [bid("A", 100, 5), bid("B", 90, 4)]).ranking(), "B1 A2");
    let weighed = a_model().price(40).quality(40).ties(&[step()]);
    // 40 + 20 and 20 + 40.
    assert_eq!(scored(weighed, [bid("A", 200, 10), bid("B", 100, 5)]).ranking(), "B1 A2");
}

#[test]
fn steps_are_taken_in_their_order_and_the_last_that_decided_is_told() {
    let steps = [TieStep::Criterion("quality".to_owned()), TieStep::EarliestBid, TieStep::Lot];
    let at = |id: &str, price: i64, score: i64, minute: u8| {
        bid(id, price, score).received(&format!("2026-05-01T10:{minute:02}:00Z"))
    };
    let lot = scored(model().ties(&steps), [at("A", 90, 4, 1), at("B", 100, 5, 9), at("C", 100, 5, 8)]);
    assert_eq!(lot.ranking(), "C1 B2 A3");
    let tie = &lot.evaluation.ranking.ties[0];
    assert_eq!(tie.decided_by, Some(TieStep::EarliestBid));
    assert_eq!(
        (lot.names(&tie.bids), lot.names(&tie.open), lot.names(&tie.for_lot)),
        ("C B A".into(), "".into(), "".into())
    );
}

fn three_equal() -> [crate::builders::bid::Written; 3] {
    [bid("A", 100, 5), bid("B", 100, 5), bid("C", 100, 5)]
}

#[test]
fn bids_that_nothing_tells_apart_wait_for_a_drawing_of_lots() {
    let lot = scored(model(), three_equal());
    assert_eq!(lot.ranking(), "A1 B1 C1");
    let tie = &lot.evaluation.ranking.ties[0];
    assert_eq!((lot.names(&tie.for_lot), lot.names(&tie.open)), ("A B C".into(), "A B C".into()));
    assert_eq!(tie.decided_by, None);
    assert_eq!(lot.warned(FindingCode::OpenTie), [["A, B, C"]]);
}

#[test]
fn without_declared_steps_the_law_leaves_the_lot() {
    let drawn = drawn(model().ties(&[]), three_equal(), &["B", "C", "A"]).unwrap();
    assert_eq!(drawn.ranking(), "B1 C2 A3");
}

#[test]
fn a_drawing_orders_the_bids_that_are_tied_and_closes_the_tie() {
    let lot = drawn(model(), three_equal(), &["C", "A", "B"]).unwrap();
    assert_eq!(lot.ranking(), "C1 A2 B3");
    let tie = &lot.evaluation.ranking.ties[0];
    assert_eq!(tie.decided_by, Some(TieStep::Lot));
    assert_eq!((lot.names(&tie.for_lot), lot.names(&tie.open)), ("C A B".into(), "".into()));
    assert!(lot.warned(FindingCode::OpenTie).is_empty());
    assert_eq!(lot.lot.drawn_position(0), Some(1));
}

#[test]
fn a_drawing_holds_all_bids_that_only_a_lot_can_tell_apart() {
    let steps = [TieStep::Criterion("quality".to_owned()), TieStep::Lot];
    // D has the same total, but more quality: it needs no lot.
    let bids = || [bid("A", 100, 5), bid("B", 100, 5), bid("D", 110, 6)];
    let open = scored(model().ties(&steps), bids());
    assert_eq!(open.ranking(), "D1 A2 B2");
    let tie = &open.evaluation.ranking.ties[0];
    assert_eq!((open.names(&tie.bids), open.names(&tie.for_lot)), ("D A B".into(), "A B".into()));
    let by = |order: &[&str]| drawn(model().ties(&steps), bids(), order);
    assert_eq!(by(&["B", "A"]).unwrap().ranking(), "D1 B2 A3");
    assert_eq!(
        by(&["B", "D", "A"]).unwrap().ranking(),
        "D1 B2 A3",
        "who is equal no more stands in it still"
    );
    let found = by(&["D", "A"]).err().unwrap();
    assert_eq!(found[0].code, FindingCode::DrawingMismatch);
    assert_eq!(found[0].details, ["A, D", "A, B"]);
    for wrong in [&["A", "B", "X"][..], &["A", "B", "A"]] {
        assert_eq!(by(wrong).err().unwrap()[0].code, FindingCode::DrawingMismatch, "{wrong:?}");
    }
}

#[test]
fn a_drawing_over_two_ties_keeps_the_groups_apart() {
    let bids = || [bid("A", 100, 5), bid("B", 100, 5), bid("C", 200, 5), bid("D", 200, 5)];
    let open = scored(model(), bids());
    assert_eq!(open.evaluation.ranking.ties.len(), 2);
    let lot = drawn(model(), bids(), &["D", "C", "B", "A"]).unwrap();
    assert_eq!(lot.ranking(), "B1 A2 D3 C4");
}

#[test]
fn a_drawing_without_a_tie_is_a_mistake() {
    let found = drawn(model(), [bid("A", 100, 5), bid("B", 90, 5)], &["A"]).err().unwrap();
    assert_eq!(found[0].code, FindingCode::DrawingMismatch);
    assert!(drawn(model(), [bid("A", 100, 5), bid("B", 90, 5)], &[]).is_err());
}

#[test]
fn a_drawing_by_a_random_value_has_the_order_that_follows_from_it() {
    let ids = ["A", "B", "C"].map(str::to_owned);
    let following = drawn_order("271828", &ids);
    let scored_with = |order: &[&str]| {
        let lot = drawn_lot(model(), three_equal(), Some(a_drawing(order, Some("271828")))).unwrap();
        evaluate(&lot).map(|evaluation| Scored { lot, evaluation })
    };
    let right: Vec<&str> = following.iter().map(String::as_str).collect();
    assert_eq!(scored_with(&right).unwrap().ranking(), "C1 A2 B3");
    let found = scored_with(&["A", "B", "C"]).err().unwrap();
    assert_eq!(found[0].code, FindingCode::DrawingNotFollowing);
    assert_eq!(found[0].details, ["C, A, B", "A, B, C"]);
}

#[test]
fn the_bids_on_the_first_place_are_all_that_share_it() {
    let first_of = |lot: &Scored| lot.names(&first(&lot.lot, &candidates(&lot.evaluation.outcomes)));
    assert_eq!(first_of(&scored(model(), three_equal())), "A B C");
    let lot = scored(model(), [bid("A", 100, 5), bid("B", 90, 5), bid("C", 90, 5), bid("D", 95, 5)]);
    assert_eq!(first_of(&lot), "B C");
}
