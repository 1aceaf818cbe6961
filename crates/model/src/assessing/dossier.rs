//! The dossier of a lot (dossier van het perceel): what happened around its evaluation, fact after fact.

use chrono::{DateTime, Utc};

use crate::tendering::lot::LotId;
use trede_base::ids::{Id, MunicipalityId};
use trede_base::words;

words! {
    /// What an entry of a dossier tells (soort feit).
    pub enum FactKind is "kind of fact" {
        /// An assessor said whether there is an interest (belangenverklaring).
        InterestDeclared = "interest-declared",
        /// What was decided about an assessor's part (maatregel bij een belang).
        InterestMeasureTaken = "interest-measure-taken",
        /// A score that was handed in may be changed (heropening van een score).
        AssessmentReopened = "assessment-reopened",
        /// The assessors met and agreed (consensusbijeenkomst).
        ConsensusHeld = "consensus-held",
        /// A bid takes no part any more (uitsluiting of terugtrekking).
        BidDisqualified = "bid-disqualified",
        /// A bid takes part again (herroeping van een uitsluiting).
        DisqualificationRevoked = "disqualification-revoked",
        /// A bidder was asked to explain a low price (vraag om toelichting).
        LowPriceQuestioned = "low-price-questioned",
        /// The bidder explained it (toelichting van de inschrijver).
        LowPriceAnswered = "low-price-answered",
        /// Whether the explanation was accepted (oordeel over de toelichting).
        LowPriceDecided = "low-price-decided",
        /// Which public value decides a drawing (aankondiging van de toevalswaarde).
        DrawingAnnounced = "drawing-announced",
        /// Lots were drawn between equal bids (loting).
        LotsDrawn = "lots-drawn",
        /// The standstill ends later (verlenging van de opschortende termijn).
        StandstillExtended = "standstill-extended",
        /// Somebody objects to the proposed award (bezwaar of kort geding).
        ObjectionLodged = "objection-lodged",
        /// How an objection ended (afloop van een bezwaar).
        ObjectionResolved = "objection-resolved",
        /// A winner dropped out after the award (uitval van een winnaar).
        WinnerWithdrawn = "winner-withdrawn",
        /// An order was placed under the framework agreement (nadere opdracht).
        CallOffPlaced = "call-off-placed",
        /// What the report tells and follows from nothing else (aanvulling op het proces-verbaal).
        ReportSupplemented = "report-supplemented",
    }
}

/// The id of an entry: a UUIDv7, so that the order of ids is the order of the facts.
pub type DossierEntryId = Id<DossierEntry>;

/// A fact of the procedure around one lot (dossierstuk). It is added and never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierEntry {
    /// Whose tender it is about.
    pub municipality: MunicipalityId,
    /// The lot.
    pub lot: LotId,
    /// Its id.
    pub id: DossierEntryId,
    /// What it tells.
    pub kind: FactKind,
    /// The fact itself: a JSON document that nothing in the store looks into.
    pub fact: String,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
}
