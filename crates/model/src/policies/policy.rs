//! A social return policy as it is kept: a version whose bytes never change.

use chrono::{DateTime, Utc};

use crate::frame::region::RegionId;
use trede_base::ids::{Id, MunicipalityId};

/// The id of a version of a policy.
pub type PolicyId = Id<StoredPolicy>;

/// Whose policy it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyOwner {
    /// One municipality's own.
    Municipality(MunicipalityId),
    /// Shared by the municipalities of a region.
    Region(RegionId),
}

/// One version of a social return policy (beleid social return).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPolicy {
    /// Its id.
    pub id: PolicyId,
    /// Whose it is.
    pub owner: PolicyOwner,
    /// The code of the policy, the same over its versions.
    pub code: String,
    /// The version.
    pub version: String,
    /// The policy itself: a JSON document whose bytes never change.
    pub content: String,
    /// SHA-256 of the document, in hexadecimal.
    pub fingerprint: String,
    /// When it was entered.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: String,
}
