//! Fictitious discounts (fictieve korting): what a level, a score, an offer or a number takes off the price in the
//! comparison. The contract is signed at the real price.

use rust_decimal::Decimal;

use super::check::DeclaredModel;
use super::criterion::Content;
use super::layout::{Layout, Role};
use super::pso_level::LevelMeasure;
use super::scoring::CriterionScore;
use crate::explaining::{Rule, Step, Terms};
use crate::pso::Standing;
use trede_base::exact::Exact;

/// What a full score on a criterion takes off the price; a share of it takes off its share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiscountTerms {
    /// The unit.
    pub measure: DiscountMeasure,
    /// What a full score takes off.
    pub most: Decimal,
    /// A percentage takes off no more than so many euros.
    pub cap: Option<Decimal>,
}

/// The unit of a discount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiscountMeasure {
    /// Percent of the price.
    Percent,
    /// Euros.
    Amount,
}

/// From which price several percentages are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DiscountOrder {
    /// Each from what the one before left.
    #[default]
    OneAfterAnother,
    /// Each from the price that was bid, so that percentages add up.
    EachOnBid,
}

/// A discount of one bid.
#[derive(Clone, Debug)]
pub(super) struct Discount {
    measure: DiscountMeasure,
    value: Exact,
    cap: Option<Exact>,
}

/// The discounts of a bid with the index of their criterion: of its levels, and of what it earned otherwise.
pub(super) fn discounts_of(
    layout: &Layout,
    standing: &Standing,
    scores: &[CriterionScore],
) -> Vec<(usize, Discount)> {
    let leaves = layout.leaves.iter().enumerate().filter(|(_, leaf)| leaf.role == Role::Discount);
    leaves
        .filter_map(|(index, leaf)| {
            if let Content::PsoLevel(table) = &leaf.content {
                let measure = match table.measure {
                    LevelMeasure::DiscountAmount => DiscountMeasure::Amount,
                    _ => DiscountMeasure::Percent,
                };
                let (value, cap) = (table.value_of(standing), table.cap.map(Exact::from));
                return Some((index, Discount { measure, value, cap }));
            }
            let terms = leaf.discount?;
            let value = scores.get(index).map(|score| score.step.result.clone()).unwrap_or_default();
            Some((index, Discount { measure: terms.measure, value, cap: terms.cap.map(Exact::from) }))
        })
        .collect()
}

impl Discount {
    /// Takes the discount off `price`, which is what is left of `bid`.
    pub fn step(&self, price: &Exact, bid: &Exact, order: DiscountOrder) -> Step {
        let value = &self.value;
        if self.measure == DiscountMeasure::Amount {
            let terms = Terms::of([price.clone(), value.clone()]);
            return Step { rule: Rule::DiscountAmount, terms, result: price.minus(value) };
        }
        let of = match order {
            DiscountOrder::OneAfterAnother => price,
            DiscountOrder::EachOnBid => bid,
        };
        let part = value.times(of).over(&Exact::HUNDRED).unwrap_or_default().simplified();
        match (&self.cap, order) {
            (Some(cap), _) => {
                let terms = Terms::of([price.clone(), of.clone(), value.clone(), cap.clone()]);
                let result = price.minus(part.at_most(cap)).simplified();
                Step { rule: Rule::DiscountCapped, terms, result }
            }
            (None, DiscountOrder::EachOnBid) => {
                let terms = Terms::of([price.clone(), of.clone(), value.clone()]);
                Step { rule: Rule::DiscountOfBid, terms, result: price.minus(&part).simplified() }
            }
            (None, DiscountOrder::OneAfterAnother) => {
                let kept = Exact::HUNDRED.minus(value).over(&Exact::HUNDRED).unwrap_or_default();
                let terms = Terms::of([price.clone(), value.clone()]);
                let result = price.times(&kept.simplified());
                Step { rule: Rule::DiscountPercent, terms, result }
            }
        }
    }

    /// The price before the discount whose rest is `left`; none where the discount takes everything.
    fn before(&self, left: &Exact) -> Option<Exact> {
        if self.measure == DiscountMeasure::Amount {
            return Some(left.plus(&self.value));
        }
        let whole = left.times(&Exact::HUNDRED).over(&Exact::HUNDRED.minus(&self.value));
        let whole = whole.filter(|_| self.value < Exact::HUNDRED || self.cap.is_some());
        let Some(cap) = &self.cap else { return whole.map(|price| price.simplified()) };
        let beyond = left.plus(cap);
        match whole.filter(|whole| self.value < Exact::HUNDRED && whole.minus(left) <= *cap) {
            Some(whole) => Some(whole.simplified()),
            None => Some(beyond),
        }
    }

    /// The price from which on the cap counts.
    fn capped_from(&self) -> Option<Exact> {
        self.cap.as_ref()?.times(&Exact::HUNDRED).over(&self.value).filter(|from| from.is_positive())
    }
}

/// The price as it counts, after the discounts of a standing and of these scores.
#[must_use]
pub fn discounted(
    declared: &DeclaredModel,
    price: &Exact,
    standing: &Standing,
    scores: &[CriterionScore],
) -> Exact {
    let order = declared.model.discount_order;
    let found = discounts_of(&declared.layout, standing, scores);
    let after = found.iter().fold(price.clone(), |left, (_, one)| one.step(&left, price, order).result);
    declared.model.rounding.of_price(&after)
}

/// The real price whose discounted price is `price`; none where the discounts take everything.
#[must_use]
pub fn undiscounted(
    declared: &DeclaredModel,
    price: &Exact,
    standing: &Standing,
    scores: &[CriterionScore],
) -> Option<Exact> {
    let found = discounts_of(&declared.layout, standing, scores);
    match declared.model.discount_order {
        DiscountOrder::OneAfterAnother => {
            found.iter().rev().try_fold(price.clone(), |left, (_, discount)| discount.before(&left))
        }
        DiscountOrder::EachOnBid => before_all(price, &found),
    }
}

/// The price from which all percentages are taken at once: with so many of the caps reached as fit together.
fn before_all(left: &Exact, found: &[(usize, Discount)]) -> Option<Exact> {
    let amounts = found.iter().filter(|(_, one)| one.measure == DiscountMeasure::Amount);
    let left = left.plus(&Exact::sum(amounts.map(|(_, one)| &one.value)));
    let mut percents: Vec<&Discount> =
        found.iter().map(|(_, one)| one).filter(|one| one.measure == DiscountMeasure::Percent).collect();
    // Those without a cap come last, for they never reach one.
    percents.sort_by(|a, b| match (a.capped_from(), b.capped_from()) {
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    (0..=percents.len()).find_map(|reached| {
        let (capped, free) = percents.split_at_checked(reached)?;
        let caps: Vec<Exact> = capped.iter().map(|one| one.cap.clone()).collect::<Option<_>>()?;
        let shares = Exact::sum(free.iter().map(|one| &one.value));
        let kept = Exact::HUNDRED.minus(&shares);
        let whole = left.plus(&Exact::sum(&caps)).times(&Exact::HUNDRED).over(&kept)?;
        let fits = kept.is_positive()
            && capped.iter().all(|one| one.capped_from().is_none_or(|from| whole >= from))
            && free.iter().all(|one| one.capped_from().is_none_or(|from| whole <= from));
        fits.then(|| whole.simplified())
    })
}
