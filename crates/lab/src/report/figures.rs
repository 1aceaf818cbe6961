//! Shares, means and spreads as they are written, each with its sampling error.

use num_traits::ToPrimitive;
use rust_decimal::Decimal;

use crate::figures::Spread;
use trede_wire::lab_result::{MeanResult, ShareResult, SpreadResult};

/// Half of the interval that holds 19 of 20 normal draws, in hundredths of a standard error.
const NINETEEN_OF_TWENTY: u128 = 196;

/// A whole number of units of the decimal `decimals`, as it is written.
pub(super) fn written(units: i128, decimals: u32) -> String {
    Decimal::try_from_i128_with_scale(units, decimals).unwrap_or_default().normalize().to_string()
}

/// A quotient to the nearest whole, half away from zero.
pub(super) fn rounded(numerator: i128, denominator: i128) -> i128 {
    let half = denominator / 2;
    let numerator = if numerator < 0 { numerator - half } else { numerator + half };
    numerator.checked_div(denominator).unwrap_or_default()
}

/// How often something happened.
pub(super) fn share(count: u64, of: u64) -> ShareResult {
    ShareResult {
        count,
        of,
        percent: written(rounded(i128::from(count) * 10_000, of.max(1).into()), 2),
        margin: written(margin_of_share(count, of).to_i128().unwrap_or_default(), 2),
    }
}

/// 1.96·√(p·(1 − p)/n) in hundredths of a percent, upwards; what never or always happened can have happened in up to
/// three of n (rule of three).
fn margin_of_share(count: u64, of: u64) -> u128 {
    const PARTS: u128 = 1_000_000;
    let (count, of) = (u128::from(count), u128::from(of.max(1)));
    let others = of.saturating_sub(count);
    if count == 0 || others == 0 {
        return 30_000u128.div_ceil(of);
    }
    let deviation = (count * others * PARTS * PARTS / of).isqrt();
    (NINETEEN_OF_TWENTY * 100 * deviation).div_ceil(PARTS * of)
}

/// A mean in the decimals that are shown, of a spread in units of the decimal `decimals`.
pub(super) fn mean_units(spread: &Spread, decimals: u32, shown: u32) -> i128 {
    let below = i128::from(spread.count.max(1)).saturating_mul(power(decimals));
    rounded(spread.sum.saturating_mul(power(shown)), below)
}

pub(super) fn mean(spread: &Spread, decimals: u32, shown: u32) -> MeanResult {
    MeanResult {
        expected: written(mean_units(spread, decimals, shown), shown),
        margin: written(margin_of_mean(spread, decimals, shown), shown),
    }
}

/// 1.96·s/√n with s² = Σx²/n − (Σx/n)², upwards.
fn margin_of_mean(spread: &Spread, decimals: u32, shown: u32) -> i128 {
    let count = i128::from(spread.count.max(1));
    let of_mean = spread.sum.checked_mul(spread.sum).map(|square| square / count);
    let variation = spread.squares.saturating_sub(of_mean.unwrap_or(spread.squares)).max(0);
    let (mut variation, mut kept) = (variation.unsigned_abs(), 0);
    while kept < shown && variation < u128::MAX / 1_000_000 {
        (variation, kept) = (variation * 100, kept + 1);
    }
    let deviation = variation.isqrt().to_i128().unwrap_or(i128::MAX);
    let above = deviation.saturating_mul(196).saturating_mul(power(shown - kept));
    let below = count.saturating_mul(100).saturating_mul(power(decimals));
    above.saturating_add(below - 1).checked_div(below).unwrap_or_default()
}

pub(super) fn spread(spread: &Spread, decimals: u32, shown: u32) -> SpreadResult {
    let MeanResult { expected, margin } = mean(spread, decimals, shown);
    let at = |percent: u64| {
        let value = i128::from(spread.quantile(percent)).saturating_mul(power(shown));
        written(rounded(value, power(decimals)), shown)
    };
    SpreadResult { expected, margin, p10: at(10), p90: at(90) }
}

fn power(exponent: u32) -> i128 {
    10i128.checked_pow(exponent).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_has_the_error_of_the_binomial_distribution() {
        let half = share(5_000, 10_000);
        assert_eq!((half.percent.as_str(), half.margin.as_str()), ("50", "0.98"));
        let rare = share(3, 10_000);
        assert_eq!((rare.percent.as_str(), rare.margin.as_str()), ("0.03", "0.04"));
        let never = share(0, 10_000);
        assert_eq!((never.percent.as_str(), never.margin.as_str()), ("0", "0.03"));
    }

    #[test]
    fn a_mean_has_its_standard_error_and_is_rounded_away_from_zero() {
        let mut cents = Spread::default();
        // Mean 100.5 cents, standard deviation 100.5 cents, so 1.96 · 100.5 / √100 = 19.698.
        (0..50).for_each(|_| [0, 201].into_iter().for_each(|value| cents.add(value)));
        let found = mean(&cents, 2, 2);
        assert_eq!((found.expected.as_str(), found.margin.as_str()), ("1.01", "0.2"));
        assert_eq!(mean(&cents, 2, 4).expected, "1.005");
        assert_eq!(rounded(-5, 2), -3);
    }
}
