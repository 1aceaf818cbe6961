//! PSO certificates (PSO-certificaten) as facts with a history.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::ids::{Id, KvkNumber};
use crate::words;

/// The id of one revision of a certificate.
pub type CertificateId = Id<Certificate>;

words! {
    /// Where the facts of a certificate come from (bron).
    pub enum CertificateSource is "source of certificates" {
        /// The public register of PSO-Nederland, read by machine.
        Register = "register",
        /// The list of the register, handed over by hand.
        Upload = "upload",
        /// What an organisation or bidder showed.
        Evidence = "evidence",
    }
}

/// One revision of a certificate of the PSO, the performance ladder for more social enterprise
/// (PSO-certificaat).
///
/// A certificate is known by its number and first day; a renewal is another certificate. What becomes known
/// of it later is its next revision, so that what was known at any moment can still be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The id of this revision.
    pub id: CertificateId,
    /// What it says.
    pub facts: CertificateFacts,
    /// Who checked it, and when. A certificate that nobody checked is a claim, and gives no level.
    pub verification: Option<Verification>,
    /// Which revision of the certificate this is, from 1.
    pub revision: i32,
    /// Why this revision took the place of the one before it.
    pub reason: Option<String>,
    /// When it became known here.
    pub created_at: DateTime<Utc>,
    /// When another revision took its place.
    pub superseded_at: Option<DateTime<Utc>>,
}

/// Who checked a certificate, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Who: a person, or the register it was read from.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What a certificate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFacts {
    /// The number printed on it.
    pub number: String,
    /// The version of the ladder (ladder) that its level belongs to.
    pub ladder: String,
    /// The level (trede) on that ladder. With the mark PSO 30+ (Abw) it is a level of its own there.
    pub level: String,
    /// Who audited (certificerende instelling).
    pub certifying_body: String,
    /// Its first day.
    pub valid_from: NaiveDate,
    /// Its last day; at most two years after the first.
    pub valid_until: NaiveDate,
    /// The first day on which it was not in force any more, if it ended before its last day.
    pub ended_on: Option<NaiveDate>,
    /// Where the facts come from.
    pub source: CertificateSource,
    /// Where the document or list can be found.
    pub evidence: Option<String>,
    /// The organisations it covers: the head applicant and the entities under it.
    pub holders: BTreeSet<KvkNumber>,
}

impl CertificateFacts {
    /// The last day on which it is in force.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        match self.ended_on {
            Some(ended) => ended.pred_opt().map(|last| last.min(self.valid_until)),
            None => Some(self.valid_until),
        }
    }

    /// Whether it is in force on the day.
    #[must_use]
    pub fn is_in_force_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.last_day().is_some_and(|last| day <= last)
    }
}

impl Certificate {
    /// Whether it gives its holders a level on the day.
    #[must_use]
    pub fn counts_on(&self, day: NaiveDate) -> bool {
        self.verification.is_some() && self.facts.is_in_force_on(day)
    }

    /// The next revision of this certificate.
    #[must_use]
    pub fn revised(
        &self,
        id: CertificateId,
        facts: CertificateFacts,
        verification: Option<Verification>,
        reason: Option<String>,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            facts,
            verification,
            revision: self.revision.saturating_add(1),
            reason,
            created_at: now,
            superseded_at: None,
        }
    }
}
