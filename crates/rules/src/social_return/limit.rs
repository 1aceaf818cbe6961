//! Limits (maxima): what entries count for together at the most, and where a maximum goes on.

use trede_base::exact::Exact;
use trede_base::share::Share;

/// Where a maximum goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Over {
    /// Within one contract (deze opdracht).
    #[default]
    Contract,
    /// Over the contracts of one contractor (deze opdrachtnemer).
    Contractor,
    /// Over all contracts under which the candidate works (deze kandidaat).
    Candidate,
}

/// The most that entries count for together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Codes of the blocks that count together; none for all.
    pub blocks: Vec<String>,
    /// Of what there is a maximum, and how much.
    pub most: Most,
    /// Whether it holds for each candidate on its own.
    pub each_candidate: bool,
    /// Where it goes on.
    pub over: Over,
}

impl Limit {
    /// Whether entries of the block count under it.
    #[must_use]
    pub fn concerns(&self, block: &str) -> bool {
        self.blocks.is_empty() || self.blocks.iter().any(|code| code == block)
    }
}

/// A maximum and of what it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Most {
    /// Euros, bonuses included.
    Euros(Exact),
    /// A share of what is owed, bonuses included.
    ShareOfObligation(Share),
    /// Months that count; weeks are a 52nd part of twelve.
    Months(Exact),
    /// Hours, days, pieces or the like, as the block measures them.
    Quantity(Exact),
}
