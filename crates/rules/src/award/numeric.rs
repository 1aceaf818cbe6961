//! A free number, such as a delivery time in days or an emission.

use rust_decimal::Decimal;

use super::commitment::Steps;
use super::price_formula::PriceField;
use super::straight_line::{Outside, StraightLine};
use crate::explaining::{Rule, Step, Terms};
use trede_base::exact::Exact;

/// How a free number scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumericScoring {
    /// A straight line from the worst to the best number.
    Between {
        /// The line.
        line: StraightLine,
        /// What a number outside does.
        outside: Outside,
    },
    /// lowest / number.
    RelativeLowest,
    /// number / highest.
    RelativeHighest,
    /// (highest − number) / (highest − lowest) over the field: the lowest number earns everything, the highest nothing.
    RangeLowest,
    /// (number − lowest) / (highest − lowest) over the field.
    RangeHighest,
    /// mean / number: lower than the mean is better than the full weight, unless that is capped.
    MeanOverNumber {
        /// Whether no number earns more than the full weight.
        capped: bool,
    },
    /// number / mean.
    NumberOverMean {
        /// Whether no number earns more than the full weight.
        capped: bool,
    },
    /// A table of shares of the weight.
    Steps(Steps),
    /// A table of points.
    Points(PointTable),
    /// Points on the straight line between two rows of a table.
    Interpolated {
        /// The table; at least two rows.
        table: PointTable,
        /// What a number outside the table does: it scores as the nearer end, or excludes the bid.
        outside: Outside,
    },
}

/// A table: from each value on, so many points or euros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointTable(pub Vec<(Decimal, Decimal)>);

impl PointTable {
    /// The points at `x`: those of the highest step reached, or none reached: 0.
    #[must_use]
    pub fn points_at(&self, x: Decimal) -> Decimal {
        self.0.iter().rev().find(|(from, _)| *from <= x).map_or(Decimal::ZERO, |(_, points)| *points)
    }

    /// The lowest and the highest value; none for an empty table.
    #[must_use]
    pub fn ends(&self) -> Option<(Decimal, Decimal)> {
        Some((self.0.first()?.0, self.0.last()?.0))
    }

    /// The number that counts, and the points on the line between its two rows.
    pub(super) fn between(&self, x: Decimal) -> Step {
        let counted = self.ends().map_or(x, |(lowest, highest)| x.max(lowest).min(highest));
        let after =
            self.0.partition_point(|(from, _)| *from <= counted).max(1).min(self.0.len().saturating_sub(1));
        let row = |index: usize| self.0.get(index).copied().unwrap_or_default();
        let ((from, low), (to, high)) = (row(after.saturating_sub(1)), row(after));
        let numbers = [counted, from, to, low, high].map(Exact::from);
        let [counted, from, to, low, high] = &numbers;
        let share = counted.minus(from).over(&to.minus(from)).unwrap_or_default();
        let result = low.plus(&share.times(&high.minus(low))).simplified();
        Step { rule: Rule::NumericInterpolated, terms: Terms::list(numbers.to_vec()), result }
    }
}

impl NumericScoring {
    /// Whether the score depends on the other bids.
    #[must_use]
    pub fn is_relative(&self) -> bool {
        match self {
            NumericScoring::RelativeLowest
            | NumericScoring::RelativeHighest
            | NumericScoring::RangeLowest
            | NumericScoring::RangeHighest
            | NumericScoring::MeanOverNumber { .. }
            | NumericScoring::NumberOverMean { .. } => true,
            NumericScoring::Between { .. }
            | NumericScoring::Steps(_)
            | NumericScoring::Points(_)
            | NumericScoring::Interpolated { .. } => false,
        }
    }

    /// Whether it is held against the mean of the field.
    #[must_use]
    pub fn uses_mean(&self) -> bool {
        matches!(self, NumericScoring::MeanOverNumber { .. } | NumericScoring::NumberOverMean { .. })
    }

    /// Whether a number can earn more than the full weight.
    #[must_use]
    pub fn can_exceed(&self) -> bool {
        matches!(
            self,
            NumericScoring::Between { outside: Outside::Extrapolate, .. }
                | NumericScoring::MeanOverNumber { capped: false }
                | NumericScoring::NumberOverMean { capped: false }
        )
    }

    /// What a number earns by the range or the mean of the field; none for another rule.
    #[must_use]
    pub(super) fn in_field(&self, full: &Exact, number: &Exact, field: &PriceField) -> Option<Step> {
        let by_range = |rule: Rule, from: &Exact, to: &Exact| {
            let run = field.highest.minus(&field.lowest);
            let Some(result) = full.times(&to.minus(from)).over(&run) else {
                return Step {
                    rule: Rule::NumericEqual,
                    terms: Terms::of([full.clone()]),
                    result: full.clone(),
                };
            };
            let numbers = [full.clone(), number.clone(), field.lowest.clone(), field.highest.clone()];
            Step { rule, terms: Terms::of(numbers), result: result.simplified() }
        };
        let by_mean = |rule: Rule, above: &Exact, below: &Exact, capped: bool| {
            let Some(result) = full.times(above).over(below) else {
                // A number of zero is the best where lower is better; a mean of zero leaves nothing to be had.
                let all = rule == Rule::NumericMeanOver;
                let (rule, result) = if all {
                    (Rule::NumericAllZero, full.clone())
                } else {
                    (Rule::NumericNothing, Exact::ZERO)
                };
                return Step { rule, terms: Terms::of([full.clone()]), result };
            };
            let terms = Terms::of([full.clone(), number.clone(), field.mean()]);
            if capped && result > *full {
                let rule = match rule {
                    Rule::NumericMeanOver => Rule::NumericMeanOverCapped,
                    _ => Rule::NumericOverMeanCapped,
                };
                return Step { rule, terms, result: full.clone() };
            }
            Step { rule, terms, result: result.simplified() }
        };
        Some(match self {
            NumericScoring::RangeLowest => by_range(Rule::NumericRangeLowest, number, &field.highest),
            NumericScoring::RangeHighest => by_range(Rule::NumericRangeHighest, &field.lowest, number),
            NumericScoring::MeanOverNumber { capped } => {
                by_mean(Rule::NumericMeanOver, &field.mean(), number, *capped)
            }
            NumericScoring::NumberOverMean { capped } => {
                by_mean(Rule::NumericOverMean, number, &field.mean(), *capped)
            }
            NumericScoring::RelativeLowest
            | NumericScoring::RelativeHighest
            | NumericScoring::Between { .. }
            | NumericScoring::Steps(_)
            | NumericScoring::Points(_)
            | NumericScoring::Interpolated { .. } => return None,
        })
    }
}
