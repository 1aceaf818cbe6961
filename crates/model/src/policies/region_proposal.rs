//! What a coordinator proposes as a policy of the region.

use chrono::{DateTime, Utc};

use super::policy::{PolicyId, PolicyOwner, StoredPolicy};
use crate::frame::region::RegionId;
use trede_base::ids::MunicipalityId;

/// A version of a policy of a region that a coordinator proposes (voorstel), for another one to agree with. Its bytes
/// never change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionPolicyProposal {
    /// Its id, and that of the policy once somebody agreed.
    pub id: PolicyId,
    /// Whose policy it would be.
    pub region: RegionId,
    /// For which municipality it was proposed.
    pub municipality: MunicipalityId,
    /// The code of the policy.
    pub code: String,
    /// The version.
    pub version: String,
    /// The policy itself: a JSON document.
    pub content: String,
    /// SHA-256 of the document, in hexadecimal.
    pub fingerprint: String,
    /// When it was proposed.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: String,
}

impl RegionPolicyProposal {
    /// The policy that it becomes when somebody agrees with it.
    #[must_use]
    pub fn agreed(self, at: DateTime<Utc>, by: &str) -> StoredPolicy {
        StoredPolicy {
            id: self.id,
            owner: PolicyOwner::Region(self.region),
            code: self.code,
            version: self.version,
            content: self.content,
            fingerprint: self.fingerprint,
            created_at: at,
            created_by: by.to_owned(),
        }
    }
}
