//! That a platform handed over all bids that it kept: from then on bids can be read here, and none comes in any more.

use chrono::{DateTime, Utc};

use crate::tendering::lot::Lot;
use crate::tendering::procedure::State;
use crate::tendering::tender::{BidCustody, Tender, TenderId};
use trede_base::ids::MunicipalityId;

/// The hand-over (overdracht) of the bids of a tender, said to be complete by the platform that kept them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// Whose tender it is.
    pub municipality: MunicipalityId,
    /// The tender.
    pub tender: TenderId,
    /// How many bids were handed over, on all lots together.
    pub number_of_bids: i64,
    /// When it was said to be complete.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
}

/// Whether the bids on a lot can be read as far as their hand-over goes: all are here, or none was to be handed over.
///
/// A lot that was scored or evaluated before hand-overs were closed takes no bid any more, and is read as it was.
#[must_use]
pub fn is_handed_over(tender: &Tender, lot: &Lot, hand_over: Option<&HandOver>) -> bool {
    tender.facts.bid_custody == BidCustody::Trede
        || hand_over.is_some()
        || lot.quality_fixed_at.is_some()
        || lot.prices_opened_at.is_some()
        || matches!(lot.state, State::Evaluated | State::AwardProposed | State::Awarded)
}
