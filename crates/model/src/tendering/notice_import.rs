//! Notices of the European gazette that were imported.

use chrono::{DateTime, Utc};

use super::tender::TenderId;
use trede_base::ids::{Id, MunicipalityId};
use trede_base::words;

/// The id of an import.
pub type NoticeImportId = Id<NoticeImport>;

words! {
    /// The kind of a notice (soort aankondiging).
    pub enum NoticeKind is "notice kind" {
        /// A call for competition (aankondiging van een opdracht).
        ContractNotice = "contract-notice",
        /// A plan, or a call that is made by one (vooraankondiging).
        PriorInformationNotice = "prior-information-notice",
        /// A result (aankondiging van een gegunde opdracht).
        ContractAwardNotice = "contract-award-notice",
    }
}

words! {
    /// What an import did (uitkomst van de import).
    pub enum ImportOutcome is "import outcome" {
        /// A draft tender was made (concept gemaakt).
        Created = "created",
        /// The draft tender of the same procedure was brought up to date (concept bijgewerkt).
        Updated = "updated",
        /// The tender of the same procedure is published: what the notice changes is reported only, since
        /// what was published changes by rectification and extension only (alleen gemeld).
        Reported = "reported",
        /// A result was recorded; no tender changes by it (resultaat vastgelegd).
        Recorded = "recorded",
    }
}

/// A notice that was imported (ingelezen aankondiging).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeImport {
    /// What it is, without the report.
    pub summary: NoticeImportSummary,
    /// The JSON of what was understood, what is left open and what was not taken over.
    pub report: String,
}

/// An import without its report, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeImportSummary {
    /// For which municipality.
    pub municipality: MunicipalityId,
    /// Its id.
    pub id: NoticeImportId,
    /// Which notice it was.
    pub notice: NoticeKey,
    /// What kind of notice it was.
    pub kind: NoticeKind,
    /// The procedure that the notice is of, the same in all its notices (procedurenummer).
    pub procedure_id: Option<String>,
    /// The tender that was made or found; gone when the draft is removed.
    pub tender: Option<TenderId>,
    /// What the import did.
    pub outcome: ImportOutcome,
    /// SHA-256 of the notice's bytes, in hexadecimal.
    pub fingerprint: String,
    /// How many points are to complete (te completeren).
    pub to_complete: i32,
    /// How many texts were not taken over (niet overgenomen).
    pub not_taken_over: i32,
    /// When.
    pub imported_at: DateTime<Utc>,
    /// By whom.
    pub imported_by: String,
}

/// By what a notice is known: the same key is the same notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeKey {
    /// Its id (BT-701); of a notice without one, `sha256:` and the hash of its bytes.
    pub id: String,
    /// Its version (BT-757); empty where it has none.
    pub version: String,
}
