//! Who asks: the caller as the token names it, whatever the token looked like.

use std::collections::BTreeSet;
use std::net::IpAddr;

use uuid::Uuid;

use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_model::frame::role::Role;
use trede_model::frame::trace::TraceContext;

/// Where a request came from, for the log line and the audit record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestOrigin {
    /// The request's own id; it stands in the log, the audit record and the answer.
    pub request_id: Uuid,
    /// Its place in a trace, for what is asked of other systems.
    pub trace: TraceContext,
    /// The address of the peer, where there is one.
    pub address: Option<IpAddr>,
}

impl RequestOrigin {
    /// Where what this service does of itself comes from.
    #[must_use]
    pub fn own(request_id: Uuid) -> Self {
        Self { request_id, trace: TraceContext::begun_by(request_id), address: None }
    }
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
    pub fn serves(&self, municipality: MunicipalityId) -> bool {
        self.municipalities.contains(&municipality)
    }
}
