//! Imports of the register: from a double of it over HTTP, and of lists that are handed over.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;

use tokio::runtime::Runtime;
use trede_base::ids::Id;
use trede_base::page::{PageRequest, Start};
use trede_integrations::pso_register::{RegisterClient, RegisterSettings};
use trede_model::frame::role::Role;
use trede_model::pso::register_import::{ImportState, RegisterImport};
use trede_model::telling::event::EventKind;
use trede_model::telling::job::JobKind;
use trede_model::trust::audit::AuditScope;
use trede_service::Services;
use trede_service::frame::organisations;
use trede_service::pso::register_imports::{self, ImportTerms};
use trede_service::pso::{certificates, pso_levels};
use trede_store::frame::jobs;
use trede_store::telling::events;
use wiremock::matchers::{header, method};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::usecases::world::{World, actor, buyer, findings, kvk, refusal, worlds};

const HEAD: &str = "number;organisation;kvkNumbers;level;thirtyPlus;certifyingBody;validFrom;validUntil";
const TERMS: ImportTerms = ImportTerms { is_complete: true, max_ended_percent: 100 };

/// A row of the list: the organisation of that number, at that level, for two years.
fn row(number: u32, level: &str) -> String {
    format!("PSO-{number};Onderneming {number};{number:08};{level};nee;Kiwa;2025-03-01;2027-02-28")
}

fn list(rows: &[String]) -> String {
    format!("{HEAD}\n{}\n", rows.join("\n"))
}

/// A register at that address, asked without patience.
fn with_register(world: &World, url: String) -> Services {
    let settings = RegisterSettings {
        within: Duration::from_millis(400),
        pause: Duration::from_millis(5),
        most_bytes: 20_000_000,
        ..RegisterSettings::of(url)
    };
    Services::new(world.database.db.clone(), world.clock.clone())
        .with_register(RegisterClient::new(settings).unwrap())
}

/// Does all imports that wait, and answers how the one that was asked for ended.
fn done(services: &Services, asked: &RegisterImport) -> RegisterImport {
    while services.do_next_job(JobKind::RegisterImport).unwrap() {}
    register_imports::get(services, &actor(Role::Operator), asked.id).unwrap()
}

fn fetched(services: &Services) -> RegisterImport {
    let asked = register_imports::request(services, &actor(Role::Operator), &TERMS).unwrap();
    done(services, &asked)
}

fn uploaded_on(services: &Services, terms: &ImportTerms, text: &str) -> RegisterImport {
    let operator = actor(Role::Operator);
    let asked = register_imports::upload(services, &operator, "list.csv", terms, text.as_bytes()).unwrap();
    done(services, &asked)
}

fn uploaded(world: &World, text: &str) -> RegisterImport {
    uploaded_on(&world.services, &TERMS, text)
}

/// Added, changed, ended, unchanged, malformed.
fn counts(import: &RegisterImport) -> [i64; 5] {
    let counts = import.counts;
    [counts.added, counts.changed, counts.ended, counts.unchanged, counts.malformed]
}

fn level(world: &World, number: u32) -> Option<String> {
    let known = pso_levels::get(&world.services, &buyer(), kvk(number), None, None).unwrap();
    known.certificate.map(|certificate| certificate.facts.level)
}

fn faults(world: &World, import: &RegisterImport) -> Vec<String> {
    let request = PageRequest { start: Start::First, limit: 100 };
    let page = register_imports::list_faults(&world.services, &actor(Role::Operator), import.id, &request);
    let told = |fault: trede_model::pso::register_import::ImportFault| {
        format!("{} {} {}", fault.row, fault.field, fault.code)
    };
    page.unwrap().items.into_iter().map(|(_, fault)| told(fault)).collect()
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

fn server(runtime: &Runtime) -> MockServer {
    runtime.block_on(MockServer::start())
}

fn serve(runtime: &Runtime, server: &MockServer, answer: ResponseTemplate) {
    runtime.block_on(async {
        server.reset().await;
        Mock::given(method("GET")).respond_with(answer).mount(server).await;
    });
}

#[test]
fn the_same_list_adds_once_and_then_changes_nothing() {
    for world in worlds() {
        let text = list(&[row(1, "Trede 2"), row(2, "Basistrede"), row(3, "trede-3")]);
        let first = uploaded(&world, &text);
        assert_eq!((first.state, counts(&first)), (ImportState::Succeeded, [3, 0, 0, 0, 0]));
        assert_eq!(level(&world, 1).as_deref(), Some("trede-2"));
        let name = organisations::get(&world.services, &buyer(), kvk(2)).unwrap().name;
        assert_eq!(name, "Onderneming 2");
        let again = uploaded(&world, &text);
        assert_eq!((again.state, counts(&again)), (ImportState::Succeeded, [0, 0, 0, 3, 0]));
    }
}

#[test]
fn what_changed_gets_a_revision_and_what_is_gone_ends_today() {
    for world in worlds() {
        uploaded(&world, &list(&[row(1, "Trede 1"), row(2, "Trede 2")]));
        let before = world.services.now();
        world.clock.set("2026-01-06T09:00:00Z");
        let second = uploaded(&world, &list(&[row(1, "Trede 3")]));
        assert_eq!(counts(&second), [0, 1, 1, 0, 0]);
        assert_eq!(level(&world, 1).as_deref(), Some("trede-3"));
        assert_eq!(level(&world, 2), None);
        let known = |number, on: &str| {
            let asked =
                pso_levels::get(&world.services, &buyer(), kvk(number), on.parse().ok(), Some(before));
            asked.unwrap().certificate.map(|certificate| certificate.facts.level)
        };
        assert_eq!(known(1, "2026-01-06").as_deref(), Some("trede-1"), "as it was known before");
        assert_eq!(known(2, "2026-01-06").as_deref(), Some("trede-2"), "as it was known before");
        let first = PageRequest { start: Start::First, limit: 10 };
        let kept = certificates::list(&world.services, &buyer(), kvk(2), &first).unwrap().items;
        assert_eq!(kept.len(), 2, "nothing was deleted");
        let back = uploaded(&world, &list(&[row(1, "Trede 3"), row(2, "Trede 2")]));
        assert_eq!(counts(&back), [0, 1, 0, 1, 0]);
        assert_eq!(level(&world, 2).as_deref(), Some("trede-2"));
    }
}

#[test]
fn a_list_that_is_not_complete_ends_nothing() {
    for world in worlds() {
        uploaded(&world, &list(&[row(1, "Trede 1"), row(2, "Trede 2")]));
        let terms = ImportTerms { is_complete: false, ..TERMS };
        let some = uploaded_on(&world.services, &terms, &list(&[row(3, "Trede 2")]));
        assert_eq!(counts(&some), [1, 0, 0, 0, 0]);
        assert_eq!(level(&world, 1).as_deref(), Some("trede-1"));
    }
}

#[test]
fn a_list_that_lacks_too_much_is_taken_for_a_broken_one() {
    for world in worlds() {
        let rows: Vec<String> = (1..=20).map(|number| row(number, "Trede 1")).collect();
        uploaded(&world, &list(&rows));
        let terms = ImportTerms { max_ended_percent: 10, ..TERMS };
        let short = uploaded_on(&world.services, &terms, &list(&rows[..17]));
        assert_eq!((short.state, counts(&short)), (ImportState::Failed, [0, 0, 0, 17, 0]));
        assert!(short.note.unwrap().starts_with("3 of 20 certificates"));
        assert_eq!(level(&world, 20).as_deref(), Some("trede-1"));
        let allowed = uploaded_on(&world.services, &terms, &list(&rows[..18]));
        assert_eq!((allowed.state, counts(&allowed)), (ImportState::Succeeded, [0, 0, 2, 18, 0]));
    }
}

#[test]
fn a_malformed_row_is_told_with_its_number_and_stops_no_other() {
    for world in worlds() {
        uploaded(&world, &list(&[row(1, "Trede 1"), row(2, "Trede 2")]));
        let text = format!(
            "{HEAD}\n{}\n{}\n{}\n{}\n",
            row(1, "Trede 1"),
            "PSO-2;Naam;1234;Trede 9;misschien;;01-03-2025;31 februari",
            "te;kort",
            row(3, "Trede 3").replace("2027-02-28", "2028-02-28"),
        );
        let import = uploaded(&world, &text);
        assert_eq!((import.state, counts(&import)), (ImportState::Succeeded, [0, 0, 0, 1, 3]));
        assert_eq!(
            faults(&world, &import),
            [
                "3 kvkNumbers kvk-malformed",
                "3 certifyingBody text-needed",
                "3 validUntil date-malformed",
                "3 thirtyPlus truth-malformed",
                "3 level level-unknown",
                "4  cell-count",
                "5 validUntil term-too-long",
            ]
        );
        assert_eq!(level(&world, 2).as_deref(), Some("trede-2"), "its row was on the list, if broken");
    }
}

#[test]
fn nothing_ends_when_a_row_without_a_number_may_have_named_it() {
    for world in worlds() {
        uploaded(&world, &list(&[row(1, "Trede 1"), row(2, "Trede 2")]));
        let nameless = row(2, "Trede 2").replace("PSO-2", "");
        let import = uploaded(&world, &list(&[row(1, "Trede 1"), nameless]));
        assert_eq!((import.state, counts(&import)), (ImportState::Succeeded, [0, 0, 0, 1, 1]));
        assert!(import.note.unwrap().contains("no certificate was ended"));
        assert_eq!(level(&world, 2).as_deref(), Some("trede-2"));
    }
}

#[test]
fn a_row_that_contradicts_an_earlier_one_is_told_and_the_first_holds() {
    for world in worlds() {
        let text = list(&[row(1, "Trede 1"), row(1, "Trede 1"), row(1, "Trede 3")]);
        let import = uploaded(&world, &text);
        assert_eq!(counts(&import), [1, 0, 0, 1, 1]);
        assert_eq!(faults(&world, &import), ["4 number listed-twice"]);
        let again = uploaded(&world, &text);
        assert_eq!(counts(&again), [0, 0, 0, 2, 1], "and so does every other time");
    }
}

#[test]
fn a_list_as_json_says_the_same_as_one_as_csv() {
    for world in worlds() {
        let json = r#"{"updated": "2026-01-01", "certificates": [
            {"number": "PSO-1", "organisation": "Onderneming 1", "kvkNumbers": ["00000001"], "level": "trede-2",
             "thirtyPlus": false, "certifyingBody": "Kiwa", "validFrom": "2025-03-01", "validUntil": "2027-02-28",
             "website": "https://example.nl"},
            7
        ]}"#;
        let import = uploaded(&world, json);
        assert_eq!((import.state, counts(&import)), (ImportState::Succeeded, [1, 0, 0, 0, 1]));
        assert_eq!(faults(&world, &import), ["2  wrong-shape"]);
        let same = uploaded(&world, &list(&[row(1, "Trede 2")]));
        assert_eq!(counts(&same), [0, 0, 0, 1, 0]);
    }
}

#[test]
fn what_is_no_list_ends_nothing() {
    for world in worlds() {
        uploaded(&world, &list(&[row(1, "Trede 1")]));
        for text in ["", "<html><body>Onderhoud</body></html>", "{\"error\": 1}", "[1, 2", "a;b\n1;2\n"] {
            let operator = actor(Role::Operator);
            match register_imports::upload(&world.services, &operator, "list.csv", &TERMS, text.as_bytes()) {
                // What breaks off later is found when it is read.
                Ok(asked) => {
                    let import = done(&world.services, &asked);
                    assert_eq!(import.state, ImportState::Failed, "{text}");
                    assert_eq!(counts(&import)[2], 0, "{text}");
                }
                refused => assert_eq!(findings(refused), ["no-list"], "{text}"),
            }
        }
        assert_eq!(level(&world, 1).as_deref(), Some("trede-1"));
    }
}

#[test]
fn a_register_that_says_that_nothing_changed_is_not_read_again() {
    let runtime = runtime();
    for world in worlds() {
        let server = server(&runtime);
        let text = list(&[row(1, "Trede 2")]);
        serve(
            &runtime,
            &server,
            ResponseTemplate::new(200).insert_header("ETag", "\"v1\"").set_body_string(text),
        );
        let services = with_register(&world, server.uri());
        let first = fetched(&services);
        assert_eq!(
            (first.state, counts(&first), first.not_modified),
            (ImportState::Succeeded, [1, 0, 0, 0, 0], false)
        );
        runtime.block_on(async {
            server.reset().await;
            let known = Mock::given(header("If-None-Match", "\"v1\""));
            known.respond_with(ResponseTemplate::new(304)).mount(&server).await;
        });
        let second = fetched(&services);
        assert_eq!(
            (second.state, counts(&second), second.not_modified),
            (ImportState::Succeeded, [0; 5], true)
        );
    }
}

#[test]
fn a_register_that_fails_at_first_is_asked_again() {
    let runtime = runtime();
    for world in worlds() {
        let server = server(&runtime);
        runtime.block_on(async {
            let failing = Mock::given(method("GET")).respond_with(ResponseTemplate::new(500));
            failing.up_to_n_times(3).mount(&server).await;
            let text = list(&[row(1, "Trede 2")]);
            let working =
                Mock::given(method("GET")).respond_with(ResponseTemplate::new(200).set_body_string(text));
            working.mount(&server).await;
        });
        let import = fetched(&with_register(&world, server.uri()));
        assert_eq!((import.state, counts(&import)), (ImportState::Succeeded, [1, 0, 0, 0, 0]));
    }
}

#[test]
fn a_register_that_keeps_failing_or_is_slow_or_too_large_changes_nothing_and_says_why() {
    let runtime = runtime();
    for world in worlds() {
        uploaded(&world, &list(&[row(1, "Trede 1")]));
        let server = server(&runtime);
        let services = with_register(&world, server.uri());
        let slow = ResponseTemplate::new(200).set_body_string(list(&[])).set_delay(Duration::from_secs(2));
        for (answer, why) in [
            (ResponseTemplate::new(500), "answered 500"),
            (ResponseTemplate::new(404), "answered 404"),
            (slow, "did not answer"),
            (ResponseTemplate::new(200).set_body_bytes(vec![b'x'; 20_000_001]), "larger than"),
        ] {
            serve(&runtime, &server, answer);
            let import = fetched(&services);
            assert_eq!((import.state, counts(&import)), (ImportState::Failed, [0; 5]));
            assert!(import.note.as_deref().unwrap().contains(why), "{:?}", import.note);
        }
        assert_eq!(level(&world, 1).as_deref(), Some("trede-1"));
    }
}

#[test]
fn half_a_body_is_never_taken_for_a_list() {
    for world in worlds() {
        uploaded(&world, &list(&[row(1, "Trede 1"), row(2, "Trede 1")]));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let serving = std::thread::spawn(move || {
            for connection in listener.incoming().take(4) {
                let mut connection = connection.unwrap();
                let _ = connection.read(&mut [0; 4096]).unwrap();
                let half = list(&[row(1, "Trede 3")]);
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{half}", half.len() * 2);
                connection.write_all(head.as_bytes()).unwrap();
            }
        });
        let import = fetched(&with_register(&world, url));
        serving.join().unwrap();
        assert_eq!((import.state, counts(&import)), (ImportState::Failed, [0; 5]));
        assert_eq!(level(&world, 1).as_deref(), Some("trede-1"));
        assert_eq!(level(&world, 2).as_deref(), Some("trede-1"));
    }
}

#[test]
fn without_a_register_only_a_list_can_be_handed_over() {
    for world in worlds() {
        let refused = register_imports::request(&world.services, &actor(Role::Operator), &TERMS);
        assert_eq!(refusal(refused), "register-not-configured");
    }
}

/// The most memory that this process has had in use, in kB.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
#[ignore = "takes a minute: run with --ignored --nocapture to see the figures"]
fn fifty_thousand_certificates_are_read_in_bounded_memory() {
    let runtime = runtime();
    let mut text = format!("{HEAD}\n");
    for number in 1..=50_000 {
        writeln!(text, "{}", row(number, "Trede 2")).unwrap();
    }
    for world in worlds() {
        let server = server(&runtime);
        serve(&runtime, &server, ResponseTemplate::new(200).set_body_string(text.clone()));
        let services = with_register(&world, server.uri());
        for expected in [[50_000, 0, 0, 0, 0], [0, 0, 0, 50_000, 0]] {
            let (before, began) = (peak_memory(), std::time::Instant::now());
            let import = fetched(&services);
            assert_eq!(
                (import.state, counts(&import)),
                (ImportState::Succeeded, expected),
                "{:?}",
                import.note
            );
            let grown = peak_memory().saturating_sub(before);
            println!("{}: {:?}, {grown} kB more", world.database.kind, began.elapsed());
            assert!(grown < 64_000, "memory grew by {grown} kB");
        }
    }
}

#[test]
fn an_import_that_was_stopped_half_way_is_taken_over_when_its_hold_has_passed() {
    for world in worlds() {
        let services = &world.services;
        let operator = actor(Role::Operator);
        let text = list(&[row(1, "Trede 1"), row(2, "Trede 2")]);
        let asked =
            register_imports::upload(services, &operator, "list.csv", &TERMS, text.as_bytes()).unwrap();
        // Another instance takes the job, and is never heard of again.
        let (now, until) = (services.now(), services.now() + chrono::TimeDelta::seconds(30));
        let holder = Id::from_uuid(uuid::Uuid::now_v7());
        let taken = world
            .database
            .db
            .write_progress(|c| jobs::take(c, JobKind::RegisterImport, holder, (now, until)));
        let lost = taken.unwrap().unwrap();
        assert!(!services.do_next_job(JobKind::RegisterImport).unwrap(), "it is held");
        world.clock.advance(chrono::TimeDelta::seconds(31));
        let import = done(services, &asked);
        assert_eq!((import.state, counts(&import)), (ImportState::Succeeded, [2, 0, 0, 0, 0]));
        let holds = world.database.db.write_progress(|c| jobs::hold(c, &lost, until));
        assert!(!holds.unwrap(), "who lost its hold can add nothing");
    }
}

#[test]
fn instances_that_work_at_the_same_time_do_each_import_once() {
    for world in worlds() {
        let operator = actor(Role::Operator);
        let asked: Vec<_> = (0..6)
            .map(|number| {
                let text = list(&[row(number, "Trede 1")]);
                let terms = ImportTerms { is_complete: false, ..TERMS };
                register_imports::upload(&world.services, &operator, "list.csv", &terms, text.as_bytes())
                    .unwrap()
            })
            .collect();
        let done: usize = std::thread::scope(|scope| {
            let instances: Vec<_> = (0..3)
                .map(|_| {
                    let services = &world.services;
                    scope.spawn(move || {
                        let mut done = 0;
                        while services.do_next_job(JobKind::RegisterImport).unwrap() {
                            done += 1;
                        }
                        done
                    })
                })
                .collect();
            instances.into_iter().map(|instance| instance.join().unwrap()).sum()
        });
        assert_eq!(done, asked.len());
        for one in &asked {
            let import = register_imports::get(&world.services, &operator, one.id).unwrap();
            assert_eq!((import.state, counts(&import)), (ImportState::Succeeded, [1, 0, 0, 0, 0]));
        }
    }
}

#[test]
fn a_level_that_is_lost_by_the_passing_of_time_is_told_once_and_its_end_was_announced() {
    for world in worlds() {
        let services = &world.services;
        uploaded(&world, &list(&[row(1, "Trede 1")]));
        let watch = |at: &str| {
            world.clock.set(at);
            services.plan_watch().unwrap();
            while services.do_next_job(JobKind::LevelWatch).unwrap() {}
            let events = world.database.db.read(|c| events::list(c, AuditScope::National)).unwrap();
            let told = events.iter().filter(|event| event.kind != EventKind::PsoLevelChanged);
            (told.count(), events.iter().filter(|event| event.data.contains("\"present\":null")).count())
        };
        assert_eq!(watch("2026-08-31T10:00:00Z"), (0, 0));
        assert_eq!(watch("2026-09-01T10:00:00Z"), (1, 0), "180 days before the last day");
        assert_eq!(watch("2026-09-01T20:00:00Z"), (1, 0));
        assert_eq!(watch("2027-02-28T10:00:00Z"), (1, 0), "the last day");
        assert_eq!(watch("2027-03-01T10:00:00Z"), (1, 1));
        assert_eq!(watch("2027-03-04T10:00:00Z"), (1, 1));
    }
}
