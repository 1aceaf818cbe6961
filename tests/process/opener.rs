//! Openers at machines of their own: their keys never leave these, and what they gave outlives `kill -9`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;
use trede_model::bidding::key_share::OpenerKeyId;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::LotPath;
use trede_service::bidding::bids::{self, NewBid};
use trede_service::bidding::key_splits;
use trede_service::clock::{Clock, SystemClock};
use trede_service::tendering::{tender_steps, tenders};

use crate::survival::server::{Server, actor, draft_lot};

/// The machine of an opener.
struct Desk {
    name: String,
    folder: TempDir,
}

fn trede(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_trede")).args(arguments).output().unwrap()
}

/// What a command that went well printed.
fn told(arguments: &[&str]) -> String {
    let output = trede(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn refused(arguments: &[&str]) -> String {
    let output = trede(arguments);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), b"".as_slice()));
    String::from_utf8(output.stderr).unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

impl Desk {
    fn new(number: usize) -> Self {
        let desk = Self { name: format!("opener-{number}"), folder: TempDir::new().unwrap() };
        told(&["opener", "keygen", text(&desk.key())]);
        desk
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("opener.key")
    }

    /// The words by which the service is asked, with the key in a file.
    fn asking(&self, server: &Server, key: &Path, act: &[&str]) -> Vec<String> {
        let token = self.folder.path().join("token");
        fs::write(&token, server.token_of(Role::Opener, &self.name)).unwrap();
        let address = format!("http://{}", server.address);
        let asking =
            ["--key", text(key), "--api", &address, "--token", text(&token), "--municipality", "gm0344"];
        ["opener"].iter().chain(act).chain(&asking).map(|word| (*word).to_owned()).collect()
    }

    fn register(&self, server: &Server) -> OpenerKeyId {
        let words = self.asking(server, &self.key(), &["register"]);
        let told = told(&words.iter().map(String::as_str).collect::<Vec<_>>());
        let id = told.split_whitespace().find_map(|word| word.trim_end_matches(':').parse().ok());
        id.unwrap_or_else(|| panic!("no id in «{told}»"))
    }
}

fn wait_for_deadline(server: &Server, desk: &Desk, at: LotPath, deadline: DateTime<Utc>) {
    let tender = at.tender.to_string();
    let words = desk.asking(server, &desk.key(), &["open", "--tender", &tender]);
    let early = refused(&words.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(early.contains("409"), "{early}");
    let left = deadline - SystemClock.now() + TimeDelta::seconds(1);
    std::thread::sleep(left.to_std().unwrap_or(Duration::ZERO));
}

#[test]
fn openers_open_from_their_own_machines_though_the_service_is_killed_between_their_parts() {
    for database in crate::support::databases() {
        let deadline = SystemClock.now() + TimeDelta::seconds(30);
        let (services, at) = draft_lot(&database, deadline);
        let server = Server::start(&database.url);
        let desks = [Desk::new(1), Desk::new(2), Desk::new(3)];
        let keys: Vec<_> = desks.iter().map(|desk| desk.register(&server)).collect();
        let buyer = actor(Role::Buyer);
        let version =
            tenders::get(&services, &buyer, at.municipality, at.tender).unwrap().tender.record.version;
        key_splits::replace(&services, &buyer, at.municipality, at.tender, (version, 2, &keys)).unwrap();
        tender_steps::publish(&services, &buyer, at.municipality, at.tender).unwrap();
        let offer = serde_json::json!({"bidderName": "Groen & Zonen", "price": "100000"});
        let new = NewBid {
            bidder: "69599068".parse().unwrap(),
            offer: serde_json::from_value(offer).unwrap(),
            external_reference: None,
            receipt: None,
            content_hash: None,
        };
        bids::create(&services, &actor(Role::Platform), at, new, SystemClock.now()).unwrap();
        wait_for_deadline(&server, &desks[0], at, deadline);

        let tender = at.tender.to_string();
        let open = ["open", "--tender", tender.as_str()];
        let words = |desk: &Desk, server: &Server, key: &Path| desk.asking(server, key, &open);
        let run = |words: Vec<String>| told(&words.iter().map(String::as_str).collect::<Vec<_>>());
        let first = run(words(&desks[0], &server, &desks[0].key()));
        assert!(first.contains("1 of 2"), "{first}");
        server.kill();
        drop(server);
        let server = Server::start(&database.url);
        // The key of another opens nothing, and says so.
        let wrong = words(&desks[1], &server, &desks[2].key());
        let wrong = refused(&wrong.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(wrong.contains("does not open your part"), "{wrong}");
        let second = run(words(&desks[1], &server, &desks[1].key()));
        assert!(second.contains("open"), "{second}");
        let page = trede_base::page::PageRequest { start: trede_base::page::Start::First, limit: 10 };
        let opened = bids::list(&services, &buyer, at, &page).unwrap().items;
        assert_eq!(opened.len(), 1, "{}", database.kind);
    }
}

#[test]
fn the_key_of_an_opener_is_for_its_owner_alone_and_never_written_over() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("opener.key");
    let public = told(&["opener", "keygen", text(&file)]);
    assert_eq!(told(&["opener", "public", text(&file)]), public);
    let kept = fs::read_to_string(&file).unwrap();
    let again = refused(&["opener", "keygen", text(&file)]);
    assert!(again.contains("opener.key"), "{again}");
    assert_eq!(fs::read_to_string(&file).unwrap(), kept);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        let readable = refused(&["opener", "public", text(&file)]);
        assert!(readable.contains("can be read by everybody"), "{readable}");
    }
}
