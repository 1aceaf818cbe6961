//! Payback (terugverdientijd): when the impact has returned the inputs.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::rule::Rule as SroiRule;
use super::valuation::{OutcomeValue, PlacedStep, placed};
use crate::explaining::Terms;
use trede_base::exact::Exact;

/// When the impact has returned the inputs; none if never, or if there are no inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payback {
    /// In months, as if the impact of year 1 went on for ever.
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
        simple_months: simple(inputs, impact, steps),
        cumulative_years: cumulative(inputs, outcomes, steps),
    }
}

fn simple(inputs: &Exact, impact: &Exact, steps: &mut Vec<PlacedStep>) -> Option<Exact> {
    if !impact.is_positive() {
        return None;
    }
    let months = inputs.times(&Exact::from(12)).over(impact)?;
    let terms = Terms::of([inputs.clone(), impact.clone()]);
    steps.push(placed(None, SroiRule::SimplePayback, terms, &months));
    Some(months)
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
