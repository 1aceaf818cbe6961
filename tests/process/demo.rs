//! The demo: what it prints can be used as it stands.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// A demo that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The status of a `GET` with a token.
fn status_of(url: &str, token: &str) -> u16 {
    let rest = url.strip_prefix("http://").unwrap();
    let (address, path) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET /{path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
fn the_urls_and_tokens_that_the_demo_prints_work() {
    let mut demo = Running(
        Command::new(env!("CARGO_BIN_EXE_trede"))
            .args(["demo", "--lang", "en", "--bind", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut lines = BufReader::new(demo.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    let printed: Vec<_> = lines.by_ref().take_while(|line| !line.starts_with("Try:")).collect();
    let evaluations: Vec<_> =
        printed.iter().filter_map(|line| line.trim().strip_prefix("evaluation: ")).collect();
    let token_of = |role: &str| {
        let at = printed.iter().position(|line| line.trim() == role).unwrap();
        printed[at + 1].trim()
    };
    assert!(evaluations.len() > 9, "{printed:?}");
    for url in evaluations {
        assert_eq!(status_of(url, token_of("buyer")), 200);
        assert_eq!(status_of(url, token_of("bidder")), 403);
        assert_eq!(status_of(url, "none"), 401);
    }
    let contract = printed.iter().find(|line| line.contains("/contracts/")).unwrap().trim();
    for role in ["coordinator", "contractor"] {
        assert_eq!(status_of(contract, token_of(role)), 200);
    }
    for example in lines.by_ref().take(2) {
        let (token, url) = example.split_once("Bearer ").unwrap().1.split_once("' ").unwrap();
        assert_eq!(status_of(url, token), 200, "{url}");
    }
}

#[test]
fn a_script_gets_addresses_and_tokens_as_one_document() {
    let mut demo = Running(
        Command::new(env!("CARGO_BIN_EXE_trede"))
            .args(["demo", "--json", "--bind", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut line = String::new();
    BufReader::new(demo.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let told: serde_json::Value = serde_json::from_str(&line).unwrap();
    let token = |role: &str| told["tokens"][role][0].as_str().unwrap();
    assert_eq!(told["tokens"]["opener"].as_array().unwrap().len(), 2);
    let evaluation = told["tenders"][0]["evaluations"][0].as_str().unwrap();
    assert_eq!(status_of(evaluation, token("buyer")), 200);
    assert_eq!(status_of(told["contract"]["portfolio"].as_str().unwrap(), token("coordinator")), 200);
    assert!(told["url"].as_str().unwrap().starts_with("http://127.0.0.1:"));
}

#[test]
fn once_prints_the_ranking_and_exits() {
    let once = Command::new(env!("CARGO_BIN_EXE_trede")).args(["demo", "--once"]).output().unwrap();
    assert!(once.status.success());
    let printed = String::from_utf8(once.stdout).unwrap();
    assert!(printed.contains("Groenonderhoud") && !printed.contains("http://"), "{printed}");
}
