//! Life-cycle cost (levenscycluskosten): P0 + Σ C_t/(1+r)^t − residual/(1+r)^n, t = 1…n, at the end of each period
//! (dir. 2014/24 art. 68). Periods are years, or parts of them by days (of 365) or months; costs may fall on a day.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::present_value::Discounting;
use crate::explaining::{Rule, Terms};
use trede_base::exact::Exact;
use trede_base::money::{Amount, Price};

/// The periods, the discount rate and what the buyer fixes of the use, which the buyer declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifeCycleTerms {
    /// The periods and how later costs are brought back to today.
    pub discounting: Discounting,
    /// The day from which dates count; none where costs fall on no date.
    pub starts_on: Option<NaiveDate>,
    /// Whether an amount may be below zero: a saving.
    pub savings: bool,
    /// What a bidder answers with how much it uses.
    pub usage: Vec<UsageLine>,
}

impl LifeCycleTerms {
    /// So many whole years at a rate in percent a year, without savings or use.
    #[must_use]
    pub fn yearly(years: u32, rate_percent: Decimal) -> Self {
        let discounting = Discounting::yearly(years, rate_percent);
        LifeCycleTerms { discounting, starts_on: None, savings: false, usage: Vec::new() }
    }
}

/// A use that costs: what the bidder uses for each unit of the buyer's quantity, at the buyer's price. Directive
/// 2009/33 counts energy and emissions of vehicles so: use per kilometre × kilometres × cost per unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageLine {
    /// Identifier under which bids answer.
    pub id: String,
    /// How many units the buyer needs.
    pub quantity: Decimal,
    /// What one unit of use costs.
    pub unit_cost: Amount,
    /// Whether it returns every year, or counts once at the start.
    pub yearly: bool,
}

/// The costs of one bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifeCycleCosts {
    /// The purchase P0.
    pub purchase: Price,
    /// The cost of each period, as many as the terms have periods; none where nothing returns.
    pub yearly: Vec<Amount>,
    /// Whether those are costs of a whole year, of which a shorter period bears its part.
    pub per_year: bool,
    /// The residual value at the end.
    pub residual: Price,
    /// Costs and savings on a day or at the end of a period.
    pub payments: Vec<Payment>,
    /// What it uses, one for each line of the terms.
    pub usage: Vec<Decimal>,
}

/// A cost, or a saving below zero, at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// In euros, of one unit.
    pub amount: Amount,
    /// How many units; none for one.
    pub quantity: Option<Decimal>,
    /// The part of a year that it is for, where the amount is that of a year.
    pub part: Option<PartOfYear>,
    /// When it falls.
    pub moment: Moment,
}

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOfYear {
    /// Days of 365.
    Days(u32),
    /// Months of 12.
    Months(u32),
}

impl PartOfYear {
    /// How many of its units make a year.
    #[must_use]
    pub fn in_a_year(self) -> u32 {
        match self {
            PartOfYear::Days(_) => 365,
            PartOfYear::Months(_) => 12,
        }
    }

    /// How many of its units.
    #[must_use]
    pub fn count(self) -> u32 {
        match self {
            PartOfYear::Days(count) | PartOfYear::Months(count) => count,
        }
    }
}

/// When a payment falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// So long after the start.
    After(PartOfYear),
    /// At the end of the period with this index.
    EndOf(usize),
}

/// The present value of the costs, exact but for powers of a part of a year.
#[must_use]
pub fn life_cycle_cost(terms: &LifeCycleTerms, costs: &LifeCycleCosts) -> Exact {
    walk(terms, costs, &mut |_, _, _| {})
}

/// The present value, with every step of it told.
pub(super) fn walk(
    terms: &LifeCycleTerms,
    costs: &LifeCycleCosts,
    tell: &mut impl FnMut(Rule, Terms, Exact),
) -> Exact {
    let discounting = &terms.discounting;
    let (once, yearly_use) = usage(terms, costs, tell);
    let mut present: Vec<Exact> = once;
    for period in 0..discounting.count() {
        let own = costs.yearly.get(period).map(|cost| Exact::from(*cost));
        let own =
            own.map(|cost| if costs.per_year { in_period(discounting, period, cost, tell) } else { cost });
        let used = yearly_use.clone().map(|cost| in_period(discounting, period, cost, tell));
        let cost = match (own, used) {
            (Some(own), Some(used)) => {
                let sum = own.plus(&used);
                tell(Rule::PeriodCost, Terms::of([own, used]), sum.clone());
                sum
            }
            (Some(cost), None) | (None, Some(cost)) => cost,
            (None, None) => continue,
        };
        present.push(discounting.at_end_of(period, &cost, Rule::PresentValue, tell));
    }
    for payment in &costs.payments {
        let amount = amount_of(payment, tell);
        present.push(match payment.moment {
            Moment::EndOf(period) => discounting.at_end_of(period, &amount, Rule::PresentValue, tell),
            Moment::After(time) => discounting.after(time, &amount, tell),
        });
    }
    let later = Exact::sum(&present);
    tell(Rule::YearlySum, Terms::list(present), later.clone());
    let (purchase, rest) = (Exact::from(costs.purchase), Exact::from(costs.residual));
    let last = discounting.count().saturating_sub(1);
    let residual = discounting.at_end_of(last, &rest, Rule::PresentResidual, tell);
    let cost = purchase.plus(&later).minus(&residual).simplified();
    tell(Rule::LifeCycleCost, Terms::of([purchase, later, residual]), cost.clone());
    cost
}

/// What the use costs: line by line once at the start, and together for a year.
fn usage(
    terms: &LifeCycleTerms,
    costs: &LifeCycleCosts,
    tell: &mut impl FnMut(Rule, Terms, Exact),
) -> (Vec<Exact>, Option<Exact>) {
    let (mut once, mut yearly) = (Vec::new(), Vec::new());
    for (line, used) in terms.usage.iter().zip(&costs.usage) {
        let numbers = [Exact::from(*used), Exact::from(line.quantity), Exact::from(line.unit_cost)];
        let [used, quantity, unit_cost] = &numbers;
        let cost = used.times(quantity).times(unit_cost);
        tell(Rule::UsageCost, Terms::of(numbers), cost.clone());
        if line.yearly { yearly.push(cost) } else { once.push(cost) }
    }
    if yearly.is_empty() {
        return (once, None);
    }
    let sum = Exact::sum(&yearly);
    tell(Rule::UsageSum, Terms::list(yearly), sum.clone());
    (once, Some(sum))
}

/// The part of a yearly cost that a period bears.
fn in_period(
    discounting: &Discounting,
    period: usize,
    cost: Exact,
    tell: &mut impl FnMut(Rule, Terms, Exact),
) -> Exact {
    match discounting.length(period) {
        Some(part) if part.count() != part.in_a_year() => part_of(&cost, part, tell),
        _ => cost,
    }
}

fn part_of(cost: &Exact, part: PartOfYear, tell: &mut impl FnMut(Rule, Terms, Exact)) -> Exact {
    let rule = match part {
        PartOfYear::Days(_) => Rule::PartOfYearInDays,
        PartOfYear::Months(_) => Rule::PartOfYearInMonths,
    };
    let (count, whole) = (whole(part.count()), whole(part.in_a_year()));
    let result = cost.times(&count).over(&whole).unwrap_or_default().simplified();
    tell(rule, Terms::of([cost.clone(), count]), result.clone());
    result
}

fn amount_of(payment: &Payment, tell: &mut impl FnMut(Rule, Terms, Exact)) -> Exact {
    let mut amount = Exact::from(payment.amount);
    if let Some(quantity) = payment.quantity.map(Exact::from) {
        let all = quantity.times(&amount);
        tell(Rule::QuantityCost, Terms::of([quantity, amount]), all.clone());
        amount = all;
    }
    match payment.part {
        Some(part) => part_of(&amount, part, tell),
        None => amount,
    }
}

pub(super) fn whole(number: u32) -> Exact {
    Exact::from(Decimal::from(number))
}
