//! The real application in this process, and clients of it by role.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::Service;
use actix_web::dev::ServiceResponse;
use actix_web::http::{Method, StatusCode};
use actix_web::test::{TestRequest, init_service};
use actix_web::web;
use serde_json::{Value, json};
use trede::http::app::create_app;
use trede::http::state::AppState;
use trede::identity::claims::{Audience, Claims};
use trede::identity::keys::parse_keys;
use trede::identity::signer::TokenSigner;
use trede::identity::verifier::TokenVerifier;
use trede::startup;
use trede_model::frame::role::Role;
use trede_service::Services;
use trede_service::clock::Clock;
use trede_service::trust::audit::verify;
use trede_store::frame::connection::{Db, PoolOptions};

use crate::support::clock::TestClock;
use crate::support::{self, TestDatabase};

pub const ISSUER: &str = "https://login.example.nl";
pub const KID: &str = "test";
/// The municipality that the clients serve unless a test says otherwise.
pub const UTRECHT: &str = "gm0344";
/// When the clock of a fresh application stands.
pub const START: &str = "2026-03-02T09:00:00Z";

type Answering = Pin<Box<dyn Future<Output = ServiceResponse<BoxBody>>>>;

/// The application on a fresh database.
pub struct TestApp {
    /// Thrown away with the application.
    pub database: TestDatabase,
    /// The use cases behind it.
    pub services: Services,
    pub clock: Arc<TestClock>,
    pub signer: Rc<TokenSigner>,
    call: Rc<dyn Fn(TestRequest) -> Answering>,
}

impl TestApp {
    /// The application on the database, its clock at [`START`].
    pub async fn on(database: TestDatabase) -> Self {
        Self::with(database, |_| {}).await
    }

    /// As [`TestApp::on`], with what every request can reach changed before the first one comes.
    pub async fn with(database: TestDatabase, change: impl FnOnce(&mut AppState)) -> Self {
        trede::identity::install_crypto();
        let clock = Arc::new(TestClock::at(START));
        Self::started(database, clock, TokenSigner::generate(KID).unwrap().into(), change).await
    }

    /// The same application, as if its process had ended and another had begun.
    pub async fn restarted(self) -> Self {
        let Self { mut database, clock, signer, .. } = self;
        database.db = Db::open(&database.url, PoolOptions::default()).unwrap();
        Self::started(database, clock, signer, |_| {}).await
    }

    async fn started(
        database: TestDatabase,
        clock: Arc<TestClock>,
        signer: Rc<TokenSigner>,
        change: impl FnOnce(&mut AppState),
    ) -> Self {
        let keys = parse_keys(&signer.public_jwks().unwrap()).unwrap();
        let verifier = TokenVerifier::new("trede".to_owned(), [(ISSUER.to_owned(), keys)].into());
        let mut state = startup::state(database.db.clone(), verifier, clock.clone(), "/v1");
        state.services = state.services.with_sealing_keys(support::sealing_keys());
        change(&mut state);
        let services = state.services.clone();
        let service = Rc::new(init_service(create_app(web::Data::new(state))).await);
        let call = Rc::new(move |request: TestRequest| -> Answering {
            let service = Rc::clone(&service);
            Box::pin(async move { service.call(request.to_request()).await.unwrap().map_into_boxed_body() })
        });
        Self { database, services, clock, signer, call }
    }

    /// A client without a token.
    pub fn as_nobody(&self) -> Client {
        self.client(None)
    }

    /// A client with a token of one role, for [`UTRECHT`].
    pub fn as_role(&self, role: Role) -> Client {
        self.with_claims(self.claims(role))
    }

    /// Two openers ask one after the other; answers what the second is told.
    pub async fn open(&self, tender: &str) -> Answer {
        let path = format!("{tender}/openings");
        self.as_role(Role::Opener).post(&path, json!({})).await.expect(202);
        let second = Claims { sub: "opener-2".to_owned(), ..self.claims(Role::Opener) };
        self.with_claims(second).post(&path, json!({})).await
    }

    /// A client with a token of these claims, signed with the right key.
    pub fn with_claims(&self, claims: Claims) -> Client {
        self.with_token(self.signer.sign(&claims).unwrap())
    }

    /// A client with whatever stands for a token.
    pub fn with_token(&self, token: String) -> Client {
        self.client(Some(token))
    }

    /// The claims of a client of the role, valid for an hour from now.
    pub fn claims(&self, role: Role) -> Claims {
        let now = self.clock.now().timestamp();
        let for_one = matches!(role, Role::Bidder | Role::Contractor);
        Claims {
            iss: ISSUER.to_owned(),
            sub: format!("{role}-1"),
            aud: Audience::One("trede".to_owned()),
            exp: now + 3600,
            nbf: Some(now),
            azp: Some("test-suite".to_owned()),
            client_id: None,
            roles: vec![role.to_string()],
            municipalities: vec![UTRECHT.to_owned()],
            kvk: for_one.then(|| "69599068".to_owned()),
        }
    }

    fn client(&self, token: Option<String>) -> Client {
        Client { call: Rc::clone(&self.call), token }
    }
}

/// Somebody who asks.
#[derive(Clone)]
pub struct Client {
    call: Rc<dyn Fn(TestRequest) -> Answering>,
    token: Option<String>,
}

impl Client {
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, |request| request).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, |request| request.set_json(body)).await
    }

    pub async fn put(&self, path: &str, etag: Option<&str>, body: Value) -> Answer {
        self.send(Method::PUT, path, |request| if_match(request, etag).set_json(body)).await
    }

    pub async fn delete(&self, path: &str, etag: Option<&str>) -> Answer {
        self.send(Method::DELETE, path, |request| if_match(request, etag)).await
    }

    /// Sends a request that the test completes.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        complete: impl FnOnce(TestRequest) -> TestRequest,
    ) -> Answer {
        let mut request = TestRequest::with_uri(path).method(method);
        if let Some(token) = &self.token {
            request = request.insert_header(("Authorization", format!("Bearer {token}")));
        }
        let response = (self.call)(complete(request)).await;
        let (_, response) = response.into_parts();
        let status = response.status();
        let mut headers: Vec<(String, String)> = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        // The library keeps them in no order.
        headers.sort();
        let body = to_bytes(response.into_body().boxed()).await.unwrap().to_vec();
        Answer { status, headers, body }
    }
}

fn if_match(request: TestRequest, etag: Option<&str>) -> TestRequest {
    match etag {
        Some(etag) => request.insert_header(("If-Match", etag)),
        None => request,
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The query of the page that has this relation to the answer's.
    pub fn page(&self, relation: &str) -> Option<String> {
        let wanted = format!("rel=\"{relation}\"");
        let link = self.header("link")?.split(", ").find(|link| link.ends_with(&wanted))?;
        Some(link.split(['<', '>']).nth(1).unwrap().to_owned())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }

    /// The answer, when it has the status; fails the test otherwise and shows what came.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        let body = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status.as_u16(), status, "{body}");
        self
    }

    /// The problem's code, when the answer is a well-formed problem of the status.
    #[track_caller]
    pub fn problem(self, status: u16) -> (String, Value) {
        let answer = self.expect(status);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        let problem = answer.json();
        assert_eq!(problem["status"], status);
        for member in ["title", "detail", "instance"] {
            assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{problem}");
        }
        let kind = problem["type"].as_str().unwrap();
        (kind.strip_prefix("urn:problem:trede:").unwrap().to_owned(), problem)
    }
}

/// A fresh application on each kind of database, one after the other. Whatever a test does: every row is as the audit
/// trail left it.
pub async fn on_each_database<F: Future<Output = ()>>(test: impl Fn(Rc<TestApp>) -> F) {
    for database in support::databases() {
        let (db, kind) = (database.db.clone(), database.kind);
        let app = Rc::new(TestApp::on(database).await);
        test(Rc::clone(&app)).await;
        let found = verify(&db, &[]).unwrap();
        assert!(
            found.findings.is_empty(),
            "the trail does not tell of it all on {kind}: {:?}",
            found.findings
        );
    }
}
