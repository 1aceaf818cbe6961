//! Prices in an envelope of their own: sealed until the quality of every lot is fixed, then opened by two people.

use serde_json::Value;
use trede_base::page::{PageRequest, Start};
use trede_formats::dossier::{DisqualificationGround, DisqualificationRevocation, LowPriceQuestion};
use trede_formats::opening_report::{BidOutcome, OpenedBid};
use trede_model::assessing::dossier::DossierEntryId;
use trede_model::bidding::bid::BidId;
use trede_model::bidding::opening::{Envelope, OpeningState};
use trede_model::frame::role::Role;
use trede_model::telling::event::EventKind;
use trede_model::tendering::lot::{Lot, LotPath};
use trede_model::tendering::procedure::Step;
use trede_model::tendering::tender::{BidCustody, BidEnvelopes, TenderFacts, TenderId};
use trede_service::assessing::disqualifications::{self, NewDisqualification};
use trede_service::assessing::{low_price_inquiries, quality};
use trede_service::awarding::evaluations::{self, NewEvaluation};
use trede_service::bidding::bids::{self, NewBid};
use trede_service::bidding::openings::{self, NewOpening, Outcome};
use trede_service::frame::actor::Actor;
use trede_service::frame::error::ServiceError;
use trede_service::tendering::{award_models, lots, tender_steps};
use trede_wire::score_file::AwardModelInput;

use crate::usecases::assessors::{assessor, conclude, declare_none, score};
use crate::usecases::sealing::{flipped, literal, outcome_of, run, sealed, tamper};
use crate::usecases::world::{
    AFTER, DEADLINE, START, World, actor, attested, award_model, buyer, facts, findings, hand_over,
    is_forbidden, new_bid, openers, receipt, receive, refusal, utrecht, worlds,
};

pub const PRICES: NewOpening =
    NewOpening { envelope: Some(Envelope::Price), attestation: None, key_share: None };
const PAGE: PageRequest<BidId> = PageRequest { start: Start::First, limit: 50 };

pub fn two_envelopes() -> TenderFacts {
    TenderFacts { bid_envelopes: BidEnvelopes::Two, ..facts() }
}

/// Asks to open the prices.
pub fn ask(world: &World, opener: &Actor, tender: TenderId) -> Result<Outcome, ServiceError> {
    openings::open(&world.services, opener, utrecht(), tender, PRICES)
}

pub fn open_prices(world: &World, tender: TenderId) {
    let [first, second] = openers();
    assert!(matches!(ask(world, &first, tender).unwrap(), Outcome::Waiting(_)));
    assert!(matches!(ask(world, &second, tender).unwrap(), Outcome::Opened(_)));
}

/// A lot with two envelopes and bids of 100,001 euros and up, the quality envelopes open and all plans scored.
pub fn scored(world: &World, bids: u32) -> (LotPath, Vec<BidId>) {
    world.clock.set(START);
    let at = world.published(two_envelopes(), 1).1[0];
    let ids = (1..=bids).map(|number| world.bid(at, number, 100_000 + number).unwrap().id).collect();
    world.open(at.tender);
    score_all(world, at, &ids);
    (at, ids)
}

fn score_all(world: &World, at: LotPath, bids: &Vec<BidId>) {
    let assessor = assessor("assessor-1");
    declare_none(world, at, &assessor);
    for bid in bids {
        score(world, at, &assessor, (*bid, "8")).unwrap();
    }
}

pub fn price_of(world: &World, at: LotPath, id: BidId) -> Option<String> {
    let bid = bids::get(&world.services, &buyer(), at, id).unwrap();
    let offer: Value = serde_json::from_str(&bid.content).unwrap();
    let price = offer["price"].as_str().map(str::to_owned);
    assert_eq!(bid.price_sealed, price.is_none());
    price
}

pub fn last_report(world: &World, at: LotPath) -> Vec<OpenedBid> {
    let request = PageRequest { start: Start::First, limit: 50 };
    let all = openings::list(&world.services, &buyer(), utrecht(), at.tender, &request).unwrap().items;
    all.into_iter().rfind(|opening| opening.state == OpeningState::Opened).unwrap().bids
}

pub fn evaluate(world: &World, at: LotPath) -> Result<Value, ServiceError> {
    let new = NewEvaluation { reason: Some("beoordeling".to_owned()), ..NewEvaluation::default() };
    let made = evaluations::create(&world.services, &buyer(), at, new)?;
    Ok(serde_json::from_str::<Value>(&made.result).unwrap()["lots"][0].clone())
}

pub fn ranked(result: &Value) -> Vec<String> {
    let ranking = result["ranking"].as_array().unwrap().iter();
    ranking.map(|bid| bid["id"].as_str().unwrap().to_owned()).collect()
}

pub fn disqualify(world: &World, at: LotPath, bid: BidId) -> DossierEntryId {
    let reason = "Niet rechtsgeldig ondertekend".to_owned();
    let new = NewDisqualification { bid, ground: DisqualificationGround::Irregular, reason };
    disqualifications::create(&world.services, &buyer(), at, new).unwrap().entry.id
}

fn price_only() -> AwardModelInput {
    serde_json::from_value(serde_json::json!({
        "method": {"code": "lowest-price"}, "criteria": [{"id": "price", "kind": "price"}],
        "ties": [{"by": "lot"}], "motivation": "Standaardproduct"
    }))
    .unwrap()
}

fn replace_model(world: &World, at: LotPath, model: &AwardModelInput) {
    let version = world.get_lot(at).record.version;
    award_models::replace(&world.services, &buyer(), at, version, model).unwrap();
}

/// A published tender of two lots, of which on the second nothing is assessed.
fn with_price_only(world: &World, facts: TenderFacts) -> (TenderId, Vec<LotPath>) {
    let (tender, paths) = world.draft(facts, 2);
    replace_model(world, paths[1], &price_only());
    tender_steps::publish(&world.services, &buyer(), utrecht(), tender).unwrap();
    (tender, paths)
}

fn reopen(world: &World, at: LotPath, reason: &str) -> Result<Lot, ServiceError> {
    quality::reopen(&world.services, &buyer(), at, reason.to_owned())
}

#[test]
fn prices_are_opened_by_two_people_once_the_quality_of_every_lot_is_fixed() {
    for world in worlds() {
        let (tender, paths) = world.published(two_envelopes(), 2);
        let ids: Vec<BidId> = paths.iter().map(|at| world.bid(*at, 1, 123_456).unwrap().id).collect();
        let [first, second] = openers();
        assert_eq!(refusal(ask(&world, &first, tender)), "state-forbids");
        world.open(tender);
        assert_eq!(price_of(&world, paths[0], ids[0]), None);
        assert_eq!(refusal(ask(&world, &first, tender)), "quality-open");
        score_all(&world, paths[0], &vec![ids[0]]);
        conclude(&world, paths[0]).unwrap();
        let Err(ServiceError::Refused { code, detail, .. }) = ask(&world, &first, tender) else {
            panic!("the quality of lot 2 is not fixed");
        };
        assert_eq!(code, "quality-open");
        assert!(detail.contains("lot 2"), "{detail}");
        score_all(&world, paths[1], &vec![ids[1]]);
        conclude(&world, paths[1]).unwrap();
        assert_eq!(refusal(evaluate(&world, paths[0])), "prices-not-opened");
        assert!(matches!(ask(&world, &first, tender).unwrap(), Outcome::Waiting(_)));
        assert_eq!(refusal(ask(&world, &first, tender)), "second-person-needed");
        assert_eq!(price_of(&world, paths[0], ids[0]), None);
        assert!(matches!(ask(&world, &second, tender).unwrap(), Outcome::Opened(_)));
        for (at, id) in paths.iter().zip(&ids) {
            assert_eq!(price_of(&world, *at, *id).as_deref(), Some("123456"));
            assert!(world.get_lot(*at).prices_opened_at.is_some());
            assert_eq!(outcome_of(&last_report(&world, *at), *id), BidOutcome::Opened);
            let steps = lots::list_steps(&world.services, &buyer(), *at).unwrap();
            assert_eq!(steps.last().unwrap().step, Step::OpenPrices);
            evaluate(&world, *at).unwrap();
        }
        assert_eq!(refusal(ask(&world, &first, tender)), "prices-opened");
        assert_eq!(world.actions().iter().filter(|action| *action == "open_tender").count(), 4);
        let told = world.event_kinds();
        assert_eq!(told.iter().filter(|kind| **kind == EventKind::LotPricesOpened).count(), 2);
        assert_eq!(told.iter().filter(|kind| **kind == EventKind::OpeningRequested).count(), 2);
    }
}

#[test]
fn a_request_to_open_prices_expires_after_ten_minutes() {
    for world in worlds() {
        let (at, _) = scored(&world, 1);
        conclude(&world, at).unwrap();
        let [first, second] = openers();
        ask(&world, &first, at.tender).unwrap();
        world.clock.set("2026-02-16T11:15:00Z");
        assert!(matches!(ask(&world, &second, at.tender).unwrap(), Outcome::Waiting(_)));
        assert!(matches!(ask(&world, &first, at.tender).unwrap(), Outcome::Opened(_)));
    }
}

#[test]
fn an_envelope_that_the_tender_does_not_declare_is_not_opened() {
    for world in worlds() {
        let [first, _] = openers();
        let one = world.published_lot();
        let two = world.published(two_envelopes(), 1).1[0];
        world.clock.set(AFTER);
        let open = |at: LotPath, envelope| {
            let new = NewOpening { envelope: Some(envelope), ..NewOpening::default() };
            openings::open(&world.services, &first, utrecht(), at.tender, new)
        };
        assert_eq!(findings(open(one, Envelope::Price)), ["envelope-not-declared"]);
        assert_eq!(findings(open(one, Envelope::Quality)), ["envelope-not-declared"]);
        assert_eq!(findings(open(two, Envelope::Whole)), ["envelope-not-declared"]);
        for (at, envelope) in [(one, Envelope::Whole), (two, Envelope::Quality)] {
            let Outcome::Waiting(view) = open(at, envelope).unwrap() else { panic!("one person opened") };
            assert_eq!(view.opening.envelope, envelope);
        }
    }
}

#[test]
fn two_envelopes_are_published_only_where_each_has_something_in_it() {
    for world in worlds() {
        let (tender, paths) = world.draft(two_envelopes(), 1);
        replace_model(&world, paths[0], &price_only());
        let publish = || tender_steps::publish(&world.services, &buyer(), utrecht(), tender);
        let Err(ServiceError::Refused { code, detail, .. }) = publish() else {
            panic!("nothing is assessed")
        };
        assert_eq!(code, "tender-incomplete");
        assert!(detail.contains("two envelopes"), "{detail}");
        replace_model(&world, paths[0], &award_model());
        publish().unwrap();
    }
}

#[test]
fn a_price_envelope_that_was_changed_is_named_and_the_rest_is_opened() {
    for change in 0..5 {
        for world in worlds() {
            let (at, ids) = scored(&world, 3);
            conclude(&world, at).unwrap();
            let sent = sealed(&world, at);
            let victim = sent.iter().find(|bid| bid.head.id == ids[1]).unwrap();
            let price = &victim.envelopes.price;
            let other = &sent.iter().find(|bid| bid.head.id == ids[2]).unwrap().envelopes;
            let literal = |bytes: &[u8]| literal(&world, bytes);
            match change {
                0 => tamper(&world, victim, "price_part", &literal(&flipped(price, 0))),
                1 => tamper(&world, victim, "price_part", &literal(&flipped(price, price.len() - 1))),
                2 => tamper(&world, victim, "price_part", &literal(&other.price)),
                3 => {
                    let wrapped = literal(&flipped(&victim.envelopes.wrapped_key, 20));
                    tamper(&world, victim, "wrapped_key", &wrapped);
                }
                _ => run(&world, &format!("DELETE FROM sealed_bids WHERE hash = '{}'", victim.hash)),
            }
            open_prices(&world, at.tender);
            let found = last_report(&world, at);
            let lost = if change < 4 { BidOutcome::Unreadable } else { BidOutcome::Missing };
            let outcomes = [&ids[0], &ids[1], &ids[2]].map(|id| outcome_of(&found, *id));
            assert_eq!(outcomes, [BidOutcome::Opened, lost, BidOutcome::Opened]);
            assert_eq!(price_of(&world, at, ids[1]), None);
            assert_eq!(price_of(&world, at, ids[2]).as_deref(), Some("100003"));

            let Err(ServiceError::Refused { code, detail, .. }) = evaluate(&world, at) else {
                panic!("a bid without a price was evaluated");
            };
            assert_eq!(code, "prices-not-opened");
            assert!(detail.contains(&ids[1].to_string()), "{detail}");
            disqualify(&world, at, ids[1]);
            let result = evaluate(&world, at).unwrap();
            assert_eq!(ranked(&result), [ids[0].to_string(), ids[2].to_string()]);
        }
    }
}

#[test]
fn an_envelope_that_is_put_back_as_it_was_is_opened_afterwards() {
    for world in worlds() {
        let (at, ids) = scored(&world, 2);
        conclude(&world, at).unwrap();
        let sent = sealed(&world, at);
        let victim = sent.iter().find(|bid| bid.head.id == ids[0]).unwrap();
        let price = &victim.envelopes.price;
        tamper(&world, victim, "price_part", &literal(&world, &flipped(price, 9)));
        open_prices(&world, at.tender);
        assert_eq!(price_of(&world, at, ids[0]), None);
        let opened_at = world.get_lot(at).prices_opened_at;
        tamper(&world, victim, "price_part", &literal(&world, price));
        world.clock.set("2026-02-17T09:00:00Z");
        open_prices(&world, at.tender);
        assert_eq!(price_of(&world, at, ids[0]).as_deref(), Some("100001"));
        assert_eq!(last_report(&world, at).len(), 1, "what was opened is not opened again");
        assert_eq!(
            world.get_lot(at).prices_opened_at,
            opened_at,
            "the first opening is the moment that counts"
        );
    }
}

#[test]
fn the_envelope_of_a_bid_that_dropped_out_is_left_sealed_until_it_takes_part_again() {
    for world in worlds() {
        let (at, ids) = scored(&world, 3);
        disqualify(&world, at, ids[0]);
        conclude(&world, at).unwrap();
        let after_scoring = disqualify(&world, at, ids[1]);
        open_prices(&world, at.tender);
        let found = last_report(&world, at);
        let outcomes = [&ids[0], &ids[1], &ids[2]].map(|id| outcome_of(&found, *id));
        assert_eq!(outcomes, [BidOutcome::LeftSealed, BidOutcome::LeftSealed, BidOutcome::Opened]);
        assert_eq!(price_of(&world, at, ids[1]), None);
        assert_eq!(ranked(&evaluate(&world, at).unwrap()), [ids[2].to_string()]);
        assert_eq!(refusal(ask(&world, &openers()[0], at.tender)), "prices-opened");

        let revocation = DisqualificationRevocation {
            disqualification_id: after_scoring,
            reason: "De ondertekening bleek rechtsgeldig".to_owned(),
        };
        disqualifications::revoke(&world.services, &buyer(), at, revocation).unwrap();
        assert_eq!(refusal(evaluate(&world, at)), "prices-not-opened");
        open_prices(&world, at.tender);
        assert_eq!(price_of(&world, at, ids[1]).as_deref(), Some("100002"));
        assert_eq!(price_of(&world, at, ids[0]), None);
        assert_eq!(ranked(&evaluate(&world, at).unwrap()), [ids[1].to_string(), ids[2].to_string()]);
    }
}

#[test]
fn what_needs_a_price_says_that_the_prices_come_first() {
    for world in worlds() {
        let (at, ids) = scored(&world, 1);
        let question = LowPriceQuestion {
            bid_id: ids[0],
            question: "Hoe is de prijs opgebouwd?".to_owned(),
            answer_due_at: "2026-03-01T12:00:00Z".parse().unwrap(),
        };
        let asked = || low_price_inquiries::create(&world.services, &buyer(), at, question.clone());
        assert_eq!(refusal(asked()), "prices-not-opened");
        assert_eq!(refusal(evaluate(&world, at)), "quality-open");
        conclude(&world, at).unwrap();
        assert_eq!(refusal(evaluate(&world, at)), "prices-not-opened");
        open_prices(&world, at.tender);
        evaluate(&world, at).unwrap();
        asked().unwrap();
    }
}

#[test]
fn quality_is_reopened_with_a_reason_while_no_price_can_be_known() {
    for world in worlds() {
        let (at, ids) = scored(&world, 2);
        assert_eq!(refusal(reopen(&world, at, "Vergissing")), "quality-open");
        conclude(&world, at).unwrap();
        assert_eq!(findings(reopen(&world, at, " ")), ["text-needed"]);
        let [first, second] = openers();
        ask(&world, &first, at.tender).unwrap();
        assert_eq!(reopen(&world, at, "Score verkeerd overgenomen").unwrap().quality_fixed_at, None);
        assert_eq!(refusal(ask(&world, &second, at.tender)), "quality-open");
        let steps = lots::list_steps(&world.services, &buyer(), at).unwrap();
        assert_eq!(steps.last().unwrap().grounds.reason.as_deref(), Some("Score verkeerd overgenomen"));
        disqualify(&world, at, ids[1]);
        conclude(&world, at).unwrap();
        world.clock.set("2026-02-17T09:00:00Z");
        open_prices(&world, at.tender);
        assert_eq!(refusal(reopen(&world, at, "Te laat")), "prices-known");

        world.clock.set(START);
        let one = world.published_lot();
        let bid = world.bid(one, 1, 100_000).unwrap().id;
        world.open(one.tender);
        score_all(&world, one, &vec![bid]);
        conclude(&world, one).unwrap();
        assert_eq!(refusal(reopen(&world, one, "Vergissing")), "prices-known");
        assert!(is_forbidden(&quality::reopen(&world.services, &actor(Role::Assessor), at, "x".to_owned())));
    }
}

#[test]
fn prices_that_a_platform_hands_over_are_sealed_until_two_openers_open_them() {
    for world in worlds() {
        let kept_there = TenderFacts { bid_custody: BidCustody::Platform, ..two_envelopes() };
        let at = world.published(kept_there, 1).1[0];
        world.clock.set(AFTER);
        let platform = actor(Role::Platform);
        openings::open(&world.services, &platform, utrecht(), at.tender, attested(DEADLINE)).unwrap();
        let handed = |number, euros| {
            let receipt = Some(receipt("2026-02-16T10:00:00Z"));
            receive(&world.services, &platform, at, NewBid { receipt, ..new_bid(number, euros) })
        };
        let first = handed(1, 100_001).unwrap();
        assert_eq!(first.receipt_hash, "ab".repeat(32));
        assert_eq!(refusal(handed(1, 100_001)), "bid-exists");
        assert_eq!(sealed(&world, at).len(), 1, "what was refused left no envelope");
        hand_over(&world, at.tender, 1).unwrap();
        assert_eq!(price_of(&world, at, first.id), None);
        score_all(&world, at, &vec![first.id]);
        conclude(&world, at).unwrap();
        assert!(is_forbidden(&ask(&world, &platform, at.tender)), "the prices are kept here");
        let attested = NewOpening { envelope: Some(Envelope::Price), ..attested(DEADLINE) };
        let refused = openings::open(&world.services, &openers()[0], utrecht(), at.tender, attested);
        assert_eq!(findings(refused), ["attestation-not-asked"]);
        open_prices(&world, at.tender);
        assert_eq!(price_of(&world, at, first.id).as_deref(), Some("100001"));
        assert_eq!(ranked(&evaluate(&world, at).unwrap()), [first.id.to_string()]);
    }
}

#[test]
fn no_bid_is_handed_over_once_prices_are_known() {
    for world in worlds() {
        let kept_there = TenderFacts { bid_custody: BidCustody::Platform, ..two_envelopes() };
        let (tender, paths) = with_price_only(&world, kept_there);
        world.clock.set(AFTER);
        let platform = actor(Role::Platform);
        openings::open(&world.services, &platform, utrecht(), tender, attested(DEADLINE)).unwrap();
        // On a lot without criteria to assess, too: nothing but the hand-over stands before its prices.
        assert_eq!(refusal(ask(&world, &openers()[0], tender)), "hand-over-open");
        hand_over(&world, tender, 0).unwrap();
        conclude(&world, paths[0]).unwrap();
        open_prices(&world, tender);
        let receipt = Some(receipt("2026-02-16T10:00:00Z"));
        let late = receive(&world.services, &platform, paths[1], NewBid { receipt, ..new_bid(1, 100_000) });
        assert_eq!(refusal(late), "bid-after-hand-over");
    }
}

#[test]
fn before_the_prices_are_opened_a_page_of_bids_tells_none() {
    for world in worlds() {
        let (at, ids) = scored(&world, 3);
        conclude(&world, at).unwrap();
        let page = bids::list(&world.services, &buyer(), at, &PAGE).unwrap().items;
        assert_eq!(page.len(), ids.len());
        assert!(page.iter().all(|bid| bid.price_sealed && !bid.content.contains("10000")));
    }
}

#[test]
fn the_prices_of_several_hundred_bids_are_opened_in_seconds() {
    for world in worlds() {
        let (tender, paths) = with_price_only(&world, two_envelopes());
        for number in 1..=400 {
            world.bid(paths[1], number, 100_000 + number).unwrap();
        }
        world.open(tender);
        conclude(&world, paths[0]).unwrap();
        let started = std::time::Instant::now();
        open_prices(&world, tender);
        let taken = started.elapsed();
        println!("{}: the prices of 400 bids opened in {taken:?}", world.database.kind);
        assert!(taken.as_secs() < 10, "{taken:?} on {}", world.database.kind);
        let found = last_report(&world, paths[1]);
        assert_eq!(found.iter().filter(|bid| bid.outcome == BidOutcome::Opened).count(), 400);
    }
}
