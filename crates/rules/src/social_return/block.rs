//! Building blocks (bouwblokken) and bonuses (opslagen): what an effort counts for.

use super::condition::{BenefitWindow, Conditions};
use super::limit::Over;
use super::policy::{FullTime, Proration};
use trede_base::exact::Exact;
use trede_base::share::Share;

pub use super::bonus::{Bonus, BonusWorth};

/// A building block (bouwblok).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Code, unique in the policy.
    pub code: String,
    /// Name.
    pub name: String,
    /// By what it is measured and what it is worth.
    pub measure: Measure,
    /// Other units in which an entry may give it, and how they relate to a year.
    pub units: Vec<Unit>,
    /// How many of its quantity make a year, where it is measured by hour, day, half day, week or piece.
    pub per_year: Option<Exact>,
    /// How long it counts; none when nothing was published.
    pub counts: Option<MaximumCounting>,
    /// Where its maximum counting goes on: within the contract, at the contractor, or with the candidate.
    pub counts_over: Over,
    /// How a part of a year counts, where this block differs from the policy.
    pub proration: Option<Proration>,
    /// The most that one entry counts for before bonuses, in euros.
    pub maximum: Option<Exact>,
    /// The least that one entry counts for before bonuses, once it counts at all, in euros.
    pub minimum: Option<Exact>,
    /// A cost or invoice below this counts for nothing, in euros.
    pub counts_from: Option<Exact>,
    /// The most that all entries of this block count for together, as a share of the obligation.
    pub maximum_share: Option<Share>,
    /// Fewer hours a week count for nothing.
    pub least_hours: Option<Exact>,
    /// More hours a week count as these.
    pub most_hours: Option<Exact>,
    /// Whether a year counts in full whatever the hours a week.
    pub whatever_hours: bool,
    /// What full time is, where this block differs from the policy.
    pub full_time: Option<FullTime>,
    /// How many months before the contract a candidate may have started, where this block differs.
    pub look_back_months: Option<u32>,
    /// Whether it goes on counting while wage-cost subsidy runs, where this block differs.
    pub counts_during_subsidy: Option<bool>,
    /// How close to the end of a benefit a placement must start.
    pub window: Option<BenefitWindow>,
    /// Code of the target group of the policy, by which reports of versions and regions add up.
    pub target_group: Option<String>,
    /// What must be there before an entry counts.
    pub conditions: Conditions,
    /// Whether an entry is about one person, where the measure does not say so by itself.
    pub one_person: bool,
}

impl Block {
    /// The measure of a unit and how many of it make a year, of an entry that names one; its own when it names
    /// none.
    #[must_use]
    pub fn unit(&self, named: Option<&str>) -> Option<(&Measure, Option<&Exact>)> {
        let own = (&self.measure, self.per_year.as_ref());
        match named {
            None => Some(own),
            Some(code) if code == self.measure.code() => Some(own),
            Some(code) => self
                .units
                .iter()
                .find(|unit| unit.measure.code() == code)
                .map(|unit| (&unit.measure, unit.per_year.as_ref())),
        }
    }

    /// What an entry of it is about that names this unit, or none.
    #[must_use]
    pub fn effort(&self, unit: Option<&str>) -> Effort {
        let named = self.unit(unit).map_or(&self.measure, |(measure, _)| measure);
        match named {
            _ if self.one_person || self.measure.is_about_one_person() || named.is_about_one_person() => {
                Effort::Person
            }
            Measure::Invoice(_) => Effort::Purchase,
            _ => Effort::Any,
        }
    }
}

/// What an entry of a block is about, and so what kind of entry it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// One person, who works or learns.
    Person,
    /// An invoice of a supplier.
    Purchase,
    /// Either, or anything else.
    Any,
}

/// Another unit for a block: the hours of what is worth an amount a year, and the like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What it is measured by, and what one of it is worth.
    pub measure: Measure,
    /// How many of it make a year: 1,872 hours, 12 months; none for what stands beside a year, such as a cost.
    pub per_year: Option<Exact>,
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
    Hour(Amount),
    /// Euros a day.
    Day(Amount),
    /// Euros half a day (dagdeel).
    HalfDay(Amount),
    /// Euros a week.
    Week(Amount),
    /// Euros a piece (stuk, keer).
    Piece(Amount),
    /// Euros once for a placement, whatever its length.
    Placement(Amount),
    /// Euros once for an internship, whatever its length.
    Internship(Amount),
    /// What was spent, at most so many euros a day.
    DayAtMost(Exact),
    /// A part of an invoice excluding VAT.
    Invoice(InvoiceRecognition),
    /// What was spent, times a factor; 1 where the cost itself counts (werkelijke kosten).
    ActualCost(Exact),
    /// What was agreed beforehand (in overleg).
    Agreed,
}

impl Measure {
    /// How it is written in policies and entries.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Measure::Year(_) => "year",
            Measure::Month { .. } => "month",
            Measure::LearningYear(_) => "learning-year",
            Measure::Hour(_) => "hour",
            Measure::Day(_) => "day",
            Measure::HalfDay(_) => "half-day",
            Measure::Week(_) => "week",
            Measure::Piece(_) => "piece",
            Measure::Placement(_) => "placement",
            Measure::Internship(_) => "internship",
            Measure::DayAtMost(_) => "day-at-most",
            Measure::Invoice(_) => "invoice",
            Measure::ActualCost(_) => "actual-cost",
            Measure::Agreed => "agreed",
        }
    }

    /// Whether it is about one person by itself.
    #[must_use]
    pub const fn is_about_one_person(&self) -> bool {
        use Measure::{Internship, LearningYear, Month, Placement, Year};
        matches!(self, Year(_) | Month { .. } | LearningYear(_) | Placement(_) | Internship(_))
    }

    /// Whether it counts once for a candidate, however long it takes.
    #[must_use]
    pub const fn is_once(&self) -> bool {
        matches!(self, Measure::Placement(_) | Measure::Internship(_))
    }
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

    /// The highest of the amounts.
    #[must_use]
    pub fn highest(&self) -> Exact {
        self.steps.iter().fold(Exact::ZERO, |most, step| most.at_least(&step.euros).clone())
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
    /// This part of it; more than all of it where it is above 1.
    Share(Exact),
    /// The share of the register in which the supplier stands.
    ByRegister,
    /// This part of the wages in it, which the entry gives; more than all of them where it is above 1.
    WagePart(Exact),
}

/// How long a block counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaximumCounting {
    /// So many months.
    Months(u32),
    /// As long as the contract runs.
    Always,
}
