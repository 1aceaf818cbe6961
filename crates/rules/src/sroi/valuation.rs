//! From a value map to its ratio, step by step and without rounding.

use rust_decimal::Decimal;

use super::payback::{Payback, payback};
use super::rule::Rule as SroiRule;
use super::value_map::{Convention, Discounting, Outcome, ValueMap};
use crate::explaining::{Step, Terms};
use trede_base::exact::Exact;
use trede_base::share::Share;

/// What a value map amounts to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Valuation {
    /// Total inputs (I), in euros.
    pub inputs: Exact,
    /// The outcomes, in the order of the map.
    pub outcomes: Vec<OutcomeValue>,
    /// The impact of the first year of all outcomes (V1), in euros.
    pub impact: Exact,
    /// Total present value (TPV), in euros.
    pub present_value: Exact,
    /// Net present value (NPV), in euros.
    pub net_present_value: Exact,
    /// TPV / I; none without inputs.
    pub ratio: Option<Exact>,
    /// NPV / I; none without inputs.
    pub net_ratio: Option<Exact>,
    /// When the impact has returned the inputs.
    pub payback: Payback,
    /// Every step of the calculation.
    pub steps: Vec<PlacedStep>,
}

/// What one outcome amounts to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeValue {
    /// Identifier.
    pub id: String,
    /// Gross value (G), in euros a year.
    pub gross: Exact,
    /// Impact in year 1 (V1), in euros.
    pub impact: Exact,
    /// Its years, from 1.
    pub years: Vec<YearValue>,
    /// The present value of one euro of first-year impact, over all years.
    pub years_factor: Exact,
    /// Present value over all years, in euros.
    pub present_value: Exact,
}

/// One year of an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearValue {
    /// The year since the start of the study, from 1: the start offset is in it.
    pub calendar_year: u32,
    /// Impact (V_t), in euros.
    pub impact: Exact,
    /// Present value, in euros.
    pub present_value: Exact,
}

/// A step, and the outcome and year that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedStep {
    /// The outcome, if it belongs to one.
    pub outcome: Option<String>,
    /// The step.
    pub step: Step<SroiRule>,
}

/// Values a map.
#[must_use]
pub fn value(map: &ValueMap) -> Valuation {
    let mut steps = Vec::new();
    let growth = powers(&Exact::ONE.plus(&map.discounting.rate), &map.outcomes);
    let outcomes: Vec<OutcomeValue> = map
        .outcomes
        .iter()
        .map(|outcome| outcome_value(outcome, &map.discounting, &growth, &mut steps))
        .collect();
    let mut total = |rule, terms: Vec<Exact>| {
        let result = Exact::sum(&terms);
        steps.push(placed(None, rule, Terms::list(terms), &result));
        result
    };
    let inputs = total(SroiRule::TotalInputs, map.inputs.iter().map(|input| input.euros.clone()).collect());
    let present_values = outcomes.iter().map(|outcome| outcome.present_value.clone()).collect();
    let present_value = total(SroiRule::TotalPresentValue, present_values);
    let net_present_value = present_value.minus(&inputs);
    let terms = Terms::of([present_value.clone(), inputs.clone()]);
    steps.push(placed(None, SroiRule::NetPresentValue, terms, &net_present_value));
    let mut ratio_of = |rule, value: &Exact| {
        let ratio = value.over(&inputs)?;
        steps.push(placed(None, rule, Terms::of([value.clone(), inputs.clone()]), &ratio));
        Some(ratio)
    };
    let ratio = ratio_of(SroiRule::Ratio, &present_value);
    let net_ratio = ratio_of(SroiRule::NetRatio, &net_present_value);
    let impact = Exact::sum(outcomes.iter().map(|outcome| &outcome.impact));
    let payback = payback(&inputs, &impact, &outcomes, &mut steps);
    Valuation { inputs, outcomes, impact, present_value, net_present_value, ratio, net_ratio, payback, steps }
}

/// The impact of an outcome in its first year, without steps.
pub(super) fn first_impact(outcome: &Outcome) -> Exact {
    let gross = outcome.quantity.times(&outcome.proxy.euros);
    [&outcome.deadweight, &outcome.displacement, &outcome.attribution]
        .into_iter()
        .fold(gross, |value, reduction| value.times(&reduction.share.rest()))
}

/// The present value of one euro of first-year impact, over all years of an outcome.
pub(super) fn years_factor(
    outcome: &Outcome,
    drop_off: Share,
    rate: &Exact,
    discounting: &Discounting,
) -> Exact {
    let Some(discount) = Exact::ONE.over(&Exact::ONE.plus(rate)) else {
        return Exact::ZERO;
    };
    let each_year = drop_off.rest().times(&discount);
    let later = (1..outcome.duration_years)
        .fold(Exact::ONE, |sum, _| Exact::ONE.plus(&each_year.times(&sum)).simplified());
    (0..discounting.exponent(1, outcome.start_offset_years)).fold(later, |value, _| value.times(&discount))
}

fn outcome_value(
    outcome: &Outcome,
    discounting: &Discounting,
    growth: &[Exact],
    steps: &mut Vec<PlacedStep>,
) -> OutcomeValue {
    let mut step = |rule, terms, result: &Exact| {
        steps.push(placed(Some(&outcome.id), rule, terms, result));
    };
    let gross = outcome.quantity.times(&outcome.proxy.euros);
    let terms = Terms::of([outcome.quantity.clone(), outcome.proxy.euros.clone()]);
    step(SroiRule::Gross, terms, &gross);
    let impact = first_impact(outcome);
    let shares = [&outcome.deadweight, &outcome.displacement, &outcome.attribution];
    let [deadweight, displacement, attribution] = shares.map(|reduction| reduction.share.exact());
    let terms = Terms::of([gross.clone(), deadweight, displacement, attribution]);
    step(SroiRule::Impact, terms, &impact);
    let present_rule = match discounting.convention {
        Convention::EndOfYear => SroiRule::PresentEndOfYear,
        Convention::FirstYearUndiscounted => SroiRule::PresentFirstYearUndiscounted,
    };
    let drop_off = outcome.drop_off.share();
    let offset = outcome.start_offset_years;
    let mut in_year = impact.clone();
    let mut years = Vec::new();
    for year in 1..=outcome.duration_years {
        let t = Exact::from(Decimal::from(year));
        if year > 1 {
            in_year = in_year.times(&drop_off.rest()).simplified();
            let terms = Terms::of([impact.clone(), drop_off.exact(), t.clone()]);
            step(SroiRule::YearImpact, terms, &in_year);
        }
        let present_value = power(growth, discounting.exponent(year, offset))
            .and_then(|divisor| in_year.over(divisor))
            .unwrap_or_default();
        let terms =
            Terms::of([in_year.clone(), discounting.rate.clone(), t, Exact::from(Decimal::from(offset))]);
        step(present_rule, terms, &present_value);
        let calendar_year = year.saturating_add(offset);
        years.push(YearValue { calendar_year, impact: in_year.clone(), present_value });
    }
    let years_factor = years_factor(outcome, drop_off, &discounting.rate, discounting);
    let present_value = impact.times(&years_factor);
    let present_values = years.iter().map(|year| year.present_value.clone()).collect();
    step(SroiRule::OutcomeValue, Terms::list(present_values), &present_value);
    OutcomeValue { id: outcome.id.clone(), gross, impact, years, years_factor, present_value }
}

/// The powers of a growth factor, from 0 up to the last year of the outcomes.
fn powers(growth: &Exact, outcomes: &[Outcome]) -> Vec<Exact> {
    let last = outcomes.iter().map(|o| o.duration_years.saturating_add(o.start_offset_years)).max();
    let next = |power: &Exact| Some(power.times(growth).simplified());
    (0..=last.unwrap_or(0))
        .zip(std::iter::successors(Some(Exact::ONE), next))
        .map(|(_, power)| power)
        .collect()
}

fn power(powers: &[Exact], exponent: u32) -> Option<&Exact> {
    powers.get(usize::try_from(exponent).ok()?)
}

pub(super) fn placed(outcome: Option<&str>, rule: SroiRule, terms: Terms, result: &Exact) -> PlacedStep {
    PlacedStep {
        outcome: outcome.map(str::to_owned),
        step: Step { rule, terms, result: result.simplified() },
    }
}
