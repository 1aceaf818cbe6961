//! The only place that reads the system clock and the random generator.

use std::sync::atomic::{AtomicI64, Ordering};

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::fill;
use chrono::{DateTime, SubsecRound, Utc};
use uuid::Uuid;

/// Tells the time. Use cases take one, so that a test can stand at any moment of a procedure.
pub trait Clock: Send + Sync {
    /// The present moment, in whole microseconds: what the databases can store.
    fn now(&self) -> DateTime<Utc>;
}

/// The latest moment that this process has told, in microseconds since 1970.
static TOLD: AtomicI64 = AtomicI64::new(0);

/// The clock of the machine. It never tells an earlier moment than before: a machine whose clock is set back stands
/// still until the time comes again, so that no deadline passes twice.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)]
    fn now(&self) -> DateTime<Utc> {
        no_earlier(&TOLD, Utc::now().trunc_subsecs(6))
    }
}

/// The moment, or the latest that was told when that is later.
fn no_earlier(told: &AtomicI64, now: DateTime<Utc>) -> DateTime<Utc> {
    let micros = now.timestamp_micros();
    let latest = told.fetch_max(micros, Ordering::Relaxed).max(micros);
    DateTime::from_timestamp_micros(latest).unwrap_or(now)
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

/// 32 bytes of the random generator, which the operating system seeds, in lower-case hexadecimals.
///
/// # Errors
/// When the generator has none.
pub fn fresh_random() -> Result<String, Unspecified> {
    let mut bytes = [0_u8; 32];
    fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_set_back_stands_still_until_the_time_comes_again() {
        let told = AtomicI64::new(0);
        let at = |micros| DateTime::from_timestamp_micros(micros).unwrap_or_default();
        let seen = [1_000, 400, 999, 1_001].map(|micros| no_earlier(&told, at(micros)));
        assert_eq!(seen, [1_000, 1_000, 1_000, 1_001].map(at));
    }
}
