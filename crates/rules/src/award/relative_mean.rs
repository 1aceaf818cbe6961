//! `relative-to-mean`: prices scored against the mean of all prices. The lowest price still scores best; the mean is no
//! optimum to aim at.

use super::price_formula::{Floor, PriceField};
use crate::explaining::{Rule, Step, Terms};
use trede_base::exact::Exact;

/// How a price is held against the mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeanFormula {
    /// W·Pmean/P, at most W where it is capped.
    Ratio {
        /// Whether no price earns more than all points.
        capped: bool,
    },
    /// W·(2 − P/Pmean), at most W where it is capped.
    Linear {
        /// Whether points stop at zero.
        floor: Floor,
        /// Whether no price earns more than all points.
        capped: bool,
    },
}

impl MeanFormula {
    fn is_capped(self) -> bool {
        match self {
            MeanFormula::Ratio { capped } | MeanFormula::Linear { capped, .. } => capped,
        }
    }

    /// Whether a price can earn more than all points.
    #[must_use]
    pub fn can_exceed(self) -> bool {
        !self.is_capped()
    }

    /// What a price earns in a field.
    #[must_use]
    pub fn score(self, price: &Exact, field: &PriceField, weight: &Exact) -> Step {
        let mean = field.mean();
        let terms = || Terms::of([weight.clone(), mean.clone(), price.clone()]);
        let (rule, earned) = match self {
            MeanFormula::Ratio { .. } => (Rule::MeanOverPrice, weight.times(&mean).over(price)),
            MeanFormula::Linear { .. } => {
                let left = Exact::from(2).times(&mean).minus(price);
                (Rule::LinearOnMean, weight.times(&left).over(&mean))
            }
        };
        let Some(earned) = earned.map(|earned| earned.simplified()) else {
            // A mean of zero, or a price of zero that takes all.
            return Step {
                rule: Rule::ZeroPriceTakesAll,
                terms: Terms::of([weight.clone()]),
                result: weight.clone(),
            };
        };
        if self.is_capped() && earned > *weight {
            let rule = match self {
                MeanFormula::Ratio { .. } => Rule::MeanOverPriceCapped,
                MeanFormula::Linear { .. } => Rule::LinearOnMeanCapped,
            };
            return Step { rule, terms: terms(), result: weight.clone() };
        }
        if matches!(self, MeanFormula::Linear { floor: Floor::Zero, .. }) && earned.is_negative() {
            return Step { rule: Rule::MeanFloor, terms: terms(), result: Exact::ZERO };
        }
        Step { rule, terms: terms(), result: earned }
    }

    /// The price that earns a share beside the others, whose mean moves with it.
    #[must_use]
    pub fn price_that_earns(self, share: &Exact, others: &PriceField) -> Option<Exact> {
        let (sum, count) = others.sum.as_ref()?;
        let bids = Exact::from(count.checked_add(1)?);
        match self {
            // share·P = (S + P)/n
            MeanFormula::Ratio { .. } => sum.over(&share.times(&bids).minus(&Exact::ONE)),
            // (2 − share)·(S + P)/n = P
            MeanFormula::Linear { .. } => {
                let left = Exact::from(2).minus(share);
                left.times(sum).over(&bids.minus(&left))
            }
        }
        .filter(|price| !price.is_negative())
    }
}
