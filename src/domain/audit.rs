//! Who did what to what, when: the facts of one change.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::ids::{Id, MalformedId, MunicipalityId};

/// Whose record an act stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuditScope {
    /// National reference data.
    National,
    /// The data of one municipality.
    Municipality(MunicipalityId),
}

impl fmt::Display for AuditScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::National => f.write_str("nl"),
            Self::Municipality(id) => id.fmt(f),
        }
    }
}

impl FromStr for AuditScope {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "nl" => Ok(Self::National),
            code => code.parse().map(Self::Municipality),
        }
    }
}

/// One change to the record, as the audit trail keeps it (Baseline Informatiebeveiliging Overheid:
/// action, object, actor, origin, time).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Made before the change begins, so that a change that is tried again is one act.
    pub id: Id<Act>,
    /// Whose record it stands in.
    pub scope: AuditScope,
    /// When the change was asked for.
    pub at: DateTime<Utc>,
    /// Who did it, as the identity provider names them.
    pub actor: String,
    /// The program through which it was done.
    pub client: Option<String>,
    /// What was done: the operation's name.
    pub action: String,
    /// What it was done to, as a path below the scope: `tenders/{id}/lots/{id}`.
    pub object: String,
    /// The request that asked for it; it stands in the log too.
    pub request_id: Uuid,
    /// The address from which the request came.
    pub address: Option<String>,
}
