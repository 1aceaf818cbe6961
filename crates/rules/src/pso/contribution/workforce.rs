//! The direct contribution: weighted fte of the target group at work in the organisation itself.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::finding::{Finding, FindingCode};
use super::organisation::{Organisation, Worker};
use super::{Rule, Step, balanced_sum};
use crate::explaining::Terms;
use crate::pso::month::MONTHS_PER_YEAR;
use crate::pso::{CountingPeriod, Month, Position, WeightTable};
use trede_base::exact::Exact;

/// A worker as counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedWorker {
    /// The pseudonym.
    pub reference: String,
    /// Months of the reference year that count.
    pub months: Decimal,
    /// Fte over those months, without weights.
    pub fte: Exact,
    /// Weighted fte; none when a weight is missing.
    pub weighted: Option<Step>,
}

/// The target group at work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workforce {
    /// The workers, in the order in which they were given.
    pub workers: Vec<CountedWorker>,
    /// Their weighted fte together.
    pub weighted_fte: Step,
}

impl Workforce {
    /// Whether at least one person of the target group is really at work.
    #[must_use]
    pub fn has_somebody_at_work(&self) -> bool {
        self.weighted_fte.result.is_positive()
    }
}

/// How often something was found, by code and by what it is about.
type Tally = BTreeMap<(FindingCode, String), usize>;

/// Counts the workers; what is missing and what a reader must know is added to the two lists.
pub(super) fn count(
    organisation: &Organisation,
    weights: &WeightTable,
    missing: &mut Vec<Finding>,
    warnings: &mut Vec<Finding>,
) -> Workforce {
    let mut tally = Tally::new();
    let counted = |worker| counted(worker, organisation.reference_year_from, weights, &mut tally);
    let workers: Vec<CountedWorker> = organisation.workers.iter().filter_map(counted).collect();
    tell(&tally, weights, missing, warnings);
    let parts: Vec<Exact> = workers
        .iter()
        .filter_map(|worker| worker.weighted.as_ref())
        .map(|step| step.result.clone())
        .collect();
    let result = balanced_sum(&parts);
    Workforce { workers, weighted_fte: Step { rule: Rule::WeightedFte, terms: Terms::list(parts), result } }
}

fn counted(
    worker: &Worker,
    year: Option<Month>,
    weights: &WeightTable,
    tally: &mut Tally,
) -> Option<CountedWorker> {
    let position = weights.position(&worker.position)?;
    let contract = weights.contract(&worker.contract)?;
    let mut note = |code, about: &str| *tally.entry((code, about.to_owned())).or_default() += 1;
    let months = months_that_count(worker, position, year);
    let undated = worker.counts_from.is_none() && worker.counts_until.is_none();
    match position.period {
        CountingPeriod::Months(_) | CountingPeriod::MonthsAfterLoss(_) if undated => {
            note(FindingCode::PeriodUnchecked, &position.code);
        }
        CountingPeriod::Unpublished if worker.counts_until.is_none() => {
            note(FindingCode::PeriodUnpublished, &position.code);
        }
        _ => {}
    }
    if months < worker.months {
        note(FindingCode::PeriodBounds, "");
    }
    if worker.hours > worker.full_time {
        note(FindingCode::AboveFullTime, "");
    }
    if position.weight.is_none() {
        note(FindingCode::PositionWeightMissing, &position.code);
    }
    if contract.weight.is_none() {
        note(FindingCode::ContractWeightMissing, &contract.code);
    }
    let [hours, full_time, counted] = [worker.hours, worker.full_time, months].map(Exact::from);
    let year = Exact::from(Decimal::from(MONTHS_PER_YEAR));
    let fte = hours.times(&counted).over(&full_time.times(&year)).unwrap_or_default().simplified();
    let weighted = position.weight.zip(contract.weight).map(|(by_position, by_contract)| {
        let (by_position, by_contract) = (Exact::from(by_position), Exact::from(by_contract));
        let result = fte.times(&by_position).times(&by_contract).simplified();
        let terms = Terms::of([hours, full_time, counted, by_position, by_contract]);
        Step { rule: Rule::WorkerFte, terms, result }
    });
    Some(CountedWorker { reference: worker.reference.clone(), months, fte, weighted })
}

/// The months of the reference year that count: those worked, within the counting period.
///
/// A period of so many months begins with the month of inflow, or of the loss, and holds that month.
fn months_that_count(worker: &Worker, position: &Position, year: Option<Month>) -> Decimal {
    let Some(year) = year else { return worker.months };
    let from = worker.counts_from;
    let end = |months: u32| from.map(|from| from.later(months.saturating_sub(1)));
    let (first, last) = match position.period {
        CountingPeriod::Months(months) => (from, end(months)),
        CountingPeriod::MonthsAfterLoss(months) => (None, end(months)),
        CountingPeriod::WhileItLasts | CountingPeriod::Unpublished => (from, None),
    };
    let last = [last, worker.counts_until].into_iter().flatten().min();
    worker.months.min(Decimal::from(year.months_within(first, last)))
}

fn tell(tally: &Tally, weights: &WeightTable, missing: &mut Vec<Finding>, warnings: &mut Vec<Finding>) {
    for ((code, about), count) in tally {
        let (about, count) = (about.clone(), count.to_string());
        let found = |details: Vec<String>| Finding { code: *code, place: "/workers".to_owned(), details };
        match code {
            FindingCode::PositionWeightMissing => {
                missing.push(found(vec![about, weights.version().to_owned(), count]));
            }
            FindingCode::PeriodUnchecked => {
                let months = match weights.position(&about).map(|position| position.period) {
                    Some(CountingPeriod::Months(months) | CountingPeriod::MonthsAfterLoss(months)) => {
                        months.to_string()
                    }
                    _ => String::new(),
                };
                missing.push(found(vec![about, months, count]));
            }
            FindingCode::ContractWeightMissing | FindingCode::PeriodUnpublished => {
                missing.push(found(vec![about, count]));
            }
            _ => warnings.push(found(vec![count])),
        }
    }
}
