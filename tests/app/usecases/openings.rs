//! Two people open what is kept here, within ten minutes of each other.

use trede_base::page::{PageRequest, Start};
use trede_model::bidding::opening::OpeningState;
use trede_model::frame::role::Role;
use trede_model::telling::event::EventKind;
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::TenderId;
use trede_service::bidding::openings::{self, NewOpening, OpeningView, Outcome};
use trede_service::frame::actor::Actor;
use trede_service::frame::error::ServiceError;

use crate::usecases::world::{AFTER, World, actor, buyer, openers, refusal, utrecht, worlds};

fn open(world: &World, opener: &Actor, tender: TenderId) -> Result<Outcome, ServiceError> {
    openings::open(&world.services, opener, utrecht(), tender, NewOpening::default())
}

fn openings_of(world: &World, tender: TenderId) -> Vec<OpeningView> {
    let request = PageRequest { start: Start::First, limit: 50 };
    openings::list(&world.services, &buyer(), utrecht(), tender, &request).unwrap().items
}

#[test]
fn the_first_person_waits_and_the_second_opens() {
    for world in worlds() {
        let at = world.published_lot();
        world.clock.set(AFTER);
        let [first, second] = openers();
        let Outcome::Waiting(waiting) = open(&world, &first, at.tender).unwrap() else {
            panic!("one person opened");
        };
        assert_eq!(waiting.state, OpeningState::Waiting);
        assert_eq!(world.get_lot(at).state, State::Closed);
        world.clock.set("2026-02-16T11:14:59Z");
        let Outcome::Opened(view) = open(&world, &second, at.tender).unwrap() else {
            panic!("two people did not open");
        };
        assert_eq!(view.state, State::Opened);
        let [opening] = openings_of(&world, at.tender).try_into().unwrap();
        assert_eq!(opening.state, OpeningState::Opened);
        assert_eq!(opening.opening.requested_by, first.subject);
        assert_eq!(opening.opening.confirmed.unwrap().0, second.subject);
        assert_eq!(world.actions().iter().filter(|action| *action == "open_tender").count(), 2);
    }
}

#[test]
fn the_same_person_does_not_open_alone() {
    for world in worlds() {
        let at = world.published_lot();
        world.clock.set(AFTER);
        let [first, _] = openers();
        open(&world, &first, at.tender).unwrap();
        assert_eq!(refusal(open(&world, &first, at.tender)), "second-person-needed");
        let elsewhere = Actor { client: Some("another-program".to_owned()), ..first.clone() };
        assert_eq!(refusal(open(&world, &elsewhere, at.tender)), "second-person-needed");
        assert_eq!(world.get_lot(at).state, State::Closed);
    }
}

#[test]
fn an_attempt_of_one_expires_and_stays_on_record() {
    for world in worlds() {
        let at = world.published_lot();
        world.clock.set(AFTER);
        let [first, second] = openers();
        open(&world, &first, at.tender).unwrap();
        world.clock.set("2026-02-16T11:15:00Z");
        assert!(matches!(open(&world, &second, at.tender), Ok(Outcome::Waiting(_))), "too late to agree");
        let states: Vec<_> = openings_of(&world, at.tender).iter().map(|opening| opening.state).collect();
        assert_eq!(states, [OpeningState::Expired, OpeningState::Waiting]);
        world.clock.set("2026-02-16T11:20:00Z");
        assert!(matches!(open(&world, &first, at.tender), Ok(Outcome::Opened(_))));
        let kinds = world.event_kinds();
        assert_eq!(kinds.iter().filter(|kind| **kind == EventKind::OpeningRequested).count(), 2);
    }
}

#[test]
fn nobody_asks_before_the_deadline_or_without_being_an_opener() {
    for world in worlds() {
        let at = world.published_lot();
        let [first, _] = openers();
        assert_eq!(refusal(open(&world, &first, at.tender)), "state-forbids");
        assert!(openings_of(&world, at.tender).is_empty());
        world.clock.set(AFTER);
        for role in [Role::Buyer, Role::Auditor, Role::Administrator, Role::Platform] {
            assert!(open(&world, &actor(role), at.tender).is_err(), "{role}");
        }
        assert!(openings_of(&world, at.tender).is_empty());
    }
}
