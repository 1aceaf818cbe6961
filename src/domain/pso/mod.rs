//! PSO, the performance ladder for more social enterprise (Prestatieladder Socialer Ondernemen).

mod certificate;
pub mod contribution;
mod ladder;
mod ladder_version;
mod month;
mod norm;
mod published;
mod register_import;
mod self_check;
mod standing;
mod supplier;
mod table;
mod verdict;
mod weight;

pub use certificate::{
    Certificate, CertificateFacts, CertificateId, CertificateSource, LevelPeriod, Verification, level_on,
    levels_between,
};
pub use ladder::{Ladder, LadderError, Level, LevelRank, is_thirty_plus};
pub use ladder_version::LadderVersion;
pub use month::Month;
pub use norm::{Norm, NormError, NormRow, NormSource, NormTable};
pub use published::{PUBLISHED_NORMS, PUBLISHED_WEIGHTS};
pub use register_import::{
    ImportCounts, ImportFault, ImportRequest, ImportState, RegisterImport, RegisterImportId, Validators,
};
pub use self_check::{
    ContributionGrant, ContributionSummary, KeptContribution, KeptContributionId, Requirement,
    RequirementCheck, RequirementCheckId, RequirementFacts, StandingWarning,
};
pub use standing::{
    Claim, ConsortiumRule, LevelDate, LevelMapping, Member, Note, PsoRules, Standing, StandingError,
};
pub use supplier::{SupplierFacts, SupplierProfile, SupplierWish};
pub use table::{KeptTable, TableKind};
pub use verdict::{ClaimFinding, ClaimFindingId, Judged, Verdict, judge};
pub use weight::{
    ContractChange, ContractType, CountingPeriod, Employment, Position, PositionChange, ThirtyPlusStanding,
    WeightError, WeightTable,
};
