//! What is held against the other bids, and the total. Where bids fall below the minimum and the others are scored
//! anew without them, each round has a sheet of its own.

use trede_base::exact::Exact;
use trede_rules::award::Outcome;
use trede_rules::award::layout::Role;
use trede_rules::award::model::Method;

use super::admission::switch;
use super::book::Look;
use super::formula::{Formula, Place, Sign, call, either};
use super::function::Function;
use super::scores::Scores;
use super::table::{HIGHEST, LOWEST, MEAN, row};

/// The columns of a round.
#[derive(Clone, Debug, Default)]
pub(super) struct Round {
    /// The score of each criterion as it counts.
    pub declared: Vec<Option<Place>>,
    /// The points or value besides the price.
    pub quality: Option<Place>,
    /// The total as it counts.
    pub total: Option<Place>,
    /// The total as it is compared.
    pub compared: Option<Place>,
    /// Who is left: in the last round, who is ranked.
    pub stays: Option<Place>,
}

/// The lowest and highest cell of a column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    /// The lowest.
    pub lowest: Place,
    /// The highest.
    pub highest: Place,
}

impl Scores<'_> {
    /// Writes a round of the bids that are `compared`.
    pub fn round(&mut self, compared: Place, is_last: bool) -> Round {
        let mut round =
            Round { declared: self.own.iter().map(|own| own.declared).collect(), ..Round::default() };
        let mut parts: Vec<Place> = Vec::new();
        let leaves = &self.lot.declared().layout.leaves;
        for (leaf, own) in leaves.iter().zip(&self.own) {
            if leaf.role == Role::Quality {
                parts.extend(own.declared);
            }
        }
        self.nodes(compared, is_last, &mut round, &mut parts);
        self.numbers(compared, is_last, &mut round, &mut parts);
        let quality = self.quality(compared, is_last, &parts);
        round.quality = Some(quality);
        let prices = self.price_points(compared, is_last, &mut round);
        let with_total = self.with_total(compared, quality);
        let total = self.total(with_total, is_last, quality, &prices);
        round.total = Some(total);
        let formulas = (0..self.bids()).map(|bid| Formula::from(row(total, bid))).collect();
        let settled = self.settled_column(
            self.words.of("Totaal om te vergelijken", "Total to compare"),
            with_total,
            formulas,
        );
        round.compared = Some(settled);
        round.stays = Some(self.stays(compared, is_last, settled, quality));
        round
    }

    /// A column of the bids that are compared, with its lowest and highest above it.
    pub fn ends(&mut self, head: &str, compared: Place, of: impl Fn(&Self, usize) -> Formula) -> Ends {
        let formulas = (0..self.bids()).map(|bid| self.where_one(compared, bid, of(self, bid))).collect();
        let column = self.plain_column(head, formulas);
        let range = || Formula::from(self.table.all(column));
        let (lowest, highest) = (call(Function::Min, [range()]), call(Function::Max, [range()]));
        let label = Place { sheet: self.table.sheet, row: LOWEST, column: 0 };
        self.book.text(
            label,
            self.words.of("Laagste in de vergelijking", "Lowest in the comparison"),
            Look::Plain,
        );
        self.book.text(
            label.in_row(HIGHEST),
            self.words.of("Hoogste in de vergelijking", "Highest in the comparison"),
            Look::Plain,
        );
        Ends {
            lowest: self.book.formula(column.in_row(LOWEST), lowest, Look::Number),
            highest: self.book.formula(column.in_row(HIGHEST), highest, Look::Number),
        }
    }

    /// The mean of the column whose ends these are.
    pub fn mean(&mut self, ends: Ends) -> Place {
        let place = ends.lowest.in_row(MEAN);
        let label = Place { column: 0, ..place };
        let what = self.words.of("Gemiddelde in de vergelijking", "Mean in the comparison");
        self.book.text(label, what, Look::Plain);
        let range = || Formula::from(self.table.all(row(ends.lowest, 0)));
        let is_empty = call(Function::Count, [range()]).pair(Sign::Equal, 0.0.into());
        let mean = either(is_empty, 0.0.into(), call(Function::Average, [range()]));
        self.book.formula(place, mean, Look::Number)
    }

    /// A column that only bids have which are compared; checked in the last round.
    pub fn relative(
        &mut self,
        head: &str,
        compared: Place,
        is_last: bool,
        of: impl Fn(&Self, usize) -> Option<Formula>,
        exact: impl Fn(&Outcome) -> Option<Exact>,
    ) -> Place {
        let of_bid = |bid| of(self, bid).map(|formula| self.where_one(compared, bid, formula));
        let formulas = (0..self.bids()).map(of_bid).collect();
        let outcomes = self.evaluation.outcomes.iter().enumerate();
        let exact = outcomes.map(|(bid, outcome)| {
            let is_checked = is_last && self.book.number_at(row(compared, bid)) == Some(1.0);
            is_checked.then(|| exact(outcome)).flatten()
        });
        let exact = exact.collect();
        self.column_against(head, formulas, exact)
    }

    /// The points or value besides the price.
    fn quality(&mut self, compared: Place, is_last: bool, parts: &[Place]) -> Place {
        let head = if self.lot.declared().model.method.values_in_euros() {
            self.words.of("Waarde van de kwaliteit (V)", "Value of the quality (V)")
        } else {
            self.words.of("Punten naast de prijs (L)", "Points besides the price (L)")
        };
        let sum = |scores: &Self, bid| Some(scores.sum(parts, bid));
        self.relative(head, compared, is_last, sum, |outcome| Some(outcome.quality.clone()))
    }

    /// Who is left after this round.
    fn stays(&mut self, compared: Place, is_last: bool, total: Place, quality: Place) -> Place {
        let declared = self.lot.declared();
        let minimum = self.model.minimum_total;
        let needs_points = declared.model.method == Method::PricePerPoint;
        let stays = |bid: usize| {
            let mut stays = Formula::from(row(compared, bid)).pair(Sign::Equal, 1.0.into());
            let and = |before: Formula, condition: Formula| {
                either(before, either(condition, 1.0.into(), 0.0.into()), 0.0.into())
                    .pair(Sign::Equal, 1.0.into())
            };
            if let Some(dropped) = self.given.dropped.filter(|_| is_last) {
                stays = and(stays, Formula::from(row(dropped, bid)).pair(Sign::Equal, 0.0.into()));
            }
            if needs_points {
                stays = and(stays, Formula::from(row(quality, bid)).pair(Sign::Above, 0.0.into()));
            }
            if let Some(minimum) = minimum {
                stays = and(stays, Formula::from(row(total, bid)).pair(Sign::AtLeast, minimum.into()));
            }
            Some(either(stays, 1.0.into(), 0.0.into()))
        };
        let formulas = (0..self.bids()).map(stays).collect();
        let head = if is_last {
            self.words.of("In de rangorde (1 = ja)", "Is ranked (1 = yes)")
        } else {
            self.words.of("Blijft over na deze ronde (1 = ja)", "Is left after this round (1 = yes)")
        };
        let outcomes = self.evaluation.outcomes.iter();
        let exact = outcomes.map(|outcome| is_last.then(|| switch(outcome.is_ranked()))).collect();
        self.column_against(head, formulas, exact)
    }
}
