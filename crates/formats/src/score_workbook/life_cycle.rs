//! The price by a price sheet, and the present value of a cost over the life cycle: with a column for each part.

use trede_rules::award::bid::Answer;
use trede_rules::award::criterion::Content;
use trede_rules::award::layout::Leaf;
use trede_rules::award::life_cycle_cost::{LifeCycleCosts, LifeCycleTerms, Moment, Payment};
use trede_rules::award::present_value::Interest;

use super::bids_costs::{GivenCosts, GivenPayment};
use super::engine;
use super::formula::{Formula, Place, Range, Sign, call};
use super::function::Function;
use super::model_costs::{LifeCyclePlaces, SheetPlaces};
use super::scores::Scores;
use super::table::row;

impl Scores<'_> {
    /// The price by a price sheet: the amount of each line, and their sum.
    pub fn sheet_price(&mut self, index: usize, leaf: &Leaf, of: &SheetPlaces, prices: &[Place]) -> Place {
        let mut amounts = Vec::with_capacity(prices.len());
        for (line, (quantity, price)) in of.quantities.iter().zip(prices).enumerate() {
            let head = format!("{}: {} {}", leaf.name(), self.words.of("regel", "line"), line + 1);
            let amount = |bid| {
                let amount = Formula::from(*quantity) * row(*price, bid).into();
                match of.decimals {
                    Some(decimals) => call(Function::Round, [amount, decimals.into()]),
                    None => amount,
                }
            };
            let formulas = (0..self.bids()).map(amount).collect();
            amounts.push(self.plain_column(&head, formulas));
        }
        let head = format!("{}: {}", leaf.name(), self.words.of("som van de regels", "sum of the lines"));
        let formulas = (0..self.bids()).map(|bid| Some(sum_across(&amounts, bid))).collect();
        self.checked_column(&head, formulas, |outcome| engine::raw(outcome, index))
    }

    /// P0 + Σ C / (1 + r)^t − residual / (1 + r)^n, each part in a column.
    pub fn present_value(
        &mut self,
        index: usize,
        leaf: &Leaf,
        of: &LifeCyclePlaces,
        given: &GivenCosts,
    ) -> Option<Place> {
        let Content::LifeCycleCost { terms, .. } = &leaf.content else { return None };
        let last = *of.divisors.last()?;
        let each_year = self.uses(leaf, terms, of, given, true);
        // From here on the columns stand beside each other, for one sum over all of them.
        let mut parts = self.uses(leaf, terms, of, given, false);
        for (period, divisor) in of.divisors.iter().enumerate() {
            let costs = given.periods.get(period).copied();
            if costs.is_none() && each_year.is_empty() {
                continue;
            }
            let length = of.lengths.get(period).copied();
            let part = |cost: Formula| match length {
                Some(length) => cost * length.into() / of.in_a_year.into(),
                None => cost,
            };
            let value = |bid: usize| {
                let per_year = self.costs_of(index, bid).is_some_and(|costs| costs.per_year);
                let own = costs.map(|column| row(column, bid));
                let own = own.filter(|cell| self.book.number_at(*cell).is_some()).map(Formula::from);
                let own = own.map(|cost| if per_year { part(cost) } else { cost });
                let used = (!each_year.is_empty()).then(|| part(sum_across(&each_year, bid)));
                let cost = own.into_iter().chain(used).reduce(|sum, cost| sum + cost);
                cost.unwrap_or(Formula::Number(0.0)) / (*divisor).into()
            };
            let formulas = (0..self.bids()).map(value).collect();
            let of_period = match length {
                Some(_) => self.words.of("contante waarde van periode", "present value of period"),
                None => self.words.of("contante waarde van jaar", "present value of year"),
            };
            parts.push(self.plain_column(&format!("{}: {of_period} {}", leaf.name(), period + 1), formulas));
        }
        for (number, columns) in given.payments.iter().enumerate() {
            let value = |bid: usize| {
                let payment = self.costs_of(index, bid).and_then(|costs| costs.payments.get(number));
                let value = payment.and_then(|payment| payment_today(terms, of, payment, columns, bid));
                value.unwrap_or(Formula::Number(0.0))
            };
            let formulas = (0..self.bids()).map(value).collect();
            let what = self.words.of("contante waarde van betaling", "present value of payment");
            parts.push(self.plain_column(&format!("{}: {what} {}", leaf.name(), number + 1), formulas));
        }
        let value = |bid: usize| {
            let residual = Formula::from(row(given.residual, bid)) / last.into();
            Some(Formula::from(row(given.purchase, bid)) + sum_across(&parts, bid) - residual)
        };
        let head = format!("{}: {}", leaf.name(), self.words.of("contante waarde", "present value"));
        let formulas = (0..self.bids()).map(value).collect();
        Some(self.checked_column(&head, formulas, |outcome| engine::raw(outcome, index)))
    }

    fn costs_of(&self, leaf: usize, bid: usize) -> Option<&LifeCycleCosts> {
        match self.lot.bid(bid)?.answers.get(leaf)? {
            Answer::Costs(costs) => Some(costs),
            _ => None,
        }
    }

    /// What the use costs: that which returns each year, or that which does not.
    fn uses(
        &mut self,
        leaf: &Leaf,
        terms: &LifeCycleTerms,
        of: &LifeCyclePlaces,
        given: &GivenCosts,
        each_year: bool,
    ) -> Vec<Place> {
        let lines = terms.usage.iter().zip(&of.usage).zip(&given.usage);
        let mut columns = Vec::new();
        for ((line, (quantity, unit_cost)), used) in lines.filter(|((line, _), _)| line.yearly == each_year) {
            let what = if each_year {
                self.words.of("kosten per jaar van", "cost a year of")
            } else {
                self.words.of("kosten van", "cost of")
            };
            let cost = |bid| Formula::from(row(*used, bid)) * (*quantity).into() * Formula::from(*unit_cost);
            let formulas = (0..self.bids()).map(cost).collect();
            columns.push(self.plain_column(&format!("{}: {what} {}", leaf.name(), line.id), formulas));
        }
        columns
    }
}

/// What a payment is worth today.
fn payment_today(
    terms: &LifeCycleTerms,
    of: &LifeCyclePlaces,
    payment: &Payment,
    columns: &GivenPayment,
    bid: usize,
) -> Option<Formula> {
    let mut amount = Formula::from(row(columns.amount, bid));
    if payment.quantity.is_some() {
        amount = amount * row(columns.quantity?, bid).into();
    }
    if payment.part.is_some() {
        amount = amount * row(columns.part?, bid).into();
    }
    let divisor = match payment.moment {
        Moment::EndOf(period) => Formula::from(*of.divisors.get(period)?),
        Moment::After(_) => {
            let time = || Formula::from(row(columns.time, bid));
            let rate = || Formula::from(of.rate) / 100.0.into();
            let yearly = Formula::Number(1.0) + rate();
            match terms.discounting.interest() {
                Interest::Compound => yearly.pair(Sign::Power, time()),
                Interest::Simple => {
                    let rest = || call(Function::Mod, [time(), 1.0.into()]);
                    yearly.pair(Sign::Power, time() - rest()) * (Formula::Number(1.0) + rate() * rest())
                }
            }
        }
    };
    Some(amount / divisor)
}

/// The sum of columns that stand beside each other.
fn sum_across(columns: &[Place], bid: usize) -> Formula {
    match (columns.first(), columns.last()) {
        (Some(first), Some(last)) if first != last => {
            call(Function::Sum, [Range { first: row(*first, bid), last: row(*last, bid) }.into()])
        }
        (Some(only), _) => row(*only, bid).into(),
        (None, _) => Formula::Number(0.0),
    }
}
