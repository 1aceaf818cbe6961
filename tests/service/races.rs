//! Requests at the same moment: what one rule allows once happens once.

use trede_base::page::{PageRequest, Start};
use trede_model::bidding::bid::BidId;
use trede_model::tendering::tender::TenderFacts;
use trede_service::bidding::bids;
use trede_service::bidding::openings::{self, NewOpening, Outcome};
use trede_service::frame::error::ServiceError;
use trede_service::tendering::tender_steps;

use crate::world::{AFTER, buyer, facts, openers, utrecht, worlds};

const PAGE: PageRequest<BidId> = PageRequest { start: Start::First, limit: 50 };

const AT_ONCE: usize = 8;

#[test]
fn of_bids_of_one_bidder_at_the_same_moment_all_are_received_and_one_counts() {
    for world in worlds() {
        let at = world.published_lot();
        std::thread::scope(|scope| {
            let bids: Vec<_> =
                (0..AT_ONCE).map(|_| scope.spawn(|| world.bid(at, 1, 100_000).unwrap())).collect();
            bids.into_iter().for_each(|bid| drop(bid.join().unwrap()));
        });
        world.open(at.tender);
        let opened = bids::list(&world.services, &buyer(), at, &PAGE).unwrap().items;
        assert_eq!(opened.len(), 1, "on {}", world.database.kind);
    }
}

#[test]
fn bids_on_many_lots_at_the_same_moment_stay_within_the_maximum() {
    for world in worlds() {
        let limited = TenderFacts { max_lots_per_bidder: Some(3), ..facts() };
        let (_, paths) = world.published(limited, 8);
        let received = std::thread::scope(|scope| {
            let bids: Vec<_> =
                paths.iter().map(|at| scope.spawn(|| world.bid(*at, 1, 100_000).is_ok())).collect();
            bids.into_iter().map(|bid| bid.join().unwrap()).filter(|ok| *ok).count()
        });
        assert_eq!(received, 3, "on {}", world.database.kind);
    }
}

#[test]
fn of_publications_at_the_same_moment_one_is_done_and_the_others_are_refused() {
    for world in worlds() {
        for _ in 0..3 {
            let (tender, _) = world.draft(facts(), 2);
            let outcomes: Vec<_> = std::thread::scope(|scope| {
                let publish = || tender_steps::publish(&world.services, &buyer(), utrecht(), tender);
                let published: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(publish)).collect();
                published.into_iter().map(|published| published.join().unwrap()).collect()
            });
            let refused: Vec<_> = outcomes.into_iter().filter_map(Result::err).collect();
            assert_eq!(refused.len(), AT_ONCE - 1);
            let is_conflict = |error: &ServiceError| matches!(error, ServiceError::Refused { .. });
            assert!(refused.iter().all(is_conflict), "on {}: {refused:?}", world.database.kind);
        }
    }
}

#[test]
fn of_two_people_who_open_at_the_same_moment_one_asks_and_one_opens() {
    for world in worlds() {
        let at = world.published_lot();
        world.clock.set(AFTER);
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let opening = |opener| {
                let services = &world.services;
                scope.spawn(move || {
                    openings::open(services, &opener, utrecht(), at.tender, NewOpening::default()).unwrap()
                })
            };
            let opened = openers().map(opening);
            opened.into_iter().map(|opening| opening.join().unwrap()).collect()
        });
        let opened = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Opened(_))).count();
        assert_eq!(opened, 1, "on {}", world.database.kind);
    }
}
