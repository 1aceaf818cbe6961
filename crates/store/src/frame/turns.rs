//! Whose turn it is to write, among the threads of this process, on PostgreSQL.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// A write that collided so often writes alone from then on.
const TOGETHER: u32 = 4;

/// PostgreSQL lets all write together and lets one of two win that meet. Who keeps losing waits until the others of
/// this process are done, and holds up those that come; so each write ends, however many there are.
#[derive(Default)]
pub(super) struct Turns(RwLock<()>);

/// A turn, for as long as it is held.
pub(super) enum Turn<'a> {
    /// Beside others.
    Together(#[expect(dead_code, reason = "held")] RwLockReadGuard<'a, ()>),
    /// After collisions: nobody else of this process.
    Alone(#[expect(dead_code, reason = "held")] RwLockWriteGuard<'a, ()>),
}

impl Turns {
    /// Waits for the turn of a write that collided so often already. A writer that panicked left a transaction behind,
    /// and that is rolled back; not the turn.
    pub(super) fn take(&self, collisions: u32) -> Turn<'_> {
        if collisions < TOGETHER {
            Turn::Together(self.0.read().unwrap_or_else(PoisonError::into_inner))
        } else {
            Turn::Alone(self.0.write().unwrap_or_else(PoisonError::into_inner))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_lost_often_writes_alone() {
        let turns = Turns::default();
        let (one, another) = (turns.take(0), turns.take(TOGETHER - 1));
        assert!(turns.0.try_write().is_err());
        drop((one, another));
        let alone = turns.take(TOGETHER);
        assert!(turns.0.try_read().is_err());
        drop(alone);
        assert!(turns.0.try_read().is_ok());
    }
}
