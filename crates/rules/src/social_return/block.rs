//! Building blocks (bouwblokken) and bonuses (opslagen): what an effort counts for.

use super::policy::{BonusProration, Proration};
use trede_base::exact::Exact;
use trede_base::share::Share;

/// A building block (bouwblok).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Code, unique in the policy.
    pub code: String,
    /// Name.
    pub name: String,
    /// By what it is measured and what it is worth.
    pub measure: Measure,
    /// How long it counts; none when nothing was published.
    pub counts: Option<MaximumCounting>,
    /// How a part of a year counts, where this block differs from the policy.
    pub proration: Option<Proration>,
    /// The most that one entry counts for before bonuses, in euros.
    pub maximum: Option<Exact>,
    /// The most that all entries of this block count for together, as a share of the obligation.
    pub maximum_share: Option<Share>,
}

/// By what a block is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Euros a full-time year, by hours and time.
    Year(Amount),
    /// Euros a month, by time, and by hours where it says so.
    Month {
        /// Euros a month.
        amount: Amount,
        /// Whether part-time counts in proportion.
        by_hours: bool,
    },
    /// Euros a learning year (leerjaar).
    LearningYear(Amount),
    /// Euros an hour.
    Hour(Exact),
    /// Euros a day.
    Day(Exact),
    /// What was spent, at most so many euros a day.
    DayAtMost(Exact),
    /// A part of an invoice excluding VAT.
    Invoice(InvoiceRecognition),
    /// What was spent (werkelijke kosten).
    ActualCost,
    /// What was agreed beforehand (in overleg).
    Agreed,
}

/// An amount that may depend on how long the candidate had the benefit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The steps, shortest duration first; the first is for a duration of 0 months and up.
    pub steps: Vec<AmountStep>,
}

/// The amount from a duration up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmountStep {
    /// From this duration of the benefit, in months.
    pub from_months: u32,
    /// In euros.
    pub euros: Exact,
}

impl Amount {
    /// One amount for everybody.
    #[must_use]
    pub fn flat(euros: Exact) -> Self {
        Amount { steps: vec![AmountStep { from_months: 0, euros }] }
    }

    /// Whether the duration of the benefit must be known.
    #[must_use]
    pub fn by_duration(&self) -> bool {
        self.steps.len() > 1
    }

    /// The amount for a benefit of `months`.
    #[must_use]
    pub fn at(&self, months: u32) -> Option<&Exact> {
        self.steps.iter().rfind(|step| step.from_months <= months).map(|step| &step.euros)
    }
}

/// How much of an invoice counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvoiceRecognition {
    /// This share.
    Share(Share),
    /// The share of the register in which the supplier stands.
    ByRegister,
    /// The wages in it, which the entry gives.
    WagePart,
}

/// How long a block counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaximumCounting {
    /// So many months.
    Months(u32),
    /// As long as the contract runs.
    Always,
}

/// A bonus on a block (opslag).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bonus {
    /// Code, unique in the policy.
    pub code: String,
    /// Name.
    pub name: String,
    /// In euros.
    pub euros: Exact,
    /// How it counts, where it differs from the policy.
    pub proration: Option<BonusProration>,
}
