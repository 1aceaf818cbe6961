//! One connection type for both databases, pooled, and the ways in: [`Db::read`], [`Db::write_progress`], and
//! [`Db::write`], which leaves a record.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::r2d2::{Pool, PooledConnection, R2D2Connection};
use diesel::{PgConnection, SqliteConnection};
use uuid::Uuid;

use super::common_commit::Queue;
use super::error::StorageError;
use super::heads::Heads;
use super::idempotency_keys::UnderWay;
use super::pool::{self, Live, Manager};
use super::turns::Turns;

pub use super::pool::PoolOptions;
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

/// A write that keeps colliding with others gives up after this many attempts.
const ATTEMPTS: u32 = 24;

/// The database, shared by all threads; clones are the same pool.
#[derive(Clone)]
pub struct Db {
    pool: Pool<Manager>,
    /// How the threads of this process write beside each other.
    writers: Arc<Writers>,
    /// The heads of the audit chains.
    pub(crate) heads: Heads,
    /// The requests with a key.
    pub(crate) under_way: UnderWay,
    /// When a row was last written to find out whether one can be.
    pub(super) last_written: Arc<Mutex<Option<Instant>>>,
}

/// How many write beside each other.
enum Writers {
    /// SQLite: one by one, with one commit for those who wait for each other.
    InCommon(Queue),
    /// PostgreSQL: together.
    Together(Turns),
}

/// An error behind which the store's own can be seen, to know what may be tried again.
pub trait StoreFailure: From<StorageError> {
    /// What the store answered, if the failure is the store's.
    fn store_error(&self) -> Option<&StorageError>;

    /// Whether it ends a batch of acts, and is not the refusal of one of them: what the store cannot do now, and
    /// faults of ours.
    fn ends_a_batch(&self) -> bool {
        self.store_error().is_some()
    }
}

impl StoreFailure for StorageError {
    fn store_error(&self) -> Option<&StorageError> {
        Some(self)
    }
}

pub(crate) fn is_collision(failure: &impl StoreFailure) -> bool {
    matches!(failure.store_error(), Some(StorageError::Collision | StorageError::Taken))
}

pub(crate) fn is_lost(failure: &impl StoreFailure) -> bool {
    matches!(failure.store_error(), Some(StorageError::Unavailable(_)))
}

impl Db {
    /// Opens the database that the URL names (`sqlite://FILE` or `postgres://…`), with one
    /// connection at first and more when they are needed.
    ///
    /// # Errors
    /// [`StorageError::UnknownScheme`] for another scheme, [`StorageError::Transport`] when TLS is needed that
    /// this program was built without, [`StorageError::Unavailable`] when no connection can be made.
    pub fn open(url: &str, options: PoolOptions) -> Result<Self, StorageError> {
        let heads = Heads::default();
        let writers = if pool::is_sqlite(url) {
            Writers::InCommon(Queue::of(Manager::of(url), heads.clone()))
        } else {
            Writers::Together(Turns::default())
        };
        Ok(Self {
            pool: pool::open(url, options)?,
            writers: Arc::new(writers),
            heads,
            under_way: UnderWay::default(),
            last_written: Arc::default(),
        })
    }

    /// Whether there is a database to open; a server is asked when it is opened.
    #[must_use]
    pub fn is_there(url: &str) -> bool {
        pool::sqlite_path(url).is_none_or(|path| pool::is_sqlite_file(Path::new(path)))
    }

    /// Reads. Each query sees what was committed when it began. When the connection turns out to be
    /// lost, `work` **runs again** on another.
    ///
    /// # Errors
    /// What `work` answers; [`StorageError::Unavailable`] when no connection can be had in time.
    pub fn read<T, E>(&self, mut work: impl FnMut(&mut AnyConnection) -> Result<T, E>) -> Result<T, E>
    where
        E: StoreFailure,
    {
        self.on_live_connection(|live| match work(&mut live.connection) {
            Err(failure) if is_lost(&failure) => Attempt::Lost(failure),
            outcome => Attempt::Done(outcome),
        })
    }

    /// Reads everything as it was at one moment, however many queries that takes.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn read_snapshot<T, E>(
        &self,
        mut work: impl FnMut(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: StoreFailure,
    {
        self.on_live_connection(|live| {
            let begun = match &mut live.connection {
                AnyConnection::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(
                    c,
                    "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
                ),
                AnyConnection::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN"),
            };
            if let Err(error) = begun.map_err(StorageError::from) {
                return Attempt::Lost(error.into());
            }
            match finish(&mut live.connection, &mut work) {
                Err(failure) if is_lost(&failure) => Attempt::Lost(failure),
                outcome => Attempt::Done(outcome),
            }
        })
    }

    /// Writes as [`Db::write`] does, without the record of an act: for who works on what, and how far it is,
    /// which says nothing about anybody's data.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_progress<T, E>(
        &self,
        mut work: impl FnMut(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: StoreFailure,
    {
        let mut attempt = 1;
        loop {
            let outcome = match &*self.writers {
                Writers::InCommon(queue) => queue.write(&mut work),
                Writers::Together(turns) => {
                    let _turn = turns.take(attempt - 1);
                    self.write_together(&mut work)
                }
            };
            match outcome {
                Err(failure) if is_collision(&failure) && attempt < ATTEMPTS => {
                    std::thread::sleep(pause_after(attempt));
                    attempt += 1;
                }
                outcome => return outcome,
            }
        }
    }

    /// On PostgreSQL.
    fn write_together<T, E: StoreFailure>(
        &self,
        mut work: impl FnMut(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.on_live_connection(|live| {
            if let Err(error) = live.watch().and_then(|()| Ok(begin(&mut live.connection)?)) {
                // Nothing was written yet, so another connection may try.
                return if is_lost(&error) {
                    Attempt::Lost(error.into())
                } else {
                    Attempt::Done(Err(error.into()))
                };
            }
            let outcome = finish(&mut live.connection, &mut work);
            live.is_lost = outcome.as_ref().is_err_and(is_lost);
            Attempt::Done(outcome)
        })
    }

    /// From now on the writes of this request, which are those whose act names it, note at this key that they
    /// were done; in the same transaction.
    pub fn begin_keyed(&self, request: Uuid, key: String) {
        self.under_way.add(request, key);
    }

    /// The request is answered.
    pub fn end_keyed(&self, request: Uuid) {
        self.under_way.remove(request);
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when it does not.
    pub fn ping(&self) -> Result<(), StorageError> {
        self.read(|c| Ok(c.ping()?))
    }

    /// How many connections are open, and how many of them nobody uses.
    #[must_use]
    pub fn connections(&self) -> (u32, u32) {
        let state = self.pool.state();
        (state.connections, state.idle_connections)
    }

    /// Tries on one connection after the other, as long as they turn out to be lost: after a restart
    /// of the server, all that waited in the pool are.
    fn on_live_connection<T, E: From<StorageError>>(
        &self,
        mut attempt: impl FnMut(&mut Live) -> Attempt<T, E>,
    ) -> Result<T, E> {
        let mut others = self.pool.max_size();
        loop {
            let live = &mut *self.connection()?;
            match attempt(live) {
                Attempt::Done(outcome) => return outcome,
                Attempt::Lost(failure) => {
                    live.is_lost = true;
                    if others == 0 {
                        return Err(failure);
                    }
                    others -= 1;
                }
            }
        }
    }

    pub(crate) fn connection(&self) -> Result<PooledConnection<Manager>, StorageError> {
        self.pool.get().map_err(|error| StorageError::Unavailable(error.to_string()))
    }
}

/// What became of work on one connection.
enum Attempt<T, E> {
    Done(Result<T, E>),
    Lost(E),
}

/// Does the work of a transaction that has begun, and ends it.
pub(crate) fn finish<T, E: From<StorageError>>(
    connection: &mut AnyConnection,
    work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
) -> Result<T, E> {
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

pub(crate) fn begin(connection: &mut AnyConnection) -> diesel::QueryResult<()> {
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
