//! Claims: what an entry says is its own, so that nothing counts twice in a region.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::entry::EntryId;
use crate::frame::region::RegionId;
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
}
