//! An import of a table, which can be rolled back as a whole while nothing of it was decided.

use chrono::{DateTime, Utc};

use trede_base::ids::Id;
use trede_base::words;

/// The id of an import of a table.
pub type TableImportId = Id<TableImport>;

words! {
    /// What a table brought (soort tabel).
    pub enum TableImportKind is "kind of import" {
        /// Contracts (opdrachten).
        Contracts = "contracts",
        /// Entries (verantwoordingen).
        Entries = "entries",
    }
}

/// An import of a table (inlezing).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableImport {
    /// Its id.
    pub id: TableImportId,
    /// What it brought.
    pub kind: TableImportKind,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was rolled back; none while it stands.
    pub rolled_back_at: Option<DateTime<Utc>>,
}
