//! What stands of opened bids is changed in the database before the prices are opened: what was sealed counts.

use serde_json::Value;
use trede_formats::dossier::DisqualificationRevocation;
use trede_formats::opening_report::BidOutcome;
use trede_model::bidding::bid::BidId;
use trede_service::assessing::disqualifications;
use trede_service::bidding::bids;

use crate::usecases::assessors::conclude;
use crate::usecases::price_envelopes::{
    disqualify, evaluate, last_report, open_prices, price_of, ranked, scored,
};
use crate::usecases::sealing::{outcome_of, run};
use crate::usecases::world::{World, buyer, kvk, refusal, worlds};

/// The id as it is written in a statement.
fn literal(world: &World, bid: BidId) -> String {
    if is_sqlite(world) { format!("x'{}'", bid.uuid().simple()) } else { format!("'{bid}'") }
}

fn is_sqlite(world: &World) -> bool {
    world.database.kind == "sqlite"
}

/// Statements that make one bid another.
fn changes(world: &World, bid: BidId) -> Vec<String> {
    let id = literal(world, bid);
    let mut changes = vec![
        format!(
            "UPDATE bids SET price_sealed = FALSE, content = \
             REPLACE(content, '{{\"bidderName\"', '{{\"price\":\"1\",\"bidderName\"') WHERE id = {id}"
        ),
        format!("UPDATE bids SET price_sealed = FALSE WHERE id = {id}"),
        format!("UPDATE bids SET bidder_kvk = '87654321' WHERE id = {id}"),
        format!(
            "UPDATE bids SET content = REPLACE(content, 'bidderName\":\"', 'bidderName\":\"X') WHERE id = {id}"
        ),
    ];
    if is_sqlite(world) {
        changes.push(format!(
            "PRAGMA foreign_keys = OFF; DELETE FROM bids WHERE id = {id}; PRAGMA foreign_keys = ON"
        ));
    }
    changes
}

#[test]
fn a_bid_that_was_changed_after_the_first_opening_is_put_back_and_told() {
    for number in 0..5 {
        for world in worlds() {
            let (at, ids) = scored(&world, 3);
            conclude(&world, at).unwrap();
            let Some(change) = changes(&world, ids[2]).into_iter().nth(number) else {
                continue;
            };
            run(&world, &change);
            open_prices(&world, at.tender);
            let found = last_report(&world, at);
            let outcomes = [&ids[0], &ids[1], &ids[2]].map(|id| outcome_of(&found, *id));
            assert_eq!(outcomes, [BidOutcome::Opened, BidOutcome::Opened, BidOutcome::Restored], "{change}");
            assert_eq!(price_of(&world, at, ids[2]).as_deref(), Some("100003"));
            let bid = bids::get(&world.services, &buyer(), at, ids[2]).unwrap();
            assert_eq!(bid.bidder, kvk(3));
            let offer: Value = serde_json::from_str(&bid.content).unwrap();
            assert!(!offer["bidderName"].as_str().unwrap().starts_with('X'));
            assert_eq!(ranked(&evaluate(&world, at).unwrap()).len(), 3);
        }
    }
}

#[test]
fn a_bid_of_which_nothing_is_left_is_missed_and_a_forged_price_counts_for_nothing() {
    for world in worlds() {
        let (at, ids) = scored(&world, 2);
        conclude(&world, at).unwrap();
        run(&world, &changes(&world, ids[1])[0]);
        run(&world, &format!("DELETE FROM sealed_bids WHERE id = {}", literal(&world, ids[1])));
        open_prices(&world, at.tender);
        assert_eq!(outcome_of(&last_report(&world, at), ids[1]), BidOutcome::Missing);
        assert_eq!(price_of(&world, at, ids[1]), None);
        assert_eq!(refusal(evaluate(&world, at)), "prices-not-opened");
    }
}

#[test]
fn a_bid_that_was_changed_while_it_was_out_is_opened_when_it_takes_part_again() {
    for world in worlds() {
        let (at, ids) = scored(&world, 2);
        conclude(&world, at).unwrap();
        let disqualification_id = disqualify(&world, at, ids[1]);
        run(&world, &changes(&world, ids[1])[0]);
        open_prices(&world, at.tender);
        assert_eq!(outcome_of(&last_report(&world, at), ids[1]), BidOutcome::LeftSealed);
        assert_eq!(price_of(&world, at, ids[1]), None);
        let reason = "De ondertekening bleek rechtsgeldig".to_owned();
        let revocation = DisqualificationRevocation { disqualification_id, reason };
        disqualifications::revoke(&world.services, &buyer(), at, revocation).unwrap();
        world.clock.advance(chrono::TimeDelta::hours(1));
        open_prices(&world, at.tender);
        assert_eq!(price_of(&world, at, ids[1]).as_deref(), Some("100002"));
    }
}
