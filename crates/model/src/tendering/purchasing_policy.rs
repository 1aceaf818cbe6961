//! What an authority asks of its award models (inkoopbeleid), and why a tender departs from it.

use chrono::{DateTime, Utc};

use super::tender::TenderId;
use trede_base::ids::{Id, MunicipalityId};
use trede_base::record::Version;

/// A version of an authority's purchasing policy (inkoopbeleid).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurchasingPolicy {
    /// Whose it is.
    pub municipality: MunicipalityId,
    /// Its version; the first asks nothing, and nobody wrote it.
    pub version: Version,
    /// The rules, as the document that was sent; none while nobody wrote one.
    pub content: Option<String>,
    /// When it was written and by whom.
    pub written: Option<(DateTime<Utc>, String)>,
}

/// The id of an exception.
pub type ExceptionId = Id<PolicyException>;

/// Why a tender departs from a rule of the policy (afwijking).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyException {
    /// Its id.
    pub id: ExceptionId,
    /// The tender.
    pub tender: TenderId,
    /// The code of the rule.
    pub rule: String,
    /// The reason (motivering).
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
}
