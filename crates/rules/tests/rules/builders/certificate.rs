//! Certificates and claims of a PSO level: `a_certificate("trede-2").from("2025-01-01").until("2026-12-31")`.

use std::collections::BTreeSet;

use chrono::DateTime;
use trede_base::certificate::{Certificate, CertificateFacts, CertificateSource, Verification};
use trede_base::ids::Id;
use trede_rules::pso::{Claim, Member};

use super::{Number, day, n};

/// A certificate that is being written.
#[derive(Clone)]
pub struct Written(pub Certificate);

/// A verified certificate of the ladder of 2023, in force over 2025 and 2026.
pub fn a_certificate(level: &str) -> Written {
    Written(Certificate {
        id: Id::derived(&[level.as_bytes()]),
        facts: CertificateFacts {
            number: format!("number of {level}"),
            ladder: "pso-2023".to_owned(),
            level: level.to_owned(),
            certifying_body: "Kiwa".to_owned(),
            valid_from: day("2025-01-01"),
            valid_until: day("2026-12-31"),
            ended_on: None,
            source: CertificateSource::Register,
            evidence: None,
            holders: BTreeSet::new(),
        },
        verification: Some(Verification { by: "the register".to_owned(), at: DateTime::UNIX_EPOCH }),
        revision: 1,
        reason: None,
        created_at: DateTime::UNIX_EPOCH,
        superseded_at: None,
    })
}

impl Written {
    pub fn from(mut self, first: &str) -> Self {
        self.0.facts.valid_from = day(first);
        self
    }

    pub fn until(mut self, last: &str) -> Self {
        self.0.facts.valid_until = day(last);
        self
    }

    pub fn ended(mut self, on: &str) -> Self {
        self.0.facts.ended_on = Some(day(on));
        self
    }

    pub fn of_ladder(mut self, ladder: &str) -> Self {
        self.0.facts.ladder = ladder.to_owned();
        self
    }

    pub fn numbered(mut self, number: &str) -> Self {
        self.0.facts.number = number.to_owned();
        self
    }

    pub fn unverified(mut self) -> Self {
        self.0.verification = None;
        self
    }
}

/// A claim of a level without a period of validity.
pub fn a_claim(level: &str) -> Claim {
    Claim {
        level: level.to_owned(),
        ladder_version: None,
        valid_from: None,
        valid_until: None,
        equivalence_reason: None,
    }
}

/// A claim of a level that is valid from one day until another.
pub fn valid(level: &str, from: &str, until: &str) -> Claim {
    Claim { valid_from: Some(day(from)), valid_until: Some(day(until)), ..a_claim(level) }
}

/// A member of a consortium that claims a level.
pub fn a_member(level: &str) -> Member {
    Member { name: "a member".to_owned(), lead: false, share: None, claim: Some(a_claim(level)) }
}

/// A member with a share in the contract.
pub fn shares(level: &str, share: impl Number) -> Member {
    Member { share: Some(n(share)), ..a_member(level) }
}
