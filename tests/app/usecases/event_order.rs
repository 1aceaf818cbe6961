//! Events have an order in which nothing is skipped, and are kept as long as was said.

use chrono::TimeDelta;
use trede_base::page::{PageRequest, Start};
use trede_model::frame::role::Role;
use trede_model::telling::event::EventKind;
use trede_model::trust::audit::AuditScope;
use trede_service::frame::error::ServiceError;
use trede_service::telling::changes;
use trede_service::telling::herald::Herald;
use trede_service::tendering::rectifications;
use trede_store::telling::events;

use crate::usecases::world::{World, actor, amsterdam, buyer, facts, utrecht, worlds};

fn places(world: &World) -> Vec<i64> {
    let request = PageRequest { start: Start::First, limit: 1000 };
    let scope = AuditScope::Municipality(utrecht());
    let page = world.database.db.read(|c| events::page(c, scope, EventKind::ALL, &request)).unwrap();
    page.items.into_iter().map(|(position, _)| position).collect()
}

fn after(last: i64) -> PageRequest<i64> {
    PageRequest { start: Start::After(last), limit: 10 }
}

#[test]
fn writers_and_placers_at_once_leave_no_gap_and_show_no_place_before_those_before_it() {
    const WRITERS: usize = 4;
    const EACH: usize = 8;
    for world in worlds() {
        let tender = world.published(facts(), 1).0;
        let (services, all) = (&world.services, 1 + WRITERS * EACH);
        std::thread::scope(|scope| {
            for _ in 0..WRITERS {
                scope.spawn(move || {
                    for _ in 0..EACH {
                        let (text, reason) = ("Bijlage".to_owned(), "fout".to_owned());
                        rectifications::create(services, &buyer(), utrecht(), tender, text, reason).unwrap();
                    }
                });
            }
            for _ in 0..2 {
                scope.spawn(|| {
                    while places(&world).len() < all {
                        services.place_events().unwrap();
                    }
                });
            }
            let mut seen = 0;
            while seen < all {
                let places = places(&world);
                let contiguous: Vec<_> = (1..).take(places.len()).collect();
                assert_eq!(places, contiguous);
                seen = places.len();
            }
        });
    }
}

#[test]
fn the_feed_tells_each_role_what_it_may_hear_and_each_municipality_its_own() {
    for world in worlds() {
        world.published_lot();
        world.services.place_events().unwrap();
        let first = PageRequest { start: Start::First, limit: 10 };
        let heard = |role| changes::list(&world.services, &actor(role), utrecht(), &first).unwrap().items;
        assert_eq!(heard(Role::Platform).len(), 1);
        assert_eq!(heard(Role::Auditor)[0].position, 1);
        let foreign = changes::list(&world.services, &actor(Role::Platform), amsterdam(), &first);
        assert!(matches!(foreign, Err(ServiceError::ForeignMunicipality)));
    }
}

#[test]
fn events_go_when_their_term_is_over_and_an_old_cursor_says_so() {
    for world in worlds() {
        let herald = Herald { keeps_for: Some(TimeDelta::days(30)), ..Herald::default() };
        let world = World { services: world.services.clone().with_herald(herald), ..world };
        world.published_lot();
        world.services.place_events().unwrap();
        world.clock.advance(TimeDelta::days(20));
        world.published_lot();
        world.services.place_events().unwrap();
        assert_eq!(world.services.remove_old_events().unwrap(), 0);
        world.clock.advance(TimeDelta::days(11));
        assert_eq!(world.services.remove_old_events().unwrap(), 1);
        assert_eq!(places(&world), [2]);
        let platform = actor(Role::Platform);
        let expired = changes::list(&world.services, &platform, utrecht(), &after(0));
        assert!(matches!(expired, Err(ServiceError::Expired { .. })));
        let kept = changes::list(&world.services, &platform, utrecht(), &after(1)).unwrap();
        assert_eq!(kept.items.len(), 1);
    }
}
