//! Bids that a platform kept are read when all are here, and none comes in after.

use trede_base::page::{PageRequest, Start};
use trede_model::bidding::bid::BidId;
use trede_model::frame::role::Role;
use trede_model::telling::event::EventKind;
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::tender::{BidCustody, TenderFacts, TenderId};
use trede_service::assessing::claim_checks;
use trede_service::awarding::{evaluation_reports, evaluations};
use trede_service::bidding::bids::{self, BidReceipt, NewBid, PlatformReceipt};
use trede_service::bidding::{hand_overs, openings};
use trede_service::frame::error::ServiceError;

use crate::usecases::assessors::conclude;
use crate::usecases::price_envelopes::evaluate;
use crate::usecases::world::{
    AFTER, DEADLINE, START, World, actor, attested, buyer, facts, hand_over, is_forbidden, is_not_found,
    new_bid, receipt, receive, refusal, utrecht, worlds,
};

const PAGE: PageRequest<BidId> = PageRequest { start: Start::First, limit: 50 };

/// A tender whose bids its platform opened, and hands over.
fn handing_over(world: &World, lots: u16) -> (TenderId, Vec<LotPath>) {
    world.clock.set(START);
    let (tender, paths) = world.published(TenderFacts { bid_custody: BidCustody::Platform, ..facts() }, lots);
    world.clock.set(AFTER);
    let platform = actor(Role::Platform);
    openings::open(&world.services, &platform, utrecht(), tender, attested(DEADLINE)).unwrap();
    (tender, paths)
}

fn handed(world: &World, at: LotPath, number: u32) -> Result<BidReceipt, ServiceError> {
    let receipt = PlatformReceipt { hash: format!("{number:064}"), ..receipt("2026-02-10T08:00:00Z") };
    let bid = NewBid { receipt: Some(receipt), ..new_bid(number, 100_000 + number) };
    receive(&world.services, &actor(Role::Platform), at, bid)
}

/// What everybody is answered who asks for something of the bids on a lot.
fn refusals(world: &World, at: LotPath, bid: BidId) -> Vec<&'static str> {
    let services = &world.services;
    let mut codes = Vec::new();
    for role in [Role::Buyer, Role::Opener, Role::Auditor, Role::Administrator, Role::Platform] {
        codes.push(refusal(bids::list(services, &actor(role), at, &PAGE)));
        codes.push(refusal(bids::get(services, &actor(role), at, bid)));
        let start = PageRequest { start: Start::First, limit: 50 };
        codes.push(refusal(claim_checks::list(services, &actor(role), (at, bid), &start)));
        let start = PageRequest { start: Start::First, limit: 50 };
        codes.push(refusal(evaluations::list(services, &actor(role), at, &start)));
    }
    codes.push(refusal(evaluation_reports::get(services, &buyer(), at)));
    codes.push(refusal(conclude(world, at)));
    codes.push(refusal(evaluate(world, at)));
    codes
}

#[test]
fn nobody_reads_a_bid_before_its_platform_says_that_all_are_here() {
    for world in worlds() {
        let (tender, paths) = handing_over(&world, 2);
        let (without, with) = (paths[0], paths[1]);
        let bid = handed(&world, with, 1).unwrap().id;
        for at in [without, with] {
            let codes = refusals(&world, at, bid);
            assert!(codes.len() > 20 && codes.iter().all(|code| *code == "hand-over-open"), "{codes:?}");
        }
        hand_over(&world, tender, 1).unwrap();
        for role in [Role::Buyer, Role::Platform] {
            let read = bids::get(&world.services, &actor(role), with, bid).unwrap();
            assert!(read.content.contains("Groen & Zonen"));
            assert!(bids::list(&world.services, &actor(role), without, &PAGE).unwrap().items.is_empty());
        }
    }
}

#[test]
fn a_bid_after_the_hand_over_is_late_and_is_told_why() {
    for world in worlds() {
        let (tender, paths) = handing_over(&world, 2);
        handed(&world, paths[0], 1).unwrap();
        hand_over(&world, tender, 1).unwrap();
        for at in paths {
            match handed(&world, at, 2) {
                Err(ServiceError::Refused { code, detail, .. }) => {
                    assert_eq!(code, "bid-after-hand-over");
                    assert!(detail.contains("2026-02-16T11:05:00Z") && detail.contains("1 in number"));
                }
                other => panic!("{other:?}"),
            }
        }
        let none = bids::list(&world.services, &buyer(), paths_of(&world, tender)[1], &PAGE).unwrap();
        assert!(none.items.is_empty());
    }
}

fn paths_of(world: &World, tender: TenderId) -> Vec<LotPath> {
    let all = |c: &mut trede_store::frame::connection::AnyConnection| {
        trede_store::tendering::lots::all_of_tender(c, utrecht(), tender)
    };
    world.database.db.read(all).unwrap().iter().map(|lot| lot.path()).collect()
}

#[test]
fn a_hand_over_is_completed_once_with_the_number_that_is_here() {
    for world in worlds() {
        let (tender, paths) = handing_over(&world, 2);
        handed(&world, paths[0], 1).unwrap();
        handed(&world, paths[1], 1).unwrap();
        for wrong in [0, 1, 3] {
            assert_eq!(refusal(hand_over(&world, tender, wrong)), "hand-over-differs");
        }
        let shown = |role| hand_overs::get(&world.services, &actor(role), utrecht(), tender).unwrap();
        assert_eq!(shown(Role::Auditor), None);
        let said = hand_over(&world, tender, 2).unwrap();
        assert_eq!((said.number_of_bids, said.actor.as_str()), (2, "platform-1"));
        world.clock.set("2026-02-16T12:00:00Z");
        assert_eq!(hand_over(&world, tender, 2).unwrap(), said, "the same again changes nothing");
        assert_eq!(refusal(hand_over(&world, tender, 3)), "hand-over-complete");
        assert_eq!(shown(Role::Auditor), Some(said));
        let acts = world.actions();
        assert_eq!(acts.iter().filter(|action| *action == "complete_hand_over").count(), 1);
        let told = world.event_kinds();
        assert_eq!(told.iter().filter(|kind| **kind == EventKind::HandOverCompleted).count(), 1);
    }
}

#[test]
fn a_hand_over_is_completed_by_who_kept_the_bids_after_its_opening() {
    for world in worlds() {
        let kept_here = world.published_lot();
        let (tender, _) = world.published(TenderFacts { bid_custody: BidCustody::Platform, ..facts() }, 1);
        assert!(is_forbidden(&hand_over(&world, kept_here.tender, 0)));
        assert_eq!(refusal(hand_over(&world, tender, 0)), "bids-not-opened");
        world.clock.set(AFTER);
        assert_eq!(refusal(hand_over(&world, tender, 0)), "bids-not-opened");
        let unknown = trede_base::ids::Id::from_uuid(uuid::Uuid::max());
        assert!(is_not_found(&hand_over(&world, unknown, 0)));
        for role in Role::ALL.iter().filter(|role| **role != Role::Platform) {
            let said = hand_overs::complete(&world.services, &actor(*role), utrecht(), tender, 0);
            assert!(is_forbidden(&said), "{role}");
        }
    }
}

#[test]
fn a_bid_that_is_handed_over_while_it_is_completed_is_counted_or_late() {
    for world in worlds() {
        for _ in 0..4 {
            let (tender, paths) = handing_over(&world, 1);
            let at = paths[0];
            handed(&world, at, 1).unwrap();
            let (received, completed) = std::thread::scope(|scope| {
                let late: Vec<_> = (2..6)
                    .map(|number| {
                        scope.spawn({
                            let world = &world;
                            move || handed(world, at, number)
                        })
                    })
                    .collect();
                let said = scope.spawn(|| hand_over(&world, tender, 1));
                let late: Vec<_> = late.into_iter().map(|bid| bid.join().unwrap()).collect();
                (late, said.join().unwrap())
            });
            let taken = 1 + received.iter().filter(|bid| bid.is_ok()).count();
            let kind = world.database.kind;
            match completed {
                // Before all others: they are late.
                Ok(said) => {
                    assert_eq!((said.number_of_bids, taken), (1, 1), "{kind}");
                    assert!(received.into_iter().all(|bid| refusal(bid) == "bid-after-hand-over"), "{kind}");
                }
                // After some: the number is another, and all of them can be handed over still.
                refused => {
                    assert_eq!(refusal(refused), "hand-over-differs", "{kind}");
                    assert!(taken > 1, "{kind}");
                    assert_eq!(taken, 5, "{kind}: nothing was closed, so nothing was late");
                    let all = u32::try_from(taken).unwrap();
                    assert_eq!(
                        hand_over(&world, tender, all).unwrap().number_of_bids,
                        i64::from(all),
                        "{kind}"
                    );
                }
            }
            let read = bids::list(&world.services, &buyer(), at, &PAGE).unwrap().items;
            assert_eq!(read.len(), taken, "{kind}");
        }
    }
}

#[test]
fn of_completions_at_the_same_moment_one_is_recorded() {
    for world in worlds() {
        let (tender, paths) = handing_over(&world, 1);
        handed(&world, paths[0], 1).unwrap();
        let said: Vec<_> = std::thread::scope(|scope| {
            let all: Vec<_> = (0..8).map(|_| scope.spawn(|| hand_over(&world, tender, 1))).collect();
            all.into_iter().map(|said| said.join().unwrap()).collect()
        });
        let first = said.iter().find_map(|said| said.as_ref().ok()).unwrap();
        for said in &said {
            match said {
                Ok(said) => assert_eq!(said, first),
                Err(ServiceError::Refused { code, .. }) => assert_eq!(*code, "hand-over-complete"),
                Err(other) => panic!("{}: {other:?}", world.database.kind),
            }
        }
    }
}

#[test]
fn what_was_handed_over_before_hand_overs_were_closed_is_read_once_it_was_scored() {
    for world in worlds() {
        let (tender, paths) = handing_over(&world, 1);
        let bid = handed(&world, paths[0], 1).unwrap().id;
        assert_eq!(refusal(bids::get(&world.services, &buyer(), paths[0], bid)), "hand-over-open");
        // As a release before left it: the quality is fixed, and nobody said anything.
        world
            .database
            .db
            .write_progress(|c| {
                let mut lot = trede_store::tendering::lots::all_of_tender(c, utrecht(), tender)?.remove(0);
                lot.quality_fixed_at = Some(AFTER.parse().unwrap());
                lot.record = lot.record.changed(AFTER.parse().unwrap());
                trede_store::tendering::lots::update(c, &lot)
            })
            .unwrap();
        assert!(bids::get(&world.services, &buyer(), paths[0], bid).is_ok());
        assert_eq!(refusal(handed(&world, paths[0], 2)), "quality-fixed");
    }
}
