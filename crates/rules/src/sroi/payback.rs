//! Payback (terugverdientijd): when the impact has returned the inputs.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::rule::Rule as SroiRule;
use super::valuation::{OutcomeValue, PlacedStep, placed};
use crate::explaining::Terms;
use trede_base::exact::Exact;

/// When the impact has returned the inputs; none if never, or if there are no inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payback {
    /// In months, as if the impact of the first year of each outcome went on for ever from its start.
    pub simple_months: Option<Exact>,
    /// In years since the start: when the cumulated impact of all outcomes reaches the inputs.
    pub cumulative_years: Option<Exact>,
}

pub(super) fn payback(
    inputs: &Exact,
    impact: &Exact,
    outcomes: &[OutcomeValue],
    steps: &mut Vec<PlacedStep>,
) -> Payback {
    if !inputs.is_positive() {
        return Payback::default();
    }
    Payback {
        simple_months: simple(inputs, impact, outcomes, steps),
        cumulative_years: cumulative(inputs, outcomes, steps),
    }
}

/// Outcomes that all start at once return the inputs at one pace; else the pace changes whenever one starts, and
/// none is counted before it does.
fn simple(
    inputs: &Exact,
    impact: &Exact,
    outcomes: &[OutcomeValue],
    steps: &mut Vec<PlacedStep>,
) -> Option<Exact> {
    let starts: BTreeSet<u32> = outcomes.iter().map(start_of).collect();
    if starts.iter().all(|start| *start == 0) {
        if !impact.is_positive() {
            return None;
        }
        let months = inputs.times(&Exact::from(12)).over(impact)?;
        let terms = Terms::of([inputs.clone(), impact.clone()]);
        steps.push(placed(None, SroiRule::SimplePayback, terms, &months));
        return Some(months);
    }
    let mut returned = Exact::ZERO;
    let nexts = starts.iter().skip(1).map(|next| Some(*next)).chain([None]);
    for (start, next) in starts.iter().zip(nexts) {
        let running = outcomes.iter().filter(|outcome| start_of(outcome) <= *start);
        let pace = Exact::sum(running.map(|outcome| &outcome.impact));
        let from = Exact::from(Decimal::from(*start));
        let left = inputs.minus(&returned);
        let years = if pace.is_positive() { left.over(&pace) } else { None };
        let lasts = next.map(|next| Exact::from(Decimal::from(next)).minus(&from));
        if let Some(years) = years.filter(|years| lasts.as_ref().is_none_or(|lasts| *years <= *lasts)) {
            let months = from.plus(&years).times(&Exact::from(12));
            let terms = Terms::of([from, inputs.clone(), returned, pace]);
            steps.push(placed(None, SroiRule::SimplePaybackFrom, terms, &months));
            return Some(months);
        }
        returned = returned.plus(&pace.times(&lasts?));
    }
    None
}

/// In how many years from now an outcome starts.
fn start_of(outcome: &OutcomeValue) -> u32 {
    outcome.years.first().map_or(0, |year| year.calendar_year.saturating_sub(1))
}

fn cumulative(inputs: &Exact, outcomes: &[OutcomeValue], steps: &mut Vec<PlacedStep>) -> Option<Exact> {
    let mut by_year: BTreeMap<u32, Exact> = BTreeMap::new();
    for year in outcomes.iter().flat_map(|outcome| &outcome.years) {
        let total = by_year.entry(year.calendar_year).or_default();
        *total = total.plus(&year.impact);
    }
    let mut before = Exact::ZERO;
    for (year, impact) in &by_year {
        let after = before.plus(impact);
        if after >= *inputs {
            let year = Exact::from(Decimal::from(*year));
            let within = inputs.minus(&before).over(impact)?;
            let years = year.minus(&Exact::ONE).plus(&within);
            let terms = Terms::of([year, inputs.clone(), before, impact.clone()]);
            steps.push(placed(None, SroiRule::CumulativePayback, terms, &years));
            return Some(years);
        }
        before = after;
    }
    None
}
