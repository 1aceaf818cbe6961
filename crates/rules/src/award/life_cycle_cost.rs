//! Life-cycle cost (levenscycluskosten): P0 + Σ C_t/(1+r)^t − residual/(1+r)^n, t = 1…n, end of year.

use rust_decimal::Decimal;

use trede_base::exact::Exact;
use trede_base::money::Price;

/// The period and the discount rate, which the buyer declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LifeCycleTerms {
    /// The number of years n, at least one.
    pub years: u32,
    /// The rate r in percent a year, above −100.
    pub rate_percent: Decimal,
}

/// The costs of one bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifeCycleCosts {
    /// The purchase P0.
    pub purchase: Price,
    /// The cost of each year, as many as the terms have years.
    pub yearly: Vec<Price>,
    /// The residual value at the end.
    pub residual: Price,
}

/// The present value of the costs, exact.
#[must_use]
pub fn life_cycle_cost(terms: &LifeCycleTerms, costs: &LifeCycleCosts) -> Exact {
    let rate = Exact::from(terms.rate_percent).over(&Exact::HUNDRED).unwrap_or_default().simplified();
    let yearly_factor = Exact::ONE.over(&Exact::ONE.plus(&rate)).unwrap_or(Exact::ONE).simplified();
    let mut factor = Exact::ONE;
    let mut cost = Exact::from(costs.purchase);
    for year in &costs.yearly {
        factor = factor.times(&yearly_factor);
        cost = cost.plus(&Exact::from(*year).times(&factor));
    }
    cost.minus(&Exact::from(costs.residual).times(&factor)).simplified()
}
