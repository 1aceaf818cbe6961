//! Between an exact number and decimals, words and big fractions.

use std::borrow::Cow;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};
use rust_decimal::Decimal;

use super::big::Big;
use super::finite::Finite;
use super::text::significant;
use super::{Exact, Repr, SHOWN_DIGITS, View};

impl Exact {
    /// The number as a decimal, when it has a finite one of at most 28 digits.
    #[must_use]
    pub fn finite(&self) -> Option<Decimal> {
        match self.view() {
            View::Finite(d) => Some(d.decimal().normalize()),
            View::Quotient(n, d) if !n.divides_finitely(d) => None,
            View::Quotient(n, d) => {
                let quotient = n.decimal().checked_div(d.decimal())?;
                // As many decimals as there can be: more may have been rounded away.
                if quotient.scale() >= 28 {
                    finite_decimal(&self.to_big().in_lowest_terms())
                } else {
                    Some(quotient.normalize())
                }
            }
            View::Big(b) => finite_decimal(&b.in_lowest_terms()),
        }
    }

    /// The same number as a short decimal, where it is one: sums of those are fastest. A long fraction stays as it is,
    /// because to reduce it costs more than it saves.
    #[must_use]
    pub fn simplified(&self) -> Exact {
        if let Repr::Big(big) = &self.0 {
            if !big.may_be_short() {
                return self.clone();
            }
            let lowest = big.in_lowest_terms();
            let short = finite_decimal(&lowest).map(Exact::from);
            return short.unwrap_or_else(|| Exact(Repr::Big(Box::new(lowest))));
        }
        self.finite().map_or_else(|| self.clone(), Exact::from)
    }

    /// The whole number of hundredths at or below this number, when it fits.
    #[must_use]
    pub fn floor_hundredths(&self) -> Option<i64> {
        let number = self.to_big();
        (number.numer() * BigInt::from(100)).div_floor(&number.denom()).to_i64()
    }

    /// The first two digits behind the point, as published rules for low bids take them: 1 and 3 for 7.136.
    #[must_use]
    pub fn first_decimals(&self) -> Option<(u8, u8)> {
        let number = self.to_big();
        let numer = if number.is_negative() { -number.numer() } else { number.numer().clone() };
        let hundredths: BigInt = numer * BigInt::from(100) / number.denom() % BigInt::from(100);
        let digits = hundredths.to_u8()?;
        Some((digits / 10, digits % 10))
    }

    /// The number in billionths, to less than one of them; none when it is too large for that.
    #[inline]
    #[must_use]
    pub fn whole_billionths(&self) -> Option<i128> {
        match self.view() {
            View::Finite(d) => d.billionths_over(Finite::whole(1)),
            // What is on the way can be too long for words where the outcome is not.
            View::Quotient(n, d) => n.billionths_over(d).or_else(|| of_big(&self.to_big())),
            View::Big(b) => of_big(b),
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
    pub(super) fn nearest(&self) -> Option<Decimal> {
        match self.view() {
            View::Finite(d) => Some(d.decimal()),
            View::Quotient(n, d) => n.decimal().checked_div(d.decimal()),
            View::Big(b) => significant(b.numer(), &b.denom(), SHOWN_DIGITS).parse().ok(),
        }
    }

    pub(super) fn to_big(&self) -> Cow<'_, Big> {
        match self.view() {
            View::Finite(d) => Cow::Owned(Big::of_decimal(d.decimal())),
            View::Quotient(n, d) => Cow::Owned(Big::of_quotient(n.decimal(), d.decimal())),
            View::Big(b) => Cow::Borrowed(b),
        }
    }
}

/// The whole billionths of a fraction, when they fit.
fn of_big(fraction: &Big) -> Option<i128> {
    (fraction.numer() * BigInt::from(1_000_000_000) / fraction.denom()).to_i128()
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

pub(super) fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

/// A fraction in lowest terms is finite exactly when its denominator has no other factors than 2 and 5.
pub(super) fn finite_decimal(value: &Big) -> Option<Decimal> {
    let denom = value.denom();
    let twos = denom.trailing_zeros().unwrap_or(0);
    let mut rest = &denom >> twos;
    let mut fives = 0;
    while (&rest % 5u8).is_zero() {
        rest /= 5u8;
        fives += 1;
    }
    let scale = u32::try_from(twos.max(fives)).ok()?;
    if !rest.is_one() || scale > 28 {
        return None;
    }
    let mantissa = (value.numer() * power_of_ten(scale) / denom).to_i128()?;
    Decimal::try_from_i128_with_scale(mantissa, scale).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn x(text: &str) -> Exact {
        Exact::from(text.parse::<Decimal>().unwrap())
    }

    #[test]
    fn the_first_two_decimals_are_those_of_the_number_itself() {
        for (number, digits) in [("7.136", (1, 3)), ("130.05", (0, 5)), ("4", (0, 0)), ("-0.99", (9, 9))] {
            assert_eq!(x(number).first_decimals(), Some(digits), "{number}");
        }
        assert_eq!(Exact::ONE.over(&x("3")).unwrap().first_decimals(), Some((3, 3)));
    }
}
