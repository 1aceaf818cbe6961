//! What happens in a procedure is told, and what is sealed is not.

use trede_model::telling::event::{Event, EventKind};
use trede_model::trust::audit::AuditScope;
use trede_service::awarding::awards;
use trede_service::tendering::rectifications;
use trede_store::telling::events;

use crate::usecases::world::{World, buyer, facts, refusal, utrecht, worlds};

fn told(world: &World, municipality: &str) -> Vec<Event> {
    let scope = AuditScope::Municipality(municipality.parse().unwrap());
    world.database.db.read(|c| events::list(c, scope)).unwrap()
}

fn kinds(world: &World) -> Vec<EventKind> {
    told(world, "gm0344").into_iter().map(|event| event.kind).collect()
}

#[test]
fn every_lot_tells_of_its_own_step() {
    for world in worlds() {
        let (tender, lots) = world.published(facts(), 2);
        let mut subjects: Vec<_> = told(&world, "gm0344").into_iter().map(|event| event.subject).collect();
        subjects.sort();
        let mut expected: Vec<_> =
            lots.iter().map(|at| format!("tenders/{tender}/lots/{}", at.lot)).collect();
        expected.sort();
        assert_eq!(subjects, expected);
        assert_eq!(kinds(&world), [EventKind::LotPublished, EventKind::LotPublished]);
    }
}

#[test]
fn a_refused_step_tells_nothing() {
    for world in worlds() {
        let at = world.published_lot();
        assert_eq!(refusal(awards::award(&world.services, &buyer(), at)), "state-forbids");
        assert_eq!(kinds(&world), [EventKind::LotPublished]);
    }
}

#[test]
fn a_bid_is_told_to_nobody() {
    for world in worlds() {
        let at = world.published_lot();
        let before = told(&world, "gm0344");
        world.bid(at, 1, 100).unwrap();
        assert_eq!(told(&world, "gm0344"), before);
    }
}

#[test]
fn a_rectification_is_told_in_its_own_municipality_only() {
    for world in worlds() {
        let at = world.published_lot();
        let (text, reason) = ("Bijlage 2 vervalt".to_owned(), "verwees naar niets".to_owned());
        rectifications::create(&world.services, &buyer(), utrecht(), at.tender, text, reason).unwrap();
        let of_tender =
            told(&world, "gm0344").into_iter().find(|event| event.subject.ends_with(&at.tender.to_string()));
        assert_eq!(of_tender.unwrap().kind, EventKind::TenderRectified);
        assert!(told(&world, "gm0363").is_empty());
    }
}
