//! The value map (waardenkaart): who invests what, which outcomes follow, and how far they are ours.

use chrono::NaiveDate;
use trede_base::exact::Exact;
use trede_base::share::Share;

/// The most outcomes of one value map.
pub const MAX_OUTCOMES: usize = 100;

/// The longest duration of an outcome and the latest start, in years.
pub const MAX_YEARS: u32 = 30;

/// A value map: everything that a ratio rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueMap {
    /// What the study is and by which policy it values.
    pub study: Study,
    /// How later years are discounted.
    pub discounting: Discounting,
    /// What is invested (inputs).
    pub inputs: Vec<Input>,
    /// What changes for whom (outcomes).
    pub outcomes: Vec<Outcome>,
    /// By how much each assumption is varied in the sensitivity analysis, as a share of its own value.
    pub variation: Option<Share>,
}

/// What a study is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Study {
    /// Title.
    pub title: String,
    /// The version of the policy by which it values.
    pub policy_version: String,
    /// The year whose prices are used (prijspeil).
    pub price_year: i32,
}

/// How later years are discounted (verdisconteren).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discounting {
    /// The discount rate (discontovoet) as a number: 0.0225 for 2.25 percent. Below zero what comes later is worth
    /// more; never −1 or less, where nothing could be divided by it.
    pub rate: Exact,
    /// Who published the rate.
    pub source: String,
    /// Since when the rate holds.
    pub valid_from: NaiveDate,
    /// Which year is the first to be discounted.
    pub convention: Convention,
}

impl Discounting {
    /// The years over which the impact of year `year` (from 1) is discounted, after a start offset.
    #[must_use]
    pub fn exponent(&self, year: u32, offset: u32) -> u32 {
        let years = year.saturating_add(offset);
        match self.convention {
            Convention::EndOfYear => years,
            Convention::FirstYearUndiscounted => years.saturating_sub(1),
        }
    }
}

/// The convention of discounting: the same case gave 1.39 under one and 1.44 under the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// Every year is discounted as if its impact came at its end.
    EndOfYear,
    /// The first year counts in full, the second is discounted once.
    FirstYearUndiscounted,
}

/// An investment, in euros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Identifier.
    pub id: String,
    /// Who invests.
    pub stakeholder: String,
    /// How much, in euros.
    pub euros: Exact,
    /// Where the amount comes from.
    pub source: String,
}

/// A change for a stakeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Identifier.
    pub id: String,
    /// For whom it changes.
    pub stakeholder: String,
    /// How much of it there is (q).
    pub quantity: Exact,
    /// What one unit is worth in a year (p).
    pub proxy: Proxy,
    /// What would have happened anyway (DW).
    pub deadweight: Reduction,
    /// What was displaced elsewhere (verdringing, DI).
    pub displacement: Reduction,
    /// What others brought about (toerekening aan anderen, AT).
    pub attribution: Reduction,
    /// How much of the effect is lost each year after the first (afname, DO).
    pub drop_off: DropOff,
    /// How long the outcome lasts (n), in years.
    pub duration_years: u32,
    /// After how many years it starts (s).
    pub start_offset_years: u32,
    /// What shows that the outcome happened.
    pub evidence: String,
}

/// A financial proxy (financiële proxy): what one unit of an outcome is worth in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxy {
    /// In euros a unit and a year; below zero for a negative outcome.
    pub euros: Exact,
    /// Where it was published.
    pub source: String,
    /// The year of its prices.
    pub price_year: i32,
    /// What the amount contains, such as `benefit`, so that nothing is counted twice.
    pub covers: Vec<String>,
}

/// A share that is taken off, with the reason: a zero is typed and explained as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reduction {
    /// The share.
    pub share: Share,
    /// Why this share.
    pub explanation: String,
}

/// The loss of effect over the years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DropOff {
    /// The outcome lasts a single year, so there is nothing to lose.
    SingleYear,
    /// The share that is lost each year.
    Yearly(Reduction),
}

impl DropOff {
    /// The share that is lost each year.
    #[must_use]
    pub fn share(&self) -> Share {
        match self {
            DropOff::SingleYear => Share::NOTHING,
            DropOff::Yearly(reduction) => reduction.share,
        }
    }
}
