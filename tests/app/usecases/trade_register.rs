//! Organisations are checked with a double of the trade register, in the shapes of its test environment.

use std::time::Duration;

use serde_json::json;
use tokio::runtime::Runtime;
use trede_integrations::kvk::{TradeRegister, TradeRegisterSettings};
use trede_model::frame::organisation::Organisation;
use trede_model::frame::role::Role;
use trede_service::Services;
use trede_service::frame::error::ServiceError;
use trede_service::frame::organisations;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::usecases::world::{World, actor, findings, worlds};

/// An answer of the API Basisprofiel to a number of its test environment.
fn profile(end: Option<&str>) -> ResponseTemplate {
    let mut registration = json!({"datumAanvang": "20150101"});
    if let Some(end) = end {
        registration["datumEinde"] = end.into();
    }
    ResponseTemplate::new(200).set_body_json(json!({
        "kvkNummer": "68750110",
        "indNonMailing": "Nee",
        "naam": "Test BV Donald",
        "formeleRegistratiedatum": "20170518",
        "materieleRegistratie": registration,
        "statutaireNaam": "Test BV Donald B.V.",
        "handelsnamen": [{"naam": "Test BV Donald Nevenvestiging", "volgorde": 2}],
        "sbiActiviteiten": [{"sbiCode": "86101", "sbiOmschrijving": "Ziekenhuizen", "indHoofdactiviteit": "Ja"}],
        "links": [{"rel": "self", "href": "https://api.kvk.nl/test/api/v1/basisprofielen/68750110"}],
        "_embedded": {"hoofdvestiging": {}}
    }))
}

fn double(runtime: &Runtime, answer: ResponseTemplate, times: u64) -> MockServer {
    runtime.block_on(async {
        let server = MockServer::start().await;
        Mock::given(method("GET"))
            .and(path("/test/api/v1/basisprofielen/68750110"))
            .and(header("apikey", "geheim"))
            .respond_with(answer)
            .expect(times)
            .mount(&server)
            .await;
        server
    })
}

fn asking(world: &World, root: &str) -> Services {
    let settings = TradeRegisterSettings {
        within: Duration::from_millis(400),
        ..TradeRegisterSettings::of(format!("{root}/test/api/"), "geheim".to_owned().into())
    };
    world.services.clone().with_trade_register(TradeRegister::new(settings).unwrap())
}

fn register(services: &Services, name: &str) -> Result<Organisation, ServiceError> {
    let kvk = "68750110".parse().unwrap();
    organisations::register(services, &actor(Role::Operator), kvk, name.to_owned())
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn a_name_is_compared_with_all_that_the_register_has_and_asked_for_once() {
    for world in worlds() {
        let runtime = runtime();
        let double = double(&runtime, profile(None), 1);
        let services = asking(&world, &double.uri());
        assert_eq!(findings(register(&services, "Plantsoen Partners")), ["name-differs"]);
        assert_eq!(register(&services, "TEST B.V. Donald, bv").unwrap().kvk.to_string(), "68750110");
        runtime.block_on(double.verify());
    }
}

#[test]
fn a_number_that_was_struck_off_or_never_was_is_refused() {
    for world in worlds() {
        let runtime = runtime();
        let ended = double(&runtime, profile(Some("20240101")), 1);
        let services = asking(&world, &ended.uri());
        assert_eq!(findings(register(&services, "Test BV Donald")), ["kvk-ended"]);
        let fault = json!({"fout": [{"code": "IPD0005", "omschrijving": "Niet gevonden"}]});
        let unknown = double(&runtime, ResponseTemplate::new(404).set_body_json(fault), 1);
        let services = asking(&world, &unknown.uri());
        assert_eq!(findings(register(&services, "Test BV Donald")), ["kvk-unknown"]);
    }
}

#[test]
fn a_register_that_does_not_answer_is_named_and_nothing_is_registered() {
    for world in worlds() {
        let runtime = runtime();
        let slow = ResponseTemplate::new(200).set_delay(Duration::from_secs(2));
        for answer in [ResponseTemplate::new(500), ResponseTemplate::new(401), slow, profile_of_nothing()] {
            let double = double(&runtime, answer, 1);
            let refused = register(&asking(&world, &double.uri()), "Test BV Donald");
            assert!(matches!(refused, Err(ServiceError::Elsewhere { .. })), "{refused:?}");
        }
        assert!(
            register(&world.services, "Test BV Donald").is_ok(),
            "unasked, the form of the number is enough"
        );
    }
}

fn profile_of_nothing() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_string("{}")
}
