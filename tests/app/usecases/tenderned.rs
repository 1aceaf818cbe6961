//! Notices that are fetched from a double of TenderNed, with the paths that it documents.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;

use tokio::runtime::Runtime;
use trede_integrations::tenderned::{TenderNed, TenderNedSettings};
use trede_service::Services;
use trede_service::frame::error::ServiceError;
use trede_service::tendering::notice_imports::{self, Imported};
use trede_service::tendering::notice_source::NoticeDocument;
use wiremock::matchers::{basic_auth, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::usecases::world::{World, buyer, findings, refusal, utrecht, worlds};

const NOTICE: &str = r#"<?xml version="1.0" encoding="UTF-8"?><ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><cbc:ID schemeName="notice-id">n-1</cbc:ID><cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-0001</cbc:ID></cac:ProcurementProjectLot></ContractNotice>"#;
const PATH: &str = "/papi/tenderned-rs-tns/v2/publicaties/368233/public-xml";

fn with_tenderned(world: &World, root: &str) -> Services {
    let account = Some(("trede".to_owned(), "geheim".to_owned().into()));
    let settings = TenderNedSettings {
        within: Duration::from_millis(400),
        pause: Duration::from_millis(5),
        most_bytes: 100_000,
        ..TenderNedSettings::of(format!("{root}/papi/tenderned-rs-tns/v2/"), account)
    };
    Services::new(world.database.db.clone(), world.clock.clone())
        .with_tenderned(TenderNed::new(settings).unwrap())
}

fn import(services: &Services, number: &str) -> Result<Imported, ServiceError> {
    let document = NoticeDocument::OnTenderNed(number.to_owned());
    notice_imports::create(services, &buyer(), utrecht(), &document, None)
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// A double that gives these answers, one after the other, to whoever has the account.
fn double(runtime: &Runtime, answers: Vec<ResponseTemplate>) -> MockServer {
    runtime.block_on(async {
        let server = MockServer::start().await;
        let last = answers.len().saturating_sub(1);
        for (index, answer) in answers.into_iter().enumerate() {
            let mock = Mock::given(method("GET")).and(path(PATH)).and(basic_auth("trede", "geheim"));
            let mock = mock.respond_with(answer);
            let mock = if index == last { mock } else { mock.up_to_n_times(1) };
            mock.mount(&server).await;
        }
        server
    })
}

fn xml() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(NOTICE, "application/xml")
}

#[test]
fn a_notice_is_fetched_by_its_number_and_is_the_same_as_when_it_is_sent() {
    let runtime = runtime();
    for world in worlds() {
        let server = double(&runtime, vec![xml()]);
        let services = with_tenderned(&world, &server.uri());
        assert!(import(&services, "368233").unwrap().is_new);
        let sent = NoticeDocument::Bytes(NOTICE.as_bytes().to_vec());
        let again = notice_imports::create(&services, &buyer(), utrecht(), &sent, None).unwrap();
        assert!(!again.is_new);
    }
}

#[test]
fn a_failure_that_passes_is_tried_again() {
    let runtime = runtime();
    for world in worlds() {
        let server = double(&runtime, vec![ResponseTemplate::new(503), ResponseTemplate::new(500), xml()]);
        assert!(import(&with_tenderned(&world, &server.uri()), "368233").unwrap().is_new);
    }
}

#[test]
fn what_keeps_failing_is_told_and_leaves_nothing() {
    let runtime = runtime();
    for world in worlds() {
        let slow = xml().set_delay(Duration::from_secs(2));
        for answer in [ResponseTemplate::new(500), slow] {
            let server = double(&runtime, vec![answer]);
            let services = with_tenderned(&world, &server.uri());
            assert!(matches!(import(&services, "368233"), Err(ServiceError::Elsewhere { .. })));
        }
        let server = double(&runtime, vec![ResponseTemplate::new(404)]);
        assert_eq!(
            findings(import(&with_tenderned(&world, &server.uri()), "368233")),
            ["no-such-publication"]
        );
        let server = double(&runtime, vec![ResponseTemplate::new(401)]);
        assert_eq!(refusal(import(&with_tenderned(&world, &server.uri()), "368233")), "tenderned-refuses");
        assert!(world.actions().is_empty());
    }
}

#[test]
fn an_account_follows_no_redirection_and_a_notice_has_a_limit() {
    let runtime = runtime();
    for world in worlds() {
        let elsewhere = double(&runtime, vec![xml()]);
        let away = ResponseTemplate::new(302).insert_header("Location", format!("{}{PATH}", elsewhere.uri()));
        let large = ResponseTemplate::new(200).set_body_raw("x".repeat(200_000), "application/xml");
        for answer in [away, large] {
            let server = double(&runtime, vec![answer]);
            assert_eq!(
                refusal(import(&with_tenderned(&world, &server.uri()), "368233")),
                "tenderned-refuses"
            );
        }
        assert!(runtime.block_on(elsewhere.received_requests()).unwrap().is_empty());
    }
}

#[test]
fn half_a_notice_is_no_notice() {
    for world in worlds() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = std::thread::spawn(move || {
            for stream in listener.incoming().take(3) {
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 1024]);
                let half = &NOTICE[..NOTICE.len() / 2];
                let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{half}", NOTICE.len());
            }
        });
        let outcome = import(&with_tenderned(&world, &format!("http://{address}")), "368233");
        assert!(matches!(outcome, Err(ServiceError::Elsewhere { .. })), "{outcome:?}");
        server.join().unwrap();
    }
}

#[test]
fn a_number_is_a_number_and_tenderned_is_asked_only_where_it_is_configured() {
    for world in worlds() {
        for wrong in ["", "../secret", "368233/../1", "12a", "1234567890123"] {
            assert_eq!(findings(import(&world.services, wrong)), ["malformed-number"], "{wrong}");
        }
        assert_eq!(refusal(import(&world.services, "368233")), "tenderned-not-configured");
    }
}
