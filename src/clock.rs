//! The only place that reads the system clock.

use chrono::{DateTime, SubsecRound, Utc};
use uuid::Uuid;

/// Tells the time. Use cases take one, so that a test can stand at any moment of a procedure.
pub trait Clock: Send + Sync {
    /// The present moment, in whole microseconds: what the databases can store.
    fn now(&self) -> DateTime<Utc>;
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}

/// Stands still: for what is told as if it happened at another time.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(pub DateTime<Utc>);

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

/// A new UUIDv7: later ones sort after earlier ones, also within one millisecond.
#[must_use]
pub fn fresh_uuid() -> Uuid {
    Uuid::now_v7()
}
