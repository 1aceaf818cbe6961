//! What bids answered on a cost over the life cycle and on a price sheet.

use trede_base::exact::Exact;
use trede_rules::award::bid::Answer;
use trede_rules::award::layout::Leaf;
use trede_rules::award::life_cycle_cost::{LifeCycleCosts, LifeCycleTerms, Moment, PartOfYear, Payment};
use trede_rules::award::price_sheet::PriceSheet;

use super::bids_sheet::Writing;
use super::book::Look;
use super::formula::{Formula, Place};
use super::table::row;

/// The columns of a cost over the life cycle.
#[derive(Clone, Debug)]
pub(super) struct GivenCosts {
    /// The purchase.
    pub purchase: Place,
    /// The cost of each period; none where nobody gave them.
    pub periods: Vec<Place>,
    /// What is used, for each line of the terms.
    pub usage: Vec<Place>,
    /// The payments at one moment.
    pub payments: Vec<GivenPayment>,
    /// The residual value.
    pub residual: Place,
}

/// The columns of a payment.
#[derive(Clone, Copy, Debug)]
pub(super) struct GivenPayment {
    /// The amount.
    pub amount: Place,
    /// How many times.
    pub quantity: Option<Place>,
    /// For which part of a year, where the amount is that of a year.
    pub part: Option<Place>,
    /// How many years after the start it falls.
    pub time: Place,
}

impl Writing<'_> {
    /// Writes the unit price of each line of a price sheet.
    pub fn unit_prices(
        &mut self,
        leaf: &Leaf,
        sheet: &PriceSheet,
        answers: &[Option<&Answer>],
    ) -> Vec<Place> {
        let mut columns = Vec::with_capacity(sheet.lines.len());
        for (index, line) in sheet.lines.iter().enumerate() {
            let column = self.add(&format!("{}: {}", leaf.name(), line.id));
            for (bid, answer) in answers.iter().enumerate() {
                if let Some(Answer::Sheet(prices)) = answer
                    && let Some(price) = prices.get(index)
                {
                    self.book.amount(row(column, bid), &Exact::from(*price));
                }
            }
            columns.push(column);
        }
        columns
    }

    /// Writes the costs over the life cycle.
    pub fn costs(&mut self, leaf: &Leaf, terms: &LifeCycleTerms, answers: &[Option<&Answer>]) -> GivenCosts {
        let costs: Vec<Option<&LifeCycleCosts>> = answers
            .iter()
            .map(|answer| match answer {
                Some(Answer::Costs(costs)) => Some(&**costs),
                _ => None,
            })
            .collect();
        let name = leaf.name().to_owned();
        let of = |what: &str| format!("{name}: {what}");
        let words = self.words;
        let purchase = self.amounts(&of(words.of("aanschaf", "purchase")), &costs, |costs| {
            Some(Exact::from(costs.purchase))
        });
        let has_periods = costs.iter().flatten().any(|costs| !costs.yearly.is_empty());
        let count = if has_periods { terms.discounting.count() } else { 0 };
        let in_years = terms.discounting.length(0).is_none();
        let period = if in_years { words.of("jaar", "year") } else { words.of("periode", "period") };
        let periods = (0..count).map(|index| {
            self.amounts(&of(&format!("{period} {}", index + 1)), &costs, |costs| {
                costs.yearly.get(index).map(|cost| Exact::from(*cost))
            })
        });
        let periods = periods.collect();
        let usage = terms.usage.iter().enumerate().map(|(index, line)| {
            let head = of(&format!("{} {}", words.of("verbruik", "use of"), line.id));
            self.amounts(&head, &costs, |costs| costs.usage.get(index).map(|used| Exact::from(*used)))
        });
        let usage = usage.collect();
        let most = costs.iter().flatten().map(|costs| costs.payments.len()).max().unwrap_or(0);
        let payments = (0..most).map(|index| self.payment(&name, index, &costs)).collect();
        let residual = self.amounts(&of(words.of("restwaarde", "residual value")), &costs, |costs| {
            Some(Exact::from(costs.residual))
        });
        GivenCosts { purchase, periods, usage, payments, residual }
    }

    fn amounts(
        &mut self,
        head: &str,
        costs: &[Option<&LifeCycleCosts>],
        of: impl Fn(&LifeCycleCosts) -> Option<Exact>,
    ) -> Place {
        let column = self.add(head);
        for (bid, costs) in costs.iter().enumerate() {
            if let Some(amount) = costs.and_then(&of) {
                self.book.amount(row(column, bid), &amount);
            }
        }
        column
    }

    fn payment(&mut self, name: &str, index: usize, costs: &[Option<&LifeCycleCosts>]) -> GivenPayment {
        let words = self.words;
        let of = |what: &str| format!("{name}: {} {}, {what}", words.of("betaling", "payment"), index + 1);
        let payments: Vec<Option<&Payment>> =
            costs.iter().map(|costs| costs.and_then(|costs| costs.payments.get(index))).collect();
        let amount = self.amounts(&of(words.of("bedrag", "amount")), costs, |costs| {
            costs.payments.get(index).map(|payment| Exact::from(payment.amount))
        });
        let has_quantity = payments.iter().flatten().any(|payment| payment.quantity.is_some());
        let quantity = has_quantity.then(|| {
            self.amounts(&of(words.of("aantal", "quantity")), costs, |costs| {
                costs.payments.get(index).and_then(|payment| payment.quantity).map(Exact::from)
            })
        });
        let has_part = payments.iter().flatten().any(|payment| payment.part.is_some());
        let part = has_part.then(|| {
            let column = self.add(&of(words.of("deel van een jaar", "part of a year")));
            for (bid, payment) in payments.iter().enumerate() {
                if let Some(part) = payment.and_then(|payment| payment.part) {
                    self.book.formula(row(column, bid), in_years(part), Look::Given);
                }
            }
            column
        });
        let time = self.add(&of(words.of("jaren na het begin", "years after the start")));
        for (bid, payment) in payments.iter().enumerate() {
            match payment.map(|payment| payment.moment) {
                Some(Moment::After(passed)) => {
                    self.book.formula(row(time, bid), in_years(passed), Look::Given);
                }
                Some(Moment::EndOf(period)) => {
                    let end = words.of("einde van periode", "end of period");
                    self.book.text(row(time, bid), &format!("{end} {}", period + 1), Look::Given);
                }
                None => {}
            }
        }
        GivenPayment { amount, quantity, part, time }
    }
}

fn in_years(part: PartOfYear) -> Formula {
    Formula::Number(f64::from(part.count())) / f64::from(part.in_a_year()).into()
}
