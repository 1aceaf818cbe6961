//! Between exact numbers and whole numbers over one denominator, in which a row of sums costs least.

use num_bigint::BigInt;

use super::big::Big;
use super::finite::Finite;
use super::{Exact, View};

impl Exact {
    /// The least whole number above zero of which a multiple of this number is a whole number, where that fits; a
    /// short decimal may give a greater power of ten.
    #[must_use]
    pub fn denominator(&self) -> Option<i64> {
        match self.view() {
            View::Finite(number) => number.denominator(),
            View::Quotient(numer, denom) => i64::try_from(numer.fraction_over(denom)?.1).ok(),
            View::Big(_) => None,
        }
    }

    /// This number times `factor`, when that is a whole number that fits.
    #[inline]
    #[must_use]
    pub fn whole_times(&self, factor: i64) -> Option<i64> {
        match self.view() {
            View::Finite(number) => number.whole_times(factor),
            View::Quotient(numer, denom) => {
                let (numer, denom) = numer.fraction_over(denom)?;
                let factor = i128::from(factor);
                let product = numer.checked_mul(factor.checked_div(denom)?)?;
                (factor.checked_rem(denom)? == 0).then(|| i64::try_from(product).ok())?
            }
            View::Big(_) => None,
        }
    }

    /// `numer / denom`, whose denominator is above zero.
    #[inline]
    #[must_use]
    pub fn of_whole(numer: i128, denom: Denominator) -> Exact {
        if let Ok(short) = i64::try_from(numer) {
            let small = match denom.scale {
                Some(scale) => Some(Exact::finite_number(Finite::from_parts(short, scale))),
                None => Exact::quotient(Finite::whole(short), Finite::whole(denom.whole)),
            };
            if let Some(small) = small {
                return small;
            }
        }
        Exact::big(Big::fraction(BigInt::from(numer), BigInt::from(denom.whole)))
    }
}

/// A whole number above zero that many numbers are whole numbers of one over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Denominator {
    whole: i64,
    /// Of which power of ten it is, if it is one.
    scale: Option<u8>,
}

impl Denominator {
    /// One.
    pub const ONE: Denominator = Denominator { whole: 1, scale: Some(0) };

    /// As a whole number.
    #[inline]
    #[must_use]
    pub fn whole(self) -> i64 {
        self.whole
    }

    /// The least that is a multiple of both, where it fits; a power of ten where it has no other factors than 2 and
    /// 5, because sums of decimals are fastest.
    #[must_use]
    pub fn and(self, other: i64) -> Option<Self> {
        let other = other.checked_abs().filter(|other| *other > 0)?;
        let whole = self.whole.checked_mul(other / greatest_common_divisor(self.whole, other))?;
        let power = (0..=18_u8).find_map(|scale| {
            let power = 10_i64.checked_pow(u32::from(scale))?;
            (power % whole == 0).then_some(Denominator { whole: power, scale: Some(scale) })
        });
        Some(power.unwrap_or(Denominator { whole, scale: None }))
    }
}

/// The greatest whole number that divides both; the second is not zero.
#[must_use]
pub fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.checked_abs().unwrap_or(1)
}
