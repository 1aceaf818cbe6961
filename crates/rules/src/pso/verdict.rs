//! What the register says of a level that is claimed in a bid.

use chrono::NaiveDate;
use trede_base::certificate::Certificate;
use trede_base::verdict::Verdict;

use super::{Ladder, LadderVersion, LevelRank, level_on};

/// What the certificates of an organisation say of a level that is claimed on a ladder, on the date that counts,
/// and the certificate that this rests on.
///
/// A higher level confirms a lower claim. Certificates that nobody verified say nothing.
#[must_use]
pub fn judge<'a>(
    (level, ladder): (&str, &Ladder),
    certificates: &'a [Certificate],
    ladders: &[LadderVersion],
    counts_on: NaiveDate,
) -> (Verdict, Option<&'a Certificate>) {
    let claimed = ladder.rank_of(level).unwrap_or(LevelRank::NONE);
    let reaches = |certificate: &Certificate| {
        certificate.facts.level == level || ladder.rank_of(&certificate.facts.level) >= Some(claimed)
    };
    let in_force = level_on(certificates, ladders, counts_on);
    if let Some(found) = in_force.filter(|found| reaches(found)) {
        return (Verdict::Confirmed, Some(found));
    }
    let verified = certificates.iter().filter(|certificate| certificate.verification.is_some());
    let of_level = verified.clone().filter(|certificate| reaches(certificate));
    // The one that was in force nearest to the date tells most.
    let nearest = of_level.min_by_key(|certificate| {
        let last = certificate.facts.last_day().unwrap_or(certificate.facts.valid_until);
        let since = counts_on.signed_duration_since(last).num_days();
        let until = certificate.facts.valid_from.signed_duration_since(counts_on).num_days();
        since.max(until)
    });
    match (nearest, in_force) {
        (Some(expired), _) => (Verdict::Expired, Some(expired)),
        (None, Some(lower)) => (Verdict::Contradicted, Some(lower)),
        (None, None) => match verified.max_by_key(|certificate| certificate.facts.valid_until) {
            Some(lower) => (Verdict::Expired, Some(lower)),
            None => (Verdict::NotFound, None),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::DateTime;
    use trede_base::certificate::{CertificateFacts, CertificateSource, Verification};
    use trede_base::ids::Id;
    use uuid::Uuid;

    use super::*;

    fn certificate(level: &str, from: &str, until: &str) -> Certificate {
        Certificate {
            id: Id::from_uuid(Uuid::nil()),
            facts: CertificateFacts {
                number: format!("{level} {from}"),
                ladder: "pso-2023".to_owned(),
                level: level.to_owned(),
                certifying_body: "Kiwa".to_owned(),
                valid_from: from.parse().unwrap(),
                valid_until: until.parse().unwrap(),
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

    fn verdict(level: &str, certificates: &[Certificate]) -> Verdict {
        let ladder = Ladder::published("pso-2023").unwrap();
        let on = "2026-04-01".parse().unwrap();
        judge((level, &ladder), certificates, &LadderVersion::published(), on).0
    }

    #[test]
    fn a_claim_is_confirmed_by_its_level_or_a_higher_one() {
        let held = [certificate("trede-2", "2025-01-01", "2026-12-31")];
        assert_eq!(verdict("trede-2", &held), Verdict::Confirmed);
        assert_eq!(verdict("basistrede", &held), Verdict::Confirmed);
        assert_eq!(verdict("trede-3", &held), Verdict::Contradicted);
    }

    #[test]
    fn a_certificate_that_is_not_in_force_on_the_date_that_counts_has_expired() {
        assert_eq!(
            verdict("trede-2", &[certificate("trede-2", "2024-04-01", "2026-03-31")]),
            Verdict::Expired
        );
        assert_eq!(
            verdict("trede-2", &[certificate("trede-2", "2026-04-02", "2028-04-01")]),
            Verdict::Expired
        );
        let dropped = [
            certificate("trede-3", "2024-01-01", "2025-12-31"),
            certificate("trede-1", "2026-01-01", "2027-12-31"),
        ];
        assert_eq!(verdict("trede-3", &dropped), Verdict::Expired);
        assert_eq!(verdict("trede-1", &dropped), Verdict::Confirmed);
    }

    #[test]
    fn what_nobody_verified_is_not_found() {
        let mut claimed = certificate("trede-2", "2025-01-01", "2026-12-31");
        claimed.verification = None;
        assert_eq!(verdict("trede-2", &[claimed]), Verdict::NotFound);
        assert_eq!(verdict("trede-2", &[]), Verdict::NotFound);
    }
}
