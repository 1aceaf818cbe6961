//! Life-cycle cost by day and by month, with payments, savings and use.

use trede_base::exact::Exact;
use trede_base::money::{Amount, Price};
use trede_rules::award::FindingCode as Code;
use trede_rules::award::life_cycle_cost::{
    LifeCycleCosts, LifeCycleTerms, Moment, PartOfYear, Payment, UsageLine, life_cycle_cost,
};
use trede_rules::award::model::Method;
use trede_rules::award::present_value::{Discounting, Interest, Periods};
use trede_rules::explaining::Rule;

use crate::builders::bid::a_bid;
use crate::builders::criterion::{Declared, of_terms};
use crate::builders::model::a_model;
use crate::builders::scored::{refused, scored};
use crate::builders::{Number, fraction, n, rounded, x};

fn euros(amount: impl Number) -> Amount {
    Amount::new(n(amount)).unwrap()
}

fn terms(periods: Periods, rate: impl Number, interest: Interest) -> LifeCycleTerms {
    let discounting = Discounting::new(periods, n(rate), interest);
    LifeCycleTerms { discounting, starts_on: None, savings: true, usage: Vec::new() }
}

fn no_costs() -> LifeCycleCosts {
    LifeCycleCosts {
        purchase: Price::ZERO,
        yearly: Vec::new(),
        per_year: false,
        residual: Price::ZERO,
        payments: Vec::new(),
        usage: Vec::new(),
    }
}

fn in_period(index: usize, amount: impl Number, days: Option<u32>) -> Payment {
    let part = days.map(PartOfYear::Days);
    Payment { amount: euros(amount), quantity: None, part, moment: Moment::EndOf(index) }
}

/// openprocurement.tender.esco, npv_test_data.py, announced on 18 August 2017: contracts of so many days, 70 percent of
/// the reductions paid back, a rate of 12.5 percent. The published numbers are the performance, here to 9 decimals.
fn energy_service(contract_days: u32) -> Exact {
    let first = 135;
    let mut days = vec![first];
    days.extend([365; 19]);
    days.push(365 - first);
    let terms = terms(Periods::Days(days.clone()), "12.5", Interest::Simple);
    let mut payments = Vec::new();
    let mut left = contract_days;
    for (index, length) in days.iter().enumerate() {
        let reduction = if index == 0 { "92.47" } else { "250" };
        let paid = left.min(if index == 0 { first } else { 365 });
        left -= paid;
        // The first reduction is that of its period; the payment is its share over the days of the period.
        let of_period = if index == 0 { None } else { Some(*length) };
        payments.push(in_period(index, -n(reduction), of_period));
        let share = n(reduction) * n("0.7");
        if paid == *length {
            payments.push(in_period(index, share, None));
        } else {
            payments.push(in_period(index, share, Some(paid)));
        }
    }
    life_cycle_cost(&terms, &LifeCycleCosts { payments, ..no_costs() }).negated()
}

#[test]
fn the_performance_of_an_energy_service_is_that_of_the_ukrainian_calculation() {
    assert_eq!(rounded(&energy_service(15 * 365), 9), "650.195041291");
    assert_eq!(rounded(&energy_service(3 * 365 + 11), 9), "1390.675862247");
    assert_eq!(rounded(&energy_service(3 * 365 + 15), 9), "1389.388445231");
    assert_eq!(rounded(&energy_service(6 * 365 + 15), 9), "1098.139042852");
}

#[test]
fn a_part_of_a_year_bears_its_part_and_is_discounted_by_its_days() {
    let costs = LifeCycleCosts { yearly: vec![euros(1000); 2], per_year: true, ..no_costs() };
    let by_day = terms(Periods::Days(vec![365, 73]), 0, Interest::Compound);
    assert_eq!(life_cycle_cost(&by_day, &costs), x(1200));
    let by_month = terms(Periods::Months(vec![12, 3]), 0, Interest::Compound);
    assert_eq!(life_cycle_cost(&by_month, &costs), x(1250));
    // 1000/1.21 + 500/1.21^1.5, where 1.21^0.5 is 1.1.
    let compound = terms(Periods::Months(vec![12, 6]), 21, Interest::Compound);
    let expected = fraction(1000, "1.21").plus(&fraction(500, "1.331"));
    assert_eq!(life_cycle_cost(&compound, &costs), expected);
    let simple = terms(Periods::Months(vec![12, 6]), 20, Interest::Simple);
    let expected = fraction(1000, "1.2").plus(&fraction(500, "1.32"));
    assert_eq!(life_cycle_cost(&simple, &costs), expected);
}

#[test]
fn a_payment_falls_on_its_day_and_a_saving_lowers_the_cost() {
    let yearly = terms(Periods::Years(2), 10, Interest::Compound);
    let after = |time, amount: i64| Payment {
        amount: euros(amount),
        quantity: None,
        part: None,
        moment: Moment::After(time),
    };
    let cost = |payment| life_cycle_cost(&yearly, &LifeCycleCosts { payments: vec![payment], ..no_costs() });
    assert_eq!(cost(after(PartOfYear::Days(0), 110)), x(110));
    assert_eq!(cost(after(PartOfYear::Days(365), 110)), x(100));
    assert_eq!(cost(after(PartOfYear::Months(24), -121)), x(-100));
    assert_eq!(rounded(&cost(after(PartOfYear::Days(100), 100)), 10), "97.4225601904");
    let simple = terms(Periods::Years(2), 10, Interest::Simple);
    let costs = LifeCycleCosts { payments: vec![after(PartOfYear::Months(18), 231)], ..no_costs() };
    assert_eq!(life_cycle_cost(&simple, &costs), x(200));
}

/// Directive 2009/33, annex: 0.03 to 0.04 euros per kg of CO2 and 0.0044 per g of NOx, over a lifetime of 200 000 km.
#[test]
fn use_is_counted_by_what_a_unit_costs_with_all_its_decimals() {
    let line = |id: &str, unit_cost: &str, yearly| UsageLine {
        id: id.to_owned(),
        quantity: n(200_000),
        unit_cost: euros(unit_cost),
        yearly,
    };
    let usage = vec![line("co2-kg-per-km", "0.04", false), line("nox-g-per-km", "0.0044", false)];
    let of_life = LifeCycleTerms { usage, ..terms(Periods::Years(1), 5, Interest::Compound) };
    let costs = LifeCycleCosts { usage: vec![n("0.12"), n("0.06")], ..no_costs() };
    assert_eq!(life_cycle_cost(&of_life, &costs), x("1012.8"));
    let usage = vec![line("litre-per-km", "0.0000015", true)];
    let of_year = LifeCycleTerms { usage, ..terms(Periods::Years(2), 0, Interest::Compound) };
    let costs = LifeCycleCosts { usage: vec![n(7)], yearly: vec![euros(1); 2], ..no_costs() };
    assert_eq!(life_cycle_cost(&of_year, &costs), x("6.2"));
}

#[test]
fn every_step_of_a_cost_by_day_is_told_with_its_inputs() {
    let usage =
        vec![UsageLine { id: "kwh".to_owned(), quantity: n(100), unit_cost: euros("0.25"), yearly: true }];
    let terms = LifeCycleTerms { usage, ..terms(Periods::Days(vec![365, 73]), 10, Interest::Simple) };
    let payment = Payment {
        amount: euros("0.5"),
        quantity: Some(n(12)),
        part: None,
        moment: Moment::After(PartOfYear::Days(0)),
    };
    let costs = LifeCycleCosts {
        yearly: vec![euros(85); 2],
        per_year: true,
        payments: vec![payment],
        usage: vec![n(1)],
        ..no_costs()
    };
    let model = a_model().by(Method::LowestCost).without_weights().criterion(of_terms(terms));
    let lot = scored(model, [a_bid("A").all_costs(costs)]);
    let rules: Vec<Rule> = lot.outcome("A").steps().iter().map(|at| at.step.rule).collect();
    let expected = [
        Rule::SimpleFactorByDay,
        Rule::SimpleFactorByDay,
        Rule::UsageCost,
        Rule::UsageSum,
        Rule::PeriodCost,
        Rule::PresentValueByFactor,
        Rule::PartOfYearInDays,
        Rule::PartOfYearInDays,
        Rule::PeriodCost,
        Rule::PresentValueByFactor,
        Rule::QuantityCost,
        Rule::WholeYearFactor,
        Rule::PresentValueByFactor,
        Rule::YearlySum,
        Rule::PresentValueByFactor,
        Rule::LifeCycleCost,
    ];
    assert_eq!(rules, expected);
    assert_eq!(lot.total("A"), fraction(110, "1.1").plus(&fraction(22, "1.122")).plus(&x(6)));
}

#[test]
fn periods_and_use_are_checked() {
    let errors = |terms: LifeCycleTerms| {
        let model = a_model().by(Method::LowestCost).without_weights().criterion(of_terms(terms));
        model.findings().into_iter().filter(|found| found.place.starts_with("/criteria/0/lifeCycle")).count()
    };
    let by_day = |days: &[u32]| terms(Periods::Days(days.to_vec()), 5, Interest::Simple);
    assert_eq!([errors(by_day(&[1, 365])), errors(by_day(&[36_500]))], [0, 0]);
    assert_eq!([errors(by_day(&[0])), errors(by_day(&[36_499, 2]))], [1, 1]);
    assert_eq!(errors(terms(Periods::Months(vec![1_201]), 5, Interest::Simple)), 2);
    let line = |quantity: i64, unit_cost: i64| UsageLine {
        id: "u".to_owned(),
        quantity: n(quantity),
        unit_cost: euros(unit_cost),
        yearly: true,
    };
    let using = |usage, savings| LifeCycleTerms { usage, savings, ..by_day(&[365]) };
    assert_eq!(errors(using(vec![line(1, -1)], true)), 0);
    assert_eq!(errors(using(vec![line(1, -1)], false)), 1);
    assert_eq!(errors(using(vec![line(0, 1)], true)), 1);
    assert_eq!(errors(using(vec![line(1, 1), line(1, 1)], true)), 1);
}

#[test]
fn a_cost_below_zero_is_refused_where_the_method_divides_by_it() {
    let costs = LifeCycleCosts { payments: vec![in_period(0, -5, None)], ..no_costs() };
    let yearly = || of_terms(terms(Periods::Years(1), 0, Interest::Compound));
    let bids = || [a_bid("A").all_costs(costs.clone())];
    let plain = a_model().by(Method::LowestCost).without_weights().criterion(yearly());
    assert_eq!(scored(plain, bids()).total("A"), x(-5));
    let relative = a_model().criterion(yearly().weighs(60));
    assert_eq!(refused(relative, bids()), [Code::CostNotPositive]);
}
