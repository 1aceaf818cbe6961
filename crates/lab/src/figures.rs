//! Counts, sums and spreads in whole numbers: added up in any order they give the same.

use std::cmp::Ordering;

use num_traits::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use trede_base::exact::Exact;

/// An amount in euros as whole cents, half a cent upwards.
#[must_use]
pub fn cents(euros: Decimal) -> i64 {
    scaled(euros, 2)
}

/// A number in units of its decimal `decimals`, half a unit upwards.
#[must_use]
pub fn scaled(number: Decimal, decimals: u32) -> i64 {
    let (mantissa, scale) = (number.mantissa(), number.scale());
    match scale.cmp(&decimals) {
        Ordering::Equal => mantissa.to_i64().unwrap_or_default(),
        Ordering::Less => {
            let factor = 10i128.checked_pow(decimals - scale);
            factor.and_then(|factor| mantissa.checked_mul(factor)?.to_i64()).unwrap_or_default()
        }
        Ordering::Greater => {
            let rounded = number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
            scaled_up(rounded, decimals)
        }
    }
}

fn scaled_up(number: Decimal, decimals: u32) -> i64 {
    let factor = 10i128.checked_pow(decimals.saturating_sub(number.scale()));
    factor.and_then(|factor| number.mantissa().checked_mul(factor)?.to_i64()).unwrap_or_default()
}

/// A number in whole billionths, to less than one of them; nothing where it is too large for that.
#[must_use]
pub fn billionths(number: &Exact) -> i128 {
    number.whole_billionths().unwrap_or_default()
}

/// How something is spread over tenders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// How many tenders.
    pub count: u64,
    /// The sum.
    pub sum: i128,
    /// The sum of squares.
    pub squares: i128,
    histogram: Histogram,
}

impl Spread {
    /// Adds one tender.
    pub fn add(&mut self, value: i64) {
        self.count += 1;
        self.sum += i128::from(value);
        self.squares += i128::from(value) * i128::from(value);
        self.histogram.add(value);
    }

    /// Adds the tenders of another.
    pub fn merge(&mut self, other: &Spread) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
        self.histogram.merge(&other.histogram);
    }

    /// The value below or at which so many percent of the tenders lie, to a thousandth of itself.
    #[must_use]
    pub fn quantile(&self, percent: u64) -> i64 {
        let place = self.count.saturating_mul(percent).div_ceil(100).max(1);
        self.histogram.at(place)
    }
}

/// Values of one octave that are told apart.
const FINENESS: usize = 2_048;
/// 2^11 = [`FINENESS`].
const FINE_BITS: u32 = 11;

/// How often each value occurs; values beyond 2,048 are kept to 11 binary digits, so that memory does not grow with
/// the number of tenders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Histogram {
    below: Vec<Vec<u32>>,
    above: Vec<Vec<u32>>,
}

impl Histogram {
    fn add(&mut self, value: i64) {
        let magnitude = value.unsigned_abs();
        let octave = (u64::BITS - magnitude.leading_zeros()).saturating_sub(FINE_BITS);
        let side = if value < 0 { &mut self.below } else { &mut self.above };
        let (octave_at, place) = (usize_of(octave.into()), usize_of(magnitude >> octave));
        if side.len() <= octave_at {
            side.resize(octave_at + 1, Vec::new());
        }
        let Some(counts) = side.get_mut(octave_at) else { return };
        if counts.is_empty() {
            counts.resize(FINENESS, 0);
        }
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
    }

    fn merge(&mut self, other: &Histogram) {
        for (side, others) in [(&mut self.below, &other.below), (&mut self.above, &other.above)] {
            if side.len() < others.len() {
                side.resize(others.len(), Vec::new());
            }
            for (counts, others) in side.iter_mut().zip(others) {
                if counts.len() < others.len() {
                    counts.resize(others.len(), 0);
                }
                for (count, other) in counts.iter_mut().zip(others) {
                    *count += other;
                }
            }
        }
    }

    /// The value at this place, counted from 1 and from the lowest.
    fn at(&self, place: u64) -> i64 {
        let mut seen = 0;
        let mut reached = |count: u32| {
            seen += u64::from(count);
            seen >= place
        };
        for (octave, counts) in self.below.iter().enumerate().rev() {
            if let Some((at, _)) = counts.iter().enumerate().rev().find(|(_, count)| reached(**count)) {
                return -middle(octave, at);
            }
        }
        for (octave, counts) in self.above.iter().enumerate() {
            if let Some((at, _)) = counts.iter().enumerate().find(|(_, count)| reached(**count)) {
                return middle(octave, at);
            }
        }
        0
    }
}

/// The middle of the values that are kept as one.
fn middle(octave: usize, at: usize) -> i64 {
    let start = at.to_i64().unwrap_or_default() << octave;
    start + ((1i64 << octave) >> 1)
}

fn usize_of(number: u64) -> usize {
    number.to_usize().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_good_to_a_thousandth_on_both_sides_of_zero() {
        let mut spread = Spread::default();
        (-500_000..=500_000).for_each(|value| spread.add(value * 7));
        for (percent, value) in [(10, -2_800_000i64), (50, 0), (90, 2_800_000)] {
            assert!((spread.quantile(percent) - value).abs() <= value.abs() / 1_000 + 7, "{percent}");
        }
    }

    #[test]
    fn small_values_are_kept_as_they_are_and_the_order_of_adding_changes_nothing() {
        let (mut whole, mut left, mut right) = (Spread::default(), Spread::default(), Spread::default());
        for value in [3, -2, 2_047, 0, 9_999_999, -70_000] {
            whole.add(value);
            if value > 0 { left.add(value) } else { right.add(value) }
        }
        assert_eq!((whole.quantile(1), whole.quantile(33), whole.quantile(60)), (-69_984, -2, 3));
        right.merge(&left);
        assert_eq!(right, whole);
    }

    #[test]
    fn a_quotient_of_long_numbers_is_read_in_billionths_too() {
        let long = |text: &str| Exact::from(text.parse::<Decimal>().unwrap());
        let third = Exact::ONE.over(&long("3")).unwrap();
        assert_eq!(billionths(&third), 333_333_333);
        let mut product = third;
        for factor in ["1.000000000001", "1.000000000003", "0.999999999997", "1.000000000007"] {
            product = product.times(&long(factor)).over(&long("1.000000000009")).unwrap();
        }
        assert_eq!(billionths(&product), 333_333_333);
    }

    #[test]
    fn a_number_becomes_whole_units_half_upwards() {
        assert_eq!(cents(Decimal::new(12_345, 3)), 1_235);
        assert_eq!(cents(Decimal::new(-12_345, 3)), -1_235);
        assert_eq!((cents(Decimal::new(12, 0)), cents(Decimal::new(199_999, 4))), (1_200, 2_000));
    }
}
