//! Bonuses (opslagen): what comes on top of a block, for whom, and how it counts.

use super::condition::Conditions;
use super::limit::Over;
use super::policy::BonusProration;
use trede_base::exact::Exact;

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
    /// Of the bonuses of one group the highest counts; none where it adds up as the policy says.
    pub group: Option<String>,
    /// What must be there before it counts; the block counts without it.
    pub conditions: Conditions,
    /// How many months of its block it counts for, where it follows them.
    pub counts_months: Option<u32>,
    /// Where a flat bonus counts once, and where its months go on.
    pub over: Over,
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
    /// A part of what the block counts for; more than all of it where it is above 1.
    OfBlock(Exact),
    /// A part of the cost; more than all of it where it is above 1.
    OfCost(Exact),
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
