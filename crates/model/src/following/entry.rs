//! An entry (verantwoording): an effort that a contractor accounts for.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use thiserror::Error;

use super::contract::ContractId;
use trede_base::ids::{Id, KvkNumber, MalformedId, MunicipalityId};
use trede_base::record::Record;
use trede_base::words;

/// The id of an entry.
pub type EntryId = Id<Entry>;

/// Where an entry is: the way to it from the municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryPath {
    /// Whose contract it is made under.
    pub municipality: MunicipalityId,
    /// The contract.
    pub contract: ContractId,
    /// The entry.
    pub entry: EntryId,
}

impl fmt::Display for EntryPath {
    /// The path below the municipality.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "contracts/{}/entries/{}", self.contract, self.entry)
    }
}

words! {
    /// What a contractor did (soort invulling).
    pub enum EntryKind is "entry kind" {
        /// Somebody works: employment or secondment (plaatsing).
        Placement = "placement",
        /// Somebody learns (stage, leerwerkplek).
        Internship = "internship",
        /// Bought from a social enterprise, an SW company or a PSO supplier (inkoop).
        Purchase = "purchase",
        /// A societal activity (maatschappelijke activiteit).
        Activity = "activity",
        /// A project with a plan that was assessed beforehand (project).
        Project = "project",
        /// Training or guidance at cost (werkelijke kosten).
        ActualCost = "actual-cost",
        /// A PSO certificate (PSO-certificaat).
        PsoCertificate = "pso-certificate",
        /// Money, by exception (afkoop).
        Cash = "cash",
        /// What was done beyond the obligation of another contract (overheveling).
        CarryOver = "carry-over",
        /// Whether somebody is still at work some months after a placement (duurzaamheid, opvolging). It counts for
        /// nothing.
        FollowUp = "follow-up",
    }
}

impl EntryKind {
    /// Whether it is about one person.
    #[must_use]
    pub const fn has_candidate(self) -> bool {
        self.is_work() || matches!(self, Self::FollowUp)
    }

    /// Whether somebody works or learns.
    #[must_use]
    pub const fn is_work(self) -> bool {
        matches!(self, Self::Placement | Self::Internship)
    }
}

words! {
    /// How far an entry is (stand van de verantwoording).
    pub enum EntryState is "entry state" {
        /// Being written by the contractor (concept).
        Draft = "draft",
        /// Waits for the coordinator (ingediend).
        Submitted = "submitted",
        /// Back at the contractor, who may change it (teruggegeven).
        Returned = "returned",
        /// Refused (afgewezen).
        Rejected = "rejected",
        /// Counts (goedgekeurd).
        Approved = "approved",
        /// Counted once, and no more (teruggedraaid).
        Reversed = "reversed",
        /// Taken back for good before anything was decided (ingetrokken).
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What leads from one state of an entry to the next (stap).
    pub enum EntryStep is "entry step" {
        /// The contractor hands it in (indiening).
        Submit = "submit",
        /// A first coordinator agrees, where two must (eerste akkoord).
        Endorse = "endorse",
        /// The coordinator gives it back (teruggave).
        Return = "return",
        /// The coordinator refuses it (afwijzing).
        Reject = "reject",
        /// The coordinator agrees (goedkeuring).
        Approve = "approve",
        /// What was approved counts no more (terugdraaiing).
        Reverse = "reverse",
        /// It counts for another amount, since what it shares a maximum with changed (herwaardering).
        Revalue = "revalue",
        /// Who handed it in takes it back, before it is decided (intrekking van de indiening).
        Withdraw = "withdraw",
        /// It is taken back for good; its history stays (verwijdering).
        Remove = "remove",
    }
}

/// A step that does not lead out of this state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("in state «{state}» the step «{step}» is not possible")]
pub struct EntryStepRefused {
    /// How far the entry is.
    pub state: EntryState,
    /// What was asked.
    pub step: EntryStep,
}

impl EntryState {
    /// The state after a step.
    ///
    /// # Errors
    /// [`EntryStepRefused`] when the step does not lead out of this state.
    pub fn after(self, step: EntryStep) -> Result<Self, EntryStepRefused> {
        use EntryState::{Approved, Draft, Rejected, Returned, Reversed, Submitted, Withdrawn};
        match (step, self) {
            (EntryStep::Submit, Draft | Returned) | (EntryStep::Endorse, Submitted) => Ok(Submitted),
            (EntryStep::Return, Submitted) => Ok(Returned),
            (EntryStep::Reject, Submitted) => Ok(Rejected),
            (EntryStep::Approve, Submitted) => Ok(Approved),
            (EntryStep::Reverse, Approved) => Ok(Reversed),
            (EntryStep::Revalue, Submitted | Approved) => Ok(self),
            (EntryStep::Withdraw, Submitted) => Ok(Draft),
            (EntryStep::Remove, Draft | Returned) => Ok(Withdrawn),
            (step, state) => Err(EntryStepRefused { state, step }),
        }
    }

    /// Whether it counts.
    #[must_use]
    pub const fn counts(self) -> bool {
        matches!(self, Self::Approved)
    }

    /// Whether the coordinator decided on it.
    #[must_use]
    pub const fn is_decided(self) -> bool {
        matches!(self, Self::Approved | Self::Rejected | Self::Reversed)
    }

    /// Whether the contractor may still change it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
}

/// An entry (verantwoording) under one contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whose contract it is made under.
    pub municipality: MunicipalityId,
    /// The contract.
    pub contract: ContractId,
    /// Its id.
    pub id: EntryId,
    /// What was done.
    pub content: EntryContent,
    /// How far it is.
    pub state: EntryState,
    /// What it counts for, in cents, as last computed.
    pub value_cents: i64,
    /// How that was computed, step by step: a JSON document.
    pub calculation: String,
    /// Who wrote it.
    pub created_by: String,
    /// When it was written.
    pub record: Record,
}

/// What was done. Nothing of it names a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryContent {
    /// The contractor's own reference (kenmerk), unique within the contract.
    pub external_reference: Option<String>,
    /// What was done.
    pub kind: EntryKind,
    /// The party of the contract that did it.
    pub contractor: KvkNumber,
    /// In words (toelichting).
    pub description: String,
    /// The contractor's opaque reference of the candidate (kandidaat).
    pub candidate: Option<String>,
    /// By which a candidate is recognised in the whole region (persoonssleutel).
    pub person_key: Option<PersonKey>,
    /// Why these hours are others than those counted elsewhere for the candidate (andere uren).
    pub other_hours: Option<String>,
    /// The supplier (leverancier).
    pub supplier: Option<KvkNumber>,
    /// The number of the supplier's invoice (factuurnummer).
    pub invoice_number: Option<String>,
    /// Code of the building block.
    pub block: String,
    /// The first day that is accounted for.
    pub period_from: Option<NaiveDate>,
    /// The last day that is accounted for.
    pub period_until: Option<NaiveDate>,
    /// The facts that the policy asks for: a JSON document.
    pub facts: String,
}

/// By which a person is recognised over contracts without being known: an HMAC-SHA256 in lower-case
/// hexadecimals, computed outside this service by the coordinator's office (persoonssleutel).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonKey(String);

impl fmt::Display for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PersonKey {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() == 64 && text.bytes().all(hex) {
            return Ok(Self(text.to_owned()));
        }
        // What came is not repeated: it may be somebody's number.
        Err(MalformedId {
            what: "person key", text: "…".to_owned(), expected: "64 lower-case hexadecimals"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_approved_entry_is_reversed() {
        let reversible: Vec<_> =
            EntryState::ALL.iter().filter(|state| state.after(EntryStep::Reverse).is_ok()).collect();
        assert_eq!(reversible, [&EntryState::Approved]);
    }

    #[test]
    fn what_was_handed_in_is_taken_back_until_it_is_decided_and_for_good_after_that() {
        let withdrawn: Vec<_> =
            EntryState::ALL.iter().filter(|state| state.after(EntryStep::Withdraw).is_ok()).collect();
        assert_eq!(withdrawn, [&EntryState::Submitted]);
        assert_eq!(EntryState::Draft.after(EntryStep::Remove), Ok(EntryState::Withdrawn));
        assert!(EntryStep::ALL.iter().all(|step| EntryState::Withdrawn.after(*step).is_err()));
    }

    #[test]
    fn a_returned_entry_is_submitted_again_and_a_rejected_one_is_not() {
        assert_eq!(EntryState::Returned.after(EntryStep::Submit), Ok(EntryState::Submitted));
        for step in EntryStep::ALL {
            assert!(EntryState::Rejected.after(*step).is_err(), "{step}");
            assert!(EntryState::Reversed.after(*step).is_err(), "{step}");
        }
    }

    #[test]
    fn a_person_key_is_the_hash_alone_and_is_not_repeated_when_it_is_none() {
        assert!("ab".repeat(32).parse::<PersonKey>().is_ok());
        for wrong in ["123456782".to_owned(), "AB".repeat(32), "ab".repeat(31)] {
            let error = wrong.parse::<PersonKey>().unwrap_err();
            assert!(!error.to_string().contains(&wrong));
        }
    }
}
