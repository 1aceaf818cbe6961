//! The decision to award a lot: proposed, then final or withdrawn.

use chrono::{DateTime, NaiveDate, Utc};

use super::evaluation::EvaluationId;
use crate::bidding::bid::BidId;
use crate::tendering::lot::LotId;
use trede_base::ids::{Id, MunicipalityId};

/// The id of an award decision.
pub type AwardDecisionId = Id<AwardDecision>;

/// A decision to award a lot to one bid (gunningsbeslissing), on the ground of one evaluation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwardDecision {
    /// Whose tender it is made in.
    pub municipality: MunicipalityId,
    /// The lot.
    pub lot: LotId,
    /// Its id.
    pub id: AwardDecisionId,
    /// The evaluation that it rests on.
    pub evaluation: EvaluationId,
    /// The bid that wins.
    pub bid: BidId,
    /// Why (motivering).
    pub motivation: String,
    /// How many days of standstill were promised (opschortende termijn); 0 when there is none.
    pub standstill_days: u16,
    /// The last day of the standstill, in the Netherlands, when there is one.
    pub standstill_until: Option<NaiveDate>,
    /// The court before which the decision can be brought (bevoegde rechter).
    pub court: Option<String>,
    /// Whom to turn to (contactpersoon).
    pub contact: Option<String>,
    /// When it was proposed (voornemen tot gunning).
    pub proposed_at: DateTime<Utc>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// When it became final (definitieve gunning).
    pub awarded_at: Option<DateTime<Utc>>,
}
