//! PSO, the performance ladder for more social enterprise (Prestatieladder Socialer Ondernemen).

pub mod contribution;
mod ladder;
mod month;
mod norm;
mod published;
mod standing;
mod weight;

pub use ladder::{Ladder, LadderError, Level, LevelRank};
pub use month::Month;
pub use norm::{Norm, NormError, NormRow, NormSource, NormTable};
pub use published::{PUBLISHED_NORMS, PUBLISHED_WEIGHTS};
pub use standing::{
    Claim, ConsortiumRule, LevelDate, LevelMapping, Member, Note, PsoRules, Standing, StandingError,
};
pub use weight::{
    ContractChange, ContractType, CountingPeriod, Employment, Position, PositionChange, ThirtyPlusStanding,
    WeightError, WeightTable,
};
