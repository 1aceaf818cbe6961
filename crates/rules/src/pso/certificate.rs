//! The level that follows from certificates: which of them counts on a day, and from when to when.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use trede_base::certificate::Certificate;

use super::LadderVersion;

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
    use chrono::DateTime;
    use trede_base::certificate::{CertificateFacts, CertificateSource, Verification};
    use trede_base::ids::Id;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn certificate(level: &str, from: &str, until: &str) -> Certificate {
        Certificate {
            id: Id::from_uuid(Uuid::nil()),
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
