//! Exact numbers as text.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::{Exact, SHOWN_DIGITS, power_of_ten};

impl Exact {
    /// The number as a reduced fraction, such as `200/3`.
    #[must_use]
    pub fn fraction(&self) -> String {
        let ratio = self.to_big();
        format!("{}/{}", ratio.numer(), ratio.denom())
    }

    /// The number in decimals: all of them where they are finite, else rounded half up to
    /// [`SHOWN_DIGITS`] significant digits.
    #[must_use]
    pub fn shown(&self) -> String {
        self.finite().map_or_else(|| significant(&self.to_big(), SHOWN_DIGITS), |d| d.to_string())
    }
}

/// `value` rounded half up to `digits` significant digits, in plain notation.
pub(super) fn significant(value: &BigRational, digits: u32) -> String {
    let whole_digits = value.abs().to_integer().to_string();
    let leading = if whole_digits == "0" { 0 } else { whole_digits.len() };
    let decimals = usize::try_from(digits).unwrap_or(0).saturating_sub(leading);
    let decimals = u32::try_from(decimals).unwrap_or(0);
    let shift = power_of_ten(decimals);
    let doubled = value.abs() * &shift * BigInt::from(2) + BigRational::one();
    let scaled = (doubled / BigInt::from(2)).floor().to_integer();
    let (whole, fraction) = (&scaled / &shift, &scaled % &shift);
    let sign = if value.is_negative() && !scaled.is_zero() { "-" } else { "" };
    let width = usize::try_from(decimals).unwrap_or(0);
    let fraction = format!("{:0>width$}", fraction.to_string());
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        kept => format!("{sign}{whole}.{kept}"),
    }
}
