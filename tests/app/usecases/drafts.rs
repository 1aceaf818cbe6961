//! Tenders that are being prepared, and what publication freezes.

use trede_base::record::Version;
use trede_model::frame::role::Role;
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::TenderFacts;
use trede_service::frame::error::ServiceError;
use trede_service::tendering::{award_models, lots, tender_steps, tenders};

use crate::usecases::world::{
    AFTER, actor, award_model, bidder, buyer, facts, findings, is_not_found, lot_facts, refusal, utrecht,
    worlds,
};

#[test]
fn a_draft_is_read_back_as_it_was_made() {
    for world in worlds() {
        let made = tenders::create(&world.services, &buyer(), utrecht(), facts()).unwrap();
        assert_eq!(made.state, State::Draft);
        let found = tenders::get(&world.services, &buyer(), utrecht(), made.tender.id).unwrap();
        assert_eq!(found, made);
        assert_eq!(found.tender.facts, facts());
    }
}

#[test]
fn everything_that_is_wrong_with_a_draft_is_said_at_once() {
    for world in worlds() {
        let wrong = TenderFacts {
            title: "\u{0}".to_owned(),
            buyer: String::new(),
            max_lots_per_bidder: Some(0),
            estimated_value_cents: Some(-1),
            award_on: Some("2026-02-15".parse().unwrap()),
            ..facts()
        };
        let refused = tenders::create(&world.services, &buyer(), utrecht(), wrong);
        assert_eq!(
            findings(refused),
            [
                "text-has-control-characters",
                "text-needed",
                "amount-negative",
                "too-few",
                "award-before-deadline"
            ]
        );
    }
}

#[test]
fn bidders_see_a_tender_from_its_publication_on() {
    for world in worlds() {
        let (tender, _) = world.draft(facts(), 1);
        assert!(is_not_found(&tenders::get(&world.services, &bidder(1), utrecht(), tender)));
        tender_steps::publish(&world.services, &buyer(), utrecht(), tender).unwrap();
        assert!(tenders::get(&world.services, &bidder(1), utrecht(), tender).is_ok());
    }
}

#[test]
fn a_change_by_who_did_not_see_the_latest_version_is_refused() {
    for world in worlds() {
        let services = &world.services;
        let (tender, paths) = world.draft(facts(), 1);
        let changed = tenders::update(services, &buyer(), utrecht(), tender, Version(1), facts()).unwrap();
        assert_eq!(changed.tender.record.version, Version(2));
        let stale = tenders::update(services, &buyer(), utrecht(), tender, Version(1), facts());
        assert!(matches!(stale, Err(ServiceError::VersionMismatch)));
        let stale = lots::update(services, &buyer(), paths[0], Version(1), lot_facts(1));
        assert!(matches!(stale, Err(ServiceError::VersionMismatch)), "the award model made version 2");
    }
}

#[test]
fn an_external_reference_names_one_tender_of_the_municipality() {
    for world in worlds() {
        let referred = TenderFacts { external_reference: Some("Z-2026-17".to_owned()), ..facts() };
        tenders::create(&world.services, &buyer(), utrecht(), referred.clone()).unwrap();
        let again = tenders::create(&world.services, &buyer(), utrecht(), referred);
        assert_eq!(refusal(again), "tender-reference-exists");
        for _ in 0..2 {
            tenders::create(&world.services, &buyer(), utrecht(), facts()).unwrap();
        }
    }
}

#[test]
fn an_incomplete_tender_is_not_published_and_says_all_that_it_lacks() {
    for world in worlds() {
        let services = &world.services;
        let (tender, _) = world.draft(TenderFacts { deadline_at: None, ..facts() }, 1);
        lots::create(services, &buyer(), utrecht(), tender, lot_facts(2)).unwrap();
        let Err(ServiceError::Refused { code, detail, .. }) =
            tender_steps::publish(services, &buyer(), utrecht(), tender)
        else {
            panic!("published")
        };
        assert_eq!(code, "tender-incomplete");
        assert!(detail.contains("lot 2 has no award model"), "{detail}");
        assert!(detail.contains("no deadline"), "{detail}");
    }
}

#[test]
fn a_tender_is_not_published_after_its_deadline() {
    for world in worlds() {
        let (tender, _) = world.draft(facts(), 1);
        world.clock.set(AFTER);
        let refused = tender_steps::publish(&world.services, &buyer(), utrecht(), tender);
        assert_eq!(refusal(refused), "tender-incomplete");
    }
}

#[test]
fn publication_freezes_the_tender_its_lots_and_their_award_models() {
    for world in worlds() {
        let services = &world.services;
        let (tender, paths) = world.published(facts(), 1);
        let at = paths[0];
        let seen = world.get_lot(at).record.version;
        let (before, _) = award_models::get(services, &buyer(), at).unwrap();

        let model = award_models::replace(services, &buyer(), at, seen, &award_model());
        assert_eq!(refusal(model), "published-already");
        let lot = lots::update(services, &buyer(), at, seen, lot_facts(1));
        assert_eq!(refusal(lot), "published-already");
        let added = lots::create(services, &buyer(), utrecht(), tender, lot_facts(2));
        assert_eq!(refusal(added), "published-already");
        let version = tenders::get(services, &buyer(), utrecht(), tender).unwrap().tender.record.version;
        let changed = tenders::update(services, &buyer(), utrecht(), tender, version, facts());
        assert_eq!(refusal(changed), "published-already");
        let deleted = tenders::delete(services, &buyer(), utrecht(), tender, version);
        assert_eq!(refusal(deleted), "published-already");

        assert_eq!(award_models::get(services, &buyer(), at).unwrap().0, before);
    }
}

#[test]
fn a_draft_is_thrown_away_with_its_lots() {
    for world in worlds() {
        let services = &world.services;
        let (tender, paths) = world.draft(facts(), 2);
        tenders::delete(services, &buyer(), utrecht(), tender, Version(1)).unwrap();
        assert!(is_not_found(&tenders::get(services, &buyer(), utrecht(), tender)));
        assert!(is_not_found(&lots::get(services, &buyer(), paths[0])));
        assert_eq!(world.actions().last().map(String::as_str), Some("delete_tender"));
    }
}

#[test]
fn an_auditor_changes_nothing() {
    for world in worlds() {
        let refused = tenders::create(&world.services, &actor(Role::Auditor), utrecht(), facts());
        assert!(matches!(refused, Err(ServiceError::Forbidden { .. })));
        assert!(world.actions().is_empty());
    }
}
