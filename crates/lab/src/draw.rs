//! What a number is drawn from. This is the one place of the calculation with floats: a draw is rounded to its declared
//! decimals before anything is done with it.

use libm::erfc;
use num_traits::ToPrimitive;
use rand::{Rng, RngExt};
use rand_distr::StandardNormal;
use rust_decimal::Decimal;

/// What a number is drawn from (verdeling).
#[derive(Clone, Debug, PartialEq)]
pub struct Draw {
    shape: Shape,
    /// Decimals to which a draw is rounded.
    decimals: u32,
    /// 10^decimals.
    unit: f64,
}

/// The shape of a draw, in units of its last decimal.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Every number as often.
    Uniform {
        /// The least.
        from: f64,
        /// The most.
        to: f64,
    },
    /// Most around the mode.
    Triangular {
        /// The least.
        from: f64,
        /// What is drawn most.
        mode: f64,
        /// The most.
        to: f64,
    },
    /// A bell; what lies outside the bounds is brought to the nearer of them.
    Normal {
        /// The mean.
        mean: f64,
        /// The standard deviation.
        deviation: f64,
        /// The least.
        from: f64,
        /// The most.
        to: f64,
    },
    /// One of these, each as often.
    Values(Vec<Decimal>),
}

/// A place in a distribution: standard normal when it goes together with something else, else still to be drawn.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// The standard normal score.
    Normal(f64),
    /// Nothing goes together with it.
    Free,
}

impl Place {
    /// The share of the distribution below the place.
    #[inline]
    pub fn share(self, random: &mut impl Rng) -> f64 {
        match self {
            Place::Normal(score) => 0.5 * erfc(-score * std::f64::consts::FRAC_1_SQRT_2),
            Place::Free => random.random(),
        }
    }

    #[inline]
    fn score(self, random: &mut impl Rng) -> f64 {
        match self {
            Place::Normal(score) => score,
            Place::Free => random.sample(StandardNormal),
        }
    }
}

impl Draw {
    /// A draw that is rounded to `decimals`.
    #[must_use]
    pub fn new(shape: Shape, decimals: u32) -> Self {
        let unit = Decimal::new(1, decimals).to_f64().map_or(1.0, |step| 1.0 / step);
        Draw { shape, decimals, unit: unit.round() }
    }

    /// Decimals of what is drawn.
    #[must_use]
    pub fn decimals(&self) -> u32 {
        self.decimals
    }

    /// The number at a place.
    #[inline]
    pub fn at(&self, place: Place, random: &mut impl Rng) -> Decimal {
        let number = match &self.shape {
            Shape::Uniform { from, to } => from + (to - from) * place.share(random),
            Shape::Triangular { from, mode, to } => triangular(*from, *mode, *to, place.share(random)),
            Shape::Normal { mean, deviation, from, to } => {
                (mean + deviation * place.score(random)).max(*from).min(*to)
            }
            Shape::Values(values) => return one_of(values, place.share(random)),
        };
        Decimal::new((number * self.unit).round().to_i64().unwrap_or_default(), self.decimals)
    }
}

/// The quantile of the triangular distribution.
fn triangular(from: f64, mode: f64, to: f64, share: f64) -> f64 {
    let (run, before) = (to - from, mode - from);
    if share * run < before {
        from + (share * run * before).sqrt()
    } else {
        to - ((1.0 - share) * run * (to - mode)).sqrt()
    }
}

fn one_of(values: &[Decimal], share: f64) -> Decimal {
    let count = values.len().to_f64().unwrap_or_default();
    let index = (share * count).to_usize().unwrap_or_default().min(values.len().saturating_sub(1));
    values.get(index).copied().unwrap_or_default()
}
