//! The prices that were bid become those that count: added up, less what is taken off, and rounded.

use trede_base::exact::Exact;
use trede_rules::award::criterion::Content;
use trede_rules::award::discount::{DiscountMeasure, DiscountOrder};
use trede_rules::award::layout::{Leaf, Role};
use trede_rules::award::pso_level::LevelMeasure;

use super::formula::{Formula, Place, call};
use super::function::Function;
use super::scores::{Scores, rounded};
use super::table::row;

/// A discount: its unit, the column with what is taken off, and the most euros that it takes off.
struct Discount {
    name: String,
    measure: DiscountMeasure,
    value: Place,
    cap: Option<Place>,
}

impl Scores<'_> {
    /// Makes the prices that were bid those that count.
    pub fn counted_prices(&mut self) {
        let layout = &self.lot.declared().layout;
        let raw = |leaf: &usize| self.own.get(*leaf).and_then(|columns| columns.raw);
        self.prices = layout.prices.iter().filter_map(raw).collect();
        let leaves = layout.leaves.iter().enumerate().filter(|(_, leaf)| leaf.role == Role::Discount);
        let discounts: Vec<Discount> =
            leaves.filter_map(|(index, leaf)| self.discount(index, leaf)).collect();
        let rounding = self.model.rounding.price;
        let is_counted = discounts.is_empty() && rounding.is_none();
        if self.prices.len() > 1 && self.lot.declared().model.method.sums_prices() {
            let formulas = (0..self.bids()).map(|bid| Some(self.sum(&self.prices, bid))).collect();
            let head = self.words.of("Som van de prijzen", "Sum of the prices");
            self.prices = vec![self.counted_column(head, formulas, 0, is_counted)];
        }
        for (index, bid_price) in self.prices.clone().into_iter().enumerate() {
            let mut left = bid_price;
            for (place, discount) in discounts.iter().enumerate() {
                let is_counted = place + 1 == discounts.len() && rounding.is_none();
                let formulas =
                    (0..self.bids()).map(|bid| Some(self.less(discount, left, bid_price, bid))).collect();
                let head = format!("{} {}", self.words.of("Prijs na", "Price after"), discount.name);
                left = self.counted_column(&head, formulas, index, is_counted);
            }
            if let Some(at) = rounding {
                let formulas = (0..self.bids()).map(|bid| Some(rounded(row(left, bid).into(), at))).collect();
                let head = self.words.of("Prijs die telt, afgerond", "Price that counts, rounded");
                left = self.counted_column(head, formulas, index, true);
            }
            if let Some(kept) = self.prices.get_mut(index) {
                *kept = left;
            }
        }
    }

    /// A column of a price, checked once it is the price that counts.
    fn counted_column(
        &mut self,
        head: &str,
        formulas: Vec<Option<Formula>>,
        price: usize,
        is_counted: bool,
    ) -> Place {
        let outcomes = self.evaluation.outcomes.iter();
        let counted = outcomes.map(|outcome| outcome.parts.prices.get(price).filter(|_| is_counted).cloned());
        let counted: Vec<Option<Exact>> = counted.collect();
        self.column_against(head, formulas, counted)
    }

    /// What a criterion takes off: a level by its table, another by what it earns.
    fn discount(&self, index: usize, leaf: &Leaf) -> Option<Discount> {
        let own = self.own.get(index)?;
        let (measure, value) = match &leaf.content {
            Content::PsoLevel(table) => {
                let in_euros = table.measure == LevelMeasure::DiscountAmount;
                (if in_euros { DiscountMeasure::Amount } else { DiscountMeasure::Percent }, own.raw?)
            }
            _ => (leaf.discount?.measure, own.points?),
        };
        let cap = self.model.leaves.get(index).and_then(|of| of.cap);
        Some(Discount { name: leaf.name().to_owned(), measure, value, cap })
    }

    /// What a discount leaves of a price.
    fn less(&self, discount: &Discount, left: Place, bid_price: Place, bid: usize) -> Formula {
        let value = Formula::from(row(discount.value, bid));
        let before = Formula::from(row(left, bid));
        if discount.measure == DiscountMeasure::Amount {
            return before - value;
        }
        let order = self.lot.declared().model.discount_order;
        let of = match order {
            DiscountOrder::OneAfterAnother => left,
            DiscountOrder::EachOnBid => bid_price,
        };
        let part = Formula::from(row(of, bid)) * value.clone() / 100.0.into();
        match (discount.cap, order) {
            (Some(cap), _) => before - call(Function::Min, [part, cap.into()]),
            (None, DiscountOrder::OneAfterAnother) => before * (Formula::Number(1.0) - value / 100.0.into()),
            (None, DiscountOrder::EachOnBid) => before - part,
        }
    }
}
