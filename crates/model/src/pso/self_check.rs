//! What an organisation keeps of itself between two audits: measured contributions, who may read them, and the
//! qualitative requirements. It is the organisation's own; no worker is known in it by more than a pseudonym.

use chrono::{DateTime, NaiveDate, Utc};

use trede_base::ids::{Id, KvkNumber, MunicipalityId};
use trede_base::words;

/// The id of a kept contribution.
pub type KeptContributionId = Id<KeptContribution>;

/// A contribution as it was measured and kept (indicatieve zelftoets).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptContribution {
    /// Whose it is.
    pub kvk: KvkNumber,
    /// Its id.
    pub id: KeptContributionId,
    /// What came out, in short.
    pub summary: ContributionSummary,
    /// The file that was measured, with the tables that it named inside: a JSON document.
    pub input: String,
    /// The result with every step: a JSON document.
    pub result: String,
    /// When it was measured.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: String,
}

/// A contribution in short. Percentages are decimals as text, exact or to 28 digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContributionSummary {
    /// The first month of the reference year (peiljaar), where it is given.
    pub reference_year_from: Option<String>,
    /// All workers, in fte.
    pub total_fte: String,
    /// Direct contribution, in percent of the fte.
    pub direct: String,
    /// Indirect contribution as it counts, in percent.
    pub indirect: String,
    /// Total contribution, in percent.
    pub total: String,
    /// The code of the level that it reaches; none when it reaches none, or no norm tells.
    pub level: Option<String>,
    /// Whether nothing was missing.
    pub is_complete: bool,
}

/// A municipality that an organisation lets read its contributions (inzage).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContributionGrant {
    /// Whose contributions.
    pub kvk: KvkNumber,
    /// Who may read them.
    pub municipality: MunicipalityId,
    /// When that was granted.
    pub granted_at: DateTime<Utc>,
    /// By whom.
    pub granted_by: String,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

words! {
    /// A qualitative requirement (kwalitatieve eis), the same for trede 1 to 3.
    /// Source: PSO-Nederland, kwalitatieve-criteria.
    pub enum Requirement is "requirement" {
        /// Suitable work (passend werk).
        SuitableWork = "suitable-work",
        /// Integration in the organisation (integratie in de organisatie).
        Integration = "integration",
        /// Functioning and development, worked on by the manager (functioneren en ontwikkeling).
        Development = "functioning-and-development",
        /// Extra guidance where it is needed (begeleiding).
        Guidance = "guidance",
    }
}

/// The id of a check.
pub type RequirementCheckId = Id<RequirementCheck>;

/// A check of a qualitative requirement, with its evidence. The last of a requirement counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequirementCheck {
    /// Whose it is.
    pub kvk: KvkNumber,
    /// Its id.
    pub id: RequirementCheckId,
    /// What was checked.
    pub facts: RequirementFacts,
    /// When it was entered.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: String,
}

/// What was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequirementFacts {
    /// The requirement.
    pub requirement: Requirement,
    /// Whether it was met.
    pub is_met: bool,
    /// Where the evidence is, such as the number of a file.
    pub evidence: String,
    /// The day of the check.
    pub checked_on: NaiveDate,
}

words! {
    /// What an organisation should look into between two audits (aandachtspunt).
    pub enum StandingWarning is "warning" {
        /// The certificate ends within 180 days (certificaat loopt af).
        CertificateEnding = "certificate-ending",
        /// There was a level within the last two years, and there is none now (trede verloren).
        LevelLost = "level-lost",
        /// The last contribution reaches a lower level than the certificate gives (onder de norm).
        BelowNorm = "contribution-below-norm",
        /// A qualitative requirement was not met at its last check, or never checked (kwalitatieve eis open).
        RequirementOpen = "requirement-open",
    }
}
