//! What a collector of traces is told, and that one that is down or slow stands in nobody's way.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support;
use crate::support::subscriber::Subscriber;
use crate::survival::client;
use crate::survival::collector::Collector;
use crate::survival::server::{self, Server};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";
/// Spans are sent every five seconds.
const WITHIN: Duration = Duration::from_secs(15);

fn traced(flags: &str) -> String {
    format!("traceparent: 00-{TRACE}-{CALLER}-{flags}\r\ntracestate: inkoop=geheim\r\n")
}

fn rectify(server: &Server, at: trede_model::tendering::lot::LotPath, fields: &str) -> client::Answer {
    let path = format!("/v1/municipalities/{}/tenders/{}/rectifications", at.municipality, at.tender);
    let body = json!({"text": "Bijlage 2 vervalt", "reason": "fout"});
    client::write_with(server, &server.token, &path, fields, &body).unwrap()
}

fn sending_to(url: String, database: &support::TestDatabase, further: &[(&str, String)]) -> Server {
    let mut variables = vec![("TREDE_OTLP_URL", url)];
    variables.extend(further.iter().cloned());
    Server::start_with(&database.url, &variables)
}

#[test]
fn a_collector_is_told_of_each_request_as_a_child_of_its_caller() {
    let database = support::sqlite();
    let at = server::published_lot(&database);
    let collector = Collector::start(Duration::ZERO);
    let server = sending_to(collector.url(), &database, &[("TREDE_LOG", "off".to_owned())]);
    assert_eq!(rectify(&server, at, &traced("01")).status, 201);
    let refused = client::write(&server, "no-token", "/v1/organisations", &json!({})).unwrap();
    assert_eq!(refused.status, 401);
    assert_eq!(rectify(&server, at, &traced("00")).status, 201, "its caller records nothing");
    let spans = collector.wait_for(2, WITHIN);
    let [first, second] = spans.as_slice() else { panic!("{spans:#?}") };
    assert_eq!(first.service, "trede");
    assert_eq!(first.name, "POST /v1/municipalities/{municipality}/tenders/{tenderId}/rectifications");
    assert_eq!((first.trace_id.as_str(), first.parent_span_id.as_str()), (TRACE, CALLER));
    let of_first: Vec<_> =
        first.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for expected in [
        ("http.request.method", "POST"),
        ("http.route", "/v1/municipalities/{municipality}/tenders/{tenderId}/rectifications"),
        ("http.response.status_code", "201"),
    ] {
        assert!(of_first.contains(&expected), "{expected:?} is not among {of_first:?}");
    }
    assert_eq!(second.name, "POST /v1/organisations");
    assert_eq!(second.attribute("http.response.status_code"), Some("401"));
    assert!(second.parent_span_id.is_empty() && !second.failed);
    let instance = refused.json()["instance"].as_str().unwrap().to_owned();
    assert_eq!(instance, format!("urn:trace:{}", second.trace_id), "a problem leads to its span");
}

#[test]
fn a_collector_is_told_neither_who_asks_nor_for_what_and_nothing_of_bids() {
    let database = support::sqlite();
    let at = server::published_lot(&database);
    let collector = Collector::start(Duration::ZERO);
    // Whatever the collector's own settings say.
    let always = [
        ("OTEL_TRACES_SAMPLER", "always_on".to_owned()),
        ("TREDE_LOG", "trace,actix_http=off,hyper_util=off,actix_server=off".to_owned()),
    ];
    let server = sending_to(collector.url(), &database, &always);
    for kvk in ["68750110", "69599068", "malformed"] {
        let _ = client::bid(&server, at, kvk).unwrap();
    }
    let lot = format!("/v1/municipalities/{}/{at}", at.municipality);
    let withdrawal = json!({"bidderKvkNumber": "69599068"});
    client::write_with(&server, &server.token, &format!("{lot}/bid-withdrawals"), &traced("01"), &withdrawal)
        .unwrap();
    client::write(&server, &server.token, &format!("{lot}/bid-imports"), &json!({})).unwrap();
    client::write(&server, "no-token", &format!("{lot}/bids"), &json!({})).unwrap();
    assert_eq!(rectify(&server, at, &traced("01")).status, 201);
    let _ = server.stop();
    let spans = collector.spans();
    assert_eq!(spans.len(), 1, "{spans:#?}");
    assert!(spans.iter().all(|span| span.events == 0));
    let told = collector.text();
    let (tender, lot) = (at.tender.to_string(), at.lot.to_string());
    for secret in [
        "platform-1",
        "127.0.0.1",
        "68750110",
        "69599068",
        "Bijlage",
        "gm0344",
        "bid",
        "geheim",
        &tender,
        &lot,
    ] {
        let outside_host = told.lines().filter(|line| !line.to_lowercase().starts_with("host: "));
        assert!(!outside_host.into_iter().any(|line| line.contains(secret)), "{secret} is told");
    }
}

#[test]
fn the_place_in_a_trace_is_passed_on_and_what_the_caller_says_of_its_own_systems_is_not() {
    let database = support::sqlite();
    let at = server::published_lot(&database);
    let collector = Collector::start(Duration::ZERO);
    let tenderned = Subscriber::start();
    let server = sending_to(
        collector.url(),
        &database,
        &[("TREDE_TENDERNED_URL", format!("http://{}/papi", tenderned.address))],
    );
    let path = format!("/v1/municipalities/{}/notice-imports", at.municipality);
    let body = json!({"publicationNumber": "368233"});
    let _ = client::write_with(&server, &server.buyer, &path, &traced("01"), &body).unwrap();
    let asked = &tenderned.received()[0].headers;
    let span = &collector.wait_for(1, WITHIN)[0];
    assert_eq!(
        asked["traceparent"],
        format!("00-{TRACE}-{}-01", span.span_id),
        "below the span of the request"
    );
    assert!(!asked.contains_key("tracestate"));
}

#[test]
fn a_collector_that_is_down_or_hangs_slows_no_request_and_holds_up_no_stop() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let hanging = Collector::start(Duration::from_secs(600));
    for url in [format!("http://{closed}/v1/traces"), hanging.url()] {
        let database = support::sqlite();
        let at = server::published_lot(&database);
        let server = sending_to(url.clone(), &database, &[]);
        let mut slowest = Duration::ZERO;
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(8) {
            let asked = Instant::now();
            assert_eq!(rectify(&server, at, "").status, 201);
            slowest = slowest.max(asked.elapsed());
        }
        let stopped = server.stop();
        println!("{url}: slowest {slowest:?}, stopped in {stopped:?}");
        assert!(slowest < Duration::from_secs(2), "{slowest:?}");
        assert!(stopped < Duration::from_secs(15), "{stopped:?}");
    }
}

#[test]
fn the_last_spans_are_sent_when_the_service_stops() {
    let database = support::sqlite();
    let at = server::published_lot(&database);
    let collector = Collector::start(Duration::ZERO);
    let server = sending_to(collector.url(), &database, &[]);
    for _ in 0..20 {
        assert_eq!(rectify(&server, at, "").status, 201);
    }
    let _ = server.stop();
    assert_eq!(collector.spans().len(), 20);
}
