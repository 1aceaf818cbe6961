//! The only place that reads the system clock and the random generator.

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::fill;
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

/// 32 bytes of the random generator, which the operating system seeds, in lower-case hexadecimals.
///
/// # Errors
/// When the generator has none.
pub fn fresh_random() -> Result<String, Unspecified> {
    let mut bytes = [0_u8; 32];
    fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
