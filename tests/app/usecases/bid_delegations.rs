//! Who acts for a bidder: only whom it named, as long as it did, and before the opening nobody else knows.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use trede_base::page::{PageRequest, Start};
use trede_formats::opening_report::{BidOutcome, DelegationWord};
use trede_model::bidding::bid::BidId;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::tender::{BidCustody, TenderFacts};
use trede_model::trust::audit::AuditScope;
use trede_sealing::receipt::{Received, verify};
use trede_service::bidding::bid_delegations::{self, NewDelegation};
use trede_service::bidding::bids::{self, BidReceipt};
use trede_service::bidding::openings::{self, OpeningView};
use trede_service::bidding::{bid_withdrawals, sealing_keys};
use trede_service::frame::actor::Actor;
use trede_service::frame::error::ServiceError;

use crate::support::acts::acts_in;
use crate::usecases::sealing::{flipped, literal, outcome_of, sealed, tamper};
use crate::usecases::world::{
    AFTER, START, World, actor, bidder, buyer, facts, findings, is_forbidden, kvk, new_bid, receive, refusal,
    utrecht, worlds,
};

const PAGE: PageRequest<BidId> = PageRequest { start: Start::First, limit: 100 };

fn platform(subject: &str) -> Actor {
    Actor { subject: subject.to_owned(), ..actor(Role::Platform) }
}

/// Somebody whose token names another organisation than the one that bids.
fn adviser() -> Actor {
    Actor { subject: "adviseur-1".to_owned(), ..bidder(9) }
}

fn say(
    world: &World,
    who: &Actor,
    at: LotPath,
    delegate: &str,
    is_given: bool,
) -> Result<BidReceipt, ServiceError> {
    let new = NewDelegation { delegate: delegate.to_owned(), is_given };
    let services = &world.services;
    bid_delegations::create(services, who, at, new, "ab".repeat(32), services.now())
}

fn send(world: &World, who: &Actor, at: LotPath, euros: u32) -> Result<BidReceipt, ServiceError> {
    receive(&world.services, who, at, new_bid(1, euros))
}

fn withdraw(world: &World, who: &Actor, at: LotPath) -> Result<BidReceipt, ServiceError> {
    let services = &world.services;
    bid_withdrawals::create(services, who, at, kvk(1), "ab".repeat(32), services.now())
}

fn opened_ids(world: &World, at: LotPath) -> Vec<BidId> {
    let opened = bids::list(&world.services, &buyer(), at, &PAGE).unwrap().items;
    opened.into_iter().map(|bid| bid.id).collect()
}

fn opening(world: &World, at: LotPath) -> OpeningView {
    let request = PageRequest { start: Start::First, limit: 10 };
    openings::list(&world.services, &buyer(), utrecht(), at.tender, &request).unwrap().items.remove(0)
}

fn at_hour(world: &World, hour: usize) {
    world.clock.set(&format!("2026-01-06T{hour:02}:00:00Z"));
}

#[test]
fn whom_a_bidder_delegated_replaces_its_bid_and_the_opening_tells_who_acted_for_whom() {
    for world in worlds() {
        let at = world.published_lot();
        let own = world.bid(at, 1, 100_000).unwrap();
        at_hour(&world, 1);
        let given = say(&world, &bidder(1), at, "platform-7", true).unwrap();
        at_hour(&world, 2);
        let replaced = send(&world, &platform("platform-7"), at, 99_000).unwrap();
        at_hour(&world, 3);
        let taken_back = say(&world, &bidder(1), at, "platform-7", false).unwrap();
        at_hour(&world, 4);
        let late = send(&world, &platform("platform-7"), at, 1).unwrap();
        let withdrawal = withdraw(&world, &platform("platform-7"), at).unwrap();
        world.open(at.tender);
        assert_eq!(opened_ids(&world, at), [replaced.id]);
        let view = opening(&world, at);
        assert_eq!(outcome_of(&view.bids, own.id), BidOutcome::Replaced);
        assert_eq!(outcome_of(&view.bids, replaced.id), BidOutcome::Opened);
        assert_eq!(outcome_of(&view.bids, late.id), BidOutcome::NotTheirs);
        assert_eq!(outcome_of(&view.bids, withdrawal.id), BidOutcome::NotTheirs);
        let told = |id: BidId| view.bids.iter().find(|bid| bid.bid_id == Some(id.to_string())).unwrap();
        assert_eq!(told(replaced.id).sent_by.as_deref(), Some("platform-7"));
        assert_eq!(told(replaced.id).delegation_id, Some(given.id.to_string()));
        assert_eq!((&told(own.id).delegation_id, &told(late.id).delegation_id), (&None, &None));
        let said: Vec<_> = view
            .delegations
            .iter()
            .map(|said| {
                assert_eq!(
                    (said.bidder_kvk_number.as_str(), said.delegate.as_str(), said.said_by.as_str()),
                    ("00000001", "platform-7", "bidder-1")
                );
                (said.word, said.delegation_id.clone(), said.sealed_hash.clone())
            })
            .collect();
        let of = |word, receipt: &BidReceipt| (word, receipt.id.to_string(), receipt.receipt_hash.clone());
        assert_eq!(said, [of(DelegationWord::Given, &given), of(DelegationWord::TakenBack, &taken_back)]);
        // What was said stands in the trail of the vault as what was sent does, by its hash and without a name.
        let trail = acts_in(&world.database.db, AuditScope::Vault(utrecht(), at.tender));
        for (action, receipt) in [("create_bid_delegation", &given), ("withdraw_bid_delegation", &taken_back)]
        {
            let act = trail.iter().find(|act| act.object.ends_with(&receipt.receipt_hash)).unwrap();
            assert_eq!((act.action.as_str(), act.actor.as_str()), (action, "sealed"));
        }
    }
}

#[test]
fn a_person_of_another_organisation_acts_for_a_bidder_only_while_it_is_delegated() {
    for world in worlds() {
        let at = world.published_lot();
        assert!(
            is_forbidden(&send(&world, &adviser(), at, 1)) && is_forbidden(&withdraw(&world, &adviser(), at))
        );
        say(&world, &bidder(1), at, "adviseur-1", true).unwrap();
        at_hour(&world, 1);
        let sent = send(&world, &adviser(), at, 100_000).unwrap();
        // For this bidder alone, and on this lot alone.
        assert!(is_forbidden(&receive(&world.services, &adviser(), at, new_bid(2, 1))));
        let elsewhere = world.published_lot();
        assert!(is_forbidden(&send(&world, &adviser(), elsewhere, 1)));
        let other = Actor { subject: "adviseur-2".to_owned(), ..bidder(9) };
        assert!(is_forbidden(&send(&world, &other, at, 1)));
        at_hour(&world, 2);
        say(&world, &bidder(1), at, "adviseur-1", false).unwrap();
        assert!(
            is_forbidden(&send(&world, &adviser(), at, 1)) && is_forbidden(&withdraw(&world, &adviser(), at))
        );
        world.open(at.tender);
        assert_eq!(opened_ids(&world, at), [sent.id]);
    }
}

#[test]
fn nobody_but_the_bidder_says_who_acts_for_it() {
    for world in worlds() {
        let at = world.published_lot();
        let own = world.bid(at, 1, 100_000).unwrap();
        at_hour(&world, 1);
        for who in [platform("platform-7"), buyer(), actor(Role::Bidder), actor(Role::Administrator)] {
            assert!(is_forbidden(&say(&world, &who, at, "platform-7", true)), "{}", who.subject);
        }
        // Another bidder says so for itself, and who is delegated delegates nobody.
        say(&world, &bidder(2), at, "platform-7", true).unwrap();
        say(&world, &bidder(1), at, "adviseur-1", true).unwrap();
        say(&world, &adviser(), at, "platform-7", true).unwrap();
        at_hour(&world, 2);
        let forged = send(&world, &platform("platform-7"), at, 1).unwrap();
        world.open(at.tender);
        assert_eq!(opened_ids(&world, at), [own.id]);
        assert_eq!(outcome_of(&opening(&world, at).bids, forged.id), BidOutcome::NotTheirs);
    }
}

#[test]
fn who_acts_for_a_bidder_is_said_while_the_lot_takes_bids_that_are_kept_here() {
    for world in worlds() {
        let at = world.published_lot();
        for delegate in ["", " ", "sealed", "trede", "removed:1"] {
            assert!(!findings(say(&world, &bidder(1), at, delegate, true)).is_empty(), "{delegate}");
        }
        let kept_there =
            world.published(TenderFacts { bid_custody: BidCustody::Platform, ..facts() }, 1).1[0];
        assert!(is_forbidden(&say(&world, &bidder(1), kept_there, "platform-7", true)));
        assert!(is_forbidden(&send(&world, &adviser(), kept_there, 1)));
        world.clock.set(AFTER);
        assert_eq!(refusal(say(&world, &bidder(1), at, "platform-7", true)), "bid-too-late");
        assert_eq!(refusal(say(&world, &bidder(1), at, "platform-7", false)), "bid-too-late");
    }
}

#[test]
fn what_is_said_of_delegates_is_answered_the_same_whatever_was_said_or_sent() {
    for world in worlds() {
        let (_, paths) = world.published(facts(), 2);
        world.bid(paths[0], 1, 100_000).unwrap();
        say(&world, &bidder(1), paths[0], "platform-7", true).unwrap();
        let key = sealing_keys::receipt_key(&world.services, utrecht(), paths[0].tender).unwrap();
        let key_set =
            trede_formats::receipt_keys::ReceiptKeySet::of_tender(&paths[0].tender.to_string(), &key);
        let key_set = serde_json::to_string(&key_set).unwrap();
        for at in paths {
            for (is_given, expected) in
                [(true, Received::Delegation), (false, Received::DelegationWithdrawal)]
            {
                let receipt = say(&world, &bidder(1), at, "platform-7", is_given).unwrap();
                let says = verify(&key_set, &receipt.signed.unwrap()).unwrap();
                assert_eq!((says.received, says.sealed_hash), (expected, receipt.receipt_hash));
            }
        }
    }
}

#[test]
fn who_cannot_open_the_vault_does_not_see_whose_delegation_it_is() {
    for world in worlds() {
        let at = world.published_lot();
        let own = world.bid(at, 1, 100_000).unwrap();
        say(&world, &bidder(1), at, "platform-7", true).unwrap();
        let rows = sealed(&world, at);
        let bid = rows.iter().find(|row| row.head.id == own.id).unwrap();
        let said: Vec<_> = rows.iter().filter(|row| row.head.is_withdrawal).collect();
        assert_eq!(said.len(), 1, "it looks like a withdrawal");
        assert_ne!(said[0].head.bidder_index, bid.head.bidder_index);
        let whole = [&said[0].envelopes.quality, &said[0].envelopes.price];
        assert!(whole.iter().all(|part| !part.windows(10).any(|found| found == b"platform-7")));
    }
}

#[test]
fn a_word_that_was_changed_leaves_in_doubt_what_hangs_on_it() {
    for world in worlds() {
        for is_given in [true, false] {
            world.clock.set(START);
            let at = world.published_lot();
            at_hour(&world, 1);
            let word = say(&world, &bidder(1), at, "platform-7", is_given).unwrap();
            let other = world.bid(at, 2, 100_000).unwrap();
            at_hour(&world, 2);
            let sent = send(&world, &platform("platform-7"), at, 1).unwrap();
            let rows = sealed(&world, at);
            let victim = rows.iter().find(|row| row.head.id == word.id).unwrap();
            tamper(&world, victim, "quality_part", &literal(&world, &flipped(&victim.envelopes.quality, 30)));
            world.open(at.tender);
            let found = opening(&world, at).bids;
            assert_eq!(outcome_of(&found, word.id), BidOutcome::Unreadable);
            assert_eq!(outcome_of(&found, sent.id), BidOutcome::BeforeUnreadable, "{}", world.database.kind);
            assert_eq!(opened_ids(&world, at), [other.id]);
        }
    }
}

#[test]
fn a_delegate_makes_room_on_another_lot_and_one_that_was_sent_away_takes_none() {
    for world in worlds() {
        let (_, paths) = world.published(TenderFacts { max_lots_per_bidder: Some(1), ..facts() }, 2);
        say(&world, &bidder(1), paths[0], "platform-7", true).unwrap();
        at_hour(&world, 1);
        world.bid(paths[0], 1, 100_000).unwrap();
        assert_eq!(refusal(world.bid(paths[1], 1, 100_000)), "too-many-lots");
        at_hour(&world, 2);
        withdraw(&world, &platform("platform-7"), paths[0]).unwrap();
        at_hour(&world, 3);
        world.bid(paths[1], 1, 100_000).unwrap();
        // The other way about: what counts for nothing takes no room.
        let (_, paths) = world.published(TenderFacts { max_lots_per_bidder: Some(1), ..facts() }, 2);
        say(&world, &bidder(1), paths[0], "platform-7", false).unwrap();
        at_hour(&world, 4);
        send(&world, &platform("platform-7"), paths[0], 1).unwrap();
        at_hour(&world, 5);
        world.bid(paths[1], 1, 100_000).unwrap();
    }
}

/// Who does something, and what.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Own(bool),
    Delegate(usize, bool),
    By(usize, bool),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        any::<bool>().prop_map(Deed::Own),
        (0..2_usize, any::<bool>()).prop_map(|(who, is_given)| Deed::Delegate(who, is_given)),
        (0..2_usize, any::<bool>()).prop_map(|(who, is_bid)| Deed::By(who, is_bid)),
    ];
    proptest::collection::vec(deed, 1..9)
}

/// What stands at the end, by the price of it, told in the simplest way: nobody but the bidder and whom it names now
/// changes what stands, unless it sent that itself without ever being spoken of.
fn expected(deeds: &[Deed]) -> Option<usize> {
    let mut words: [Option<bool>; 2] = [None, None];
    // Which deed stands, and who alone may change it beside the bidder.
    let mut standing: Option<(usize, Option<usize>)> = None;
    for (place, deed) in deeds.iter().enumerate() {
        let (by, is_bid) = match *deed {
            Deed::Delegate(who, is_given) => {
                words[who] = Some(is_given);
                continue;
            }
            Deed::Own(is_bid) => (None, is_bid),
            Deed::By(who, is_bid) => match words[who] {
                Some(true) => (None, is_bid),
                Some(false) => continue,
                None => (Some(who), is_bid),
            },
        };
        let may = by.is_none() || standing.is_none_or(|(_, owner)| owner == by);
        if may {
            standing = is_bid.then_some((place, by));
        }
    }
    standing.map(|(place, _)| place)
}

#[test]
fn what_counts_is_what_the_bidder_or_whom_it_names_sent_last() {
    for world in worlds() {
        let who = [platform("platform-7"), platform("platform-8")];
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        for _ in 0..40 {
            let deeds = deeds().new_tree(&mut runner).unwrap().current();
            world.clock.set(START);
            let at = world.published_lot();
            for (place, deed) in deeds.iter().enumerate() {
                at_hour(&world, place + 1);
                let euros = 1_000 + u32::try_from(place).unwrap();
                match *deed {
                    Deed::Own(true) => drop(send(&world, &bidder(1), at, euros).unwrap()),
                    Deed::Own(false) => drop(withdraw(&world, &bidder(1), at).unwrap()),
                    Deed::Delegate(of, is_given) => {
                        drop(say(&world, &bidder(1), at, &who[of].subject, is_given).unwrap());
                    }
                    Deed::By(of, true) => drop(send(&world, &who[of], at, euros).unwrap()),
                    Deed::By(of, false) => drop(withdraw(&world, &who[of], at).unwrap()),
                }
            }
            world.open(at.tender);
            let opened: Vec<_> = world
                .database
                .db
                .read(|c| trede_store::bidding::bids::all_of_lot(c, at.municipality, at.lot))
                .unwrap();
            let prices: Vec<_> = opened.into_iter().map(|bid| bid.content).collect();
            let kind = world.database.kind;
            match expected(&deeds) {
                None => assert!(prices.is_empty(), "{kind} {deeds:?}: {prices:?}"),
                Some(place) => {
                    assert_eq!(prices.len(), 1, "{kind} {deeds:?}");
                    assert!(prices[0].contains(&(1_000 + place).to_string()), "{kind} {deeds:?}: {prices:?}");
                }
            }
        }
    }
}
