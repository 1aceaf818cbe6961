//! A free number, such as a delivery time in days or an emission.

use super::commitment::Steps;
use super::straight_line::{Outside, StraightLine};

/// How a free number scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumericScoring {
    /// A straight line from the worst to the best number.
    Between {
        /// The line.
        line: StraightLine,
        /// What a number outside does.
        outside: Outside,
    },
    /// lowest / number.
    RelativeLowest,
    /// number / highest.
    RelativeHighest,
    /// A table.
    Steps(Steps),
}

impl NumericScoring {
    /// Whether the score depends on the other bids.
    #[must_use]
    pub fn is_relative(&self) -> bool {
        matches!(self, NumericScoring::RelativeLowest | NumericScoring::RelativeHighest)
    }
}
