//! The real program in a process of its own, on a database of the test.

use std::collections::BTreeSet;
use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use tempfile::TempDir;
use trede::identity::claims::{Audience, Claims};
use trede::identity::signer::TokenSigner;
use trede_base::cpv::CpvCodes;
use trede_base::ids::MunicipalityId;
use trede_base::record::Version;
use trede_model::following::contract::Contract;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::{LotFacts, LotPath};
use trede_model::tendering::tender::{BidCustody, BidEnvelopes, TenderFacts};
use trede_service::Services;
use trede_service::clock::{Clock, SystemClock};
use trede_service::following::contracts;
use trede_service::following::contracts::NewContract;
use trede_service::frame::actor::{Actor, RequestOrigin};
use trede_service::frame::municipalities;
use trede_service::frame::municipalities::NewMunicipality;
use trede_service::policies::social_return_policies;
use trede_service::tendering::{award_models, lots, tender_steps, tenders};
use trede_wire::score_file::AwardModelInput;
use uuid::Uuid;

use crate::support::{SEALING_KEYS, TestDatabase, sealing_keys};

const ISSUER: &str = "https://login.example.nl";
const MUNICIPALITY: &str = "gm0344";
const STARTS_WITHIN: Duration = Duration::from_secs(30);

pub struct Server {
    pub address: SocketAddr,
    /// Of a platform, which bids in the name of any bidder.
    pub token: String,
    /// Of a coordinator.
    pub coordinator: String,
    /// Of an operator.
    pub operator: String,
    /// Of a buyer.
    #[cfg(feature = "otel")]
    pub buyer: String,
    signer: TokenSigner,
    process: Mutex<Child>,
    _keys: TempDir,
}

impl Server {
    /// Starts the program and waits until it answers.
    pub fn start(database_url: &str) -> Self {
        Self::start_with(database_url, &[])
    }

    /// As [`Server::start`], with further variables of the environment.
    pub fn start_with(database_url: &str, variables: &[(&str, String)]) -> Self {
        trede::identity::install_crypto();
        let signer = TokenSigner::generate("test").unwrap();
        let keys = TempDir::new().unwrap();
        let file = keys.path().join("keys.json");
        fs::write(&file, signer.public_jwks().unwrap()).unwrap();
        let address = free_address();
        let process = Command::new(env!("CARGO_BIN_EXE_trede"))
            .arg("serve")
            .env("DATABASE_URL", database_url)
            .env("TREDE_BIND", address.to_string())
            .env("TREDE_JWT_ISSUERS", format!("{ISSUER}={}", file.display()))
            .env("TREDE_SEALING_KEYS", SEALING_KEYS)
            .env("TREDE_WEBHOOK_PRIVATE", "allowed")
            .env("TREDE_LOG", "error")
            .env("TREDE_RATE_LIMIT", "off")
            .env("TREDE_RATE_LIMIT_ADDRESS", "off")
            .envs(variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self {
            address,
            token: signer.sign(&claims(Role::Platform)).unwrap(),
            coordinator: signer.sign(&claims(Role::Coordinator)).unwrap(),
            operator: signer.sign(&claims(Role::Operator)).unwrap(),
            #[cfg(feature = "otel")]
            buyer: signer.sign(&claims(Role::Buyer)).unwrap(),
            signer,
            process: Mutex::new(process),
            _keys: keys,
        };
        let deadline = Instant::now() + STARTS_WITHIN;
        while TcpStream::connect(address).is_err() {
            assert!(Instant::now() < deadline, "the server does not answer on {address}");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    /// A token of somebody of that name.
    pub fn token_of(&self, role: Role, subject: &str) -> String {
        self.signer.sign(&Claims { sub: subject.to_owned(), ..claims(role) }).unwrap()
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.process.lock().unwrap().id()
    }

    /// `kill -9`.
    pub fn kill(&self) {
        let mut process = self.process.lock().unwrap();
        process.kill().unwrap();
        process.wait().unwrap();
    }

    /// Asks it to stop, and waits until it has; answers how long that took.
    pub fn stop(&self) -> Duration {
        let mut process = self.process.lock().unwrap();
        let asked = Instant::now();
        // Of the shell itself: the program of that name is not on every machine.
        let asking = Command::new("sh").args(["-c", &format!("kill -TERM {}", process.id())]).status();
        assert!(asking.unwrap().success());
        let status = process.wait().unwrap();
        assert!(status.success(), "{status}");
        asked.elapsed()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn claims(role: Role) -> Claims {
    let now = SystemClock.now().timestamp();
    Claims {
        iss: ISSUER.to_owned(),
        sub: format!("{role}-1"),
        aud: Audience::One("trede".to_owned()),
        exp: now + 3600,
        nbf: Some(now),
        azp: None,
        client_id: None,
        roles: vec![role.to_string()],
        municipalities: vec![MUNICIPALITY.to_owned()],
        kvk: None,
    }
}

pub fn actor(role: Role) -> Actor {
    Actor {
        subject: format!("{role}-1"),
        client: None,
        roles: BTreeSet::from([role]),
        municipalities: BTreeSet::from([MUNICIPALITY.parse().unwrap()]),
        kvk: None,
        origin: RequestOrigin::own(Uuid::now_v7()),
    }
}

/// The use cases on the database.
pub fn use_cases(database: &TestDatabase) -> Services {
    Services::new(database.db.clone(), Arc::new(SystemClock)).with_sealing_keys(sealing_keys())
}

/// The use cases on the database, with a municipality.
fn services(database: &TestDatabase) -> (Services, MunicipalityId) {
    let services = use_cases(database);
    let id = MUNICIPALITY.parse().unwrap();
    let new = NewMunicipality { id, name: "Utrecht".to_owned(), oin: None };
    municipalities::register(&services, &actor(Role::Operator), new).unwrap();
    (services, id)
}

/// A contract on the database whose obligation is fixed.
pub fn contract(database: &TestDatabase) -> Contract {
    let (services, id) = services(database);
    let coordinator = actor(Role::Coordinator);
    let policy = serde_json::json!({
        "code": "p", "name": "P", "version": "1", "source": {"publication": "P"}, "validity": {},
        "obligation": {"thresholds": [{"from": "0"}], "base": {"kind": "contract-sum", "percent": "5"}},
        "blocks": [{"code": "uur", "name": "Uur", "measure": "hour", "amount": "33.33"}]
    });
    let policy = serde_json::from_value(policy).unwrap();
    let policy = social_return_policies::create(&services, &coordinator, id, &policy).unwrap().id;
    let terms = serde_json::json!({
        "title": "Groen", "contractorKvkNumber": "69599068", "kind": "services", "contractSum": "1000000",
        "startsOn": "2026-01-01", "endsOn": "2199-12-31"
    });
    let terms = serde_json::from_value(terms).unwrap();
    let new = NewContract { terms, award: None, policy: Some(policy) };
    let made = contracts::create(&services, &coordinator, id, &new).unwrap();
    contracts::determine(&services, &coordinator, id, made.id, made.record.version).unwrap()
}

/// A lot on the database that takes bids for a long time.
pub fn published_lot(database: &TestDatabase) -> LotPath {
    let (services, at) = draft_lot(database, "2199-01-01T12:00:00Z".parse().unwrap());
    tender_steps::publish(&services, &actor(Role::Buyer), at.municipality, at.tender).unwrap();
    at
}

/// A lot on the database that takes bids until a moment, once it is published.
pub fn draft_lot(database: &TestDatabase, deadline: DateTime<Utc>) -> (Services, LotPath) {
    let (owned, id) = services(database);
    let services = &owned;
    let buyer = &actor(Role::Buyer);
    let facts = TenderFacts {
        external_reference: None,
        title: "Groenonderhoud".to_owned(),
        description: String::new(),
        buyer: "Gemeente Utrecht".to_owned(),
        cpv_codes: CpvCodes::default(),
        estimated_value_cents: None,
        above_threshold: None,
        bid_custody: BidCustody::Trede,
        bid_envelopes: BidEnvelopes::One,
        max_lots_per_bidder: None,
        deadline_at: Some(deadline),
        award_on: None,
    };
    let tender = tenders::create(services, buyer, id, facts).unwrap().tender.id;
    let facts = LotFacts {
        number: 1,
        title: "Perceel 1".to_owned(),
        description: String::new(),
        estimated_value_cents: None,
    };
    let lot = lots::create(services, buyer, id, tender, facts).unwrap().id;
    let at = LotPath { municipality: id, tender, lot };
    let model: AwardModelInput = serde_json::from_value(serde_json::json!({
        "method": { "code": "lowest-price" },
        "criteria": [{ "id": "price", "kind": "price" }],
        "ties": [{ "by": "lot" }],
        "motivation": "Standaardproduct"
    }))
    .unwrap();
    award_models::replace(services, buyer, at, Version::FIRST, &model).unwrap();
    (owned, at)
}
