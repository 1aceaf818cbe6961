//! What a bid brings by its own answers, added up in whole numbers.

use super::WholeNumbers;
use super::column::Held;
use crate::award::admission::Reached;
use crate::award::bid::{Answer, Bid};
use crate::award::check::DeclaredModel;
use crate::award::criterion::Content;
use crate::award::layout::{Leaf, Role};
use crate::award::life_cycle_cost::life_cycle_cost;
use crate::award::scoring::{Parts, discounted};
use trede_base::exact::{Exact, Half};

/// A bid whose answers fit in whole numbers.
#[derive(Clone, Copy)]
pub(in crate::award) struct Own<'a> {
    pub(super) whole: &'a WholeNumbers,
    pub(super) declared: &'a DeclaredModel,
    pub(super) bid: &'a Bid,
    pub(super) cells: &'a [i64],
}

/// Whether what is not brought to the denominator is there: the prices, and numbers held against the field.
pub(super) fn fits_otherwise(declared: &DeclaredModel, bid: &Bid) -> bool {
    let leaves = declared.layout.leaves.iter().zip(&bid.answers);
    bid.answers.len() == declared.layout.leaves.len()
        && leaves.into_iter().all(|(leaf, answer)| match leaf.role {
            Role::Price(_) => asked_price(leaf, answer).is_some(),
            Role::RelativeNumber(_) => matches!(answer, Answer::Number(_)),
            _ => true,
        })
}

/// The price or cost that a bid asks, before a discount.
pub(in crate::award) fn asked_price(leaf: &Leaf, answer: &Answer) -> Option<Exact> {
    match (&leaf.content, answer) {
        (Content::Price { .. }, Answer::Price(price)) => Some(Exact::from(*price)),
        (Content::LifeCycleCost { terms, .. }, Answer::Costs(costs)) => Some(life_cycle_cost(terms, costs)),
        _ => None,
    }
}

impl Own<'_> {
    /// What the bid brings into the comparison; none where a sum does not fit.
    pub fn parts(&self) -> Option<Parts> {
        let layout = &self.declared.layout;
        let mut nodes = vec![0_i128; layout.nodes.len()];
        let mut quality = 0_i128;
        for (column, cell) in self.whole.columns.iter().zip(self.cells) {
            let points = i128::from(column.earns) * i128::from(*cell);
            match column.held {
                Held::Alone => quality = quality.checked_add(self.rounded(points)?)?,
                Held::AgainstBest(node) => {
                    let sum = nodes.get_mut(node)?;
                    *sum = sum.checked_add(points)?;
                }
            }
        }
        Some(Parts {
            prices: self.leaves(&layout.prices, |leaf, answer| {
                let price = asked_price(leaf, answer).unwrap_or_default();
                if self.whole.has_discount { discounted(layout, &price, &self.bid.standing) } else { price }
            }),
            numbers: self.leaves(&layout.numbers, |_, answer| match answer {
                Answer::Number(number) => Exact::from(*number),
                _ => Exact::ZERO,
            }),
            nodes: nodes.into_iter().map(|points| Exact::of_whole(points, self.whole.denominator)).collect(),
            quality: Exact::of_whole(quality, self.whole.denominator),
        })
    }

    fn leaves(&self, wanted: &[usize], of: impl Fn(&Leaf, &Answer) -> Exact) -> Vec<Exact> {
        let leaves = &self.declared.layout.leaves;
        wanted.iter().filter_map(|leaf| Some(of(leaves.get(*leaf)?, self.bid.answers.get(*leaf)?))).collect()
    }

    /// The points of a criterion as they count.
    #[inline]
    fn rounded(&self, points: i128) -> Option<i128> {
        let Some((decimals, half)) = self.whole.rounding else { return Some(points) };
        // The denominator is a multiple of the step that stays.
        let step = i128::from(self.whole.denominator.whole()) / 10_i128.checked_pow(decimals)?;
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
            (Content::FixedPrice(price), _) => Exact::from(*price),
            _ => asked_price(leaf, answer).unwrap_or_default(),
        })
    }

    fn declared(&self, index: usize) -> Option<Exact> {
        let Some(place) = *self.whole.of_leaf.get(index)? else { return Some(Exact::ZERO) };
        let (column, cell) = (self.whole.columns.get(place)?, self.cells.get(place)?);
        let points = self.rounded(i128::from(column.earns) * i128::from(*cell))?;
        Some(Exact::of_whole(points, self.whole.denominator))
    }
}
