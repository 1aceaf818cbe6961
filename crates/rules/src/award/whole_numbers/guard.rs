//! Bounds on an answer in whole numbers: whoever stays within them is not excluded by that criterion.

use crate::award::bid::{Answer, Bid};
use crate::award::commitment::AboveMaximum;
use crate::award::criterion::Content;
use crate::award::layout::{Layout, Leaf};
use crate::award::numeric::NumericScoring;
use crate::award::straight_line::Outside;
use rust_decimal::Decimal;
use trede_base::exact::Exact;

/// The bounds within which an answer excludes nobody.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    leaf: usize,
    /// The answers and both bounds are whole numbers of one over this.
    per: i64,
    least: i64,
    most: i64,
}

impl Guard {
    /// The guards of a layout; none where another rule than bounds on an answer can exclude a bid.
    pub fn all(layout: &Layout, bids: &[Bid]) -> Option<Vec<Guard>> {
        if layout.groups.iter().any(|group| !group.threshold.is_empty()) {
            return None;
        }
        let of_leaf = |leaf: &usize| Guard::of(*leaf, layout.leaves.get(*leaf)?, bids);
        layout.guards.iter().map(of_leaf).collect()
    }

    fn of(index: usize, leaf: &Leaf, bids: &[Bid]) -> Option<Self> {
        if !leaf.threshold.is_empty() {
            return None;
        }
        let (least, most) = bounds(leaf)?;
        let answers = bids.iter().filter_map(|bid| number(bid.answers.get(index)?));
        let per = answers.chain(least).chain(most).map(|number| number.scale()).max().unwrap_or(0);
        let per = 10_i64.checked_pow(per)?;
        let bound = |number: Option<Decimal>, none: i64| match number {
            Some(number) => Exact::from(number).whole_times(per),
            None => Some(none),
        };
        Some(Guard { leaf: index, per, least: bound(least, i64::MIN)?, most: bound(most, i64::MAX)? })
    }

    /// The answer of a bid; none where it does not fit.
    pub fn cell(&self, bid: &Bid) -> Option<i64> {
        Exact::from(number(bid.answers.get(self.leaf)?)?).whole_times(self.per)
    }

    #[inline]
    pub fn lets_in(&self, cell: i64) -> bool {
        (self.least..=self.most).contains(&cell)
    }
}

/// The least and the most that may be answered; none where that is judged otherwise.
fn bounds(leaf: &Leaf) -> Option<(Option<Decimal>, Option<Decimal>)> {
    match &leaf.content {
        Content::Commitment(terms) => {
            let refuses = terms.above_maximum == AboveMaximum::Refuse;
            Some((Some(terms.minimum), refuses.then_some(terms.maximum)))
        }
        Content::Numeric(NumericScoring::Between { line, outside: Outside::Reject }) => {
            Some((Some(line.zero().min(line.full())), Some(line.zero().max(line.full()))))
        }
        Content::Numeric(NumericScoring::Interpolated { table, outside: Outside::Reject }) => {
            let (lowest, highest) = table.ends()?;
            Some((Some(lowest), Some(highest)))
        }
        Content::Numeric(NumericScoring::Between { .. } | NumericScoring::Interpolated { .. }) => {
            Some((None, None))
        }
        _ => None,
    }
}

fn number(answer: &Answer) -> Option<Decimal> {
    match answer {
        Answer::Offer(number) | Answer::Number(number) => Some(*number),
        _ => None,
    }
}
