//! What is held about somebody who works with this service.

use chrono::{DateTime, NaiveDate, Utc};

use super::audit_chain::AuditRecord;
use super::person_seal::REMOVED;
use trede_base::ids::Id;

/// A kind of record that names people (soort vastlegging).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedIn {
    /// The kind, in kebab-case.
    pub kind: &'static str,
    /// In how many records the name stands.
    pub records: i64,
    /// The moment of the first.
    pub first_at: Option<DateTime<Utc>>,
    /// The moment of the last.
    pub last_at: Option<DateTime<Utc>>,
}

/// All that is held about somebody in one municipality.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonOverview {
    /// Where the name stands.
    pub named_in: Vec<NamedIn>,
    /// What they did, from the audit trail, the last first; so many at the most.
    pub acts: Vec<AuditRecord>,
    /// How many acts there are.
    pub acts_in_all: i64,
}

/// A kind of record, and in how many of them something was done with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touched {
    /// The kind, in kebab-case.
    pub kind: &'static str,
    /// How many.
    pub records: i64,
}

/// The id of a removal.
pub type PersonRemovalId = Id<PersonRemoval>;

/// That a name was removed (verwijdering van een naam), as it is recorded: never whose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRemoval {
    /// Its id.
    pub id: PersonRemovalId,
    /// What was recorded before this day, lost the name.
    pub recorded_before: NaiveDate,
    /// The rule of retention that had run out.
    pub basis: String,
    /// When it was removed.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
}

impl PersonRemoval {
    /// The name under which the records go on.
    #[must_use]
    pub fn pseudonym(&self) -> String {
        format!("{REMOVED}{}", self.id)
    }
}
