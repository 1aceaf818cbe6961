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
mod guard;
mod own;

use super::bid::Bid;
use super::check::DeclaredModel;
use super::counted_price::{counted_prices, counts_as_bid, how_many, price_as_bid};
use super::layout::Role;
use super::rounding::{Decimals, Stages};
use column::{Column, Held};
use guard::Guard;
pub(super) use own::Own;
use trede_base::exact::{Denominator, Exact};

/// The answers of a lot as whole numbers, one row for each bid.
#[derive(Clone, Debug)]
pub(super) struct WholeNumbers {
    scale: WholeScale,
    rows: Rows,
    /// Which bids fit; the rows of the others mean nothing.
    fits: Vec<bool>,
}

/// How the answers of a lot become whole numbers.
#[derive(Clone, Debug)]
struct WholeScale {
    /// Points are whole numbers of one over this.
    denominator: Denominator,
    columns: Vec<Column>,
    /// The column of each leaf; none where it has no points of its own.
    of_leaf: Vec<Option<usize>>,
    /// What can exclude a bid, where these are bounds on its answers.
    guards: Option<Vec<Guard>>,
    /// How many prices a bid has as they count.
    prices: usize,
    /// Whether these are the prices that were bid.
    prices_as_bid: bool,
    /// Decimals to which the points of a criterion are rounded, and how.
    rounding: Option<Decimals>,
    /// Whether points add up as they are: none is rounded, or held against the best bid first.
    is_plain: bool,
}

/// Rows, one behind the other.
#[derive(Clone, Debug, Default)]
struct Rows {
    /// The answers by column, and then by guard.
    cells: Vec<i64>,
    /// The prices as they count: exact numbers, for a price after a discount is a fraction as often as not.
    prices: Vec<Exact>,
}

impl WholeNumbers {
    /// The lot in whole numbers; none where a criterion has no line in them, or no denominator fits.
    pub fn of(declared: &DeclaredModel, bids: &[Bid]) -> Option<Self> {
        let scale = WholeScale::of(declared, bids)?;
        let (width, prices) = (scale.width(), scale.prices);
        let mut rows = Rows {
            cells: Vec::with_capacity(bids.len().checked_mul(width)?),
            prices: Vec::with_capacity(bids.len().checked_mul(prices)?),
        };
        let mut fits = Vec::with_capacity(bids.len());
        for (index, bid) in bids.iter().enumerate() {
            fits.push(scale.add(&mut rows, declared, bid).is_some());
            rows.cells.resize((index + 1).checked_mul(width)?, 0);
            rows.prices.resize((index + 1).checked_mul(prices)?, Exact::ZERO);
        }
        Some(WholeNumbers { scale, rows, fits })
    }

    /// How many bids are scored in whole numbers.
    pub fn count(&self) -> usize {
        self.fits.iter().filter(|fits| **fits).count()
    }

    /// What the bid with this index has by its own answers; none where it does not fit.
    #[inline]
    pub fn of_bid<'a>(&'a self, declared: &'a DeclaredModel, bid: &'a Bid, index: usize) -> Option<Own<'a>> {
        self.fits.get(index).filter(|fits| **fits)?;
        let (width, prices) = (self.scale.width(), self.scale.prices);
        let cells = self.rows.cells.get(width.checked_mul(index)?..)?.get(..width)?;
        let prices = self.rows.prices.get(prices.checked_mul(index)?..)?.get(..prices)?;
        Some(Own { scale: &self.scale, declared, bid, cells, prices })
    }

    /// Does something with what a bid that is not in the lot has by its own answers; none where it does not fit.
    pub fn with_other<T>(
        &self,
        declared: &DeclaredModel,
        bid: &Bid,
        then: impl FnOnce(&Own<'_>) -> Option<T>,
    ) -> Option<T> {
        let mut row = Rows::default();
        self.scale.add(&mut row, declared, bid)?;
        then(&Own { scale: &self.scale, declared, bid, cells: &row.cells, prices: &row.prices })
    }
}

impl WholeScale {
    fn of(declared: &DeclaredModel, bids: &[Bid]) -> Option<Self> {
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
        // A share that is rounded is no whole number of what answers are.
        let Stages { share: None, criterion: rounding, .. } = declared.model.rounding.stages() else {
            return None;
        };
        let step = rounding.map_or(Some(1), |at| 10_i64.checked_pow(at.decimals))?;
        let mut denominator = Denominator::ONE.and(step)?;
        for column in &columns {
            denominator = denominator.and(column.unit()?)?;
        }
        for column in &mut columns {
            column.bring_to(denominator)?;
        }
        let judged_otherwise = !declared.model.knock_outs.is_empty();
        Some(WholeScale {
            denominator,
            columns,
            of_leaf,
            guards: Guard::all(layout, bids).filter(|_| !judged_otherwise),
            prices: how_many(&declared.model, layout),
            prices_as_bid: counts_as_bid(&declared.model, layout),
            rounding,
            is_plain: rounding.is_none() && layout.nodes.is_empty(),
        })
    }

    /// How many cells a row has.
    #[inline]
    fn width(&self) -> usize {
        self.columns.len() + self.guards.as_ref().map_or(0, Vec::len)
    }

    /// Adds the row of a bid; none where a part of it does not fit.
    fn add(&self, rows: &mut Rows, declared: &DeclaredModel, bid: &Bid) -> Option<()> {
        for column in &self.columns {
            rows.cells.push(column.cell(declared, bid)?);
        }
        for guard in self.guards.iter().flatten() {
            rows.cells.push(guard.cell(bid)?);
        }
        if self.prices_as_bid {
            for leaf in &declared.layout.prices {
                let (leaf, answer) = (declared.layout.leaves.get(*leaf)?, bid.answers.get(*leaf)?);
                rows.prices.push(price_as_bid(leaf, answer)?);
            }
        } else {
            rows.prices.extend(counted_prices(declared, bid));
        }
        own::has_numbers(declared, bid).then_some(())
    }
}
