//! The real server on a port of its own, with a lot that is evaluated and one that receives bids.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::thread;

use actix_web::{HttpServer, web};
use serde_json::{Value, json};
use trede::http::app::create_app;
use trede::identity::claims::{Audience, Claims};
use trede::identity::keys::parse_keys;
use trede::identity::signer::TokenSigner;
use trede::identity::verifier::TokenVerifier;
use trede::startup;
use trede_model::tendering::lot::LotPath;
use trede_service::clock::Clock;

use crate::baseline::{self, Prepared};
use crate::client::{Connection, EachBidder, Load, Same, request};
use crate::support::clock::TestClock;
use crate::support::{TestDatabase, sealing_keys};

const ISSUER: &str = "https://login.example.nl";
const BIDS: u32 = 10;

/// No number is used twice, whoever stores it.
static NUMBER: AtomicU32 = AtomicU32::new(20_000_000);

/// The server and what it holds.
pub struct World {
    pub address: SocketAddr,
    /// A score file with ten bids.
    pub file: String,
    /// The path of an evaluation of ten bids.
    pub evaluation: String,
    /// The path of a lot that receives bids.
    pub receiving_lot: String,
    token: String,
    _database: TestDatabase,
}

impl World {
    /// Starts the server on the database and prepares both lots.
    pub fn start(database: TestDatabase) -> Self {
        trede::identity::install_crypto();
        let clock = Arc::new(TestClock::at("2026-03-02T09:00:00Z"));
        let signer = TokenSigner::generate("bench").unwrap();
        let jwks = signer.public_jwks().unwrap();
        let keys = parse_keys(&jwks).unwrap();
        let token = signer.sign(&claims(clock.now().timestamp())).unwrap();
        let second = Claims { sub: "second".to_owned(), ..claims(clock.now().timestamp()) };
        let second = signer.sign(&second).unwrap();
        let verifier = TokenVerifier::new("trede".to_owned(), [(ISSUER.to_owned(), keys)].into());
        let mut state = startup::state(database.db.clone(), verifier, clock.clone(), "/v1");
        state.services = state.services.with_sealing_keys(sealing_keys());
        let state = web::Data::new(state);

        // Two lots are prepared by a server without the handlers beside; they need its ids.
        let address = serve(state.clone(), database.db.clone(), &jwks, None);
        let mut desk = Desk { connection: Connection::open(address), token, second };
        desk.post("/v1/municipalities", json!({"id": "gm0344", "name": "Utrecht"}));
        let (evaluated, evaluation) = desk.evaluated(&clock);
        clock.set("2026-03-02T09:00:00Z");
        let receiving_lot = desk.published();
        let prepared = Prepared {
            evaluated: lot_path(&evaluated),
            evaluation: evaluation["id"].as_str().unwrap().parse().unwrap(),
            receiving: lot_path(&receiving_lot),
            one_writer: database.kind == "sqlite",
        };
        let address = serve(state, database.db.clone(), &jwks, Some(prepared));
        Self {
            address,
            file: evaluation["input"].to_string(),
            evaluation: format!("{evaluated}/evaluations/{}", evaluation["id"].as_str().unwrap()),
            receiving_lot,
            token: desk.token,
            _database: database,
        }
    }

    pub fn get(&self, path: &str) -> Box<dyn Load> {
        Box::new(Same(request("GET", path, &self.token, None)))
    }

    pub fn post(&self, path: &str, body: &str) -> Box<dyn Load> {
        Box::new(Same(request("POST", path, &self.token, Some(body))))
    }

    /// Bids of ever other bidders.
    pub fn bids(&self, path: &str) -> Box<dyn Load> {
        let body = bid("00000000", 0).to_string();
        Box::new(EachBidder { request: request("POST", path, &self.token, Some(&body)), number: &NUMBER })
    }
}

/// Serves on a free port until the process ends.
fn serve(
    state: web::Data<trede::http::state::AppState>,
    db: trede_store::frame::connection::Db,
    jwks: &str,
    prepared: Option<Prepared>,
) -> SocketAddr {
    let key = web::Data::new(baseline::key_of(jwks));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let server = HttpServer::new(move || {
            let app = create_app(state.clone()).app_data(web::Data::new(db.clone()));
            match prepared {
                Some(prepared) => {
                    let app = app.app_data(web::Data::new(prepared)).app_data(key.clone());
                    app.configure(baseline::routes)
                }
                None => app,
            }
        });
        let server = server.workers(2).worker_max_blocking_threads(4).listen(listener).unwrap();
        actix_web::rt::System::new().block_on(server.run()).unwrap();
    });
    address
}

fn claims(now: i64) -> Claims {
    let roles = ["operator", "buyer", "platform", "opener", "assessor"];
    Claims {
        iss: ISSUER.to_owned(),
        sub: "bench".to_owned(),
        aud: Audience::One("trede".to_owned()),
        exp: now + 365 * 86_400,
        nbf: None,
        azp: None,
        client_id: None,
        roles: roles.map(str::to_owned).to_vec(),
        municipalities: vec!["gm0344".to_owned()],
        kvk: None,
    }
}

fn bid(kvk_number: &str, index: u32) -> Value {
    json!({
        "bidderKvkNumber": kvk_number,
        "offer": {
            "bidderName": format!("Inschrijver {index}"),
            "price": format!("{}.00", 360_000 + 7_919 * index)
        }
    })
}

/// The lot of a path `/v1/municipalities/{}/tenders/{}/lots/{}`.
fn lot_path(path: &str) -> LotPath {
    let parts: Vec<_> = path.split('/').collect();
    LotPath {
        municipality: parts[3].parse().unwrap(),
        tender: parts[5].parse().unwrap(),
        lot: parts[7].parse().unwrap(),
    }
}

/// Prepares over HTTP what is measured later.
struct Desk {
    connection: Connection,
    token: String,
    /// Of the second opener.
    second: String,
}

impl Desk {
    fn post(&mut self, path: &str, body: Value) -> Value {
        self.send("POST", path, body)
    }

    fn send(&mut self, method: &str, path: &str, body: Value) -> Value {
        let mut bytes = request(method, path, &self.token, Some(&body.to_string()));
        if method == "PUT" {
            let line = bytes.windows(2).position(|pair| pair == b"\r\n").unwrap() + 2;
            bytes.splice(line..line, *b"If-Match: \"1\"\r\n");
        }
        let (status, answer) = self.connection.ask(&bytes);
        assert!(status < 300, "{method} {path}: {status} {}", String::from_utf8_lossy(&answer));
        serde_json::from_slice(&answer).unwrap()
    }

    /// A published lot; answers its path.
    fn published(&mut self) -> String {
        let tenders = "/v1/municipalities/gm0344/tenders";
        let tender = self.post(
            tenders,
            json!({
                "title": "Groenonderhoud", "buyer": "Gemeente Utrecht", "bidCustody": "trede",
                "deadlineAt": "2026-04-01T12:00:00Z"
            }),
        );
        let tender = format!("{tenders}/{}", tender["id"].as_str().unwrap());
        let lot = self.post(&format!("{tender}/lots"), json!({"number": 1, "title": "Wijk Noord"}));
        let lot = format!("{tender}/lots/{}", lot["id"].as_str().unwrap());
        self.send("PUT", &format!("{lot}/award-model"), award_model());
        self.post(&format!("{tender}/publications"), json!({}));
        lot
    }

    /// A lot that is evaluated; answers its path and the evaluation.
    fn evaluated(&mut self, clock: &TestClock) -> (String, Value) {
        let lot = self.published();
        for index in 0..BIDS {
            self.post(&format!("{lot}/bids"), bid(&format!("{:08}", 10_000_000 + index), index));
        }
        clock.set("2026-04-01T12:05:00Z");
        let tender = lot.split("/lots/").next().unwrap().to_owned();
        self.post(&format!("{tender}/openings"), json!({}));
        let first = std::mem::replace(&mut self.token, self.second.clone());
        self.post(&format!("{tender}/openings"), json!({}));
        self.token = first;
        let (_, bids) = self.connection.ask(&request("GET", &format!("{lot}/bids"), &self.token, None));
        let bids: Value = serde_json::from_slice(&bids).unwrap();
        self.post(&format!("{lot}/interest-declarations"), json!({"hasInterest": false}));
        for (index, bid) in bids["items"].as_array().unwrap().iter().enumerate() {
            let assessment = json!({
                "bidId": bid["id"], "criterion": "plan", "kind": "individual",
                "score": (4 + index % 6).to_string(), "motivation": "Volledig en concreet."
            });
            self.post(&format!("{lot}/assessments"), assessment);
        }
        self.post(&format!("{lot}/quality-conclusions"), json!({}));
        let evaluation = self.post(&format!("{lot}/evaluations"), json!({}));
        (lot, evaluation)
    }
}

fn award_model() -> Value {
    json!({
        "method": {
            "code": "absolute-linear",
            "corridor": {
                "fullPointsAt": "350000", "zeroPointsAt": "500000", "below": "clip", "above": "reject"
            }
        },
        "weightUnit": "percent",
        "criteria": [
            {"id": "price", "kind": "price", "weight": "60"},
            {"id": "plan", "kind": "assessed-quality", "weight": "40", "scale": {"highest": "10"}}
        ]
    })
}
