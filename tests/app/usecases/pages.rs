//! Lists that are read a page at a time.

use trede_base::page::{PageRequest, Start};
use trede_model::tendering::tender::TenderId;
use trede_service::tendering::{lots, tenders};

use crate::usecases::world::{bidder, buyer, facts, utrecht, worlds};

#[test]
fn pages_forwards_and_backwards_hold_every_tender_once_in_order() {
    for world in worlds() {
        let made: Vec<TenderId> = (0..7).map(|_| world.draft(facts(), 0).0).collect();
        let page = |start| {
            let request = PageRequest { start, limit: 3 };
            tenders::list(&world.services, &buyer(), utrecht(), &request).unwrap()
        };
        let mut seen = Vec::new();
        let mut start = Start::First;
        loop {
            let page = page(start);
            assert_eq!(page.has_previous, !seen.is_empty());
            seen.extend(page.items.iter().map(|view| view.tender.id));
            if !page.has_next {
                break;
            }
            start = Start::After(*seen.last().unwrap());
        }
        assert_eq!(seen, made);
        let before: Vec<_> = page(Start::Before(made[4])).items.iter().map(|view| view.tender.id).collect();
        assert_eq!(before, made[1..4]);
    }
}

#[test]
fn a_list_for_bidders_holds_published_tenders_only() {
    for world in worlds() {
        world.draft(facts(), 1);
        let (published, _) = world.published(facts(), 1);
        let request = PageRequest { start: Start::First, limit: 10 };
        let seen = tenders::list(&world.services, &bidder(1), utrecht(), &request).unwrap();
        let ids: Vec<_> = seen.items.iter().map(|view| view.tender.id).collect();
        assert_eq!(ids, [published]);
    }
}

#[test]
fn lots_are_listed_by_number() {
    for world in worlds() {
        let (tender, _) = world.draft(facts(), 12);
        let request = PageRequest { start: Start::After(9), limit: 10 };
        let page = lots::list(&world.services, &buyer(), utrecht(), tender, &request).unwrap();
        let numbers: Vec<_> = page.items.iter().map(|lot| lot.facts.number).collect();
        assert_eq!(numbers, [10, 11, 12]);
        assert!(page.has_previous && !page.has_next);
    }
}
