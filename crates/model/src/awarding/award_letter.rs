//! Letters that tell bidders of a proposed award, and the templates that they are written by.

use chrono::{DateTime, Utc};

use super::award_decision::AwardDecisionId;
use crate::bidding::bid::BidId;
use crate::tendering::lot::LotId;
use trede_base::ids::{Id, KvkNumber, MunicipalityId};
use trede_base::record::Version;
use trede_base::words;

words! {
    /// What a letter tells its reader (soort brief).
    pub enum LetterKind is "kind of letter" {
        /// That the reader will win (winnaar).
        Winner = "winner",
        /// That another will win (afwijzing).
        Ranked = "ranked",
        /// That the bid takes no part (uitsluiting).
        Excluded = "excluded",
    }
}

words! {
    /// The language of a letter (taal).
    pub enum LetterLanguage is "language of letters" {
        /// Nederlands.
        Dutch = "nl",
        /// English.
        English = "en",
    }
}

/// The id of a letter.
pub type AwardLetterId = Id<AwardLetter>;

/// A letter to a bidder about a proposed award (mededeling van de gunningsbeslissing; Aw 2012 art. 2.130), as it
/// was sent. It never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwardLetter {
    /// Whose tender it is about.
    pub municipality: MunicipalityId,
    /// The lot.
    pub lot: LotId,
    /// Its id.
    pub id: AwardLetterId,
    /// The decision that it tells of.
    pub decision: AwardDecisionId,
    /// The reader's bid.
    pub bid: BidId,
    /// The reader; nobody else who bid may see it.
    pub bidder: KvkNumber,
    /// What it tells.
    pub kind: LetterKind,
    /// The text in Dutch, as Markdown.
    pub dutch: Text,
    /// The text in English, as Markdown.
    pub english: Text,
    /// When it was sent: for all bidders the same moment.
    pub sent_at: DateTime<Utc>,
}

/// A text of a letter, and by which version of the template it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: String,
    /// The version of the template.
    pub template: Version,
}

/// A version of a municipality's template for letters in one language (briefsjabloon).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterTemplate {
    /// Whose it is.
    pub municipality: MunicipalityId,
    /// The language.
    pub language: LetterLanguage,
    /// Its version; 1 is the one that comes with the service.
    pub version: Version,
    /// The template.
    pub template: String,
    /// When it was written, and by whom; none for the one that comes with the service.
    pub written: Option<(DateTime<Utc>, String)>,
}
