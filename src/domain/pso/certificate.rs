//! PSO certificates (PSO-certificaten) as facts with a history, and the level that follows from them.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::LadderVersion;
use crate::domain::ids::{Id, KvkNumber};
use crate::domain::words::words;

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

    /// Whether this is what was known of the certificate at the moment.
    #[must_use]
    pub fn was_known_at(&self, moment: DateTime<Utc>) -> bool {
        self.created_at <= moment && self.superseded_at.is_none_or(|superseded| moment < superseded)
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

/// The certificate that gives an organisation its level on the day, out of the certificates that cover it;
/// none when it has no level then.
///
/// Of several certificates in force the highest level counts, as the ladder in force on the day orders the
/// codes; a level that this ladder does not know counts below those it knows. Equal levels are decided by the
/// later first day and then by the number, so that the order of the certificates never matters.
#[must_use]
pub fn level_on<'a>(
    certificates: impl IntoIterator<Item = &'a Certificate>,
    ladders: &[LadderVersion],
    day: NaiveDate,
) -> Option<&'a Certificate> {
    let in_force = ladders
        .iter()
        .filter(|version| version.is_in_force_on(day))
        .max_by_key(|version| version.in_force_from);
    let counting = certificates.into_iter().filter(|certificate| certificate.counts_on(day));
    counting.max_by_key(|certificate| {
        let facts = &certificate.facts;
        let rank = in_force.and_then(|version| version.ladder.rank_of(&facts.level));
        let own = ladders.iter().find(|version| version.ladder.version() == facts.ladder);
        let on_own_ladder = own.and_then(|version| version.ladder.rank_of(&facts.level));
        (rank, on_own_ladder, facts.valid_from, &facts.number, certificate.id)
    })
}

/// A run of days on which one certificate, or none, gives the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelPeriod<'a> {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// The certificate that gives the level; none when there is no level.
    pub certificate: Option<&'a Certificate>,
}

/// The levels of an organisation over a run of days, both ends included, in order and without a gap.
#[must_use]
pub fn levels_between<'a>(
    certificates: &'a [Certificate],
    ladders: &[LadderVersion],
    from: NaiveDate,
    until: NaiveDate,
) -> Vec<LevelPeriod<'a>> {
    let of_certificate = |certificate: &Certificate| {
        let after = certificate.facts.last_day().and_then(|last| last.succ_opt());
        [Some(certificate.facts.valid_from), after]
    };
    let turns = certificates.iter().flat_map(of_certificate);
    let turns = turns.chain(ladders.iter().map(|version| version.in_force_from)).flatten();
    let mut starts: BTreeSet<NaiveDate> = turns.filter(|turn| from < *turn && *turn <= until).collect();
    if from <= until {
        starts.insert(from);
    }
    let mut periods: Vec<LevelPeriod> = Vec::with_capacity(starts.len());
    for start in starts {
        let certificate = level_on(certificates, ladders, start);
        match periods.last_mut() {
            Some(last) if last.certificate == certificate => {}
            last => {
                if let Some(last) = last {
                    last.until = start.pred_opt().unwrap_or(start);
                }
                periods.push(LevelPeriod { from: start, until, certificate });
            }
        }
    }
    periods
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn certificate(level: &str, from: &str, until: &str) -> Certificate {
        Certificate {
            id: Id::from_uuid(Uuid::now_v7()),
            facts: CertificateFacts {
                number: format!("{level} {from}"),
                ladder: "pso-2023".to_owned(),
                level: level.to_owned(),
                certifying_body: "Kiwa".to_owned(),
                valid_from: day(from),
                valid_until: day(until),
                ended_on: None,
                source: CertificateSource::Register,
                evidence: None,
                holders: BTreeSet::new(),
            },
            verification: Some(Verification { by: "register".to_owned(), at: DateTime::UNIX_EPOCH }),
            revision: 1,
            reason: None,
            created_at: DateTime::UNIX_EPOCH,
            superseded_at: None,
        }
    }

    fn level<'a>(certificates: &'a [Certificate], on: &str) -> Option<&'a str> {
        let found = level_on(certificates, &LadderVersion::published(), day(on));
        found.map(|certificate| certificate.facts.level.as_str())
    }

    #[test]
    fn a_certificate_counts_from_its_first_day_to_its_last() {
        let certificates = [certificate("trede-2", "2025-03-01", "2027-02-28")];
        assert_eq!(level(&certificates, "2025-02-28"), None);
        assert_eq!(level(&certificates, "2025-03-01"), Some("trede-2"));
        assert_eq!(level(&certificates, "2027-02-28"), Some("trede-2"));
        assert_eq!(level(&certificates, "2027-03-01"), None);
    }

    #[test]
    fn a_certificate_that_ended_early_counts_until_the_day_before() {
        let mut ended = certificate("trede-2", "2025-03-01", "2027-02-28");
        ended.facts.ended_on = Some(day("2026-01-01"));
        let certificates = [ended];
        assert_eq!(level(&certificates, "2025-12-31"), Some("trede-2"));
        assert_eq!(level(&certificates, "2026-01-01"), None);
    }

    #[test]
    fn the_highest_of_several_certificates_counts() {
        let own = certificate("trede-3", "2025-01-01", "2026-12-31");
        let of_group = certificate("basistrede", "2025-06-01", "2027-05-31");
        for certificates in [[own.clone(), of_group.clone()], [of_group, own]] {
            assert_eq!(level(&certificates, "2025-07-01"), Some("trede-3"));
            assert_eq!(level(&certificates, "2027-01-01"), Some("basistrede"));
        }
    }

    #[test]
    fn the_mark_thirty_plus_is_more_than_the_level_it_stands_on() {
        let certificates = [
            certificate("trede-3", "2025-01-01", "2026-12-31"),
            certificate("trede-3-30+", "2024-01-01", "2025-12-31"),
        ];
        assert_eq!(level(&certificates, "2025-07-01"), Some("trede-3-30+"));
    }

    #[test]
    fn levels_of_two_ladders_are_compared_on_the_one_in_force() {
        let mut older = certificate("trede-1", "2022-12-01", "2024-11-30");
        older.facts.ladder = "pso-before-2023".to_owned();
        let certificates = [older, certificate("basistrede", "2023-06-01", "2025-05-31")];
        assert_eq!(level(&certificates, "2023-07-01"), Some("trede-1"));
        assert_eq!(level(&certificates, "2024-12-01"), Some("basistrede"));
    }

    #[test]
    fn a_certificate_that_nobody_verified_gives_no_level() {
        let mut claimed = certificate("trede-2", "2025-03-01", "2027-02-28");
        claimed.verification = None;
        assert_eq!(level(&[claimed], "2025-04-01"), None);
    }

    #[test]
    fn a_gap_between_two_certificates_is_a_period_without_a_level() {
        let certificates = [
            certificate("trede-1", "2024-01-01", "2025-12-31"),
            certificate("trede-2", "2026-02-01", "2028-01-31"),
        ];
        let ladders = LadderVersion::published();
        let periods = levels_between(&certificates, &ladders, day("2025-12-01"), day("2026-03-01"));
        let told: Vec<_> = periods
            .iter()
            .map(|period| {
                let level = period.certificate.map(|found| found.facts.level.as_str());
                (period.from.to_string(), period.until.to_string(), level)
            })
            .collect();
        let expected = [
            ("2025-12-01", "2025-12-31", Some("trede-1")),
            ("2026-01-01", "2026-01-31", None),
            ("2026-02-01", "2026-03-01", Some("trede-2")),
        ];
        assert_eq!(told, expected.map(|(from, until, level)| (from.to_owned(), until.to_owned(), level)));
        assert!(levels_between(&certificates, &ladders, day("2026-03-01"), day("2025-12-01")).is_empty());
    }
}
