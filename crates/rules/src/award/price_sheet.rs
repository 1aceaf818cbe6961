//! A price sheet (inschrijfstaat): unit prices times the quantities of the buyer.

use rust_decimal::Decimal;

use crate::explaining::{Rule, Terms};
use trede_base::exact::{Exact, Half};
use trede_base::money::Price;

/// The lines of a price sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceSheet {
    /// The lines.
    pub lines: Vec<SheetLine>,
    /// Each line is rounded half up to so many decimals before the sum; none for no rounding.
    pub line_decimals: Option<u32>,
}

/// A line: what a bidder prices for one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetLine {
    /// Identifier under which bids give the unit price.
    pub id: String,
    /// How many units the buyer counts with.
    pub quantity: Decimal,
}

impl PriceSheet {
    /// The price of a bid: Σ q·p, with every step told.
    pub(super) fn price(&self, prices: &[Price], tell: &mut dyn FnMut(Rule, Terms, Exact)) -> Exact {
        let mut amounts = Vec::with_capacity(prices.len());
        for (line, price) in self.lines.iter().zip(prices) {
            let (quantity, price) = (Exact::from(line.quantity), Exact::from(*price));
            let mut amount = quantity.times(&price);
            tell(Rule::SheetLine, Terms::of([quantity, price]), amount.clone());
            if let Some(decimals) = self.line_decimals {
                let rounded = amount.rounded(decimals, Half::Up);
                let terms = Terms::of([amount, Exact::from(Decimal::from(decimals))]);
                tell(Rule::SheetLineRounded, terms, rounded.clone());
                amount = rounded;
            }
            amounts.push(amount);
        }
        let sum = Exact::sum(&amounts);
        tell(Rule::SheetSum, Terms::list(amounts), sum.clone());
        sum
    }
}
