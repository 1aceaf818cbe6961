//! What was found of a level that is claimed in a bid, and who decided on it.

use chrono::{DateTime, NaiveDate, Utc};
use trede_base::certificate::CertificateId;
use trede_base::ids::{Id, KvkNumber, MunicipalityId};
use trede_base::verdict::Verdict;

use crate::bidding::bid::BidId;
use crate::tendering::lot::LotId;

/// The id of a finding.
pub type ClaimFindingId = Id<ClaimFinding>;

/// What was found of one claim in a bid, at a moment. A later finding takes its place and leaves it readable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimFinding {
    /// Whose tender it is.
    pub municipality: MunicipalityId,
    /// Its id.
    pub id: ClaimFindingId,
    /// The lot.
    pub lot: LotId,
    /// The bid.
    pub bid: BidId,
    /// Whose level is claimed: the bidder, or a member of the consortium.
    pub kvk: KvkNumber,
    /// What was found.
    pub judged: Judged,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// By whom: the check against the register, or a person.
    pub decided_by: String,
}

/// A claim and the verdict on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The level that is claimed.
    pub level: String,
    /// The ladder of that level.
    pub ladder: String,
    /// The date that counts.
    pub counts_on: NaiveDate,
    /// The verdict.
    pub verdict: Verdict,
    /// The certificate that it rests on.
    pub certificate: Option<CertificateId>,
    /// The level of that certificate.
    pub certificate_level: Option<String>,
    /// Why an equivalent proof was accepted.
    pub reason: Option<String>,
}
