//! Organisations and the PSO certificates they hold: national reference data.

use chrono::{DateTime, NaiveDate, Utc};

use super::ids::{Id, KvkNumber};
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

/// The id of a certificate.
pub type CertificateId = Id<Certificate>;

/// A certificate of the PSO, the performance ladder for more social enterprise
/// (PSO-certificaat). It is history: a renewal or an upgrade is another certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Its id here.
    pub id: CertificateId,
    /// What it says.
    pub facts: CertificateFacts,
    /// When it was entered here.
    pub created_at: DateTime<Utc>,
}

/// What a certificate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFacts {
    /// The number printed on it.
    pub number: String,
    /// The version of the ladder (ladder) that its level belongs to.
    pub ladder: String,
    /// The level (trede) on that ladder. The mark PSO 30+ (Abw) is a level of its own there.
    pub level: String,
    /// Who audited (certificerende instelling).
    pub certifying_body: String,
    /// Its first day.
    pub valid_from: NaiveDate,
    /// Its last day; at most two years after the first.
    pub valid_until: NaiveDate,
    /// Where the facts come from: the register, an upload, a bidder's evidence.
    pub source: String,
    /// The organisations it covers: the head applicant and the entities under it.
    pub holders: Vec<KvkNumber>,
}

impl CertificateFacts {
    /// Whether it is in force on the day.
    #[must_use]
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        (self.valid_from..=self.valid_until).contains(&day)
    }
}
