//! PSO, the performance ladder for more social enterprise (Prestatieladder Socialer Ondernemen).

mod ladder;
mod standing;

pub use ladder::{Ladder, LadderError, Level, LevelRank};
pub use standing::{Claim, ConsortiumRule, LevelDate, LevelMapping, Member, Note, PsoRules, Standing, StandingError};
