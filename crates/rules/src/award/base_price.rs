//! Prices scored by their discount on a base price that the buyer published (presupuesto base de licitación, base
//! d'asta), held against the discounts of the others.

use rust_decimal::Decimal;

use super::price_formula::{Floor, PriceField};
use crate::explaining::{Rule, Step, Terms};
use trede_base::exact::Exact;

/// `discount-on-base`: W·B / max(Bs; Bmax), where B is the discount on the base price.
///
/// Source: Junta Consultiva de Aragón, report 6/2014. Where nobody reaches the significant discount Bs, nobody gets
/// all points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiscountOnBase {
    /// The base price.
    pub base: Decimal,
    /// The significant discount Bs (baja significativa) in percent of it; zero where none is declared.
    pub significant_percent: Decimal,
    /// Whether a price above the base price earns less than nothing.
    pub floor: Floor,
}

impl DiscountOnBase {
    /// What a price earns in a field.
    #[must_use]
    pub fn score(&self, price: &Exact, field: &PriceField, weight: &Exact) -> Step {
        let (base, significant) = (Exact::from(self.base), Exact::from(self.significant_percent));
        let discount = base.minus(price);
        if self.floor == Floor::Zero && discount.is_negative() {
            let terms = Terms::of([price.clone(), base]);
            return Step { rule: Rule::AboveBasePrice, terms, result: Exact::ZERO };
        }
        let Some(result) = weight.times(&discount).over(&self.full_discount(&field.lowest)) else {
            let terms = Terms::of([price.clone(), base]);
            return Step { rule: Rule::NoDiscountOnBase, terms, result: Exact::ZERO };
        };
        let terms = Terms::list(vec![weight.clone(), base, price.clone(), significant, field.lowest.clone()]);
        Step { rule: Rule::DiscountOnBase, terms, result: result.simplified() }
    }

    /// The discount in euros that earns all points.
    fn full_discount(&self, lowest: &Exact) -> Exact {
        let base = Exact::from(self.base);
        let significant = Exact::from(self.significant_percent).times(&base).over(&Exact::HUNDRED);
        base.minus(lowest).at_least(&significant.unwrap_or_default()).clone()
    }

    /// The price that earns a share beside a lowest price of the others.
    #[must_use]
    pub fn price_that_earns(&self, share: &Exact, others: &PriceField) -> Option<Exact> {
        let full = self.full_discount(&others.lowest);
        full.is_positive().then(|| Exact::from(self.base).minus(&share.times(&full)))
    }

    /// The price at which a bid that has so many points less comes to the same total as one of `price`, which is then
    /// the dearer of the two.
    #[must_use]
    pub fn price_without(&self, price: &Exact, points: &Exact, weight: &Exact) -> Option<Exact> {
        let base = Exact::from(self.base);
        let significant = self.full_discount(&base);
        let by_significant = price.minus(&points.times(&significant).over(weight)?);
        if base.minus(&by_significant) <= significant {
            return Some(by_significant);
        }
        let full = base.minus(price).times(weight).over(&weight.minus(points))?;
        Some(base.minus(&full))
    }
}

/// `two-slopes`, formula bilineare: X·W·A/M up to the mean discount M, and from there (X + (1 − X)·(A − M)/(Amax − M))·W.
///
/// Source: ANAC, Linee guida n. 2; X is 80, 85 or 90 percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TwoSlopes {
    /// The base price.
    pub base: Decimal,
    /// What the mean discount earns, X, in percent of the weight.
    pub at_mean_percent: Decimal,
}

impl TwoSlopes {
    /// What a price earns in a field.
    #[must_use]
    pub fn score(&self, price: &Exact, field: &PriceField, weight: &Exact) -> Step {
        let (base, at_mean) = (Exact::from(self.base), Exact::from(self.at_mean_percent));
        let (mean, lowest) = (field.mean(), field.lowest.clone());
        let share = at_mean.over(&Exact::HUNDRED).unwrap_or_default();
        let (discount, of_mean) = (base.minus(price), base.minus(&mean));
        if *price >= mean {
            let terms = [weight.clone(), at_mean, base, price.clone(), mean];
            return match weight.times(&share).times(&discount).over(&of_mean) {
                Some(result) => Step {
                    rule: Rule::SlopeToMean,
                    terms: Terms::list(terms.into()),
                    result: result.simplified(),
                },
                None => Step {
                    rule: Rule::NoDiscountOnBase,
                    terms: Terms::of([price.clone(), Exact::from(self.base)]),
                    result: Exact::ZERO,
                },
            };
        }
        let above = mean.minus(price).over(&mean.minus(&lowest)).unwrap_or_default();
        let result = share.plus(&Exact::ONE.minus(&share).times(&above)).times(weight).simplified();
        let terms = Terms::list(vec![weight.clone(), at_mean, mean, price.clone(), lowest]);
        Step { rule: Rule::SlopeFromMean, terms, result }
    }

    /// The price that earns a share beside the others, whose mean moves with it.
    #[must_use]
    pub fn price_that_earns(&self, share: &Exact, others: &PriceField) -> Option<Exact> {
        if *share >= Exact::ONE {
            return Some(others.lowest.clone());
        }
        let (sum, count) = others.sum.as_ref()?;
        let bids = Exact::from(count.checked_add(1)?);
        let (base, at_mean) =
            (Exact::from(self.base), Exact::from(self.at_mean_percent).over(&Exact::HUNDRED)?);
        // share·(base − (S + P)/n) = X·(base − P)
        let left = at_mean.minus(&share.over(&bids)?);
        let right = at_mean.times(&base).minus(&share.times(&base.minus(&sum.over(&bids)?)));
        if *share <= at_mean {
            return right.over(&left);
        }
        // u·((S + P)/n − Pmin) = (S + P)/n − P, with u = (share − X)/(1 − X)
        let u = share.minus(&at_mean).over(&Exact::ONE.minus(&at_mean))?;
        let rest = Exact::ONE.minus(&u).over(&bids)?;
        let right = rest.times(sum).plus(&u.times(&others.lowest));
        right.over(&Exact::ONE.minus(&rest))
    }
}
