//! Social return: what a contractor owes by the policy of an authority, and what each effort counts for.
//!
//! There is no national table of values: every authority or region has its own and changes it. So a policy is
//! data with a version ([`Policy`]), and what a policy does not say is told as missing, never assumed. The
//! SROI method of [`crate::sroi`], which bears the same name, is something else.

mod block;
mod bonus;
mod bonus_value;
mod bounds;
mod condition;
mod contract;
mod counting;
mod entry;
mod entry_time;
mod entry_value;
mod finding;
mod limit;
mod obligation;
mod obligation_rules;
mod policy;
mod policy_check;
mod pso_over_term;
mod rule;
mod settlement;
mod together;

pub use block::{
    Amount, AmountStep, Block, Bonus, BonusWorth, Effort, InvoiceRecognition, MaximumCounting, Measure, Unit,
};
pub use condition::{BenefitWindow, Conditions};
pub use contract::{ContractFacts, Deviation, LevelHeld};
pub use entry::EntryFacts;
pub use entry_value::{EntryValue, value_of};
pub use finding::FindingCode as SocialReturnFindingCode;
pub use limit::{Limit, Most, Over};
pub use obligation::{Obligation, obligation};
pub use obligation_rules::{
    Base, Exemptions, LabelReduction, LowLabour, ObligationRules, PartOfRegion, PsoReduction,
    PsoReductionLevel, Threshold, Tier, TierOwed,
};
pub use policy::{
    BonusProration, FullTime, InvoiceShare, Policy, Proration, ReferenceDate, ShareLimit, Source,
    TargetGroup, Validity, version_for,
};
pub use pso_over_term::Continuity;
pub use rule::Rule as SocialReturnRule;
pub use settlement::{Sanction, Settlement, counted_together, settle, share_maxima};
pub use together::{InSet, Reach, reach_of, value_together, worth_together};

use crate::explaining::Step;
use crate::explaining::finding::Finding;
use trede_base::exact::{Exact, Half};

/// A finding about a policy, a contract or an entry.
pub type SocialReturnFinding = Finding<SocialReturnFindingCode>;

/// A step of the calculation of an obligation, an entry or a settlement.
pub type SocialReturnStep = Step<SocialReturnRule>;

/// Whole cents, half up: the one rounding, at the end. None when the amount is too large to be one.
fn whole_cents(euros: &Exact) -> Option<i64> {
    euros.rounded(2, Half::Up).floor_hundredths()
}
