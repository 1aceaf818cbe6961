//! The import of a list of certificates: what was read, and what came of it.

use chrono::{DateTime, Utc};

use trede_base::certificate::CertificateSource;
use trede_base::ids::Id;
use trede_base::words;

/// The id of an import.
pub type RegisterImportId = Id<RegisterImport>;

words! {
    /// How far an import is (stand van de import).
    pub enum ImportState is "state of an import" {
        /// It waits.
        Queued = "queued",
        /// The list is being read.
        Running = "running",
        /// The list was read to its end.
        Succeeded = "succeeded",
        /// It ended before, and the note says why. What was taken until then stands.
        Failed = "failed",
    }
}

/// An import of a list of certificates (import van het register).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterImport {
    /// Its id.
    pub id: RegisterImportId,
    /// What is asked.
    pub request: ImportRequest,
    /// How far it is.
    pub state: ImportState,
    /// What came of it so far.
    pub counts: ImportCounts,
    /// Whether the register said that its list is the one that was read last.
    pub not_modified: bool,
    /// What a reader must know: why it failed, or what was left undone.
    pub note: Option<String>,
    /// What the register calls this state of its list.
    pub validators: Validators,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// Who asked for it.
    pub created_by: String,
    /// When the reading began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
}

/// What is asked of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRequest {
    /// Whether the register is asked, or its list was handed over.
    pub source: CertificateSource,
    /// The address of the register, or the name of the list.
    pub origin: String,
    /// Whether the list names all certificates that are in force, so that what is missing has ended.
    pub is_complete: bool,
    /// The share of the certificates in force, in percent, that may end at once. When more are missing, the
    /// list is taken for a broken one, and none ends.
    pub max_ended_percent: i32,
}

/// What came of the rows of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// Rows that were read.
    pub rows_read: i64,
    /// Certificates that were not known.
    pub added: i64,
    /// Certificates of which the list says something else than was known.
    pub changed: i64,
    /// Certificates that are not on the list any more.
    pub ended: i64,
    /// Certificates of which nothing else is said.
    pub unchanged: i64,
    /// Rows that could not be taken.
    pub malformed: i64,
}

/// How a server names a state of what it serves (RFC 9110 §8.8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}

/// What is wrong with a row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportFault {
    /// The row: in a CSV file its line, in a JSON list its place, from 1.
    pub row: i64,
    /// The number of the certificate, where the row has one.
    pub number: Option<String>,
    /// The column or field; empty for the whole row.
    pub field: String,
    /// Stable and kebab-case, for programs.
    pub code: String,
    /// One sentence for people.
    pub detail: String,
}
