//! What is added to the file of anchors is stamped by an authority, and the stamp holds for who checks it without us.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support;
use crate::survival::server::{Server, published_lot};

const WITHIN: Duration = Duration::from_secs(20);
const SETTINGS: &str = "[tsa]\ndefault_tsa = ours\n[ours]\nserial = ./serial\nsigner_cert = ./tsa.pem\n\
    signer_key = ./key.pem\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\n\
    digests = sha256\ness_cert_id_alg = sha256\n";

fn openssl(folder: &Path, arguments: &[&str]) {
    let ran = Command::new("openssl").args(arguments).current_dir(folder).output().unwrap();
    assert!(ran.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

/// A time-stamp authority: its key and certificate, and `openssl` behind a door of HTTP.
fn authority() -> (Arc<TempDir>, String) {
    let folder = Arc::new(TempDir::new().unwrap());
    fs::write(folder.path().join("settings"), SETTINGS).unwrap();
    fs::write(folder.path().join("serial"), "01\n").unwrap();
    let own = "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out tsa.pem -days 2 -subj /CN=TSA \
               -addext extendedKeyUsage=critical,timeStamping";
    openssl(folder.path(), &own.split_whitespace().collect::<Vec<_>>());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://naam:geheim@{}/tsa", listener.local_addr().unwrap());
    let at = Arc::clone(&folder);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            answer(stream, at.path());
        }
    });
    (folder, url)
}

fn answer(mut stream: TcpStream, folder: &Path) {
    let mut asked = Vec::new();
    let body = loop {
        let mut bytes = [0; 4096];
        let read = stream.read(&mut bytes).unwrap();
        asked.extend_from_slice(&bytes[..read]);
        let head = asked.windows(4).position(|window| window == b"\r\n\r\n");
        let Some(head) = head.map(|at| at + 4) else { continue };
        let text = String::from_utf8_lossy(&asked[..head]).to_ascii_lowercase();
        assert!(text.contains("content-type: application/timestamp-query"), "{text}");
        let length = text.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
        let length: usize = length.unwrap().trim().parse().unwrap();
        if asked.len() == head + length {
            break asked[head..].to_vec();
        }
    };
    fs::write(folder.join("query"), body).unwrap();
    openssl(folder, &["ts", "-reply", "-config", "settings", "-queryfile", "query", "-out", "reply"]);
    let reply = fs::read(folder.join("reply")).unwrap();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/timestamp-reply\r\ncontent-length: {}\r\n\r\n",
        reply.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&reply).unwrap();
}

fn stamps_in(folder: &Path) -> Vec<std::path::PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let stamps = files.filter(|file| file.extension().is_some_and(|ending| ending == "tsr"));
    stamps.filter(|stamp| stamp.metadata().unwrap().len() > 0).collect()
}

#[test]
fn heads_of_the_trail_are_stamped_and_openssl_finds_the_stamp_good() {
    let (authority, url) = authority();
    let database = support::sqlite();
    published_lot(&database);
    let kept = TempDir::new().unwrap();
    let file = kept.path().join("anchors");
    let variables = [("TREDE_ANCHOR_FILE", file.display().to_string()), ("TREDE_TIME_STAMP_URL", url)];
    let _server = Server::start_with(&database.url, &variables);
    let begun = Instant::now();
    while stamps_in(kept.path()).is_empty() {
        assert!(begun.elapsed() < WITHIN, "no stamp: {:?}", fs::read_dir(kept.path()).unwrap().count());
        std::thread::sleep(Duration::from_millis(100));
    }
    let stamp = stamps_in(kept.path()).remove(0);
    let stamped = stamp.with_extension("jsonl");
    let lines = fs::read(&stamped).unwrap();
    assert!(!lines.is_empty());
    assert_eq!(lines, fs::read(&file).unwrap(), "what is stamped is what was added");
    let check = |document: &Path| {
        let mut command = Command::new("openssl");
        command.args(["ts", "-verify", "-CAfile"]).arg(authority.path().join("tsa.pem"));
        command.arg("-data").arg(document).arg("-in").arg(&stamp).output().unwrap()
    };
    let good = check(&stamped);
    assert!(good.status.success(), "{}", String::from_utf8_lossy(&good.stderr));
    let altered = kept.path().join("altered");
    fs::write(&altered, [&lines[..], b" "].concat()).unwrap();
    assert!(!check(&altered).status.success(), "a stamp is for one document");
    let verified = Command::new(env!("CARGO_BIN_EXE_trede"))
        .args(["audit", "verify", "--anchor"])
        .arg(&stamped)
        .env("DATABASE_URL", &database.url)
        .output()
        .unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}
