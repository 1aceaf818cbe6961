//! Subscribers are told what happened: signed, at least once, in order for each subject, and never what is not
//! theirs to hear.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::TimeDelta;
use standardwebhooks::Webhook;
use trede_base::page::{PageRequest, Start};
use trede_base::record::Version;
use trede_integrations::webhooks::{Courier, CourierSettings};
use trede_model::frame::role::Role;
use trede_model::telling::event::EventKind;
use trede_model::telling::webhook::{
    Delivery, DeliveryState, EventKinds, Subscription, SubscriptionFacts, SubscriptionState,
};
use trede_sealing::keyring::SealingKeys;
use trede_service::Services;
use trede_service::telling::herald::Herald;
use trede_service::telling::{webhook_deliveries, webhook_subscriptions};
use trede_service::tendering::rectifications;
use trede_service::trust::operator_keys;
use trede_store as store;
use trede_store::frame::error::StorageError;

use crate::support::SEALING_KEYS;
use crate::support::subscriber::{Received, Reply, Subscriber};
use crate::usecases::world::{World, actor, buyer, facts, findings, is_forbidden, utrecht, worlds};

/// The world, telling subscribers on this machine.
fn telling(world: World) -> World {
    let settings = CourierSettings {
        allows_private: true,
        within: Duration::from_millis(400),
        ..CourierSettings::default()
    };
    let herald = Herald { courier: Courier::new(settings), ..Herald::default() };
    World { services: world.services.with_herald(herald), ..world }
}

fn subscription_facts(url: String, kinds: &[EventKind]) -> SubscriptionFacts {
    SubscriptionFacts { url, description: String::new(), kinds: EventKinds(kinds.to_vec()) }
}

fn subscribe(world: &World, subscriber: &Subscriber, kinds: &[EventKind]) -> Subscription {
    let facts = subscription_facts(subscriber.url(), kinds);
    let active = SubscriptionState::Active;
    webhook_subscriptions::create(&world.services, &actor(Role::Platform), utrecht(), facts, active).unwrap()
}

/// Tells everything that can be told now.
fn tell(services: &Services) {
    while services.place_events().unwrap() > 0 {}
    loop {
        let ready = services.ready_subscriptions().unwrap();
        if ready.is_empty() {
            return;
        }
        for (municipality, subscription) in ready {
            while services.deliver_next(municipality, subscription).unwrap() {}
        }
    }
}

fn deliveries(world: &World, subscription: &Subscription, state: DeliveryState) -> Vec<Delivery> {
    let request = PageRequest { start: Start::First, limit: 100 };
    let at = (utrecht(), subscription.id);
    webhook_deliveries::list(&world.services, &actor(Role::Auditor), at, Some(state), &request).unwrap().items
}

fn rectify(world: &World, tender: trede_model::tendering::tender::TenderId) {
    let (text, reason) = ("Bijlage 2 vervalt".to_owned(), "verwees naar niets".to_owned());
    rectifications::create(&world.services, &buyer(), utrecht(), tender, text, reason).unwrap();
}

fn is_signed_with(message: &Received, secret: &str) -> bool {
    let (id, moment) = (&message.headers["webhook-id"], &message.headers["webhook-timestamp"]);
    let verifier = Webhook::new(secret).unwrap();
    let expected = verifier.sign(id, moment.parse().unwrap(), message.body.as_bytes()).unwrap();
    message.headers["webhook-signature"].split(' ').any(|signature| signature == expected)
}

const LOTS: &[EventKind] = &[EventKind::LotPublished, EventKind::LotOpened];
const ALL_OF_TENDERS: &[EventKind] =
    &[EventKind::LotPublished, EventKind::LotOpened, EventKind::TenderRectified];

#[test]
fn an_event_reaches_its_subscriber_signed_and_thin() {
    for world in worlds().into_iter().map(telling) {
        let subscriber = Subscriber::start();
        let subscription = subscribe(&world, &subscriber, LOTS);
        let at = world.published_lot();
        tell(&world.services);
        let received = subscriber.received();
        let [message] = received.as_slice() else { panic!("{received:?}") };
        assert!(is_signed_with(message, &subscription.secret));
        let kept: Result<_, StorageError> = world
            .database
            .db
            .read(|c| store::telling::webhook_subscriptions::find(c, utrecht(), subscription.id));
        assert!(kept.unwrap().unwrap().secret.starts_with("sealed:"), "no secret stands in the database");
        let event = message.event();
        assert_eq!(message.headers["webhook-id"], event["id"].as_str().unwrap());
        assert!(message.headers["content-type"].starts_with("application/cloudevents+json"));
        assert_eq!(event["subject"], at.to_string());
        assert_eq!(event["dataref"], format!("/v1/municipalities/gm0344/{at}"));
        assert!(event.get("data").is_none());
        assert_eq!(deliveries(&world, &subscription, DeliveryState::Delivered).len(), 1);
    }
}

#[test]
fn what_follows_on_a_failure_waits_and_what_does_not_follow_goes_on() {
    for world in worlds().into_iter().map(telling) {
        let subscriber = Subscriber::start();
        let subscription = subscribe(&world, &subscriber, ALL_OF_TENDERS);
        let at = world.published_lot();
        subscriber.reply([Reply::Status(500)]);
        tell(&world.services);
        rectify(&world, at.tender);
        world.open(at.tender);
        world.clock.set("2026-01-05T09:00:00Z");
        tell(&world.services);
        let kinds: Vec<_> = subscriber.told().into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, ["nl.trede.lot.published", "nl.trede.tender.rectified"]);
        let failed = deliveries(&world, &subscription, DeliveryState::Pending);
        let failure = failed.iter().find_map(|delivery| delivery.failure.clone()).unwrap();
        assert!(failure.starts_with("answered 500: out of order") && failure.len() < 600, "{failure}");
        world.clock.advance(TimeDelta::seconds(5));
        tell(&world.services);
        let kinds: Vec<_> = subscriber.told().into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds[2..], ["nl.trede.lot.published", "nl.trede.lot.opened"]);
        let ids: BTreeSet<_> =
            subscriber.received().iter().map(|message| message.headers["webhook-id"].clone()).collect();
        assert_eq!(ids.len(), 3, "a second attempt has the id of the first");
    }
}

#[test]
fn a_redirection_is_a_failure_and_is_not_followed() {
    for world in worlds().into_iter().map(telling) {
        let (subscriber, elsewhere) = (Subscriber::start(), Subscriber::start());
        let subscription = subscribe(&world, &subscriber, LOTS);
        subscriber.reply([Reply::Redirect(elsewhere.url())]);
        world.published_lot();
        tell(&world.services);
        assert!(elsewhere.received().is_empty());
        assert_eq!(deliveries(&world, &subscription, DeliveryState::Pending)[0].answer, Some(307));
    }
}

#[test]
fn who_hangs_up_or_is_slow_or_away_is_tried_again() {
    for world in worlds().into_iter().map(telling) {
        let subscriber = Subscriber::start();
        subscribe(&world, &subscriber, LOTS);
        subscriber.reply([Reply::HangUp, Reply::Slow(Duration::from_millis(900))]);
        world.published_lot();
        for pause in [0, 5, 300] {
            world.clock.advance(TimeDelta::seconds(pause));
            tell(&world.services);
        }
        assert_eq!(subscriber.received().len(), 3);
    }
}

#[test]
fn a_slow_subscriber_keeps_no_other_waiting() {
    for world in worlds().into_iter().map(telling) {
        let (slow, quick) = (Subscriber::start(), Subscriber::start());
        subscribe(&world, &slow, LOTS);
        subscribe(&world, &quick, LOTS);
        slow.reply([Reply::Slow(Duration::from_secs(5))]);
        world.published_lot();
        while world.services.place_events().unwrap() > 0 {}
        std::thread::scope(|scope| {
            for (municipality, subscription) in world.services.ready_subscriptions().unwrap() {
                let services = &world.services;
                scope.spawn(move || services.deliver_next(municipality, subscription).unwrap());
            }
            quick.wait_for(1, Duration::from_millis(350));
        });
    }
}

#[test]
fn who_is_gone_is_told_no_more_until_it_is_made_active_again() {
    for world in worlds().into_iter().map(telling) {
        let subscriber = Subscriber::start();
        let made = subscribe(&world, &subscriber, LOTS);
        let at = world.published_lot();
        subscriber.reply([Reply::Status(410)]);
        tell(&world.services);
        world.open(at.tender);
        tell(&world.services);
        assert_eq!(subscriber.received().len(), 1);
        let platform = actor(Role::Platform);
        let gone = webhook_subscriptions::get(&world.services, &platform, utrecht(), made.id).unwrap();
        assert_eq!(gone.state, SubscriptionState::Gone);
        assert!(world.actions().contains(&"end_webhook_subscription".to_owned()));
        let seen = gone.record.version;
        let (at, active) = ((utrecht(), made.id), SubscriptionState::Active);
        webhook_subscriptions::update(&world.services, &platform, at, seen, gone.facts, active).unwrap();
        tell(&world.services);
        let kinds: Vec<_> = subscriber.told().into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds[1..], ["nl.trede.lot.published", "nl.trede.lot.opened"], "nothing was lost");
    }
}

#[test]
fn what_failed_for_good_is_a_dead_letter_and_can_be_told_again() {
    for world in worlds().into_iter().map(telling) {
        let subscriber = Subscriber::start();
        let subscription = subscribe(&world, &subscriber, LOTS);
        subscriber.reply(vec![Reply::Status(503); 10]);
        world.published_lot();
        for _ in 0..11 {
            tell(&world.services);
            world.clock.advance(TimeDelta::hours(24));
        }
        assert_eq!(subscriber.received().len(), 10);
        let dead = deliveries(&world, &subscription, DeliveryState::Dead);
        assert_eq!((dead.len(), dead[0].attempts), (1, 10));
        let platform = actor(Role::Platform);
        let replay = |events: Option<&[_]>| {
            webhook_deliveries::replay(&world.services, &platform, utrecht(), subscription.id, events)
        };
        assert_eq!(replay(None).unwrap(), 1);
        tell(&world.services);
        assert_eq!(deliveries(&world, &subscription, DeliveryState::Delivered).len(), 1);
        assert_eq!(replay(Some(&[dead[0].event])).unwrap(), 1);
        tell(&world.services);
        assert_eq!(subscriber.received().len(), 12);
        let unknown = trede_base::ids::Id::derived(&[b"unknown"]);
        assert_eq!(findings(replay(Some(&[dead[0].event, unknown]))), ["unknown-event"]);
    }
}

#[test]
fn a_subscriber_hears_what_it_asked_for_from_then_on_and_nothing_else() {
    for world in worlds().into_iter().map(telling) {
        let early = world.published_lot();
        while world.services.place_events().unwrap() > 0 {}
        let subscriber = Subscriber::start();
        subscribe(&world, &subscriber, &[EventKind::LotOpened]);
        let late = world.published_lot();
        world.open(early.tender);
        world.open(late.tender);
        tell(&world.services);
        let told: Vec<_> = subscriber.told();
        let opened =
            |at: trede_model::tendering::lot::LotPath| ("nl.trede.lot.opened".to_owned(), at.to_string());
        assert_eq!(told, [opened(early), opened(late)]);
    }
}

#[test]
fn a_secret_is_known_again_after_the_keys_of_the_operator_changed() {
    for mut world in worlds().into_iter().map(telling) {
        let subscriber = Subscriber::start();
        let subscription = subscribe(&world, &subscriber, LOTS);
        let new = trede_sealing::keyring::generate("new").unwrap();
        let with = |keys: String| world.services.clone().with_sealing_keys(SealingKeys::Text(keys.into()));
        let both = with(format!("{SEALING_KEYS}\n{new}"));
        assert_eq!(operator_keys::uses(&both).unwrap()["test"], 1);
        assert_eq!(operator_keys::rewrap_all(&both).unwrap(), 1);
        assert_eq!(operator_keys::uses(&both).unwrap()["test"], 0);
        world.services = with(new);
        world.published_lot();
        tell(&world.services);
        assert!(is_signed_with(&subscriber.received()[0], &subscription.secret));
    }
}

#[test]
fn a_new_secret_and_the_one_before_both_sign_until_the_overlap_ends() {
    for world in worlds().into_iter().map(telling) {
        let subscriber = Subscriber::start();
        let first = subscribe(&world, &subscriber, LOTS);
        let platform = actor(Role::Platform);
        let second =
            webhook_subscriptions::create_secret(&world.services, &platform, utrecht(), first.id, 1).unwrap();
        assert_ne!(first.secret, second.secret);
        world.published_lot();
        tell(&world.services);
        world.clock.advance(TimeDelta::hours(1));
        world.published_lot();
        tell(&world.services);
        let received = subscriber.received();
        assert!(is_signed_with(&received[0], &first.secret) && is_signed_with(&received[0], &second.secret));
        assert!(!is_signed_with(&received[1], &first.secret) && is_signed_with(&received[1], &second.secret));
    }
}

#[test]
fn a_subscription_says_everything_that_is_wrong_with_it() {
    for world in worlds() {
        let create = |role, facts| {
            let active = SubscriptionState::Active;
            webhook_subscriptions::create(&world.services, &actor(role), utrecht(), facts, active)
        };
        let inside = || "https://169.254.169.254/".to_owned();
        let refused = create(Role::Platform, subscription_facts(inside(), &[EventKind::EntryApproved]));
        assert_eq!(findings(refused), ["url-refused", "not-for-this-role"]);
        assert_eq!(
            findings(create(Role::Platform, subscription_facts(inside(), &[]))),
            ["url-refused", "too-few"]
        );
        let outside = "https://platform.example.nl/".to_owned();
        let heard = subscription_facts(outside, &[EventKind::EntryApproved]);
        let made = create(Role::Administrator, heard).unwrap();
        let platform = actor(Role::Platform);
        let turned = webhook_subscriptions::create_secret(&world.services, &platform, utrecht(), made.id, 0);
        assert!(is_forbidden(&turned), "a platform cannot turn what it may not hear");
        let deleted =
            webhook_subscriptions::delete(&world.services, &platform, utrecht(), made.id, Version::FIRST);
        assert!(is_forbidden(&deleted));
    }
}

#[test]
fn several_messengers_share_the_work_and_tell_each_event_once_and_in_order() {
    for world in worlds().into_iter().map(telling) {
        let subscriber = Subscriber::start();
        let subscription = subscribe(&world, &subscriber, ALL_OF_TENDERS);
        let tenders: Vec<_> = (0..6).map(|_| world.published(facts(), 1).0).collect();
        std::thread::scope(|scope| {
            for _ in 0..2 {
                let services = &world.services;
                scope.spawn(move || {
                    for _ in 0..40 {
                        services.place_events().unwrap();
                        while services.deliver_next(utrecht(), subscription.id).unwrap() {}
                    }
                });
            }
            for tender in &tenders {
                for _ in 0..3 {
                    rectify(&world, *tender);
                }
            }
        });
        tell(&world.services);
        let mut by_subject: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut ids = BTreeSet::new();
        for message in subscriber.received() {
            let event = message.event();
            assert!(ids.insert(event["id"].clone().to_string()), "told twice: {event}");
            let (subject, place) = (event["subject"].as_str().unwrap(), event["sequence"].as_str().unwrap());
            by_subject.entry(subject.to_owned()).or_default().push(place.to_owned());
        }
        assert_eq!(ids.len(), 6 + 6 * 3);
        for (subject, places) in by_subject {
            assert!(places.is_sorted(), "{subject}: {places:?}");
        }
    }
}

#[test]
fn an_attempt_that_was_broken_off_is_taken_over_within_the_minute() {
    for world in worlds().into_iter().map(telling) {
        let subscriber = Subscriber::start();
        let subscription = subscribe(&world, &subscriber, LOTS);
        world.published_lot();
        while world.services.place_events().unwrap() > 0 {}
        let now = trede_service::clock::Clock::now(&*world.clock);
        let held = world.database.db.write_progress(|c| {
            let holder = trede_base::ids::Id::derived(&[b"killed"]);
            let period = (now, now + TimeDelta::seconds(30));
            trede_store::telling::webhook_deliveries::take(c, utrecht(), subscription.id, holder, period)
        });
        assert!(held.unwrap().is_some());
        tell(&world.services);
        assert!(subscriber.received().is_empty(), "another instance is at it");
        world.clock.advance(TimeDelta::seconds(30));
        tell(&world.services);
        assert_eq!(subscriber.received().len(), 1);
    }
}

#[test]
fn an_ended_subscription_is_told_nothing() {
    for world in worlds().into_iter().map(telling) {
        let subscriber = Subscriber::start();
        let made = subscribe(&world, &subscriber, LOTS);
        world.published_lot();
        while world.services.place_events().unwrap() > 0 {}
        let platform = actor(Role::Platform);
        webhook_subscriptions::delete(&world.services, &platform, utrecht(), made.id, Version::FIRST)
            .unwrap();
        tell(&world.services);
        assert!(subscriber.received().is_empty());
    }
}
