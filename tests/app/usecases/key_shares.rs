//! The key of a tender in parts: nothing opens before enough of the named openers gave theirs.

use std::collections::BTreeSet;

use trede_base::page::{PageRequest, Start};
use trede_formats::opening_report::BidOutcome;
use trede_model::bidding::bid::BidId;
use trede_model::bidding::key_share::{GivenShare, KeyShare, OpenerKeyId};
use trede_model::bidding::opening::{Envelope, OpeningState};
use trede_model::frame::role::Role;
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::{BidCustody, TenderFacts, TenderId};
use trede_sealing::SealingError;
use trede_sealing::keyring::{KeyRing, SealingKeys, generate};
use trede_sealing::opener_key::{KeyPart, OpenerSecret};
use trede_sealing::tender_key::TenderKey;
use trede_service::Services;
use trede_service::bidding::key_splits::{self, SplitView};
use trede_service::bidding::openings::{self, NewOpening, OpeningView, Outcome};
use trede_service::bidding::{bid_withdrawals, bids, opener_keys};
use trede_service::frame::actor::Actor;
use trede_service::frame::error::ServiceError;
use trede_service::tendering::{tender_steps, tenders};
use trede_service::trust::{audit, operator_keys};
use trede_store::bidding as stored;
use trede_store::frame::error::StorageError;

use crate::support::SEALING_KEYS;
use crate::usecases::assessors::{assessor, conclude, declare_none, score};
use crate::usecases::price_envelopes::{disqualify, evaluate, last_report, price_of, ranked, two_envelopes};
use crate::usecases::sealing::{outcome_of, run, sealed};
use crate::usecases::world::{
    AFTER, DEADLINE, World, actor, attested, bidder, buyer, facts, findings, hand_over, is_forbidden, kvk,
    new_bid, receipt, receive, refusal, utrecht, worlds,
};

/// An opener with a key pair, whose secret half nobody else has.
struct Opener {
    actor: Actor,
    secret: OpenerSecret,
    key: OpenerKeyId,
}

fn opener(world: &World, number: usize) -> Opener {
    let actor = Actor { subject: format!("opener-{number}"), ..actor(Role::Opener) };
    let secret = OpenerSecret::generate();
    let key = opener_keys::register(&world.services, &actor, utrecht(), secret.public()).unwrap().id;
    Opener { actor, secret, key }
}

fn openers(world: &World, number: usize) -> Vec<Opener> {
    (1..=number).map(|number| opener(world, number)).collect()
}

fn split(
    world: &World,
    tender: TenderId,
    threshold: u8,
    keys: &[OpenerKeyId],
) -> Result<SplitView, ServiceError> {
    let version = tenders::get(&world.services, &buyer(), utrecht(), tender).unwrap().tender.record.version;
    key_splits::replace(&world.services, &buyer(), utrecht(), tender, (version, threshold, keys))
}

/// A published lot of a tender whose key is split.
fn published(world: &World, facts: TenderFacts, threshold: u8, openers: &[Opener]) -> LotPath {
    let (tender, paths) = world.draft(facts, 1);
    let keys: Vec<_> = openers.iter().map(|opener| opener.key).collect();
    split(world, tender, threshold, &keys).unwrap();
    tender_steps::publish(&world.services, &buyer(), utrecht(), tender).unwrap();
    paths[0]
}

/// What the opener does at home: the part, decrypted with the opener's own key.
fn part(
    services: &Services,
    opener: &Opener,
    tender: TenderId,
    envelope: Option<Envelope>,
) -> Result<KeyPart, ServiceError> {
    let handed = key_splits::hand_out(services, &opener.actor, utrecht(), tender, envelope)?;
    assert_eq!(handed.opener_key, opener.key);
    let at = (utrecht(), tender, handed.envelope);
    Ok(opener.secret.open_share(at, handed.opener_key, &handed.encrypted).unwrap())
}

fn give(
    services: &Services,
    who: &Actor,
    tender: TenderId,
    envelope: Option<Envelope>,
    part: KeyPart,
) -> Result<Outcome, ServiceError> {
    let new = NewOpening { envelope, key_share: Some(part), attestation: None };
    openings::open(services, who, utrecht(), tender, new)
}

/// The opener asks for the part and gives it; whether that opened.
fn open(world: &World, opener: &Opener, at: LotPath, envelope: Option<Envelope>) -> bool {
    let part = part(&world.services, opener, at.tender, envelope).unwrap();
    let outcome = give(&world.services, &opener.actor, at.tender, envelope, part).unwrap();
    matches!(outcome, Outcome::Opened(_))
}

fn opened_ids(world: &World, at: LotPath) -> Vec<BidId> {
    let page = PageRequest { start: Start::First, limit: 50 };
    bids::list(&world.services, &buyer(), at, &page).unwrap().items.into_iter().map(|bid| bid.id).collect()
}

fn openings_of(world: &World, tender: TenderId) -> Vec<OpeningView> {
    let page = PageRequest { start: Start::First, limit: 50 };
    openings::list(&world.services, &buyer(), utrecht(), tender, &page).unwrap().items
}

fn stored<T>(
    world: &World,
    read: impl Fn(&mut trede_store::frame::connection::AnyConnection) -> Result<T, StorageError>,
) -> T {
    world.database.db.read(read).unwrap()
}

/// The key of the tender as anybody makes it who has the whole database and the keys of the operator.
fn key_of_operator(world: &World, tender: TenderId) -> TenderKey {
    let ring = KeyRing::parse(SEALING_KEYS).unwrap();
    let wrapped = stored(world, |c| stored::tender_keys::find(c, utrecht(), tender)).unwrap();
    let split = stored(world, |c| stored::key_splits::find(c, utrecht(), tender)).unwrap();
    let opened = stored(world, |c| stored::opened_keys::of_tender(c, utrecht(), tender));
    TenderKey::unwrap(&ring, &wrapped, split.public_keys.as_ref()).unwrap().with_opened(&opened)
}

fn shares_of(world: &World, tender: TenderId, envelope: Envelope) -> Vec<KeyShare> {
    stored(world, |c| stored::key_shares::of_envelope(c, utrecht(), (tender, envelope)))
}

fn given_for(world: &World, opening: &OpeningView) -> Vec<GivenShare> {
    stored(world, |c| stored::key_shares::given(c, utrecht(), opening.opening.id))
}

fn withdraw(world: &World, at: LotPath, number: u32) {
    let services = &world.services;
    bid_withdrawals::create(services, &bidder(number), at, kvk(number), "ab".repeat(32), services.now())
        .unwrap();
}

#[test]
fn any_two_of_three_open_what_came_in_meanwhile_and_a_lost_key_does_not_matter() {
    for lost in 0..3 {
        for world in worlds() {
            let mut people = openers(&world, 3);
            let at = published(&world, facts(), 2, &people);
            let kept = world.bid(at, 1, 100_000).unwrap().id;
            world.bid(at, 2, 100_000).unwrap();
            world.bid(at, 3, 100_000).unwrap();
            world.clock.set("2026-01-06T09:00:00Z");
            let replaced = world.bid(at, 2, 90_000).unwrap().id;
            withdraw(&world, at, 3);
            world.clock.set(AFTER);
            people.remove(lost);
            assert!(!open(&world, &people[1], at, None));
            assert_eq!(world.get_lot(at).state, State::Closed);
            assert!(open(&world, &people[0], at, None));
            assert_eq!(opened_ids(&world, at), [kept, replaced]);
            let [opening] = openings_of(&world, at.tender).try_into().unwrap();
            assert_eq!(opening.needed, Some((2, 3)));
            // Both gave theirs at the moment at which the clock of the test stands.
            let given: BTreeSet<_> = opening.given.iter().map(|given| given.person.as_str()).collect();
            let both = people.iter().take(2).map(|opener| opener.actor.subject.as_str());
            assert_eq!(given, both.collect());
            let outcomes: Vec<_> = opening.bids.iter().map(|bid| bid.outcome).collect();
            for outcome in [BidOutcome::Replaced, BidOutcome::Withdrawn, BidOutcome::Withdrawal] {
                assert!(outcomes.contains(&outcome), "{outcomes:?}");
            }
        }
    }
}

#[test]
fn three_of_four_open_and_two_do_not() {
    for world in worlds() {
        let people = openers(&world, 4);
        let at = published(&world, facts(), 3, &people);
        let bid = world.bid(at, 1, 100_000).unwrap().id;
        world.clock.set(AFTER);
        assert!(!open(&world, &people[3], at, None));
        assert!(!open(&world, &people[1], at, None));
        assert_eq!(world.get_lot(at).state, State::Closed);
        assert!(open(&world, &people[2], at, None));
        assert_eq!(opened_ids(&world, at), [bid]);
    }
}

#[test]
fn with_the_whole_database_and_the_keys_of_the_operator_nothing_opens_before_enough_gave_theirs() {
    for world in worlds() {
        let people = openers(&world, 3);
        let at = published(&world, facts(), 2, &people);
        world.bid(at, 1, 100_000).unwrap();
        let [bid] = sealed(&world, at).try_into().unwrap();
        let closed = |key: &TenderKey| {
            assert_eq!(key.open_quality(&bid), Err(SealingError::SharesNeeded));
            assert_eq!(key.open_price(&bid), Err(SealingError::SharesNeeded));
            // Nor who bids: that cannot be tried, with all the numbers there are.
            assert_ne!(key.index_of(&bid.head), key.blind_index(at.lot, kvk(1)));
        };
        closed(&key_of_operator(&world, at.tender));
        // A part opens by the key of its opener and no other.
        let shares = shares_of(&world, at.tender, Envelope::Whole);
        assert_eq!(shares.len(), 3);
        for share in &shares {
            let handed = key_of_operator(&world, at.tender).share_for_opener(share).unwrap();
            let place = (utrecht(), at.tender, Envelope::Whole);
            let others = people.iter().filter(|opener| opener.key != share.opener_key);
            for other in others {
                assert!(other.secret.open_share(place, share.opener_key, &handed).is_err());
            }
        }
        // One gave theirs: that one the operator has as well, and it is one too few.
        world.clock.set(AFTER);
        assert!(!open(&world, &people[0], at, None));
        closed(&key_of_operator(&world, at.tender));
        let [opening] = openings_of(&world, at.tender).try_into().unwrap();
        let taken: Vec<_> = given_for(&world, &opening)
            .into_iter()
            .map(|given| {
                let share = shares.iter().find(|share| share.opener_key == given.opener_key).unwrap();
                (share.clone(), given.sealed.unwrap())
            })
            .collect();
        assert_eq!(taken.len(), 1);
        for threshold in [1, 2] {
            let key = key_of_operator(&world, at.tender);
            assert!(key.joined(Envelope::Whole, threshold, (opening.opening.id, &taken)).is_err());
        }
        // Afterwards no part is left, and what was opened is what the operator's key opens.
        assert!(open(&world, &people[2], at, None));
        assert!(given_for(&world, &opening).iter().all(|given| given.sealed.is_none()));
        assert!(key_of_operator(&world, at.tender).open_price(&bid).is_ok());
    }
}

#[test]
fn a_wrong_part_is_refused_and_nobody_gives_two() {
    for world in worlds() {
        let people = openers(&world, 3);
        let at = published(&world, facts(), 2, &people);
        let elsewhere = published(&world, facts(), 2, &people);
        world.bid(at, 1, 100_000).unwrap();
        world.clock.set(AFTER);
        let services = &world.services;
        let own = part(services, &people[0], at.tender, None).unwrap();
        let others = part(services, &people[1], at.tender, None).unwrap();
        let of_other_tender = part(services, &people[0], elsewhere.tender, None).unwrap();
        let give =
            |opener: &Opener, part: &KeyPart| give(services, &opener.actor, at.tender, None, part.clone());
        for wrong in [&others, &of_other_tender, &KeyPart::parse("AAAA").unwrap()] {
            assert_eq!(refusal(give(&people[0], wrong)), "wrong-key-share");
        }
        assert!(openings_of(&world, at.tender).is_empty());
        assert!(matches!(give(&people[0], &own), Ok(Outcome::Waiting(_))));
        assert_eq!(refusal(give(&people[0], &own)), "second-person-needed");
        assert_eq!(refusal(give(&people[0], &others)), "wrong-key-share");
        assert_eq!(refusal(give(&people[1], &own)), "wrong-key-share");
        let stranger = opener(&world, 9);
        assert!(is_forbidden(&give(&stranger, &own)));
        assert!(is_forbidden(&part(services, &stranger, at.tender, None)));
        let without = openings::open(services, &people[1].actor, utrecht(), at.tender, NewOpening::default());
        assert_eq!(refusal(without), "key-share-needed");
        assert_eq!(world.get_lot(at).state, State::Closed);
        assert!(matches!(give(&people[1], &others), Ok(Outcome::Opened(_))));
    }
}

#[test]
fn a_part_is_of_no_use_where_the_key_is_not_split() {
    for world in worlds() {
        let people = openers(&world, 2);
        let split = published(&world, facts(), 2, &people);
        let at = world.published_lot();
        world.clock.set(AFTER);
        let part = part(&world.services, &people[0], split.tender, None).unwrap();
        let refused = give(&world.services, &people[0].actor, at.tender, None, part);
        assert_eq!(findings(refused), ["key-share-not-asked"]);
        let handed = key_splits::hand_out(&world.services, &people[0].actor, utrecht(), at.tender, None);
        assert_eq!(refusal(handed), "key-not-split");
    }
}

#[test]
fn what_was_given_outlives_a_restart_and_expires_with_its_opening() {
    for mut world in worlds() {
        let people = openers(&world, 3);
        let at = published(&world, facts(), 3, &people);
        let bid = world.bid(at, 1, 100_000).unwrap().id;
        world.clock.set(AFTER);
        assert!(!open(&world, &people[0], at, None));
        assert!(!open(&world, &people[1], at, None));
        // Ten minutes later all give theirs again.
        world.clock.set("2026-02-16T11:15:00Z");
        assert!(!open(&world, &people[2], at, None));
        let [expired, waiting] = openings_of(&world, at.tender).try_into().unwrap();
        assert_eq!((expired.state, waiting.state), (OpeningState::Expired, OpeningState::Waiting));
        assert!(given_for(&world, &expired).iter().all(|given| given.sealed.is_none()));
        for opener in &people[..2] {
            let keys = SealingKeys::Text(SEALING_KEYS.into());
            world.services =
                Services::new(world.database.db.clone(), world.clock.clone()).with_sealing_keys(keys);
            open(&world, opener, at, None);
        }
        assert_eq!(opened_ids(&world, at), [bid]);
    }
}

#[test]
fn no_part_is_handed_out_before_the_opening_whatever_was_sent() {
    for world in worlds() {
        let people = openers(&world, 2);
        let at = published(&world, facts(), 2, &people);
        let ask = || key_splits::hand_out(&world.services, &people[0].actor, utrecht(), at.tender, None);
        let seen = || key_splits::get(&world.services, &buyer(), utrecht(), at.tender).unwrap();
        let before = (ask().unwrap_err().to_string(), seen());
        (1..=3).for_each(|number| drop(world.bid(at, number, 100_000).unwrap()));
        assert_eq!((ask().unwrap_err().to_string(), seen()), before);
        assert_eq!(refusal(ask()), "state-forbids");
        world.clock.set(DEADLINE);
        assert!(ask().is_ok());
    }
}

#[test]
fn the_keys_of_the_operator_are_changed_as_ever() {
    for mut world in worlds() {
        let (old, new) = (generate("old").unwrap(), generate("new").unwrap());
        let restarted = |world: &World, keys: String| {
            Services::new(world.database.db.clone(), world.clock.clone())
                .with_sealing_keys(SealingKeys::Text(keys.into()))
        };
        world.services = restarted(&world, old.clone());
        let people = openers(&world, 2);
        let at = published(&world, facts(), 2, &people);
        let first = world.bid(at, 1, 100_000).unwrap().id;
        world.clock.set(AFTER);
        world.services = restarted(&world, format!("{old}\n{new}"));
        assert!(!open(&world, &people[0], at, None));
        assert_eq!(operator_keys::rewrap_all(&world.services).unwrap(), 1);
        world.services = restarted(&world, new);
        assert!(open(&world, &people[1], at, None));
        assert_eq!(opened_ids(&world, at), [first]);
    }
}

#[test]
fn quality_and_prices_are_opened_by_parts_of_their_own() {
    for world in worlds() {
        let people = openers(&world, 3);
        let at = published(&world, two_envelopes(), 2, &people);
        let ids: Vec<_> = (1..=3).map(|number| world.bid(at, number, 100_000 + number).unwrap().id).collect();
        world.clock.set(AFTER);
        assert!(!open(&world, &people[0], at, None));
        assert!(open(&world, &people[1], at, None));
        let sent = sealed(&world, at);
        let key = key_of_operator(&world, at.tender);
        for bid in &sent {
            assert!(key.open_quality(bid).is_ok());
            assert_eq!(key.open_price(bid), Err(SealingError::SharesNeeded));
        }
        let prices = Some(Envelope::Price);
        let early = part(&world.services, &people[0], at.tender, prices);
        assert_eq!(refusal(early.map(|_| ())), "quality-open");
        let who = assessor("assessor-1");
        declare_none(&world, at, &who);
        for bid in &ids {
            score(&world, at, &who, (*bid, "8")).unwrap();
        }
        conclude(&world, at).unwrap();
        disqualify(&world, at, ids[2]);
        assert!(!open(&world, &people[2], at, prices));
        assert!(open(&world, &people[0], at, prices));
        assert_eq!(price_of(&world, at, ids[1]).as_deref(), Some("100002"));
        assert_eq!(outcome_of(&last_report(&world, at), ids[2]), BidOutcome::LeftSealed);
        // The envelope that was left sealed is shut to the operator too.
        let key = key_of_operator(&world, at.tender);
        for bid in &sent {
            assert_eq!(key.open_price(bid).is_ok(), bid.head.id != ids[2]);
        }
        assert_eq!(ranked(&evaluate(&world, at).unwrap()).len(), 2);
    }
}

#[test]
fn prices_that_a_platform_hands_over_are_opened_by_parts() {
    for world in worlds() {
        let people = openers(&world, 2);
        let of_platform = TenderFacts { bid_custody: BidCustody::Platform, ..two_envelopes() };
        let at = published(&world, of_platform, 2, &people);
        world.clock.set(AFTER);
        let platform = actor(Role::Platform);
        openings::open(&world.services, &platform, utrecht(), at.tender, attested(DEADLINE)).unwrap();
        let new = |number| trede_service::bidding::bids::NewBid {
            receipt: Some(receipt("2026-02-01T09:00:00Z")),
            ..new_bid(number, 100_000 + number)
        };
        let ids = [1, 2].map(|number| receive(&world.services, &platform, at, new(number)).unwrap().id);
        hand_over(&world, at.tender, 2).unwrap();
        let who = assessor("assessor-1");
        declare_none(&world, at, &who);
        for bid in ids {
            score(&world, at, &who, (bid, "8")).unwrap();
        }
        conclude(&world, at).unwrap();
        for opener in &people {
            assert_eq!(price_of(&world, at, ids[0]), None);
            // What openers open here is the prices, also where nobody says so.
            let handed = key_splits::hand_out(&world.services, &opener.actor, utrecht(), at.tender, None);
            assert_eq!(handed.unwrap().envelope, Envelope::Price);
            open(&world, opener, at, Some(Envelope::Price));
        }
        assert_eq!(price_of(&world, at, ids[0]).as_deref(), Some("100001"));
        assert_eq!(ranked(&evaluate(&world, at).unwrap()).len(), 2);
    }
}

#[test]
fn what_was_opened_by_parts_is_compared_with_its_original_still() {
    for world in worlds() {
        let people = openers(&world, 2);
        let at = published(&world, facts(), 2, &people);
        let bid = world.bid(at, 1, 120_000).unwrap().id;
        let other = world.bid(at, 2, 100_000).unwrap().id;
        world.clock.set(AFTER);
        for opener in &people {
            open(&world, opener, at, None);
        }
        let who = assessor("assessor-1");
        declare_none(&world, at, &who);
        for bid in [bid, other] {
            score(&world, at, &who, (bid, "8")).unwrap();
        }
        conclude(&world, at).unwrap();
        assert_eq!(ranked(&evaluate(&world, at).unwrap()).len(), 2);
        assert_eq!(audit::verify(&world.database.db, &[]).unwrap().findings, []);
        run(&world, "UPDATE bids SET content = replace(content, '120000', '1')");
        assert_eq!(refusal(evaluate(&world, at)), "bid-altered");
        run(&world, "UPDATE bids SET content = replace(content, '\"1\"', '\"120000\"')");
        assert!(evaluate(&world, at).is_ok());
        run(&world, "UPDATE openings SET report = replace(report, 'opened', 'replaced')");
        assert_eq!(refusal(evaluate(&world, at)), "opening-altered");
        run(&world, "UPDATE openings SET report = replace(report, 'replaced', 'opened')");
        run(&world, "DELETE FROM opened_keys");
        assert_eq!(refusal(evaluate(&world, at)), "bid-altered");
    }
}

#[test]
fn who_writes_the_database_makes_no_whole_key_of_a_split_one() {
    for world in worlds() {
        let people = openers(&world, 2);
        let at = published(&world, facts(), 2, &people);
        run(&world, "DELETE FROM key_shares");
        run(&world, "DELETE FROM key_splits");
        let refused = world.bid(at, 1, 100_000);
        assert!(matches!(refused, Err(ServiceError::Unavailable { .. })), "{refused:?}");
        assert!(sealed(&world, at).is_empty());
    }
}

#[test]
fn among_whom_a_key_is_split_is_said_in_the_draft_and_made_sense_of() {
    for world in worlds() {
        let people = openers(&world, 3);
        let keys: Vec<_> = people.iter().map(|opener| opener.key).collect();
        let (tender, _) = world.draft(facts(), 1);
        let found = |threshold, keys: &[OpenerKeyId]| findings(split(&world, tender, threshold, keys));
        assert_eq!(found(1, &keys), ["threshold-out-of-range"]);
        assert_eq!(found(4, &keys), ["threshold-out-of-range"]);
        let unknown = OpenerKeyId::from_uuid(uuid::Uuid::now_v7());
        assert_eq!(found(2, &[keys[0], unknown]), ["opener-key-unknown"]);
        assert_eq!(found(2, &[keys[0], keys[1], keys[0]]), ["openers-out-of-range", "opener-named-twice"]);
        let newer = opener(&world, 1);
        assert_eq!(found(2, &keys), ["opener-key-replaced"]);
        assert_eq!(found(2, &[keys[0], keys[1], newer.key]), ["opener-key-replaced", "opener-named-twice"]);
        let view = split(&world, tender, 2, &[newer.key, keys[2], keys[1]]).unwrap();
        assert_eq!((view.split.unwrap().threshold, view.openers.len()), (2, 3));
        // Said otherwise, taken back, and said again.
        assert!(split(&world, tender, 2, &[]).unwrap().split.is_none());
        split(&world, tender, 2, &keys[1..]).unwrap();
        let limited = TenderFacts { max_lots_per_bidder: Some(1), ..facts() };
        let (limited, _) = world.draft(limited, 1);
        assert_eq!(refusal(split(&world, limited, 2, &keys[1..])), "lots-limited");
        let (elsewhere, _) = world.draft(TenderFacts { bid_custody: BidCustody::Platform, ..facts() }, 1);
        assert_eq!(refusal(split(&world, elsewhere, 2, &keys[1..])), "nothing-to-split");
        tender_steps::publish(&world.services, &buyer(), utrecht(), tender).unwrap();
        assert_eq!(refusal(split(&world, tender, 2, &keys[1..])), "published-already");
        let no_key = opener_keys::register(&world.services, &people[0].actor, utrecht(), vec![0; 32]);
        assert_eq!(findings(no_key), ["public-key-malformed"]);
    }
}

#[test]
fn a_draft_whose_key_was_to_be_split_can_be_changed_and_deleted() {
    for world in worlds() {
        let people = openers(&world, 2);
        let keys: Vec<_> = people.iter().map(|opener| opener.key).collect();
        let (tender, _) = world.draft(facts(), 1);
        let before = split(&world, tender, 2, &keys).unwrap();
        let get = || tenders::get(&world.services, &buyer(), utrecht(), tender).unwrap().tender;
        assert_eq!(get().record.version, before.version);
        let limited = TenderFacts { max_lots_per_bidder: Some(1), ..facts() };
        tenders::update(&world.services, &buyer(), utrecht(), tender, before.version, limited).unwrap();
        let publish = tender_steps::publish(&world.services, &buyer(), utrecht(), tender);
        assert_eq!(refusal(publish), "lots-limited");
        tenders::delete(&world.services, &buyer(), utrecht(), tender, get().record.version).unwrap();
    }
}

#[test]
fn a_key_that_was_put_in_the_place_of_an_openers_is_found_at_the_publication() {
    for world in worlds() {
        let people = openers(&world, 2);
        let keys: Vec<_> = people.iter().map(|opener| opener.key).collect();
        let (tender, _) = world.draft(facts(), 1);
        split(&world, tender, 2, &keys).unwrap();
        let other: String =
            OpenerSecret::generate().public().iter().map(|byte| format!("{byte:02x}")).collect();
        let literal = if world.database.kind == "sqlite" {
            format!("x'{other}'")
        } else {
            format!("'\\x{other}'::bytea")
        };
        run(&world, &format!("UPDATE opener_keys SET public_key = {literal} WHERE person = 'opener-1'"));
        let publish = tender_steps::publish(&world.services, &buyer(), utrecht(), tender);
        assert_eq!(refusal(publish), "opener-key-altered");
    }
}
