//! Two instances read the PSO register: each import is one instance's, and another's when that is killed.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use trede_base::page::{PageRequest, Start};
use trede_model::frame::role::Role;
use trede_model::pso::register_import::{ImportState, RegisterImport};
use trede_service::Services;
use trede_service::pso::{certificates, register_imports};

use crate::support;
use crate::survival::client;
use crate::survival::server::{self, Server};

/// Certificates on the list.
const ROWS: u32 = 3000;
/// What a killed instance was at is taken over within that time.
const WITHIN: Duration = Duration::from_secs(60);

/// A register that serves one list and counts how often it was asked for.
struct Register {
    address: SocketAddr,
    asked: Arc<AtomicUsize>,
}

impl Register {
    fn start(list: &Arc<Mutex<String>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::<AtomicUsize>::default();
        let (counter, list) = (Arc::clone(&asked), Arc::clone(list));
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut question = Vec::new();
                let mut piece = [0; 1024];
                while !question.windows(4).any(|four| four == b"\r\n\r\n") {
                    let read = stream.read(&mut piece).unwrap_or(0);
                    if read == 0 {
                        break;
                    }
                    question.extend_from_slice(&piece[..read]);
                }
                counter.fetch_add(1, Ordering::Relaxed);
                let list = list.lock().unwrap();
                let _ = write!(
                    stream,
                    "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{list}",
                    list.len()
                );
            }
        });
        Self { address, asked }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }

    fn serve_to(&self, database_url: &str) -> Server {
        let url = format!("http://{}/list.csv", self.address);
        Server::start_with(database_url, &[("TREDE_REGISTER_URL", url)])
    }
}

fn list(level: &str) -> String {
    let mut text =
        "number;organisation;kvkNumbers;level;thirtyPlus;certifyingBody;validFrom;validUntil\n".to_owned();
    for number in 1..=ROWS {
        writeln!(
            text,
            "PSO-{number};Onderneming {number};{number:08};{level};nee;Kiwa;2026-01-01;2027-12-31"
        )
        .unwrap();
    }
    text
}

fn imports(services: &Services) -> Vec<RegisterImport> {
    let all = PageRequest { start: Start::First, limit: 100 };
    register_imports::list(services, &server::actor(Role::Operator), &all).unwrap().items
}

/// Waits until the imports are as they should be.
fn wait_for(services: &Services, what: &str, holds: impl Fn(&[RegisterImport]) -> bool) {
    let end = Instant::now() + WITHIN;
    while !holds(&imports(services)) {
        assert!(Instant::now() < end, "not within a minute: {what}; {:#?}", imports(services));
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn ask(server: &Server) -> String {
    let answer = client::write(server, &server.operator, "/v1/pso-register-imports", &json!({})).unwrap();
    assert_eq!(answer.status / 100, 2, "{}", answer.body);
    answer.json()["id"].as_str().unwrap().to_owned()
}

/// How many revisions there are of each certificate on the list, at the least and at the most.
fn revisions(services: &Services) -> (usize, usize) {
    let all = PageRequest { start: Start::First, limit: 100 };
    let of = |number: u32| {
        let kvk = format!("{number:08}").parse().unwrap();
        certificates::list(services, &server::actor(Role::Operator), kvk, &all).unwrap().items.len()
    };
    let counts: Vec<_> = (1..=ROWS).map(of).collect();
    (*counts.iter().min().unwrap(), *counts.iter().max().unwrap())
}

#[test]
fn two_instances_read_each_import_once_and_one_goes_on_when_the_other_is_killed() {
    let Some(database) = support::postgres() else { return };
    let services = server::use_cases(&database);
    let served = Arc::new(Mutex::new(list("Trede 1")));
    let registers = [Register::start(&served), Register::start(&served)];
    let [one, other] = registers.each_ref().map(|register| register.serve_to(&database.url));
    let asked: Vec<_> = [&one, &other, &one, &other].into_iter().map(ask).collect();
    let ended = |imports: &[RegisterImport]| imports.iter().all(|import| import.finished_at.is_some());
    wait_for(&services, "all imports end", |imports| imports.len() >= asked.len() && ended(imports));
    let done = imports(&services);
    assert!(done.iter().all(|import| import.state == ImportState::Succeeded), "{done:#?}");
    let added: i64 = done.iter().map(|import| import.counts.added).sum();
    assert_eq!(added, i64::from(ROWS));
    // The daily import, which either instance asks for when it starts, is one of them.
    let questions: usize = registers.iter().map(Register::asked).sum();
    assert_eq!(questions, done.len(), "each import was read by one instance");
    assert_eq!(revisions(&services), (1, 1));

    *served.lock().unwrap() = list("Trede 2");
    let before = registers.each_ref().map(Register::asked);
    let id = ask(&one);
    let of = |imports: &[RegisterImport]| {
        imports.iter().find(|import| import.id.to_string() == id).map(|import| import.counts.rows_read)
    };
    wait_for(&services, "it is under way", |imports| of(imports).is_some_and(|rows| rows >= 400));
    let is_one_at_it = registers[0].asked() > before[0];
    if is_one_at_it { &one } else { &other }.kill();
    let killed_at = Instant::now();
    assert!(!ended(&imports(&services)), "it was killed in the midst");
    wait_for(&services, "the other takes over", ended);
    let took = killed_at.elapsed();
    assert!(imports(&services).iter().all(|import| import.state == ImportState::Succeeded));
    assert_eq!(revisions(&services), (2, 2), "each level changed once");
    let left = usize::from(is_one_at_it);
    assert_eq!(registers[left].asked(), before[left] + 1);
    println!(
        "{} imports of {ROWS} rows, each read once; taken over and ended after {took:?}",
        done.len() + 1
    );
}
