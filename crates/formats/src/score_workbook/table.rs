//! A sheet with a row for each bid.

use super::book::{Book, Look, column};
use super::formula::{Place, Range};

/// The row that says whether a round more is needed.
pub(super) const ROUNDS: u32 = 1;
/// The row above the heads with the lower end of a corridor.
pub(super) const CORRIDOR: u32 = 2;
/// The row with the heads of the columns.
const HEADS: u32 = 6;
/// The row of the first bid.
const FIRST: u32 = HEADS + 1;
/// The row above the heads with the lowest of a column.
pub(super) const LOWEST: u32 = 3;
/// The row above the heads with the highest of a column.
pub(super) const HIGHEST: u32 = 4;
/// The row above the heads with the mean of a column.
pub(super) const MEAN: u32 = 5;
/// How wide a column with names is, in characters.
const NAMES: f64 = 30.0;
/// How wide another column is.
const NUMBERS: f64 = 15.0;

/// A sheet with a row for each bid. A column is known by the cell of its first bid.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// The index of the sheet.
    pub sheet: usize,
    next: u16,
    bids: usize,
}

impl Table {
    /// A sheet with the names of the bidders.
    pub fn begin(book: &mut Book, name: String, title: &str, bidder: &str, bidders: &[String]) -> Self {
        let sheet = book.add_sheet(name);
        book.text(Place { sheet, row: 0, column: 0 }, title, Look::Title);
        book.freeze(sheet, FIRST, 1);
        let mut table = Table { sheet, next: 0, bids: bidders.len() };
        let names = table.add(book, bidder);
        book.widen(sheet, names.column, NAMES);
        for (bid, name) in bidders.iter().enumerate() {
            book.text(row(names, bid), name, Look::Plain);
        }
        table
    }

    /// A new column with its head; the cell of the first bid.
    pub fn add(&mut self, book: &mut Book, head: &str) -> Place {
        let head_cell = Place { sheet: self.sheet, row: HEADS, column: self.next };
        book.text(head_cell, head, Look::Head);
        book.widen(self.sheet, self.next, NUMBERS);
        self.next = self.next.saturating_add(1);
        head_cell.in_row(FIRST)
    }

    /// The cells of a column over all bids.
    pub fn all(&self, first: Place) -> Range {
        column(first, row(first, self.bids.saturating_sub(1)).row)
    }
}

/// The cell of a bid in a column.
pub(super) fn row(first: Place, bid: usize) -> Place {
    first.in_row(FIRST.saturating_add(u32::try_from(bid).unwrap_or(u32::MAX)))
}
