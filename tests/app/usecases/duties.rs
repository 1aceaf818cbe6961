//! Separation of duties: who did one thing for a lot does not do what is kept apart from it.

use std::collections::BTreeSet;

use trede_base::record::Version;
use trede_model::frame::role::Role;
use trede_model::tendering::duty::Apart;
use trede_model::tendering::lot::LotPath;
use trede_service::assessing::quality;
use trede_service::bidding::openings::{self, NewOpening};
use trede_service::frame::actor::Actor;
use trede_service::tendering::duties;

use crate::usecases::assessors::{assessor, declare_none, score};
use crate::usecases::world::{AFTER, World, actor, is_forbidden, openers, refusal, utrecht, worlds};

/// Somebody whose token has every role that a procedure asks for.
fn everybody(subject: &str) -> Actor {
    let roles = BTreeSet::from([Role::Buyer, Role::Assessor, Role::Opener]);
    Actor { subject: subject.to_owned(), roles, ..actor(Role::Buyer) }
}

fn keep_apart(world: &World, version: i64, apart: &[Apart]) {
    let new = (Version(version), apart.to_vec());
    duties::replace(&world.services, &actor(Role::Administrator), utrecht(), new).unwrap();
}

/// Asks to open the bids of a lot.
fn open(world: &World, at: LotPath, who: &Actor) -> Result<(), &'static str> {
    let asked = openings::open(&world.services, who, utrecht(), at.tender, NewOpening::default());
    if asked.is_ok() { Ok(()) } else { Err(refusal(asked)) }
}

#[test]
fn who_scored_neither_opens_nor_decides_where_that_is_kept_apart() {
    for world in worlds() {
        let at = world.published_lot();
        let bid = world.bid(at, 1, 100_000).unwrap();
        let anna = everybody("anna");
        world.clock.set(AFTER);
        open(&world, at, &anna).unwrap();
        keep_apart(&world, 1, &[Apart::BuyerAssessor, Apart::AssessorOpener]);
        open(&world, at, &openers()[1]).unwrap();

        // What she did before counts: she asked to open.
        declare_none(&world, at, &anna);
        assert_eq!(refusal(score(&world, at, &anna, (bid.id, "8"))), "duties-apart");
        let bram = everybody("bram");
        declare_none(&world, at, &bram);
        score(&world, at, &bram, (bid.id, "8")).unwrap();
        assert_eq!(refusal(quality::conclude(&world.services, &bram, at)), "duties-apart");
        quality::conclude(&world.services, &anna, at).unwrap();
    }
}

#[test]
fn who_published_does_not_open_where_that_is_kept_apart_and_both_may_where_nothing_is() {
    for world in worlds() {
        let at = world.published_lot();
        world.clock.set(AFTER);
        let publisher = Actor { roles: BTreeSet::from([Role::Opener]), ..actor(Role::Buyer) };
        keep_apart(&world, 1, &[Apart::BuyerOpener]);
        assert_eq!(open(&world, at, &publisher), Err("duties-apart"));
        open(&world, at, &openers()[0]).unwrap();
        assert_eq!(open(&world, at, &publisher), Err("duties-apart"), "nor agrees");
        keep_apart(&world, 2, &[]);
        open(&world, at, &publisher).unwrap();
    }
}

#[test]
fn an_administrator_says_what_is_kept_apart() {
    for world in worlds() {
        for role in [Role::Buyer, Role::Opener, Role::Operator] {
            let new = (Version::FIRST, vec![Apart::BuyerOpener]);
            assert!(is_forbidden(&duties::replace(&world.services, &actor(role), utrecht(), new)));
        }
        let seen = duties::get(&world.services, &assessor("a"), utrecht()).unwrap();
        assert_eq!((seen.version, seen.apart, seen.written), (Version::FIRST, vec![], None));
        keep_apart(&world, 1, &[Apart::BuyerOpener, Apart::BuyerOpener]);
        let seen = duties::get(&world.services, &assessor("a"), utrecht()).unwrap();
        assert_eq!((seen.version, seen.apart), (Version(2), vec![Apart::BuyerOpener]));
    }
}
