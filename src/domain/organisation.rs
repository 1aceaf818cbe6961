//! Organisations: national reference data.

use super::ids::KvkNumber;
use super::record::Record;

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
