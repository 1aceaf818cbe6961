//! The pool of connections, to the database that the URL's scheme names.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::r2d2::{ManageConnection, Pool, R2D2Connection};
use diesel::{Connection, ConnectionError, PgConnection, SqliteConnection};

use super::connection::AnyConnection;
use super::error::StorageError;
use super::transport;
use crate::frame::watching;

/// `busy_timeout` is how long a writer waits for another, in milliseconds; `FULL` makes what was
/// acknowledged survive a loss of power; `secure_delete` writes over what is removed.
const SQLITE_PRAGMAS: &str = "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; \
     PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;";

/// How the pool is made.
#[derive(Clone, Copy, Debug)]
pub struct PoolOptions {
    /// The most connections that are open at once.
    pub size: u32,
    /// How long a caller waits for a free connection before it is told that the store is busy.
    pub wait: Duration,
}

impl Default for PoolOptions {
    fn default() -> Self {
        Self { size: 8, wait: Duration::from_secs(2) }
    }
}

/// A pool with one connection, that grows when more are needed.
pub(crate) fn open(url: &str, options: PoolOptions) -> Result<Pool<Manager>, StorageError> {
    if !is_known(url) {
        return Err(StorageError::UnknownScheme);
    }
    if !is_sqlite(url) {
        transport::check(url)?;
    }
    Pool::builder()
        .max_size(options.size)
        .min_idle(Some(1))
        // A ping would cost each request a round trip; lost connections are found by their use.
        .test_on_check_out(false)
        .connection_timeout(options.wait)
        .build(Manager::of(url))
        .map_err(|error| StorageError::Unavailable(error.to_string()))
}

/// A connection of the pool.
pub(crate) struct Live {
    pub(crate) connection: AnyConnection,
    /// Found to be dead; the pool then makes another. diesel itself does not notice.
    pub(crate) is_lost: bool,
    /// Notes what it changes.
    is_watched: bool,
}

impl Live {
    /// Makes the connection note what it changes, before its first write.
    pub(crate) fn watch(&mut self) -> Result<(), StorageError> {
        if !self.is_watched {
            watching::begin(&mut self.connection)?;
            self.is_watched = true;
        }
        Ok(())
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Manager {
    url: String,
}

impl Manager {
    pub(crate) fn of(url: &str) -> Self {
        Self { url: url.to_owned() }
    }
}

impl ManageConnection for Manager {
    type Connection = Live;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Live, Self::Error> {
        let made = match sqlite_path(&self.url) {
            Some(path) => sqlite(path).map(AnyConnection::Sqlite),
            None => postgres(&self.url).map(AnyConnection::Postgres),
        };
        let connection = made.map_err(diesel::r2d2::Error::ConnectionError)?;
        Ok(Live { connection, is_lost: false, is_watched: false })
    }

    fn is_valid(&self, live: &mut Live) -> Result<(), Self::Error> {
        live.connection.ping().map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, live: &mut Live) -> bool {
        live.is_lost || std::thread::panicking() || live.connection.is_broken()
    }
}

/// How long PostgreSQL may work on one statement, and wait for a lock or for the next statement of a transaction:
/// nobody waits for an answer after that.
pub(super) const POSTGRES_WAITS: &str = "SET statement_timeout = '30s'; SET lock_timeout = '4s'; \
     SET idle_in_transaction_session_timeout = '60s';";

/// How long is waited for a connection, and how soon a peer that is gone is noticed; as libpq is told.
const CONNECTION_WAITS: [(&str, &str); 5] = [
    ("connect_timeout", "3"),
    ("keepalives_idle", "5"),
    ("keepalives_interval", "2"),
    ("keepalives_count", "3"),
    ("tcp_user_timeout", "5000"),
];

fn postgres(url: &str) -> Result<PgConnection, ConnectionError> {
    let mut connection = PgConnection::establish(&with_waits(url))?;
    connection.batch_execute(POSTGRES_WAITS).map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(connection)
}

/// The URL with the waits that the operator did not set.
fn with_waits(url: &str) -> String {
    let mut told = url.to_owned();
    for (name, value) in CONNECTION_WAITS {
        if !url.contains(&format!("{name}=")) {
            let separator = if told.contains('?') { '&' } else { '?' };
            told.push_str(&format!("{separator}{name}={value}"));
        }
    }
    told
}

fn sqlite(path: &str) -> Result<SqliteConnection, ConnectionError> {
    let mut connection = SqliteConnection::establish(path)?;
    connection.batch_execute(SQLITE_PRAGMAS).map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(connection)
}

/// Whether the URL names a SQLite database.
pub(crate) fn is_sqlite(url: &str) -> bool {
    sqlite_path(url).is_some()
}

/// Whether a file is a SQLite database (<https://sqlite.org/fileformat.html>, 1.3); opening another would make it one.
pub(crate) fn is_sqlite_file(path: &Path) -> bool {
    let mut head = [0; 16];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head == *b"SQLite format 3\0"
}

/// The file that a SQLite URL names.
pub(crate) fn sqlite_path(url: &str) -> Option<&str> {
    url.strip_prefix("sqlite://")
}

/// A database in memory is refused: each connection of the pool would have one of its own.
fn is_known(url: &str) -> bool {
    match sqlite_path(url) {
        Some(path) => !path.is_empty() && path != ":memory:",
        None => url.starts_with("postgres://") || url.starts_with("postgresql://"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wait_has_an_end_unless_the_operator_set_another() {
        let told = with_waits("postgres://trede@db/trede?connect_timeout=9");
        assert!(told.starts_with("postgres://trede@db/trede?connect_timeout=9&keepalives_idle=5&"));
        assert!(told.ends_with("&tcp_user_timeout=5000"));
        assert!(with_waits("postgres://db/trede").starts_with("postgres://db/trede?connect_timeout=3&"));
    }
}
