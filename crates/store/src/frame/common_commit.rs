//! One commit for many writers, on SQLite, which lets one write at a time.
//!
//! Who has written while others wait does not commit: it hands them the open transaction, in which each of them writes
//! behind a savepoint of its own. The last commits, and only then is anybody answered, also who was refused: what it
//! was refused for may be what another wrote in the same transaction.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use diesel::connection::TransactionManager;
use diesel::r2d2::ManageConnection;

use super::connection::{AnyConnection, StoreFailure, begin, is_lost};
use super::error::StorageError;
use super::heads::Heads;
use super::pool::{Live, Manager};

/// Nobody joins a transaction that has been open for longer: who wrote first waits for all.
const OPEN_FOR: Duration = Duration::from_millis(10);

/// The writers of this process, in the order in which they came.
pub(super) struct Queue {
    manager: Manager,
    state: Mutex<State>,
    /// What was written last; not true any more where a transaction is not committed.
    heads: Heads,
}

#[derive(Default)]
struct State {
    is_taken: bool,
    /// The connection through which all is written: SQLite throws away what a connection remembers of the file where
    /// another wrote to it.
    writer: Option<Live>,
    waiting: VecDeque<Sender<Option<Open>>>,
}

/// A transaction that has begun, with what some writers wrote into it.
struct Open {
    live: Live,
    since: Instant,
    writers: usize,
    fate: Arc<Fate>,
}

/// Whether a transaction was committed; none while it is open.
type Fate = OnceLock<Result<(), StorageError>>;

/// The right to write, in a transaction of others or in a new one. Who drops it unused, or panics with it, undoes the
/// transaction and lets the next one write.
struct Turn<'a> {
    queue: &'a Queue,
    open: Option<Open>,
    is_over: bool,
}

impl Queue {
    pub(super) fn of(manager: Manager, heads: Heads) -> Self {
        Self { manager, state: Mutex::default(), heads }
    }

    fn take(&self) -> Turn<'_> {
        let open = self.place().and_then(|place| place.recv().unwrap_or_default());
        Turn { queue: self, open, is_over: false }
    }

    /// A place among those who wait; none where nobody writes.
    fn place(&self) -> Option<Receiver<Option<Open>>> {
        let mut state = self.state();
        if !std::mem::replace(&mut state.is_taken, true) {
            return None;
        }
        let (sender, receiver) = channel();
        state.waiting.push_back(sender);
        Some(receiver)
    }

    /// Lets the next one write, in this transaction or in one of its own.
    fn pass(&self, open: Option<Open>) {
        let mut state = self.state();
        let next = state.waiting.pop_front();
        state.is_taken = next.is_some();
        drop(state);
        if let Some(next) = next {
            // It waits until it is called.
            let _ = next.send(open);
        }
    }

    /// Begins a transaction: on the connection that is kept, or on a new one when that turns out to be lost.
    fn begin(&self) -> Result<Open, StorageError> {
        let kept = self.state().writer.take();
        match kept.map(|live| self.begin_on(live)) {
            Some(Err(error)) if is_lost(&error) => {}
            Some(begun) => return begun,
            None => {}
        }
        let live = self.manager.connect().map_err(|error| StorageError::Unavailable(error.to_string()))?;
        self.begin_on(live)
    }

    fn begin_on(&self, mut live: Live) -> Result<Open, StorageError> {
        live.watch()?;
        match begin(&mut live.connection) {
            Ok(()) => Ok(Open { live, since: Instant::now(), writers: 0, fate: Arc::default() }),
            Err(error) => {
                let error = StorageError::from(error);
                if !is_lost(&error) {
                    self.keep(live);
                }
                Err(error)
            }
        }
    }

    fn keep(&self, live: Live) {
        self.state().writer = Some(live);
    }

    /// Ends a transaction as it turned out; the next one begins another.
    fn close(&self, open: Open, committed: Result<(), StorageError>) {
        let Open { live, fate, .. } = open;
        if committed.is_ok() {
            self.keep(live);
        } else {
            self.heads.forget_all();
            // What is still open is rolled back.
            drop(live);
        }
        // The next one begins before those who are done are told.
        self.pass(None);
        let _ = fate.set(committed);
    }

    fn has_waiting(&self) -> bool {
        !self.state().waiting.is_empty()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn<'_> {
    /// Ends the turn of who wrote: hands the transaction on while others wait, and commits it otherwise. Answers when
    /// it is committed.
    fn end(mut self, mut open: Open) -> Result<(), StorageError> {
        self.is_over = true;
        open.writers += 1;
        let fate = Arc::clone(&open.fate);
        if self.queue.has_waiting() && open.since.elapsed() < OPEN_FOR {
            // Only who holds the turn calls those who wait, so one of them is still there.
            self.queue.pass(Some(open));
        } else {
            let committed = AnyConnection::commit_transaction(&mut open.live.connection);
            self.queue.close(open, committed.map_err(StorageError::from));
        }
        fate.wait().as_ref().copied().map_err(StorageError::told_again)
    }

    /// Undoes the transaction, for everybody who wrote in it.
    fn undo(mut self, open: Open, why: &StorageError) {
        self.is_over = true;
        self.queue.close(open, Err(why.told_again()));
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        match self.open.take() {
            Some(open) => self.queue.close(open, Err(broken_off())),
            None => self.queue.pass(None),
        }
    }
}

/// What became of a piece of work in a transaction of several.
enum Work<T, E> {
    /// It stands in the transaction.
    Written(T),
    /// Nothing of it stands there, and what others wrote still does.
    Refused(E),
    /// Nobody knows what stands there.
    Broken(E),
}

impl Queue {
    /// Writes when its turn comes, and is committed with those who wait meanwhile.
    pub(super) fn write<T, E: StoreFailure>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut turn = self.take();
        let open = match turn.open.take() {
            Some(open) => open,
            None => self.begin()?,
        };
        // The turn holds it while there is work that could panic.
        let open = turn.open.insert(open);
        let done = write(&mut open.live.connection, open.writers > 0, work);
        let Some(open) = turn.open.take() else { return Err(broken_off().into()) };
        match done {
            Work::Written(made) => turn.end(open).map(|()| made).map_err(E::from),
            // It wrote first, and nothing is left of the transaction.
            Work::Refused(failure) if open.writers == 0 => {
                self.keep(open.live);
                Err(failure)
            }
            Work::Refused(failure) => {
                turn.end(open)?;
                Err(failure)
            }
            Work::Broken(failure) => {
                turn.undo(open, failure.store_error().unwrap_or(&broken_off()));
                Err(failure)
            }
        }
    }
}

/// Writes in an open transaction; behind a savepoint where others wrote in it before.
fn write<T, E: StoreFailure>(
    c: &mut AnyConnection,
    is_joined: bool,
    work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
) -> Work<T, E> {
    let outcome = match is_joined.then(|| AnyConnection::begin_transaction(c)) {
        Some(Err(error)) => return Work::Broken(StorageError::from(error).into()),
        _ => work(c),
    };
    let ended = match &outcome {
        Ok(_) if is_joined => AnyConnection::commit_transaction(c),
        Ok(_) => Ok(()),
        Err(_) => AnyConnection::rollback_transaction(c),
    };
    match (outcome, ended) {
        (Ok(made), Ok(())) => Work::Written(made),
        (Err(failure), Ok(())) if !is_lost(&failure) => Work::Refused(failure),
        // SQLite undid the whole transaction where it says that there is no such savepoint.
        (Err(failure), _) => Work::Broken(failure),
        (Ok(_), Err(error)) => Work::Broken(StorageError::from(error).into()),
    }
}

fn broken_off() -> StorageError {
    StorageError::Unavailable("a write of the same transaction broke off".to_owned())
}
