//! What goes together: a Gaussian copula within each bid, with a part that all bids of a tender share.
//!
//! With correlations R within a bid and r of one thing between bids, the scores of bid i are √r·c + e_i: c is drawn
//! once a tender, each of its parts by itself, and e_i once a bid with covariance R − diag(r). Then within a bid
//! everything correlates as R says, and two bids correlate by r and nothing else.

use rand::{Rng, RngExt};
use rand_distr::StandardNormal;

/// What goes together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Copula {
    /// The draws that go together with another, or are shared.
    members: Vec<usize>,
    /// √r of each.
    shared: Vec<f64>,
    /// The rows of the lower triangle L with L·Lᵀ = R − diag(r).
    rows: Vec<Vec<f64>>,
}

/// The member whose coefficients contradict those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction(pub usize);

/// What is left for rounding: below this a variance is none.
const NOTHING: f64 = 1e-12;

impl Copula {
    /// The copula of `members` with the correlations within a bid and what is shared between bids.
    ///
    /// # Errors
    /// When no numbers can go together in this way: R − diag(r) has a negative eigenvalue.
    pub fn of(members: Vec<usize>, within: &[Vec<f64>], shared: &[f64]) -> Result<Self, Contradiction> {
        let mut rows: Vec<Vec<f64>> = Vec::with_capacity(members.len());
        for (index, (wanted, own)) in within.iter().zip(shared).enumerate() {
            let mut row: Vec<f64> = Vec::with_capacity(index + 1);
            for (before, wanted) in rows.iter().zip(wanted) {
                let known: f64 = row.iter().zip(before).map(|(a, b)| a * b).sum();
                let pivot = before.last().copied().unwrap_or_default();
                let rest = wanted - known;
                if pivot > 0.0 {
                    row.push(rest / pivot);
                } else if rest.abs() < NOTHING.sqrt() {
                    row.push(0.0);
                } else {
                    return Err(Contradiction(index));
                }
            }
            let left = 1.0 - own - row.iter().map(|part| part * part).sum::<f64>();
            if left < -NOTHING.sqrt() {
                return Err(Contradiction(index));
            }
            row.push(if left < NOTHING { 0.0 } else { left.sqrt() });
            rows.push(row);
        }
        Ok(Copula { members, shared: shared.iter().map(|share| share.sqrt()).collect(), rows })
    }

    /// Draws what the bids of one tender share.
    pub fn share(&self, random: &mut impl Rng, common: &mut Vec<f64>) {
        common.clear();
        common.extend(self.shared.iter().map(|weight| {
            let score: f64 = if *weight > 0.0 { random.sample(StandardNormal) } else { 0.0 };
            weight * score
        }));
    }

    /// Draws the normal scores of one bid, by the draw they belong to; the others are left as they are.
    pub fn scores(
        &self,
        random: &mut impl Rng,
        common: &[f64],
        own: &mut Vec<f64>,
        scores: &mut [Option<f64>],
    ) {
        own.clear();
        for ((member, row), common) in self.members.iter().zip(&self.rows).zip(common) {
            own.push(random.sample(StandardNormal));
            let part: f64 = row.iter().zip(own.iter()).map(|(weight, score)| weight * score).sum();
            if let Some(score) = scores.get_mut(*member) {
                *score = Some(common + part);
            }
        }
    }
}
