//! Who asks: the caller as the token names it, whatever the token looked like.

use std::collections::BTreeSet;
use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::ids::{KvkNumber, MunicipalityId};

/// What somebody is to the procedure. A caller can have several roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Keeps the national reference data of this installation (beheerder landelijke gegevens).
    Operator,
    /// Manages one municipality's settings (functioneel beheerder).
    Administrator,
    /// Prepares, publishes and evaluates tenders (inkoper).
    Buyer,
    /// Scores quality, with a motivation (beoordelaar).
    Assessor,
    /// Opens the bids after the deadline (kluisopener).
    Opener,
    /// Follows social return during the contract (coördinator social return).
    Coordinator,
    /// Bids, for one KvK number (inschrijver).
    Bidder,
    /// Delivers social return under a contract, for one KvK number (opdrachtnemer).
    Contractor,
    /// An e-procurement platform acting for the municipality (aanbestedingsplatform).
    Platform,
    /// Reads everything and changes nothing (auditor).
    Auditor,
}

impl Role {
    /// Every role, in the order in which they are documented.
    pub const ALL: [Self; 10] = [
        Self::Operator,
        Self::Administrator,
        Self::Buyer,
        Self::Assessor,
        Self::Opener,
        Self::Coordinator,
        Self::Bidder,
        Self::Contractor,
        Self::Platform,
        Self::Auditor,
    ];

    /// The name as it stands in a token's `roles` claim.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Administrator => "administrator",
            Self::Buyer => "buyer",
            Self::Assessor => "assessor",
            Self::Opener => "opener",
            Self::Coordinator => "coordinator",
            Self::Bidder => "bidder",
            Self::Contractor => "contractor",
            Self::Platform => "platform",
            Self::Auditor => "auditor",
        }
    }

    /// The role of that name; names this service does not know give no role.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where a request came from, for the log line and the audit record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestOrigin {
    /// The request's own id; it stands in the log, the audit record and the answer.
    pub request_id: Uuid,
    /// The address of the peer, where there is one.
    pub address: Option<IpAddr>,
}

/// The authenticated caller of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The issuer's name for this caller (claim `sub`).
    pub subject: String,
    /// The client that asked for the token (claim `azp` or `client_id`).
    pub client: Option<String>,
    /// What the caller is.
    pub roles: BTreeSet<Role>,
    /// The municipalities the caller acts for; a purchasing office serves several.
    pub municipalities: BTreeSet<MunicipalityId>,
    /// The organisation of a bidder or contractor (claim `kvk`).
    pub kvk: Option<KvkNumber>,
    /// The request that carries this actor.
    pub origin: RequestOrigin,
}

impl Actor {
    /// Whether the caller has the role.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Whether the caller's token names the municipality.
    #[must_use]
    pub fn serves(&self, municipality: &MunicipalityId) -> bool {
        self.municipalities.contains(municipality)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_found_by_its_name_and_no_other() {
        for role in Role::ALL {
            assert_eq!(Role::from_name(role.name()), Some(role));
        }
        assert_eq!(Role::from_name("superuser"), None);
        assert_eq!(Role::from_name("Buyer"), None);
    }

    #[test]
    fn the_name_in_a_token_is_the_name_in_json() {
        for role in Role::ALL {
            let json = serde_json::to_value(role).unwrap();
            assert_eq!(json, serde_json::Value::from(role.name()));
        }
    }
}
