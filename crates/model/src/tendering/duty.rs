//! Duties (taken) on a lot that one person may not have together (functiescheiding).

use chrono::{DateTime, Utc};

use trede_base::ids::MunicipalityId;
use trede_base::record::Version;
use trede_base::words;

/// What a person does for a lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// Takes the steps of the procedure, from the publication to the award (inkoper).
    Buyer,
    /// Scores bids (beoordelaar).
    Assessor,
    /// Opens the bids (opener).
    Opener,
}

words! {
    /// Two duties that are kept apart.
    pub enum Apart is "duties that are kept apart" {
        /// Who buys does not score.
        BuyerAssessor = "buyer-assessor",
        /// Who buys does not open.
        BuyerOpener = "buyer-opener",
        /// Who scores does not open.
        AssessorOpener = "assessor-opener",
    }
}

impl Apart {
    /// The two duties.
    #[must_use]
    pub const fn duties(self) -> [Duty; 2] {
        match self {
            Self::BuyerAssessor => [Duty::Buyer, Duty::Assessor],
            Self::BuyerOpener => [Duty::Buyer, Duty::Opener],
            Self::AssessorOpener => [Duty::Assessor, Duty::Opener],
        }
    }

    /// The duty that may not come beside this one; none when this pair is not about it.
    #[must_use]
    pub fn other_than(self, duty: Duty) -> Option<Duty> {
        match self.duties() {
            [one, other] if one == duty => Some(other),
            [other, one] if one == duty => Some(other),
            _ => None,
        }
    }
}

/// Which duties an authority keeps apart (functiescheiding).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutySeparation {
    /// Whose it is.
    pub municipality: MunicipalityId,
    /// Its version; the first keeps none apart, and nobody wrote it.
    pub version: Version,
    /// What is kept apart.
    pub apart: Vec<Apart>,
    /// When it was written and by whom.
    pub written: Option<(DateTime<Utc>, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_names_the_other_duty() {
        assert_eq!(Apart::BuyerAssessor.other_than(Duty::Assessor), Some(Duty::Buyer));
        assert_eq!(Apart::AssessorOpener.other_than(Duty::Assessor), Some(Duty::Opener));
        assert_eq!(Apart::BuyerOpener.other_than(Duty::Assessor), None);
    }
}
