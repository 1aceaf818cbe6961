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

    /// The decimal with these [`Finite::parts`].
    #[inline]
    pub const fn from_parts(mantissa: i64, scale: u8) -> Self {
        Finite { mantissa, scale }
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

    /// `a` held against `b`; none when the scales lie too far apart.
    #[inline]
    pub fn compare(a: Self, b: Self) -> Option<Ordering> {
        if a.scale == b.scale {
            return Some(a.mantissa.cmp(&b.mantissa));
        }
        Finite::compare_products(a, Finite::whole(1), b, Finite::whole(1))
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

    /// Whether `self / divisor` has a finite decimal: when nothing but factors 2 and 5 stays below the line.
    pub fn divides_finitely(self, divisor: Self) -> bool {
        let mut rest = divisor.mantissa.unsigned_abs();
        rest >>= rest.trailing_zeros().min(63);
        while rest != 0 && rest.is_multiple_of(5) {
            rest /= 5;
        }
        self.mantissa.unsigned_abs().checked_rem(rest) == Some(0)
    }

    /// `self / divisor` as a reduced fraction of whole numbers; none when these do not fit.
    pub fn fraction_over(self, divisor: Self) -> Option<(i128, i128)> {
        let shift = i128::from(power(self.scale.abs_diff(divisor.scale))?);
        let (mut numer, mut denom) = (i128::from(self.mantissa), i128::from(divisor.mantissa));
        if divisor.scale >= self.scale {
            numer = numer.checked_mul(shift)?;
        } else {
            denom = denom.checked_mul(shift)?;
        }
        let (mut a, mut b) = (numer.unsigned_abs(), denom.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let common = i128::try_from(a).ok()?;
        Some((numer.checked_div(common)?, denom.checked_div(common)?))
    }

    /// The absolute value of `self / divisor`, rounded half up to `digits` significant digits, as whole part,
    /// fraction and the decimals of that fraction; none when it does not fit.
    pub fn rounded_over(self, divisor: Self, digits: u32) -> Option<(u128, u128, u32)> {
        const CHUNK: u128 = 1_000_000_000_000_000_000;
        const CHUNKS: u32 = 36;
        let shift = u128::from(power(self.scale.abs_diff(divisor.scale))?.unsigned_abs());
        let mut numer = u128::from(self.mantissa.unsigned_abs());
        let mut denom = u128::from(divisor.mantissa.unsigned_abs());
        if divisor.scale >= self.scale {
            numer = numer.checked_mul(shift)?;
        } else {
            denom = denom.checked_mul(shift)?;
        }
        let (whole, rest) = (numer.checked_div(denom)?, numer.checked_rem(denom)?);
        // Zeros behind the point are no significant digits: how many there are is counted elsewhere.
        if whole == 0 {
            return None;
        }
        let upper = rest.checked_mul(CHUNK)?;
        let (high, rest) = (upper / denom, upper % denom);
        let low = rest.checked_mul(CHUNK)? / denom;
        let fraction = high * CHUNK + low;
        let decimals = digits.checked_sub(whole.checked_ilog10().map_or(0, |log| log + 1))?;
        let cut = 10u128.checked_pow(CHUNKS.checked_sub(decimals)?)?;
        let (mut kept, left) = (fraction / cut, fraction % cut);
        // What was cut off after 36 digits cannot make less than a half of what is a half already.
        if left >= cut / 2 {
            kept += 1;
        }
        let one = 10u128.checked_pow(decimals)?;
        Some(if kept == one { (whole + 1, 0, decimals) } else { (whole, kept, decimals) })
    }

    /// What `self` is a whole number of one over: a power of ten.
    #[inline]
    pub fn denominator(self) -> Option<i64> {
        power(self.scale)
    }

    /// `self · factor`, when that is a whole number that fits.
    #[inline]
    pub fn whole_times(self, factor: i64) -> Option<i64> {
        let unit = power(self.scale)?;
        if factor % unit == 0 {
            return self.mantissa.checked_mul(factor / unit);
        }
        let product = i128::from(self.mantissa) * i128::from(factor);
        (product % i128::from(unit) == 0).then(|| i64::try_from(product / i128::from(unit)).ok())?
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
        Finite::compare(*self, *other) == Some(Ordering::Equal)
    }
}

#[inline]
fn power(exponent: u8) -> Option<i64> {
    POWERS.get(usize::from(exponent)).copied()
}
