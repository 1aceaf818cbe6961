//! The facts in the dossier of a lot, as they are stored and as the API tells them.

mod assessing;
mod awarding;
mod deciding;
mod supplement;

pub use assessing::{
    AssessmentReopening, Attendee, ConsensusScore, ConsensusSession, InterestDeclaration, InterestMeasure,
};
pub use awarding::{Objection, ObjectionOutcome, ObjectionResolution, StandstillExtension};
pub use deciding::{
    Disqualification, DisqualificationGround, DisqualificationRevocation, LotDrawing, LowPriceAnswer,
    LowPriceDecision, LowPriceOutcome, LowPriceQuestion,
};
pub use supplement::{ReportItem, ReportSupplement};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::bid::BidId;
use crate::domain::dossier::{DossierEntryId, FactKind};

/// Declares the facts once: what stands in an entry, and which kind of entry it is.
macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident($fact:ty) = $code:literal,)+) => {
        /// A fact of the procedure around one lot (feit in het dossier); `kind` says which.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
        #[serde(tag = "kind")]
        pub enum Fact {
            $($(#[$doc])* #[serde(rename = $code)] $name($fact),)+
        }

        impl Fact {
            /// Which kind of entry it makes.
            #[must_use]
            pub const fn kind(&self) -> FactKind {
                match self { $(Self::$name(_) => FactKind::$name,)+ }
            }
        }

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn a_fact_is_called_as_its_kind() {
                $(assert_eq!(FactKind::$name.code(), $code);)+
            }
        }
    };
}

/// The disqualifications that stand after these facts, by bid, each with the id of its entry.
pub fn standing_disqualifications<'a>(
    facts: impl IntoIterator<Item = (DossierEntryId, &'a Fact)>,
) -> BTreeMap<BidId, (DossierEntryId, &'a Disqualification)> {
    let mut standing = BTreeMap::new();
    for (id, fact) in facts {
        match fact {
            Fact::BidDisqualified(fact) => {
                standing.insert(fact.bid_id, (id, fact));
            }
            Fact::DisqualificationRevoked(fact) => {
                standing.retain(|_, (id, _)| *id != fact.disqualification_id);
            }
            _ => {}
        }
    }
    standing
}

facts! {
    /// An assessor said whether there is an interest (belangenverklaring).
    InterestDeclared(InterestDeclaration) = "interest-declared",
    /// What was decided about an assessor's part (maatregel).
    InterestMeasureTaken(InterestMeasure) = "interest-measure-taken",
    /// A score that was handed in may be changed (heropening).
    AssessmentReopened(AssessmentReopening) = "assessment-reopened",
    /// The assessors met and agreed (consensusbijeenkomst).
    ConsensusHeld(ConsensusSession) = "consensus-held",
    /// A bid takes no part any more (uitsluiting of terugtrekking).
    BidDisqualified(Disqualification) = "bid-disqualified",
    /// A bid takes part again (herroeping).
    DisqualificationRevoked(DisqualificationRevocation) = "disqualification-revoked",
    /// A bidder was asked to explain a low price (vraag om toelichting).
    LowPriceQuestioned(LowPriceQuestion) = "low-price-questioned",
    /// The bidder explained it (toelichting).
    LowPriceAnswered(LowPriceAnswer) = "low-price-answered",
    /// Whether the explanation was accepted (oordeel).
    LowPriceDecided(LowPriceDecision) = "low-price-decided",
    /// Lots were drawn between equal bids (loting).
    LotsDrawn(LotDrawing) = "lots-drawn",
    /// The standstill ends later (verlenging van de opschortende termijn).
    StandstillExtended(StandstillExtension) = "standstill-extended",
    /// Somebody objects to the proposed award (bezwaar of kort geding).
    ObjectionLodged(Objection) = "objection-lodged",
    /// How an objection ended (afloop).
    ObjectionResolved(ObjectionResolution) = "objection-resolved",
    /// What the report tells and follows from nothing else (aanvulling op het proces-verbaal).
    ReportSupplemented(ReportSupplement) = "report-supplemented",
}
