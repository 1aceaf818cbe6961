//! Evidence (bewijsstukken): files that show that an entry happened, and what kinds of file are taken.

use chrono::{DateTime, Utc};

use super::contract::ContractId;
use super::entry::EntryId;
use trede_base::ids::{Id, MunicipalityId};
use trede_base::words;

words! {
    /// What a file shows (soort bewijsstuk). Names stay out: a file has no name of its own here.
    pub enum EvidenceKind is "kind of evidence" {
        /// An employment, secondment or internship contract (arbeids-, detacherings- of stageovereenkomst).
        Contract = "contract",
        /// A payroll or hours list (loonstrook, urenlijst).
        Hours = "hours",
        /// What shows the group of the candidate (bewijs van de doelgroep).
        Group = "group",
        /// An invoice excluding VAT (factuur).
        Invoice = "invoice",
        /// The description and hours of an activity (activiteit).
        Activity = "activity",
        /// Anything else (overig).
        Other = "other",
    }
}

words! {
    /// A kind of file that is taken (bestandstype).
    pub enum MediaType is "media type" {
        /// A document.
        Pdf = "application/pdf",
        /// A picture.
        Png = "image/png",
        /// A picture.
        Jpeg = "image/jpeg",
        /// A picture.
        Webp = "image/webp",
        /// A workbook (Office Open XML).
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        /// A workbook (OpenDocument).
        Ods = "application/vnd.oasis.opendocument.spreadsheet",
        /// A table of text.
        Csv = "text/csv",
    }
}

words! {
    /// What the malware scanner said of a file (virusscan).
    pub enum ScanState is "state of the scan" {
        /// Nothing was found.
        Clean = "clean",
        /// No scanner was configured when the file came in.
        NotScanned = "not-scanned",
    }
}

/// The id of a file of evidence.
pub type EvidenceId = Id<Evidence>;

/// A file of evidence (bewijsstuk) with an entry. Its content stands in the store of files; its hash is kept
/// also after the content was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Whose contract the entry is made under.
    pub municipality: MunicipalityId,
    /// The contract.
    pub contract: ContractId,
    /// The entry.
    pub entry: EntryId,
    /// Its id.
    pub id: EvidenceId,
    /// What it shows.
    pub kind: EvidenceKind,
    /// What kind of file it is.
    pub media_type: MediaType,
    /// The length of its content.
    pub bytes: i64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// What the malware scanner said.
    pub scan: ScanState,
    /// When it was added.
    pub added_at: DateTime<Utc>,
    /// By whom.
    pub added_by: String,
    /// When its content was removed after the term of retention.
    pub removed_at: Option<DateTime<Utc>>,
}

impl Evidence {
    /// Where the content of a file stands in the store.
    #[must_use]
    pub fn key(municipality: MunicipalityId, id: EvidenceId) -> String {
        format!("{municipality}/{id}")
    }
}

/// The municipality and the id of a file by its key; none for a key that is not one of ours.
#[must_use]
pub fn of_key(key: &str) -> Option<(MunicipalityId, EvidenceId)> {
    let (municipality, id) = key.split_once('/')?;
    Some((municipality.parse().ok()?, id.parse().ok()?))
}
