//! What must be known of an effort to say what it counts for.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::SocialReturnFinding as Finding;
use super::entry_value::shortened;
use super::finding::FindingCode as Code;

use trede_base::exact::Exact;
use trede_base::period::Period;

/// The facts of an entry (verantwoording): nothing of them names a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryFacts {
    /// Code of the building block.
    pub block: String,
    /// Codes of the bonuses that are claimed.
    pub bonuses: Vec<String>,
    /// The period that is accounted for.
    pub period: Option<Period>,
    /// When the placement started, where that was before this period: an earlier entry accounts for the rest.
    pub placement_started_on: Option<NaiveDate>,
    /// When the placement ended, where that was after this period: a later entry accounts for the rest.
    pub placement_ended_on: Option<NaiveDate>,
    /// When the contract started.
    pub contract_started_on: Option<NaiveDate>,
    /// Hours a week.
    pub hours_per_week: Option<Exact>,
    /// The last day of wage-cost subsidy (loonkostensubsidie, LKS).
    pub wage_cost_subsidy_until: Option<NaiveDate>,
    /// How long the candidate had the benefit, in months, on the reference date of the policy.
    pub benefit_months: Option<u32>,
    /// Hours, days or learning years, as the block measures them.
    pub quantity: Option<Exact>,
    /// The same quantity in earlier entries of this placement; it takes part in the maximum.
    pub earlier_quantity: Option<Exact>,
    /// The hours of a full-time year at the contractor.
    pub full_time_year_hours: Option<Exact>,
    /// The invoice excluding VAT, the cost or the agreed amount, in euros.
    pub euros: Option<Exact>,
    /// The register in which the supplier stands, or its PSO level.
    pub register: Option<String>,
    /// In which of the units of the block it is given; none for the block's own.
    pub unit: Option<String>,
    /// The hours worked in the period, where a bonus counts by hour.
    pub hours: Option<Exact>,
    /// The last day of the candidate's last benefit (einde uitkering).
    pub benefit_ended_on: Option<NaiveDate>,
    /// When it was agreed beforehand (afgestemd).
    pub agreed_on: Option<NaiveDate>,
    /// The months of the internship that came before (stage).
    pub internship_months: Option<Exact>,
    /// The whole invoice or cost, where this entry accounts for a part of it, in euros.
    pub whole_euros: Option<Exact>,
    /// The first and last day that can count: the term of the contract, with the cure period that was given.
    pub counts_within: Option<Period>,
}

impl EntryFacts {
    /// What cannot be, whatever the policy says.
    pub(super) fn errors(&self) -> Vec<Finding> {
        let mut found: Vec<Finding> = [
            ("hoursPerWeek", &self.hours_per_week),
            ("quantity", &self.quantity),
            ("earlierQuantity", &self.earlier_quantity),
            ("amount", &self.euros),
            ("invoiceTotal", &self.whole_euros),
            ("hours", &self.hours),
            ("internshipMonths", &self.internship_months),
        ]
        .into_iter()
        .filter(|(_, fact)| fact.as_ref().is_some_and(Exact::is_negative))
        .map(|(name, _)| Finding::new(Code::NegativeFact, format!("/{name}"), []))
        .collect();
        if self.full_time_year_hours.as_ref().is_some_and(|hours| !hours.is_positive()) {
            found.push(Finding::new(Code::NotPositive, "/fullTimeYearHours", []));
        }
        if self.period.is_some_and(|period| period.until < period.from) {
            found.push(Finding::new(Code::PeriodReversed, "/period", []));
        }
        let mut seen = BTreeSet::new();
        for (index, bonus) in self.bonuses.iter().enumerate() {
            if !seen.insert(bonus) {
                found.push(Finding::new(
                    Code::DuplicateCode,
                    format!("/bonuses/{index}"),
                    [shortened(bonus)],
                ));
            }
        }
        found
    }
}
