//! Whether a municipality tells anybody what social return came to, year by year.

use trede_base::ids::MunicipalityId;
use trede_base::record::Record;

/// Whether anybody may read it (instelling).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenYearSettings {
    /// Whose it is.
    pub municipality: MunicipalityId,
    /// Whether anybody may read it.
    pub is_open: bool,
    /// When it was written; version 0 while nothing was set.
    pub record: Record,
}
