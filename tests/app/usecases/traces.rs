//! Other systems are told which trace a question or an event belongs to, and nothing else of the caller.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::runtime::Runtime;
use trede_integrations::kvk::{TradeRegister, TradeRegisterSettings};
use trede_integrations::pso_register::{RegisterClient, RegisterSettings};
use trede_integrations::tenderned::{TenderNed, TenderNedSettings};
use trede_integrations::webhooks::{Courier, CourierSettings};
use trede_model::frame::role::Role;
use trede_model::frame::trace::TraceContext;
use trede_model::telling::event::EventKind;
use trede_model::telling::job::JobKind;
use trede_model::telling::webhook::{EventKinds, SubscriptionFacts, SubscriptionState};
use trede_model::trust::audit::AuditScope;
use trede_service::frame::actor::{Actor, RequestOrigin};
use trede_service::frame::organisations;
use trede_service::pso::register_imports::{self, ImportTerms};
use trede_service::telling::herald::Herald;
use trede_service::telling::webhook_subscriptions;
use trede_service::tendering::notice_imports;
use trede_service::tendering::notice_source::NoticeDocument;
use trede_store::telling::events;
use uuid::Uuid;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

use crate::support::subscriber::{Reply, Subscriber};
use crate::usecases::world::{actor, utrecht, worlds};

const CALLER: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/// Somebody whose request is a part of the caller's trace.
fn traced(role: Role) -> Actor {
    let trace = TraceContext::parse(CALLER).unwrap();
    Actor { origin: RequestOrigin { trace, ..RequestOrigin::own(Uuid::now_v7()) }, ..actor(role) }
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// A system that has nothing.
fn double(runtime: &Runtime) -> MockServer {
    runtime.block_on(async {
        let server = MockServer::start().await;
        Mock::given(matchers::any()).respond_with(ResponseTemplate::new(404)).mount(&server).await;
        server
    })
}

/// The traces that it was told.
fn told(runtime: &Runtime, double: &MockServer) -> Vec<String> {
    let asked = runtime.block_on(double.received_requests()).unwrap();
    asked.iter().map(|question| question.headers["traceparent"].to_str().unwrap().to_owned()).collect()
}

#[test]
fn registers_and_platforms_are_asked_in_the_trace_of_the_request() {
    let runtime = runtime();
    for world in worlds() {
        let double = double(&runtime);
        let kvk = TradeRegisterSettings::of(double.uri(), "geheim".to_owned().into());
        let services = world
            .services
            .clone()
            .with_trade_register(TradeRegister::new(kvk).unwrap())
            .with_tenderned(TenderNed::new(TenderNedSettings::of(double.uri(), None)).unwrap());
        let (operator, buyer) = (traced(Role::Operator), traced(Role::Buyer));
        let number = "68750110".parse().unwrap();
        organisations::register(&services, &operator, number, "Test BV Donald".to_owned()).unwrap_err();
        let notice = NoticeDocument::OnTenderNed("368233".to_owned());
        assert!(notice_imports::create(&services, &buyer, utrecht(), &notice, None).is_err());
        assert_eq!(told(&runtime, &double), [CALLER, CALLER]);
    }
}

#[test]
fn a_list_is_read_in_a_trace_of_its_own() {
    let runtime = runtime();
    for world in worlds() {
        let double = double(&runtime);
        let settings =
            RegisterSettings { pause: Duration::from_millis(5), ..RegisterSettings::of(double.uri()) };
        let services = world.services.clone().with_register(RegisterClient::new(settings).unwrap());
        let terms = ImportTerms { is_complete: true, max_ended_percent: 10 };
        register_imports::request(&services, &traced(Role::Operator), &terms).unwrap();
        while services.do_next_job(JobKind::RegisterImport).unwrap() {}
        let told = told(&runtime, &double);
        assert_eq!(told.len(), 1);
        assert!(TraceContext::parse(&told[0]).is_some(), "{told:?}");
        assert!(!told[0].contains("4bf92f3577b34da6a3ce929d0e0e4736"), "it is read long after the request");
    }
}

#[test]
fn an_event_is_told_in_the_trace_of_the_request_in_which_it_happened() {
    for mut world in worlds() {
        let settings = CourierSettings { allows_private: true, ..CourierSettings::default() };
        let herald = Herald { courier: Courier::new(settings), ..Herald::default() };
        world.services = world.services.clone().with_herald(herald);
        let (subscriber, kinds) = (Subscriber::start(), vec![EventKind::LotPublished]);
        let facts =
            SubscriptionFacts { url: subscriber.url(), description: String::new(), kinds: EventKinds(kinds) };
        let active = SubscriptionState::Active;
        let platform = actor(Role::Platform);
        webhook_subscriptions::create(&world.services, &platform, utrecht(), facts, active).unwrap();
        subscriber.reply([Reply::Status(500)]);
        world.published_lot();
        for _ in 0..2 {
            while world.services.place_events().unwrap() > 0 {}
            for (municipality, subscription) in world.services.ready_subscriptions().unwrap() {
                while world.services.deliver_next(municipality, subscription).unwrap() {}
            }
            world.clock.advance(TimeDelta::minutes(1));
        }
        let received = subscriber.received();
        let attempts: Vec<_> =
            received.iter().map(|it| TraceContext::parse(&it.headers["traceparent"]).unwrap()).collect();
        assert_eq!(attempts.len(), 2);
        let scope = AuditScope::Municipality(utrecht());
        let happened = world.database.db.read(|c| events::list(c, scope)).unwrap();
        let event = happened.iter().find(|event| event.kind == EventKind::LotPublished).unwrap();
        assert!(attempts.iter().all(|it| it.trace_id() == event.request_id.as_u128()));
        let names: BTreeSet<_> = attempts.iter().map(|it| it.span_id()).collect();
        assert_eq!(names.len(), 2, "each attempt has a name of its own");
        assert!(received.iter().all(|it| !it.headers.contains_key("tracestate")));
    }
}
