//! Versioned tables that the calculations rest on: ladders, norms and weights.

use chrono::{DateTime, Utc};

use crate::trust::audit::AuditScope;
use trede_base::words;

words! {
    /// What a table holds (soort tabel).
    pub enum TableKind is "kind of table" {
        /// Levels and their order (ladder).
        Ladder = "ladder",
        /// What each level asks by size (normen).
        Norms = "norms",
        /// What positions and contract types weigh (wegingen).
        Weights = "weights",
    }
}

/// A version of a table as it is kept: never changed, since what was computed with it names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptTable {
    /// Whose own it is; national ones are everybody's.
    pub scope: AuditScope,
    /// What it holds.
    pub kind: TableKind,
    /// The name of the version.
    pub version: String,
    /// The table itself: a JSON document.
    pub document: String,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// Who added it.
    pub created_by: String,
}
