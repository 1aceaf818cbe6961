//! A fraction of whole numbers of any size. It is reduced only when it grew: on long fractions the greatest
//! common divisor costs a hundred times what a sum or a comparison does.
//!
//! The bids of a lot are scored on the same criteria, so the long denominators of their points are the same but for
//! a short factor, such as a price of their own. That factor is kept apart: two numbers whose denominators differ in
//! nothing else are added and compared without multiplying one long number by another.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use rust_decimal::Decimal;

use super::conversion::power_of_ten;
use super::finite::Finite;

/// A denominator of at most so many bits is short: it is reduced at once, which is cheap and keeps short numbers short.
const SHORT_BITS: u64 = 256;

/// A denominator so many times as long as when it was last reduced is reduced again: a product of two long ones is not
/// yet, because what comes of it is compared more often than it is calculated with.
const GROWN: u64 = 3;

/// numer / (shared · own).
#[derive(Clone, Debug)]
pub(super) struct Big {
    numer: BigInt,
    below: Denom,
    /// How many bits the denominator had when it was last known to be reduced.
    reduced_bits: u64,
    /// Whether it is in lowest terms.
    lowest: bool,
}

/// A denominator, above zero.
#[derive(Clone, Debug)]
struct Denom {
    /// The long factor that other numbers may have too; one in a short denominator.
    shared: BigInt,
    /// The short factor.
    own: BigInt,
}

impl Denom {
    fn of(whole: BigInt) -> Self {
        if whole.bits() <= SHORT_BITS {
            Denom { shared: BigInt::one(), own: whole }
        } else {
            Denom { shared: whole, own: BigInt::one() }
        }
    }

    fn whole(&self) -> BigInt {
        if self.shared.is_one() { self.own.clone() } else { &self.shared * &self.own }
    }

    fn bits(&self) -> u64 {
        self.shared.bits().saturating_add(self.own.bits())
    }

    fn times(&self, other: &Denom) -> Denom {
        let shared = if other.shared.is_one() {
            self.shared.clone()
        } else if self.shared.is_one() {
            other.shared.clone()
        } else {
            &self.shared * &other.shared
        };
        Denom { shared, own: &self.own * &other.own }
    }

    /// A number times this.
    fn of_number(&self, number: &BigInt) -> BigInt {
        let number = number * &self.own;
        if self.shared.is_one() { number } else { number * &self.shared }
    }
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

    /// The quotient of two short decimals, the second above zero, as a part of a sum: the whole number in its
    /// denominator may be shared, the power of ten is its own.
    pub fn part(numer: Finite, denom: Finite) -> Self {
        let ((above, above_scale), (below, below_scale)) = (numer.parts(), denom.parts());
        let both = above_scale.min(below_scale);
        let numer = BigInt::from(above) * power_of_ten((below_scale - both).into());
        let below = Denom { shared: BigInt::from(below), own: power_of_ten((above_scale - both).into()) };
        Big { numer, reduced_bits: below.bits(), below, lowest: false }
    }

    /// The sum of many, reduced once where it is short.
    pub fn sum(numbers: &[Big]) -> Self {
        let (numer, below) = summed(numbers);
        let size = below.bits();
        if size <= SHORT_BITS {
            return Big::reduced(numer, below.whole());
        }
        Big { numer, below, reduced_bits: size, lowest: false }
    }

    /// The fraction of two whole numbers, the second above zero.
    pub fn fraction(numer: BigInt, denom: BigInt) -> Self {
        Big::reduced(numer, denom)
    }

    pub fn numer(&self) -> &BigInt {
        &self.numer
    }

    pub fn denom(&self) -> BigInt {
        self.below.whole()
    }

    /// Whether it may be short once it is reduced, so that looking pays.
    pub fn may_be_short(&self) -> bool {
        self.below.bits() <= SHORT_BITS
    }

    fn reduced(numer: BigInt, denom: BigInt) -> Self {
        let (numer, denom) = BigRational::new(numer, denom).into_raw();
        Big { reduced_bits: denom.bits(), numer, below: Denom::of(denom), lowest: true }
    }

    /// Reduced, so that its denominator tells whether it has a finite decimal.
    pub fn in_lowest_terms(&self) -> Self {
        if self.lowest {
            return self.clone();
        }
        Big::reduced(self.numer.clone(), self.denom())
    }

    /// A number that came from others whose denominators were reduced at `bits`.
    fn made(numer: BigInt, below: Denom, bits: u64) -> Self {
        let size = below.bits();
        if size <= SHORT_BITS || size > bits.saturating_mul(GROWN).saturating_add(128) {
            return Big::reduced(numer, below.whole());
        }
        Big { numer, below, reduced_bits: bits, lowest: false }
    }

    fn bits_with(&self, other: &Big) -> u64 {
        self.reduced_bits.max(other.reduced_bits)
    }

    pub fn plus(&self, other: &Big) -> Big {
        let bits = self.bits_with(other);
        let (left, right) = (&self.below, &other.below);
        if left.shared != right.shared {
            let numer = right.of_number(&self.numer) + left.of_number(&other.numer);
            return Big::made(numer, left.times(right), bits);
        }
        if left.own == right.own {
            return Big::made(&self.numer + &other.numer, left.clone(), bits);
        }
        let numer = &self.numer * &right.own + &other.numer * &left.own;
        Big::made(numer, Denom { shared: left.shared.clone(), own: &left.own * &right.own }, bits)
    }

    pub fn times(&self, other: &Big) -> Big {
        let bits = self.bits_with(other);
        Big::made(&self.numer * &other.numer, self.below.times(&other.below), bits)
    }

    /// The quotient; the divisor is not zero.
    pub fn over(&self, divisor: &Big) -> Big {
        let bits = self.bits_with(divisor).max(divisor.numer.bits());
        let (left, right) = (&self.below, &divisor.below);
        let sign = if divisor.numer.is_negative() { -BigInt::one() } else { BigInt::one() };
        let turned = Denom::of(divisor.numer.abs());
        if left.shared == right.shared {
            let kept = Denom { shared: BigInt::one(), own: left.own.clone() };
            return Big::made(&self.numer * &right.own * sign, kept.times(&turned), bits);
        }
        Big::made(right.of_number(&self.numer) * sign, left.times(&turned), bits)
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

/// The sum of many as numerator and denominator: by halves, so that long numbers meet long ones only at the end.
fn summed(numbers: &[Big]) -> (BigInt, Denom) {
    match numbers {
        [] => (BigInt::zero(), Denom::of(BigInt::one())),
        [one] => (one.numer.clone(), one.below.clone()),
        many => {
            let (left, right) = many.split_at(many.len() / 2);
            let ((mut above, mut below), (other, second)) = (summed(left), summed(right));
            // The powers of ten of two parts: one of them mostly divides the other.
            let (mut other, first) = (other, below.own.clone());
            if (&second.own % &first).is_zero() {
                above *= &second.own / &first;
                below.own = second.own;
            } else if (&first % &second.own).is_zero() {
                other *= &first / &second.own;
            } else {
                above *= &second.own;
                other *= &first;
                below.own = &first * &second.own;
            }
            if below.shared == second.shared {
                return (above + other, below);
            }
            let sum = above * &second.shared + other * &below.shared;
            (sum, Denom { shared: below.shared * second.shared, own: below.own })
        }
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
        let (left, right) = (&self.below, &other.below);
        if left.shared != right.shared {
            return right.of_number(&self.numer).cmp(&left.of_number(&other.numer));
        }
        if left.own == right.own {
            return self.numer.cmp(&other.numer);
        }
        (&self.numer * &right.own).cmp(&(&other.numer * &left.own))
    }
}
