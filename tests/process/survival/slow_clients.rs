//! Many who send a body slowly and as many who send a head slowly: memory stays bounded, and who is
//! honest is served.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::support;
use crate::survival::server::{self, Server};

/// So many of each; `SLOW_CLIENTS` names another number. The tests beside this one need the machine too.
const FEW: usize = 60;
/// How long the honest ask.
const ASKED_FOR: Duration = Duration::from_secs(12);
/// The most memory of the program, in kilobytes.
const MOST_MEMORY: u64 = 200 * 1024;
/// Within which an honest caller is answered, 99 times in a hundred.
const ANSWERED_WITHIN: Duration = Duration::from_secs(1);

/// As many files as this test has open.
fn allow_open_files() {
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum }).unwrap();
}

/// A connection on which only the beginning was sent.
fn begin(server: &Server, beginning: &str) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(server.address).ok()?;
    stream.set_nonblocking(true).ok()?;
    stream.write_all(beginning.as_bytes()).ok()?;
    Some(stream)
}

fn slow_body(server: &Server, number: usize) -> Option<TcpStream> {
    let (token, path) = [
        (&server.token, "award-simulations"),
        (&server.coordinator, "municipalities/gm0344/social-return-policies"),
        (&server.operator, "organisations"),
    ][number % 3];
    let head = format!(
        "POST /v1/{path} HTTP/1.1\r\nHost: trede\r\nAuthorization: Bearer {token}\r\n\
         Idempotency-Key: \"{number}\"\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n{{\"a\": \""
    );
    begin(server, &head)
}

/// Sends a little on each connection, again and again; who was shown the door comes back.
fn drip(server: &Server, of_each: usize, stop: &AtomicBool) {
    let open = |number| {
        if number < of_each {
            slow_body(server, number)
        } else {
            begin(server, "GET /v1/openapi.json HTTP/1.1\r\nX-Slow: ")
        }
    };
    let mut streams: Vec<Option<TcpStream>> = (0..2 * of_each).map(open).collect();
    while !stop.load(Ordering::Relaxed) {
        for (number, slot) in streams.iter_mut().enumerate() {
            let piece: &[u8] = if number < of_each { &[b'x'; 512] } else { b"x" };
            if slot.as_mut().is_none_or(|stream| stream.write_all(piece).is_err()) {
                *slot = open(number);
            }
        }
        std::thread::sleep(Duration::from_secs(1));
    }
}

/// How long an answer took; panics on any other status.
fn ask(server: &Server, path: &str, token: &str) -> Duration {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(server.address).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: trede\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
    begun.elapsed()
}

/// The memory of the program, in kilobytes.
fn memory(server: &Server) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn slow_clients_take_neither_memory_nor_turns() {
    allow_open_files();
    let of_each = std::env::var("SLOW_CLIENTS").map_or(FEW, |number| number.parse().unwrap());
    let database = support::sqlite();
    server::published_lot(&database);
    let server = Server::start(&database.url);
    let stop = AtomicBool::new(false);
    let (mut waits, mut most) = (Vec::new(), 0);
    std::thread::scope(|scope| {
        let dripping = scope.spawn(|| drip(&server, of_each, &stop));
        let begun = Instant::now();
        while begun.elapsed() < ASKED_FOR {
            waits.push(ask(&server, "/health/ready", ""));
            waits.push(ask(&server, "/v1/municipalities/gm0344/tenders", &server.token));
            most = most.max(memory(&server));
            std::thread::sleep(Duration::from_millis(20));
        }
        stop.store(true, Ordering::Relaxed);
        dripping.join().unwrap();
    });
    waits.sort_unstable();
    let p99 = waits[waits.len() * 99 / 100];
    println!("{} answers, p99 {p99:?}, memory {most} kB", waits.len());
    assert!(p99 < ANSWERED_WITHIN, "p99 {p99:?}");
    assert!(most < MOST_MEMORY, "{most} kB");
}
