//! The facts in the dossier of a lot, as they are stored and as the API tells them.

mod assessing;
mod awarding;
mod call_off;
mod deciding;
mod supplement;

pub use assessing::{
    AssessmentReopening, Attendee, ConsensusScore, ConsensusSession, InterestDeclaration, InterestMeasure,
};
pub use awarding::{
    Objection, ObjectionOutcome, ObjectionResolution, StandstillExtension, WinnerWithdrawal,
    WinnerWithdrawalGround,
};
pub use call_off::{CallOffCompetition, CallOffDecline, CallOffOrder, CallOffWay};
pub use deciding::{
    Disqualification, DisqualificationGround, DisqualificationRevocation, DrawingAnnouncement, LotDrawing,
    LowPriceAnswer, LowPriceDecision, LowPriceOutcome, LowPriceQuestion,
};
pub use supplement::{ReportItem, ReportSupplement};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use trede_model::assessing::dossier::{DossierEntryId, FactKind};
use trede_model::bidding::bid::BidId;

/// Declares the facts once: what stands in an entry, and which kind of entry it is.
macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident($fact:ty),)+) => {
        /// A fact of the procedure around one lot (feit in het dossier); `kind` says which, `details` what.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
        #[serde(tag = "kind", content = "details", rename_all = "kebab-case")]
        pub enum Fact {
            $($(#[$doc])* $name($fact),)+
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

            /// As serde makes a code of the name of a variant.
            fn code(name: &str) -> String {
                let parts = name.char_indices().map(|(index, c)| match c {
                    c if c.is_uppercase() && index > 0 => format!("-{}", c.to_lowercase()),
                    c => c.to_lowercase().to_string(),
                });
                parts.collect()
            }

            #[test]
            fn a_fact_is_called_as_its_kind() {
                $(assert_eq!(FactKind::$name.code(), code(stringify!($name)));)+
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
    InterestDeclared(InterestDeclaration),
    /// What was decided about an assessor's part (maatregel).
    InterestMeasureTaken(InterestMeasure),
    /// A score that was handed in may be changed (heropening).
    AssessmentReopened(AssessmentReopening),
    /// The assessors met and agreed (consensusbijeenkomst).
    ConsensusHeld(ConsensusSession),
    /// A bid takes no part any more (uitsluiting of terugtrekking).
    BidDisqualified(Disqualification),
    /// A bid takes part again (herroeping).
    DisqualificationRevoked(DisqualificationRevocation),
    /// A bidder was asked to explain a low price (vraag om toelichting).
    LowPriceQuestioned(LowPriceQuestion),
    /// The bidder explained it (toelichting).
    LowPriceAnswered(LowPriceAnswer),
    /// Whether the explanation was accepted (oordeel).
    LowPriceDecided(LowPriceDecision),
    /// Which public value decides a drawing (aankondiging van de toevalswaarde).
    DrawingAnnounced(DrawingAnnouncement),
    /// Lots were drawn between equal bids (loting).
    LotsDrawn(LotDrawing),
    /// The standstill ends later (verlenging van de opschortende termijn).
    StandstillExtended(StandstillExtension),
    /// Somebody objects to the proposed award (bezwaar of kort geding).
    ObjectionLodged(Objection),
    /// How an objection ended (afloop).
    ObjectionResolved(ObjectionResolution),
    /// A winner dropped out after the award, and who took its place (uitval van een winnaar).
    WinnerWithdrawn(WinnerWithdrawal),
    /// An order was placed under the framework agreement (nadere opdracht).
    CallOffPlaced(CallOffOrder),
    /// What the report tells and follows from nothing else (aanvulling op het proces-verbaal).
    ReportSupplemented(ReportSupplement),
}
