//! Logarithms and powers: the only numbers that are rounded where no rule of a model says so.

use std::sync::OnceLock;

use num_bigint::BigInt;
use num_traits::Zero;
use rust_decimal::MathematicalOps;

use super::big::Big;
use super::conversion::power_of_ten;
use super::{Exact, Half};

/// Decimals to which a quotient of logarithms is rounded: `ln` is good for 24 digits.
pub const LOGARITHM_DECIMALS: u32 = 20;

impl Exact {
    /// ln(self) / ln(base), rounded half even to [`LOGARITHM_DECIMALS`] decimals; none outside the domain
    /// of the logarithm.
    #[must_use]
    pub fn logarithm(&self, base: &Exact) -> Option<Exact> {
        let quotient = self.nearest()?.checked_ln()?.checked_div(base.nearest()?.checked_ln()?)?;
        Some(Exact::from(quotient.round_dp(LOGARITHM_DECIMALS)))
    }

    /// self to the power of `exponent`, to [`LOGARITHM_DECIMALS`] decimals; none where it does not exist.
    #[must_use]
    pub fn to_the_power(&self, exponent: &Exact) -> Option<Exact> {
        let power = self.nearest()?.checked_powd(exponent.nearest()?)?;
        Some(Exact::from(power.round_dp(LOGARITHM_DECIMALS)))
    }
}

/// Decimals to which a power with a part of a year is rounded, half even; whole powers stay exact.
pub const POWER_DECIMALS: u32 = 20;

/// Decimals in which the root is kept: so many more than are asked for that no power of it shows the difference.
const ROOT_DECIMALS: u32 = 80;

/// A number that grows by the same factor in every part of a whole: base^(parts / degree).
#[derive(Clone, Debug)]
pub struct Growth {
    base: Exact,
    degree: u32,
    /// The root of the base, times 10^[`ROOT_DECIMALS`], rounded down; drawn when it is first asked for.
    root: OnceLock<BigInt>,
}

impl PartialEq for Growth {
    fn eq(&self, other: &Self) -> bool {
        (&self.base, self.degree) == (&other.base, other.degree)
    }
}

impl Eq for Growth {}

impl Growth {
    /// The growth by `base` over `degree` parts, such as 1.05 over 365 days; none where the base is not above zero,
    /// or there is no part or more than a thousand.
    #[must_use]
    pub fn new(base: Exact, degree: u32) -> Option<Self> {
        if !base.is_positive() || degree == 0 || degree > 1_000 {
            return None;
        }
        Some(Growth { base, degree, root: OnceLock::new() })
    }

    fn root(&self) -> &BigInt {
        self.root.get_or_init(|| {
            let big = self.base.to_big();
            let shift = power_of_ten(ROOT_DECIMALS.saturating_mul(self.degree));
            let shifted: BigInt = big.numer() * shift / big.denom();
            shifted.nth_root(self.degree)
        })
    }

    /// What it has grown to after so many parts: exact after whole ones, else rounded half even to
    /// [`POWER_DECIMALS`] decimals.
    #[must_use]
    pub fn after(&self, parts: u32) -> Exact {
        let whole = (0..parts / self.degree).fold(Exact::ONE, |power, _| power.times(&self.base));
        let rest = parts % self.degree;
        if rest == 0 {
            return whole.simplified();
        }
        let one = power_of_ten(ROOT_DECIMALS);
        let (mut power, mut square, mut left) = (one.clone(), self.root().clone(), rest);
        while !left.is_zero() {
            if left % 2 == 1 {
                power = power * &square / &one;
            }
            square = &square * &square / &one;
            left /= 2;
        }
        let part = Exact::big(Big::fraction(power, one));
        whole.times(&part).rounded(POWER_DECIMALS, Half::Even)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    fn x(text: &str) -> Exact {
        Exact::from(text.parse::<Decimal>().unwrap())
    }

    #[test]
    fn a_whole_power_is_exact_and_a_part_is_rounded_to_twenty_decimals() {
        let growth = Growth::new(x("1.05"), 365).unwrap();
        assert_eq!(growth.after(0), Exact::ONE);
        assert_eq!(growth.after(730), x("1.1025"));
        // By exp(n·ln 1.05 / 365) in 60 digits.
        assert_eq!(growth.after(100).shown(), "1.01345690827008927691");
        assert_eq!(growth.after(465).shown(), "1.06412975368359374076");
        let half = Growth::new(x("1.21"), 12).unwrap();
        assert_eq!(half.after(6), x("1.1"));
    }

    #[test]
    fn nothing_grows_from_nothing() {
        assert_eq!(Growth::new(Exact::ZERO, 365), None);
        assert_eq!(Growth::new(x("-1"), 365), None);
        assert_eq!(Growth::new(Exact::ONE, 0), None);
        assert_eq!(Growth::new(Exact::ONE, 365).unwrap().after(17), Exact::ONE);
    }
}
