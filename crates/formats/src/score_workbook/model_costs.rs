//! What the buyer declares of a cost over the life cycle and of a price sheet: periods, interest, use, quantities.

use trede_base::exact::Exact;
use trede_rules::award::life_cycle_cost::LifeCycleTerms;
use trede_rules::award::present_value::{Interest, Periods};
use trede_rules::award::price_sheet::PriceSheet;

use super::book::{Book, Look};
use super::formula::{Formula, Place, Range, Sign, call};
use super::function::Function;
use super::model_sheet::ModelSheet;
use super::words::Words;

/// Where the numbers of a life cycle stand.
#[derive(Clone, Debug)]
pub(super) struct LifeCyclePlaces {
    /// The rate in percent a year.
    pub rate: Place,
    /// The length of each period in days or months; none where they are whole years.
    pub lengths: Vec<Place>,
    /// How many of those make a year.
    pub in_a_year: f64,
    /// By what a cost at the end of each period is divided.
    pub divisors: Vec<Place>,
    /// The quantity and the cost of one unit of each use.
    pub usage: Vec<(Place, Place)>,
}

/// Where the numbers of a price sheet stand.
#[derive(Clone, Debug)]
pub(super) struct SheetPlaces {
    /// The quantity of each line.
    pub quantities: Vec<Place>,
    /// The decimals to which each line is rounded.
    pub decimals: Option<Place>,
}

impl ModelSheet {
    /// Writes the quantities of a price sheet.
    pub fn price_sheet(
        &mut self,
        book: &mut Book,
        name: &str,
        sheet: &PriceSheet,
        words: Words,
    ) -> SheetPlaces {
        let quantity = words.of("hoeveelheid", "quantity");
        let lines = sheet.lines.iter();
        let quantities = lines
            .map(|line| {
                self.number(book, name, &format!("{}: {quantity}", line.id), &Exact::from(line.quantity))
            })
            .collect();
        let decimals = sheet.line_decimals.map(|decimals| {
            let what = words.of("decimalen van een regel", "decimals of a line");
            self.number(book, name, what, &Exact::from(rust_decimal::Decimal::from(decimals)))
        });
        SheetPlaces { quantities, decimals }
    }

    /// Writes the terms of a life cycle, and from them by what a later cost is divided.
    pub fn life_cycle(
        &mut self,
        book: &mut Book,
        name: &str,
        terms: &LifeCycleTerms,
        words: Words,
    ) -> LifeCyclePlaces {
        let discounting = &terms.discounting;
        let what = words.of("discontovoet in % per jaar (r)", "discount rate in % a year (r)");
        let rate = self.number(book, name, what, &Exact::from(discounting.rate_percent()));
        let (unit, in_a_year, lengths) = match discounting.periods() {
            Periods::Years(_) => ("", 1.0, &[][..]),
            Periods::Days(days) => (words.of("dagen", "days"), 365.0, days.as_slice()),
            Periods::Months(months) => (words.of("maanden", "months"), 12.0, months.as_slice()),
        };
        let period = words.of("periode", "period");
        let lengths: Vec<Place> = (1_u32..)
            .zip(lengths)
            .map(|(number, length)| {
                let length = Exact::from(rust_decimal::Decimal::from(*length));
                self.number(book, name, &format!("{period} {number}: {unit}"), &length)
            })
            .collect();
        let mut divisors: Vec<Place> = Vec::with_capacity(discounting.count());
        for number in 1..=discounting.count() {
            let yearly = Formula::Number(1.0) + Formula::from(rate) / 100.0.into();
            let formula = match (lengths.first(), lengths.get(number - 1), discounting.interest()) {
                (Some(first), Some(last), Interest::Compound) => {
                    let passed = Range { first: *first, last: *last };
                    yearly.pair(Sign::Power, call(Function::Sum, [passed.into()]) / in_a_year.into())
                }
                (_, Some(length), Interest::Simple) => {
                    let part = Formula::from(*length) / in_a_year.into();
                    let own = Formula::Number(1.0) + Formula::from(rate) / 100.0.into() * part;
                    divisors.last().map_or(own.clone(), |before| Formula::from(*before) * own)
                }
                _ => yearly.pair(Sign::Power, f64::from(u32::try_from(number).unwrap_or(u32::MAX)).into()),
            };
            let of = if unit.is_empty() { words.of("jaar", "year") } else { period };
            let what = words.of("deler aan het eind van", "divisor at the end of");
            divisors.push(self.formula(book, name, &format!("{what} {of} {number}"), formula));
        }
        let usage = terms.usage.iter().map(|line| {
            let what = |what| format!("{}: {what}", line.id);
            let quantity = what(words.of("hoeveelheid", "quantity"));
            let quantity = self.number(book, name, &quantity, &Exact::from(line.quantity));
            let unit_cost = what(words.of("kosten per eenheid", "cost of one unit"));
            (quantity, self.number(book, name, &unit_cost, &Exact::from(line.unit_cost)))
        });
        let usage = usage.collect();
        LifeCyclePlaces { rate, lengths, in_a_year, divisors, usage }
    }

    fn formula(&mut self, book: &mut Book, of: &str, what: &str, formula: Formula) -> Place {
        let place = self.begin(book, of, what);
        book.formula(place, formula, Look::Number)
    }
}
