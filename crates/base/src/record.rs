//! What every changeable thing carries: its version and when it was written.

use chrono::{DateTime, Utc};

/// Counts the changes of one thing, from 1. A caller who changes it says which version they saw,
/// so that nobody overwrites what they did not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub i64);

impl Version {
    /// The version of a thing that was just made.
    pub const FIRST: Self = Self(1);

    /// The version after one more change.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// When a thing was written, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// How often.
    pub version: Version,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl Record {
    /// The record of a thing that is made now.
    #[must_use]
    pub const fn new(now: DateTime<Utc>) -> Self {
        Self { version: Version::FIRST, created_at: now, updated_at: now }
    }

    /// The record of a thing that is as it comes, before anybody made it: its first change makes it.
    #[must_use]
    pub const fn unset(now: DateTime<Utc>) -> Self {
        Self { version: Version(0), created_at: now, updated_at: now }
    }

    /// The record after a change now.
    #[must_use]
    pub const fn changed(self, now: DateTime<Utc>) -> Self {
        Self { version: self.version.next(), created_at: self.created_at, updated_at: now }
    }
}
