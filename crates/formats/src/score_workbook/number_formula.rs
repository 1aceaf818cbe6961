//! What a number earns: by a table, and against those of the other bids.

use trede_rules::award::criterion::Content;
use trede_rules::award::layout::Leaf;
use trede_rules::award::numeric::NumericScoring;

use super::formula::{Formula, Place, Range, Sign, call, either};
use super::function::Function;
use super::model_sheet::{OfLeaf, Rows};
use super::rounds::Ends;
use super::scores::Scores;
use super::table::row;

impl Scores<'_> {
    /// Points on the line between two rows of a table, with the number that counts and its row beside them.
    pub fn interpolated(&mut self, leaf: &Leaf, of: &OfLeaf, raw: Place) -> Vec<Option<Formula>> {
        let Some(Rows { labels, values }) = of.rows else { return vec![None; self.bids()] };
        let head =
            format!("{}: {}", leaf.name(), self.words.of("getal binnen de tabel", "number within the table"));
        let within = |bid| {
            let at_most = call(Function::Min, [row(raw, bid).into(), labels.last.into()]);
            call(Function::Max, [labels.first.into(), at_most])
        };
        let formulas = (0..self.bids()).map(within).collect();
        let counted = self.plain_column(&head, formulas);
        let last_but_one = f64::from(labels.last.row.saturating_sub(labels.first.row));
        let head = format!("{}: {}", leaf.name(), self.words.of("rij van de tabel", "row of the table"));
        let row_of = |bid| {
            let found = call(Function::Match, [row(counted, bid).into(), labels.into(), 1.0.into()]);
            call(Function::Min, [found, last_but_one.into()])
        };
        let formulas = (0..self.bids()).map(row_of).collect();
        let rows = self.plain_column(&head, formulas);
        let points = |bid| {
            let at = |range: Range, step: f64| {
                let place = Formula::from(row(rows, bid));
                let place = if step == 0.0 { place } else { place + step.into() };
                call(Function::Index, [range.into(), place])
            };
            let rise = at(values, 1.0) - at(values, 0.0);
            let run = at(labels, 1.0) - at(labels, 0.0);
            let beyond = Formula::from(row(counted, bid)) - at(labels, 0.0);
            Some(at(values, 0.0) + beyond * rise / run)
        };
        (0..self.bids()).map(points).collect()
    }
}

/// What the highest row that is reached says; nothing below all rows.
pub(super) fn by_row(reached: Formula, rows: Rows) -> Formula {
    let Rows { labels, values } = rows;
    let below_all = reached.clone().pair(Sign::Below, labels.first.into());
    either(below_all, 0.0.into(), call(Function::Lookup, [reached, labels.into(), values.into()]))
}

/// What a number earns against those of the other bids; none for one that is not held against them.
pub(super) fn number_score(
    leaf: &Leaf,
    full: Place,
    number: Place,
    ends: Ends,
    mean: Option<Place>,
) -> Option<Formula> {
    let Content::Numeric(scoring) = &leaf.content else { return None };
    let (full, number) = (|| Formula::from(full), || Formula::from(number));
    let (lowest, highest) = (|| Formula::from(ends.lowest), || Formula::from(ends.highest));
    let is_zero = |formula: Formula| formula.pair(Sign::Equal, 0.0.into());
    let in_range = |above: Formula| {
        let equal = is_zero(highest() - lowest());
        either(equal, full(), full() * above / (highest() - lowest()))
    };
    let at_most = |score: Formula, capped: bool| {
        if capped { call(Function::Min, [full(), score]) } else { score }
    };
    Some(match scoring {
        NumericScoring::RelativeLowest => either(is_zero(number()), full(), full() * lowest() / number()),
        NumericScoring::RelativeHighest => {
            either(is_zero(highest()), 0.0.into(), full() * number() / highest())
        }
        NumericScoring::RangeLowest => in_range(highest() - number()),
        NumericScoring::RangeHighest => in_range(number() - lowest()),
        NumericScoring::MeanOverNumber { capped } => {
            let score = full() * mean?.into() / number();
            either(is_zero(number()), full(), at_most(score, *capped))
        }
        NumericScoring::NumberOverMean { capped } => {
            let score = full() * number() / mean?.into();
            either(is_zero(mean?.into()), 0.0.into(), at_most(score, *capped))
        }
        NumericScoring::Between { .. }
        | NumericScoring::Steps(_)
        | NumericScoring::Points(_)
        | NumericScoring::Interpolated { .. } => return None,
    })
}
