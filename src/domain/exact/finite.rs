//! A short decimal: what almost every price, score and weight is. It is one machine word and a scale, so that
//! sums and products of them cost next to nothing; what does not fit is left to bigger numbers.

use std::cmp::Ordering;

use rust_decimal::Decimal;

/// mantissa / 10^scale.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finite {
    mantissa: i64,
    scale: u8,
}

/// The powers of ten that a word holds.
const POWERS: [i64; 19] = [
    1,
    10,
    100,
    1_000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
    1_000_000_000,
    10_000_000_000,
    100_000_000_000,
    1_000_000_000_000,
    10_000_000_000_000,
    100_000_000_000_000,
    1_000_000_000_000_000,
    10_000_000_000_000_000,
    100_000_000_000_000_000,
    1_000_000_000_000_000_000,
];

/// More decimals than this do not fit beside any whole digit.
const MAX_SCALE: u8 = 18;

impl Finite {
    pub const fn whole(number: i64) -> Self {
        Finite { mantissa: number, scale: 0 }
    }

    /// The decimal, when it is short enough.
    #[inline]
    pub fn of(decimal: Decimal) -> Option<Self> {
        let scale = u8::try_from(decimal.scale()).ok().filter(|scale| *scale <= MAX_SCALE);
        match (i64::try_from(decimal.mantissa()), scale) {
            (Ok(mantissa), Some(scale)) => Some(Finite { mantissa, scale }),
            _ => {
                let shorter = decimal.normalize();
                let scale = u8::try_from(shorter.scale()).ok().filter(|scale| *scale <= MAX_SCALE)?;
                Some(Finite { mantissa: i64::try_from(shorter.mantissa()).ok()?, scale })
            }
        }
    }

    #[inline]
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.mantissa, u32::from(self.scale))
    }

    #[inline]
    pub fn parts(self) -> (i64, u8) {
        (self.mantissa, self.scale)
    }

    #[inline]
    pub fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    #[inline]
    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    pub fn is_one(self) -> bool {
        power(self.scale) == Some(self.mantissa)
    }

    /// None when it does not fit.
    pub fn negated(self) -> Option<Self> {
        Some(Finite { mantissa: self.mantissa.checked_neg()?, scale: self.scale })
    }

    /// The exact sum, or none when it does not fit.
    #[inline]
    pub fn plus(self, other: Self) -> Option<Self> {
        let (longer, shorter) = if self.scale >= other.scale { (self, other) } else { (other, self) };
        let shift = power(longer.scale - shorter.scale)?;
        let mantissa = shorter.mantissa.checked_mul(shift)?.checked_add(longer.mantissa)?;
        Some(Finite { mantissa, scale: longer.scale })
    }

    /// The exact product, or none when it does not fit.
    #[inline]
    pub fn times(self, other: Self) -> Option<Self> {
        let scale = self.scale + other.scale;
        let mantissa = self.mantissa.checked_mul(other.mantissa)?;
        if scale > MAX_SCALE {
            return Finite::of(Decimal::try_new(mantissa, u32::from(scale)).ok()?);
        }
        Some(Finite { mantissa, scale })
    }

    /// `a·b` held against `c·d`; none when the scales lie too far apart.
    #[inline]
    pub fn compare_products(a: Self, b: Self, c: Self, d: Self) -> Option<Ordering> {
        let product = |x: Finite, y: Finite| i128::from(x.mantissa) * i128::from(y.mantissa);
        let (left, right) = (product(a, b), product(c, d));
        let (left_scale, right_scale) = (a.scale + b.scale, c.scale + d.scale);
        let shift = i128::from(power(left_scale.abs_diff(right_scale))?);
        Some(match left_scale.cmp(&right_scale) {
            Ordering::Equal => left.cmp(&right),
            Ordering::Less => left.checked_mul(shift)?.cmp(&right),
            Ordering::Greater => left.cmp(&right.checked_mul(shift)?),
        })
    }

    /// The whole billionths of `self / divisor`, cut off; none when they do not fit.
    pub fn billionths_over(self, divisor: Self) -> Option<i128> {
        const BILLION: i128 = 1_000_000_000;
        let numerator = i128::from(self.mantissa).checked_mul(BILLION)?;
        let shift = i128::from(power(self.scale.abs_diff(divisor.scale))?);
        let divisor_mantissa = i128::from(divisor.mantissa);
        if divisor.scale >= self.scale {
            return numerator.checked_mul(shift)?.checked_div(divisor_mantissa);
        }
        numerator.checked_div(divisor_mantissa.checked_mul(shift)?)
    }
}

impl PartialEq for Finite {
    fn eq(&self, other: &Self) -> bool {
        Finite::compare_products(*self, Finite::whole(1), *other, Finite::whole(1)) == Some(Ordering::Equal)
    }
}

#[inline]
fn power(exponent: u8) -> Option<i64> {
    POWERS.get(usize::from(exponent)).copied()
}
