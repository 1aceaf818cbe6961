//! The steps of a procedure: in order, by who may take them, recorded.

use trede_base::page::{PageRequest, Start};
use trede_model::frame::role::Role;
use trede_model::tendering::procedure::{State, Step};
use trede_model::tendering::tender::{BidCustody, TenderFacts};
use trede_model::trust::audit::AuditScope;
use trede_service::awarding::awards;
use trede_service::bidding::openings;
use trede_service::bidding::openings::NewOpening;
use trede_service::tendering::{deadline_extensions, lots, rectifications, tender_steps, tenders};

use crate::support::acts::acts_in;
use crate::usecases::world::{
    AFTER, DEADLINE, World, actor, attested, buyer, facts, findings, is_forbidden, refusal, utrecht, worlds,
};

fn extend(
    world: &World,
    tender: trede_model::tendering::tender::TenderId,
    to: &str,
) -> Result<(), &'static str> {
    let to = to.parse().unwrap();
    match deadline_extensions::create(
        &world.services,
        &buyer(),
        utrecht(),
        tender,
        to,
        "meer tijd".to_owned(),
    ) {
        Ok(_) => Ok(()),
        Err(error @ trede_service::frame::error::ServiceError::Refused { .. }) => {
            Err(refusal::<()>(Err(error)))
        }
        Err(error) => Err(findings::<()>(Err(error))[0]),
    }
}

#[test]
fn bids_are_not_opened_before_the_deadline() {
    for world in worlds() {
        let at = world.published_lot();
        let early = openings::open(
            &world.services,
            &actor(Role::Opener),
            utrecht(),
            at.tender,
            NewOpening::default(),
        );
        assert_eq!(refusal(early), "state-forbids");
        world.open(at.tender);
        assert_eq!(world.get_lot(at).state, State::Opened);
        let again = openings::open(
            &world.services,
            &actor(Role::Opener),
            utrecht(),
            at.tender,
            NewOpening::default(),
        );
        assert_eq!(refusal(again), "state-forbids");
    }
}

#[test]
fn who_keeps_the_bids_opens_them() {
    for world in worlds() {
        let (here, _) = world.published(facts(), 1);
        let (there, _) = world.published(TenderFacts { bid_custody: BidCustody::Platform, ..facts() }, 1);
        world.clock.set(AFTER);
        let open = |role, tender, at: Option<&str>| {
            let new = at.map(attested).unwrap_or_default();
            openings::open(&world.services, &actor(role), utrecht(), tender, new)
        };
        assert!(is_forbidden(&open(Role::Platform, here, None)));
        assert!(is_forbidden(&open(Role::Opener, there, None)));
        assert!(is_forbidden(&open(Role::Buyer, here, None)));
        assert_eq!(findings(open(Role::Platform, there, None)), ["attestation-needed"]);
        let early = open(Role::Platform, there, Some("2026-02-16T10:59:59Z"));
        assert_eq!(findings(early), ["opened-before-deadline"]);
        let future = open(Role::Platform, there, Some("2026-02-16T11:05:01Z"));
        assert_eq!(findings(future), ["opening-in-the-future"]);
        assert!(open(Role::Platform, there, Some(DEADLINE)).is_ok());
        assert!(open(Role::Opener, here, None).is_ok());
    }
}

#[test]
fn every_step_of_a_lot_is_recorded_with_its_ground() {
    for world in worlds() {
        let at = world.published_lot();
        world.open(at.tender);
        let reason = "geen geschikte inschrijving".to_owned();
        let lot = awards::declare_unsuccessful(&world.services, &buyer(), at, reason.clone()).unwrap();
        assert_eq!(lot.state, State::Unsuccessful);
        let steps = lots::list_steps(&world.services, &buyer(), at).unwrap();
        let taken: Vec<_> = steps.iter().map(|step| step.step).collect();
        assert_eq!(taken, [Step::Publish, Step::Open, Step::DeclareUnsuccessful]);
        assert_eq!(steps[2].grounds.reason, Some(reason));
        assert_eq!(steps[1].actor, "opener-2");
        assert_eq!(steps[2].version, lot.record.version);
    }
}

#[test]
fn a_tender_follows_the_lot_that_lags_behind() {
    for world in worlds() {
        let (tender, paths) = world.published(facts(), 2);
        let state = || tenders::get(&world.services, &buyer(), utrecht(), tender).unwrap().state;
        assert_eq!(state(), State::Published);
        world.clock.set(AFTER);
        assert_eq!(state(), State::Closed, "by the clock alone");
        world.open(tender);
        assert_eq!(state(), State::Opened);
        awards::cancel(&world.services, &buyer(), paths[0], "geen budget".to_owned()).unwrap();
        assert_eq!(state(), State::Opened);
        awards::cancel(&world.services, &buyer(), paths[1], "geen budget".to_owned()).unwrap();
        assert_eq!(state(), State::Cancelled);
    }
}

#[test]
fn a_tender_is_called_off_with_every_lot_that_goes_on() {
    for world in worlds() {
        let (tender, paths) = world.published(facts(), 2);
        world.open(tender);
        awards::declare_unsuccessful(&world.services, &buyer(), paths[0], "geen bod".to_owned()).unwrap();
        let cancel = || {
            let reason = "ander beleid".to_owned();
            tender_steps::cancel(&world.services, &buyer(), utrecht(), tender, reason)
        };
        assert_eq!(cancel().unwrap().state, State::Unsuccessful);
        assert_eq!(world.get_lot(paths[0]).state, State::Unsuccessful);
        assert_eq!(world.get_lot(paths[1]).state, State::Cancelled);
        assert_eq!(refusal(cancel()), "state-forbids");
    }
}

#[test]
fn a_reason_is_asked_for_what_ends_a_procedure() {
    for world in worlds() {
        let at = world.published_lot();
        let silent = tender_steps::cancel(&world.services, &buyer(), utrecht(), at.tender, " ".to_owned());
        assert_eq!(findings(silent), ["text-needed"]);
        let silent = awards::cancel(&world.services, &buyer(), at, String::new());
        assert_eq!(findings(silent), ["text-needed"]);
    }
}

#[test]
fn an_award_is_not_proposed_or_made_without_what_comes_before() {
    for world in worlds() {
        let at = world.published_lot();
        assert_eq!(refusal(awards::award(&world.services, &buyer(), at)), "state-forbids");
        let withdrawn = awards::withdraw(&world.services, &buyer(), at, "fout".to_owned());
        assert_eq!(refusal(withdrawn), "state-forbids");
    }
}

#[test]
fn a_deadline_moves_later_and_only_while_bids_are_received() {
    for world in worlds() {
        let (draft, _) = world.draft(facts(), 1);
        assert_eq!(extend(&world, draft, "2026-03-01T11:00:00Z"), Err("state-forbids"));
        let tender = world.published_lot().tender;
        assert_eq!(extend(&world, tender, DEADLINE), Err("deadline-not-later"));
        assert_eq!(extend(&world, tender, "2026-02-20T11:00:00Z"), Ok(()));
        world.clock.set("2026-02-20T11:00:00Z");
        assert_eq!(extend(&world, tender, "2026-03-01T11:00:00Z"), Err("state-forbids"));

        let page = PageRequest { start: Start::First, limit: 10 };
        let moved = deadline_extensions::list(&world.services, &buyer(), utrecht(), tender, &page).unwrap();
        assert_eq!(moved.items.len(), 1);
        assert_eq!(moved.items[0].previous_deadline_at.to_rfc3339(), "2026-02-16T11:00:00+00:00");
        assert_eq!(moved.items[0].deadline_at.to_rfc3339(), "2026-02-20T11:00:00+00:00");
    }
}

#[test]
fn a_deadline_does_not_move_past_the_planned_day_of_the_award() {
    for world in worlds() {
        let tender = world.published_lot().tender;
        // The award is planned on 16 March; at 23:00 UTC it is the 17th in the Netherlands.
        assert_eq!(extend(&world, tender, "2026-03-16T23:00:00Z"), Err("award-before-deadline"));
        assert_eq!(extend(&world, tender, "2026-03-16T22:59:59Z"), Ok(()));
    }
}

#[test]
fn what_was_published_is_rectified_on_record() {
    for world in worlds() {
        let page = PageRequest { start: Start::First, limit: 10 };
        let rectify = |tender| {
            let (text, reason) = ("Bijlage 3 is vervangen".to_owned(), "tikfout".to_owned());
            rectifications::create(&world.services, &buyer(), utrecht(), tender, text, reason)
        };
        let (draft, _) = world.draft(facts(), 1);
        assert_eq!(refusal(rectify(draft)), "state-forbids");
        let tender = world.published_lot().tender;
        let made = rectify(tender).unwrap();
        let listed = rectifications::list(&world.services, &buyer(), utrecht(), tender, &page).unwrap();
        assert_eq!(listed.items, [made]);
    }
}

#[test]
fn every_change_leaves_an_act_and_no_refusal_does() {
    for world in worlds() {
        let at = world.published_lot();
        world.bid(at, 1, 100_000).unwrap();
        world.open(at.tender);
        assert_eq!(refusal(world.bid(at, 2, 90_000)), "bid-too-late");
        assert_eq!(
            world.actions(),
            [
                "create_tender",
                "create_lot",
                "replace_award_model",
                "publish_tender",
                "open_tender",
                "open_tender"
            ]
        );
        let vault = acts_in(&world.database.db, AuditScope::Vault(utrecht(), at.tender));
        let [received] = vault.as_slice() else { panic!("one act on the vault: {vault:?}") };
        assert_eq!((received.action.as_str(), received.actor.as_str()), ("create_bid", "sealed"));
    }
}

#[test]
fn a_lot_that_was_called_off_does_not_keep_the_others_sealed() {
    for world in worlds() {
        let (tender, paths) = world.published(facts(), 2);
        awards::cancel(&world.services, &buyer(), paths[1], "geen budget".to_owned()).unwrap();
        world.open(tender);
        assert_eq!(world.get_lot(paths[0]).state, State::Opened);
        assert_eq!(world.get_lot(paths[1]).state, State::Cancelled);
        assert!(world.get_lot(paths[1]).opened_at.is_none(), "its bids stay sealed");
    }
}
