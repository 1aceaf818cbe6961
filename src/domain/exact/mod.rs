//! Exact numbers: a decimal where it is finite, a quotient where it is not, never a float.
//!
//! A third of a hundred points has no finite decimal. Rounding it before the sum can turn a tie into a
//! winner, so quotients stay quotients until the declared rounding, or until somebody reads them.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use rust_decimal::{Decimal, MathematicalOps};

mod rounding;
mod text;

pub use rounding::Half;
use text::significant;

/// Significant digits that are shown of a number without a finite decimal.
pub const SHOWN_DIGITS: u32 = 28;

/// Decimals to which a quotient of logarithms is rounded: `ln` is good for 24 digits.
pub const LOGARITHM_DECIMALS: u32 = 20;

/// An exact rational number.
#[derive(Clone, Debug)]
pub struct Exact(Repr);

/// Small numbers stay on the stack; what does not fit in a decimal's 96 bits becomes a big rational.
#[derive(Clone, Debug)]
enum Repr {
    Decimal(Decimal),
    /// Numerator and positive denominator, not reduced: reducing costs more than it saves.
    Quotient(Box<(Decimal, Decimal)>),
    Big(Box<BigRational>),
}

impl Exact {
    /// Zero.
    pub const ZERO: Exact = Exact(Repr::Decimal(Decimal::ZERO));
    /// One.
    pub const ONE: Exact = Exact(Repr::Decimal(Decimal::ONE));
    /// A hundred.
    pub const HUNDRED: Exact = Exact(Repr::Decimal(Decimal::ONE_HUNDRED));

    /// The sum.
    #[inline]
    #[must_use]
    pub fn plus(&self, other: &Exact) -> Exact {
        match (&self.0, &other.0) {
            (Repr::Decimal(a), Repr::Decimal(b)) => sum_of(*a, *b).map(Exact::from),
            (Repr::Decimal(a), Repr::Quotient(q)) | (Repr::Quotient(q), Repr::Decimal(a)) => {
                product_of(*a, q.1).and_then(|a| sum_of(a, q.0)).map(|n| Exact::quotient(n, q.1))
            }
            (Repr::Quotient(a), Repr::Quotient(b)) => sum_of_quotients(a, b),
            _ => None,
        }
        .unwrap_or_else(|| Exact::big(self.to_big() + other.to_big()))
    }

    /// The difference.
    #[must_use]
    pub fn minus(&self, other: &Exact) -> Exact {
        self.plus(&other.negated())
    }

    /// The product.
    #[inline]
    #[must_use]
    pub fn times(&self, other: &Exact) -> Exact {
        match (&self.0, &other.0) {
            (Repr::Decimal(a), Repr::Decimal(b)) => product_of(*a, *b).map(Exact::from),
            (Repr::Decimal(a), Repr::Quotient(q)) | (Repr::Quotient(q), Repr::Decimal(a)) => {
                product_of(*a, q.0).map(|n| Exact::quotient(n, q.1))
            }
            (Repr::Quotient(a), Repr::Quotient(b)) => {
                product_of(a.0, b.0).and_then(|n| product_of(a.1, b.1).map(|d| Exact::quotient(n, d)))
            }
            _ => None,
        }
        .unwrap_or_else(|| Exact::big(self.to_big() * other.to_big()))
    }

    /// The quotient; none when the divisor is zero.
    #[must_use]
    pub fn over(&self, divisor: &Exact) -> Option<Exact> {
        if divisor.is_zero() {
            return None;
        }
        let small = match (&self.0, &divisor.0) {
            (Repr::Decimal(a), Repr::Decimal(b)) if *b == Decimal::ONE => Some(Exact::from(*a)),
            (Repr::Decimal(a), Repr::Decimal(b)) => Some(Exact::quotient(*a, *b)),
            (Repr::Decimal(a), Repr::Quotient(q)) => product_of(*a, q.1).map(|n| Exact::quotient(n, q.0)),
            (Repr::Quotient(q), Repr::Decimal(b)) => product_of(q.1, *b).map(|d| Exact::quotient(q.0, d)),
            _ => None,
        };
        Some(small.unwrap_or_else(|| Exact::big(self.to_big() / divisor.to_big())))
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negated(&self) -> Exact {
        match &self.0 {
            Repr::Decimal(d) => Exact::from(-*d),
            Repr::Quotient(q) => Exact::quotient(-q.0, q.1),
            Repr::Big(b) => Exact::big(-b.as_ref().clone()),
        }
    }

    /// The sum of many numbers; finite decimals are added first, which is fastest.
    pub fn sum<'a>(numbers: impl IntoIterator<Item = &'a Exact>) -> Exact {
        let mut finite = Decimal::ZERO;
        let mut rest: Option<Exact> = None;
        for number in numbers {
            let added = match &number.0 {
                Repr::Decimal(d) => sum_of(finite, *d),
                _ => None,
            };
            match added {
                Some(sum) => finite = sum,
                None => rest = Some(rest.map_or_else(|| number.clone(), |r| r.plus(number))),
            }
        }
        let finite = Exact::from(finite);
        rest.map_or(finite.clone(), |r| r.plus(&finite))
    }

    /// Whether this is zero.
    #[inline]
    #[must_use]
    pub fn is_zero(&self) -> bool {
        match &self.0 {
            Repr::Decimal(d) => d.is_zero(),
            Repr::Quotient(q) => q.0.is_zero(),
            Repr::Big(b) => b.is_zero(),
        }
    }

    /// Whether this is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Decimal(d) => d.is_sign_negative() && !d.is_zero(),
            Repr::Quotient(q) => q.0.is_sign_negative() && !q.0.is_zero(),
            Repr::Big(b) => b.is_negative(),
        }
    }

    /// Whether this is above zero.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        !self.is_zero() && !self.is_negative()
    }

    /// The number as a decimal, when it has a finite one of at most 28 digits.
    #[must_use]
    pub fn finite(&self) -> Option<Decimal> {
        match &self.0 {
            Repr::Decimal(d) => Some(d.normalize()),
            Repr::Quotient(q) => {
                let quotient = q.0.checked_div(q.1)?;
                (product_of(quotient, q.1)? == q.0).then(|| quotient.normalize())
            }
            Repr::Big(b) => finite_decimal(b),
        }
    }

    /// The decimal, when the number is kept as one.
    #[inline]
    #[must_use]
    pub fn as_decimal(&self) -> Option<Decimal> {
        match &self.0 {
            Repr::Decimal(d) => Some(*d),
            _ => None,
        }
    }

    /// The same number as a decimal, where that is finite: sums of decimals are fastest.
    #[must_use]
    pub fn simplified(&self) -> Exact {
        self.finite().map_or_else(|| self.clone(), Exact::from)
    }

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

    /// The lesser of two.
    #[must_use]
    pub fn at_most<'a>(&'a self, other: &'a Exact) -> &'a Exact {
        if other < self { other } else { self }
    }

    /// The greater of two.
    #[must_use]
    pub fn at_least<'a>(&'a self, other: &'a Exact) -> &'a Exact {
        if other > self { other } else { self }
    }

    /// The whole number of hundredths at or below this number, when it fits.
    #[must_use]
    pub fn floor_hundredths(&self) -> Option<i64> {
        (self.to_big() * BigInt::from(100)).floor().to_integer().to_i64()
    }

    /// The number in billionths, to less than one of them; none when it is too large for that.
    #[must_use]
    pub fn whole_billionths(&self) -> Option<i128> {
        const BILLION: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);
        let decimal = match &self.0 {
            Repr::Decimal(d) => *d,
            Repr::Quotient(q) => q.0.checked_div(q.1)?,
            Repr::Big(_) => return None,
        };
        let scaled = decimal.trunc_with_scale(9).checked_mul(BILLION)?.trunc();
        (scaled.scale() == 0).then(|| scaled.mantissa())
    }

    /// The nearest decimal of 28 digits: exact for a decimal.
    fn nearest(&self) -> Option<Decimal> {
        match &self.0 {
            Repr::Decimal(d) => Some(*d),
            Repr::Quotient(q) => q.0.checked_div(q.1),
            Repr::Big(b) => significant(b.numer(), b.denom(), SHOWN_DIGITS).parse().ok(),
        }
    }

    fn quotient(numerator: Decimal, denominator: Decimal) -> Exact {
        if denominator.is_sign_negative() {
            return Exact(Repr::Quotient(Box::new((-numerator, -denominator))));
        }
        Exact(Repr::Quotient(Box::new((numerator, denominator))))
    }

    /// Keeps a big number small where it can be, so that one excursion does not slow all that follows.
    fn big(value: BigRational) -> Exact {
        match finite_decimal(&value) {
            Some(decimal) => Exact::from(decimal),
            None => Exact(Repr::Big(Box::new(value))),
        }
    }

    fn to_big(&self) -> BigRational {
        match &self.0 {
            Repr::Decimal(d) => big_decimal(*d),
            Repr::Quotient(q) => big_decimal(q.0) / big_decimal(q.1),
            Repr::Big(b) => b.as_ref().clone(),
        }
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        Exact(Repr::Decimal(value))
    }
}

impl From<i32> for Exact {
    fn from(value: i32) -> Self {
        Exact::from(Decimal::from(value))
    }
}

impl From<usize> for Exact {
    fn from(value: usize) -> Self {
        Exact::from(Decimal::from(value))
    }
}

impl Default for Exact {
    fn default() -> Self {
        Exact::ZERO
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    /// Compares by cross-multiplication, so that a tie is a tie.
    fn cmp(&self, other: &Self) -> Ordering {
        let cross = |a: &(Decimal, Decimal), b: &(Decimal, Decimal)| {
            Some(product_of(a.0, b.1)?.cmp(&product_of(b.0, a.1)?))
        };
        match (&self.0, &other.0) {
            (Repr::Decimal(a), Repr::Decimal(b)) => Some(a.cmp(b)),
            (Repr::Decimal(a), Repr::Quotient(q)) => product_of(*a, q.1).map(|a| a.cmp(&q.0)),
            (Repr::Quotient(q), Repr::Decimal(b)) => product_of(*b, q.1).map(|b| q.0.cmp(&b)),
            (Repr::Quotient(a), Repr::Quotient(b)) => cross(a, b),
            _ => None,
        }
        .unwrap_or_else(|| self.to_big().cmp(&other.to_big()))
    }
}

/// The exact sum, or none when it does not fit: `checked_add` would round.
#[inline]
fn sum_of(a: Decimal, b: Decimal) -> Option<Decimal> {
    let sum = a.checked_add(b)?;
    (sum.scale() >= a.scale().max(b.scale()) || sum.is_zero() || a.is_zero() || b.is_zero()).then_some(sum)
}

/// The exact product, or none when it does not fit: `checked_mul` would round.
#[inline]
fn product_of(a: Decimal, b: Decimal) -> Option<Decimal> {
    if a.is_zero() || b.is_zero() {
        return Some(Decimal::ZERO);
    }
    let product = a.checked_mul(b)?;
    (product.scale() == a.scale() + b.scale()).then_some(product)
}

fn sum_of_quotients(a: &(Decimal, Decimal), b: &(Decimal, Decimal)) -> Option<Exact> {
    if a.1 == b.1 {
        return sum_of(a.0, b.0).map(|n| Exact::quotient(n, a.1));
    }
    let numerator = sum_of(product_of(a.0, b.1)?, product_of(b.0, a.1)?)?;
    Some(Exact::quotient(numerator, product_of(a.1, b.1)?))
}

fn big_decimal(value: Decimal) -> BigRational {
    BigRational::new(BigInt::from(value.mantissa()), power_of_ten(value.scale()))
}

fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

/// A fraction is finite exactly when its reduced denominator has no other factors than 2 and 5.
fn finite_decimal(value: &BigRational) -> Option<Decimal> {
    let twos = value.denom().trailing_zeros().unwrap_or(0);
    let mut rest = value.denom() >> twos;
    let mut fives = 0;
    while (&rest % 5u8).is_zero() {
        rest /= 5u8;
        fives += 1;
    }
    let scale = u32::try_from(twos.max(fives)).ok()?;
    if !rest.is_one() || scale > 28 {
        return None;
    }
    let mantissa = (value * power_of_ten(scale)).to_integer().to_i128()?;
    Decimal::try_from_i128_with_scale(mantissa, scale).ok()
}
