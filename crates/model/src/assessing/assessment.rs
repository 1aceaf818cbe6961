//! What an assessor thinks of one criterion of one bid.

use chrono::{DateTime, Utc};

use crate::bidding::bid::BidId;
use crate::tendering::lot::LotId;
use trede_base::ids::{Id, MunicipalityId};
use trede_base::record::Record;
use trede_base::words;

words! {
    /// Whose score it is (soort beoordeling).
    pub enum AssessmentKind is "kind of assessment" {
        /// That of one assessor, given alone (individuele score).
        Individual = "individual",
        /// What the assessors agreed on in their session (consensusscore), written down by one.
        Consensus = "consensus",
    }
}

/// The id of an assessment.
pub type AssessmentId = Id<Assessment>;

/// A score with its motivation (beoordeling), by one assessor, for one criterion of one bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// Whose tender it is made in.
    pub municipality: MunicipalityId,
    /// The lot.
    pub lot: LotId,
    /// Its id.
    pub id: AssessmentId,
    /// The bid.
    pub bid: BidId,
    /// The criterion, by its id in the award model.
    pub criterion: String,
    /// Whose score it is.
    pub kind: AssessmentKind,
    /// Who scored, or wrote the consensus down, as the identity provider names them.
    pub assessor: String,
    /// A number on the criterion's scale, or the name of a mark (cijfer).
    pub score: String,
    /// Why this score (motivering). Without it a decision cannot be explained to the bidder.
    pub motivation: String,
    /// When it was handed in (ingediend); from then on it counts and is locked. None while it is a draft.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it was written.
    pub record: Record,
}
