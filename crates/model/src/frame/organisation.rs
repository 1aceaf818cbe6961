//! Organisations: national reference data.

use trede_base::ids::KvkNumber;
use trede_base::record::Record;

/// An organisation in the trade register (organisatie).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its KvK number.
    pub kvk: KvkNumber,
    /// Its name.
    pub name: String,
    /// When it was registered, and changed.
    pub record: Record,
}
