//! What is sealed stays as it was received, or the opening says what is not; and keys can be changed.

use diesel::connection::SimpleConnection;
use tempfile::TempDir;
use trede_base::page::{PageRequest, Start};
use trede_formats::opening_report::{BidOutcome, OpenedBid};
use trede_model::bidding::bid::BidId;
use trede_model::bidding::sealed_bid::SealedBid;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::tender::TenderFacts;
use trede_sealing::keyring::{SealingKeys, generate};
use trede_sealing::receipt::{Received, verify};
use trede_service::Services;
use trede_service::bidding::bids::{self, BidReceipt};
use trede_service::bidding::openings::NewOpening;
use trede_service::bidding::{bid_withdrawals, openings, sealing_keys};
use trede_service::frame::actor::Actor;
use trede_service::frame::error::ServiceError;
use trede_service::tendering::tender_steps;
use trede_service::trust::{audit, operator_keys};
use trede_store::bidding::sealed_bids;
use trede_store::frame::connection::AnyConnection;
use trede_store::frame::error::StorageError;

use crate::support::without_guards;
use crate::usecases::world::{
    AFTER, World, actor, bidder, buyer, facts, is_forbidden, kvk, new_bid, receive, refusal, utrecht, worlds,
};

const PAGE: PageRequest<BidId> = PageRequest { start: Start::First, limit: 100 };

pub fn sealed(world: &World, at: LotPath) -> Vec<SealedBid> {
    let found: Result<_, StorageError> =
        world.database.db.read(|c| sealed_bids::all_of_lot(c, at.municipality, at.lot));
    found.unwrap()
}

pub fn run(world: &World, statement: &str) {
    without_guards(&world.database.db);
    let done: Result<(), StorageError> = world.database.db.read(|c| match c {
        AnyConnection::Postgres(c) => Ok(c.batch_execute(statement)?),
        AnyConnection::Sqlite(c) => Ok(c.batch_execute(statement)?),
    });
    done.unwrap();
}

pub fn literal(world: &World, bytes: &[u8]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    if world.database.kind == "sqlite" { format!("x'{hex}'") } else { format!("'\\x{hex}'::bytea") }
}

/// Changes a column of the sealed bid.
pub fn tamper(world: &World, bid: &SealedBid, column: &str, value: &str) {
    run(world, &format!("UPDATE sealed_bids SET {column} = {value} WHERE hash = '{}'", bid.hash));
}

pub fn flipped(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut flipped = bytes.to_vec();
    flipped[at] ^= 1;
    flipped
}

fn found(world: &World, at: LotPath) -> Vec<OpenedBid> {
    let request = PageRequest { start: Start::First, limit: 10 };
    let [opening] = openings::list(&world.services, &buyer(), utrecht(), at.tender, &request)
        .unwrap()
        .items
        .try_into()
        .unwrap();
    opening.bids
}

pub fn outcome_of(found: &[OpenedBid], id: BidId) -> BidOutcome {
    found.iter().find(|bid| bid.bid_id.as_deref() == Some(id.to_string().as_str())).unwrap().outcome
}

fn opened_ids(world: &World, at: LotPath) -> Vec<BidId> {
    let opened = bids::list(&world.services, &buyer(), at, &PAGE).unwrap().items;
    opened.into_iter().map(|bid| bid.id).collect()
}

fn withdraw(world: &World, at: LotPath, number: u32) -> Result<BidReceipt, ServiceError> {
    let (services, hash) = (&world.services, "ab".repeat(32));
    bid_withdrawals::create(services, &bidder(number), at, kvk(number), hash, services.now())
}

/// Ways to change one sealed bid, each by a column and its new value.
fn changes(world: &World, bid: &SealedBid, other: &SealedBid) -> Vec<(&'static str, String)> {
    let parts = &bid.envelopes;
    let last = parts.price.len() - 1;
    let text = |time: &str| format!("'{time}'");
    vec![
        ("wrapped_key", literal(world, &flipped(&parts.wrapped_key, 0))),
        ("quality_part", literal(world, &flipped(&parts.quality, 40))),
        ("price_part", literal(world, &flipped(&parts.price, last))),
        ("price_part", literal(world, &other.envelopes.price)),
        ("quality_part", literal(world, b"")),
        ("bidder_index", literal(world, &flipped(&bid.head.bidder_index, 3))),
        ("is_withdrawal", if world.database.kind == "sqlite" { "1" } else { "true" }.to_owned()),
        ("received_at", text("2026-01-04T09:00:00.000000Z")),
    ]
}

#[test]
fn a_bid_that_was_changed_is_named_at_the_opening_and_the_rest_is_opened() {
    let kinds = worlds().into_iter().map(|world| {
        let at = world.published_lot();
        (1..=2).for_each(|number| drop(world.bid(at, number, 100_000).unwrap()));
        let sent = sealed(&world, at);
        changes(&world, &sent[0], &sent[1]).len()
    });
    for change in 0..kinds.max().unwrap() {
        for world in worlds() {
            let at = world.published_lot();
            let ids = [1, 2, 3].map(|number| world.bid(at, number, 100_000 + number).unwrap().id);
            let sent = sealed(&world, at);
            let victim = sent.iter().find(|bid| bid.head.id == ids[1]).unwrap();
            let (column, value) = changes(&world, victim, &sent[0]).swap_remove(change);
            tamper(&world, victim, column, &value);
            world.open(at.tender);
            let found = found(&world, at);
            let outcomes = ids.map(|id| outcome_of(&found, id));
            let expected = [BidOutcome::Opened, BidOutcome::Unreadable, BidOutcome::Opened];
            assert_eq!(outcomes, expected, "{column} on {}", world.database.kind);
            assert_eq!(opened_ids(&world, at), [ids[0], ids[2]]);
        }
    }
}

#[test]
fn a_bid_that_was_taken_away_or_moved_to_another_lot_is_missed() {
    for world in worlds() {
        let (tender, paths) = world.published(facts(), 2);
        let gone = world.bid(paths[0], 1, 100_000).unwrap();
        let moved = world.bid(paths[0], 2, 100_000).unwrap();
        run(&world, &format!("DELETE FROM sealed_bids WHERE hash = '{}'", gone.receipt_hash));
        let sent = sealed(&world, paths[0]);
        let lot = literal(&world, paths[1].lot.uuid().as_bytes());
        let lot = if world.database.kind == "sqlite" { lot } else { format!("'{}'", paths[1].lot) };
        tamper(&world, &sent[0], "lot_id", &lot);
        world.open(tender);
        let found = found(&world, paths[0]);
        let missing: Vec<_> = found.iter().filter(|bid| bid.outcome == BidOutcome::Missing).collect();
        assert_eq!(missing.len(), 1);
        assert_eq!(missing[0].sealed_hash, gone.receipt_hash);
        assert_eq!(outcome_of(&found, moved.id), BidOutcome::Unreadable);
    }
}

#[test]
fn an_earlier_bid_does_not_come_back_when_the_later_one_cannot_be_opened() {
    for world in worlds() {
        let at = world.published_lot();
        let earlier = world.bid(at, 1, 100_000).unwrap();
        world.clock.set("2026-01-06T09:00:00Z");
        let later = world.bid(at, 1, 90_000).unwrap();
        let sent = sealed(&world, at);
        let victim = sent.iter().find(|bid| bid.head.id == later.id).unwrap();
        tamper(&world, victim, "price_part", &literal(&world, &flipped(&victim.envelopes.price, 0)));
        world.open(at.tender);
        let found = found(&world, at);
        assert_eq!(outcome_of(&found, earlier.id), BidOutcome::BeforeUnreadable);
        assert_eq!(outcome_of(&found, later.id), BidOutcome::Unreadable);
        assert!(opened_ids(&world, at).is_empty());
    }
}

#[test]
fn a_withdrawn_bid_is_not_opened_and_a_later_one_is() {
    for world in worlds() {
        let at = world.published_lot();
        world.bid(at, 1, 100_000).unwrap();
        world.bid(at, 2, 100_000).unwrap();
        world.clock.set("2026-01-06T09:00:00Z");
        withdraw(&world, at, 1).unwrap();
        withdraw(&world, at, 2).unwrap();
        // Who has not bid is answered the same.
        withdraw(&world, at, 3).unwrap();
        world.clock.set("2026-01-07T09:00:00Z");
        let again = world.bid(at, 2, 95_000).unwrap();
        world.open(at.tender);
        assert_eq!(opened_ids(&world, at), [again.id]);
        assert_eq!(refusal(withdraw(&world, at, 2)), "bid-too-late");
    }
}

#[test]
fn nobody_withdraws_anothers_bid() {
    for world in worlds() {
        let at = world.published_lot();
        let (services, hash) = (&world.services, "ab".repeat(32));
        let forged = bid_withdrawals::create(services, &bidder(2), at, kvk(1), hash, services.now());
        assert!(is_forbidden(&forged));
    }
}

fn platform(subject: &str) -> Actor {
    Actor { subject: subject.to_owned(), ..actor(Role::Platform) }
}

#[test]
fn no_platform_replaces_or_withdraws_what_somebody_else_sent() {
    for world in worlds() {
        let at = world.published_lot();
        let (services, hash) = (&world.services, "ab".repeat(32));
        let own = world.bid(at, 1, 100_000).unwrap();
        let others = receive(services, &platform("platform-1"), at, new_bid(2, 100_000)).unwrap();
        world.clock.set("2026-01-06T09:00:00Z");
        let stranger = platform("platform-2");
        for number in [1, 2] {
            receive(services, &stranger, at, new_bid(number, 999_000)).unwrap();
            bid_withdrawals::create(services, &stranger, at, kvk(number), hash.clone(), services.now())
                .unwrap();
        }
        world.open(at.tender);
        assert_eq!(opened_ids(&world, at), [own.id, others.id]);
        let found = found(&world, at);
        let strange: Vec<_> = found.iter().filter(|bid| bid.outcome == BidOutcome::NotTheirs).collect();
        assert_eq!(strange.len(), 4);
        assert!(strange.iter().all(|bid| bid.sent_by.as_deref() == Some("platform-2")));
    }
}

#[test]
fn who_sent_a_bid_and_its_bidder_replace_and_withdraw_it_and_the_opening_lists_that() {
    for world in worlds() {
        let at = world.published_lot();
        let (services, hash) = (&world.services, "ab".repeat(32));
        let sender = platform("platform-1");
        let first = receive(services, &sender, at, new_bid(1, 100_000)).unwrap();
        let taken_back = receive(services, &sender, at, new_bid(2, 100_000)).unwrap();
        world.clock.set("2026-01-06T09:00:00Z");
        let second = receive(services, &sender, at, new_bid(1, 99_000)).unwrap();
        let withdrawal = withdraw(&world, at, 2).unwrap();
        world.clock.set("2026-01-07T09:00:00Z");
        let own = world.bid(at, 1, 98_000).unwrap();
        bid_withdrawals::create(services, &sender, at, kvk(3), hash, services.now()).unwrap();
        world.open(at.tender);
        assert_eq!(opened_ids(&world, at), [own.id]);
        let found = found(&world, at);
        let told = |id: BidId| {
            let bid = found.iter().find(|bid| bid.bid_id == Some(id.to_string())).unwrap();
            (bid.outcome, bid.sent_by.clone().unwrap())
        };
        let by = |who: &str| who.to_owned();
        assert_eq!(told(first.id), (BidOutcome::Replaced, by("platform-1")));
        assert_eq!(told(second.id), (BidOutcome::Replaced, by("platform-1")));
        assert_eq!(told(own.id), (BidOutcome::Opened, by("bidder-1")));
        assert_eq!(told(taken_back.id), (BidOutcome::Withdrawn, by("platform-1")));
        assert_eq!(told(withdrawal.id), (BidOutcome::Withdrawal, by("bidder-1")));
        assert_eq!(found.len(), 6);
    }
}

#[test]
fn a_withdrawn_bid_leaves_room_for_another_lot() {
    for world in worlds() {
        let (_, paths) = world.published(TenderFacts { max_lots_per_bidder: Some(1), ..facts() }, 2);
        world.bid(paths[0], 1, 100_000).unwrap();
        assert_eq!(refusal(world.bid(paths[1], 1, 100_000)), "too-many-lots");
        world.clock.set("2026-01-06T09:00:00Z");
        world.bid(paths[0], 1, 90_000).unwrap();
        withdraw(&world, paths[0], 1).unwrap();
        world.clock.set("2026-01-07T09:00:00Z");
        assert!(world.bid(paths[1], 1, 100_000).is_ok());
    }
}

#[test]
fn a_receipt_holds_under_the_key_that_anybody_can_read() {
    for world in worlds() {
        let at = world.published_lot();
        let receipt = world.bid(at, 1, 100_000).unwrap();
        let key = sealing_keys::receipt_key(&world.services, utrecht(), at.tender).unwrap();
        let key_set = trede_formats::receipt_keys::ReceiptKeySet::of_tender(&at.tender.to_string(), &key);
        let key_set = serde_json::to_string(&key_set).unwrap();
        let says = verify(&key_set, &receipt.signed.unwrap()).unwrap();
        assert_eq!((says.received, says.sealed_hash), (Received::Bid, receipt.receipt_hash));
        assert_eq!((says.bid_id, says.received_at), (receipt.id.to_string(), receipt.received_at));
        let withdrawn = withdraw(&world, at, 1).unwrap();
        assert_eq!(verify(&key_set, &withdrawn.signed.unwrap()).unwrap().received, Received::Withdrawal);
    }
}

#[test]
fn without_a_key_no_tender_is_published_whose_bids_are_kept_here() {
    for world in worlds() {
        let (tender, _) = world.draft(facts(), 1);
        let keyless = Services::new(world.database.db.clone(), world.clock.clone());
        let refused = tender_steps::publish(&keyless, &buyer(), utrecht(), tender);
        assert_eq!(refusal(refused), "no-sealing-key");
    }
}

/// The use cases after a restart: nothing is remembered.
fn restarted(world: &World, keys: &SealingKeys) -> Services {
    Services::new(world.database.db.clone(), world.clock.clone()).with_sealing_keys(keys.clone())
}

#[test]
fn keys_are_changed_while_bids_come_in_and_the_old_one_can_go() {
    for mut world in worlds() {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("sealing.keys");
        let (old, new) = (generate("old").unwrap(), generate("new").unwrap());
        std::fs::write(&file, &old).unwrap();
        let keys = SealingKeys::File(file.clone());
        world.services = restarted(&world, &keys);
        let at = world.published_lot();
        let first = world.bid(at, 1, 100_000).unwrap();

        std::fs::write(&file, format!("{old}\n{new}\n")).unwrap();
        let (_, younger) = world.published(facts(), 1);
        let uses =
            |services: &Services| operator_keys::uses(services).unwrap().into_iter().collect::<Vec<_>>();
        assert_eq!(uses(&world.services), [("new".to_owned(), 1), ("old".to_owned(), 1)]);
        assert_eq!(operator_keys::rewrap_all(&world.services).unwrap(), 1);
        assert_eq!(uses(&world.services), [("new".to_owned(), 2), ("old".to_owned(), 0)]);
        assert_eq!(operator_keys::rewrap_all(&world.services).unwrap(), 0);

        std::fs::write(&file, &new).unwrap();
        world.services = restarted(&world, &keys);
        let second = world.bid(at, 2, 100_000).unwrap();
        world.bid(younger[0], 1, 100_000).unwrap();
        world.open(at.tender);
        assert_eq!(opened_ids(&world, at), [first.id, second.id]);
    }
}

#[test]
fn with_the_key_lost_nothing_is_opened_and_with_the_key_back_everything() {
    for mut world in worlds() {
        let at = world.published_lot();
        let bid = world.bid(at, 1, 100_000).unwrap();
        let right = world.services.clone();
        world.services = restarted(&world, &SealingKeys::Text(generate("other").unwrap().into()));
        let unknown = receive(&world.services, &bidder(2), at, new_bid(2, 100_000));
        assert!(matches!(unknown, Err(ServiceError::Unavailable { .. })), "{unknown:?}");
        world.clock.set(AFTER);
        let [first, second] = crate::usecases::world::openers();
        openings::open(&world.services, &first, utrecht(), at.tender, NewOpening::default()).unwrap();
        let refused = openings::open(&world.services, &second, utrecht(), at.tender, NewOpening::default());
        assert!(matches!(refused, Err(ServiceError::Unavailable { .. })), "{refused:?}");
        world.services = right;
        openings::open(&world.services, &second, utrecht(), at.tender, NewOpening::default()).unwrap();
        assert_eq!(opened_ids(&world, at), [bid.id]);
    }
}

#[test]
fn the_trail_of_the_vault_is_read_after_the_opening_only_and_holds() {
    for world in worlds() {
        let at = world.published_lot();
        let receipt = world.bid(at, 1, 100_000).unwrap();
        let auditor = actor(Role::Auditor);
        let page = PageRequest { start: Start::First, limit: 10 };
        let trail = || audit::list_of_vault(&world.services, &auditor, utrecht(), at.tender, &page);
        assert_eq!(refusal(trail()), "bids-not-opened");
        let told = audit::anchors(&world.database.db, world.services.now()).unwrap();
        assert!(told.iter().all(|anchor| !anchor.link.chain.scope.to_string().contains("tenders")));
        world.open(at.tender);
        let [record] = trail().unwrap().items.try_into().unwrap();
        assert!(record.act.object.ends_with(&receipt.receipt_hash));
        assert_eq!((record.act.actor.as_str(), record.act.address), ("sealed", None));
        let chains = audit::verify(&world.database.db, &[]).unwrap().chains;
        assert!(chains.iter().any(|chain| chain.chain.scope.to_string().contains("/tenders/")));
        assert!(chains.iter().all(|chain| chain.breaches.is_empty()));
    }
}

#[test]
fn an_opening_of_several_hundred_bids_is_done_in_seconds() {
    for world in worlds() {
        let at = world.published_lot();
        for number in 1..=400 {
            world.bid(at, number, 100_000 + number).unwrap();
        }
        let started = std::time::Instant::now();
        world.open(at.tender);
        let taken = started.elapsed();
        println!("{}: 400 bids opened in {taken:?}", world.database.kind);
        assert!(taken.as_secs() < 10, "{taken:?} on {}", world.database.kind);
        assert_eq!(found(&world, at).len(), 400);
    }
}
