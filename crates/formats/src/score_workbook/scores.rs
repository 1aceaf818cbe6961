//! The sheet with the scores: from the answers of a bid to its total, one column after another.

use trede_base::exact::{Exact, Half};
use trede_rules::award::{Evaluation, Lot, Outcome};

use super::bids_sheet::BidsSheet;
use super::book::{Book, Look, NOTHING};
use super::evaluate::Value;
use super::formula::{Formula, Place, Sign, call, either};
use super::function::Function;
use super::model_method::{RoundedAt, RoundedStages};
use super::model_sheet::ModelSheet;
use super::own::OwnColumns;
use super::table::{Table, row};
use super::words::Words;

/// How many digits of a number are compared: a spreadsheet has 15, of which sums leave the last in doubt.
const COMPARED_DIGITS: i32 = 12;

/// Writes the scores of a lot.
pub(super) struct Scores<'a> {
    pub book: &'a mut Book,
    pub lot: &'a Lot,
    pub evaluation: &'a Evaluation,
    pub model: &'a ModelSheet,
    pub given: &'a BidsSheet,
    pub words: Words,
    /// The sheet that is written on: the first of the scores, or that of a later round.
    pub table: Table,
    /// What each criterion earns by itself.
    pub own: Vec<OwnColumns>,
    /// The prices as they are compared, after a discount.
    pub prices: Vec<Place>,
    /// What a lot that is too large to be ranked by formulas is told by.
    pub lot_name: String,
}

impl Scores<'_> {
    /// How many bids there are.
    pub fn bids(&self) -> usize {
        self.lot.bids().len()
    }

    /// A column of formulas that come to what the engine says; where one does not, or where there is none, the value
    /// of the engine stands instead.
    pub fn checked_column(
        &mut self,
        head: &str,
        formulas: Vec<Option<Formula>>,
        exact: impl Fn(&Outcome) -> Option<Exact>,
    ) -> Place {
        let exact = self.evaluation.outcomes.iter().map(exact).collect();
        self.column_against(head, formulas, exact)
    }

    /// A column of formulas, each checked against the exact number where there is one.
    pub fn column_against(
        &mut self,
        head: &str,
        formulas: Vec<Option<Formula>>,
        exact: Vec<Option<Exact>>,
    ) -> Place {
        let column = self.table.add(self.book, head);
        let note = format!("{}: {head}", self.lot_name);
        for (bid, (formula, exact)) in formulas.into_iter().zip(exact).enumerate() {
            let place = row(column, bid);
            match (formula, exact) {
                (Some(formula), Some(exact)) => {
                    self.book.checked(place, formula, &exact, || note.clone());
                }
                (Some(formula), None) => {
                    self.book.formula(place, formula, Look::Number);
                }
                (None, Some(exact)) => {
                    self.book.taken(place, &exact);
                    if !self.book.notes.contains(&note) {
                        self.book.notes.push(note.clone());
                    }
                }
                (None, None) => {
                    self.book.text(place, NOTHING, Look::Plain);
                }
            }
        }
        column
    }

    /// The column of a criterion of this name rounded as the model declares: its share of the `full` weight, and then
    /// its score; the column itself where neither is rounded.
    pub fn rounded_column(
        &mut self,
        name: &str,
        column: Place,
        full: Option<Place>,
        counted: Option<Place>,
        exact: impl Fn(&Outcome) -> Option<Exact>,
    ) -> Place {
        let RoundedStages { share, criterion, .. } = self.model.rounding;
        let mut column = column;
        if let Some((at, full)) = share.zip(full) {
            let of = |cell: Place| {
                let share = Formula::from(cell) / full.into();
                rounded(share, at) * full.into()
            };
            let formulas = self.of_counted(column, counted, of);
            let head = format!("{name}: {}", self.words.of("deel afgerond", "share rounded"));
            column = match criterion {
                None => self.checked_column(&head, formulas, &exact),
                Some(_) => self.column_against(&head, formulas, vec![None; self.bids()]),
            };
        }
        if let Some(at) = criterion {
            let formulas = self.of_counted(column, counted, |cell| rounded(cell.into(), at));
            let head = format!("{name}: {}", self.words.of("afgerond", "rounded"));
            column = self.checked_column(&head, formulas, exact);
        }
        column
    }

    /// A formula over each cell of a column, of the bids for which `counted` holds 1.
    fn of_counted(
        &self,
        column: Place,
        counted: Option<Place>,
        of: impl Fn(Place) -> Formula,
    ) -> Vec<Option<Formula>> {
        let of_bid = |bid| {
            let formula = of(row(column, bid));
            Some(match counted {
                Some(counted) => self.where_one(counted, bid, formula),
                None => formula,
            })
        };
        (0..self.bids()).map(of_bid).collect()
    }

    /// Formulas rounded to as many digits as a spreadsheet can tell apart, so that numbers that are equal are equal.
    pub fn settled(&self, formulas: Vec<Formula>) -> Vec<Formula> {
        let sizes = formulas.iter().map(|formula| match self.book.value_of(formula) {
            Value::Number(_, size) if size.is_finite() => size,
            _ => 0.0,
        });
        let digits = Formula::Number(decimals_for(sizes.fold(0.0, f64::max)));
        formulas.into_iter().map(|formula| call(Function::Round, [formula, digits.clone()])).collect()
    }

    /// A column with what is compared, of the bids for which `counted` holds 1.
    pub fn settled_column(&mut self, head: &str, counted: Place, formulas: Vec<Formula>) -> Place {
        let settled = self.settled(formulas);
        let of_counted =
            settled.into_iter().enumerate().map(|(bid, formula)| self.where_one(counted, bid, formula));
        let of_counted = of_counted.collect();
        self.plain_column(head, of_counted)
    }

    /// The formula where `counted` holds 1 for the bid, else nothing.
    pub fn where_one(&self, counted: Place, bid: usize, formula: Formula) -> Formula {
        let counts = Formula::from(row(counted, bid)).pair(Sign::Equal, 1.0.into());
        either(counts, formula, Formula::Text(NOTHING.to_owned()))
    }
}

/// The decimals to which numbers up to `size` are compared.
pub(super) fn decimals_for(size: f64) -> f64 {
    let (mut size, mut decimals) = (size, COMPARED_DIGITS);
    while size >= 1.0 && decimals > 0 {
        size /= 10.0;
        decimals -= 1;
    }
    while size > 0.0 && size < 0.1 && decimals < 28 {
        size *= 10.0;
        decimals += 1;
    }
    f64::from(decimals)
}

/// A number rounded as is declared for a stage.
pub(super) fn rounded(number: Formula, at: RoundedAt) -> Formula {
    let decimals = Formula::from(at.decimals);
    match at.half {
        Half::Up => call(Function::Round, [number, decimals]),
        Half::Even => half_to_even(&number, &decimals),
    }
}

/// Rounds a half to the even digit, which no function of a spreadsheet does.
fn half_to_even(number: &Formula, decimals: &Formula) -> Formula {
    let shift = Formula::Number(10.0).pair(Sign::Power, decimals.clone());
    let whole = || call(Function::Round, [number.clone() * shift.clone(), 6.0.into()]);
    let rest = call(Function::Mod, [call(Function::Abs, [whole()]), 1.0.into()]);
    let is_half = rest.pair(Sign::Equal, 0.5.into());
    let to_even = Formula::Number(2.0) * call(Function::Round, [whole() / 2.0.into(), 0.0.into()]);
    either(is_half, to_even, call(Function::Round, [whole(), 0.0.into()])) / shift
}
