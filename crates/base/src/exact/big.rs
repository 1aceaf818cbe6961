//! A fraction of whole numbers of any size. It is reduced only when it grew: on long fractions the greatest
//! common divisor costs a hundred times what a sum or a comparison does.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use rust_decimal::Decimal;

use super::conversion::power_of_ten;

/// A denominator of at most so many bits is reduced at once: that is cheap, and keeps short numbers short.
const SHORT_BITS: u64 = 256;

/// numer / denom.
#[derive(Clone, Debug)]
pub(super) struct Big {
    numer: BigInt,
    /// Above zero.
    denom: BigInt,
    /// How many bits the denominator had when it was last known to be reduced.
    reduced_bits: u64,
    /// Whether it is in lowest terms.
    lowest: bool,
}

impl Big {
    pub fn of_decimal(value: Decimal) -> Self {
        Big::reduced(BigInt::from(value.mantissa()), power_of_ten(value.scale()))
    }

    /// The quotient of two decimals; the divisor is not zero.
    pub fn of_quotient(numer: Decimal, denom: Decimal) -> Self {
        let above = BigInt::from(numer.mantissa()) * power_of_ten(denom.scale());
        let below = BigInt::from(denom.mantissa()) * power_of_ten(numer.scale());
        if below.is_negative() { Big::reduced(-above, -below) } else { Big::reduced(above, below) }
    }

    /// The fraction of two whole numbers, the second above zero.
    pub fn fraction(numer: BigInt, denom: BigInt) -> Self {
        Big::reduced(numer, denom)
    }

    pub fn numer(&self) -> &BigInt {
        &self.numer
    }

    pub fn denom(&self) -> &BigInt {
        &self.denom
    }

    /// Whether it may be short once it is reduced, so that looking pays.
    pub fn may_be_short(&self) -> bool {
        self.denom.bits() <= SHORT_BITS
    }

    fn reduced(numer: BigInt, denom: BigInt) -> Self {
        let (numer, denom) = BigRational::new(numer, denom).into_raw();
        Big { reduced_bits: denom.bits(), numer, denom, lowest: true }
    }

    /// Reduced, so that its denominator tells whether it has a finite decimal.
    pub fn in_lowest_terms(&self) -> Self {
        if self.lowest {
            return self.clone();
        }
        Big::reduced(self.numer.clone(), self.denom.clone())
    }

    /// A number that came from others whose denominators were reduced at `bits`.
    fn made(numer: BigInt, denom: BigInt, bits: u64) -> Self {
        let size = denom.bits();
        if size <= SHORT_BITS || size > bits.saturating_mul(2).saturating_add(128) {
            return Big::reduced(numer, denom);
        }
        Big { numer, denom, reduced_bits: bits, lowest: false }
    }

    fn bits_with(&self, other: &Big) -> u64 {
        self.reduced_bits.max(other.reduced_bits)
    }

    pub fn plus(&self, other: &Big) -> Big {
        let bits = self.bits_with(other);
        if self.denom == other.denom {
            return Big::made(&self.numer + &other.numer, self.denom.clone(), bits);
        }
        let numer = &self.numer * &other.denom + &other.numer * &self.denom;
        Big::made(numer, &self.denom * &other.denom, bits)
    }

    pub fn times(&self, other: &Big) -> Big {
        let bits = self.bits_with(other);
        Big::made(&self.numer * &other.numer, &self.denom * &other.denom, bits)
    }

    /// The quotient; the divisor is not zero.
    pub fn over(&self, divisor: &Big) -> Big {
        let bits = self.bits_with(divisor).max(divisor.numer.bits());
        let (numer, denom) = (&self.numer * &divisor.denom, &self.denom * &divisor.numer);
        if denom.is_negative() { Big::made(-numer, -denom, bits) } else { Big::made(numer, denom, bits) }
    }

    pub fn negated(&self) -> Big {
        Big { numer: -&self.numer, ..self.clone() }
    }

    pub fn is_zero(&self) -> bool {
        self.numer.is_zero()
    }

    pub fn is_negative(&self) -> bool {
        self.numer.is_negative()
    }
}

impl PartialEq for Big {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Big {}

impl PartialOrd for Big {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Big {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.denom == other.denom {
            return self.numer.cmp(&other.numer);
        }
        (&self.numer * &other.denom).cmp(&(&other.numer * &self.denom))
    }
}
