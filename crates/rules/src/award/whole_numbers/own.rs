//! What a bid brings by its own answers, added up in whole numbers.

use super::WholeScale;
use super::column::Held;
use crate::award::admission::Reached;
use crate::award::bid::{Answer, Bid};
use crate::award::check::DeclaredModel;
use crate::award::counted_price::price_as_bid;
use crate::award::criterion::Content;
use crate::award::rounding::Decimals;
use crate::award::scoring::Parts;
use trede_base::exact::{Exact, Half};

/// A bid whose answers fit in whole numbers.
#[derive(Clone, Copy)]
pub(in crate::award) struct Own<'a> {
    pub(super) scale: &'a WholeScale,
    pub(super) declared: &'a DeclaredModel,
    pub(super) bid: &'a Bid,
    pub(super) cells: &'a [i64],
    pub(super) prices: &'a [Exact],
}

/// Whether a bid gives a number wherever one is held against those of the others.
pub(super) fn has_numbers(declared: &DeclaredModel, bid: &Bid) -> bool {
    let answer = |leaf: &usize| bid.answers.get(*leaf);
    declared.layout.numbers.iter().all(|leaf| matches!(answer(leaf), Some(Answer::Number(_))))
}

impl Own<'_> {
    /// What the bid brings into the comparison; none where a sum does not fit.
    pub fn parts(&self) -> Option<Parts> {
        let (nodes, quality) =
            if self.scale.is_plain { (Vec::new(), self.plain_sum()?) } else { self.sums()? };
        let numbers =
            self.declared.layout.numbers.iter().filter_map(|leaf| match self.bid.answers.get(*leaf) {
                Some(Answer::Number(number)) => Some(Exact::from(*number)),
                _ => None,
            });
        Some(Parts {
            prices: self.prices.to_vec(),
            numbers: numbers.collect(),
            nodes: nodes.into_iter().map(|points| Exact::of_whole(points, self.scale.denominator)).collect(),
            quality: Exact::of_whole(quality, self.scale.denominator),
        })
    }

    /// Whether every answer lies within the bounds of the model, and nothing else can exclude a bid.
    #[inline]
    pub fn is_within_bounds(&self) -> bool {
        let Some(guards) = &self.scale.guards else { return false };
        let answers = self.cells.get(self.scale.columns.len()..).unwrap_or_default();
        guards.iter().zip(answers).all(|(guard, answer)| guard.lets_in(*answer))
    }

    #[inline]
    fn plain_sum(&self) -> Option<i128> {
        let mut sum = 0_i128;
        for (column, cell) in self.scale.columns.iter().zip(self.cells) {
            sum = sum.checked_add(column.points(*cell))?;
        }
        Some(sum)
    }

    /// The points of each node, and those that add up as they count.
    fn sums(&self) -> Option<(Vec<i128>, i128)> {
        let (mut nodes, mut quality) = (vec![0_i128; self.declared.layout.nodes.len()], 0_i128);
        for (column, cell) in self.scale.columns.iter().zip(self.cells) {
            let points = column.points(*cell);
            match column.held {
                Held::Alone => quality = quality.checked_add(self.rounded(points)?)?,
                Held::AgainstBest(node) => {
                    let sum = nodes.get_mut(node)?;
                    *sum = sum.checked_add(points)?;
                }
            }
        }
        Some((nodes, quality))
    }

    /// The points of a criterion as they count.
    fn rounded(&self, points: i128) -> Option<i128> {
        let Some(Decimals { decimals, half }) = self.scale.rounding else { return Some(points) };
        // The denominator is a multiple of the step that stays.
        let step = i128::from(self.scale.denominator.whole()) / 10_i128.checked_pow(decimals)?;
        let (floor, rest) = (points.div_euclid(step), points.rem_euclid(step));
        let up = match (rest * 2).cmp(&step) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Equal => match half {
                Half::Up => points >= 0,
                Half::Even => floor % 2 != 0,
            },
        };
        (floor + i128::from(up)).checked_mul(step)
    }
}

impl Reached for Own<'_> {
    fn raw(&self, index: usize) -> Option<Exact> {
        let (leaf, answer) = (self.declared.layout.leaves.get(index)?, self.bid.answers.get(index)?);
        Some(match (&leaf.content, answer) {
            (Content::AssessedQuality(_), Answer::Score(score)) => score.score.clone(),
            (Content::PsoLevel(table), _) => table.value_of(&self.bid.standing),
            (Content::Commitment(_), Answer::Offer(number))
            | (Content::Numeric(_), Answer::Number(number)) => Exact::from(*number),
            (Content::FixedPrice(fixed), _) => Exact::from(*fixed),
            _ => price_as_bid(leaf, answer).unwrap_or_default(),
        })
    }

    fn declared(&self, index: usize) -> Option<Exact> {
        let Some(place) = *self.scale.of_leaf.get(index)? else { return Some(Exact::ZERO) };
        let (column, cell) = (self.scale.columns.get(place)?, self.cells.get(place)?);
        let points = self.rounded(column.points(*cell))?;
        Some(Exact::of_whole(points, self.scale.denominator))
    }
}
