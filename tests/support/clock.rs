//! A clock that stands where the test puts it.

use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use trede_service::clock::Clock;

/// Stands still until it is moved.
pub struct TestClock(Mutex<DateTime<Utc>>);

impl TestClock {
    /// A clock that stands at the moment, written as RFC 3339.
    pub fn at(moment: &str) -> Self {
        Self(Mutex::new(parse(moment)))
    }

    /// Puts the clock at another moment, written as RFC 3339.
    pub fn set(&self, moment: &str) {
        *self.0.lock().unwrap() = parse(moment);
    }

    /// Moves the clock.
    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

fn parse(moment: &str) -> DateTime<Utc> {
    moment.parse().unwrap()
}
