//! A lot of bids that answer its model, and what is told of it.

use trede_rules::award::abnormally_low::{AbnormallyLowRule, AmountList};
use trede_rules::award::lot::MAX_BIDS;
use trede_rules::award::model::TieStep;
use trede_rules::award::{FindingCode, Lot};
use trede_rules::pso::Note;

use crate::builders::bid::{Written, a_bid, bid};
use crate::builders::model::{Model, a_model};
use crate::builders::scored::{a_lot, scored};
use crate::builders::{day, n};

fn errors<const N: usize>(model: Model, bids: [Written; N]) -> Vec<(FindingCode, String)> {
    let found = a_lot(model, bids).unwrap_err();
    found.into_iter().map(|found| (found.code, found.place)).collect()
}

fn model() -> Model {
    a_model().price(60).quality(40)
}

#[test]
fn a_lot_has_at_least_one_bid() {
    assert_eq!(errors(model(), []), [(FindingCode::NoBids, "/bids".to_owned())]);
}

#[test]
fn a_lot_has_at_most_so_many_bids_as_are_scored_at_once() {
    let declared = a_model().price(60).declared();
    let lot = |count: usize| {
        let bids = (0..count).map(|index| a_bid(&format!("{index:05}")).price(1).for_model(&declared));
        Lot::new(declared.clone(), bids.collect(), None)
    };
    assert!(lot(MAX_BIDS).is_ok());
    let found = lot(MAX_BIDS + 1).unwrap_err();
    assert_eq!(found[0].code, FindingCode::TooMany);
    assert_eq!(found[0].details, ["20001 bids", "20000"]);
}

#[test]
fn two_bids_with_one_identifier_are_refused_at_the_second() {
    let found = errors(model(), [bid("B", 1, 1), bid("A", 1, 1), bid("B", 2, 2)]);
    assert_eq!(found, [(FindingCode::DuplicateId, "/bids/2/id".to_owned())]);
}

#[test]
fn the_bids_of_a_lot_stand_in_the_order_of_their_identifiers() {
    let lot = a_lot(model(), [bid("B", 1, 1), bid("A", 2, 2)]).unwrap();
    assert_eq!([lot.id_of(0), lot.id_of(1), lot.id_of(2)], ["A", "B", ""]);
    assert_eq!(lot.bid(1).map(|bid| bid.id.as_str()), Some("B"));
    assert!(lot.bid(2).is_none() && lot.drawing().is_none());
    assert_eq!(lot.drawn_position(0), None);
}

#[test]
fn an_initial_price_is_asked_where_a_rule_compares_with_it() {
    let place = || (FindingCode::InitialPriceMissing, "/bids/1/initialPrice".to_owned());
    let bids = || [bid("A", 1, 1).initially(2), bid("B", 1, 1)];
    for rule in [
        AbnormallyLowRule::BelowMeanOfOthers { percent: n(40), others: AmountList::Initial },
        AbnormallyLowRule::BelowNext { percent: n(30), others: AmountList::Initial },
    ] {
        assert_eq!(errors(model().flagging(rule), bids()), [place()]);
    }
    let finals = AbnormallyLowRule::BelowNext { percent: n(30), others: AmountList::Final };
    assert!(a_lot(model().flagging(finals), bids()).is_ok());
}

#[test]
fn a_moment_of_receipt_is_asked_where_the_earliest_bid_wins_a_tie() {
    let bids = || [bid("A", 1, 1).received("2026-05-01T10:00:00Z"), bid("B", 1, 1)];
    let found = errors(model().ties(&[TieStep::EarliestBid]), bids());
    assert_eq!(found, [(FindingCode::ReceivedAtMissing, "/bids/1/receivedAt".to_owned())]);
    assert!(a_lot(model().ties(&[TieStep::LowestPrice]), bids()).is_ok());
}

#[test]
fn what_came_of_a_claimed_level_is_told() {
    let notes = [
        Note::NotValid { level: "trede-2".to_owned(), on: day("2026-05-01") },
        Note::Equivalent { level: "trede-1".to_owned(), reason: "audited".to_owned() },
        Note::Unused { level: "trede-3".to_owned() },
        Note::Mapped { from: "older trede-1".to_owned(), to: "basistrede".to_owned() },
    ];
    let written = notes.into_iter().fold(bid("A", 1, 1), Written::noted);
    let lot = scored(model(), [written]);
    assert_eq!(lot.warned(FindingCode::LevelNotValid), [["A", "trede-2", "2026-05-01"]]);
    assert_eq!(lot.warned(FindingCode::LevelEquivalent), [["A", "trede-1", "audited"]]);
    assert_eq!(lot.warned(FindingCode::LevelUnused), [["A", "trede-3"]]);
    assert_eq!(lot.warned(FindingCode::LevelMapped), [["A", "older trede-1", "basistrede"]]);
}

#[test]
fn a_bid_has_one_level_unless_it_is_weighted_over_members() {
    assert_eq!(a_bid("A").level("trede-1").bid.level().map(|rank| rank.0), Some(3));
    assert_eq!(a_bid("A").levels(&[("trede-1", 100)]).bid.level(), None);
}
