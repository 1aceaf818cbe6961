//! A lot brought to one denominator: what its bids earn by their own answers is a sum of whole numbers.
//!
//! Answers and slopes are short decimals or small fractions, so all points of a lot are whole numbers of one over
//! some denominator. A sum of products of words then costs a few nanoseconds where a sum of fractions costs a
//! hundred. Nothing is rounded and nothing wraps: a product of two words fits in 128 bits, sums are checked, and a
//! bid whose answers do not fit is scored in exact fractions, as [`own_scores`] does. Both ways give the same
//! numbers; which one was taken cannot be seen in a result.
//!
//! [`own_scores`]: super::scoring::own_scores

mod column;
mod own;

use super::bid::Bid;
use super::check::DeclaredModel;
use super::layout::Role;
use column::{Column, Held};
pub(super) use own::{Own, asked_price};
use trede_base::exact::{Denominator, Half};

/// The answers of a lot as whole numbers, one row for each bid.
#[derive(Clone, Debug)]
pub(super) struct WholeNumbers {
    /// Points are whole numbers of one over this.
    denominator: Denominator,
    columns: Vec<Column>,
    /// A column for each leaf, or none where it has no points of its own.
    of_leaf: Vec<Option<usize>>,
    /// As many for each bid as there are columns.
    cells: Vec<i64>,
    /// Which bids fit; the cells of the others mean nothing.
    fits: Vec<bool>,
    /// Decimals to which the points of a criterion are rounded, and how.
    rounding: Option<(u32, Half)>,
    has_discount: bool,
}

impl WholeNumbers {
    /// The lot in whole numbers; none where a criterion has no line in them, or no denominator fits.
    pub fn of(declared: &DeclaredModel, bids: &[Bid]) -> Option<Self> {
        let layout = &declared.layout;
        let mut columns = Vec::with_capacity(layout.leaves.len());
        let mut of_leaf = vec![None; layout.leaves.len()];
        for (index, (leaf, place)) in layout.leaves.iter().zip(&mut of_leaf).enumerate() {
            let held = match leaf.role {
                Role::Quality => Held::Alone,
                Role::InNode(node) => Held::AgainstBest(node),
                Role::Price(_) | Role::Discount | Role::Fixed | Role::RelativeNumber(_) => continue,
            };
            *place = Some(columns.len());
            columns.push(Column::of(index, leaf, held, bids)?);
        }
        let rounding = declared.model.rounding.of_criteria();
        let tenths = rounding.map_or(Some(1), |(decimals, _)| 10_i64.checked_pow(decimals))?;
        let mut denominator = Denominator::ONE.and(tenths)?;
        for column in &columns {
            denominator = denominator.and(column.unit()?)?;
        }
        for column in &mut columns {
            column.bring_to(denominator)?;
        }
        let mut whole = WholeNumbers {
            denominator,
            cells: Vec::with_capacity(bids.len().saturating_mul(columns.len())),
            fits: Vec::with_capacity(bids.len()),
            columns,
            of_leaf,
            rounding,
            has_discount: layout.leaves.iter().any(|leaf| leaf.role == Role::Discount),
        };
        for bid in bids {
            let start = whole.cells.len();
            let fits = whole.columns.iter().all(|column| {
                let cell = column.cell(declared, bid);
                whole.cells.extend(cell);
                cell.is_some()
            });
            whole.cells.resize(start + whole.columns.len(), 0);
            whole.fits.push(fits && own::fits_otherwise(declared, bid));
        }
        Some(whole)
    }

    /// How many bids are scored in whole numbers.
    pub fn count(&self) -> usize {
        self.fits.iter().filter(|fits| **fits).count()
    }

    /// What the bid with this index has by its own answers; none where it does not fit.
    pub fn of_bid<'a>(&'a self, declared: &'a DeclaredModel, bid: &'a Bid, index: usize) -> Option<Own<'a>> {
        let width = self.columns.len();
        let start = index.checked_mul(width)?;
        let cells = self.cells.get(start..start.checked_add(width)?)?;
        self.fits.get(index).filter(|fits| **fits)?;
        Some(Own { whole: self, declared, bid, cells })
    }

    /// The row of a bid that is not in the lot; none where it does not fit.
    pub fn row_of(&self, declared: &DeclaredModel, bid: &Bid) -> Option<Vec<i64>> {
        let row: Option<Vec<i64>> = self.columns.iter().map(|column| column.cell(declared, bid)).collect();
        row.filter(|_| own::fits_otherwise(declared, bid))
    }

    /// What a bid with this row has by its own answers.
    pub fn of_row<'a>(&'a self, declared: &'a DeclaredModel, bid: &'a Bid, cells: &'a [i64]) -> Own<'a> {
        Own { whole: self, declared, bid, cells }
    }
}
