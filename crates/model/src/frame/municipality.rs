//! A municipality that keeps its tenders here.

use trede_base::ids::MunicipalityId;
use trede_base::record::Record;

/// A municipality (gemeente).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// Its CBS code.
    pub id: MunicipalityId,
    /// Its name: `Utrecht`.
    pub name: String,
    /// Its organisation identification number (OIN), twenty digits; names it in events.
    pub oin: Option<String>,
    /// When it was registered, and changed.
    pub record: Record,
}
