//! No municipality reaches the data of another, and no row refers into another.

use std::collections::BTreeSet;

use trede_model::frame::role::Role;
use trede_model::tendering::lot::LotPath;
use trede_service::frame::actor::Actor;
use trede_service::frame::error::ServiceError;
use trede_service::tendering::{lots, tender_steps, tenders};
use trede_store as store;
use trede_store::frame::error::StorageError;

use crate::support::acts::act;
use crate::usecases::world::{
    actor, amsterdam, buyer, facts, is_not_found, lot_facts, new_bid, receive, utrecht, worlds,
};

fn of_amsterdam(role: Role) -> Actor {
    Actor { municipalities: BTreeSet::from([amsterdam()]), ..actor(role) }
}

#[test]
fn a_municipality_that_the_caller_does_not_serve_is_closed() {
    for world in worlds() {
        let (tender, _) = world.draft(facts(), 1);
        let read = tenders::get(&world.services, &of_amsterdam(Role::Buyer), utrecht(), tender);
        assert!(matches!(read, Err(ServiceError::ForeignMunicipality)));
        let made = tenders::create(&world.services, &of_amsterdam(Role::Buyer), utrecht(), facts());
        assert!(matches!(made, Err(ServiceError::ForeignMunicipality)));
    }
}

#[test]
fn a_foreign_id_in_ones_own_municipality_is_not_found() {
    for world in worlds() {
        let services = &world.services;
        let (tender, paths) = world.published(facts(), 1);
        let stranger = of_amsterdam(Role::Buyer);
        let at = LotPath { municipality: amsterdam(), ..paths[0] };
        assert!(is_not_found(&tenders::get(services, &stranger, amsterdam(), tender)));
        assert!(is_not_found(&tender_steps::publish(services, &stranger, amsterdam(), tender)));
        assert!(is_not_found(&lots::get(services, &stranger, at)));
        assert!(is_not_found(&lots::create(services, &stranger, amsterdam(), tender, lot_facts(2))));
        let bid = receive(services, &of_amsterdam(Role::Platform), at, new_bid(1, 1));
        assert!(is_not_found(&bid));
    }
}

#[test]
fn a_lot_of_another_tender_is_not_found() {
    for world in worlds() {
        let one = world.published_lot();
        let other = world.published_lot();
        let crossed = LotPath { tender: one.tender, ..other };
        assert!(is_not_found(&lots::get(&world.services, &buyer(), crossed)));
        assert!(is_not_found(&world.bid(crossed, 1, 100_000)));
    }
}

#[test]
fn the_store_itself_refuses_a_row_that_refers_into_another_municipality() {
    for world in worlds() {
        let at = world.published_lot();
        let mut lot = world.get_lot(at);
        lot.municipality = amsterdam();
        let stored = world
            .database
            .db
            .write(&act("smuggle"), |c| Ok::<_, ServiceError>(store::tendering::lots::insert(c, &lot)?));
        assert!(matches!(&stored, Err(ServiceError::Refused { code: "broken-reference", .. })), "{stored:?}");
        let bid = world.bid(at, 1, 100_000).unwrap();
        let found: Result<_, StorageError> =
            world.database.db.read(|c| store::bidding::bids::find(c, amsterdam(), at.lot, bid.id));
        assert_eq!(found.unwrap(), None);
    }
}
