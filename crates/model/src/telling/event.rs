//! What happened, for those who are to hear of it: platforms, contractors, the municipality's own systems.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::following::entry::EntryStep;
use crate::tendering::procedure::Step;
use crate::trust::audit::{Act, AuditScope};
use trede_base::ids::Id;
use trede_base::words;

/// An event's id.
pub type EventId = Id<Event>;

words! {
    /// What happened (soort gebeurtenis), as CloudEvents write a type: reverse domain name, subject, deed.
    pub enum EventKind is "event kind" {
        /// A lot was made public (perceel gepubliceerd).
        LotPublished = "nl.trede.lot.published",
        /// One person asked to open the bids of a tender, and a second one is waited for (opening gevraagd).
        OpeningRequested = "nl.trede.tender.opening-requested",
        /// The platform that kept the bids of a tender handed all of them over (inschrijvingen overgedragen).
        HandOverCompleted = "nl.trede.tender.handed-over",
        /// The bids on a lot were opened (inschrijvingen geopend).
        LotOpened = "nl.trede.lot.opened",
        /// The scores for quality of a lot were fixed (kwaliteit vastgesteld).
        LotQualityFixed = "nl.trede.lot.quality-fixed",
        /// Scores for quality of a lot may change again (kwaliteit heropend).
        LotQualityReopened = "nl.trede.lot.quality-reopened",
        /// The price envelopes of a lot were opened (prijsenveloppen geopend).
        LotPricesOpened = "nl.trede.lot.prices-opened",
        /// A lot was evaluated, or its evaluation corrected (perceel beoordeeld).
        LotEvaluated = "nl.trede.lot.evaluated",
        /// An award was proposed (voornemen tot gunning).
        AwardProposed = "nl.trede.award.proposed",
        /// A proposed award was taken back (voornemen ingetrokken).
        AwardProposalWithdrawn = "nl.trede.award.withdrawn",
        /// A lot was awarded (perceel gegund).
        LotAwarded = "nl.trede.lot.awarded",
        /// A lot ended without an award (perceel mislukt).
        LotUnsuccessful = "nl.trede.lot.unsuccessful",
        /// A lot was called off (perceel ingetrokken).
        LotCancelled = "nl.trede.lot.cancelled",
        /// A fact was added to the dossier of a lot (feit in het dossier).
        DossierEntryAdded = "nl.trede.lot.dossier-entry-added",
        /// A published tender was rectified (rectificatie).
        TenderRectified = "nl.trede.tender.rectified",
        /// A batch of entries was imported from a table (verantwoordingen ingelezen).
        EntriesImported = "nl.trede.entries.imported",
        /// A batch of contracts was imported from a table (opdrachten ingelezen).
        ContractsImported = "nl.trede.contracts.imported",
        /// A deadline of a contract comes near (herinnering).
        DeadlineReminded = "nl.trede.contract.deadline-reminded",
        /// Data of candidates were removed after the term of retention (bewaartermijn verstreken).
        CandidateDataRemoved = "nl.trede.contract.candidate-data-removed",
        /// A file of evidence was added to an entry (bewijsstuk toegevoegd).
        EvidenceAdded = "nl.trede.entry.evidence-added",
        /// The deadline of a tender was moved (termijn verlengd).
        DeadlineExtended = "nl.trede.tender.deadline-extended",
        /// A contract was registered (opdracht geregistreerd).
        ContractRegistered = "nl.trede.contract.registered",
        /// A contract and what is owed under it changed (opdracht gewijzigd).
        ContractChanged = "nl.trede.contract.changed",
        /// What is owed was fixed (opgave vastgesteld).
        ObligationFixed = "nl.trede.obligation.fixed",
        /// A plan of approach was handed in (plan van aanpak ingediend).
        PlanSubmitted = "nl.trede.plan.submitted",
        /// A plan of approach was agreed or given back (plan van aanpak beoordeeld).
        PlanDecided = "nl.trede.plan.decided",
        /// An entry was handed in (verantwoording ingediend).
        EntrySubmitted = "nl.trede.entry.submitted",
        /// A first coordinator agreed with an entry (eerste akkoord).
        EntryEndorsed = "nl.trede.entry.endorsed",
        /// An entry was given back (verantwoording teruggegeven).
        EntryReturned = "nl.trede.entry.returned",
        /// An entry was refused (verantwoording afgewezen).
        EntryRejected = "nl.trede.entry.rejected",
        /// An entry was approved (verantwoording goedgekeurd).
        EntryApproved = "nl.trede.entry.approved",
        /// An entry counts no more (verantwoording teruggedraaid).
        EntryReversed = "nl.trede.entry.reversed",
        /// An entry counts for another amount, since what it shares a maximum with changed (herwaardeerd).
        EntryRevalued = "nl.trede.entry.revalued",
        /// A submission was taken back before it was decided (indiening ingetrokken).
        EntryWithdrawn = "nl.trede.entry.withdrawn",
        /// An entry of which nothing was decided was removed (verantwoording verwijderd).
        EntryRemoved = "nl.trede.entry.removed",
        /// An import was rolled back as a whole (inlezing teruggedraaid).
        ImportRolledBack = "nl.trede.import.rolled-back",
        /// A decision was taken on what was realised (afrekening).
        ContractSettled = "nl.trede.contract.settled",
        /// A PSO certificate ends within 180 days (certificaat loopt af).
        PsoCertificateEnding = "nl.trede.organisation.pso-certificate-ending",
        /// The PSO level of an organisation is another one (trede gewijzigd): it rose, fell, or was lost.
        PsoLevelChanged = "nl.trede.organisation.pso-level-changed",
    }
}

impl EventKind {
    /// What a step of a procedure is to those who hear of it.
    #[must_use]
    pub const fn of_step(step: Step) -> Self {
        match step {
            Step::Publish => Self::LotPublished,
            Step::Open => Self::LotOpened,
            Step::FixQuality => Self::LotQualityFixed,
            Step::ReopenQuality => Self::LotQualityReopened,
            Step::OpenPrices => Self::LotPricesOpened,
            Step::Evaluate => Self::LotEvaluated,
            Step::ProposeAward => Self::AwardProposed,
            Step::WithdrawProposal => Self::AwardProposalWithdrawn,
            Step::Award => Self::LotAwarded,
            Step::DeclareUnsuccessful => Self::LotUnsuccessful,
            Step::Cancel => Self::LotCancelled,
        }
    }
}

impl EventKind {
    /// What a step of an entry is to those who hear of it.
    #[must_use]
    pub const fn of_entry_step(step: EntryStep) -> Self {
        match step {
            EntryStep::Submit => Self::EntrySubmitted,
            EntryStep::Endorse => Self::EntryEndorsed,
            EntryStep::Return => Self::EntryReturned,
            EntryStep::Reject => Self::EntryRejected,
            EntryStep::Approve => Self::EntryApproved,
            EntryStep::Reverse => Self::EntryReversed,
            EntryStep::Revalue => Self::EntryRevalued,
            EntryStep::Withdraw => Self::EntryWithdrawn,
            EntryStep::Remove => Self::EntryRemoved,
        }
    }
}

/// Of what an event tells, and so who may hear of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearers {
    /// Of a procedure: those who follow procedures from the inside.
    OfProcedures,
    /// Of contracts and what is done under them: those who follow all contracts of a municipality.
    OfContracts,
    /// Of national data, which everybody reads.
    Everybody,
}

impl EventKind {
    /// Who may hear of it. What is not known to be told more widely is told to those who follow contracts.
    #[must_use]
    pub fn hearers(self) -> Hearers {
        match self.code().split('.').nth(2) {
            Some("lot" | "award" | "tender") => Hearers::OfProcedures,
            Some("organisation") => Hearers::Everybody,
            _ => Hearers::OfContracts,
        }
    }
}

/// Something that happened, stored in the transaction of the change that made it happen.
///
/// Tells nothing of bids that nobody opened: neither who bid nor that somebody did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The same for the same change to the same subject, so that a change that is tried again is one event.
    pub id: EventId,
    /// Whose it is.
    pub scope: AuditScope,
    /// What happened.
    pub kind: EventKind,
    /// What it happened to, as a path below the scope: `tenders/{id}/lots/{id}`.
    pub subject: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What more there is to tell: a JSON object.
    pub data: String,
    /// The request in which it happened.
    pub request_id: Uuid,
}

impl Event {
    /// What an act made happen to a subject. `data` is a JSON object.
    #[must_use]
    pub fn of(act: &Act, kind: EventKind, subject: String, data: String) -> Self {
        Self {
            id: derived_id(act, kind, &subject),
            scope: act.scope,
            kind,
            subject,
            at: act.at,
            data,
            request_id: act.request_id,
        }
    }
}

/// Follows from the act and what it did: no fresh id is needed inside a transaction that may run twice.
fn derived_id(act: &Act, kind: EventKind, subject: &str) -> EventId {
    Id::derived(&[act.id.uuid().as_bytes(), kind.code().as_bytes(), &[0], subject.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_of_contracts_is_not_told_to_those_who_follow_procedures_only() {
        for (kind, hearers) in [
            (EventKind::LotOpened, Hearers::OfProcedures),
            (EventKind::AwardProposed, Hearers::OfProcedures),
            (EventKind::DeadlineExtended, Hearers::OfProcedures),
            (EventKind::EntryApproved, Hearers::OfContracts),
            (EventKind::ContractsImported, Hearers::OfContracts),
            (EventKind::PsoLevelChanged, Hearers::Everybody),
        ] {
            assert_eq!(kind.hearers(), hearers, "{kind}");
        }
    }

    fn act(id: u128) -> Act {
        Act {
            id: Id::from_uuid(Uuid::from_u128(id)),
            scope: AuditScope::National,
            at: DateTime::UNIX_EPOCH,
            actor: "somebody".to_owned(),
            client: None,
            action: "publish_tender".to_owned(),
            object: "tenders/1".to_owned(),
            request_id: Uuid::nil(),
            address: None,
        }
    }

    fn id(act: &Act, kind: EventKind, subject: &str) -> EventId {
        Event::of(act, kind, subject.to_owned(), "{}".to_owned()).id
    }

    #[test]
    fn the_same_change_to_the_same_subject_is_the_same_event() {
        let one = id(&act(1), EventKind::LotPublished, "tenders/1/lots/1");
        assert_eq!(one, id(&act(1), EventKind::LotPublished, "tenders/1/lots/1"));
        assert_ne!(one, id(&act(1), EventKind::LotPublished, "tenders/1/lots/2"));
        assert_ne!(one, id(&act(1), EventKind::LotOpened, "tenders/1/lots/1"));
        assert_ne!(one, id(&act(2), EventKind::LotPublished, "tenders/1/lots/1"));
        assert_eq!(one.uuid().get_version_num(), 8);
    }
}
