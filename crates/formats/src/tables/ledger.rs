//! The table of the ledger: one row for each step that added something. It is exported only.

use super::column::Column;

/// The columns of the table of the ledger.
pub const COLUMNS: &[Column] = columns! {
    "entryId" ["verantwoording-id"] Id "" "";
    "entryVersion" ["versie verantwoording"] Number "" "";
    "contractId" ["opdracht-id"] Id "" "";
    "block" ["bouwblok"] Code "" "";
    "step" ["stap"] Code "" "";
    "submitted" ["ingediend"] Euros "" "";
    "approved" ["goedgekeurd"] Euros "" "";
    "recordedAt" ["vastgelegd op"] Text "" "";
    "recordedBy" ["vastgelegd door"] Text "" "";
    "reason" ["reden"] LongText "" "";
};
