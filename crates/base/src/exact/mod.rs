//! Exact numbers: a decimal where it is finite, a quotient where it is not, never a float.
//!
//! A third of a hundred points has no finite decimal. Rounding it before the sum can turn a tie into a
//! winner, so quotients stay quotients until the declared rounding, or until somebody reads them.

use std::borrow::Cow;
use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};
use rust_decimal::{Decimal, MathematicalOps};

mod big;
mod finite;
mod rounding;
mod text;

use big::Big;
use finite::Finite;
pub use rounding::Half;
use text::significant;

/// Significant digits that are shown of a number without a finite decimal.
pub const SHOWN_DIGITS: u32 = 28;

/// Decimals to which a quotient of logarithms is rounded: `ln` is good for 24 digits.
pub const LOGARITHM_DECIMALS: u32 = 20;

/// An exact rational number.
#[derive(Clone, Debug)]
pub struct Exact(Repr);

/// Short decimals stay on the stack; what is no quotient of two of them becomes a big rational.
#[derive(Clone, Debug)]
enum Repr {
    Finite(Finite),
    /// Numerator and positive denominator, not reduced: reducing costs more than it saves.
    Quotient(Box<(Finite, Finite)>),
    Big(Box<Big>),
}

impl Exact {
    /// Zero.
    pub const ZERO: Exact = Exact(Repr::Finite(Finite::whole(0)));
    /// One.
    pub const ONE: Exact = Exact(Repr::Finite(Finite::whole(1)));
    /// A hundred.
    pub const HUNDRED: Exact = Exact(Repr::Finite(Finite::whole(100)));

    /// The sum.
    #[inline]
    #[must_use]
    pub fn plus(&self, other: &Exact) -> Exact {
        match (&self.0, &other.0) {
            (Repr::Finite(a), Repr::Finite(b)) => a.plus(*b).map(Exact::finite_number),
            (Repr::Finite(a), Repr::Quotient(q)) | (Repr::Quotient(q), Repr::Finite(a)) => {
                a.times(q.1).and_then(|a| a.plus(q.0)).and_then(|n| Exact::quotient(n, q.1))
            }
            (Repr::Quotient(a), Repr::Quotient(b)) => sum_of_quotients(a, b),
            _ => None,
        }
        .unwrap_or_else(|| Exact::big(self.to_big().plus(&other.to_big())))
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
            (Repr::Finite(a), Repr::Finite(b)) => a.times(*b).map(Exact::finite_number),
            (Repr::Finite(a), Repr::Quotient(q)) | (Repr::Quotient(q), Repr::Finite(a)) => {
                a.times(q.0).and_then(|n| Exact::quotient(n, q.1))
            }
            (Repr::Quotient(a), Repr::Quotient(b)) => {
                a.0.times(b.0).and_then(|n| a.1.times(b.1).and_then(|d| Exact::quotient(n, d)))
            }
            _ => None,
        }
        .unwrap_or_else(|| Exact::big(self.to_big().times(&other.to_big())))
    }

    /// The quotient; none when the divisor is zero.
    #[must_use]
    pub fn over(&self, divisor: &Exact) -> Option<Exact> {
        if divisor.is_zero() {
            return None;
        }
        let small = match (&self.0, &divisor.0) {
            (Repr::Finite(a), Repr::Finite(b)) if b.is_one() => Some(Exact::finite_number(*a)),
            (Repr::Finite(a), Repr::Finite(b)) => Exact::quotient(*a, *b),
            (Repr::Finite(a), Repr::Quotient(q)) => a.times(q.1).and_then(|n| Exact::quotient(n, q.0)),
            (Repr::Quotient(q), Repr::Finite(b)) => q.1.times(*b).and_then(|d| Exact::quotient(q.0, d)),
            _ => None,
        };
        Some(small.unwrap_or_else(|| Exact::big(self.to_big().over(&divisor.to_big()))))
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negated(&self) -> Exact {
        match &self.0 {
            Repr::Finite(d) => d.negated().map(Exact::finite_number),
            Repr::Quotient(q) => q.0.negated().and_then(|n| Exact::quotient(n, q.1)),
            Repr::Big(_) => None,
        }
        .unwrap_or_else(|| Exact::big(self.to_big().negated()))
    }

    /// The sum of many numbers; short decimals are added first, which is fastest.
    pub fn sum<'a>(numbers: impl IntoIterator<Item = &'a Exact>) -> Exact {
        let mut finite = Finite::whole(0);
        let mut rest: Option<Exact> = None;
        for number in numbers {
            let added = match &number.0 {
                Repr::Finite(d) => finite.plus(*d),
                _ => None,
            };
            match added {
                Some(sum) => finite = sum,
                None => rest = Some(rest.map_or_else(|| number.clone(), |r| r.plus(number))),
            }
        }
        let finite = Exact::finite_number(finite);
        rest.map_or(finite.clone(), |r| r.plus(&finite))
    }

    /// Whether this is zero.
    #[inline]
    #[must_use]
    pub fn is_zero(&self) -> bool {
        match &self.0 {
            Repr::Finite(d) => d.is_zero(),
            Repr::Quotient(q) => q.0.is_zero(),
            Repr::Big(b) => b.is_zero(),
        }
    }

    /// Whether this is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Finite(d) => d.is_negative(),
            Repr::Quotient(q) => q.0.is_negative(),
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
            Repr::Finite(d) => Some(d.decimal().normalize()),
            Repr::Quotient(q) if !q.0.divides_finitely(q.1) => None,
            Repr::Quotient(q) => {
                let quotient = q.0.decimal().checked_div(q.1.decimal())?;
                // As many decimals as there can be: more may have been rounded away.
                if quotient.scale() >= 28 {
                    finite_decimal(&self.to_big().in_lowest_terms())
                } else {
                    Some(quotient.normalize())
                }
            }
            Repr::Big(b) => finite_decimal(&b.in_lowest_terms()),
        }
    }

    /// The same number as a short decimal, where it is one: sums of those are fastest.
    #[must_use]
    pub fn simplified(&self) -> Exact {
        if let Repr::Big(big) = &self.0 {
            let lowest = big.in_lowest_terms();
            let short = finite_decimal(&lowest).map(Exact::from);
            return short.unwrap_or_else(|| Exact(Repr::Big(Box::new(lowest))));
        }
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
        let number = self.to_big();
        (number.numer() * BigInt::from(100)).div_floor(number.denom()).to_i64()
    }

    /// The number in billionths, to less than one of them; none when it is too large for that.
    #[must_use]
    pub fn whole_billionths(&self) -> Option<i128> {
        match &self.0 {
            Repr::Finite(d) => d.billionths_over(Finite::whole(1)),
            Repr::Quotient(q) => q.0.billionths_over(q.1),
            Repr::Big(_) => None,
        }
    }

    /// The short decimal, when the number is kept as one.
    #[inline]
    pub fn as_short(&self) -> Option<(i64, u8)> {
        match &self.0 {
            Repr::Finite(d) => Some(d.parts()),
            _ => None,
        }
    }

    /// The short decimal with this mantissa and scale.
    #[inline]
    pub fn from_short((mantissa, scale): (i64, u8)) -> Exact {
        Exact::from(Decimal::new(mantissa, u32::from(scale)))
    }

    /// The nearest decimal of 28 digits: exact for a short one.
    fn nearest(&self) -> Option<Decimal> {
        match &self.0 {
            Repr::Finite(d) => Some(d.decimal()),
            Repr::Quotient(q) => q.0.decimal().checked_div(q.1.decimal()),
            Repr::Big(b) => significant(b.numer(), b.denom(), SHOWN_DIGITS).parse().ok(),
        }
    }

    #[inline]
    fn finite_number(number: Finite) -> Exact {
        Exact(Repr::Finite(number))
    }

    fn quotient(numerator: Finite, denominator: Finite) -> Option<Exact> {
        if denominator.is_negative() {
            let terms = (numerator.negated()?, denominator.negated()?);
            return Some(Exact(Repr::Quotient(Box::new(terms))));
        }
        Some(Exact(Repr::Quotient(Box::new((numerator, denominator)))))
    }

    /// Keeps a big number short where it can be, so that one excursion does not slow all that follows.
    fn big(value: Big) -> Exact {
        let short = value.may_be_short().then(|| finite_decimal(&value)).flatten();
        match short.and_then(Finite::of) {
            Some(short) => Exact::finite_number(short),
            None => Exact(Repr::Big(Box::new(value))),
        }
    }

    fn to_big(&self) -> Cow<'_, Big> {
        match &self.0 {
            Repr::Finite(d) => Cow::Owned(Big::of_decimal(d.decimal())),
            Repr::Quotient(q) => Cow::Owned(Big::of_quotient(q.0.decimal(), q.1.decimal())),
            Repr::Big(b) => Cow::Borrowed(b.as_ref()),
        }
    }
}

impl From<Decimal> for Exact {
    #[inline]
    fn from(value: Decimal) -> Self {
        match Finite::of(value) {
            Some(short) => Exact::finite_number(short),
            None => Exact(Repr::Big(Box::new(Big::of_decimal(value)))),
        }
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
        const ONE: Finite = Finite::whole(1);
        match (&self.0, &other.0) {
            (Repr::Finite(a), Repr::Finite(b)) => Finite::compare_products(*a, ONE, *b, ONE),
            (Repr::Finite(a), Repr::Quotient(q)) => Finite::compare_products(*a, q.1, q.0, ONE),
            (Repr::Quotient(q), Repr::Finite(b)) => Finite::compare_products(q.0, ONE, *b, q.1),
            (Repr::Quotient(a), Repr::Quotient(b)) => Finite::compare_products(a.0, b.1, b.0, a.1),
            _ => None,
        }
        .unwrap_or_else(|| self.to_big().cmp(&other.to_big()))
    }
}

fn sum_of_quotients(a: &(Finite, Finite), b: &(Finite, Finite)) -> Option<Exact> {
    if a.1 == b.1 {
        return a.0.plus(b.0).and_then(|n| Exact::quotient(n, a.1));
    }
    let numerator = a.0.times(b.1)?.plus(b.0.times(a.1)?)?;
    Exact::quotient(numerator, a.1.times(b.1)?)
}

fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

/// A fraction in lowest terms is finite exactly when its denominator has no other factors than 2 and 5.
fn finite_decimal(value: &Big) -> Option<Decimal> {
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
    let mantissa = (value.numer() * power_of_ten(scale) / value.denom()).to_i128()?;
    Decimal::try_from_i128_with_scale(mantissa, scale).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quotient(numer: &str, denom: &str) -> Exact {
        let number = |text: &str| Exact::from(text.parse::<Decimal>().unwrap());
        number(numer).over(&number(denom)).unwrap()
    }

    #[test]
    fn a_quotient_is_finite_when_only_twos_and_fives_stay_below_the_line() {
        for (numer, denom, shown) in
            [("3", "8", "0.375"), ("6", "9.6", "0.625"), ("21", "0.7", "30"), ("0", "7", "0")]
        {
            assert_eq!(quotient(numer, denom).finite().map(|d| d.to_string()).as_deref(), Some(shown));
            assert_eq!(quotient(numer, denom).shown(), shown);
        }
        assert_eq!(quotient("1", "3").finite(), None);
        assert_eq!(quotient("1.50", "0.99").finite(), None);
    }

    #[test]
    fn a_fraction_is_reduced_and_keeps_its_sign() {
        assert_eq!(quotient("1.50", "0.99").fraction(), "50/33");
        assert_eq!(quotient("-2", "6").fraction(), "-1/3");
        assert_eq!(quotient("2", "-6").fraction(), "-1/3");
        assert_eq!(quotient("200", "3").shown(), "66.66666666666666666666666667");
    }

    #[test]
    fn a_quotient_is_shown_as_the_long_division_shows_it() {
        for (numer, denom) in [
            ("1", "7"),
            ("-22", "7"),
            ("1000000", "3"),
            ("0.01", "900000.07"),
            ("2", "3"),
            ("999999", "0.07"),
        ] {
            let quotient = quotient(numer, denom);
            let long = {
                let big = quotient.to_big();
                significant(big.numer(), big.denom(), SHOWN_DIGITS)
            };
            assert_eq!(quotient.shown(), long, "{numer}/{denom}");
        }
    }

    #[test]
    fn numbers_that_outgrow_a_word_stay_exact() {
        let large = Exact::from("9999999999999999.99".parse::<Decimal>().unwrap());
        let product = large.times(&large);
        assert_eq!(product.over(&large), Some(large.clone()));
        assert_eq!(product.minus(&product), Exact::ZERO);
        assert!(product.plus(&quotient("1", "3")) > product);
        assert_eq!(quotient("1", "3").plus(&quotient("1", "3")).plus(&quotient("1", "3")), Exact::ONE);
    }

    #[test]
    fn a_half_is_rounded_by_its_exact_value() {
        let third = quotient("1", "3");
        assert_eq!(third.rounded(2, Half::Up).shown(), "0.33");
        assert_eq!(quotient("1", "8").rounded(2, Half::Up).shown(), "0.13");
        assert_eq!(quotient("1", "8").rounded(2, Half::Even).shown(), "0.12");
        assert_eq!(quotient("-1", "8").rounded(2, Half::Up).shown(), "-0.13");
    }
}
