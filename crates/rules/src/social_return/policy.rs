//! A policy (beleid social return): what one authority or region asks, as data with a version.

use chrono::NaiveDate;

use super::block::{Block, Bonus};
use super::limit::Limit;
use super::obligation_rules::{ObligationRules, PartOfRegion};
use super::settlement::Sanction;
use trede_base::double_use::DoubleUse;
use trede_base::exact::Exact;
use trede_base::national_group::NationalGroup;
use trede_base::share::Share;

/// One version of a policy. Whatever is none was not published, and what needs it cannot be computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Code of the policy, the same over its versions.
    pub code: String,
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// The authorities that share it.
    pub authorities: Vec<String>,
    /// Where it was published.
    pub source: Source,
    /// For which contracts this version holds.
    pub validity: Validity,
    /// What a contractor owes (opgave).
    pub obligation: Option<ObligationRules>,
    /// Rules of their own for parts of the region.
    pub parts: Vec<PartOfRegion>,
    /// What full time is (voltijd).
    pub full_time: Option<FullTime>,
    /// How a part of a year counts (tijdsevenredigheid).
    pub proration: Option<Proration>,
    /// Whether more hours than full time count as full time.
    pub hours_capped: bool,
    /// How many months before the contract a candidate may have started.
    pub look_back_months: Option<u32>,
    /// Whether time counts from the assignment of the contract, where that was before its first day.
    pub counts_from_assignment: bool,
    /// Whether a block goes on counting while wage-cost subsidy (loonkostensubsidie, LKS) runs.
    pub counts_during_wage_cost_subsidy: bool,
    /// How a bonus counts.
    pub bonus_proration: Option<BonusProration>,
    /// Whether several bonuses add up; else the highest counts.
    pub bonuses_cumulate: Option<bool>,
    /// The building blocks (bouwblokken).
    pub blocks: Vec<Block>,
    /// The bonuses (opslagen).
    pub bonuses: Vec<Bonus>,
    /// How much of an invoice counts by the register in which the supplier stands.
    pub invoice_shares: Vec<InvoiceShare>,
    /// What entries count for together at the most, where a share of the obligation does not say it.
    pub limits: Vec<Limit>,
    /// The target groups (doelgroepen), which the blocks name.
    pub target_groups: Vec<TargetGroup>,
    /// Over which contracts the same hours of one candidate count once.
    pub double_use: Option<DoubleUse>,
    /// Whether a purchase may count beside the PSO reduction that rests on it.
    pub purchase_beside_pso: Option<bool>,
    /// What several blocks count for together at the most.
    pub share_limits: Vec<ShareLimit>,
    /// Whether entries say of a candidate whether it is a woman or a man (geslacht).
    pub collects_gender: bool,
    /// Whether two coordinators must agree with an entry (vier ogen).
    pub four_eyes: bool,
    /// What a shortfall costs.
    pub sanction: Option<Sanction>,
    /// Within how many days after award the contractor makes contact.
    pub contact_days: Option<u32>,
    /// How many days before a deadline a reminder goes out.
    pub reminder_days: Vec<u32>,
    /// How many months after the contract closes the data of candidates are kept.
    pub retention_months: Option<u32>,
}

impl Policy {
    /// The block with this code.
    #[must_use]
    pub fn block(&self, code: &str) -> Option<&Block> {
        self.blocks.iter().find(|block| block.code == code)
    }

    /// The rules that were not published and that a calculation may therefore miss, by their name on the wire.
    #[must_use]
    pub fn silent_on(&self) -> Vec<&'static str> {
        [
            ("validity.decidedBy", self.validity.decided_by.is_none()),
            ("obligation", self.obligation.is_none()),
            ("fullTime", self.full_time.is_none()),
            ("proration", self.proration.is_none()),
            ("lookBackMonths", self.look_back_months.is_none()),
            ("bonusProration", self.bonus_proration.is_none() && !self.bonuses.is_empty()),
            ("bonusesCumulate", self.bonuses_cumulate.is_none() && self.bonuses.len() > 1),
            ("doubleUse", self.double_use.is_none()),
            ("sanction", self.sanction.is_none()),
            ("retentionMonths", self.retention_months.is_none()),
        ]
        .into_iter()
        .filter_map(|(name, silent)| silent.then_some(name))
        .collect()
    }
}

/// Where a policy was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The publication.
    pub publication: String,
    /// The day of the publication; many tables bear none.
    pub published_on: Option<NaiveDate>,
}

/// For which contracts a version holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validity {
    /// Which date decides; none when it was not published, and then the version is chosen by hand.
    pub decided_by: Option<ReferenceDate>,
    /// The first day; none when it was not published.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
}

/// The date that decides which version holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceDate {
    /// The publication of the tender (publicatiedatum).
    Publication,
    /// The assignment of the contract (gunning, opdrachtdatum).
    Assignment,
}

impl Validity {
    /// Whether the version holds for a contract with these dates.
    #[must_use]
    pub fn holds(&self, published_on: Option<NaiveDate>, assigned_on: Option<NaiveDate>) -> bool {
        let decisive = match self.decided_by {
            Some(ReferenceDate::Publication) => published_on,
            Some(ReferenceDate::Assignment) => assigned_on,
            None => None,
        };
        decisive.is_some_and(|date| {
            self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date <= until)
        })
    }
}

/// The version that holds for a contract with these dates: of several the one that started last.
#[must_use]
pub fn version_for(
    versions: &[Policy],
    published_on: Option<NaiveDate>,
    assigned_on: Option<NaiveDate>,
) -> Option<&Policy> {
    versions
        .iter()
        .filter(|policy| policy.validity.holds(published_on, assigned_on))
        .max_by_key(|policy| policy.validity.from)
}

/// What full time is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FullTime {
    /// So many hours a week, such as 36 or 40.
    WeeklyHours(Exact),
    /// The contractor's own hours of a full-time year, which each entry gives with the hours worked.
    ContractorYear,
}

/// How a part of a year counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proration {
    /// Calendar months, and days over the days in the month.
    CalendarMonths,
    /// Weeks over 52, at most 1 a year.
    Weeks,
    /// Days worked over the working days of a full year.
    DaysWorked {
        /// The working days of a full year.
        full_year: Exact,
        /// Whether the hours a week count as well; not so where a day worked is a full day.
        by_hours: bool,
    },
    /// Hours worked over the contractor's own hours of a full-time year; a maximum counting is in such hours too.
    HoursWorked,
}

/// How a bonus counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BonusProration {
    /// Once, whatever the hours and the time.
    Flat,
    /// By hours and time, like its block.
    LikeBlock,
}

/// How much of an invoice counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceShare {
    /// The register in which the supplier stands, or its PSO level.
    pub register: String,
    /// The part of the invoice excluding VAT; more than all of it where it is above 1.
    pub share: Exact,
}

/// A target group (doelgroep) of a policy, with its place in the national list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetGroup {
    /// Code, unique in the policy.
    pub code: String,
    /// Name.
    pub name: String,
    /// Which group of the national list it belongs to.
    pub national: NationalGroup,
}

/// What several blocks count for together at the most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareLimit {
    /// Codes of the blocks.
    pub blocks: Vec<String>,
    /// The share of the obligation.
    pub share: Share,
}
