//! The prices of a bid as they count: added up, after discounts, and rounded.

use super::bid::{Answer, Bid};
use super::check::DeclaredModel;
use super::criterion::Content;
use super::discount::discounts_of;
use super::layout::{Layout, Leaf, Role};
use super::life_cycle_cost::life_cycle_cost;
use super::model::AwardModel;
use super::scoring::{OwnScores, PlacedStep, unscored};
use crate::explaining::{Rule, Step, Terms};
use crate::pso::Standing;
use trede_base::exact::Exact;

/// The price or cost that was bid.
pub(super) fn price_as_bid(leaf: &Leaf, answer: &Answer) -> Option<Exact> {
    match (&leaf.content, answer) {
        (Content::Price { .. }, Answer::Price(price)) => Some(Exact::from(*price)),
        (Content::Price { sheet: Some(sheet), .. }, Answer::Sheet(prices)) => {
            Some(sheet.price(prices, &mut |_, _, _| {}))
        }
        (Content::LifeCycleCost { terms, .. }, Answer::Costs(costs)) => Some(life_cycle_cost(terms, costs)),
        _ => None,
    }
}

/// Whether every price counts as it was bid.
pub(super) fn counts_as_bid(model: &AwardModel, layout: &Layout) -> bool {
    !layout.has_discount
        && model.rounding.price_rule().is_none()
        && how_many(model, layout) == layout.prices.len()
}

/// How many prices a bid has after those are added up that count as one.
pub(super) fn how_many(model: &AwardModel, layout: &Layout) -> usize {
    if model.method.sums_prices() { layout.prices.len().min(1) } else { layout.prices.len() }
}

/// The prices of a bid as they count, by what it answered on prices and on what lowers them.
pub(super) fn counted_prices(declared: &DeclaredModel, bid: &Bid) -> Vec<Exact> {
    let leaves = &declared.layout.leaves;
    let mut own = OwnScores { scores: Vec::with_capacity(leaves.len()), ..OwnScores::default() };
    for (leaf, answer) in leaves.iter().zip(&bid.answers) {
        let score = match leaf.role {
            Role::Price(_) | Role::Discount => {
                own.score(leaf, answer, &bid.standing, declared.model.rounding)
            }
            Role::Quality | Role::InNode(_) | Role::RelativeNumber(_) | Role::Fixed => {
                unscored(Rule::PlainPrice, Exact::ZERO)
            }
        };
        if matches!(leaf.role, Role::Price(_)) {
            own.parts.prices.push(score.raw.clone());
        }
        own.scores.push(score);
    }
    own.count_prices(declared, &bid.standing);
    own.parts.prices
}

impl OwnScores {
    /// Makes the prices that were bid those that count.
    pub(super) fn count_prices(&mut self, declared: &DeclaredModel, standing: &Standing) {
        self.sum_prices(declared);
        self.discount(declared, standing);
    }

    /// Adds up the prices where the method knows one.
    fn sum_prices(&mut self, declared: &DeclaredModel) {
        if self.parts.prices.len() < 2 || !declared.model.method.sums_prices() {
            return;
        }
        let prices = std::mem::take(&mut self.parts.prices);
        let result = Exact::sum(&prices);
        self.parts.prices = vec![result.clone()];
        let step = Step { rule: Rule::PriceSum, terms: Terms::list(prices), result };
        self.steps.push(PlacedStep { criterion: None, step });
    }

    fn discount(&mut self, declared: &DeclaredModel, standing: &Standing) {
        let layout = &declared.layout;
        let found = discounts_of(layout, standing, &self.scores);
        let (order, rounding) = (declared.model.discount_order, declared.model.rounding);
        for price in &mut self.parts.prices {
            let bid = price.clone();
            for (index, discount) in &found {
                let step = discount.step(price, &bid, order);
                *price = step.result.clone();
                let Some(leaf) = layout.leaves.get(*index) else { continue };
                let of_level = matches!(leaf.content, Content::PsoLevel(_));
                if let Some(score) = self.scores.get_mut(*index).filter(|_| of_level) {
                    score.step = step.clone();
                }
                self.steps.push(PlacedStep { criterion: Some(leaf.id.clone()), step });
            }
            if let Some((rule, decimals)) = rounding.price_rule() {
                let rounded = rounding.of_price(price);
                let decimals = Exact::from(rust_decimal::Decimal::from(decimals));
                let terms = Terms::of([price.clone(), decimals]);
                let step = Step { rule, terms, result: rounded.clone() };
                self.steps.push(PlacedStep { criterion: None, step });
                *price = rounded;
            }
        }
    }
}
