//! When bids are received, and when they are read.

use trede_base::page::{PageRequest, Start};
use trede_model::bidding::bid::BidId;
use trede_model::frame::role::Role;
use trede_model::tendering::tender::{BidCustody, TenderFacts};
use trede_service::awarding::awards;
use trede_service::bidding::bids::{self, NewBid};
use trede_service::bidding::openings;
use trede_service::tendering::{deadline_extensions, tender_steps};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

use crate::usecases::world::{
    AFTER, DEADLINE, actor, attested, bidder, buyer, facts, findings, hand_over, is_forbidden, is_not_found,
    kvk, new_bid, receipt, receive, refusal, utrecht, worlds,
};

const PAGE: PageRequest<BidId> = PageRequest { start: Start::First, limit: 50 };

fn by_platform() -> TenderFacts {
    TenderFacts { bid_custody: BidCustody::Platform, ..facts() }
}

#[test]
fn a_bid_in_time_is_received_with_a_receipt() {
    for world in worlds() {
        let at = world.published_lot();
        let bid = world.bid(at, 1, 100_000).unwrap();
        assert_eq!(bid.received_at, "2026-01-05T09:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
        assert_eq!(bid.receipt_hash.len(), 64);
    }
}

#[test]
fn a_late_bid_is_refused() {
    for world in worlds() {
        let at = world.published_lot();
        world.clock.set(DEADLINE);
        assert_eq!(refusal(world.bid(at, 1, 100_000)), "bid-too-late");
        world.open(at.tender);
        assert_eq!(refusal(world.bid(at, 1, 100_000)), "bid-too-late");
    }
}

#[test]
fn a_bid_before_publication_finds_no_tender() {
    for world in worlds() {
        let (_, paths) = world.draft(facts(), 1);
        assert!(is_not_found(&world.bid(paths[0], 1, 100_000)));
        let platform = receive(&world.services, &actor(Role::Platform), paths[0], new_bid(1, 100_000));
        assert_eq!(refusal(platform), "bid-before-publication");
    }
}

#[test]
fn a_bid_after_an_extension_is_received() {
    for world in worlds() {
        let at = world.published_lot();
        world.clock.set("2026-02-16T10:59:59Z");
        deadline_extensions::create(
            &world.services,
            &buyer(),
            utrecht(),
            at.tender,
            "2026-02-23T11:00:00Z".parse().unwrap(),
            "storing bij het platform".to_owned(),
        )
        .unwrap();
        world.clock.set(AFTER);
        assert!(world.bid(at, 1, 100_000).is_ok());
    }
}

#[test]
fn before_the_opening_no_bid_and_many_bids_answer_the_same() {
    for world in worlds() {
        let (tender, paths) = world.published(facts(), 2);
        let (without, with) = (paths[0], paths[1]);
        let known = world.bid(with, 1, 100_000).unwrap();
        world.bid(with, 2, 110_000).unwrap();
        for moment in ["2026-01-06T09:00:00Z", AFTER] {
            world.clock.set(moment);
            for role in [Role::Buyer, Role::Opener, Role::Auditor, Role::Administrator, Role::Platform] {
                let reader = actor(role);
                for at in [without, with] {
                    let list = bids::list(&world.services, &reader, at, &PAGE);
                    assert_eq!(refusal(list), "bids-not-opened");
                    let get = bids::get(&world.services, &reader, at, known.id);
                    assert_eq!(refusal(get), "bids-not-opened");
                }
            }
        }
        world.open(tender);
        assert!(bids::list(&world.services, &buyer(), without, &PAGE).unwrap().items.is_empty());
        assert_eq!(bids::list(&world.services, &buyer(), with, &PAGE).unwrap().items.len(), 2);
        let opened = bids::get(&world.services, &buyer(), with, known.id).unwrap();
        assert_eq!((opened.receipt_hash, opened.received_at), (known.receipt_hash, known.received_at));
        assert_eq!(opened.bidder, kvk(1));
        assert!(is_not_found(&bids::get(&world.services, &buyer(), without, known.id)));
    }
}

#[test]
fn a_lot_that_is_called_off_unopened_stays_sealed() {
    for world in worlds() {
        let at = world.published_lot();
        world.bid(at, 1, 100_000).unwrap();
        let reason = "geen budget".to_owned();
        tender_steps::cancel(&world.services, &buyer(), utrecht(), at.tender, reason).unwrap();
        assert_eq!(refusal(bids::list(&world.services, &buyer(), at, &PAGE)), "bids-not-opened");
    }
}

#[test]
fn a_later_bid_of_a_bidder_on_a_lot_takes_the_place_of_the_earlier() {
    for world in worlds() {
        let (tender, paths) = world.published(facts(), 2);
        world.bid(paths[0], 1, 100_000).unwrap();
        let later = world.bid(paths[0], 1, 90_000).unwrap();
        let elsewhere = world.bid(paths[1], 1, 80_000).unwrap();
        world.open(tender);
        for (at, counts, price) in [(paths[0], later, "90000"), (paths[1], elsewhere, "80000")] {
            let opened = bids::list(&world.services, &buyer(), at, &PAGE).unwrap().items;
            assert_eq!(opened.len(), 1);
            assert_eq!(opened[0].id, counts.id);
            let stored = |c: &mut AnyConnection| store::bidding::bids::all_of_lot(c, at.municipality, at.lot);
            let stored = world.database.db.read(stored).unwrap();
            assert!(stored[0].content.contains(price), "{}", stored[0].content);
        }
    }
}

#[test]
fn a_bidder_bids_on_no_more_lots_than_allowed() {
    for world in worlds() {
        let (_, paths) = world.published(TenderFacts { max_lots_per_bidder: Some(2), ..facts() }, 3);
        world.bid(paths[0], 1, 100_000).unwrap();
        world.bid(paths[1], 1, 100_000).unwrap();
        assert_eq!(refusal(world.bid(paths[2], 1, 100_000)), "too-many-lots");
        assert!(world.bid(paths[2], 2, 100_000).is_ok());
    }
}

#[test]
fn a_bid_on_a_lot_that_was_called_off_leaves_room_for_another() {
    for world in worlds() {
        let (_, paths) = world.published(TenderFacts { max_lots_per_bidder: Some(1), ..facts() }, 2);
        world.bid(paths[0], 1, 100_000).unwrap();
        assert_eq!(refusal(world.bid(paths[1], 1, 100_000)), "too-many-lots");
        awards::cancel(&world.services, &buyer(), paths[0], "geen budget".to_owned()).unwrap();
        assert!(world.bid(paths[1], 1, 100_000).is_ok());
    }
}

#[test]
fn nobody_bids_in_anothers_name() {
    for world in worlds() {
        let at = world.published_lot();
        let forged = receive(&world.services, &bidder(1), at, new_bid(2, 100_000));
        assert!(is_forbidden(&forged));
        let nobody = receive(&world.services, &actor(Role::Bidder), at, new_bid(2, 100_000));
        assert!(is_forbidden(&nobody));
    }
}

#[test]
fn a_platform_hands_bids_over_after_its_attested_opening_only() {
    for world in worlds() {
        let services = &world.services;
        let platform = actor(Role::Platform);
        let (tender, paths) = world.published(by_platform(), 1);
        let kept = || NewBid { receipt: Some(receipt("2026-02-10T08:00:00Z")), ..new_bid(1, 100_000) };

        assert_eq!(refusal(receive(services, &platform, paths[0], kept())), "bid-before-opening");
        world.clock.set(AFTER);
        assert_eq!(refusal(receive(services, &platform, paths[0], kept())), "bid-before-opening");
        openings::open(services, &platform, utrecht(), tender, attested(DEADLINE)).unwrap();

        let bid = receive(services, &platform, paths[0], kept()).unwrap();
        assert_eq!(bid.received_at, kept().receipt.unwrap().received_at);
        assert_eq!(bid.receipt_hash, kept().receipt.unwrap().hash);
        hand_over(&world, tender, 1).unwrap();
        assert_eq!(bids::get(services, &platform, paths[0], bid.id).unwrap().bidder, kvk(1));
        let own = receive(services, &bidder(2), paths[0], new_bid(2, 100_000));
        assert!(is_forbidden(&own), "its bids are made on the platform");
    }
}

#[test]
fn a_platform_cannot_hand_over_a_bid_that_came_too_late_or_without_its_receipt() {
    for world in worlds() {
        let services = &world.services;
        let platform = actor(Role::Platform);
        let (tender, paths) = world.published(by_platform(), 1);
        world.clock.set(AFTER);
        openings::open(services, &platform, utrecht(), tender, attested(DEADLINE)).unwrap();
        let late = NewBid { receipt: Some(receipt(DEADLINE)), ..new_bid(1, 100_000) };
        assert_eq!(refusal(receive(services, &platform, paths[0], late)), "bid-too-late");
        let without = receive(services, &platform, paths[0], new_bid(1, 100_000));
        assert_eq!(refusal(without), "bid-too-late", "received now, that is");
    }
}

#[test]
fn what_is_received_here_has_no_receipt_of_another() {
    for world in worlds() {
        let at = world.published_lot();
        let claimed = NewBid { receipt: Some(receipt("2026-01-05T08:00:00Z")), ..new_bid(1, 100_000) };
        let refused = receive(&world.services, &bidder(1), at, claimed);
        assert_eq!(findings(refused), ["receipt-not-asked"]);
    }
}

#[test]
fn a_bid_after_others_meets_the_lot_as_it_is_now() {
    for world in worlds() {
        let at = world.published_lot();
        world.bid(at, 1, 100_000).unwrap();
        world.bid(at, 2, 100_000).unwrap();
        let (services, reason) = (&world.services, "meer tijd".to_owned());
        let later = "2026-02-20T11:00:00Z".parse().unwrap();
        deadline_extensions::create(services, &buyer(), utrecht(), at.tender, later, reason).unwrap();
        world.clock.set(AFTER);
        world.bid(at, 3, 100_000).unwrap();
        awards::cancel(services, &buyer(), at, "geen budget".to_owned()).unwrap();
        assert_eq!(refusal(world.bid(at, 4, 100_000)), "lot-takes-no-bids");
    }
}

#[test]
fn a_bid_that_arrived_in_time_is_not_late_for_having_to_wait() {
    for world in worlds() {
        let at = world.published_lot();
        let arrived_at = world.services.now();
        world.clock.set(AFTER);
        let bid = bids::create(&world.services, &bidder(1), at, new_bid(1, 100_000), arrived_at).unwrap();
        assert_eq!(bid.received_at, arrived_at);
        assert_eq!(refusal(world.bid(at, 2, 100_000)), "bid-too-late");
    }
}
