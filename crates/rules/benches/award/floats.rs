//! The same sum in floats, without explanation.

use crate::tender::{price, tenths};

/// Prices and scores.
pub struct Floats {
    prices: Vec<f64>,
    scores: Vec<Vec<f64>>,
}

impl Floats {
    pub fn of(bids: usize, criteria: usize) -> Self {
        let scores = |bid| (0..criteria - 1).map(|criterion| tenths(bid, criterion) as f64 / 10.0).collect();
        Floats {
            prices: (0..bids).map(|bid| price(bid) as f64 / 100.0).collect(),
            scores: (0..bids).map(scores).collect(),
        }
    }

    fn totals_without(&self, left_out: Option<usize>) -> Vec<(usize, f64)> {
        let taking_part = || (0..self.prices.len()).filter(|bid| Some(*bid) != left_out);
        let lowest = taking_part().map(|bid| self.prices[bid]).fold(f64::INFINITY, f64::min);
        let total = |bid: usize| {
            let quality: f64 = self.scores[bid].iter().map(|score| 3.0 * score / 10.0).sum();
            (bid, 40.0 * lowest / self.prices[bid] + quality)
        };
        taking_part().map(total).collect()
    }

    pub fn ranked_totals(&self) -> Vec<(usize, f64)> {
        let mut totals = self.totals_without(None);
        totals.sort_by(|a, b| b.1.total_cmp(&a.1));
        totals
    }

    pub fn leave_one_out(&self) -> Vec<usize> {
        let best = |left_out| {
            let totals = self.totals_without(Some(left_out));
            totals.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |best| best.0)
        };
        (0..self.prices.len()).map(best).collect()
    }
}
