//! One connection type for both databases, pooled, and the two ways in: [`Db::read`] and
//! [`Db::write`].

use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::r2d2::{ManageConnection, Pool, PooledConnection, R2D2Connection};
use diesel::{Connection, PgConnection, SqliteConnection};

use super::audit_records;
use super::error::StorageError;
use crate::domain::audit::Act;

pub use any::{AnyConnection, MultiBackend};

// The derive makes public items that it does not document.
#[allow(missing_docs)]
mod any {
    use super::{PgConnection, SqliteConnection};

    /// A connection to either database; which one was decided by the URL's scheme.
    #[derive(diesel::MultiConnection)]
    pub enum AnyConnection {
        Postgres(PgConnection),
        Sqlite(SqliteConnection),
    }
}

/// How long SQLite waits for another writer before it gives up.
const SQLITE_PRAGMAS: &str = "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; \
     PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";

/// A write that keeps colliding with others gives up after this many attempts.
const ATTEMPTS: u32 = 24;

/// Makes connections for the pool, to the database that the URL's scheme names.
#[derive(Clone, Debug)]
pub(super) struct Manager {
    url: String,
}

impl ManageConnection for Manager {
    type Connection = AnyConnection;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<AnyConnection, Self::Error> {
        let made = if let Some(path) = sqlite_path(&self.url) {
            SqliteConnection::establish(path).and_then(|mut c| {
                c.batch_execute(SQLITE_PRAGMAS)
                    .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
                Ok(AnyConnection::Sqlite(c))
            })
        } else {
            PgConnection::establish(&self.url).map(AnyConnection::Postgres)
        };
        made.map_err(diesel::r2d2::Error::ConnectionError)
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> Result<(), Self::Error> {
        connection.ping().map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, connection: &mut AnyConnection) -> bool {
        std::thread::panicking() || connection.is_broken()
    }
}

fn sqlite_path(url: &str) -> Option<&str> {
    url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"))
}

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

/// The database, shared by all threads; clones are the same pool.
#[derive(Clone)]
pub struct Db {
    pool: Pool<Manager>,
}

/// An error that can say whether the same work may succeed when it is done again.
pub trait MayRetry: From<StorageError> {
    /// Whether the failure was a collision with another writer.
    fn is_collision(&self) -> bool;
}

impl Db {
    /// Opens the database that the URL names (`sqlite://FILE` or `postgres://…`), without
    /// connecting yet more than one connection needs.
    ///
    /// # Errors
    /// [`StorageError::UnknownScheme`] for another scheme, [`StorageError::Unavailable`] when no
    /// connection can be made.
    pub fn open(url: &str, options: PoolOptions) -> Result<Self, StorageError> {
        let known = ["sqlite:", "postgres://", "postgresql://"];
        if !known.iter().any(|scheme| url.starts_with(scheme)) {
            return Err(StorageError::UnknownScheme);
        }
        let pool = Pool::builder()
            .max_size(options.size)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(options.wait)
            .build(Manager { url: url.to_owned() })
            .map_err(|error| StorageError::Unavailable(error.to_string()))?;
        Ok(Self { pool })
    }

    /// Reads. Each query sees what was committed when it began.
    ///
    /// # Errors
    /// What `work` answers; [`StorageError::Unavailable`] when no connection is free in time.
    pub fn read<T, E>(&self, work: impl FnOnce(&mut AnyConnection) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StorageError>,
    {
        work(&mut *self.connection()?)
    }

    /// Writes: everything that `work` does and the record of the act, or nothing.
    ///
    /// The transaction holds the write lock from its start (SQLite) or behaves as if it were alone
    /// (PostgreSQL, serializable), so what `work` reads stays true until it commits. On a collision
    /// `work` **runs again**: it must not call other services, read the clock or make new ids.
    ///
    /// # Errors
    /// What `work` answers; [`StorageError::Collision`] when others kept getting in between.
    pub fn write<T, E>(
        &self,
        act: &Act,
        mut work: impl FnMut(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: MayRetry,
    {
        let connection = &mut *self.connection()?;
        let mut attempt = 1;
        loop {
            let outcome: Result<T, E> = in_transaction(connection, |c| {
                let made = work(c)?;
                audit_records::insert(c, act)?;
                Ok(made)
            });
            match outcome {
                Err(error) if error.is_collision() && attempt < ATTEMPTS => {
                    std::thread::sleep(pause_after(attempt));
                    attempt += 1;
                }
                outcome => return outcome,
            }
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when it does not.
    pub fn ping(&self) -> Result<(), StorageError> {
        Ok(self.connection()?.ping()?)
    }

    pub(super) fn connection(&self) -> Result<PooledConnection<Manager>, StorageError> {
        self.pool.get().map_err(|error| StorageError::Unavailable(error.to_string()))
    }
}

fn in_transaction<T, E: From<StorageError>>(
    connection: &mut AnyConnection,
    work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
) -> Result<T, E> {
    begin(connection).map_err(StorageError::from)?;
    match work(connection) {
        Ok(made) => {
            AnyConnection::commit_transaction(connection).map_err(StorageError::from)?;
            Ok(made)
        }
        Err(error) => {
            // A connection that cannot roll back counts as broken, and the pool drops it.
            let _ = AnyConnection::rollback_transaction(connection);
            Err(error)
        }
    }
}

pub(super) fn begin(connection: &mut AnyConnection) -> diesel::QueryResult<()> {
    match connection {
        AnyConnection::Postgres(c) => {
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE")
        }
        AnyConnection::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
    }
}

/// Longer after each attempt, and never the same for two threads, so that they do not meet again.
fn pause_after(attempt: u32) -> Duration {
    use std::hash::{BuildHasher, RandomState};

    let ceiling = 1_000_u64 << attempt.min(6);
    let spread = RandomState::new().hash_one(attempt) % ceiling;
    Duration::from_micros(ceiling / 2 + spread)
}
