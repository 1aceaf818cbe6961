//! A fresh, migrated database for each test, of both kinds.
//!
//! ```ignore
//! #[test]
//! fn a_late_bid_is_refused() {
//!     for database in support::databases() {
//!         // database.db, database.url
//!     }
//! }
//! ```

// Each test binary uses its own part of this, and a helper that fails fails the test.
#![allow(
    dead_code,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

pub mod acts;
pub mod clock;
mod postgres;
pub mod skipped;
pub mod subscriber;

use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::Ordering;

use tempfile::TempDir;
use trede_sealing::keyring::SealingKeys;
use trede_store::frame::connection::{Db, PoolOptions};

/// One database that nobody else uses; it is gone when this is dropped.
pub struct TestDatabase {
    /// `sqlite` or `postgres`, for messages.
    pub kind: &'static str,
    /// The URL with which a second process can open it.
    pub url: String,
    /// The open database.
    pub db: Db,
    _keep: Keep,
}

enum Keep {
    Files { _folder: TempDir },
    Database { _server: postgres::Database },
    Server { server: Box<postgres::Cluster> },
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the test failed on {}", self.kind);
        }
    }
}

/// The key under which bids are sealed, as the configuration takes it.
pub const SEALING_KEYS: &str = "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// The same for use cases.
pub fn sealing_keys() -> SealingKeys {
    SealingKeys::Text(SEALING_KEYS.into())
}

/// A fresh database of each kind that this machine has.
///
/// Where no PostgreSQL server can be started, its half is skipped with a message; in continuous
/// integration (`CI` is set) that is a failure.
pub fn databases() -> Vec<TestDatabase> {
    let mut databases = vec![sqlite()];
    databases.extend(postgres());
    databases
}

/// As [`databases`], but what is written stands on disk before it is answered, as in production.
pub fn durable_databases() -> Vec<TestDatabase> {
    postgres::DURABLE.store(true, Ordering::Relaxed);
    databases()
}

/// A fresh SQLite database: a copy of a file that was migrated once.
pub fn sqlite() -> TestDatabase {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    let template = TEMPLATE.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("template.db");
        open(&sqlite_url(&file)).migrate().unwrap();
        fs::read(file).unwrap()
    });
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("trede.db");
    fs::write(&file, template).unwrap();
    let url = sqlite_url(&file);
    TestDatabase { kind: "sqlite", db: open(&url), url, _keep: Keep::Files { _folder: folder } }
}

/// A fresh PostgreSQL database: a copy of a template that was migrated once.
pub fn postgres() -> Option<TestDatabase> {
    let server = postgres::server()?;
    let database = server.database(|url| {
        open(url).migrate().unwrap();
    });
    let url = database.url.clone();
    Some(TestDatabase { kind: "postgres", db: open(&url), url, _keep: Keep::Database { _server: database } })
}

/// A PostgreSQL server with one database, that can be stopped and started. It writes to disk as in production.
pub fn stoppable_postgres() -> Option<TestDatabase> {
    postgres::DURABLE.store(true, Ordering::Relaxed);
    let server = Box::new(postgres::stoppable()?);
    let url = server.url();
    let db = open(&url);
    db.migrate().unwrap();
    Some(TestDatabase { kind: "postgres", db, url, _keep: Keep::Server { server } })
}

impl TestDatabase {
    /// Stops the server, as a failure would.
    pub fn stop_server(&self) {
        self.server().stop();
    }

    /// Starts the server again.
    pub fn start_server(&self) {
        self.server().start_again();
    }

    /// Halts the server where it stands, with its connections open.
    pub fn freeze_server(&self) {
        self.server().signal("STOP");
    }

    /// Lets the server go on.
    pub fn thaw_server(&self) {
        self.server().signal("CONT");
    }

    fn server(&self) -> &postgres::Cluster {
        match &self._keep {
            Keep::Server { server } => server,
            _ => panic!("only a server of its own can be stopped"),
        }
    }
}

/// An empty database of each kind, not migrated.
pub fn empty_databases() -> Vec<TestDatabase> {
    let databases = databases();
    for database in &databases {
        database.db.unmigrate().unwrap();
    }
    databases
}

fn open(url: &str) -> Db {
    Db::open(url, PoolOptions::default()).unwrap()
}

fn sqlite_url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

/// Takes the guards of append-only tables away, as who owns the database can: what is done then must be found.
pub fn without_guards(db: &Db) {
    use diesel::connection::SimpleConnection;
    use trede_store::frame::connection::AnyConnection;
    use trede_store::frame::error::StorageError;
    use trede_store::trust::audit_rows::added_only;

    let lifted: Result<(), StorageError> = db.read(|c| match c {
        AnyConnection::Postgres(c) => {
            Ok(c.batch_execute("DROP FUNCTION IF EXISTS trede_append_only() CASCADE")?)
        }
        AnyConnection::Sqlite(c) => {
            for table in added_only() {
                c.batch_execute(&format!(
                    "DROP TRIGGER IF EXISTS append_only_update_{table}; \
                     DROP TRIGGER IF EXISTS append_only_delete_{table}"
                ))?;
            }
            Ok(())
        }
    });
    lifted.unwrap();
}
