//! A municipality with people in it, and tenders that are as far as a test wants.

use std::collections::BTreeSet;
use std::sync::Arc;

use trede_base::cpv::CpvCodes;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::record::Version;
use trede_formats::offer::OfferInput;
use trede_model::bidding::hand_over::HandOver;
use trede_model::frame::role::Role;
use trede_model::telling::event::EventKind;
use trede_model::tendering::lot::{Lot, LotFacts, LotPath};
use trede_model::tendering::tender::{BidCustody, BidEnvelopes, TenderFacts, TenderId};
use trede_model::trust::audit::AuditScope;
use trede_service::Services;
use trede_service::bidding::bids;
use trede_service::bidding::bids::{BidReceipt, NewBid, PlatformReceipt};
use trede_service::bidding::hand_overs;
use trede_service::bidding::openings::{self, Attestation, NewOpening};
use trede_service::frame::actor::{Actor, RequestOrigin};
use trede_service::frame::error::ServiceError;
use trede_service::frame::municipalities;
use trede_service::frame::municipalities::NewMunicipality;
use trede_service::tendering::{award_models, lots, tender_steps, tenders};
use trede_store as store;
use trede_store::frame::error::StorageError;
use trede_wire::score_file::AwardModelInput;
use uuid::Uuid;

use crate::support::acts::acts_in;
use crate::support::clock::TestClock;
use crate::support::{self, TestDatabase, databases};

pub const UTRECHT: &str = "gm0344";
pub const AMSTERDAM: &str = "gm0363";

/// When the clock stands at first.
pub const START: &str = "2026-01-05T09:00:00Z";
/// The deadline of the tenders here.
pub const DEADLINE: &str = "2026-02-16T11:00:00Z";
/// A moment after it.
pub const AFTER: &str = "2026-02-16T11:05:00Z";

/// One fresh database with two municipalities, and the services on it.
pub struct World {
    pub services: Services,
    pub clock: Arc<TestClock>,
    pub database: TestDatabase,
}

/// A world on each kind of database.
pub fn worlds() -> Vec<World> {
    databases().into_iter().map(World::on).collect()
}

/// Somebody with one role in Utrecht.
pub fn actor(role: Role) -> Actor {
    Actor {
        subject: format!("{role}-1"),
        client: None,
        roles: BTreeSet::from([role]),
        municipalities: BTreeSet::from([utrecht()]),
        kvk: None,
        origin: RequestOrigin::own(Uuid::now_v7()),
    }
}

pub fn buyer() -> Actor {
    actor(Role::Buyer)
}

/// The two people who open.
pub fn openers() -> [Actor; 2] {
    ["opener-1", "opener-2"].map(|subject| Actor { subject: subject.to_owned(), ..actor(Role::Opener) })
}

pub fn bidder(number: u32) -> Actor {
    Actor { kvk: Some(kvk(number)), ..actor(Role::Bidder) }
}

pub fn kvk(number: u32) -> KvkNumber {
    format!("{number:08}").parse().unwrap()
}

pub fn utrecht() -> MunicipalityId {
    UTRECHT.parse().unwrap()
}

pub fn amsterdam() -> MunicipalityId {
    AMSTERDAM.parse().unwrap()
}

/// The facts of a tender whose bids are kept here.
pub fn facts() -> TenderFacts {
    TenderFacts {
        external_reference: None,
        title: "Groenonderhoud 2026".to_owned(),
        description: "Onderhoud van plantsoenen".to_owned(),
        buyer: "Gemeente Utrecht".to_owned(),
        cpv_codes: "77310000-6".parse::<CpvCodes>().unwrap(),
        estimated_value_cents: Some(125_000_000),
        above_threshold: None,
        bid_custody: BidCustody::Trede,
        bid_envelopes: BidEnvelopes::One,
        max_lots_per_bidder: None,
        deadline_at: Some(DEADLINE.parse().unwrap()),
        award_on: Some("2026-03-16".parse().unwrap()),
    }
}

pub fn lot_facts(number: u16) -> LotFacts {
    LotFacts {
        number,
        title: format!("Perceel {number}"),
        description: String::new(),
        estimated_value_cents: None,
    }
}

/// Price for 60 points, a plan for 40.
pub fn award_model() -> AwardModelInput {
    serde_json::from_value(serde_json::json!({
        "method": { "code": "relative-lowest" },
        "weightUnit": "percent",
        "dropOut": "recompute",
        "criteria": [
            { "id": "price", "kind": "price", "weight": "60" },
            {
                "id": "plan", "kind": "assessed-quality", "weight": "40",
                "scale": { "lowest": "0", "highest": "10", "normalisation": "share-of-highest" }
            }
        ],
        "ties": [{ "by": "lowest-price" }]
    }))
    .unwrap()
}

/// An offer at a price in whole euros.
pub fn offer(euros: u32) -> OfferInput {
    serde_json::from_value(serde_json::json!({
        "bidderName": "Groen & Zonen", "price": euros.to_string()
    }))
    .unwrap()
}

pub fn new_bid(number: u32, euros: u32) -> NewBid {
    NewBid {
        bidder: kvk(number),
        offer: offer(euros),
        external_reference: None,
        receipt: None,
        content_hash: None,
    }
}

/// Receives a bid that arrives now.
pub fn receive(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    new: NewBid,
) -> Result<BidReceipt, ServiceError> {
    bids::create(services, actor, at, new, services.now())
}

/// What a platform says of a bid that it received.
pub fn receipt(received_at: &str) -> PlatformReceipt {
    PlatformReceipt { received_at: received_at.parse().unwrap(), hash: "ab".repeat(32) }
}

pub fn attestation(opened_at: &str) -> Attestation {
    Attestation { opened_at: opened_at.parse().unwrap(), evidence: "proces-verbaal 2026-17".to_owned() }
}

/// What a platform asks of its own opening.
pub fn attested(opened_at: &str) -> NewOpening {
    NewOpening { attestation: Some(attestation(opened_at)), ..NewOpening::default() }
}

/// The platform says that all bids which it kept are here, so many.
pub fn hand_over(world: &World, tender: TenderId, number_of_bids: u32) -> Result<HandOver, ServiceError> {
    hand_overs::complete(&world.services, &actor(Role::Platform), utrecht(), tender, number_of_bids)
}

/// The code of a refusal; panics on any other answer.
pub fn refusal<T: std::fmt::Debug>(answer: Result<T, ServiceError>) -> &'static str {
    match answer {
        Err(ServiceError::Refused { code, .. }) => code,
        other => panic!("not refused by a rule: {other:?}"),
    }
}

/// The codes of all findings; panics on any other answer.
pub fn findings<T: std::fmt::Debug>(answer: Result<T, ServiceError>) -> Vec<&'static str> {
    match answer {
        Err(ServiceError::Invalid(findings)) => findings.into_iter().map(|finding| finding.code).collect(),
        other => panic!("nothing found: {other:?}"),
    }
}

pub fn is_not_found<T>(answer: &Result<T, ServiceError>) -> bool {
    matches!(answer, Err(ServiceError::NotFound { .. }))
}

pub fn is_forbidden<T>(answer: &Result<T, ServiceError>) -> bool {
    matches!(answer, Err(ServiceError::Forbidden { .. } | ServiceError::NotTheirs { .. }))
}

impl World {
    fn on(database: TestDatabase) -> Self {
        let clock = Arc::new(TestClock::at(START));
        let services =
            Services::new(database.db.clone(), clock.clone()).with_sealing_keys(support::sealing_keys());
        let world = Self { services, clock, database };
        for (id, name) in [(utrecht(), "Utrecht"), (amsterdam(), "Amsterdam")] {
            let new = NewMunicipality { id, name: name.to_owned(), oin: None };
            municipalities::register(&world.services, &actor(Role::Operator), new).unwrap();
        }
        world
    }

    /// A draft with as many lots, each with an award model.
    pub fn draft(&self, facts: TenderFacts, number_of_lots: u16) -> (TenderId, Vec<LotPath>) {
        let tender = tenders::create(&self.services, &buyer(), utrecht(), facts).unwrap().tender.id;
        let paths = (1..=number_of_lots).map(|number| self.lot(tender, number)).collect();
        (tender, paths)
    }

    fn lot(&self, tender: TenderId, number: u16) -> LotPath {
        let lot = lots::create(&self.services, &buyer(), utrecht(), tender, lot_facts(number)).unwrap();
        let path = LotPath { municipality: utrecht(), tender, lot: lot.id };
        award_models::replace(&self.services, &buyer(), path, Version::FIRST, &award_model()).unwrap();
        path
    }

    /// A published tender with as many lots.
    pub fn published(&self, facts: TenderFacts, number_of_lots: u16) -> (TenderId, Vec<LotPath>) {
        let (tender, paths) = self.draft(facts, number_of_lots);
        tender_steps::publish(&self.services, &buyer(), utrecht(), tender).unwrap();
        (tender, paths)
    }

    /// The lot of a published tender that has one.
    pub fn published_lot(&self) -> LotPath {
        self.published(facts(), 1).1[0]
    }

    /// Puts the clock after the deadline, and two people open the bids.
    pub fn open(&self, tender: TenderId) {
        self.clock.set(AFTER);
        for opener in openers() {
            openings::open(&self.services, &opener, utrecht(), tender, NewOpening::default()).unwrap();
        }
    }

    /// Lets a bidder bid.
    pub fn bid(&self, at: LotPath, number: u32, euros: u32) -> Result<BidReceipt, ServiceError> {
        receive(&self.services, &bidder(number), at, new_bid(number, euros))
    }

    pub fn get_lot(&self, at: LotPath) -> Lot {
        lots::get(&self.services, &buyer(), at).unwrap()
    }

    /// What was told in Utrecht, in order.
    pub fn event_kinds(&self) -> Vec<EventKind> {
        let scope = AuditScope::Municipality(utrecht());
        let told: Result<_, StorageError> = self.database.db.read(|c| store::telling::events::list(c, scope));
        told.unwrap().into_iter().map(|event| event.kind).collect()
    }

    /// What was done in Utrecht, in order.
    pub fn actions(&self) -> Vec<String> {
        let scope = AuditScope::Municipality(utrecht());
        acts_in(&self.database.db, scope).into_iter().map(|act| act.action).collect()
    }
}
