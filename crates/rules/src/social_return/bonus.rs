//! Bonuses (opslagen): what comes on top of a block, for whom, and how it counts.

use super::policy::BonusProration;
use trede_base::exact::Exact;
use trede_base::share::Share;

/// A bonus on a block (opslag).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bonus {
    /// Code, unique in the policy.
    pub code: String,
    /// Name.
    pub name: String,
    /// What it is worth.
    pub worth: BonusWorth,
    /// The blocks on which it can be claimed; none for every block.
    pub blocks: Vec<String>,
    /// The target groups for whose blocks it can be claimed; none for every group.
    pub target_groups: Vec<String>,
    /// The most that it counts for in one entry, in euros.
    pub maximum: Option<Exact>,
}

/// What a bonus is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BonusWorth {
    /// An amount, flat or like its block.
    Amount {
        /// In euros.
        euros: Exact,
        /// How it counts, where it differs from the policy.
        proration: Option<BonusProration>,
    },
    /// An amount for each hour, in euros.
    Hour(Exact),
    /// A share of what the block counts for.
    OfBlock(Share),
    /// A share of the cost.
    OfCost(Share),
}

impl BonusWorth {
    /// The amount by which bonuses that do not add up are compared; none where it depends on the entry.
    #[must_use]
    pub const fn amount(&self) -> Option<&Exact> {
        match self {
            BonusWorth::Amount { euros, .. } => Some(euros),
            BonusWorth::Hour(_) | BonusWorth::OfBlock(_) | BonusWorth::OfCost(_) => None,
        }
    }
}
