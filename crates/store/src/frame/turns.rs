//! Whose turn it is to write, among the threads of this process.

use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// A write that collided so often writes alone from then on.
const TOGETHER: u32 = 4;

/// How the threads of this process take turns.
pub(super) enum Turns {
    /// SQLite has one writer at a time, and who finds it taken sleeps before looking again. Writers wait for each
    /// other here instead, where the next one is woken at once.
    OneByOne(Mutex<()>),
    /// PostgreSQL lets all write together and lets one of two win that meet. Who keeps losing waits until the others
    /// of this process are done, and holds up those that come; so each write ends, however many there are.
    Together(RwLock<()>),
}

/// A turn, for as long as it is held.
pub(super) enum Turn<'a> {
    /// The only writer, on SQLite.
    OneByOne(#[expect(dead_code, reason = "held")] MutexGuard<'a, ()>),
    /// Beside others.
    Together(#[expect(dead_code, reason = "held")] RwLockReadGuard<'a, ()>),
    /// After collisions: nobody else of this process.
    Alone(#[expect(dead_code, reason = "held")] RwLockWriteGuard<'a, ()>),
}

impl Turns {
    pub(super) fn of(is_sqlite: bool) -> Self {
        if is_sqlite { Self::OneByOne(Mutex::default()) } else { Self::Together(RwLock::default()) }
    }

    /// Waits for the turn of a write that collided so often already. A writer that panicked left a transaction behind,
    /// and that is rolled back; not the turn.
    pub(super) fn take(&self, collisions: u32) -> Turn<'_> {
        match self {
            Self::OneByOne(turn) => Turn::OneByOne(turn.lock().unwrap_or_else(PoisonError::into_inner)),
            Self::Together(turns) if collisions < TOGETHER => {
                Turn::Together(turns.read().unwrap_or_else(PoisonError::into_inner))
            }
            Self::Together(turns) => Turn::Alone(turns.write().unwrap_or_else(PoisonError::into_inner)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_lost_often_writes_alone() {
        let turns = Turns::of(false);
        let (one, another) = (turns.take(0), turns.take(TOGETHER - 1));
        let Turns::Together(lock) = &turns else { panic!("not SQLite") };
        assert!(lock.try_write().is_err());
        drop((one, another));
        let alone = turns.take(TOGETHER);
        assert!(lock.try_read().is_err());
        drop(alone);
        assert!(lock.try_read().is_ok());
    }
}
