//! Claims: what an entry says is its own, so that nothing counts twice in a region.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::entry::EntryId;
use crate::frame::region::RegionId;
use trede_base::double_use::DoubleUse;
use trede_base::ids::{KvkNumber, MalformedId, MunicipalityId};
use trede_base::words;

words! {
    /// What is claimed (soort aanspraak).
    pub enum ClaimKind is "claim kind" {
        /// Hours of a person who is known by a key in the whole region (persoonssleutel).
        Person = "person",
        /// Hours of a candidate whom one contractor knows by a reference (kandidaat).
        Candidate = "candidate",
        /// An invoice (factuur).
        Invoice = "invoice",
        /// What a settled contract left for another (overheveling).
        CarryOver = "carry-over",
        /// A purchase of a contractor on which its PSO level may rest (inkoop).
        Purchase = "purchase",
        /// A reduction for the PSO level of a contractor (PSO-korting).
        PsoReduction = "pso-reduction",
    }
}

/// Who claims: what a reach is told by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claimant {
    /// Whose contract it is.
    pub municipality: MunicipalityId,
    /// Who accounts for it.
    pub contractor: KvkNumber,
    /// How far its policy reaches; none where it does not mind.
    pub reach: Option<DoubleUse>,
}

impl Claimant {
    /// Whether both cannot claim the same: what the stricter of their policies says holds for both.
    #[must_use]
    pub fn excludes(&self, other: &Self) -> bool {
        let reaches = |reach: Option<DoubleUse>| match reach {
            None => false,
            Some(DoubleUse::Contractor) => self.contractor == other.contractor,
            Some(DoubleUse::Authority) => self.municipality == other.municipality,
            Some(DoubleUse::Region) => true,
        };
        reaches(self.reach) || reaches(other.reach)
    }
}

/// Among whom a claim must be the only one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClaimScope {
    /// The municipalities of a region.
    Region(RegionId),
    /// A municipality that takes part in no region.
    Municipality(MunicipalityId),
}

impl fmt::Display for ClaimScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Region(region) => region.fmt(f),
            Self::Municipality(municipality) => municipality.fmt(f),
        }
    }
}

impl FromStr for ClaimScope {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(municipality) = text.parse() {
            return Ok(Self::Municipality(municipality));
        }
        text.parse().map(Self::Region)
    }
}

/// What one entry, or the PSO reduction of one contract, claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What is claimed.
    pub kind: ClaimKind,
    /// Of what or whom: a person key, or a hash.
    pub subject: String,
    /// The entry; for a PSO reduction the contract.
    pub claimant: EntryId,
    /// Who accounts for it.
    pub contractor: KvkNumber,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// The hours a week in hundredths, where they are known.
    pub weekly_hundredths: Option<i64>,
    /// What full time is by the policy, in hundredths of an hour a week, where it says so.
    pub full_time_hundredths: Option<i64>,
    /// Whether the hours are said to be others than those that somebody else claims.
    pub other_hours: bool,
    /// How far the policy reaches; none where it does not mind what others claim.
    pub reach: Option<DoubleUse>,
    /// Of an invoice: what is accounted for, in cents.
    pub part_cents: Option<i64>,
    /// Of an invoice: the whole of it excluding VAT, in cents.
    pub whole_cents: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claimant(municipality: &str, contractor: &str, reach: Option<DoubleUse>) -> Claimant {
        let (municipality, contractor) = (municipality.parse().unwrap(), contractor.parse().unwrap());
        Claimant { municipality, contractor, reach }
    }

    #[test]
    fn of_two_policies_the_stricter_holds_for_both() {
        let reaches = [None].into_iter().chain(DoubleUse::ALL.iter().copied().map(Some));
        let other = |reach| claimant("gm0363", "68750110", reach);
        for reach in reaches {
            let own = claimant("gm0344", "69599068", reach);
            assert!(own.excludes(&other(Some(DoubleUse::Region))), "{reach:?}");
            assert!(other(Some(DoubleUse::Region)).excludes(&own), "{reach:?}");
            let lax = other(Some(DoubleUse::Contractor));
            assert_eq!(own.excludes(&lax), reach == Some(DoubleUse::Region), "{reach:?}");
            assert_eq!(own.excludes(&lax), lax.excludes(&own), "{reach:?}");
        }
    }
}
