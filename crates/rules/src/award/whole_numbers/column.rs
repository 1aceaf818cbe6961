//! A criterion in whole numbers: its answers, and what one of them earns.

use crate::award::bid::{Answer, Bid};
use crate::award::check::DeclaredModel;
use crate::award::commitment::{OfferScoring, share_of_percent};
use crate::award::criterion::Content;
use crate::award::layout::Leaf;
use crate::award::numeric::NumericScoring;
use crate::award::pso_level::LevelMeasure;
use crate::award::straight_line::Outside;
use crate::pso::Standing;
use trede_base::exact::{Denominator, Exact, greatest_common_divisor};

/// The most that answers are whole numbers of one over: more decimals than this do not fit beside a slope.
const FINEST: i64 = 1_000_000_000_000;

/// Whether points add up to the total as they are, or are held against the best bid first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    Alone,
    AgainstBest(usize),
}

/// A criterion with points of its own: points = (answer − zero)·slope.
#[derive(Clone, Debug)]
pub(super) struct Column {
    leaf: usize,
    pub held: Held,
    zero: Exact,
    slope: Exact,
    /// Answers less zero are whole numbers of one over this.
    per_answer: i64,
    /// What one of those earns, as a whole number of one over the denominator of the lot.
    earns: i64,
}

impl Column {
    /// None where the criterion is not scored on a line.
    pub fn of(index: usize, leaf: &Leaf, held: Held, bids: &[Bid]) -> Option<Self> {
        let (zero, slope) = line_of(leaf)?;
        let mut per_answer = zero.denominator().filter(|per| *per <= FINEST)?;
        for bid in bids {
            let answer = bid.answers.get(index).and_then(|answer| counted(leaf, answer, &bid.standing));
            let Some(per) = answer.and_then(|answer| answer.denominator()) else { continue };
            if per_answer % per != 0 {
                let both = per_answer.checked_mul(per / greatest_common_divisor(per_answer, per));
                per_answer = both.filter(|per| *per <= FINEST).unwrap_or(per_answer);
            }
        }
        Some(Column { leaf: index, held, zero, slope, per_answer, earns: 0 })
    }

    /// What the points of this criterion are whole numbers of one over.
    pub fn unit(&self) -> Option<i64> {
        self.slope_of_one()?.denominator()
    }

    pub fn bring_to(&mut self, denominator: Denominator) -> Option<()> {
        self.earns = self.slope_of_one()?.whole_times(denominator.whole())?;
        Some(())
    }

    /// What an answer earns, as a whole number of one over the denominator of the lot.
    #[inline]
    pub fn points(&self, cell: i64) -> i128 {
        i128::from(self.earns) * i128::from(cell)
    }

    /// The answer of a bid less zero; none where it does not fit.
    pub fn cell(&self, declared: &DeclaredModel, bid: &Bid) -> Option<i64> {
        let (leaf, answer) = (declared.layout.leaves.get(self.leaf)?, bid.answers.get(self.leaf)?);
        let counted = counted(leaf, answer, &bid.standing)?;
        let counted = if self.zero.is_zero() { counted } else { counted.minus(&self.zero) };
        counted.whole_times(self.per_answer)
    }

    /// What a whole number of an answer earns in points.
    fn slope_of_one(&self) -> Option<Exact> {
        let per_answer = Exact::of_whole(self.per_answer.into(), Denominator::ONE);
        Some(self.slope.over(&per_answer)?.simplified())
    }
}

/// Where a criterion earns nothing, and what it earns for each one above that; none for a scoring that is no such line,
/// so that its lot is scored in fractions.
fn line_of(leaf: &Leaf) -> Option<(Exact, Exact)> {
    let by_line = || leaf.line.as_ref().map(|line| (Exact::from(line.line.zero()), line.slope().clone()));
    let by_percent = || Some((Exact::ZERO, share_of_percent(rust_decimal::Decimal::ONE).times(&leaf.full)));
    let in_points = Some((Exact::ZERO, Exact::ONE));
    match &leaf.content {
        Content::AssessedQuality(_) => by_line(),
        Content::PsoLevel(table) => match table.measure {
            LevelMeasure::Score(_) => by_line(),
            LevelMeasure::Points => in_points,
            _ => None,
        },
        Content::Commitment(terms) => match terms.scoring {
            OfferScoring::Line(_) => by_line(),
            OfferScoring::Steps(_) => by_percent(),
            OfferScoring::Points(_) => in_points,
        },
        Content::Numeric(scoring) => match scoring {
            NumericScoring::Between { .. } => by_line(),
            NumericScoring::Steps(_) => by_percent(),
            NumericScoring::Points(_) | NumericScoring::Interpolated { .. } => in_points,
            _ => None,
        },
        _ => None,
    }
}

/// The number that scores on the line of a criterion: the score, the value of the level, the offer or number as it
/// counts, or the percent or the points of its step.
fn counted(leaf: &Leaf, answer: &Answer, standing: &Standing) -> Option<Exact> {
    match (&leaf.content, answer) {
        (Content::AssessedQuality(_), Answer::Score(score)) => Some(score.score.clone()),
        (Content::PsoLevel(table), _) => Some(table.value_of(standing)),
        (Content::Commitment(terms), Answer::Offer(offer)) => {
            let counted = terms.counted(*offer);
            Some(Exact::from(match &terms.scoring {
                OfferScoring::Steps(steps) => steps.percent_at(counted),
                OfferScoring::Points(table) => table.points_at(counted),
                OfferScoring::Line(_) => counted.max(leaf.line.as_ref()?.line.zero()),
            }))
        }
        (
            Content::Numeric(NumericScoring::Between { line, outside: Outside::Clip }),
            Answer::Number(number),
        ) => {
            let (lowest, highest) = (line.zero().min(line.full()), line.zero().max(line.full()));
            Some(Exact::from((*number).max(lowest).min(highest)))
        }
        (Content::Numeric(NumericScoring::Between { .. }), Answer::Number(number)) => {
            Some(Exact::from(*number))
        }
        (Content::Numeric(NumericScoring::Steps(steps)), Answer::Number(number)) => {
            Some(Exact::from(steps.percent_at(*number)))
        }
        (Content::Numeric(NumericScoring::Points(table)), Answer::Number(number)) => {
            Some(Exact::from(table.points_at(*number)))
        }
        (Content::Numeric(NumericScoring::Interpolated { table, .. }), Answer::Number(number)) => {
            Some(table.between(*number).result)
        }
        _ => None,
    }
}
