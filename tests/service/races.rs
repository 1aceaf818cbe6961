//! Requests at the same moment: what one rule allows once happens once.

use trede::domain::role::Role;
use trede::domain::tender::TenderFacts;
use trede::service::tender_steps;

use crate::world::{AFTER, actor, facts, utrecht, worlds};

const AT_ONCE: usize = 8;

#[test]
fn of_bids_of_one_bidder_at_the_same_moment_one_is_received() {
    for world in worlds() {
        let at = world.published_lot();
        let received = std::thread::scope(|scope| {
            let bids: Vec<_> =
                (0..AT_ONCE).map(|_| scope.spawn(|| world.bid(at, 1, 100_000).is_ok())).collect();
            bids.into_iter().map(|bid| bid.join().unwrap()).filter(|ok| *ok).count()
        });
        assert_eq!(received, 1, "on {}", world.database.kind);
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
fn of_openings_at_the_same_moment_one_happens() {
    for world in worlds() {
        let at = world.published_lot();
        world.clock.set(AFTER);
        let opened = std::thread::scope(|scope| {
            let openings: Vec<_> = (0..AT_ONCE)
                .map(|_| {
                    scope.spawn(|| {
                        let opener = actor(Role::Opener);
                        tender_steps::open(&world.services, &opener, utrecht(), at.tender, None).is_ok()
                    })
                })
                .collect();
            openings.into_iter().map(|opening| opening.join().unwrap()).filter(|ok| *ok).count()
        });
        assert_eq!(opened, 1, "on {}", world.database.kind);
    }
}
