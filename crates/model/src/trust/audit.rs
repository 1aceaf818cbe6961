//! Who did what to what, when: the facts of one change.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::tendering::tender::TenderId;
use trede_base::ids::{Id, MalformedId, MunicipalityId};

/// Whose record an act stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuditScope {
    /// National reference data.
    National,
    /// The data of one municipality.
    Municipality(MunicipalityId),
    /// The vault of a tender: what came in before the opening. Apart from the rest, so that nobody who reads
    /// that can count it.
    Vault(MunicipalityId, TenderId),
}

impl AuditScope {
    /// Whose data it is about; none for national data.
    #[must_use]
    pub const fn municipality(self) -> Option<MunicipalityId> {
        match self {
            Self::National => None,
            Self::Municipality(id) | Self::Vault(id, _) => Some(id),
        }
    }
}

impl fmt::Display for AuditScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::National => f.write_str("nl"),
            Self::Municipality(id) => id.fmt(f),
            Self::Vault(municipality, tender) => write!(f, "{municipality}{VAULT}{tender}"),
        }
    }
}

impl FromStr for AuditScope {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(VAULT) {
            Some((municipality, tender)) => Ok(Self::Vault(municipality.parse()?, tender.parse()?)),
            None if text == "nl" => Ok(Self::National),
            None => text.parse().map(Self::Municipality),
        }
    }
}

/// Between the municipality and the tender in the name of a vault.
const VAULT: &str = "/tenders/";

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_reads_back_as_it_is_written() {
        for text in ["nl", "gm0344", "gm0344/tenders/0190a5c8-0000-7000-8000-000000000001"] {
            assert_eq!(text.parse::<AuditScope>().unwrap().to_string(), text);
        }
        for wrong in ["", "NL", "gm0344/tenders/", "nl/tenders/0190a5c8-0000-7000-8000-000000000001"] {
            assert!(wrong.parse::<AuditScope>().is_err(), "{wrong}");
        }
    }
}
