//! PSO, the performance ladder for more social enterprise (Prestatieladder Socialer Ondernemen).

mod certificate;
pub mod contribution;
mod ladder;
mod ladder_version;
mod month;
mod norm;
mod published;
mod standing;
mod verdict;
mod weight;

pub use certificate::{LevelPeriod, level_on, levels_between};
pub use ladder::{Ladder, LadderError, Level, LevelRank, is_thirty_plus};
pub use ladder_version::LadderVersion;
pub use month::Month;
pub use norm::{Norm, NormError, NormRow, NormSource, NormTable};
pub use published::{PUBLISHED_NORMS, PUBLISHED_WEIGHTS};
pub use standing::{
    Claim, ConsortiumRule, LevelDate, LevelMapping, Member, Note, PsoRules, Standing, StandingError,
};
pub use verdict::judge;
pub use weight::{
    ContractChange, ContractType, CountingPeriod, Employment, Position, PositionChange, ThirtyPlusStanding,
    WeightError, WeightTable,
};
